"""How a second start brings the first window forward: it leaves a file, the first one takes it away and comes.

A file, not a socket: the program opens no port, and the folder is the seller's own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop.widgets.tokens import ANSWER_MS, TICK_MS

FILE_NAME = "window.call"


class Doorbell(QObject):
    """Listens for as long as its window lives.

    Args:
        home: the seller's folder, which exists.
    """

    def __init__(self, home: Path, window: QWidget) -> None:
        super().__init__(window)
        self._file, self._window = home / FILE_NAME, window
        self._watcher = QFileSystemWatcher([str(home)], self)
        self._watcher.directoryChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        if self._file.exists():
            with contextlib.suppress(OSError):
                self._file.unlink()
            window = self._window
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()


def ring(home: Path, parent: QObject, answered: Callable[[bool], None]) -> None:
    """Call the first window; ``answered`` says after a moment whether it came."""
    file = home / FILE_NAME
    try:
        file.touch()
    except OSError:
        answered(False)
        return
    timer = QTimer(parent, interval=TICK_MS)
    left = ANSWER_MS // TICK_MS

    def look() -> None:
        nonlocal left
        left -= 1
        came = not file.exists()
        if came or left <= 0:
            timer.stop()
            timer.deleteLater()
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
            answered(came)

    timer.timeout.connect(look)
    timer.start()
