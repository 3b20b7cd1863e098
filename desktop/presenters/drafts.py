"""What is done with finished drafts: copy, edit with live checks, favourite, delete and undo, reopen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.presenters.slots import Slot, Slots
from desktop.shown import CardOpening, Message
from desktop.widgets.tokens import CHECK_MS, SAVE_MS
from desktop.words import tr
from engine.domain import Finding, HistoryEntry
from engine.errors import NotFound


class DraftsPresenter(QObject):
    """Acts on slots that have their draft."""

    opened = Signal(tuple, bool)
    closed = Signal(tuple)
    draft = Signal(int, object, object)
    findings = Signal(int, object)
    favourite = Signal(int, bool)
    hidden = Signal(int)
    shown_again = Signal(int)
    copied = Signal(str)
    message = Signal(object)
    stored = Signal()

    def __init__(self, engine: EngineFace, jobs: Jobs, slots: Slots, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs, self._slots = engine, jobs, slots
        self._to_check: set[int] = set()
        self._check = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._check.timeout.connect(self._check_edited)
        self._to_keep: set[int] = set()
        self._keep = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._keep.timeout.connect(self.keep_edits)

    # copying

    def copy(self, key: int) -> None:
        """Put a draft on the clipboard as its channel wants it; that is a pick."""
        found = self._slots.finished(key)
        if found is None:
            return
        slot, draft = found
        text = slot.text

        def work() -> str:
            ready = self._engine.texts.clipboard(text, slot.channel)
            self._engine.library.pick(draft.draft_id, text)
            return ready

        self.keep_edits()
        self._jobs.ask(Lane.STORE, work, self._copied)

    def _copied(self, ready: str) -> None:
        self.copied.emit(ready)
        self.message.emit(Message(tr("已复制，可以直接粘贴")))
        self.stored.emit()

    # editing

    def edit(self, key: int, text: str) -> None:
        """The seller changed a text: check it when the keys rest, keep it soon after."""
        slot = self._slots.get(key)
        if slot is None or slot.text == text:
            return
        slot.text = text
        self._to_check.add(key)
        self._to_keep.add(key)
        self._check.start()
        self._keep.start()

    def _check_edited(self) -> None:
        keys, self._to_check = self._to_check, set()
        for key in keys:
            found = self._slots.finished(key)
            if found is not None:
                self._check_slot(found[0])

    def _check_slot(self, slot: Slot) -> None:
        text, brief, channel = slot.text, slot.brief, slot.channel

        def show(found: tuple[Finding, ...]) -> None:
            if slot.text == text:
                self.findings.emit(slot.key, found)

        self._jobs.ask(Lane.TEXT, lambda: self._engine.texts.check(text, brief, channel), show)

    def keep_edits(self, _key: int = 0) -> None:
        """Put edited texts into the store now."""
        keys, self._to_keep = self._to_keep, set()
        for key in keys:
            found = self._slots.finished(key)
            if found is not None and found[0].text != found[0].kept_text:
                self._keep_slot(found[0], found[1].draft_id)

    def _keep_slot(self, slot: Slot, draft_id: int) -> None:
        text = slot.kept_text = slot.text
        self._jobs.ask(Lane.STORE, lambda: self._engine.library.edit(draft_id, text), lambda _none: self.stored.emit())

    # marks

    def set_favourite(self, key: int, favourite: bool) -> None:
        """Mark or unmark."""
        found = self._slots.finished(key)
        if found is None:
            return
        slot, draft = found
        slot.favourite = favourite
        work = self._engine.library.set_favourite
        self._jobs.ask(Lane.STORE, lambda: work(draft.draft_id, favourite), lambda _none: self.stored.emit())

    def toggle_favourite(self, key: int) -> None:
        """The other way round, from the keyboard."""
        slot = self._slots.get(key)
        if slot is not None and slot.draft is not None:
            self.favourite.emit(key, not slot.favourite)
            self.set_favourite(key, not slot.favourite)

    def set_pinned(self, key: int, pinned: bool) -> None:
        """A pinned draft stays on the table when new ones are written or opened."""
        slot = self._slots.get(key)
        if slot is not None:
            slot.pinned = pinned

    def delete(self, key: int) -> None:
        """Take a draft away; a bar with 撤销 stays for a while."""
        found = self._slots.finished(key)
        if found is None:
            return
        slot, draft = found
        slot.hidden = True
        self.hidden.emit(key)
        self._jobs.ask(
            Lane.STORE, lambda: self._engine.library.delete(draft.draft_id), lambda _none: self.stored.emit()
        )
        self.message.emit(Message(tr("已删除一条文案"), tr("撤销"), lambda: self._undelete(key, draft.draft_id)))

    def _undelete(self, key: int, draft_id: int) -> None:
        slot = self._slots.get(key)
        if slot is not None:
            slot.hidden = False
        self.shown_again.emit(key)
        self._jobs.ask(Lane.STORE, lambda: self._engine.library.undelete(draft_id), lambda _none: self.stored.emit())

    # drafts of before

    def open_ids(self) -> list[int]:
        """Numbers of the drafts on the table, to be opened again."""
        return [slot.draft.draft_id for slot in self._slots.all() if slot.draft is not None and not slot.hidden]

    def reopen(self, draft_ids: tuple[int, ...]) -> None:
        """Show stored drafts again; those that are gone are passed over."""
        self._jobs.start(Job(Lane.STORE, lambda _job: self._entries(draft_ids), self.show_entries))

    def _entries(self, draft_ids: tuple[int, ...]) -> list[HistoryEntry]:
        found = []
        for draft_id in draft_ids:
            try:
                entry = self._engine.library.entry(draft_id)
            except NotFound:
                continue
            if entry.deleted_at is None:
                found.append(entry)
        return found

    def show_entries(self, entries: list[HistoryEntry]) -> None:
        """Put stored drafts on the table in place of what is there; pinned ones stay below."""
        if not entries:
            return
        self.closed.emit(self._slots.make_room(frozenset(entry.draft.draft_id for entry in entries)))
        slots = [self._slots.open_entry(entry) for entry in entries]
        self.opened.emit(tuple(CardOpening(s.key, s.channel, s.task, len(s.text)) for s in slots), True)
        for slot, entry in zip(slots, entries, strict=True):
            edited = slot.text if slot.text != entry.draft.text else None
            self.draft.emit(slot.key, entry.draft, edited)
            self.favourite.emit(slot.key, slot.favourite)
            if edited is not None:
                self._check_slot(slot)
