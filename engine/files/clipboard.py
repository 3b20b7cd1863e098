"""A draft as the channel's own editor takes it from the clipboard.

The editors differ in what they do to pasted text: 小红书 turns a hashtag into a topic only with a half-width # and a space
after it, and shows at most one blank line; a text message is one line; a title field cuts at a line break. Nothing but
space, line breaks and the width of # is changed here: the words stay those that were checked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from engine.domain.channels import Channel
from engine.files.cells import printable

_BLANK_LINES = re.compile(r"\n{3,}")
_HASHTAG = re.compile(r"[#＃](?P<topic>[^\s#＃，。！？；：,!?;]+)")
_TOPIC_LINE = re.compile(rf"(?:\s*{_HASHTAG.pattern.replace('?P<topic>', '?:')}[#＃]?)+\s*")


def clipboard_text(channel: Channel, text: str) -> str:
    """The text to put on the clipboard for this channel."""
    return _RULES[channel](_tidy(text))


def _tidy(text: str) -> str:
    """One kind of line break, no outer or trailing space, composed characters, nothing unprintable."""
    unix = unicodedata.normalize("NFC", printable(text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(line.rstrip() for line in unix.split("\n")).strip()


def _one_line(text: str) -> str:
    """Lines joined; a space only between two Latin words or digits, where nothing else would part them."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    joined = lines[0] if lines else ""
    for line in lines[1:]:
        gap = " " if joined[-1].isascii() and joined[-1].isalnum() and line[0].isascii() and line[0].isalnum() else ""
        joined += gap + line
    return joined


def _lines(text: str) -> str:
    """Every line on its own, without blank ones."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _paragraphs(text: str) -> str:
    """At most one blank line between paragraphs."""
    return _BLANK_LINES.sub("\n\n", text)


def _note(text: str) -> str:
    """Title, paragraphs with a blank line between, and all topics in one last line: #羊毛衫 #秋冬穿搭."""
    body, topics = [], []
    for line in _lines(text).split("\n"):
        if _TOPIC_LINE.fullmatch(line):
            topics += [match["topic"] for match in _HASHTAG.finditer(line)]
        else:
            body.append(line)
    last = " ".join(f"#{topic}" for topic in dict.fromkeys(topics))
    return "\n\n".join(part for part in (*body, last) if part)


_RULES: dict[Channel, Callable[[str], str]] = {
    Channel.TITLE: _one_line,
    Channel.SELLING_POINTS: _lines,
    Channel.DETAIL: _paragraphs,
    Channel.XIAOHONGSHU: _note,
    Channel.MOMENTS: _paragraphs,
    Channel.SHORT_VIDEO: _lines,
    Channel.LIVE_SCRIPT: _paragraphs,
    Channel.FEED_AD: _lines,
    Channel.SMS: _one_line,
    Channel.BRAND: _paragraphs,
}
