"""A Hugging Face qwen2 checkpoint folder, read without torch.

The safetensors format is a length, a JSON header and raw little-endian data (github.com/huggingface/safetensors), so
numpy can map it; bfloat16, which numpy lacks, is the upper half of a float32. Everything that llama.cpp's qwen2 graph
takes for granted is checked here and refused in words when it does not hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convert.errors import ConvertRefused, Refusal
from engine.errors import FileUnreadable

HEADER_LENGTH_BYTES = 8
MAX_HEADER_BYTES = 100_000_000
STORED_TYPES: Mapping[str, str] = {"BF16": "<u2", "F16": "<f2", "F32": "<f4"}


@dataclass(frozen=True, slots=True)
class ModelShape:
    """The numbers of a qwen2 model that its GGUF metadata needs."""

    vocabulary: int
    context: int
    layers: int
    hidden: int
    feed_forward: int
    heads: int
    kv_heads: int
    rms_epsilon: float
    rope_base: float
    tied: bool

    @property
    def kv_width(self) -> int:
        """Columns of the key and value projections."""
        return self.hidden // self.heads * self.kv_heads


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """Where a tensor lies: file, type name, shape in numpy order, first byte."""

    path: Path
    dtype: str
    shape: tuple[int, ...]
    offset: int

    def read(self) -> NDArray[np.float32]:
        """The values as float32."""
        raw = np.memmap(self.path, np.dtype(STORED_TYPES[self.dtype]), "r", self.offset, self.shape)
        if self.dtype == "BF16":
            return (raw.astype(np.uint32) << np.uint32(16)).view(np.float32)
        return raw.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checked folder: shape of the model, its tensors by Hugging Face name, tokenizer and settings as JSON."""

    folder: Path
    shape: ModelShape
    tensors: Mapping[str, StoredTensor]
    tokenizer: Mapping[str, Any]
    tokenizer_config: Mapping[str, Any]
    config: Mapping[str, Any]

    @property
    def chat_template(self) -> str:
        """The template that comes with the tokenizer, or ""."""
        beside = self.folder / "chat_template.jinja"
        if beside.is_file():
            return beside.read_text(encoding="utf-8")
        return str(self.tokenizer_config.get("chat_template") or "")


def open_checkpoint(folder: Path) -> Checkpoint:
    """Read and check config, tokenizer and the table of tensors; no weights are read yet.

    Raises:
        FileUnreadable: a file that must be there is missing or is not JSON.
        ConvertRefused: not qwen2, an unmerged adapter, broken safetensors.
    """
    config = read_json(folder / "config.json")
    shape = _model_shape(config)
    tensors = read_tensor_table(folder)
    _refuse_adapter(folder, tensors)
    settings = folder / "tokenizer_config.json"
    return Checkpoint(
        folder=folder,
        shape=shape,
        tensors=tensors,
        tokenizer=read_json(folder / "tokenizer.json"),
        tokenizer_config=read_json(settings) if settings.is_file() else {},
        config=config,
    )


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file, or ``FileUnreadable``."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise FileUnreadable(path, "the file is missing") from error
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FileUnreadable(path, f"it is not readable JSON ({error})") from error
    if not isinstance(value, dict):
        raise FileUnreadable(path, "it is not a JSON object")
    return value


def read_tensor_table(folder: Path) -> dict[str, StoredTensor]:
    """All tensors of all ``*.safetensors`` files of a folder."""
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ConvertRefused(Refusal.NOT_A_CHECKPOINT, f"no *.safetensors in {folder.name}")
    table: dict[str, StoredTensor] = {}
    for path in files:
        found = _read_header(path)
        if twice := sorted(found.keys() & table.keys()):
            raise ConvertRefused(Refusal.NOT_A_CHECKPOINT, f"{twice[0]} lies in two files")
        table.update(found)
    return table


def _read_header(path: Path) -> dict[str, StoredTensor]:
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(HEADER_LENGTH_BYTES), "little")
        if not 0 < length <= min(size, MAX_HEADER_BYTES):
            raise ConvertRefused(Refusal.NOT_A_CHECKPOINT, f"{path.name} is not a safetensors file")
        try:
            header = json.loads(file.read(length))
        except ValueError as error:
            raise ConvertRefused(Refusal.NOT_A_CHECKPOINT, f"the header of {path.name} is broken") from error
    header.pop("__metadata__", None)
    start = HEADER_LENGTH_BYTES + length
    return {name: _stored_tensor(path, name, entry, start, size) for name, entry in header.items()}


def _stored_tensor(path: Path, name: str, entry: Mapping[str, Any], start: int, size: int) -> StoredTensor:
    begin, end = entry["data_offsets"]
    if start + end > size:
        raise ConvertRefused(Refusal.NOT_A_CHECKPOINT, f"{path.name} is cut off inside {name}")
    if entry["dtype"] not in STORED_TYPES:
        raise ConvertRefused(Refusal.NOT_A_CHECKPOINT, f"{name} is stored as {entry['dtype']}")
    return StoredTensor(path, entry["dtype"], tuple(entry["shape"]), start + begin)


def _model_shape(config: Mapping[str, Any]) -> ModelShape:
    rope = config.get("rope_parameters") or {}
    scaling = config.get("rope_scaling") or {}
    kind = rope.get("rope_type") or scaling.get("rope_type") or scaling.get("type") or "default"
    hidden, heads = _number(config, "hidden_size"), _number(config, "num_attention_heads")
    demands = (
        (config.get("model_type") == "qwen2", f"model_type {config.get('model_type')}"),
        (config.get("hidden_act", "silu") == "silu", f"activation {config.get('hidden_act')}"),
        (kind == "default", f"rotary embedding {kind}"),
        (not config.get("use_sliding_window"), "sliding-window attention"),
        (heads > 0 and hidden % heads == 0, f"{hidden} columns for {heads} heads"),
        ((config.get("head_dim") or hidden // heads) == hidden // heads, f"head_dim {config.get('head_dim')}"),
        (not config.get("quantization_config"), "weights that are quantised already"),
    )
    if wrong := [words for holds, words in demands if not holds]:
        raise ConvertRefused(Refusal.UNKNOWN_ARCHITECTURE, ", ".join(wrong))
    return ModelShape(
        vocabulary=_number(config, "vocab_size"),
        context=_number(config, "max_position_embeddings"),
        layers=_number(config, "num_hidden_layers"),
        hidden=hidden,
        feed_forward=_number(config, "intermediate_size"),
        heads=heads,
        kv_heads=_number(config, "num_key_value_heads"),
        rms_epsilon=float(config.get("rms_norm_eps", 1e-6)),
        rope_base=float(rope.get("rope_theta") or config.get("rope_theta") or 10000.0),
        tied=bool(config.get("tie_word_embeddings", False)),
    )


def _number(config: Mapping[str, Any], name: str) -> int:
    value = config.get(name)
    if not isinstance(value, int) or value <= 0:
        raise ConvertRefused(Refusal.UNKNOWN_ARCHITECTURE, f"config.json has no usable {name}")
    return value


def _refuse_adapter(folder: Path, tensors: Mapping[str, StoredTensor]) -> None:
    left = [name for name in tensors if "lora_" in name or ".base_layer." in name]
    if left or (folder / "adapter_config.json").is_file():
        raise ConvertRefused(Refusal.UNMERGED_ADAPTER, left[0] if left else f"{folder.name}/adapter_config.json")
