"""Pasted text made plain: HTML, full-width letters, emoji, broken spaces, repeated marks."""

from __future__ import annotations

import html
import re

TAG = re.compile(r"<(?:br|/p|/div|/li|/tr)\s*/?>", re.IGNORECASE)
ANY_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,300}>")
SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\u2B55\ufe0f\u200d\u20e3]+")
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
REPEATED = re.compile(r"([！？。，、~～!?,.…\-—=_*#★☆♥])\1{1,}")
SPACES = re.compile(r"[ \t\u00a0\u3000]+")
BLANK_LINES = re.compile(r"\n\s*\n+")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()} | {
    ord("＃"): "#",
    ord("＊"): "*",
    ord("％"): "%",
    ord("＋"): "+",
    ord("－"): "-",
    ord("．"): ".",
    ord("／"): "/",
}


def clean_text(text: str, *, keep_emoji: bool = False) -> str:
    """``text`` without HTML, invisible characters and doubled marks; full-width letters and digits become plain."""
    text = SCRIPT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = html.unescape(ANY_TAG.sub(" ", TAG.sub("\n", text)))
    text = INVISIBLE.sub("", text).translate(FULL_WIDTH)
    if not keep_emoji:
        text = EMOJI.sub(" ", text)
    text = SPACES.sub(" ", REPEATED.sub(r"\1", text))
    return BLANK_LINES.sub("\n", "\n".join(line.strip() for line in text.split("\n"))).strip()
