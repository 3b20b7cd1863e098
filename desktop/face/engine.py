"""The whole engine, and the way into it, as protocols."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from desktop.face.campaigns import Campaigns
from desktop.face.keeping import Batch, Desk, FeedbackFace, Models, Privacy, SettingsBox, Templates
from desktop.face.machine import Adapters, Speedometer
from desktop.face.people import Audiences, Voices
from desktop.face.work import Library, Pictures, Products, Texts, Writing


class EngineFace(Protocol):
    """The whole engine."""

    @property
    def desk(self) -> Desk:
        """Keeps unfinished inputs."""
        ...

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
    def pictures(self) -> Pictures:
        """Keeps and writes pictures."""
        ...

    @property
    def texts(self) -> Texts:
        """Checks texts."""
        ...

    @property
    def templates(self) -> Templates:
        """Ready-made lines for a scene and a channel."""
        ...

    @property
    def voices(self) -> Voices:
        """How the shop speaks."""
        ...

    @property
    def audiences(self) -> Audiences:
        """Whom it writes for."""
        ...

    @property
    def campaigns(self) -> Campaigns:
        """Versions for advertising, and what they brought."""
        ...

    @property
    def models(self) -> Models:
        """Knows models."""
        ...

    @property
    def speed(self) -> Speedometer:
        """Measures this computer."""
        ...

    @property
    def adapters(self) -> Adapters:
        """Colours the model."""
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

    def lock(self) -> None:
        """Close, and ask for the passphrase at the next opening."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...


class Door(Protocol):
    """The way into the seller's data; see ``engine.api.StoreDoor``."""

    def open(self) -> EngineFace:
        """The engine; raises what stands in the way."""
        ...

    def unlock(self, passphrase: str) -> None:
        """Take the seller's passphrase."""
        ...

    def recover(self, phrase: str) -> None:
        """Bring a lost key back."""
        ...

    def backups(self) -> list[Path]:
        """Copies that can be restored, newest first."""
        ...

    def restore(self, backup: Path) -> None:
        """Put a copy in place."""
        ...

    def salvage(self) -> Any:
        """Save every readable row of a damaged file."""
        ...

    def start_anew(self) -> Path:
        """Move everything aside; where to."""
        ...
