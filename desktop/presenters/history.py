"""Finds drafts of the past, fifty at a time, and acts on one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Jobs, Lane
from desktop.shown import Message
from desktop.tables.history_list import PAGE
from desktop.words import tr
from engine.domain import HistoryEntry


@dataclass(frozen=True, slots=True)
class _Question:
    """What is looked for; a page that answers an older question is thrown away."""

    search: str = ""
    favourites: bool = False
    deleted: bool = False


class HistoryPresenter(QObject):
    """Asks the library."""

    started = Signal()
    page = Signal(list)
    changed = Signal(object)
    gone = Signal(int)
    differences = Signal(list)
    copied = Signal(str)
    message = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._question = _Question()
        self._round = 0
        self._compared = 0

    def find(self, search: str, favourites: bool, deleted: bool) -> None:
        """Begin a search."""
        self._question = _Question(search, favourites, deleted)
        self.refresh()

    def refresh(self) -> None:
        """Begin the same search again."""
        self._round += 1
        self.started.emit()
        self.more(0)

    def more(self, offset: int) -> None:
        """The next page."""
        asked, number = self._question, self._round

        def work() -> list[HistoryEntry]:
            return self._engine.library.history(
                asked.search, limit=PAGE, offset=offset, favourites=asked.favourites, deleted=asked.deleted
            )

        def show(entries: list[HistoryEntry]) -> None:
            if number == self._round:
                self.page.emit(entries)

        self._jobs.ask(Lane.STORE, work, show)

    def compare(self, entry: HistoryEntry) -> None:
        """What the seller changed in an entry."""
        self._compared = entry.draft.draft_id
        if entry.edited_text is None:
            return
        before, after = entry.draft.text, entry.edited_text

        def show(pieces: list[tuple[str, str]]) -> None:
            if self._compared == entry.draft.draft_id:
                self.differences.emit(pieces)

        self._jobs.ask(Lane.TEXT, lambda: self._engine.texts.diff(before, after), show)

    def copy(self, entry: HistoryEntry) -> None:
        """Put it on the clipboard as its channel wants it."""

        def work() -> str:
            ready = self._engine.texts.clipboard(entry.current_text, entry.channel)
            self._engine.library.pick(entry.draft.draft_id, entry.current_text)
            return ready

        self._jobs.ask(Lane.STORE, work, self._copied)
        self.changed.emit(replace(entry, picked=True))

    def _copied(self, ready: str) -> None:
        self.copied.emit(ready)
        self.message.emit(Message(tr("已复制，可以直接粘贴")))

    def set_favourite(self, entry: HistoryEntry, favourite: bool) -> None:
        """Mark or unmark."""
        number = entry.draft.draft_id
        self._jobs.ask(Lane.STORE, lambda: self._engine.library.set_favourite(number, favourite))
        self.changed.emit(replace(entry, favourite=favourite))

    def rate(self, entry: HistoryEntry, rating: int) -> None:
        """One to five, 0 takes the rating back."""
        number, value = entry.draft.draft_id, rating or None
        self._jobs.ask(Lane.STORE, lambda: self._engine.library.rate(number, value))
        self.changed.emit(replace(entry, rating=value))

    def withhold(self, entry: HistoryEntry) -> None:
        """Keep the choice out of every later bundle, and have it removed from earlier ones."""
        done = Message(tr("这次的几条都不会进反馈包"))
        withdraw = self._engine.feedback.withdraw_choice
        self._jobs.ask(Lane.STORE, lambda: withdraw(entry.draft.draft_id), lambda _none: self.message.emit(done))

    def delete(self, entry: HistoryEntry) -> None:
        """Into the recycle list; a bar with 撤销 stays for a while."""
        self._jobs.ask(Lane.STORE, lambda: self._engine.library.delete(entry.draft.draft_id))
        self.gone.emit(entry.draft.draft_id)
        gone = replace(entry, deleted_at=datetime.now(UTC))
        self.message.emit(Message(tr("已删除一条文案"), tr("撤销"), lambda: self.undelete(gone)))

    def undelete(self, entry: HistoryEntry) -> None:
        """Out of the recycle list."""
        undelete = self._engine.library.undelete
        self._jobs.ask(Lane.STORE, lambda: undelete(entry.draft.draft_id), lambda _none: self.refresh())

    def export(self, draft_ids: list[int], path: Path) -> None:
        """Write drafts to a file."""
        done = Message(tr("已导出 {n} 条到“{name}”", n=len(draft_ids), name=path.name))
        self._jobs.ask(
            Lane.STORE, lambda: self._engine.library.export(draft_ids, path), lambda _none: self.message.emit(done)
        )
