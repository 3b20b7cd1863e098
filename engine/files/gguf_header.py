"""What a GGUF file says of itself: read from its first bytes, without llama.cpp and within bounds.

The header is a magic, a version, two counts, and key-value pairs with typed values (little-endian). Only scalar values
are kept; arrays (the vocabulary) are stepped over. Every count and length is checked against what a sane file can have,
so that a damaged or hostile file costs a refusal and nothing else.
Source of the layout: the GGUF specification in ggml's documentation (versions 2 and 3).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.errors import FileUnreadable, ModelBroken, reason_of

MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MAX_PAIRS = 4_096
_MAX_TENSORS = 1_000_000
_MAX_TEXT = 8 * 1024 * 1024
_MAX_ITEMS = 4_000_000
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_TEXT_TYPE, _ARRAY_TYPE = 8, 9

_FILE_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 25: "IQ4_NL", 30: "IQ4_XS",
    32: "BF16",
}  # fmt: skip

Scalar = int | float | bool | str


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """A GGUF's own words: scalar metadata by key, and how many tensors follow."""

    version: int
    tensor_count: int
    values: dict[str, Scalar]

    @property
    def architecture(self) -> str:
        """qwen2, llama …; empty when the file does not say."""
        return self._text("general.architecture")

    @property
    def name(self) -> str:
        """The name that its makers gave it."""
        return self._text("general.name")

    @property
    def licence(self) -> str:
        """The licence that it names."""
        return self._text("general.license")

    @property
    def context_tokens(self) -> int:
        """The context that it was trained for; 0 when the file does not say."""
        value = self.values.get(f"{self.architecture}.context_length", 0)
        return value if isinstance(value, int) else 0

    @property
    def quantisation(self) -> str:
        """Q4_K_M and the like; ``unknown`` when the file does not say."""
        value = self.values.get("general.file_type")
        return _FILE_TYPES.get(value, "unknown") if isinstance(value, int) else "unknown"

    @property
    def shard_count(self) -> int:
        """In how many files the model was split; 1 for a whole one."""
        value = self.values.get("split.count", 1)
        return value if isinstance(value, int) and value > 1 else 1

    def _text(self, key: str) -> str:
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""


def read_gguf_header(path: Path) -> GgufHeader:
    """The header of the file.

    Raises:
        FileUnreadable: the system does not let us read it.
        ModelBroken: ``not_gguf``, ``gguf_version``, ``truncated`` or ``header``.
    """
    try:
        with path.open("rb") as file:
            return _header(path.name, file)
    except OSError as error:
        raise FileUnreadable(path, reason_of(error)) from error
    except _Damage as damage:
        raise ModelBroken(path.name, damage.reason) from damage


class _Damage(ValueError):
    """What is wrong with the header."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _header(name: str, file: BinaryIO) -> GgufHeader:
    if file.read(4) != MAGIC:
        raise ModelBroken(name, "not_gguf")
    version = _number(file, "<I")
    if version not in _VERSIONS:
        raise ModelBroken(name, "gguf_version")
    tensors, pairs = _number(file, "<Q"), _number(file, "<Q")
    if pairs > _MAX_PAIRS or tensors > _MAX_TENSORS:
        raise _Damage("header")
    values: dict[str, Scalar] = {}
    for _ in range(pairs):
        key = _text(file)
        value = _value(file, _number(file, "<I"))
        if value is not None:
            values[key] = value
    return GgufHeader(version, tensors, values)


def _value(file: BinaryIO, kind: int) -> Scalar | None:
    if kind == _TEXT_TYPE:
        return _text(file)
    if kind == _ARRAY_TYPE:
        _skip_array(file)
        return None
    if kind not in _SCALARS:
        raise _Damage("header")
    value: Scalar = struct.unpack(_SCALARS[kind], _take(file, struct.calcsize(_SCALARS[kind])))[0]
    return value


def _skip_array(file: BinaryIO) -> None:
    kind, count = _number(file, "<I"), _number(file, "<Q")
    if count > _MAX_ITEMS:
        raise _Damage("header")
    if kind in _SCALARS:
        _skip(file, count * struct.calcsize(_SCALARS[kind]))
    elif kind == _TEXT_TYPE:
        for _ in range(count):
            _skip(file, _bounded_length(file))
    else:
        raise _Damage("header")


def _text(file: BinaryIO) -> str:
    return _take(file, _bounded_length(file)).decode("utf-8", errors="replace")


def _bounded_length(file: BinaryIO) -> int:
    length = _number(file, "<Q")
    if length > _MAX_TEXT:
        raise _Damage("header")
    return length


def _number(file: BinaryIO, form: str) -> int:
    value: int = struct.unpack(form, _take(file, struct.calcsize(form)))[0]
    return value


def _take(file: BinaryIO, size: int) -> bytes:
    content = file.read(size)
    if len(content) != size:
        raise _Damage("truncated")
    return content


def _skip(file: BinaryIO, size: int) -> None:
    """Step over ``size`` bytes; the last of them must be there (seeking past the end is no error to the system)."""
    if size:
        file.seek(size - 1, 1)
        _take(file, 1)
