"""jieba's dictionary as sorted arrays: the same words, seven megabytes of them instead of a hundred.

A word is found by its 64-bit digest (one in 10^13 unknown words would be taken for a known one). The file is made by
``python -m training words`` from the dictionary of the installed jieba, and read in one piece: no other thread waits for a parser.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from engine.text.digests import digest_of, from_little_endian, place_of, to_little_endian

MAGIC = b"ZGW1"
_HEAD = struct.Struct("<4sQQd")
FLAGS = (
    "", "a", "ad", "ag", "an", "b", "c", "d", "df", "dg", "e", "eng", "f", "g", "h", "i", "j", "k", "l", "m", "mg", "mq", "n",
    "ng", "nr", "nrfg", "nrt", "ns", "nt", "nz", "o", "p", "q", "r", "rg", "rr", "rz", "s", "t", "tg", "u", "ud", "ug", "uj", "ul",
    "uv", "uz", "v", "vd", "vg", "vi", "vn", "vq", "w", "x", "y", "yg", "z", "zg",
)  # fmt: skip
"""jieba's parts of speech, in the order in which the file numbers them."""


class WordTable:
    """Words with frequency, part of speech and document frequency; beginnings of words have the frequency 0.

    It stands where jieba's tokenizer keeps its ``FREQ``: words that are added live in a dictionary of their own.
    """

    def __init__(
        self, columns: tuple[array[int], array[int], array[int], array[float]], total: int, usual_rarity: float
    ) -> None:
        self._digests, self._frequencies, self._flags, self._rarities = columns
        self.total, self.usual_rarity = total, usual_rarity
        self._added: dict[str, int] = {}

    @classmethod
    def of(cls, words: Iterable[tuple[str, int, str]], rarities: Iterable[tuple[str, float]]) -> WordTable:
        """The table of these (word, frequency, part of speech), with the document frequencies that are known of them.

        Raises:
            ValueError: a part of speech that ``FLAGS`` does not have.
        """
        rows: dict[int, tuple[int, int]] = {}
        total = 0
        for word, frequency, flag in words:
            total += frequency
            for end in range(1, len(word)):
                rows.setdefault(digest_of(word[:end]), (0, 0))
            rows[digest_of(word)] = (frequency, FLAGS.index(flag))
        known = dict(rarities)
        by_digest = {digest_of(word): value for word, value in known.items()}
        ordered = sorted(rows)
        columns = (
            array("Q", ordered),
            array("I", (rows[digest][0] for digest in ordered)),
            array("B", (rows[digest][1] for digest in ordered)),
            array("f", (by_digest.get(digest, 0.0) for digest in ordered)),
        )
        return cls(columns, total, sorted(known.values())[len(known) // 2] if known else 0.0)

    @classmethod
    def read(cls, path: Path) -> WordTable:
        """What ``write`` wrote.

        Raises:
            ValueError: not such a file, or not all of it.
        """
        content = path.read_bytes()
        magic, size, total, usual = _HEAD.unpack_from(content) if len(content) >= _HEAD.size else (b"", 0, 0, 0.0)
        columns: tuple[array[Any], ...] = (array("Q"), array("I"), array("B"), array("f"))
        if magic != MAGIC or len(content) != _HEAD.size + size * sum(column.itemsize for column in columns):
            raise ValueError(f"{path.name}: not a table of words")
        at = _HEAD.size
        for column in columns:
            from_little_endian(column, content[at : at + size * column.itemsize])
            at += size * column.itemsize
        digests, frequencies, flags, rarities = columns
        return cls((digests, frequencies, flags, rarities), total, usual)

    def write(self, path: Path) -> None:
        """Little-endian: a head, then one column after the other."""
        columns: tuple[array[Any], ...] = (self._digests, self._frequencies, self._flags, self._rarities)
        head = _HEAD.pack(MAGIC, len(self._digests), self.total, self.usual_rarity)
        path.write_bytes(b"".join([head, *map(to_little_endian, columns)]))

    def flag(self, word: str) -> str:
        """Its part of speech; "" for what is no word of the dictionary."""
        at = self._place(word)
        return FLAGS[self._flags[at]] if at >= 0 else ""

    def rarity(self, word: str) -> float:
        """Its inverse document frequency in general text; that of a usual word where it is not known."""
        at = self._place(word)
        return (self._rarities[at] if at >= 0 else 0.0) or self.usual_rarity

    # as jieba's tokenizer uses its FREQ

    def __contains__(self, word: str) -> bool:
        return word in self._added or self._place(word) >= 0

    def __getitem__(self, word: str) -> int:
        found = self.get(word)
        if found is None:
            raise KeyError(word)
        return found

    def __setitem__(self, word: str, frequency: int) -> None:
        self._added[word] = frequency

    def __len__(self) -> int:
        return len(self._digests)

    def get(self, word: str, default: int | None = None) -> int | None:
        """Its frequency."""
        if word in self._added:
            return self._added[word]
        at = self._place(word)
        return self._frequencies[at] if at >= 0 else default

    def _place(self, word: str) -> int:
        return place_of(digest_of(word), self._digests)


def read_dictionary(path: Path) -> Iterator[tuple[str, int, str]]:
    """The rows of a dictionary as jieba ships it: word, frequency, part of speech, blanks between."""
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, flag = line.split()
        yield word, int(frequency), flag


def read_rarities(path: Path) -> Iterator[tuple[str, float]]:
    """The rows of jieba's table of document frequencies."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            word, value = line.rsplit(" ", 1)
            yield word, float(value)
