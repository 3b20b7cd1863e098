"""Bytes of a seller's file become text: UTF-8 with or without BOM, GBK/GB18030, UTF-16, and never silent mojibake.

A byte order mark decides at once. Otherwise zero bytes mean UTF-16, and between UTF-8 and GB18030 the *lines* vote: one
damaged byte in a UTF-8 table of a thousand rows must not turn all of it into GBK nonsense. Damaged bytes come out as
U+FFFD, by which the readers name the row.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

DAMAGED = "\ufffd"

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_DAMAGED_SHARE = 0.5
_MIN_ZERO_SHARE = 0.02
_MAX_CONTROL_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was in (Python's name)."""

    text: str
    encoding: str


def decode_text(content: bytes) -> Decoded | None:
    """The text, or None when the bytes are no text in any encoding we know."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    if _looks_like_utf16(content):
        return _decoded(content, _utf16_order(content))
    for encoding in ("utf-8", "gb18030"):
        if _fits(content, encoding) and not (encoding == "gb18030" and _votes_for_utf8(content)):
            text = content.decode(encoding)
            return Decoded(text, encoding) if _is_text(text) else None
    return _decoded(content, "utf-8" if _votes_for_utf8(content) else "gb18030")


def _decoded(content: bytes, encoding: str) -> Decoded | None:
    text = content.decode(encoding, errors="replace")
    lines = [line for line in text.splitlines() if line.strip()]
    damaged = sum(DAMAGED in line for line in lines)
    if (lines and damaged > _MAX_DAMAGED_SHARE * len(lines)) or not _is_text(text):
        return None
    return Decoded(text.removeprefix("\ufeff"), encoding)


def _is_text(text: str) -> bool:
    """Whether control characters are rare enough for a text; a picture or a program is full of them."""
    sample = text[:65536]
    controls = sum(character < " " and character not in "\t\r\n\f\v" for character in sample)
    return controls <= _MAX_CONTROL_SHARE * len(sample) + 1


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _looks_like_utf16(content: bytes) -> bool:
    """ASCII letters, commas and line ends of UTF-16 are half zero bytes, always on the same side."""
    sample = content[:65536]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return even + odd > _MIN_ZERO_SHARE * len(sample) and max(even, odd) > 8 * min(even, odd)


def _utf16_order(content: bytes) -> str:
    sample = content[:65536]
    return "utf-16-be" if sample[0::2].count(0) > sample[1::2].count(0) else "utf-16-le"


def _votes_for_utf8(content: bytes) -> bool:
    """Whether more of the lines with non-ASCII bytes are valid UTF-8 than are not."""
    good = bad = 0
    for line in content.split(b"\n"):
        if not line.isascii():
            fits = _fits(line, "utf-8")
            good, bad = good + fits, bad + (not fits)
    return good > bad
