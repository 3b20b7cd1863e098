"""The only door to llama.cpp here: its quantiser, its tokenizer, logits for every position, and its speed.

The quantiser is a function of the ggml library that comes with llama-cpp-python, called through ctypes; so files are
made by the very code that reads them. Nothing native is loaded before the first object is made.
"""

from __future__ import annotations

import ctypes
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType
from numpy.typing import NDArray

from convert.errors import ConvertRefused, Refusal
from convert.staging import shards_of

LOG = logging.getLogger(__name__)
LOG_LEVELS: Mapping[int, int] = {1: logging.DEBUG, 2: logging.DEBUG, 3: logging.WARNING}
MAX_NATIVE_ERRORS = 20

_native: dict[str, Any] = {}
"""The loaded module and what must outlive it (llama.cpp keeps a pointer to the log callback)."""
_native_errors: list[str] = []


class Quantiser:
    """llama.cpp's own quantiser, for the rows of one matrix at a time; may be used from several threads."""

    def __init__(self) -> None:
        library = _base_library()
        self._quantise = library.ggml_quantize_chunk
        self._quantise.restype = ctypes.c_size_t
        pointer = ctypes.c_void_p
        counts = [ctypes.c_int64] * 3
        self._quantise.argtypes = [ctypes.c_int, pointer, pointer, *counts, pointer]
        self._row_size = library.ggml_row_size
        self._row_size.restype = ctypes.c_size_t
        self._row_size.argtypes = [ctypes.c_int, ctypes.c_int64]
        # Tables of the grid types are made once; two threads must not race for it.
        library.ggml_quantize_init.argtypes = [ctypes.c_int]
        library.ggml_quantize_init.restype = None
        self._prepare = library.ggml_quantize_init

    def prepare(self, kind: GGMLQuantizationType) -> None:
        """Make the tables of a type; call before threads use it."""
        self._prepare(int(kind))

    def row_size(self, kind: GGMLQuantizationType, columns: int) -> int:
        """Bytes of a row of ``columns`` values."""
        return int(self._row_size(int(kind), columns))

    def quantise(
        self, rows: NDArray[np.float32], kind: GGMLQuantizationType, importance: NDArray[np.float32] | None
    ) -> NDArray[np.uint8]:
        """Quantise float32 ``rows`` (count, columns); ``importance`` (columns,) weighs the squared error.

        Returns:
            Bytes of shape (count, row size).
        """
        source = np.ascontiguousarray(rows, np.float32)
        count, columns = source.shape
        result = np.empty((count, self.row_size(kind, columns)), np.uint8)
        weights = None if importance is None else np.ascontiguousarray(importance, np.float32)
        written = self._quantise(
            int(kind),
            source.ctypes.data,
            result.ctypes.data,
            0,
            count,
            columns,
            None if weights is None else weights.ctypes.data,
        )
        if written != result.nbytes:
            raise ConvertRefused(Refusal.BAD_RECIPE, f"{kind.name} gave {written} bytes instead of {result.nbytes}")
        return result


