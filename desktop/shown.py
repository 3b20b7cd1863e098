"""Values that presenters send to views and views to presenters; neither knows the other, both know these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.domain import Brief, Channel, ModelFit, Task
from engine.domain.preference import Version

DEFAULT_COUNT = 4


@dataclass(frozen=True, slots=True)
class FormState:
    """What stands in the brief form; ``length`` None leaves it to the channel."""

    brief: Brief = field(default_factory=lambda: Brief(""))
    channel: Channel = Channel.XIAOHONGSHU
    count: int = DEFAULT_COUNT
    length: int | None = None
    product_id: int = 0
    voice_id: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "brief": self.brief.to_dict(),
            "channel": self.channel.value,
            "count": self.count,
            "length": self.length,
            "product_id": self.product_id,
            "voice_id": self.voice_id,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> FormState:
        """Read what ``to_dict`` wrote; raises ``ValueError``, ``KeyError``, ``TypeError`` or ``EngineError``."""
        return cls(
            brief=Brief.from_dict(data["brief"]),
            channel=Channel(data["channel"]),
            count=int(data["count"]),
            length=None if data["length"] is None else int(data["length"]),
            product_id=int(data["product_id"]),
            voice_id=int(data.get("voice_id", 0)),
        )


@dataclass(frozen=True, slots=True)
class CardOpening:
    """A card that is about to be written into; ``key`` names it as long as the window is open.

    ``made_by``: Chinese source words for how it came about, where the task alone does not tell.
    """

    key: int
    channel: Channel
    task: Task
    expected_characters: int
    made_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedDraft:
    """One of two drafts side by side: its card, its place on the table, and what there is to look at."""

    key: int
    place: int
    channel: Channel
    text: str
    score: float | None
    findings: int


@dataclass(frozen=True, slots=True)
class FormerText:
    """What a draft was: ``name`` in Chinese source words, when it came to be (None where that is not kept), the text."""

    name: str
    when: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """A line for the bar at the bottom; with an ``action`` it has a button of these words."""

    words: str
    button: str = ""
    action: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A declared setting with its value; ``kind`` is ``switch``, ``number``, ``choice``, ``address`` or ``text``."""

    name: str
    kind: str
    title: str
    sentence: str
    low: int
    high: int
    choices: tuple[tuple[str, str], ...]
    value: Any


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model as the page shows it; ``problem`` is why it cannot write, or ""."""

    name: str
    title: str
    facts: str
    is_default: bool
    removable: bool
    problem: str = ""
    fit: ModelFit | None = None


@dataclass(frozen=True, slots=True)
class RowShown:
    """A finished row of a table: number, product, texts by channel name, or why there are none."""

    number: int
    product: str
    texts: tuple[tuple[str, str], ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version of a campaign, and its words that may not be published."""

    version: Version
    unlawful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What to write for each row of a table."""

    source: Path
    target: Path
    channels: tuple[Channel, ...]
    count: int
    resume: bool
