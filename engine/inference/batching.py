"""Continuous batching: many drafts of many requests in one stream of decodes.

A request's prompt is read once into a trunk (all but its last token); each draft shares the trunk's cells and feeds the
last prompt token itself, so a draft may begin at any time and after any rollback in the same way. At every step the
finished leave, the waiting enter, every draft adds one token, and a piece of the next prompt is read alongside.

What must stay true: a cell is counted before it is used (``_cells_taken`` is never less than the truth), so llama.cpp
is not asked for room that is not there; after a decode that was stopped, cells from ``next_position`` on are removed
and the step is done again.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.domain import StopReason, Timing
from engine.errors import ContextOverflow, ModelBroken
from engine.inference.hardware import CELL_BYTES_UNASKED
from engine.inference.llama import AbortFlag, ContextSize, LlamaContext, LlamaModel, Outcome, TokenBatch
from engine.inference.prompt_tokens import tokenize_prompt
from engine.inference.sampling import NO_TOKEN, Sampler, Scratch
from engine.inference.sequence import DraftSequence, Rules
from engine.inference.text_rules import PhraseIndex
from engine.inference.trunks import Trunk, TrunkShelf
from engine.ports import Generated, Generation
from engine.prompts import PLAIN_V1

log = logging.getLogger(__name__)

TRUNKS = 16
"""Prompts that may be in work at once: a table's rows have one each, and as many fill the slots."""

BATCH_TOKENS = 512
SPARE_CELLS = 2
CELL_STEP = 256
MIXED_CHUNK = 128
"""Prompt tokens read in a step in which drafts are being written: they wait no longer than that."""

CELL_BYTES_AT_FIRST = 64 << 20


class Events(Protocol):
    """Who hears of the decoding."""

    def text(self, job: int, index: int, text: str) -> None:
        """The whole text so far."""
        ...

    def done(self, job: int, generated: Generated) -> None:
        """One draft has ended."""
        ...

    def finished(self, job: int, timing: Timing, cancelled: bool) -> None:
        """A request's last draft has ended."""
        ...


@dataclass(frozen=True, slots=True)
class DecoderOptions:
    """How the decoder works: threads, drafts at a time, tokens a draft may have with its prompt (0: as trained).

    Key-value cells are sized to the requests, within ``cell_bytes`` (a single long draft may need more).
    """

    threads: int
    slots: int = 16
    context_tokens: int = 0
    prompt_format: str = PLAIN_V1
    cell_bytes: int = CELL_BYTES_UNASKED


@dataclass(slots=True)
class _Writer:
    """A draft in work with its sampler and what was last told of it."""

    draft: DraftSequence
    sampler: Sampler
    told: str = ""


@dataclass(slots=True)
class _Job:
    """A request in work."""

    number: int
    generation: Generation
    tokens: list[int]
    phrases: PhraseIndex
    waiting: deque[int]
    trunk: Trunk | None = None
    writers: list[_Writer] = field(default_factory=list)
    cancelled: bool = False
    started: float = field(default_factory=time.monotonic)
    prompt_s: float = 0.0
    first_token_s: float = 0.0
    made_tokens: int = 0
    reused: int = 0

    @property
    def draft_cells(self) -> int:
        """Cells that one draft may take."""
        return self.generation.max_tokens + SPARE_CELLS

    @property
    def is_read(self) -> bool:
        """Whether all but the last token of the prompt lies in the trunk."""
        return self.trunk is not None and len(self.trunk.tokens) >= len(self.tokens) - 1


