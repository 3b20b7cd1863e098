"""Texts for calibration and proof: read from JSON lines or plain lines, cut into windows of token ids."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from engine.errors import FileUnreadable

WINDOW_TOKENS = 512
HARD_PIECES = (
    "\n",
    "\n\n",
    "  ",
    "\t",
    "ＡＢＣ１２３",
    "，！？",
    "😀🍑👍🏻",
    "１２．５ｋｇ",
    "3.5元/500g",
    "①②③",
    "iPhone15 Pro",
    "don't",
    "\r\n",
    "【包邮】",
    "#好物分享",
    "♥",
    "𠮷野家",
    "\u3000",
    "a\u0301",
    "👨‍👩‍👧",
    "99.9%",
    "——……",
    "\\n",
    "<|im",
)
"""What tokenizers most often split differently: spaces, line ends, full-width forms, emoji, digits, rare planes."""


def read_texts(path: Path) -> list[str]:
    """The ``text`` of each object of a ``.jsonl`` file, or the lines of any other file."""
    try:
        content = path.read_text(encoding="utf-8")
        if path.suffix != ".jsonl":
            return [line for line in content.split("\n") if line]
        return [str(json.loads(line)["text"]) for line in content.split("\n") if line.strip()]
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "it cannot be opened") from error
    except (UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise FileUnreadable(path, f'it is not UTF-8 lines of {{"text": ...}} ({error})') from error


def hard_lines(texts: Sequence[str], count: int, seed: int) -> list[str]:
    """``count`` lines glued from pieces of the texts and of ``HARD_PIECES``."""
    chance = random.Random(seed)
    return [_hard_line(texts, chance) for _ in range(count)]


def token_windows(
    tokenizer: Tokenizer, texts: Iterable[str], *, limit: int, length: int = WINDOW_TOKENS
) -> list[list[int]]:
    """The texts' ids one after the other, cut into at most ``limit`` full windows (one shorter one if that is all)."""
    windows: list[list[int]] = []
    ids: list[int] = []
    for text in texts:
        ids += tokenizer.encode(text, add_special_tokens=False).ids
        while len(ids) >= length and len(windows) < limit:
            windows.append(ids[:length])
            ids = ids[length:]
        if len(windows) >= limit:
            return windows
    return windows or ([ids] if len(ids) > 1 else [])


def _hard_line(texts: Sequence[str], chance: random.Random) -> str:
    return "".join(_piece(texts, chance) for _ in range(chance.randint(2, 6)))


def _piece(texts: Sequence[str], chance: random.Random) -> str:
    if chance.random() < 0.5 or not texts:
        return chance.choice(HARD_PIECES)
    text = chance.choice(texts)
    start = chance.randrange(len(text) + 1)
    return text[start : start + chance.randint(1, 24)]
