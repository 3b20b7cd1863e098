"""The one door to llama.cpp: models, contexts and batches of its low-level API as three small classes.

The high-level class of the Python package decodes one sequence at a time; here one context holds many, whose key-value
cells are shared (``kv_unified``), copied by reference and removed by position. Nothing outside this package imports the
library, and nothing here keeps a decision about text.

The abort flag is a byte that native code reads by itself: the callback given to llama.cpp is the C library's ``strlen``
and its datum the flag's address, so that asking costs nanoseconds, takes no Python lock, and a second thread may raise
it in the middle of a decode. It lives longer than a context, so that a cancel during the making of one is not lost.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.errors import ModelBroken

log = logging.getLogger(__name__)

FloatRow = npt.NDArray[np.float32]

_LOG_LEVELS = {3: logging.DEBUG, 4: logging.WARNING}
"""ggml's levels; its warnings are about tuning and go to DEBUG, its errors are warnings for us."""

_ABORT_LINES = ("failed with error 1", "compute status: 1", "ret = 2")
"""How llama.cpp reports, as errors, that a decode was stopped by our own flag."""

THINK_TAGS = (b"<think>", b"</think>")


@lru_cache(maxsize=1)
def library() -> Any:
    """The bindings, loaded at first use, silent on stderr: llama.cpp's lines go to this module's logger."""
    import llama_cpp.llama_cpp as lib

    @lib.llama_log_callback  # type: ignore[untyped-decorator, unused-ignore]
    def to_logger(level: int, text: bytes, _data: Any) -> None:
        line = text.decode("utf-8", "ignore").strip()
        if level in _LOG_LEVELS:
            log.log(logging.DEBUG if line.endswith(_ABORT_LINES) else _LOG_LEVELS[level], "%s", line)

    lib.llama_log_set(to_logger, ctypes.c_void_p(0))
    lib.zhanggui_log_callback = to_logger  # must outlive every call of llama.cpp
    lib.llama_backend_init()
    return lib


class Outcome(IntEnum):
    """What a decode came to; the values are llama.cpp's."""

    DONE = 0
    NO_CELLS = 1
    ABORTED = 2
    FAILED = -1


@dataclass(frozen=True, slots=True)
class ContextSize:
    """How large a context is: key-value cells in all, sequence numbers (and rows of logits), tokens in a batch."""

    cells: int
    sequences: int
    batch: int


