"""Whether a GGUF file is whole, told from its head alone, before llama.cpp (which would end the process) sees it.

Reads the header, skips the metadata, adds up the tensors and compares with the file's size; shards must all be there.
Every length is checked against the file, so a broken or hostile file is refused in a bounded time. The layout is that of
the GGUF specification, versions 2 and 3.
"""

from __future__ import annotations

import mmap
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import ModelBroken, ModelMissing

MAGIC = b"GGUF"
VERSIONS = (2, 3)
ALIGNMENT_KEY = "general.alignment"
MAX_DIMENSIONS = 4
_SHARD = re.compile(r"^(?P<stem>.+)-(?P<number>\d{5})-of-(?P<total>\d{5})\.gguf$")

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9

BLOCKS: dict[int, tuple[int, int]] = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip
"""Weights and bytes of a block, by ggml's type number (ggml-common.h)."""


@dataclass(frozen=True, slots=True)
class GgufHead:
    """What the head says: scalar and string metadata (arrays by their length only), tensors, the bytes it needs."""

    metadata: dict[str, Any]
    tensor_count: int
    needed_bytes: int

    def number(self, suffix: str, default: int = 0) -> int:
        """A whole number from the metadata under ``<architecture>.<suffix>``."""
        value = self.metadata.get(f"{self.metadata.get('general.architecture', '')}.{suffix}", default)
        return value if isinstance(value, int) else default


class _Truncated(Exception):
    """The file ends before its head says."""


class _Malformed(Exception):
    """The head makes no sense."""


def check_gguf(first_file: Path, name: str) -> GgufHead:
    """The head of a model's (first) file, after checking it and its other shards.

    Raises:
        ModelMissing: there is no such file.
        ModelBroken: ``not_gguf``, ``truncated`` or ``shard_missing``.
    """
    if not first_file.is_file():
        raise ModelMissing(name)
    for shard in shard_files(first_file)[1:]:
        if not shard.is_file():
            raise ModelBroken(name, "shard_missing")
        read_head(shard, name)
    return read_head(first_file, name)


def shard_files(first_file: Path) -> list[Path]:
    """All files of a split model, or the one file."""
    match = _SHARD.match(first_file.name)
    if match is None:
        return [first_file]
    stem, total = match["stem"], int(match["total"])
    return [first_file.with_name(f"{stem}-{n:05d}-of-{total:05d}.gguf") for n in range(1, min(total, 999) + 1)]


def read_head(path: Path, name: str) -> GgufHead:
    """The head of one file. Raises ``ModelBroken``."""
    size = path.stat().st_size
    if size < 24:
        raise ModelBroken(name, "not_gguf" if size < 4 or path.read_bytes()[:4] != MAGIC else "truncated")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            head = _Reader(data).head()
        except (_Truncated, struct.error):
            raise ModelBroken(name, "truncated") from None
        except _Malformed:
            raise ModelBroken(name, "not_gguf") from None
    if head.needed_bytes > size:
        raise ModelBroken(name, "truncated")
    return head


class _Reader:
    """Walks through the head; ``at`` never passes the end."""

    def __init__(self, data: mmap.mmap) -> None:
        self._data, self._size, self.at = data, len(data), 0

    def head(self) -> GgufHead:
        """Everything before the tensors' bytes."""
        if self._data[:4] != MAGIC:
            raise _Malformed
        self._advance(4)
        if self._scalar("I") not in VERSIONS:
            raise _Malformed
        tensors, pairs = self._scalar("Q"), self._scalar("Q")
        if tensors > self._size or pairs > self._size:
            raise _Truncated
        metadata = {}
        for _ in range(pairs):
            key = self._string()
            metadata[key] = self._value(self._scalar("I"))
        ends = [self._tensor_end() for _ in range(tensors)]
        alignment = metadata.get(ALIGNMENT_KEY, 32)
        if not isinstance(alignment, int) or alignment <= 0:
            raise _Malformed
        start = -(-self.at // alignment) * alignment
        return GgufHead(metadata, tensors, start + max(ends) if ends else self.at)

    def _advance(self, count: int) -> int:
        start = self.at
        if count < 0 or start + count > self._size:
            raise _Truncated
        self.at = start + count
        return start

    def _scalar(self, code: str) -> Any:
        return struct.unpack_from("<" + code, self._data, self._advance(struct.calcsize("<" + code)))[0]

    def _string(self) -> str:
        length = self._scalar("Q")
        start = self._advance(length)
        return self._data[start : start + length].decode("utf-8", "replace")

    def _value(self, kind: int) -> Any:
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            return self._skip_array()
        if kind not in _SCALARS:
            raise _Malformed
        return self._scalar(_SCALARS[kind])

    def _skip_array(self) -> int:
        kind, count = self._scalar("I"), self._scalar("Q")
        if kind in _SCALARS:
            self._advance(count * struct.calcsize("<" + _SCALARS[kind]))
        elif kind == _STRING:
            self._skip_strings(count)
        else:
            raise _Malformed
        return int(count)

    def _skip_strings(self, count: int) -> None:
        if count > self._size // 8:
            raise _Truncated
        data, at, size, read = self._data, self.at, self._size, struct.Struct("<Q").unpack_from
        for _ in range(count):
            at += 8 + read(data, at)[0]
            if at > size:
                raise _Truncated
        self.at = at

    def _tensor_end(self) -> int:
        self._string()
        dimensions = self._scalar("I")
        if not 0 < dimensions <= MAX_DIMENSIONS:
            raise _Malformed
        weights = 1
        for _ in range(dimensions):
            weights *= self._scalar("Q")
        kind, offset = self._scalar("I"), self._scalar("Q")
        if kind not in BLOCKS:
            return int(offset)  # a type newer than this table: its offset at least must lie in the file
        block, size = BLOCKS[kind]
        return int(offset) + weights // block * size
