"""What a joined page is, and the one way in which signals and slots are joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class JoinedPage:
    """A page that works: its view, what keeps it alive, and what happens when it is shown."""

    view: QWidget
    parts: tuple[QObject, ...]
    visit: Callable[[], None]


def join(joints: tuple[tuple[Any, Callable[..., object]], ...]) -> None:
    """Connect signals to slots."""
    for signal, slot in joints:
        signal.connect(slot)
