"""A text as the rules read it: folded to plain simplified characters, with the way back to the original.

Full-width forms, traditional characters, circled numbers, pinyin pieces and split characters become what they stand
for; symbols, spaces and emoji pushed between two Chinese characters go. What must stay true: every folded position
maps to a valid span of the original (``Folded.span``), and folding never looks outside the text.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HAN = "一-鿿"
INSERTED = r"[\s*＊·•・.．。_＿\-－—~～|｜/／\\+＋#＃^=､'’`°★☆♥❤️🔥✨\u200b-\u200f\u2060\ufeff\u00ad\u20e3\ufe0f\U0001F300-\U0001FAFF\u2600-\u27bf]"
KEPT_BREAKS = "\n\r。"
BETWEEN = r"[ ()（）【】\[\]]{0,2}"
"""What may stand between the characters of a word that is written in disguise."""

ALIKE = re.compile(rf"(?P<before>\(\?<[!=][^)]*\))?(?P<word>[{HAN}]+)(?P<after>\(.*)?")
CUT = rf"(?<=[{HAN}])(?:(?![{KEPT_BREAKS}]){INSERTED}){{1,3}}(?=[{HAN}0-9])|[\u200b-\u200f\u2060\ufeff\u00ad\ufe0f\u20e3]+"


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

    ``words`` are read through pinyin and split characters (``spelled``) for any of their characters; ``alike`` are words,
    with the contexts in which that is safe, that are read through one character of the same sound (``sounding``).
    """

    def __init__(self, lexicons: Path) -> None:
        tables = json.loads((lexicons / "folding.json").read_text(encoding="utf-8"))
        pairs = json.loads((lexicons / "traditional.json").read_text(encoding="utf-8"))
        self._single = _single_table(pairs["traditional"], pairs["simplified"], tables["single"])
        folds = [*tables["patterns"], *_disguises(tables)]
        self._targets = [target for _, target in folds]
        self._cut = re.compile(CUT)
        self._folds = re.compile(f"(?=[{_starters(tables)}])(?:{'|'.join(f'({source})' for source, _ in folds)})")

    def fold(self, text: str) -> Folded:
        """The text as rules read it."""
        plain = text.translate(self._single)
        first = _rebuild(plain, [(m.start(), m.end(), "") for m in self._cut.finditer(plain)], None)
        read = ((m, self._targets[(m.lastindex or 1) - 1]) for m in self._folds.finditer(first.text))
        changes = [(m.start(), m.end(), target) for m, target in read if m.group() != target]
        return _rebuild(first.text, changes, first) if changes else first


def _disguises(tables: dict[str, Any]) -> list[tuple[str, str]]:
    """What each word may be written as, longest words first: (pattern, word)."""
    spelled, sounding = tables["spelled"], tables["sounding"]
    folds = [(_spelled_pattern(word, spelled), word) for word in sorted(tables["words"], key=len, reverse=True)]
    for entry in tables["alike"]:
        before, word, after = _parts(entry)
        for at, character in enumerate(word):
            if character in sounding:
                pattern = f"{before}{word[:at]}[{sounding[character]}]{word[at + 1 :]}{after}"
                folds.append((pattern, word))
    return folds


def _starters(tables: dict[str, Any]) -> str:
    """What a disguise may begin with: a letter, or a first character or what is written for it."""
    first = {word[0] for word in tables["words"]} | {_parts(entry)[1][0] for entry in tables["alike"]}
    written = {way[0] for character in first for way in tables["spelled"].get(character, ()) if not way.isascii()}
    heard = {sound for character in first for sound in tables["sounding"].get(character, "")}
    return "a-z" + "".join(sorted(first | written | heard))


def _spelled_pattern(word: str, spelled: dict[str, list[str]]) -> str:
    """Any of the word's characters spelled out or split, with something between them or not."""
    pieces = []
    for at, character in enumerate(word):
        ways = [character]
        for way in spelled.get(character, ()):
            latin = way.isascii()
            before = r"(?<![a-z])" if latin and at == 0 else ""
            ways.append(f"{before}{way}{r'(?![a-z])' if latin and at == len(word) - 1 else ''}")
        pieces.append(f"(?:{'|'.join(ways)})" if len(ways) > 1 else character)
    return BETWEEN.join(pieces)


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
