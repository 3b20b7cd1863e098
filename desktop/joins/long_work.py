"""Tells the seller that long work has ended while she was busy elsewhere: a message of the system, else the window's sign.

Short work needs no telling, nor what she looks at, nor what she stopped herself.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from desktop.face import EngineFace
from desktop.widgets.icons import icon
from desktop.widgets.style import current_theme
from desktop.words import tr

LONG_MS = 20_000
SHOWN_MS = 10_000
SETTING = "notify"


class LongWork(QObject):
    """Watches one kind of work.

    Args:
        engine: whose setting allows it.
        window: with which it lives, and which comes forward when the message is clicked.
        done: what is said of work that is done, in Chinese source words.
        broken: the same for work that failed.
    """

    def __init__(self, engine: EngineFace, window: QWidget, done: str, broken: str) -> None:
        super().__init__(window)
        self._engine, self._window = engine, window
        self._done, self._broken = done, broken
        self._words = done
        self._clock = QElapsedTimer()
        self._tray: QSystemTrayIcon | None = None

    def set_running(self, running: bool) -> None:
        """The work begins or ends."""
        if running:
            self._words = self._done
            self._clock.start()
            return
        long = self._clock.isValid() and self._clock.elapsed() >= LONG_MS
        self.forget()
        if long and _is_away() and self._engine.settings.get(SETTING):
            self._tell(tr(self._words))

    def fail(self, _error: object) -> None:
        """The work will end because something went wrong."""
        self._words = self._broken

    def forget(self) -> None:
        """The seller ended it: there is nothing to tell."""
        self._clock.invalidate()

    def _tell(self, words: str) -> None:
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            QApplication.alert(self._window)
            return
        if self._tray is None:
            self._tray = self._made_tray()
        self._tray.show()
        self._tray.showMessage(tr("掌柜文案"), words, self._tray.icon(), SHOWN_MS)

    def _made_tray(self) -> QSystemTrayIcon:
        """There only until the seller is back."""
        tray = QSystemTrayIcon(icon("pen", current_theme().accent), self)
        tray.setToolTip(tr("掌柜文案"))
        tray.messageClicked.connect(self._come_forward)
        tray.activated.connect(lambda _reason: self._come_forward())
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.applicationStateChanged.connect(self._state_changed)
        return tray

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if self._tray is not None and state is Qt.ApplicationState.ApplicationActive:
            self._tray.hide()

    def _come_forward(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()


def _is_away() -> bool:
    return QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive
