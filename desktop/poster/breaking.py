"""Chinese and mixed text broken into lines: no mark that closes begins a line, none that opens ends one, words stay whole.

Pure: what a piece of text measures is asked of ``measure``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Width = Callable[[str], float]

ELLIPSIS = "…"
NO_START = frozenset("，。、！？；：）》」』】〕〉…—～％·”’!?;:,.)]}%")
NO_END = frozenset("（《「『【〔〈“‘([{￥¥$#")
CLUSTER = re.compile(
    r"[0-9A-Za-zÀ-ɏ]+(?:[.,:/'’&+\-][0-9A-Za-zÀ-ɏ]+)*%?"
    r"|.(?:[\u0300-\u036f\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d.)*",
    re.DOTALL,
)
"""What is never broken while there is another way: a word or number, or one character with what belongs to it."""

CLAUSE = re.compile(r"[^，。！？；、!?;]+[，。！？；、!?;”’」』）)]*")


def break_lines(text: str, width: float, measure: Width) -> tuple[str, ...]:
    """Lines that are at most ``width`` wide; only a single character may be wider."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for atom in _atoms(paragraph.strip()):
            if measure((line + atom).strip()) <= width:
                line += atom
                continue
            if line.strip():
                lines.append(line.strip())
            *whole, line = _split(atom.strip(), width, measure)
            lines += whole
        if line.strip():
            lines.append(line.strip())
    return tuple(lines)


def clauses(text: str, width: float, measure: Width) -> tuple[str, ...]:
    """One line for each clause, as a person would break a headline; nothing where one is wider than a line."""
    lines = tuple(part.strip() for part in CLAUSE.findall(text) if part.strip())
    return lines if all(measure(line) <= width for line in lines) else ()


def balanced(text: str, width: float, measure: Width) -> tuple[str, ...]:
    """No more lines than needed, at the ends of clauses where that can be, else as even as they can be."""
    lines = break_lines(text, width, measure)
    if len(lines) < 2 or "\n" in text.strip():
        return lines
    at_clauses = clauses(text, width, measure)
    if at_clauses and len(at_clauses) <= len(lines):
        return at_clauses
    low, high = width / 2, width
    for _try in range(7):
        middle = (low + high) / 2
        tried = break_lines(text, middle, measure)
        if len(tried) == len(lines):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def shortened(line: str, width: float, measure: Width) -> str:
    """The line's beginning with an ellipsis, at most ``width`` wide."""
    clusters = CLUSTER.findall(line)
    while clusters and (clusters[-1] in NO_START or measure("".join(clusters) + ELLIPSIS) > width):
        clusters.pop()
    return "".join(clusters).rstrip() + ELLIPSIS


def _atoms(text: str) -> list[str]:
    """Pieces between which a line may break."""
    atoms: list[str] = []
    for cluster in CLUSTER.findall(text):
        joined = atoms and (cluster in NO_START or atoms[-1][-1] in NO_END)
        if joined:
            atoms[-1] += cluster
        else:
            atoms.append(cluster)
    return atoms


def _split(atom: str, width: float, measure: Width) -> list[str]:
    """An atom that is wider than a line, cut where it must be."""
    pieces = [""]
    for character in re.findall(r".(?:[\u0300-\u036f\ufe00-\ufe0f]|\u200d.)*", atom, re.DOTALL):
        if pieces[-1] and measure(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
