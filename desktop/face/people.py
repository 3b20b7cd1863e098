"""Voices and audiences, as protocols."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from engine.domain.preference import Audience, BrandVoice, OrderImport, Segment, Trait
from engine.progress import Ticket


class Voices(Protocol):
    """How the shop speaks."""

    def all(self) -> list[BrandVoice]:
        """By name."""
        ...

    def save(self, voice: BrandVoice) -> BrandVoice:
        """Keep it; returns it with its number."""
        ...

    def delete(self, voice_id: int) -> None:
        """Remove it."""
        ...

    def put_back(self, voice: BrandVoice) -> None:
        """Undo a delete."""
        ...

    def traits(self, voice: BrandVoice) -> tuple[Trait, ...]:
        """What is known of it, one thing after the other."""
        ...


class Audiences(Protocol):
    """Whom the shop writes for."""

    def all(self) -> list[Audience]:
        """By name."""
        ...

    def save(self, audience: Audience) -> Audience:
        """Keep it; returns it with its number."""
        ...

    def delete(self, audience_id: int) -> None:
        """Remove it."""
        ...

    def put_back(self, audience: Audience) -> None:
        """Undo a delete."""
        ...

    def import_orders(self, path: Path, ticket: Ticket) -> OrderImport:
        """The buyers of an order history in groups; nothing of the file is kept."""
        ...

    def from_segment(self, segment: Segment) -> Audience:
        """An audience of such a group, not stored yet."""
        ...