class LlamaModel:
    """A loaded GGUF with its vocabulary.

    Raises:
        ModelBroken: llama.cpp refuses the file (reason ``refused``).
    """

    def __init__(self, path: Path, name: str, gpu_layers: int = 0) -> None:
        lib = library()
        params = lib.llama_model_default_params()
        params.n_gpu_layers = gpu_layers
        # The processor's kernels want the weights in another order, which is a copy: a mapped file would be held twice.
        if hasattr(params, "load_mode"):
            params.load_mode = lib.LLAMA_LOAD_MODE_MMAP if gpu_layers else lib.LLAMA_LOAD_MODE_NONE
        else:
            params.use_mmap = gpu_layers != 0
        self.handle = lib.llama_model_load_from_file(str(path).encode("utf-8"), params)
        if not self.handle:
            raise ModelBroken(name, "refused")
        self._lib = lib
        self.name = name
        self.vocab = lib.llama_model_get_vocab(self.handle)
        self.vocabulary_size: int = lib.llama_vocab_n_tokens(self.vocab)
        self.trained_context: int = lib.llama_model_n_ctx_train(self.handle)
        self.chat_template: bytes | None = lib.llama_model_chat_template(self.handle, None)
        self.samplers: dict[tuple[float, int], Any] = {}
        self._pieces: dict[int, bytes] = {}
        self._buffer = ctypes.create_string_buffer(256)
        self._ends = self._extra_ends()
        self._all_ends: tuple[int, ...] = ()

    def tokenize(self, text: str, *, special: bool, add_start: bool = False) -> list[int]:
        """Token numbers of ``text``; ``special`` parses control tokens, ``add_start`` puts BOS first if the model wants it."""
        data = text.encode("utf-8")
        room = len(data) + 8
        tokens = (self._lib.llama_token * room)()
        count = self._lib.llama_tokenize(self.vocab, data, len(data), tokens, room, add_start, special)
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        """The bytes that a token stands for; control tokens stand for none, but thinking tags are kept."""
        known = self._pieces.get(token)
        if known is None:
            known = self._read_piece(token, special=False)
            if not known and self._read_piece(token, special=True) in THINK_TAGS:
                known = self._read_piece(token, special=True)
            self._pieces[token] = known
        return known

    def _read_piece(self, token: int, *, special: bool) -> bytes:
        size = self._lib.llama_token_to_piece(self.vocab, token, self._buffer, len(self._buffer), 0, special)
        if size < 0:
            self._buffer = ctypes.create_string_buffer(-size)
            size = self._lib.llama_token_to_piece(self.vocab, token, self._buffer, len(self._buffer), 0, special)
        return self._buffer.raw[: max(0, size)]

    def is_end(self, token: int) -> bool:
        """Whether the token ends a turn."""
        return token in self._ends or bool(self._lib.llama_vocab_is_eog(self.vocab, token))

    @property
    def end_tokens(self) -> tuple[int, ...]:
        """Every token that ends a turn (looked up once)."""
        if not self._all_ends:
            self._all_ends = tuple(token for token in range(self.vocabulary_size) if self.is_end(token))
        return self._all_ends

    def _extra_ends(self) -> frozenset[int]:
        tokens = self.tokenize("<|im_end|>", special=True)
        return frozenset(tokens) if len(tokens) == 1 else frozenset()

    def apply_template(self, template: bytes, messages: Sequence[tuple[str, str]]) -> str | None:
        """The messages (role, text) through a chat template, the assistant's turn opened; None if llama.cpp cannot."""
        chat = (self._lib.llama_chat_message * len(messages))()
        for slot, (role, text) in zip(chat, messages, strict=True):
            slot.role, slot.content = role.encode("utf-8"), text.encode("utf-8")
        room = 2048 + 2 * sum(len(text.encode("utf-8")) for _, text in messages)
        buffer = ctypes.create_string_buffer(room)
        size = self._lib.llama_chat_apply_template(template, chat, len(messages), True, buffer, room)
        return buffer.raw[:size].decode("utf-8") if 0 < size <= room else None

    def cell_bytes(self) -> int:
        """Bytes of one key-value cell at F16 over all layers."""
        lib, model = self._lib, self.handle
        heads = max(1, lib.llama_model_n_head(model))
        width = lib.llama_model_n_embd(model) // heads * lib.llama_model_n_head_kv(model)
        return int(lib.llama_model_n_layer(model) * width * 2 * 2)

    def load_adapter(self, path: Path) -> Any:
        """A LoRA adapter for this model; it lives as long as the model. Raises ``ModelBroken`` (its shapes do not fit)."""
        adapter = self._lib.llama_adapter_lora_init(self.handle, str(path).encode("utf-8"))
        if not adapter:
            raise ModelBroken(path.name, "adapter_other_model")
        return adapter

    def close(self) -> None:
        """Free the weights and the samplers made for this vocabulary."""
        for sampler in self.samplers.values():
            self._lib.llama_sampler_free(sampler)
        self.samplers.clear()
        if self.handle:
            self._lib.llama_model_free(self.handle)
            self.handle = None


class TokenBatch:
    """Tokens for one decode, held in arrays that are filled and used again."""

    def __init__(self, capacity: int) -> None:
        lib = library()
        self.size = 0
        self._tokens = np.zeros(capacity, np.int32)
        self._places = np.zeros(capacity, np.int32)
        self._counts = np.ones(capacity, np.int32)
        self._sequences = np.zeros(capacity, np.int32)
        self._wanted = np.zeros(capacity, np.int8)
        numbers = self._sequences.ctypes.data + 4 * np.arange(capacity, dtype=np.uint64)
        self._pointers = np.ascontiguousarray(numbers)
        self.native = lib.llama_batch()
        for name, array in (("token", self._tokens), ("pos", self._places), ("n_seq_id", self._counts)):
            setattr(self.native, name, array.ctypes.data_as(ctypes.POINTER(ctypes.c_int32)))
        self.native.seq_id = self._pointers.ctypes.data_as(ctypes.POINTER(ctypes.POINTER(ctypes.c_int32)))
        self.native.logits = self._wanted.ctypes.data_as(ctypes.POINTER(ctypes.c_int8))

    def clear(self) -> None:
        """Empty the batch."""
        self.size = 0

    def add(self, sequence: int, start: int, tokens: Sequence[int], *, logits: bool) -> int:
        """Append ``tokens`` from position ``start``; with ``logits`` the last one's row is computed. Returns its index."""
        end = self.size + len(tokens)
        here = slice(self.size, end)
        self._tokens[here] = tokens
        self._places[here] = np.arange(start, start + len(tokens))
        self._sequences[here] = sequence
        self._wanted[here] = 0
        self._wanted[end - 1] = logits
        self.size = end
        self.native.n_tokens = end
        return end - 1


