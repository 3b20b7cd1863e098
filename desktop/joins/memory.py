"""Puts the window's place and inputs into its memory and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer

from desktop.jobs import Lane
from desktop.widgets.tokens import SAVE_MS
from engine.errors import EngineError

if TYPE_CHECKING:
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

    def restore_inputs(self) -> None:
        """What stood in the form; what cannot be read is left out."""
        from desktop.shown import FormState

        bench = self._window.workbench
        widths = self._session.get("widths")
        if isinstance(widths, list) and all(isinstance(width, int) for width in widths):
            bench.splitter.setSizes(widths)
        form = self._session.get("form")
        if isinstance(form, dict):
            try:
                bench.form.set_state(FormState.from_dict(form))
            except (ValueError, KeyError, TypeError, EngineError):
                self._session.put("form", None)

    def remember(self) -> None:
        """Write soon."""
        self._pause.start()

    def collect(self) -> str:
        """What is to be written."""
        self._pause.stop()
        window, session = self._window, self._session
        session.put("form", window.workbench.form.state().to_dict())
        session.put("widths", window.workbench.splitter.sizes())
        session.put("geometry", bytes(window.saveGeometry().toBase64().data()).decode())
        if window.engine is not None:
            session.put("drafts", window.workbench_joined.drafts.open_ids())
        return session.snapshot()

    def _save(self) -> None:
        text = self.collect()
        self._window.around.jobs.ask(Lane.FILES, lambda: self._session.write(text))