class LlamaRuntime:
    """A GGUF opened by llama.cpp on the CPU; a context manager.

    Args:
        path: the file or its first shard.
        context: tokens in all sequences together.
        sequences: sequences that may be decoded side by side (they share one cache).
    """

    def __init__(
        self, path: Path, *, context: int = 512, sequences: int = 1, threads: int = 1, adapter: Path | None = None
    ) -> None:
        for shard in shards_of(path):
            if not shard.is_file():
                raise ConvertRefused(Refusal.NOT_LOADABLE, f"{shard.name} is missing")
        self._lib = _library()
        _native_errors.clear()
        settings = self._lib.llama_model_default_params()
        settings.n_gpu_layers = 0
        self._model = self._lib.llama_model_load_from_file(str(path).encode(), settings)
        if not self._model:
            raise ConvertRefused(Refusal.NOT_LOADABLE, f"{path.name}: {_last_error()}")
        self._context = self._lib.llama_init_from_model(
            self._model, self._context_settings(context, sequences, threads)
        )
        if not self._context:
            self._lib.llama_model_free(self._model)
            raise ConvertRefused(Refusal.NOT_LOADABLE, f"{path.name}: {_last_error()}")
        self._vocabulary = self._lib.llama_model_get_vocab(self._model)
        self.vocabulary_size = int(self._lib.llama_vocab_n_tokens(self._vocabulary))
        self.context = context
        self._batch = self._lib.llama_batch_init(context, 0, 1)
        self._adapter = self._apply(adapter) if adapter else None

    def __enter__(self) -> LlamaRuntime:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back."""
        if self._context:
            self._lib.llama_batch_free(self._batch)
            self._lib.llama_free(self._context)
            self._lib.llama_model_free(self._model)
            self._context = self._model = None

    @property
    def end_token(self) -> int:
        """The id of the end token."""
        return int(self._lib.llama_vocab_eos(self._vocabulary))

    @property
    def layers(self) -> int:
        """Number of layers."""
        return int(self._lib.llama_model_n_layer(self._model))

    def metadata(self, key: str) -> str:
        """A metadata value as llama.cpp prints it, or ""."""
        buffer = ctypes.create_string_buffer(65536)
        length = self._lib.llama_model_meta_val_str(self._model, key.encode(), buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace") if length >= 0 else ""

    def tokenise(self, text: str, *, add_special: bool = False, parse_special: bool = True) -> list[int]:
        """Token ids of a text."""
        data = text.encode()
        room = len(data) + 8
        ids = (self._lib.llama_token * room)()
        count = self._lib.llama_tokenize(self._vocabulary, data, len(data), ids, room, add_special, parse_special)
        if count < 0:
            raise ConvertRefused(Refusal.NOT_LOADABLE, f"the tokenizer wants room for {-count} tokens")
        return list(ids[:count])

    def text_of(self, ids: Sequence[int]) -> str:
        """The text of token ids, control tokens left out."""
        tokens = (self._lib.llama_token * len(ids))(*ids)
        buffer = ctypes.create_string_buffer(64 * len(ids) + 64)
        length = self._lib.llama_detokenize(self._vocabulary, tokens, len(ids), buffer, len(buffer), False, False)
        return buffer.raw[: max(0, length)].decode("utf-8", "replace")

    def logits(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Logits at every position of a window that is read from an empty cache; shape (len(ids), vocabulary)."""
        self.clear()
        self.decode([(token, position, 0) for position, token in enumerate(ids)], every_logit=True)
        flat = np.ctypeslib.as_array(self._lib.llama_get_logits(self._context), (len(ids) * self.vocabulary_size,))
        return flat.reshape(len(ids), self.vocabulary_size).copy()

    def greedy(self, ids: Sequence[int], count: int) -> list[int]:
        """Up to ``count`` most likely next tokens; stops before the end token."""
        self.clear()
        self.decode([(token, position, 0) for position, token in enumerate(ids)])
        chosen: list[int] = []
        while len(chosen) < count:
            row = np.ctypeslib.as_array(self._lib.llama_get_logits_ith(self._context, -1), (self.vocabulary_size,))
            token = int(row.argmax())
            if self._lib.llama_vocab_is_eog(self._vocabulary, token):
                break
            chosen.append(token)
            self.decode([(token, len(ids) + len(chosen) - 1, 0)])
        return chosen

    def prompt_speed(self, ids: Sequence[int]) -> float:
        """Tokens a second of reading ``ids`` as one batch."""
        self.clear()
        started = time.perf_counter()
        self.decode([(token, position, 0) for position, token in enumerate(ids)])
        self._lib.llama_synchronize(self._context)
        return len(ids) / (time.perf_counter() - started)

    def decode_speed(self, ids: Sequence[int], sequences: int, steps: int) -> float:
        """Tokens a second of ``sequences`` that go on together after the shared prompt ``ids``; no sampling."""
        self.prompt_speed(ids)
        memory = self._lib.llama_get_memory(self._context)
        for other in range(1, sequences):
            self._lib.llama_memory_seq_cp(memory, 0, other, -1, -1)
        started = time.perf_counter()
        for step in range(steps):
            self.decode([(ids[(step + s) % len(ids)], len(ids) + step, s) for s in range(sequences)])
        self._lib.llama_synchronize(self._context)
        return sequences * steps / (time.perf_counter() - started)

    def clear(self) -> None:
        """Forget everything read."""
        self._lib.llama_memory_clear(self._lib.llama_get_memory(self._context), True)

    def decode(self, tokens: Sequence[tuple[int, int, int]], *, every_logit: bool = False) -> None:
        """Read (token, position, sequence) triples as one batch; logits for all, or for each sequence's last."""
        batch = self._batch
        last = {sequence: i for i, (_, _, sequence) in enumerate(tokens)}
        batch.n_tokens = len(tokens)
        for i, (token, position, sequence) in enumerate(tokens):
            batch.token[i], batch.pos[i] = token, position
            batch.n_seq_id[i], batch.seq_id[i][0] = 1, sequence
            batch.logits[i] = every_logit or last[sequence] == i
        if status := self._lib.llama_decode(self._context, batch):
            raise ConvertRefused(Refusal.NOT_LOADABLE, f"decoding stopped with {status}: {_last_error()}")

    def _context_settings(self, context: int, sequences: int, threads: int) -> Any:
        settings = self._lib.llama_context_default_params()
        settings.n_ctx = settings.n_batch = context
        settings.n_ubatch = min(512, context)
        settings.n_seq_max = sequences
        settings.kv_unified = True
        settings.n_threads = settings.n_threads_batch = threads
        return settings

    def _apply(self, path: Path) -> Any:
        adapter = self._lib.llama_adapter_lora_init(self._model, str(path).encode())
        if not adapter:
            raise ConvertRefused(Refusal.NOT_LOADABLE, f"{path.name}: {_last_error()}")
        adapters = (self._lib.llama_adapter_lora_p_ctypes * 1)(adapter)
        self._lib.llama_set_adapters_lora(self._context, adapters, 1, (ctypes.c_float * 1)(1.0))
        return adapter


def runtime_version() -> str:
    """The version of llama-cpp-python that is installed."""
    return str(_library().__version__)


def _library() -> Any:
    if "module" not in _native:
        import llama_cpp

        _native["callback"] = llama_cpp.llama_log_callback(_hear)
        llama_cpp.llama_log_set(_native["callback"], ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        _native["module"] = llama_cpp
    return _native["module"]


def _base_library() -> Any:
    folder = Path(_library().__file__).parent / "lib"
    names = ("libggml-base.so", "libggml-base.dylib", "ggml-base.dll", "libggml-base.dll")
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        raise ConvertRefused(Refusal.NOT_LOADABLE, "llama-cpp-python comes without its ggml-base library")
    return ctypes.CDLL(str(found))


def _hear(level: int, text: bytes, _user_data: object) -> None:
    words = text.decode("utf-8", "replace").strip()
    if level == 3 and words:
        _native_errors.append(words)
        del _native_errors[:-MAX_NATIVE_ERRORS]
    if words and words != ".":
        LOG.log(LOG_LEVELS.get(level, logging.DEBUG), "llama.cpp: %s", words)


def _last_error() -> str:
    return _native_errors[0] if _native_errors else "no reason given"
