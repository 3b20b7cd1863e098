"""Writing, keeping and checking copy, as protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from engine.domain import Brief, Channel, ComposeRequest, ComposeResult, Draft, Finding, HistoryEntry
from engine.domain.palette import MainColour
from engine.domain.records import Product
from engine.progress import Ticket


@dataclass(frozen=True, slots=True)
class Heard:
    """Who hears of drafts as they are written, on the engine's thread.

    ``on_text`` gets a draft's index and its whole text so far, ``on_draft`` a finished, checked, stored draft that has no
    rank yet. The same shape as the engine's ``ComposeListener``.
    """

    on_text: Callable[[int, str], None]
    on_draft: Callable[[Draft], None]


class Writing(Protocol):
    """Writes drafts; one request at a time."""

    def compose(self, request: ComposeRequest, listener: Any, ticket: Ticket) -> ComposeResult:
        """Write the drafts of a request; the result has them in the order to show."""
        ...

    def stop_draft(self, index: int) -> None:
        """End one draft of the running request."""
        ...

    def warm_up(self, ticket: Ticket) -> None:
        """Load the model."""
        ...

    def model_name(self) -> str:
        """The model that writes."""
        ...


class Library(Protocol):
    """The drafts that exist."""

    def history(
        self, search: str = "", *, limit: int = 50, offset: int = 0, favourites: bool = False, deleted: bool = False
    ) -> list[HistoryEntry]:
        """Drafts, newest first."""
        ...

    def entry(self, draft_id: int) -> HistoryEntry:
        """One draft."""
        ...

    def edit(self, draft_id: int, text: str) -> None:
        """Keep a new version."""
        ...

    def versions(self, draft_id: int) -> list[tuple[datetime, str]]:
        """All versions, oldest first."""
        ...

    def set_favourite(self, draft_id: int, favourite: bool) -> None:
        """Mark or unmark."""
        ...

    def pick(self, draft_id: int, final_text: str) -> None:
        """The seller took this one."""
        ...

    def rate(self, draft_id: int, rating: int | None, reason: str = "") -> None:
        """One to five, or take the rating back."""
        ...

    def delete(self, draft_id: int) -> None:
        """Put it into the recycle list."""
        ...

    def undelete(self, draft_id: int) -> None:
        """Take it out of the recycle list."""
        ...

    def export(self, draft_ids: Sequence[int], path: Path) -> None:
        """Write drafts to a file; its suffix tells the form."""
        ...


class Products(Protocol):
    """The seller's products."""

    def list(self, search: str = "", *, limit: int = 200) -> list[Product]:
        """Products, the last used first."""
        ...

    def save(self, brief: Brief, product_id: int = 0) -> int:
        """Keep a product; 0 is a new one."""
        ...

    def delete(self, product_id: int) -> None:
        """Put it into the recycle list."""
        ...

    def undelete(self, product_id: int) -> None:
        """Take it out of the recycle list."""
        ...

    def import_table(self, path: Path, ticket: Ticket) -> Any:
        """Add the rows of a table; the report has ``added`` and ``problems``."""
        ...

    def import_text(self, text: str, ticket: Ticket) -> Any:
        """The same for a table copied out of a spreadsheet."""
        ...


class Pictures(Protocol):
    """Product pictures, kept with their products."""

    def keep(self, product_id: int, content: bytes) -> None:
        """Keep a JPEG file's bytes with a product."""
        ...

    def of_product(self, product_id: int) -> bytes | None:
        """The picture of a product."""
        ...

    def of_name(self, name: str) -> bytes | None:
        """The picture of the product of this name."""
        ...

    def remove(self, product_id: int) -> None:
        """Forget it."""
        ...

    def colour_words(self, colours: Sequence[MainColour]) -> tuple[str, ...]:
        """What the main colours are called."""
        ...

    def write(self, path: Path, content: bytes) -> None:
        """Put a picture file at a place, whole or not at all."""
        ...


class Texts(Protocol):
    """Rules for any text."""

    def warm_up(self) -> None:
        """Read what the rules need; for a thread beside the window."""
        ...

    def check(
        self, text: str, brief: Brief | None, channel: Channel | None = None, domain: str = "general"
    ) -> tuple[Finding, ...]:
        """What the seller should look at."""
        ...

    def fix(self, text: str, domain: str = "general") -> str:
        """The text with every safe replacement made."""
        ...

    def parse_pasted(self, text: str) -> Brief:
        """A brief from any text."""
        ...

    def keywords(self, text: str, limit: int = 12) -> list[str]:
        """The words that matter."""
        ...

    def diff(self, before: str, after: str) -> list[tuple[str, str]]:
        """``same``, ``added`` and ``removed`` pieces."""
        ...

    def clarity(self, text: str, brief: Brief | None) -> tuple[Finding, ...]:
        """What a customer would not understand."""
        ...

    def clipboard(self, text: str, channel: Channel) -> str:
        """The text as the platform wants it pasted."""
        ...
