"""Long work reports at steps and can be stopped at every one of them.

A ``Ticket`` is made by whoever starts the work; the work calls ``check()`` at every token or row and ``report()`` at
each step. Both are safe from any thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Step:
    """Where the work stands: a stage's name (a key, translated where shown), how much of it, since when in seconds."""

    stage: str
    done: int = 0
    total: int = 0
    elapsed_s: float = 0.0


class Ticket:
    """The right to go on working."""

    def __init__(self, on_step: Callable[[Step], None] | None = None) -> None:
        self._on_step = on_step
        self._stop = threading.Event()
        self._started = time.monotonic()

    @property
    def cancelled(self) -> bool:
        """Whether the work should end."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to end; the next ``check()`` raises."""
        self._stop.set()

    def check(self) -> None:
        """Raise ``Cancelled`` if the work was asked to end."""
        if self._stop.is_set():
            raise Cancelled

    def report(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Tell where the work stands."""
        if self._on_step is not None:
            self._on_step(Step(stage, done, total, time.monotonic() - self._started))
