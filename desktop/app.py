"""The composition root: the only place that knows how the parts fit together.

The window is on the screen before the engine is imported: opening the engine is a job, and the window is joined to it
when it is there.
"""

from __future__ import annotations

import logging
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop.jobs import Jobs
from desktop.joins.door import Opening
from desktop.joins.doorbell import Doorbell
from desktop.joins.idle import Idle
from desktop.main_window import MainWindow, Surroundings
from desktop.session import Session
from desktop.views.warm_up import warm_up
from desktop.widgets.style import Style
from desktop.widgets.tokens import FONT_FAMILIES
from desktop.words import Words
from engine.paths import Paths

log = logging.getLogger(__name__)
LOG_BYTES, LOG_FILES = 1_000_000, 3

if TYPE_CHECKING:
    from desktop.face import Door, EngineFace


class Program(QObject):
    """One window and what it stands on.

    Args:
        paths: the seller's folder and the assets.
        door: the way into the seller's data; it is opened on a thread of its own.
    """

    elsewhere = Signal()
    """Another window holds the data and has come forward: this one is not needed."""

    def __init__(self, paths: Paths, door: Door) -> None:
        super().__init__()
        self._paths, self._door = paths, door
        self._session = Session(paths.home)
        self._session.load()
        self._style = Style(paths.assets / "styles")
        self._words = Words(paths.assets / "i18n")
        self._style.use(str(self._session.get("theme", "system")))
        self._words.use(str(self._session.get("language", "zh")))
        self._engine: EngineFace | None = None
        self._make_window()

    def _make_window(self) -> None:
        self.jobs = Jobs(self._failed)
        around = Surroundings(self._paths, self._words, self._style, self._session, self.jobs)
        self.window = MainWindow(around)
        self.opening = Opening(self._door, self.jobs, self._paths, self.window)
        self.opening.opened.connect(self._opened)
        self.opening.elsewhere.connect(self.elsewhere)
        self.opening.told.connect(self.window.show_message)

    def start(self) -> None:
        """Show the window's frame, then make the workbench and open the engine."""
        self.window.painted.connect(self._open)
        self.window.show()

    def lock(self) -> None:
        """Put everything away until the passphrase is given again; not while something is being written."""
        engine = self._engine
        if engine is None or not engine.privacy.guarded or self.jobs.busy:
            return
        old, self._engine = self.window, None
        self._make_window()
        self.window.restoreGeometry(old.saveGeometry())
        self.start()
        old.close()
        old.deleteLater()
        engine.lock()

    def close(self) -> None:
        """Close the window and the engine."""
        self.opening.close()
        self.window.close()
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _open(self) -> None:
        self.window.build()
        self.opening.start()

    def _opened(self, engine: EngineFace) -> None:
        self._engine = engine
        self.window.attach(engine)
        warm_up(self.window)
        Doorbell(self._paths.home, self.window)
        Idle(lambda: int(engine.settings.get("lock_minutes")), self.lock, self.window)

    def _failed(self, error: Exception) -> None:
        log.error("failed: %s", type(error).__name__, exc_info=error)
        self.window.show_error(error)


SWITCH_S = 0.001
"""How long a busy thread keeps the interpreter while the window's thread waits for it (Python's own: 5 ms)."""


def make_application(arguments: list[str]) -> QApplication:
    """The Qt application with the product's name and font."""
    sys.setswitchinterval(SWITCH_S)
    app = QApplication(arguments)
    prepare(app)
    return app


def prepare(app: QApplication) -> None:
    """Name, style and font of an application."""
    app.setApplicationName("zhanggui")
    app.setStyle("Fusion")
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    app.setFont(font)


def main(arguments: list[str]) -> int:
    """Open the window and stay until it is closed."""
    paths = Paths.default()
    app = make_application(arguments)
    program = Program(paths, _LateDoor(paths))
    program.elsewhere.connect(app.quit)
    sys.excepthook = lambda kind, error, trace: _report(program, kind, error, trace)
    program.start()
    QTimer.singleShot(0, lambda: _keep_logs(paths))
    code = app.exec()
    program.close()
    return code


class _LateDoor:
    """``engine.api.StoreDoor``, imported when it is first used, which is after the frame was painted."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._door: Door | None = None

    def __getattr__(self, name: str) -> Any:
        if self._door is None:
            from engine.api import StoreDoor

            self._door = StoreDoor(self._paths)
        return getattr(self._door, name)


def _keep_logs(paths: Paths) -> None:
    from logging.handlers import RotatingFileHandler

    try:
        paths.logs.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            paths.logs / "desktop.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
    except OSError:
        log.warning("no log file can be written")
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def _report(program: Program, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, Exception):
        log.error("unexpected", exc_info=(kind, error, trace))
        program.window.show_error(error)
    else:
        sys.__excepthook__(kind, error, trace)
