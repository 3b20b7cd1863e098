"""Lays two drafts beside each other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Jobs, Lane
from desktop.presenters.slots import Slots
from desktop.shown import ComparedDraft

Compared = tuple[list[tuple[str, str]], tuple[ComparedDraft, ComparedDraft]]


class ComparingPresenter(QObject):
    """Asks what tells texts apart."""

    compared = Signal(object, object)

    def __init__(self, engine: EngineFace, jobs: Jobs, slots: Slots, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs, self._slots = engine, jobs, slots

    def compare(self, left: tuple[int, int], right: tuple[int, int]) -> None:
        """Two drafts, each as the key of its card and its place on the table."""
        found = tuple(self._slots.finished(key) for key, _place in (left, right))
        if found[0] is None or found[1] is None:
            return
        texts = [(slot.text, slot.brief, slot.channel) for slot, _draft in (found[0], found[1])]
        scores = [draft.score.total if draft.score else None for _slot, draft in (found[0], found[1])]

        def side(number: int, key: int, place: int) -> ComparedDraft:
            text, brief, channel = texts[number]
            findings = len(self._engine.texts.check(text, brief, channel))
            return ComparedDraft(key, place, channel, text, scores[number], findings)

        def work() -> Compared:
            return self._engine.texts.diff(texts[0][0], texts[1][0]), (side(0, *left), side(1, *right))

        self._jobs.ask(Lane.TEXT, work, lambda told: self.compared.emit(told[1], told[0]))
