"""What the window needs of the engine, as protocols: the real ``engine.api.Engine`` satisfies them, and so does the
fake engine of the GUI tests. Every call blocks, so every call is made in a job (``desktop.jobs``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from engine.domain import (
    Brief,
    Channel,
    ComposeRequest,
    ComposeResult,
    Draft,
    Finding,
    HistoryEntry,
    InstalledModel,
)
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


class Texts(Protocol):
    """Rules for any text."""

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


class Models(Protocol):
    """The models on this computer."""

    def listing(self) -> Any:
        """``models`` that can write and ``broken`` ones with their problem."""
        ...

    def installed(self) -> list[InstalledModel]:
        """Shipped and imported ones."""
        ...

    def default(self) -> InstalledModel:
        """The one that writes."""
        ...

    def set_default(self, name: str) -> None:
        """Write with this one from now on."""
        ...

    def import_from(self, path: Path, ticket: Ticket) -> InstalledModel:
        """Copy a model from a disk."""
        ...

    def verify(self, name: str, ticket: Ticket) -> None:
        """Read every byte of it; raises ``ModelBroken``."""
        ...

    def remove(self, name: str) -> None:
        """Delete an imported model."""
        ...

    def machine(self) -> Any:
        """Cores, memory and graphics of this computer."""
        ...


class FeedbackFace(Protocol):
    """What was learned from the seller."""

    def learned(self) -> str:
        """One sentence, or nothing."""
        ...

    def forget(self) -> None:
        """Begin anew."""
        ...

    def counts(self) -> dict[str, int]:
        """Drafts, picks, edits, ratings, favourites."""
        ...

    def new_consent(self) -> Any:
        """The agreement as it would be asked for now."""
        ...

    def preview_bundle(self) -> Any:
        """What a bundle would hold and what was blacked out."""
        ...

    def export_bundle(self, path: Path, consent: Any, options: Any = None) -> Any:
        """Write the bundle."""
        ...


class Privacy(Protocol):
    """The seller's data as a whole."""

    def summary(self) -> dict[str, int]:
        """Rows by the Chinese name of what they are."""
        ...

    def export_all(self, folder: Path) -> Path:
        """Everything as readable files."""
        ...

    def erase_everything(self) -> None:
        """Everything gone for good."""
        ...

    def backup_now(self) -> Path:
        """A copy of the store."""
        ...

    def backups(self) -> list[Path]:
        """Newest first."""
        ...

    def restore(self, backup: Path) -> None:
        """Put a copy in place."""
        ...

    def recovery_phrase(self) -> str:
        """Words that open the store on another computer."""
        ...

    def key_place(self) -> str:
        """``keyring`` or ``file``."""
        ...


class SettingsBox(Protocol):
    """The declared settings' values."""

    @property
    def current(self) -> Any:
        """All values, a dataclass whose fields hold their declaration under ``setting``."""
        ...

    def get(self, name: str) -> Any:
        """The value or its default."""
        ...

    def set(self, name: str, value: Any) -> None:
        """Keep a value."""
        ...


class Batch(Protocol):
    """Tables of products become tables of copy."""

    def preview(self, source: Path) -> Any:
        """Columns with their meaning, the first rows, and how many rows can be read."""
        ...

    def run(
        self,
        source: Path,
        target: Path,
        options: Any,
        ticket: Ticket,
        on_row: Callable[[Any, Any], None],
        control: Any = None,
    ) -> Any:
        """Write every row; the report has ``progress``, ``problems`` and ``stopped``."""
        ...


class EngineFace(Protocol):
    """The whole engine."""

    @property
    def writing(self) -> Writing:
        """Writes drafts."""
        ...

    @property
    def library(self) -> Library:
        """Keeps drafts."""
        ...

    @property
    def products(self) -> Products:
        """Keeps products."""
        ...

    @property
    def texts(self) -> Texts:
        """Checks texts."""
        ...

    @property
    def models(self) -> Models:
        """Knows models."""
        ...

    @property
    def batch(self) -> Batch:
        """Writes tables."""
        ...

    @property
    def feedback(self) -> FeedbackFace:
        """Learns."""
        ...

    @property
    def privacy(self) -> Privacy:
        """Exports, erases, backs up."""
        ...

    @property
    def settings(self) -> SettingsBox:
        """Knows the seller's choices."""
        ...

    def maintain(self) -> None:
        """The day's backup and the recycle bin."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...
