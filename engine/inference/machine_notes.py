"""What was learnt of this computer and holds until it changes: the best number of threads, a GPU that failed.

The values are found by the worker and kept by whoever owns the data folder (``NoteKeeper``); they count only while the
computer's fingerprint is the one they were found with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class MachineNotes:
    """``threads`` is 0 while they were not tuned."""

    fingerprint: str = ""
    threads: int = 0
    gpu_failed: bool = False


class NoteKeeper(Protocol):
    """Keeps the notes between two starts of the program."""

    def load(self) -> MachineNotes:
        """What is known; empty notes when nothing is."""
        ...

    def save(self, notes: MachineNotes) -> None:
        """Keep these."""
        ...


class NotKept:
    """Notes that live as long as the model that made them."""

    def __init__(self, notes: MachineNotes | None = None) -> None:
        self._notes = notes or MachineNotes()

    def load(self) -> MachineNotes:
        """What was saved last."""
        return self._notes

    def save(self, notes: MachineNotes) -> None:
        """Keep these."""
        self._notes = notes
