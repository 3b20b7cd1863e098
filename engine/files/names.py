"""File names that every system takes: from a template with placeholders, made safe for Windows, never over another file.

Windows forbids ``< > : " / \\ | ? *``, control characters, trailing dots and spaces, and names of old devices (CON, NUL,
COM1 …, with any suffix). Linux allows 255 *bytes*, so Chinese names are bounded by bytes as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.errors import ChoiceUnknown, FileUnwritable

DEFAULT_TEMPLATE = "{商品}_{渠道}_{日期}"
FALLBACK_NAME = "文案"
MAX_NAME_CHARACTERS = 80
MAX_NAME_BYTES = 200

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
_DEVICE = re.compile(r"^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.I)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MAX_NUMBER = 9_999


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a template may name: 商品, 渠道, 日期, 时间, 数量."""

    product: str
    channel: str
    when: datetime
    count: int = 1

    def values(self) -> dict[str, str]:
        """The placeholders' values, in local time."""
        local = self.when.astimezone()
        return {
            "商品": self.product,
            "渠道": self.channel,
            "日期": local.strftime("%Y-%m-%d"),
            "时间": local.strftime("%H%M%S"),
            "数量": str(self.count),
        }


def name_from_template(template: str, facts: NameFacts) -> str:
    """A safe name without suffix.

    Raises:
        ChoiceUnknown: the template has a placeholder that does not exist.
    """
    values = facts.values()
    for name in _PLACEHOLDER.findall(template):
        if name not in values:
            raise ChoiceUnknown("placeholder", name, tuple(values))
    return safe_name(_PLACEHOLDER.sub(lambda match: values[match[1]], template))


def safe_name(name: str) -> str:
    """The name as Windows, macOS and Linux all take it; ``文案`` when nothing is left."""
    tidy = " ".join(_FORBIDDEN.sub("_", name).split())
    short = tidy[:MAX_NAME_CHARACTERS].encode("utf-8")[:MAX_NAME_BYTES].decode("utf-8", errors="ignore")
    bare = short.strip(" .")
    if not bare.strip("_"):
        return FALLBACK_NAME
    return f"_{bare}" if _DEVICE.match(bare) else bare


def free_path(folder: Path, name: str, suffix: str) -> Path:
    """A path in ``folder`` at which nothing lies yet: name, name (2), name (3) …

    Raises:
        FileUnwritable: ``exists``, after some thousands of tries.
    """
    first = folder / f"{name}{suffix}"
    numbered = (folder / f"{name} ({number}){suffix}" for number in range(2, _MAX_NUMBER))
    for path in (first, *numbered):
        if not path.exists():
            return path
    raise FileUnwritable(first, "exists")
