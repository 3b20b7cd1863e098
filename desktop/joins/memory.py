"""Puts the window's place into its small file and the seller's inputs into the encrypted store, and both back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer

from desktop.jobs import Lane
from desktop.widgets.tokens import SAVE_MS
from engine.errors import EngineError

if TYPE_CHECKING:
    from desktop.face import EngineFace
    from desktop.main_window import MainWindow

SIZE = (1200, 760)


class Memory(QObject):
    """Writes when the keys rest, and at the end.

    Args:
        window: whose inputs are kept.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.around.session
        self._pause = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._pause.timeout.connect(self._save)

    def restore_place(self) -> None:
        """Where the window was."""
        self._window.resize(*SIZE)
        place = self._session.get("geometry")
        if isinstance(place, str):
            self._window.restoreGeometry(QByteArray.fromBase64(QByteArray(place.encode())))

    def restore_widths(self) -> None:
        """How wide the panes were."""
        widths = self._session.get("widths")
        if isinstance(widths, list) and all(isinstance(width, int) for width in widths):
            self._window.workbench.splitter.setSizes(widths)

    def restore_inputs(self, engine: EngineFace) -> bool:
        """What stood in the form, unless something was typed meanwhile; whether there was anything."""
        from desktop.shown import FormState

        form, kept = self._window.workbench.form, engine.desk.load().get("form")
        if form.state() != FormState():
            return True
        if not isinstance(kept, dict):
            return False
        try:
            form.set_state(FormState.from_dict(kept))
        except (ValueError, KeyError, TypeError, EngineError):
            return False
        return True

    def keep_inputs(self, engine: EngineFace) -> None:
        """Write the form into the store, now."""
        engine.desk.keep({"form": self._window.workbench.form.state().to_dict()})

    def remember(self) -> None:
        """Write soon."""
        self._pause.start()

    def collect(self) -> str:
        """What is to be written."""
        self._pause.stop()
        window, session = self._window, self._session
        session.put("widths", window.workbench.splitter.sizes())
        session.put("geometry", bytes(window.saveGeometry().toBase64().data()).decode())
        if window.engine is not None:
            session.put("drafts", window.workbench_joined.drafts.open_ids())
        return session.snapshot()

    def _save(self) -> None:
        text, engine = self.collect(), self._window.engine
        jobs = self._window.around.jobs
        jobs.ask(Lane.FILES, lambda: self._session.write(text))
        if engine is not None:
            form = {"form": self._window.workbench.form.state().to_dict()}
            jobs.ask(Lane.STORE, lambda: engine.desk.keep(form))