class BatchedDecoder:
    """Decodes the requests that are submitted, a step at a time; one thread."""

    def __init__(self, model: LlamaModel, options: DecoderOptions, events: Events) -> None:
        self._model, self._options, self._events = model, options, events
        self._scratch = Scratch(model.vocabulary_size)
        self._jobs: dict[int, _Job] = {}
        self._places: deque[int] = deque(range(options.slots))
        self._adapters: list[tuple[Any, float]] = []
        self._batch = TokenBatch(BATCH_TOKENS)
        self.abort = AbortFlag()
        self.context: LlamaContext | None = None
        self._shelf = TrunkShelf(_NoCells(), ())

    @property
    def busy(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._jobs)

    def submit(self, number: int, generation: Generation) -> None:
        """Take a request in.

        Raises:
            ContextOverflow: prompt and length do not fit.
        """
        tokens = tokenize_prompt(self._model, generation.prompt, self._options.prompt_format)
        limit = min(n for n in (self._options.context_tokens, self._model.trained_context) if n > 0)
        needed = len(tokens) + generation.max_tokens
        if not tokens or needed > limit:
            raise ContextOverflow(needed, limit)
        phrases = PhraseIndex(generation.forbidden)
        self._jobs[number] = _Job(number, generation, tokens, phrases, deque(range(generation.count)))

    def cancel(self, number: int) -> None:
        """End a request; its drafts end with what they have."""
        job = self._jobs.get(number)
        if job is not None:
            job.cancelled = True
            for index in list(job.waiting) + [w.draft.index for w in job.writers]:
                self.stop(number, index)
            self._finish_if_done(job)

    def stop(self, number: int, index: int) -> None:
        """End one draft with what it has."""
        job = self._jobs.get(number)
        if job is None:
            return
        if index in job.waiting:
            job.waiting.remove(index)
            seed = job.generation.seed + index
            self._events.done(number, Generated(index, "", 0, seed, StopReason.CANCELLED, 0.0))
        for writer in [w for w in job.writers if w.draft.index == index]:
            writer.draft.end(StopReason.CANCELLED)
            self._retire(job, writer)
        self._finish_if_done(job)

    def drop_all(self) -> list[int]:
        """Forget every request and the context (after a failure); returns the requests' numbers."""
        numbers = list(self._jobs)
        for job in self._jobs.values():
            for writer in job.writers:
                writer.sampler.close()
                self._places.append(writer.draft.place)
        self._jobs.clear()
        self._close_context()
        return numbers

    def set_adapters(self, adapters: list[tuple[Any, float]]) -> None:
        """Write with these LoRA adapters from now on; what was read without them is read again."""
        self._adapters = adapters
        self._close_context()

    def step(self) -> None:
        """One decode.

        Raises:
            ModelBroken: llama.cpp could not compute the batch.
            MemoryError: there is no memory for the context.
        """
        self._make_room()
        self._admit()
        context = self.context
        assert context is not None
        rows = self._fill_batch()
        if not self._batch.size:
            return
        outcome = context.decode(self._batch)
        if outcome is not Outcome.DONE:
            _undo(self._jobs.values(), context)
            if outcome is Outcome.ABORTED or (outcome is Outcome.NO_CELLS and self._shelf.evict()):
                return
            raise ModelBroken(self._model.name, "refused")
        self._note_read()
        for job, writer, index in rows:
            self._advance(context, job, writer, index)

    def _make_room(self) -> None:
        """Size the context to the requests, when nothing is being written."""
        if any(job.trunk for job in self._jobs.values()):
            return
        wanted = sum(
            len(j.tokens) + min(len(j.waiting), self._options.slots) * j.draft_cells for j in self._jobs.values()
        )
        at_least = max(len(job.tokens) + job.draft_cells for job in self._jobs.values()) + SPARE_CELLS
        size = self._model.cell_bytes()
        cells = max(at_least, min(wanted, self._options.cell_bytes // size))
        if self.context is None or self.context.cells < cells:
            first = min(4096, CELL_BYTES_AT_FIRST // size)
            self._open_context(-(-max(cells, first) // CELL_STEP) * CELL_STEP)

    def _open_context(self, cells: int) -> None:
        old, shelf = self.context, self._shelf
        kept = [(t.tokens, old.save(t.place)) for t in shelf.trunks if old and t.tokens] if old else []
        self._close_context()
        slots = self._options.slots
        size = ContextSize(cells, slots + TRUNKS, BATCH_TOKENS)
        self.context = LlamaContext(self._model, size, self._options.threads, self.abort)
        if self._adapters:
            self.context.set_adapters(self._adapters)
        self._shelf = TrunkShelf(self.context, range(slots, slots + TRUNKS))
        for trunk, (tokens, state) in zip(self._shelf.trunks, kept, strict=False):
            if self.context.restore(trunk.place, state):
                trunk.tokens = tokens

    def _close_context(self) -> None:
        if self.context is not None:
            self.context.close()
        self.context, self._shelf = None, TrunkShelf(_NoCells(), ())

    def _fits(self, cells: int) -> bool:
        assert self.context is not None
        while self._shelf.held_tokens + _cells_taken(self._jobs.values()) + cells > self.context.cells:
            if not self._shelf.evict():
                return False
        return True

    def _admit(self) -> None:
        """Let waiting drafts in, in order; one prompt is read at a time."""
        for job in list(self._jobs.values()):
            if not job.waiting:
                continue
            if job.trunk is None and not self._take_trunk(job):
                return
            while job.is_read and job.waiting and self._places and self._fits(job.draft_cells):
                self._begin_draft(job)
            if job.waiting:
                return

    def _take_trunk(self, job: _Job) -> bool:
        if not self._fits(len(job.tokens) + job.draft_cells):
            return False
        job.trunk = self._shelf.take(job.tokens[:-1])
        if job.trunk is None:
            return False
        job.reused = len(job.trunk.tokens)
        if job.is_read:
            job.prompt_s = time.monotonic() - job.started
        return True

    def _begin_draft(self, job: _Job) -> None:
        assert self.context is not None and job.trunk is not None
        index, place = job.waiting.popleft(), self._places.popleft()
        wish = job.generation
        thinks = self._options.prompt_format == PLAIN_V1
        rules = Rules(wish.max_tokens, wish.max_characters, wish.min_characters, job.phrases, thinks)
        self.context.remove(place)
        self.context.copy(job.trunk.place, place, len(job.tokens) - 1)
        draft = DraftSequence(index, place, job.tokens, rules, self._model.piece)
        sampler = Sampler(self._model, wish.sampling, wish.seed + index, wish.grammar)
        job.writers.append(_Writer(draft, sampler))

    def _fill_batch(self) -> list[tuple[_Job, _Writer, int]]:
        batch = self._batch
        batch.clear()
        rows = []
        for job in self._jobs.values():
            for writer in job.writers:
                draft = writer.draft
                rows.append((job, writer, batch.add(draft.place, draft.next_position, [draft.next_token], logits=True)))
        reading = _reading(self._jobs.values())
        if reading is not None and reading.trunk is not None:
            start = len(reading.trunk.tokens)
            room = min(MIXED_CHUNK, BATCH_TOKENS - len(rows)) if rows else BATCH_TOKENS
            piece = reading.tokens[start : min(start + room, len(reading.tokens) - 1)]
            batch.add(reading.trunk.place, start, piece, logits=False)
        return rows

    def _note_read(self) -> None:
        job = _reading(self._jobs.values())
        if job is None or job.trunk is None:
            return
        written = sum(len(j.writers) for j in self._jobs.values())
        start = len(job.trunk.tokens)
        job.trunk.tokens += job.tokens[start : start + self._batch.size - written]
        if job.is_read:
            job.prompt_s = time.monotonic() - job.started

    def _advance(self, context: LlamaContext, job: _Job, writer: _Writer, row_index: int) -> None:
        draft, row = writer.draft, context.row(row_index)
        if draft.is_short:
            for token in self._model.end_tokens:
                row[token] = -1e30
        choice = writer.sampler.pick(row, self._scratch, draft.banned)
        if not job.first_token_s:
            job.first_token_s = time.monotonic() - job.started
        if choice.token == NO_TOKEN or self._model.is_end(choice.token):
            draft.end(StopReason.END)
        else:
            job.made_tokens += 1
            rollbacks = draft.rollbacks
            draft.take(choice.token, choice.logprob, writer.sampler)
            if draft.rollbacks != rollbacks:
                context.remove(draft.place, draft.next_position)
        if draft.stop is not None:
            self._retire(job, writer)
            self._finish_if_done(job)
        elif draft.text != writer.told:
            writer.told = draft.text
            self._events.text(job.number, draft.index, writer.told)

    def _retire(self, job: _Job, writer: _Writer) -> None:
        draft = writer.draft
        job.writers.remove(writer)
        writer.sampler.close()
        if self.context is not None:
            self.context.remove(draft.place)
        self._places.append(draft.place)
        seed, stop = job.generation.seed + draft.index, draft.stop or StopReason.END
        tokens = len(draft.tokens)
        self._events.done(job.number, Generated(draft.index, draft.text, tokens, seed, stop, draft.logprob))

    def _finish_if_done(self, job: _Job) -> None:
        if job.waiting or job.writers or self._jobs.pop(job.number, None) is None:
            return
        if job.trunk is not None:
            self._shelf.release(job.trunk)
        total = time.monotonic() - job.started
        rate = job.made_tokens / max(1e-6, total - job.prompt_s)
        timing = Timing(0.0, job.prompt_s, job.first_token_s, total, rate, len(job.tokens), job.reused)
        self._events.finished(job.number, timing, job.cancelled)


def _cells_taken(jobs: Iterable[_Job]) -> int:
    """Cells that the running drafts may still fill and that the prompts being read will."""
    found = list(jobs)
    writing = sum(len(job.writers) * job.draft_cells for job in found)
    return writing + sum(max(0, len(j.tokens) - len(j.trunk.tokens)) for j in found if j.trunk is not None)


def _reading(jobs: Iterable[_Job]) -> _Job | None:
    """The request whose prompt is being read."""
    return next((job for job in jobs if job.trunk is not None and not job.is_read), None)


def _undo(jobs: Iterable[_Job], context: LlamaContext) -> None:
    """Take back what a failed step has written."""
    for job in jobs:
        if job.trunk is not None:
            context.remove(job.trunk.place, len(job.trunk.tokens))
        for writer in job.writers:
            context.remove(writer.draft.place, writer.draft.next_position)


class _NoCells:
    """Stands for the cells while there is no context."""

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Nothing to share."""

    def remove(self, sequence: int, start: int = 0) -> None:
        """Nothing to leave."""