class AbortFlag:
    """At which running decodes stop while it is raised (any thread)."""

    def __init__(self) -> None:
        self._byte = ctypes.create_string_buffer(2)

    def set(self, wanted: bool) -> None:
        """Raise or lower the flag."""
        self._byte[0] = b"\x01" if wanted else b"\x00"

    @property
    def address(self) -> ctypes.c_void_p:
        """Where native code reads it."""
        return ctypes.cast(self._byte, ctypes.c_void_p)


class LlamaContext:
    """Key-value cells and buffers for many sequences of one model."""

    def __init__(self, model: LlamaModel, size: ContextSize, threads: int, abort: AbortFlag | None = None) -> None:
        lib = library()
        params = lib.llama_context_default_params()
        params.n_ctx, params.n_batch, params.n_ubatch = size.cells, size.batch, size.batch
        params.n_seq_max = size.sequences
        if hasattr(params, "n_outputs_max"):
            params.n_outputs_max = size.sequences  # llama.cpp wants a row for every sequence
        params.n_threads = params.n_threads_batch = threads
        params.kv_unified, params.no_perf = True, True
        self.handle = lib.llama_init_from_model(model.handle, params)
        if not self.handle:
            raise MemoryError(f"no context of {size.cells} cells")
        self._lib = lib
        self.cells = int(lib.llama_n_ctx(self.handle))
        self._width = model.vocabulary_size
        self._memory = lib.llama_get_memory(self.handle)
        self._flag = abort or AbortFlag()
        self._abort = ctypes.cast(_string_length(), lib.ggml_abort_callback)
        lib.llama_set_abort_callback(self.handle, self._abort, self._flag.address)

    def decode(self, batch: TokenBatch) -> Outcome:
        """Compute a batch; after anything but ``DONE`` the caller removes what may have been put into the cells."""
        code = self._lib.llama_decode(self.handle, batch.native)
        return Outcome(code) if code in (0, 1, 2) else Outcome.FAILED

    def row(self, index: int) -> FloatRow:
        """The logits of the batch's token ``index``: a view that the next decode overwrites."""
        pointer = self._lib.llama_get_logits_ith(self.handle, index)
        return np.ctypeslib.as_array(pointer, shape=(self._width,))

    def set_threads(self, threads: int) -> None:
        """Compute with so many threads from now on."""
        self._lib.llama_set_n_threads(self.handle, threads, threads)

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Let ``target`` share the first ``tokens`` cells of ``source``."""
        self._lib.llama_memory_seq_cp(self._memory, source, target, 0, tokens)

    def remove(self, sequence: int, start: int = 0) -> None:
        """Take ``sequence`` out of its cells from position ``start`` on."""
        self._lib.llama_memory_seq_rm(self._memory, sequence, start, -1)

    def save(self, sequence: int) -> bytes:
        """The state of one sequence, to carry it into another context."""
        size = self._lib.llama_state_seq_get_size(self.handle, sequence)
        buffer = (ctypes.c_uint8 * size)()
        written = self._lib.llama_state_seq_get_data(self.handle, buffer, size, sequence)
        return bytes(buffer[:written])

    def restore(self, sequence: int, state: bytes) -> bool:
        """Put a saved state into ``sequence``."""
        buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        return bool(self._lib.llama_state_seq_set_data(self.handle, buffer, len(state), sequence))

    def set_adapters(self, adapters: Sequence[tuple[Any, float]]) -> None:
        """Use these LoRA adapters with these scales, and no others. Cells computed before are not changed."""
        handles = (self._lib.llama_adapter_lora_p_ctypes * max(1, len(adapters)))(*(a for a, _ in adapters))
        scales = (ctypes.c_float * max(1, len(adapters)))(*(scale for _, scale in adapters))
        self._lib.llama_set_adapters_lora(self.handle, handles, len(adapters), scales)

    def close(self) -> None:
        """Free cells and buffers."""
        if self.handle:
            self._lib.llama_free(self.handle)
            self.handle = None


def _string_length() -> Any:
    runtime = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
    return runtime.strlen
