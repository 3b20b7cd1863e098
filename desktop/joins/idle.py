"""Notices that nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

MINUTE_MS = 60_000
TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """Calls ``act`` again and again once the quiet has lasted ``minutes()``; 0 minutes is never.

    Args:
        minutes: asked each minute, so that a changed setting counts at once.
        window: with which it lives.
    """

    def __init__(self, minutes: Callable[[], int], act: Callable[[], None], window: QWidget) -> None:
        super().__init__(window)
        self._minutes, self._act, self._quiet = minutes, act, 0
        self._timer = QTimer(self, interval=MINUTE_MS)
        self._timer.timeout.connect(self.minute_passed)
        self._timer.start()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._watched: list[QObject] = []
        app.focusWindowChanged.connect(self._watch)
        app.focusObjectChanged.connect(self._watch)
        self._watch()

    def minute_passed(self) -> None:
        """One more minute without a touch."""
        self._quiet += 1
        if 0 < self._minutes() <= self._quiet:
            self._act()

    def _watch(self, _one: QObject | None = None) -> None:
        """Hear the window in front, and the field that an input method writes into; the app would tell every event of every widget."""
        self._quiet = 0
        for old in filter(isValid, self._watched):
            old.removeEventFilter(self)
        self._watched = [one for one in (QGuiApplication.focusWindow(), QGuiApplication.focusObject()) if one]
        for new in self._watched:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch starts the quiet anew."""
        if event.type() in TOUCHES:
            self._quiet = 0
        return False
