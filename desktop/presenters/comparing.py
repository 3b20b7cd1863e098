"""Lays drafts beside each other, and a draft beside what it was."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Jobs, Lane
from desktop.presenters.slots import Slot, Slots
from desktop.shown import ComparedDraft, FormerText, Message
from desktop.words import tr
from engine.domain import Task

Compared = tuple[list[tuple[str, str]], tuple[ComparedDraft, ComparedDraft]]


class ComparingPresenter(QObject):
    """Asks what tells texts apart."""

    compared = Signal(object, object)
    versions = Signal(int, tuple)
    changes = Signal(object, list)
    message = Signal(object)

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

    def look_back(self, key: int) -> None:
        """The earlier versions of a draft, the newest first; its edits have to be in the store."""
        found = self._slots.finished(key)
        if found is None:
            return
        slot, draft = found

        def show(kept: list[tuple[datetime, str]]) -> None:
            versions = _former(slot, kept)
            if versions:
                self.versions.emit(key, versions)
            else:
                self.message.emit(Message(tr("这条还没有改过，没有以前的版本")))

        self._jobs.ask(Lane.STORE, lambda: self._engine.library.versions(draft.draft_id), show)

    def set_against(self, key: int, version: FormerText) -> None:
        """What has changed in a draft since a version."""
        slot = self._slots.get(key)
        if slot is None:
            return
        now = slot.text
        work = self._engine.texts.diff
        self._jobs.ask(Lane.TEXT, lambda: work(version.text, now), lambda pieces: self.changes.emit(version, pieces))


def _former(slot: Slot, kept: list[tuple[datetime, str]]) -> tuple[FormerText, ...]:
    """Each text once, without the present one; the text that the draft was made from comes last."""
    names = ["初稿"] + ["改过的"] * len(kept[1:])
    found = [FormerText(name, when, text) for name, (when, text) in zip(names, kept, strict=True)]
    if slot.task is not Task.COMPOSE:
        found.insert(0, FormerText("原文", None, slot.brief.source))
    texts = {slot.text}
    newest_first = []
    for version in reversed(found):
        if version.text not in texts:
            newest_first.append(version)
            texts.add(version.text)
    return tuple(newest_first)
