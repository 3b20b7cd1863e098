"""The parts of a card made while the window waits: the first of everything costs ten times the next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.widgets.basics import tool
from desktop.widgets.card_more import CardMore
from desktop.widgets.draft_card import DraftCard
from desktop.widgets.findings_edit import FindingsEdit
from desktop.widgets.reading_bar import ReadingBar
from desktop.widgets.score_panel import ScorePanel
from engine.domain import Channel, Task

PARTS: tuple[Callable[[], QWidget], ...] = (
    FindingsEdit,
    ScorePanel,
    lambda: tool("pin", "", lambda: None),
    lambda: ReadingBar(Channel.DETAIL),
    lambda: CardMore(Channel.DETAIL),
    lambda: DraftCard(Channel.DETAIL, Task.COMPOSE, 0),
)


def warm_up(beside: QObject) -> None:
    """Make one part in each turn of the event loop and throw it away, as long as ``beside`` lives."""
    parts = iter(PARTS)

    def one() -> None:
        part = next(parts, None)
        if part is not None:
            part().deleteLater()
            QTimer.singleShot(0, beside, one)

    QTimer.singleShot(0, beside, one)
