"""Cards side by side in one to three columns, as the width allows; the order changes only when told to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.widgets.tokens import SPACE_3, TEXT_DRAFT

COLUMN_CHARACTERS = 21
MAX_COLUMNS = 3


class CardGrid(QWidget):
    """Holds cards."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[QWidget] = []
        self._columns = 1
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE_3)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._grid)

    @property
    def columns(self) -> int:
        """How many stand side by side."""
        return self._columns

    def set_cards(self, cards: list[QWidget]) -> None:
        """Show these in this order."""
        self._cards = list(cards)
        self._place()

    def _place(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // self._columns, place % self._columns, Qt.AlignmentFlag.AlignTop)
            card.show()
        for column in range(MAX_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold another number of columns."""
        super().resizeEvent(event)
        wide = COLUMN_CHARACTERS * TEXT_DRAFT + 2 * SPACE_3
        columns = max(1, min(MAX_COLUMNS, event.size().width() // wide))
        if columns != self._columns:
            self._columns = columns
            self._place()
