"""Key words of a product text and what they tell: TF-IDF, TextRank, attribute guesses, search words of a title.

A guess names the words it came from. Vocabulary and stop words are in ``attributes.json``; a value that contains
another value (加绒加厚, 加绒) wins over it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.domain.brief import Brief
from engine.text.cleaning import clean_text
from engine.text.quantities import Quantity, find_quantities
from engine.text.segment import cut_words, rank_words, weigh_words

MEASURE_NAMES = {
    "mass": "净含量",
    "volume": "净含量",
    "length": "尺寸",
    "power": "功率",
    "charge": "电池容量",
    "age": "适用年龄",
}
MAX_WORD = 5

NAME_ENDINGS = (("材质", "材质"), *((ending, "类型") for ending in ("分类", "类型", "种类", "品种", "品类", "类别")))
"""What a name that no table holds (灯罩材质, 围巾分类) is called for short."""

NOT_A_MASS = re.compile(r"[2-6]G")
"""A network, not grams."""

WORDY = re.compile(r"[A-Za-z一-鿿]")
ALNUM_ONLY = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word with its weight, the heaviest 1."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class AttributeGuess:
    """A guessed pair and where the evidence stands in the cleaned text."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TitleScore:
    """How many of the product's search words a title has: 0 to 1, which are there, which are missing."""

    score: float
    found: tuple[str, ...]
    missing: tuple[str, ...]


class KeywordFinder:
    """Keywords and attribute guesses by the vocabulary in ``attributes.json``; loaded at the first use."""

    def __init__(self, lexicons: Path) -> None:
        self._lexicons = lexicons

    def tfidf(self, text: str, count: int = 10) -> tuple[Keyword, ...]:
        """The ``count`` words that set this text apart (jieba's general frequencies)."""
        return self._scaled(weigh_words(self._set_apart(clean_text(text)), count * 3, self._stop_words), count)

    def textrank(self, text: str, count: int = 10) -> tuple[Keyword, ...]:
        """The ``count`` words that stand beside many others."""
        return self._scaled(rank_words(self._set_apart(clean_text(text)), count * 3, self._stop_words), count)

    def guess_attributes(self, text: str) -> tuple[AttributeGuess, ...]:
        """Attributes that the words of ``text`` (already cleaned) suggest, in order of their evidence."""
        guesses = _longest([*self._vocabulary_guesses(text), *map(lambda q: _measure(text, q), _measured(text))])
        unique: dict[tuple[str, str], AttributeGuess] = {}
        for guess in sorted(guesses, key=lambda g: (g.start, -g.end)):
            unique.setdefault((guess.name, guess.value), guess)
        return tuple(unique.values())

    def title_coverage(self, title: str, brief: Brief) -> TitleScore:
        """Which search words (product and attribute values) a title carries."""
        wanted = self.search_words(brief)
        flat = ALNUM_ONLY.sub("", title).lower()
        found = tuple(word for word in wanted if word.lower() in flat)
        missing = tuple(word for word in wanted if word not in found)
        return TitleScore(len(found) / len(wanted) if wanted else 1.0, found, missing)

    def search_words(self, brief: Brief) -> tuple[str, ...]:
        """The words a buyer would type: the product's own, then its attributes', each once."""
        texts = [brief.product, brief.category, *(a.value for a in brief.attributes if len(a.value) <= 12)]
        words = [word for text in texts for word in self._search_words(clean_text(text)) if self._counts(word)]
        return tuple(dict.fromkeys(words))

    def standard_name(self, name: str) -> str:
        """The one name of an attribute that sellers call by several (面料 → 材质)."""
        known = self._standard_names.get(name)
        return known or next((standard for ending, standard in NAME_ENDINGS if name.endswith(ending)), name)

    def _search_words(self, text: str) -> list[str]:
        """Attribute words whole, all else by the segmenter."""
        guesses = self.guess_attributes(text)
        known = {text[g.start : g.end].strip() for g in guesses if g.end - g.start <= MAX_WORD}
        return [
            word
            for piece in self._set_apart(text).split()
            for word in ([piece] if piece in known else cut_words(piece))
        ]

    def _set_apart(self, text: str) -> str:
        """``text`` with spaces around attribute words, so that no word is cut across their ends (V领 中长款)."""
        marks = {place for guess in self.guess_attributes(text) for place in (guess.start, guess.end)}
        return "".join(f" {char}" if place in marks else char for place, char in enumerate(text))

    def _counts(self, word: str) -> bool:
        return len(word) > 1 and word not in self._stop_words and bool(WORDY.search(word))

    def _scaled(self, pairs: Iterable[tuple[str, float]], count: int) -> tuple[Keyword, ...]:
        kept = [(word, weight) for word, weight in pairs if self._counts(word)][:count]
        top = max((weight for _, weight in kept), default=1.0) or 1.0
        return tuple(Keyword(word, round(weight / top, 4)) for word, weight in kept)

    def _vocabulary_guesses(self, text: str) -> list[AttributeGuess]:
        return [
            AttributeGuess(name, match.group(), match.start(), match.end())
            for name, pattern in self._vocabulary.items()
            for match in pattern.finditer(text)
        ]

    @cached_property
    def _raw(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self._lexicons / "attributes.json").read_text(encoding="utf-8"))
        return data

    @cached_property
    def _standard_names(self) -> dict[str, str]:
        return {name: standard for standard, names in self._raw["names"].items() for name in names}

    @cached_property
    def _stop_words(self) -> frozenset[str]:
        return frozenset(self._raw["stop_words"])

    @cached_property
    def _vocabulary(self) -> dict[str, re.Pattern[str]]:
        return {
            name: re.compile("|".join(map(re.escape, sorted(values, key=len, reverse=True))))
            for name, values in self._raw["values"].items()
        }


def _measured(text: str) -> list[Quantity]:
    return [
        q
        for q in find_quantities(text)
        if q.dimension in MEASURE_NAMES and not q.chinese and not NOT_A_MASS.fullmatch(text[q.start : q.end].strip())
    ]


def _longest(guesses: list[AttributeGuess]) -> list[AttributeGuess]:
    """Guesses without those whose words stand inside a longer one's (大理 in 大理石)."""
    kept: list[AttributeGuess] = []
    for guess in sorted(guesses, key=lambda g: (g.start - g.end, g.start)):
        if not any(
            k.start <= guess.start and guess.end <= k.end for k in kept if k.end - k.start > guess.end - guess.start
        ):
            kept.append(guess)
    return kept


def _measure(text: str, quantity: Quantity) -> AttributeGuess:
    value = text[quantity.start : quantity.end].strip()
    return AttributeGuess(MEASURE_NAMES[quantity.dimension], value, quantity.start, quantity.end)
