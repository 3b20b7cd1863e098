"""The words that a poster begins with, out of a draft and its brief; the seller changes them as she likes."""

from __future__ import annotations

import re

from desktop.poster.values import PosterWords
from engine.domain import Brief

HEADLINE_CHARACTERS = 20
BODY_CHARACTERS = 72
BODY_LINES = 3
BRAND_NAMES = ("品牌", "牌子", "店名")
HASHTAG = re.compile(r"[#＃][^\s#＃]+[#＃]?")
PICTOGRAM = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u200d\ufe0f\u20e3]+")
CLAUSE = re.compile(r"[，。！？；!?;]")


def starting_words(text: str, brief: Brief) -> PosterWords:
    """The first line as the headline, the next as the text, brand and offer of the brief; no hashtags, no pictograms."""
    lines = [line for line in map(_tidy, text.splitlines()) if line]
    headline, rest = _headline(lines[0]) if lines else (brief.product, "")
    body = _body([rest, *lines[1:]]) or "\n".join(brief.points[:BODY_LINES])
    brand = next((a.value for a in brief.attributes if a.name in BRAND_NAMES), "")
    return PosterWords(headline, body, brand, brief.offer.strip())


def _tidy(line: str) -> str:
    return re.sub(r"\s+", " ", PICTOGRAM.sub("", HASHTAG.sub("", line))).strip(" \t·-*•")


def _headline(line: str) -> tuple[str, str]:
    """The line, or its first clause, and what is left of it."""
    if len(line) <= HEADLINE_CHARACTERS:
        return line.rstrip("，。；,;"), ""
    end = CLAUSE.search(line)
    if end is None or end.start() > HEADLINE_CHARACTERS:
        return line, ""
    return line[: end.start()] + (end.group() if end.group() in "！？!?" else ""), line[end.end() :].strip()


def _body(lines: list[str]) -> str:
    """The first few lines, whole sentences only where they get long."""
    kept: list[str] = []
    room = BODY_CHARACTERS
    for line in [line for line in lines if line][:BODY_LINES]:
        if len(line) > room:
            sentences = re.findall(r"[^。！？!?]+[。！？!?]?", line)
            line = ""
            for sentence in sentences:
                if len(line) + len(sentence) > room:
                    break
                line += sentence
        if not line:
            break
        kept.append(line)
        room -= len(line)
    return "\n".join(kept)
