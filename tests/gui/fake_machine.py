"""The fake engine's computer: a speed that is measured at once, adapters that are only names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.domain import AdapterFile, Speed
from engine.errors import ModelBroken
from engine.progress import Ticket

if TYPE_CHECKING:
    from fake_engine import FakeState

MEASURED = datetime(2026, 11, 11, 8, 30, tzinfo=UTC)


class FakeSpeedometer:
    """Eight seconds for four drafts."""

    def __init__(self, state: FakeState) -> None:
        self.state = state

    def last(self) -> Speed | None:
        return self.state.speed

    def measure(self, ticket: Ticket) -> Speed:
        ticket.check()
        ticket.report("writing", 1, 8)
        if self.state.error is not None:
            raise self.state.error
        self.state.speed = Speed("starter", 210.0, 60.0, 4, 8.0, MEASURED)
        return self.state.speed


class FakeAdapters:
    """Those whose name begins with ``other`` are made for another model."""

    def __init__(self, state: FakeState) -> None:
        self.state = state

    def listing(self) -> tuple[AdapterFile, ...]:
        return tuple(self.state.adapters.values())

    def add(self, source: Path, ticket: Ticket) -> str:
        problem = ModelBroken(source.name, "adapter_other_model") if source.stem.startswith("other") else None
        self.state.adapters[source.stem] = AdapterFile(source.stem, 21_000_000, 0.0, problem)
        return source.stem

    def put_on(self, name: str, scale: float = 1.0) -> None:
        self.state.calls.append(("put_on", name, scale))
        self.state.adapters[name] = replace(self.state.adapters[name], scale=scale)

    def remove(self, name: str) -> None:
        del self.state.adapters[name]
