"""Writes GGUF files through the ``gguf`` package, tensor by tensor, so that only one tensor is in memory.

Shards are llama.cpp's own: the first holds all metadata, each holds ``split.no`` (u16), ``split.count`` (u16) and
``split.tensors.count`` (i32), and the names end in ``-00001-of-0000N.gguf``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType, GGUFValueType, GGUFWriter
from numpy.typing import NDArray

from convert.errors import ConvertRefused, Refusal
from convert.staging import WrittenFile, publish, staging_folder

BYTES_PER_TENSOR_ENTRY = 160
"""Upper bound for a tensor's line in the header, its padding included."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of the metadata; ``item_type`` only for arrays."""

    key: str
    value: Any
    type: GGUFValueType
    item_type: GGUFValueType | None = None


@dataclass(frozen=True, slots=True)
class PlannedTensor:
    """A tensor to be written: shape in numpy order, type, size, and how to get its bytes when its turn comes."""

    name: str
    shape: tuple[int, ...]
    type: GGMLQuantizationType
    size: int
    read: Callable[[], NDArray[Any]]


def entry(key: str, value: bool | int | float | str | Sequence[int] | Sequence[str]) -> Entry:
    """An entry with the type that llama.cpp expects: u32, f32, bool, string, arrays of i32 or string."""
    if isinstance(value, bool):
        return Entry(key, value, GGUFValueType.BOOL)
    if isinstance(value, int):
        return Entry(key, value, GGUFValueType.UINT32)
    if isinstance(value, float):
        return Entry(key, value, GGUFValueType.FLOAT32)
    if isinstance(value, str):
        return Entry(key, value, GGUFValueType.STRING)
    item = GGUFValueType.STRING if value and isinstance(value[0], str) else GGUFValueType.INT32
    return Entry(key, list(value), GGUFValueType.ARRAY, item)


def write_gguf(
    out: Path, architecture: str, entries: Sequence[Entry], tensors: Sequence[PlannedTensor], max_shard_bytes: int = 0
) -> tuple[WrittenFile, ...]:
    """Write one file, or shards of at most ``max_shard_bytes``; atomic, returns sizes and hashes in order.

    Args:
        out: the name without shard number, ending in ``.gguf``.
        max_shard_bytes: 0 for a single file.
    """
    room = _room_for_tensors(entries, tensors, max_shard_bytes)
    with staging_folder(out.parent) as staging:
        _write(GGUFWriter(staging / out.name, architecture, split_max_size=room), entries, tensors)
        staged = sorted(staging.glob("*.gguf"))
        _check_sizes(staged, max_shard_bytes)
        return publish(staged, out.parent)


def metadata_size(entries: Sequence[Entry], tensor_count: int) -> int:
    """An upper bound of the header in bytes."""
    return sum(_entry_size(e) for e in entries) + BYTES_PER_TENSOR_ENTRY * tensor_count + 4096


def _write(writer: GGUFWriter, entries: Sequence[Entry], tensors: Sequence[PlannedTensor]) -> None:
    try:
        for e in entries:
            writer.add_key_value(e.key, e.value, e.type, e.item_type)
        for t in tensors:
            writer.add_tensor_info(t.name, t.shape, np.dtype(np.float32), t.size, raw_dtype=t.type)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for t in tensors:
            writer.write_tensor_data(np.ascontiguousarray(t.read()))
    finally:
        writer.close()


def _room_for_tensors(entries: Sequence[Entry], tensors: Sequence[PlannedTensor], limit: int) -> int:
    if not limit:
        return 0
    room = limit - metadata_size(entries, len(tensors))
    largest = max(tensors, key=lambda t: t.size)
    if largest.size > room:
        raise ConvertRefused(Refusal.TOO_LARGE, f"{largest.name} has {largest.size} bytes, a shard may have {limit}")
    if sum(t.size for t in tensors) <= room:
        return 0
    return room


def _entry_size(e: Entry) -> int:
    if isinstance(e.value, str):
        return len(e.key) + len(e.value.encode()) + 32
    if isinstance(e.value, list):
        return len(e.key) + 32 + sum(len(v.encode()) + 8 if isinstance(v, str) else 8 for v in e.value)
    return len(e.key) + 32


def _check_sizes(files: Sequence[Path], limit: int) -> None:
    for path in files:
        if limit and path.stat().st_size > limit:
            raise ConvertRefused(Refusal.TOO_LARGE, f"{path.name} has {path.stat().st_size} bytes, {limit} are allowed")
