"""Words known by their 64-bit digests: tables of half a million of them in arrays, sorted, a few bytes each."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from hashlib import blake2b
from typing import TypeVar

Number = TypeVar("Number", int, float)


def digest_of(text: str) -> int:
    """64 bits of its BLAKE2b; surrogates that stand alone are taken as they are."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def place_of(digest: int, digests: array[int]) -> int:
    """Where it stands among sorted ``digests``; -1 where it does not."""
    at = bisect_left(digests, digest)
    return at if at < len(digests) and digests[at] == digest else -1


def to_little_endian(column: array[Number]) -> bytes:
    """The numbers as a file keeps them."""
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return column.tobytes()


def from_little_endian(column: array[Number], content: bytes) -> array[Number]:
    """``column``, which was empty, with the numbers of a file."""
    column.frombytes(content)
    if sys.byteorder == "big":
        column.byteswap()
    return column
