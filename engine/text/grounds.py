"""A brief, and what is known of such products, as clauses are held against them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.domain import Brief
from engine.text.segment import cut_words, tag_words

SENTENCES = re.compile(r"[^。！？!?；;~～]+[。！？!?；;~～]*")
CLAUSES = re.compile(r"(?:[^，,：:]|(?<=\d)[:,](?=\d))+[，,：:]*")
MARKS = re.compile(r"[^\w]+")
VALUE_PARTS = re.compile("[、;；/ ,，]")
HAN = re.compile("[一-鿿]")
NAME_RUN = 4
"""A run of so many characters names the product; a shorter one is a word of its own."""

NEGATIONS = ("不能", "不会", "没有", "不用", "不", "没", "别", "无", "未")
BRANDS = ("店名", "店铺", "品牌")
KNOWN_VALUE = re.compile("[一-鿿]{2,6}")

Fact = tuple[str, str]
"""An attribute's name and one part of its value."""


class Grounds:
    """A brief as clauses are held against it."""

    def __init__(self, brief: Brief) -> None:
        self.names = tuple(attribute.name for attribute in brief.attributes)
        self.facts = tuple(_facts(brief))
        strings = (brief.product, brief.category, *self.names, *(value for _, value in self.facts))
        self.text = "\n".join(strings).lower()
        self.without_offer = "\n".join((brief.product, *(value for name, value in self.facts if name != "优惠")))
        self.kinds = kinds_of(brief)
        self.category, self.offer, self.product = brief.category, brief.offer, brief.product
        self.brand = next((_han_name(a.value) for name in BRANDS for a in brief.attributes if a.name == name), "")
        self._parts = frozenset(value.lower() for _, value in self.facts)
        self._characters = frozenset(brief.product.lower())

    def covered(self, clause: str) -> list[bool]:
        """For each character, whether it stands in the brief within a run of two and more (or is a digit there)."""
        flags, at, low = [False] * len(clause), 0, clause.lower()
        while at < len(low):
            end = at + 1
            if low[at] in self.text:
                while end < len(low) and low[at : end + 1] in self.text:
                    end += 1
                if end - at >= 2 or low[at].isdigit():
                    flags[at:end] = [True] * (end - at)
            at = end if flags[at] else at + 1
        return flags

    def facts_in(self, clause: str, *, whole: bool = False) -> list[Fact]:
        """The facts that a clause says: whole, or (unless ``whole``) half of the value in one run."""
        low = clause.lower()
        return [(n, v) for n, v in self.facts if v.lower() in low or (not whole and _half_said(v.lower(), low))]

    def without_name(self, clause: str) -> str:
        """The clause without runs of the product's name: who names 雪纺碎花连衣裙 has not said yet what 雪纺 is."""
        name, low, kept, at = self.product.lower(), clause.lower(), [], 0
        while at < len(low):
            end = at + 1
            while end <= len(low) and low[at:end] in name:
                end += 1
            if end - 1 - at < min(NAME_RUN, len(name)):
                kept.append(clause[at])
                at += 1
            else:
                at = end - 1
        return "".join(kept)

    def extra_words(self, clause: str) -> list[str]:
        """What the clause says in words that are not the brief's; a negation is one word with what it denies."""
        flags, words, at, denial = self.covered(clause), [], 0, ""
        for word in cut_words(clause):
            here, at = flags[at : at + len(word)], at + len(word)
            if MARKS.fullmatch(word):
                continue
            if word in NEGATIONS and not all(here):
                denial = word
                continue
            if not self._owns(denial + word, all(here) and not denial, any(here)):
                words.append(denial + word)
            denial = ""
        return [*words, denial] if denial else words

    def _owns(self, word: str, covered: bool, touched: bool) -> bool:
        low = word.lower()
        whole = low in self._parts or (len(low) > 1 and low in self.text)
        return covered or whole or (touched and set(low) <= self._characters)


@lru_cache(maxsize=4)
def grounds_of(brief: Brief) -> Grounds:
    """The brief's grounds, made once for the drafts of a request."""
    return Grounds(brief)


def kinds_of(brief: Brief) -> tuple[str, ...]:
    """The nouns of the product's name, and its category: what kind of thing it may be."""
    nouns = (word for word, flag in tag_words(brief.product) if flag.startswith(("n", "vn")) and len(word) > 1)
    return tuple(dict.fromkeys([*nouns, *([brief.category] if brief.category else [])]))


def _facts(brief: Brief) -> Iterator[Fact]:
    for attribute in brief.attributes:
        for part in VALUE_PARTS.split(attribute.value):
            if part.strip():
                yield attribute.name, part.strip()
    yield from (("卖点", point) for point in brief.points)
    yield from ((name, text) for name, text in (("优惠", brief.offer), ("人群", brief.audience)) if text)


def _han_name(value: str) -> str:
    """恒洁 of Hegii/恒洁."""
    parts = [part.strip() for part in re.split("[/（(]", value)]
    return next((part for part in parts if HAN.search(part)), parts[0])


def _half_said(value: str, clause: str) -> bool:
    size = max(2, (len(value) + 1) // 2)
    return len(value) >= 3 and any(value[at : at + size] in clause for at in range(len(value) - size + 1))


@dataclass(frozen=True, slots=True)
class Usage:
    """What goes with what: words by attribute name, by value and by kind of product; kinds by whole clause.

    Each value is one string of words with a space on either side of each, which keeps ten thousand of them small.
    """

    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    clauses: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Usage:
        """What ``write`` wrote."""
        data: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
        return cls(*({key: f" {words} " for key, words in data[part].items()} for part in _PARTS))

    def write(self, path: Path) -> None:
        """The same bytes for the same counts."""
        data: dict[str, Any] = {
            part: {key: words.strip() for key, words in sorted(getattr(self, part).items())} for part in _PARTS
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        path.write_bytes(gzip.compress(text.encode(), mtime=0))

    def goes_with(self, word: str, facts: Sequence[Fact], kinds: Sequence[str]) -> bool:
        """Whether the word is known of one of these facts or of such a product."""
        spaced = f" {word} "
        return any(
            spaced in self.names.get(name, "") or spaced in self.values.get(value, "") for name, value in facts
        ) or any(spaced in self.kinds.get(kind, "") for kind in kinds)

    def says_of(self, clause: str) -> frozenset[str]:
        """The kinds of products of which this clause, without its marks, is said as it stands."""
        return frozenset(self.clauses.get(clause, "").split())


_PARTS = ("names", "values", "kinds", "clauses")
