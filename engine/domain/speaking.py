"""How a text is spoken, and how long that takes.

A Chinese character is one beat, and so is a digit (59.9 is 五十九点九); a Latin word is a beat for every three letters.
Marks, pictograms and hashtags are not spoken. The usual pace of people who talk before a camera is 220 to 280 beats a minute.
"""

from __future__ import annotations

import re

SLOWEST, USUAL, FASTEST = 120, 240, 360
"""Beats a minute."""

HASHTAG = re.compile(r"[#＃][^\s#＃]+[#＃]?")
PICTOGRAM = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u200d\ufe0f\u20e3]+")
LATIN_WORD = re.compile(r"[A-Za-z]+")
BEAT = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff0-9%‰]")
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?”’」』）)]*")
LETTERS_A_BEAT = 3
PERCENT_BEATS = 2
"""百分之 is three beats for one sign."""


def spoken_text(text: str) -> str:
    """The text without what nobody says."""
    lines = (PICTOGRAM.sub("", HASHTAG.sub("", line)).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def sentences(text: str) -> tuple[str, ...]:
    """What is spoken, sentence by sentence."""
    found = (part.strip() for part in SENTENCE.findall(spoken_text(text)))
    return tuple(part for part in found if beats(part))


def beats(text: str) -> int:
    """How many beats a text has."""
    said = spoken_text(text)
    words = sum(-(-len(word) // LETTERS_A_BEAT) for word in LATIN_WORD.findall(said))
    return len(BEAT.findall(said)) + words + PERCENT_BEATS * (said.count("%") + said.count("‰"))


def speaking_seconds(text: str, pace: int = USUAL) -> int:
    """How long a text takes at a pace of so many beats a minute, rounded to whole seconds; at least one if it says anything."""
    count = beats(text)
    return max(1, round(60 * count / pace)) if count else 0
