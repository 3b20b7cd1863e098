"""What the use cases need from the outside, as protocols; the adapters below them satisfy these, tests use small fakes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from engine.domain import Brief, ComposeRequest, Draft, Finding, HistoryEntry, Sampling, StopReason, Timing
from engine.progress import Ticket
from engine.prompts import Prompt


@dataclass(frozen=True, slots=True)
class Generation:
    """A request to a text model: one prompt, ``count`` sequences, each with the seed ``seed + index``.

    Args:
        max_tokens: tokens a sequence may have.
        max_characters: characters after which a sequence is ended at the next sentence end; 0 for none.
        grammar: GBNF that every sequence keeps to, or "".
        forbidden: phrases that may not stand in a finished text; a sequence that completes one is rolled back.
        min_characters: characters before which no sequence may end; 0 for none.
    """

    prompt: Prompt
    count: int
    seed: int
    sampling: Sampling
    max_tokens: int
    max_characters: int = 0
    grammar: str = ""
    forbidden: tuple[str, ...] = ()
    min_characters: int = 0


@dataclass(frozen=True, slots=True)
class Generated:
    """One finished sequence; ``logprob`` is the mean log-probability of its tokens in nats at temperature 1."""

    index: int
    text: str
    tokens: int
    seed: int
    stop: StopReason
    logprob: float


@dataclass(frozen=True, slots=True)
class TextListener:
    """Who hears of a running generation: pieces of text as they come, whole new text after a rollback, ends.

    ``on_text(index, text)`` gets the *whole* text so far (so a rollback needs no protocol of its own).
    """

    on_text: Callable[[int, str], None]
    on_done: Callable[[Generated], None]


class TextModel(Protocol):
    """A loaded (or loadable) language model."""

    @property
    def name(self) -> str:
        """The manifest's name."""
        ...

    @property
    def prompt_format(self) -> str:
        """``brief-v1`` or ``plain-v1``."""
        ...

    def generate(self, generation: Generation, listener: TextListener, ticket: Ticket) -> Timing:
        """Decode; returns when every sequence has ended. Cancelled sequences end with what they have.

        Raises:
            ContextOverflow, ModelBroken, ModelMissing, NotEnoughMemory, WorkerCrashed, Cancelled.
        """
        ...

    def stop_sequence(self, index: int) -> None:
        """End one sequence of the running generation early."""
        ...

    def close(self) -> None:
        """Give the memory back; a later ``generate`` loads again."""
        ...


@runtime_checkable
class Adaptable(Protocol):
    """A text model that LoRA adapters can be put on while it runs."""

    def set_adapters(self, adapters: tuple[tuple[Path, float], ...]) -> None:
        """Write with these adapters and scales, and no others, from the next request on.

        Raises:
            FileUnreadable, ModelBroken: an adapter is not there, is none, or is made for another model.
        """
        ...


class DraftStore(Protocol):
    """Where briefs, requests and drafts are kept; every call is committed when it returns."""

    def add_request(self, request: ComposeRequest, model_name: str, seed: int) -> int:
        """Keep a request; returns its number."""
        ...

    def add_draft(self, request_id: int, draft: Draft) -> int:
        """Keep a draft as it lands; returns its number."""
        ...

    def set_ranking(self, request_id: int, drafts: Sequence[Draft]) -> None:
        """Keep the order shown, the scores and the findings."""
        ...

    def history(
        self, search: str = "", *, limit: int = 50, offset: int = 0, favourites: bool = False, deleted: bool = False
    ) -> list[HistoryEntry]:
        """Drafts, newest first; ``search`` is full text."""
        ...


class TextChecker(Protocol):
    """Checks a text against the law and against its brief."""

    def check(
        self,
        text: str,
        brief: Brief | None,
        *,
        channel: str = "",
        domain: str = "general",
        must_say: tuple[str, ...] = (),
    ) -> tuple[Finding, ...]:
        """All findings in order of ``start``; what of ``must_say`` is missing is one."""
        ...

    def forbidden_phrases(self, domain: str = "general") -> tuple[str, ...]:
        """Phrases that are unlawful in every context, for the decoder."""
        ...


class Clock(Protocol):
    """The time, replaceable in tests."""

    def now(self) -> datetime:
        """Aware UTC time."""
        ...
