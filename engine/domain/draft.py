"""A draft as the model made it, and the request that it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from engine.domain.brief import Brief
from engine.domain.channels import Channel, Task
from engine.domain.finding import Finding

MAX_DRAFTS = 16
DEFAULT_CANDIDATES = 8
"""Drafts decoded at least, whatever number is asked for: eight in one batch cost little more than four, and the best of
eight reads better than the best of four."""


NOT_SHOWN = -1
"""The rank of a candidate that the seller never saw."""


class StopReason(StrEnum):
    """Why a draft ended: by itself, at the length limit, in a loop, by the seller, or after too many rollbacks."""

    END = "end"
    LENGTH = "length"
    LOOP = "loop"
    CANCELLED = "cancelled"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen; the defaults are those that read best on the shipped model (docs/training.md)."""

    temperature: float = 0.3
    top_p: float = 0.92
    top_k: int = 40
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    dry_multiplier: float = 0.8
    dry_allowed_length: int = 4


@dataclass(frozen=True, slots=True)
class ComposeRequest:
    """One click: a brief, where it goes, how many drafts, which seed. ``length`` in characters or None.

    ``candidates`` above ``count`` decodes more drafts and keeps the best ``count``; 0 decodes just ``count``.
    ``consensus`` puts the draft first that agrees most with the others (minimum Bayes risk).
    """

    brief: Brief
    channel: Channel
    task: Task = Task.COMPOSE
    count: int = 4
    candidates: int = DEFAULT_CANDIDATES
    seed: int | None = None
    length: int | None = None
    sampling: Sampling = field(default_factory=Sampling)
    domain: str = "general"
    voice_id: int | None = None
    must_say: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()
    consensus: bool = False


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One part of a draft's score: a name's key, 0 to 1, and its weight."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100 with its parts visible."""

    total: float
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished text with how it came about; ``draft_id`` 0 means not stored.

    ``logprob`` is the mean log-probability of a token under the model (nats, at temperature 1). ``index`` is the
    place in which it was decoded, ``rank`` the place in which it is shown (0 is best, ``NOT_SHOWN`` when better
    candidates left no room for it).
    """

    index: int
    text: str
    tokens: int
    seed: int
    stop: StopReason
    logprob: float = 0.0
    findings: tuple[Finding, ...] = ()
    score: Score | None = None
    rank: int = 0
    draft_id: int = 0
    covered: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one request: model load, prompt reading, to the first token, in all; and tokens made a second."""

    load_s: float = 0.0
    prompt_s: float = 0.0
    first_token_s: float = 0.0
    total_s: float = 0.0
    tokens_per_second: float = 0.0
    prompt_tokens: int = 0
    reused_tokens: int = 0


@dataclass(frozen=True, slots=True)
class ComposeResult:
    """What one click brought: the drafts in shown order (best first) and the time it took."""

    request: ComposeRequest
    drafts: tuple[Draft, ...]
    timing: Timing
    model_name: str
    request_id: int = 0


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A stored draft with its brief, as the history shows it."""

    draft: Draft
    brief: Brief
    channel: Channel
    task: Task
    created_at: datetime
    model_name: str
    edited_text: str | None = None
    favourite: bool = False
    picked: bool = False
    rating: int | None = None
    tags: tuple[str, ...] = ()
    deleted_at: datetime | None = None

    @property
    def current_text(self) -> str:
        """The text as the seller left it."""
        return self.draft.text if self.edited_text is None else self.edited_text
