"""This computer's speed and the adapters on it, as protocols."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from engine.domain import AdapterFile, Speed
from engine.progress import Ticket


class Speedometer(Protocol):
    """How fast this computer writes."""

    def last(self) -> Speed | None:
        """What was measured last."""
        ...

    def measure(self, ticket: Ticket) -> Speed:
        """Measure now, and keep it."""
        ...


class Adapters(Protocol):
    """LoRA adapters."""

    def listing(self) -> tuple[AdapterFile, ...]:
        """All of them by name."""
        ...

    def add(self, source: Path, ticket: Ticket) -> str:
        """Copy one in, switched off; its name."""
        ...

    def put_on(self, name: str, scale: float = 1.0) -> None:
        """Write with it from the next draft on; 0 takes it off."""
        ...

    def remove(self, name: str) -> None:
        """Delete one."""
        ...
