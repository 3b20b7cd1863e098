"""The composition root: the only place that knows how the parts fit together.

The window is on the screen before the engine is imported: opening the engine is a job, and the window is joined to it
when it is there.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop.jobs import Job, Jobs, Lane
from desktop.main_window import MainWindow, Surroundings
from desktop.session import Session
from desktop.widgets.style import Style
from desktop.widgets.tokens import FONT_FAMILIES
from desktop.words import Words
from engine.paths import Paths

log = logging.getLogger(__name__)
LOG_BYTES, LOG_FILES = 1_000_000, 3

if TYPE_CHECKING:
    from desktop.face import EngineFace

OpenEngine = Callable[[], "EngineFace"]


class Program:
    """One window and what it stands on.

    Args:
        paths: the seller's folder and the assets.
        open_engine: opens the engine, on a thread of its own.
    """

    def __init__(self, paths: Paths, open_engine: OpenEngine) -> None:
        session = Session(paths.home)
        session.load()
        style = Style(paths.assets / "styles")
        words = Words(paths.assets / "i18n")
        style.use(str(session.get("theme", "system")))
        words.use(str(session.get("language", "zh")))
        self.jobs = Jobs(self._failed)
        self.window = MainWindow(Surroundings(paths, words, style, session, self.jobs))
        self._open_engine = open_engine
        self._engine: EngineFace | None = None

    def start(self) -> None:
        """Show the window's frame, then make the workbench and open the engine."""
        self.window.painted.connect(self._open)
        self.window.show()

    def close(self) -> None:
        """Close the window and the engine."""
        self.window.close()
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _open(self) -> None:
        self.window.build()
        job = Job(Lane.STORE, lambda _job: self._open_engine(), self._opened)
        job.failed = self._not_opened
        self.jobs.start(job)

    def _opened(self, engine: EngineFace) -> None:
        self._engine = engine
        self.window.attach(engine)

    def _not_opened(self, error: Exception) -> None:
        self.window.workbench.form.set_writing(False)
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        log.error("failed: %s", type(error).__name__, exc_info=error)
        self.window.show_error(error)


def make_application(arguments: list[str]) -> QApplication:
    """The Qt application with the product's name and font."""
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
    program = Program(paths, lambda: _real_engine(paths))
    sys.excepthook = lambda kind, error, trace: _report(program, kind, error, trace)
    program.start()
    QTimer.singleShot(0, lambda: _keep_logs(paths))
    code = app.exec()
    program.close()
    return code


def _real_engine(paths: Paths) -> EngineFace:
    from engine.api import Engine

    return Engine.open(paths)


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
