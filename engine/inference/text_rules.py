"""What a growing text is held to, apart from any model: forbidden phrases, loops, length, thinking, whole characters.

Pure functions and small values over strings, shared by the batched decoder and the remote back end. Offsets count
Python characters.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from engine.domain import count_characters

SENTENCE_ENDS = "。！？!?…\n"
LENGTH_ENDS = "。！？\n"
LENGTH_SLACK = 1.25
"""A text that finds no sentence end is cut at this many times its wanted length."""

LOOP_PIECE = 12
LOOP_TIMES = 3
LOOP_SENTENCE = 5
"""Sentences shorter than this may be said three times (买它！买它！买它！)."""

_FOLD = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_NEVER = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), 0xFFFD])
"""Control characters (but tab and line feed) and the mark of a broken character stand in no copy."""

_THINK, _THOUGHT = "<think>", "</think>"


class PhraseIndex:
    """Forbidden phrases, found as they complete; Latin letters in either case.

    Phrases are kept by their last character, so that a new character costs one look-up whatever their number.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_last: dict[str, list[str]] = {}
        self.longest = 0
        for phrase in sorted({fold(p.strip()) for p in phrases if p.strip()}, key=len, reverse=True):
            self._by_last.setdefault(phrase[-1], []).append(phrase)
            self.longest = max(self.longest, len(phrase))

    def find(self, text: str, fresh: int) -> int | None:
        """Where the earliest phrase begins that ends within ``text[fresh:]``, or None."""
        if not self.longest:
            return None
        base = max(0, fresh - self.longest + 1)
        tail = fold(text[base:])
        starts = [
            end - len(phrase)
            for end in range(fresh - base + 1, len(tail) + 1)
            for phrase in self._by_last.get(tail[end - 1], ())
            if end >= len(phrase) and tail.startswith(phrase, end - len(phrase))
        ]
        return base + min(starts) if starts else None


class Utf8Stream:
    """Bytes of tokens into text: a character comes when it is whole, a broken one never."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")

    def feed(self, data: bytes) -> str:
        """The characters that ``data`` completes."""
        return self._decoder.decode(data).translate(_NEVER)

    @property
    def pending(self) -> bool:
        """Whether a character has begun that is not whole."""
        return bool(self._decoder.getstate()[0])


def fold(text: str) -> str:
    """``text`` with A to Z in small letters; the same length."""
    return text.translate(_FOLD)


def hidden_length(raw: str) -> int:
    """Characters of ``raw`` that are a model's thinking (from its beginning), with the space around them."""
    lead = raw.lstrip()
    if not lead.startswith(_THINK[: len(lead)] if len(lead) < len(_THINK) else _THINK):
        return 0
    end = raw.find(_THOUGHT)
    if end < 0:
        return len(raw)
    rest = raw[end + len(_THOUGHT) :]
    return len(raw) - len(rest.lstrip())


def find_loop(text: str, fresh: int) -> int | None:
    """Where to cut ``text`` if its end repeats what stood there twice before, or None.

    A loop is a sentence, or a piece of ``LOOP_PIECE`` characters, standing ``LOOP_TIMES`` times; the cut lies before
    the second time, at a sentence end if the piece is in the middle of a sentence.
    """
    if len(text) < LOOP_SENTENCE * LOOP_TIMES:
        return None
    piece = text[-LOOP_PIECE:]
    if len(text) >= LOOP_PIECE * LOOP_TIMES and text.count(piece) >= LOOP_TIMES:
        return _loop_cut(text, piece)
    if any(mark in text[fresh:] for mark in SENTENCE_ENDS):
        sentence = _last_sentence(text)
        if len(sentence) >= LOOP_SENTENCE and _sentences(text).count(sentence) >= LOOP_TIMES:
            return _loop_cut(text, sentence)
    return None


def _loop_cut(text: str, piece: str) -> int:
    second = text.find(piece, text.find(piece) + 1)
    end = last_sentence_end(text[:second])
    return end if end else second


def _sentences(text: str) -> list[str]:
    found, start = [], 0
    for place, mark in enumerate(text):
        if mark in SENTENCE_ENDS:
            found.append(text[start : place + 1].strip())
            start = place + 1
    return found


def _last_sentence(text: str) -> str:
    found = _sentences(text)
    return found[-1] if found else ""


def last_sentence_end(text: str) -> int:
    """The place after the last sentence end in ``text``; 0 if there is none."""
    return max((text.rfind(mark) for mark in SENTENCE_ENDS), default=-1) + 1


def length_cut(text: str, fresh: int, limit: int) -> int | None:
    """Where to end a text that should have ``limit`` characters: after the first sentence end past it, or None yet.

    A text that reaches ``LENGTH_SLACK`` times the limit is cut at its last sentence end if that lies in the last half,
    else at the character.
    """
    if limit <= 0 or len(text) < limit:
        return None
    for place in range(fresh, len(text)):
        if text[place] in LENGTH_ENDS and count_characters(text[: place + 1]) >= limit:
            return place + 1
    cap = int(limit * LENGTH_SLACK)
    if count_characters(text) < cap:
        return None
    extra = count_characters(text) - cap
    cut = len(text.rstrip()) - extra
    end = last_sentence_end(text[:cut])
    return end if end * 2 >= cut else cut
