"""Models, learning, the data as a whole, settings, tables and the desk, as protocols."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from engine.domain import Brief, InstalledModel, ModelFit, OfferedModel
from engine.domain.records import Template
from engine.progress import Ticket


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

    def fits(self) -> dict[str, ModelFit]:
        """Whether each model that can write has room in memory."""
        ...

    def offers(self, repo: str, ticket: Ticket) -> tuple[OfferedModel, ...]:
        """What a repository on the net has."""
        ...

    def download(self, repo: str, filename: str, ticket: Ticket) -> InstalledModel:
        """Fetch a model from the net."""
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

    def consent(self) -> Any:
        """The agreement that holds now, or None."""
        ...

    def withdraw_consent(self) -> None:
        """End it."""
        ...

    def withdraw_choice(self, draft_id: int) -> None:
        """Keep this choice out of every later bundle."""
        ...

    def new_installation_id(self) -> None:
        """Another random number."""
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

    @property
    def guarded(self) -> bool:
        """Whether a passphrase is asked at the start."""
        ...

    def set_passphrase(self, passphrase: str) -> None:
        """Ask for this one from the next start on; "" for none."""
        ...

    def erase_product(self, name: str) -> None:
        """A product with its drafts, gone from the copies too."""
        ...

    def erase_period(self, since: datetime, until: datetime) -> None:
        """What was written in this time, gone from the copies too."""
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


class Desk(Protocol):
    """Unfinished inputs, kept between two starts."""

    def load(self) -> dict[str, Any]:
        """What was left there."""
        ...

    def keep(self, values: dict[str, Any]) -> None:
        """Leave these there instead."""
        ...


class Templates(Protocol):
    """The built-in templates and the shop's own."""

    def all(self) -> list[Template]:
        """The shop's own first."""
        ...

    def save(self, template: Template) -> Template:
        """Keep one."""
        ...

    def delete(self, key: str) -> None:
        """Put one away."""
        ...

    def undelete(self, key: str) -> None:
        """Fetch it back."""
        ...

    def with_holes(self, template: Template) -> Template:
        """With a variable for each hole of its text."""
        ...

    def use(self, template: Template, values: dict[str, str], brief: Brief) -> Any:
        """The brief and channel that come of it."""
        ...

    def import_from(self, path: Path) -> Any:
        """Templates and problems of a file."""
        ...

    def export(self, path: Path) -> int:
        """Write the shop's own; how many."""
        ...
