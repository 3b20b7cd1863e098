"""What changed between two texts, word by word; joining the kept and new words gives the new text back."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from engine.text.segment import cut_words


class Change(StrEnum):
    """A piece is in both texts, only in the new one, or only in the old one."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A run of words with one fate."""

    change: Change
    text: str


def diff_words(old: str, new: str) -> tuple[DiffPiece, ...]:
    """The pieces in reading order; SAME and REMOVED joined are ``old``, SAME and ADDED joined are ``new``."""
    before, after = cut_words(old), cut_words(new)
    pieces: list[DiffPiece] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(DiffPiece(Change.SAME, "".join(before[i:j])))
            continue
        if i < j:
            pieces.append(DiffPiece(Change.REMOVED, "".join(before[i:j])))
        if k < m:
            pieces.append(DiffPiece(Change.ADDED, "".join(after[k:m])))
    return tuple(pieces)
