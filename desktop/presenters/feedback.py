"""Shows what was learned; makes the bundle, only after a preview and with consent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Jobs, Lane
from desktop.shown import Message
from desktop.words import tr


class FeedbackPresenter(QObject):
    """Between the page and the engine's feedback."""

    learned = Signal(str, dict)
    preview = Signal(int, tuple)
    consent = Signal(object)
    message = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs

    def refresh(self) -> None:
        """Look again."""
        feedback = self._engine.feedback
        self._jobs.ask(
            Lane.STORE, lambda: (feedback.learned(), feedback.counts()), lambda found: self.learned.emit(*found)
        )

        self._jobs.ask(Lane.STORE, feedback.consent, lambda held: self.consent.emit(held.given_at if held else None))

    def withdraw(self) -> None:
        """No bundle any more, until the seller agrees anew."""
        self._jobs.ask(Lane.STORE, self._engine.feedback.withdraw_consent, lambda _none: self._told(tr("已撤回同意")))

    def new_number(self) -> None:
        """Later bundles cannot be joined to earlier ones."""
        words = tr("已换编号")
        self._jobs.ask(Lane.STORE, self._engine.feedback.new_installation_id, lambda _none: self._told(words))

    def _told(self, words: str) -> None:
        self.message.emit(Message(words))
        self.refresh()

    def forget(self) -> None:
        """Begin anew."""
        self._jobs.ask(Lane.STORE, self._engine.feedback.forget, lambda _none: self._forgotten())

    def _forgotten(self) -> None:
        self.message.emit(Message(tr("已忘掉，从现在重新学")))
        self.refresh()

    def look(self) -> None:
        """What a bundle would hold."""
        self._jobs.ask(Lane.STORE, self._engine.feedback.preview_bundle, self._show)

    def _show(self, found: Any) -> None:
        hits = tuple((str(kind), before, after) for kind, before, after in found.hits)
        self.preview.emit(found.records, hits)

    def export(self, path: Path) -> None:
        """Write the bundle; the seller has just agreed."""
        feedback = self._engine.feedback
        words = tr("已导出“{name}”", name=path.name)
        work = lambda: feedback.export_bundle(path, feedback.new_consent())  # noqa: E731
        self._jobs.ask(Lane.STORE, work, lambda _summary: self._told(words))
