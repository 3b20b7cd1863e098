"""One click on 写几条: opens cards, streams into them, settles their order once at the end.

The engine's thread only puts the newest text of each draft into a table; a timer on the window's thread shows what
changed, at most twenty times a second, however fast the model is.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.face import EngineFace, Heard
from desktop.jobs import Job, Jobs, Lane
from desktop.presenters.slots import Slot, Slots
from desktop.shown import CardOpening, FormState
from desktop.widgets.tokens import TICK_MS
from engine.domain import CHANNELS, NOT_SHOWN, Brief, ComposeRequest, ComposeResult, Draft
from engine.errors import EngineError, NotFound, ProcessorUnfit, WorkerCrashed

ACTION_COUNT = 2
"""New drafts for one click on 改写, 扩写, 缩写, 澄清, 再来几条, 换渠道 or 换语气."""


class WritingPresenter(QObject):
    """Writes drafts into slots."""

    opened = Signal(tuple, bool)
    closed = Signal(tuple)
    text = Signal(int, str)
    draft = Signal(int, object, object)
    order = Signal(tuple)
    writing = Signal(bool)
    step = Signal(object)
    failed = Signal(object)
    crashed = Signal(object, int)
    stored = Signal()
    product_saved = Signal(int, str)

    def __init__(self, engine: EngineFace, jobs: Jobs, slots: Slots, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs, self._slots = engine, jobs, slots
        self._job: Job | None = None
        self._unfinished: ComposeRequest | None = None
        self._settled = False
        self._spare: list[Draft] = []
        self._latest: dict[int, str] = {}
        self._shown: dict[int, str] = {}
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_latest)

    @property
    def running(self) -> bool:
        """Whether something is written."""
        return self._job is not None

    def write(self, state: FormState) -> None:
        """Write drafts for the form; the cards of before make room, but for pinned ones."""
        if self.running:
            return
        brief = self._checked(replace(state.brief, source=""))
        if brief is None:
            return
        save = self._jobs.ask(Lane.STORE, lambda: self._engine.products.save(brief, state.product_id))
        save.done = lambda number: self.product_saved.emit(number, brief.product)
        voice = state.voice_id or None
        request = ComposeRequest(brief, state.channel, count=state.count, length=state.length, voice_id=voice)
        self._start(request, keep=False)

    def add(self, slot: Slot, request: ComposeRequest, made_by: tuple[str, ...] = ()) -> None:
        """Write a few more before the card that they come from, in its voice."""
        if self.running:
            return
        brief = self._checked(request.brief)
        if brief is not None:
            self._start(replace(request, brief=brief, count=ACTION_COUNT, voice_id=slot.voice_id), made_by, keep=True)

    def _checked(self, brief: Brief) -> Brief | None:
        """The brief as it can be written about, or None when it was said why not."""
        try:
            return brief.checked()
        except EngineError as error:
            self.failed.emit(error)
            return None

    def write_unfinished(self) -> None:
        """Ask again for the drafts that a crash left unfinished; the finished ones stay on the table."""
        request = self._unfinished
        if request is not None and not self.running:
            self._start(request, keep=True)

    def stop(self) -> None:
        """End what is written; what is whole stays."""
        if self._job is not None:
            self._job.cancel()

    def _start(self, request: ComposeRequest, made_by: tuple[str, ...] = (), *, keep: bool) -> None:
        if not keep:
            self.closed.emit(self._slots.make_room())
        slots = self._slots.open_run(request)
        self.opened.emit(tuple(_opening(slot, request, made_by) for slot in slots), True)
        self._latest.clear()
        self._shown.clear()
        self._spare.clear()
        self._unfinished, self._settled = None, False
        self.writing.emit(True)
        job = Job(Lane.WRITING, lambda job: self._compose(request, job), self._settle)
        job.told = self._landed
        job.stepped = self.step.emit
        job.failed = lambda error: self._fail(error, request)
        job.ended = self._end
        self._job = job
        self._tick.start()
        self._jobs.start(job)

    def _compose(self, request: ComposeRequest, job: Job) -> ComposeResult:
        """Runs on the writing lane."""
        listener = Heard(on_text=self._latest.__setitem__, on_draft=job.tell)
        return self._engine.writing.compose(request, listener, job.ticket)

    def _show_latest(self) -> None:
        for index, text in list(self._latest.items()):
            slot = self._slots.of_index(index)
            if slot is None or slot.draft is not None or self._shown.get(index) == text:
                continue
            self._shown[index] = text
            slot.text = text
            self.text.emit(slot.key, text)

    def _landed(self, draft: Draft) -> None:
        slot = self._slots.of_index(draft.index)
        if slot is not None:
            self._fill(slot, draft)
        else:
            self._spare.append(draft)
        self.stored.emit()

    def _fail(self, error: Exception, request: ComposeRequest) -> None:
        """Say what happened; after a crash the drafts that are missing can be asked for again."""
        if not isinstance(error, WorkerCrashed) or isinstance(error, ProcessorUnfit):
            self.failed.emit(error)
            return
        empty = [slot for slot in self._slots.of_run() if slot.draft is None]
        for slot, draft in zip(empty, self._spare, strict=False):  # more are decoded than shown: none is wasted
            slot.index = draft.index
            self._fill(slot, draft)
        missing = len(empty[len(self._spare) :])
        if missing:
            candidates = max(missing, request.candidates * missing // request.count)
            self._unfinished = replace(request, count=missing, candidates=candidates)
        self.crashed.emit(error, missing)

    def _fill(self, slot: Slot, draft: Draft) -> None:
        if slot.draft is None or slot.draft.draft_id != draft.draft_id:
            slot.text = slot.kept_text = draft.text
        slot.draft = draft
        self.draft.emit(slot.key, draft, slot.text if slot.text != draft.text else None)

    def _settle(self, result: ComposeResult) -> None:
        """Show the order of the result; drafts that were better than those shown take their places."""
        self._settled = True
        wanted = {draft.index for draft in result.drafts}
        free = [slot for slot in self._slots.of_run() if slot.index not in wanted]
        keys = []
        for draft in result.drafts:
            slot = self._slots.of_index(draft.index)
            if slot is None and free:
                slot = free.pop(0)
                slot.index = draft.index
            if slot is not None:
                self._fill(slot, draft)
                keys.append(slot.key)
        self.order.emit(tuple(keys))
        self.stored.emit()

    def _end(self) -> None:
        self._job = None
        self._tick.stop()
        empty = tuple(slot.key for slot in self._slots.of_run() if slot.draft is None)
        self._slots.drop(empty)
        self.closed.emit(empty)
        self.writing.emit(False)
        if not self._settled:
            self._show_stored()

    def _show_stored(self) -> None:
        """After a stop or a crash: the scores and the order of what is whole, as the store has them."""
        numbers = [slot.draft.draft_id for slot in self._slots.of_run() if slot.draft is not None]
        if numbers:
            self._jobs.ask(Lane.STORE, lambda: self._stored(numbers), self._show_ranked)

    def _stored(self, numbers: list[int]) -> list[Draft]:
        """Runs on the store's lane; what is gone by now is passed over."""
        found = []
        for number in numbers:
            with contextlib.suppress(NotFound):
                found.append(self._engine.library.entry(number).draft)
        return sorted(found, key=lambda draft: (draft.rank == NOT_SHOWN, draft.rank))

    def _show_ranked(self, drafts: list[Draft]) -> None:
        slots = {slot.draft.draft_id: slot for slot in self._slots.all() if slot.draft is not None}
        shown = [(slots[draft.draft_id], draft) for draft in drafts if draft.draft_id in slots]
        for slot, draft in shown:
            self._fill(slot, draft)
        if not self.running:
            self.order.emit(tuple(slot.key for slot, _ in shown))


def _opening(slot: Slot, request: ComposeRequest, made_by: tuple[str, ...]) -> CardOpening:
    expected = request.length or CHANNELS[slot.channel].typical_length
    return CardOpening(slot.key, slot.channel, slot.task, expected, made_by)
