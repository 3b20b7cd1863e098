"""A text as the rules read it: folded to plain simplified characters, with the way back to the original.

Full-width forms, traditional characters, circled numbers, pinyin pieces and split characters become what they stand
for; symbols, spaces and emoji pushed between two Chinese characters go. What must stay true: every folded position
maps to a valid span of the original (``Folded.span``), and folding never looks outside the text.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HAN = "一-鿿"
INSERTED = r"[\s*＊·•・.．。_＿\-－—~～|｜/／\\+＋#＃@&$￥%^=､丶'’`°★☆♥❤️🔥✨\u200b-\u200f\u2060\ufeff\u00ad\u20e3\ufe0f\U0001F000-\U0001FAFF\u2190-\u21ff\u25a0-\u27bf]"
KEPT_BREAKS = "\n\r。"
SPREAD = re.compile(rf"[{HAN}]([、，,…:：;；?？!！\"“”<>《》{{}}])[{HAN}](?:\1[{HAN}])+")
"""One and the same mark between every two characters of a word: 顶、级、货."""
BETWEEN = r"[ ()（）【】\[\]]{0,2}"
"""What may stand between the characters of a word that is written in disguise."""

ALIKE = re.compile(rf"(?P<before>\(\?<[!=][^)]*\))?(?P<word>[{HAN}]+)(?P<after>\(.*)?")
CUT = rf"(?<=[{HAN}])(?!(?<=[加薇威微卫徽])❤)(?:(?![{KEPT_BREAKS}]){INSERTED}){{1,3}}(?=[{HAN}0-9])|[\u200b-\u200f\u2060\ufeff\u00ad\ufe0f\u20e3]+"


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text and, for each piece of it, where the piece starts in both and whether it runs in step."""

    text: str
    length: int
    folded_starts: tuple[int, ...]
    original_starts: tuple[int, ...]
    original_ends: tuple[int, ...]
    in_step: tuple[bool, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of folded ``[start, end)``; ``start < end`` is required."""
        first = bisect_right(self.folded_starts, start) - 1
        last = bisect_right(self.folded_starts, end - 1) - 1
        begin = self.original_starts[first] + (start - self.folded_starts[first] if self.in_step[first] else 0)
        finish = (
            self.original_starts[last] + end - self.folded_starts[last]
            if self.in_step[last]
            else self.original_ends[last]
        )
        return begin, finish


class Folder:
    """Folds texts by the tables in ``folding.json`` and ``traditional.json``; compiled once, safe from any thread.

    ``alone`` are characters that are read through their pinyin before any Chinese character.
    ``words`` are read through pinyin and split characters (``spelled``) for any of their characters; ``alike`` are words,
    with the contexts in which that is safe, that are read through one character of the same sound (``sounding``), as are
    ``long`` ones, which need no context (``heard``: the common characters of a syllable).
    """

    def __init__(self, lexicons: Path) -> None:
        tables = json.loads((lexicons / "folding.json").read_text(encoding="utf-8"))
        pairs = json.loads((lexicons / "traditional.json").read_text(encoding="utf-8"))
        self._single = _single_table(pairs["traditional"], pairs["simplified"], tables["single"])
        self._cut = re.compile(CUT)
        self._disguises = {first: _Disguises(folds) for first, folds in _by_first_character(tables).items()}
        self._starters = re.compile(f"[{''.join(self._disguises)}]")
        self._sounds = {ord(c): group[0] for group in tables["heard"].values() for c in group}
        self._long = {word.translate(self._sounds): word for word in tables["long"]}
        self._heard = re.compile("|".join(sorted(self._long, key=len, reverse=True)))

    def fold(self, text: str) -> Folded:
        """The text as rules read it."""
        plain = text.translate(self._single)
        gaps = [(m.start(), m.end(), "") for m in self._cut.finditer(plain)]
        marks = [(at, at + 1, "") for m in SPREAD.finditer(plain) for at in range(m.start() + 1, m.end(), 2)]
        folded = _rebuild(plain, sorted(gaps + marks) if marks else gaps, None)
        for stage in (self._misheard, self._disguised):
            changes = list(stage(folded.text))
            folded = _rebuild(folded.text, changes, folded) if changes else folded
        return folded

    def _disguised(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Words that are spelled out, split, or written with another character."""
        done = 0
        for start in self._starters.finditer(text):
            if start.start() >= done:
                match, word = self._disguises[start.group()].read(text, start.start())
                if match and match.group() != word:
                    yield match.start(), match.end(), word
                    done = match.end()

    def _misheard(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Long words with one character of the same sound in place of their own."""
        for match in self._heard.finditer(text.translate(self._sounds)):
            word, written = self._long[match.group()], text[match.start() : match.end()]
            if sum(a != b for a, b in zip(word, written, strict=True)) == 1:
                yield match.start(), match.end(), word


class _Disguises:
    """What words may be written as, all with the same first character; the first that fits counts."""

    def __init__(self, folds: list[tuple[str, str]]) -> None:
        self._pattern = re.compile("|".join(f"({source})" for source, _ in folds))
        self._words = [word for _, word in folds]

    def read(self, text: str, at: int) -> tuple[re.Match[str] | None, str]:
        """What stands at ``at`` and the word that it is meant to be."""
        match = self._pattern.match(text, at)
        return match, self._words[(match.lastindex or 1) - 1] if match else ""


def _by_first_character(tables: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """(pattern, word) of every disguise by its first character, longest words first."""
    spelled, sounding = tables["spelled"], tables["sounding"]
    found: dict[str, list[tuple[str, str]]] = {}
    for word in sorted(tables["words"], key=len, reverse=True):
        rest = "".join(BETWEEN + _any_way(c, spelled, last=at == len(word) - 2) for at, c in enumerate(word[1:]))
        for way in (word[0], *spelled.get(word[0], ())):
            guard = "(?<![a-z])" if way.isascii() else ""
            found.setdefault(way[0], []).append((guard + way + rest, word))
    for character in tables["alone"]:
        for way in filter(str.isascii, spelled[character]):
            found.setdefault(way[0], []).append((f"(?<![a-z]){way}(?=[{HAN}])", character))
    for entry in tables["alike"]:
        before, word, after = _parts(entry)
        for at, character in enumerate(word):
            for sound in sounding.get(character, ""):
                written = word[:at] + sound + word[at + 1 :]
                found.setdefault(written[0], []).append((before + written + after, word))
    return found


def _any_way(character: str, spelled: dict[str, list[str]], *, last: bool) -> str:
    ways = [f"{way}(?![a-z])" if last and way.isascii() else way for way in spelled.get(character, ())]
    return f"(?:{'|'.join([character, *ways])})" if ways else character


def _parts(entry: str) -> tuple[str, str, str]:
    """An entry of ``alike``: what must stand before, the word, what must follow (made a look-ahead if it is none)."""
    match = ALIKE.fullmatch(entry)
    assert match, entry
    before, word, after = match.group("before") or "", match.group("word"), match.group("after") or ""
    return before, word, after if after.startswith("(?=") or after.startswith("(?!") or not after else f"(?={after})"


def _single_table(traditional: str, simplified: str, extra: list[list[str]]) -> dict[int, str]:
    """One character to one character, so that positions stay."""
    table = {
        code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F) if chr(code) not in "！，：；？（）～。"
    }
    table |= {0x3000: " "}
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {ord(old): new for old, new in zip(traditional, simplified, strict=True)}
    table |= {ord(old): new for old, new in extra}
    return table


def _rebuild(text: str, changes: list[tuple[int, int, str]], below: Folded | None) -> Folded:
    """Apply ``changes`` (in order, not overlapping) to ``text``, keeping the way back through ``below``."""
    length = below.length if below else len(text)
    pieces: list[str] = []
    rows: list[tuple[int, int, int, bool]] = []
    at = out = 0
    for start, end, target in [*changes, (len(text), len(text), "")]:
        if start > at:
            rows += _step_rows(at, start, out, below)
            pieces.append(text[at:start])
            out += start - at
        if target:
            begin, finish = below.span(start, end) if below else (start, end)
            rows.append((out, begin, finish, False))
            pieces.append(target)
            out += len(target)
        at = end
    columns = tuple(zip(*rows, strict=True)) if rows else ((0,), (0,), (length,), (True,))
    return Folded("".join(pieces), length, *columns)


def _step_rows(start: int, end: int, out: int, below: Folded | None) -> list[tuple[int, int, int, bool]]:
    """Rows for an unchanged stretch: one, or one for each piece of the fold below."""
    if below is None:
        return [(out, start, end, True)]
    rows = []
    first = bisect_right(below.folded_starts, start) - 1
    for index in range(first, len(below.folded_starts)):
        piece = max(start, below.folded_starts[index])
        if piece >= end:
            break
        skipped = piece - below.folded_starts[index] if below.in_step[index] else 0
        begin = below.original_starts[index] + skipped
        rows.append((out + piece - start, begin, below.original_ends[index], below.in_step[index]))
    return rows
