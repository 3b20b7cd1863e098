"""A bar at the bottom of the window: what was done, with 撤销 for ten seconds; or what went wrong, with a way on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop.widgets.basics import label, row
from desktop.widgets.tokens import SPACE_2, SPACE_4, SPACE_6, TOAST_MS


class Toast(QFrame):
    """One bar over its parent's bottom; a new message takes the place of the old one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._label = label("")
        self._button = QPushButton(self)
        self._button.clicked.connect(self._act)
        self._action: Callable[[], Any] | None = None
        box = row(self._label, self._button)
        box.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        self.setLayout(box)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, words: str, action_words: str = "", action: Callable[[], Any] | None = None) -> None:
        """Show a message, with a button when there is something to do about it."""
        self._label.setText(words)
        self._action = action
        self._button.setText(action_words)
        self._button.setVisible(action is not None)
        self._timer.start(TOAST_MS if action is not None else TOAST_MS // 3)
        self._place()
        self.show()
        self.raise_()

    def _act(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            action()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setMaximumWidth(max(parent.width() - 2 * SPACE_4, 1))
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - SPACE_6)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
