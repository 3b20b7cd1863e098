"""A spreadsheet of products becomes a spreadsheet of copy: row by row on disk, pausable, killed and continued.

Several rows are in the model at once, so that every slot of the batch stays busy (the model decodes the drafts of all
running requests together). A row is done when its results stand in the output file; ``resume`` skips those. A row that
cannot be written is reported with its number and reason while the others go on.

When the model's process ends unasked, the rows that were in it are written again; a row that was there too often waits
for the end and is then written alone, so that only a row that really brings the process down is given up.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from engine.domain import CHANNELS, Channel, ComposeRequest, ComposeResult, Draft
from engine.errors import BriefInvalid, Cancelled, ContextOverflow, WorkerCrashed
from engine.files.columns import Mapping, MappingPreview, RowBrief, RowProblem, prepare_table, preview, rows_to_briefs
from engine.files.results import OpenMode, ResultRow, ResultSheet
from engine.files.tables import Table, read_table
from engine.progress import Ticket
from engine.usecases.compose import ComposeListener, Composer

SLOTS = 16
STATE_HEADING, REASON_HEADING, PRODUCT_HEADING = "状态", "原因", "商品"
DONE, FAILED = "完成", "未写"
NOTHING_TO_WRITE = "没有可写的内容，请填商品名称。"
TOO_LONG = "商品资料太长，请删短一些。"
CRASHING_ROW = "写这一行时写作进程总是意外停下，先跳过了，请看看资料里有没有特别的内容。"
RATE_WINDOW_ROWS = 20
PAUSE_POLL_S = 0.1
CRASHES_AMONG_OTHERS, CRASHES_ALONE = 3, 5
"""How often a row is tried again when the model's process ended while it was being written."""

CRASHES_IN_A_ROW = 12
"""The job itself ends when this many processes end and not one row was written in between."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What to write for each row; ``channels`` in output order, ``count`` drafts each."""

    channels: tuple[Channel, ...]
    count: int = 1
    seed: int | None = None
    resume: bool = False
    replace: bool = False
    candidates: int = 0
    mapping: Mapping | None = None


@dataclass(frozen=True, slots=True)
class RowResult:
    """A finished row: its number in the table, its drafts by channel, or the reason why there are none."""

    number: int
    product: str
    drafts: dict[Channel, tuple[Draft, ...]] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """Where a job stands; rates over the rows of this run."""

    done: int
    failed: int
    total: int
    rows_per_minute: float
    seconds_left: float


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What a job came to."""

    progress: BatchProgress
    problems: tuple[tuple[int, str], ...]
    stopped: bool


class BatchControl:
    """Pause and go on, from any thread."""

    def __init__(self) -> None:
        self._go = threading.Event()
        self._go.set()

    def pause(self) -> None:
        """No further row is started; running ones end."""
        self._go.clear()

    def go_on(self) -> None:
        """Start rows again."""
        self._go.set()

    @property
    def paused(self) -> bool:
        """Whether no row may start."""
        return not self._go.is_set()

    def wait(self, ticket: Ticket) -> None:
        """Return when going on, raise ``Cancelled`` when the ticket says so."""
        while not self._go.wait(PAUSE_POLL_S):
            ticket.check()


class Batch:
    """Runs spreadsheet jobs with one composer."""

    def __init__(self, composer: Callable[[], Composer]) -> None:
        self._composer = composer

    def preview(self, source: Path) -> MappingPreview:
        """Headings, what each column is taken for, and the first rows.

        Raises:
            FileUnreadable: as ``read_table`` says.
        """
        table, mapping = prepare_table(read_table(source))
        return preview(table, mapping)

    def run(
        self,
        source: Path,
        target: Path,
        options: BatchOptions,
        ticket: Ticket,
        on_row: Callable[[RowResult, BatchProgress], None],
        control: BatchControl | None = None,
    ) -> BatchReport:
        """Write all rows of ``source`` to ``target``; what is there already is skipped with ``resume``.

        Raises:
            FileUnreadable, FileUnwritable, and what the model raises for every row alike (missing, broken, crashed again and again).
        """
        table, guessed = prepare_table(read_table(source))
        mode = OpenMode.RESUME if options.resume else OpenMode.REPLACE if options.replace else OpenMode.NEW
        told = _Told(ticket, on_row, control or BatchControl())
        with ResultSheet(target, _headings(options), mode) as sheet:
            report = _Job(self._composer(), table, options, sheet, told).run(options.mapping or guessed)
            sheet.finish()
        return report


@dataclass(frozen=True, slots=True)
class _Told:
    """Who steers and who hears of a job."""

    ticket: Ticket
    on_row: Callable[[RowResult, BatchProgress], None]
    control: BatchControl


@dataclass(frozen=True, slots=True)
class _Crashed:
    """A row whose writing ended with the model's process."""

    row: RowBrief
    error: WorkerCrashed


class _Job:
    def __init__(
        self, composer: Composer, table: Table, options: BatchOptions, sheet: ResultSheet, told: _Told
    ) -> None:
        self._composer, self._table, self._options, self._sheet = composer, table, options, sheet
        self._ticket, self._on_row, self._control = told.ticket, told.on_row, told.control
        self._started = time.monotonic()
        self._total = len(table.rows)
        self._done = len(sheet.done)
        self._failed = 0
        self._here = 0
        self._problems: list[tuple[int, str]] = []
        self._again: deque[RowBrief] = deque()
        self._suspects: deque[RowBrief] = deque()
        self._crashes: Counter[int] = Counter()
        self._fruitless, self._width, self._alone = 0, 1, False

    def run(self, mapping: Mapping) -> BatchReport:
        self._width = max(1, SLOTS // max(1, max(self._options.count, self._options.candidates)))
        stopped = False
        with ThreadPoolExecutor(self._width, thread_name_prefix="batch") as pool:
            running: set[Future[RowResult | _Crashed]] = set()
            try:
                for row in self._rows(mapping, running):
                    self._control.wait(self._ticket)
                    running.add(pool.submit(self._write, row))
                    while len(running) >= (1 if self._alone else self._width):
                        self._collect(running)
            except Cancelled:
                stopped = True
            finally:
                for future in running:
                    future.cancel()
        return BatchReport(self._progress(), tuple(self._problems), stopped)

    def _rows(self, mapping: Mapping, running: set[Future[RowResult | _Crashed]]) -> Iterator[RowBrief | RowProblem]:
        """Rows as they may start: those of the table, those to be tried again, and at last the suspects one by one."""
        done = self._sheet.done
        fresh = (row for row in rows_to_briefs(self._table, mapping) if row.number not in done)
        while True:
            row = self._again.popleft() if self._again else next(fresh, None)
            if row is not None:
                yield row
            elif running:
                self._collect(running)
            elif self._suspects:
                self._alone = True
                yield self._suspects.popleft()
            else:
                return

    def _collect(self, running: set[Future[RowResult | _Crashed]]) -> None:
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        running -= finished
        for future in finished:
            outcome = future.result()
            if isinstance(outcome, _Crashed):
                self._try_again(outcome)
            else:
                self._keep(outcome)
        self._ticket.check()

    def _try_again(self, crashed: _Crashed) -> None:
        row, times = crashed.row, self._crashes[crashed.row.number] + 1
        self._crashes[row.number] = times
        self._fruitless += 1
        if self._fruitless >= CRASHES_IN_A_ROW * (1 if self._alone else self._width):
            raise crashed.error
        if times < CRASHES_AMONG_OTHERS:
            self._again.append(row)
        elif times < CRASHES_AMONG_OTHERS + CRASHES_ALONE:
            self._suspects.appendleft(row) if self._alone else self._suspects.append(row)
        else:
            self._keep(RowResult(row.number, row.brief.product, problem=CRASHING_ROW))

    def _keep(self, result: RowResult) -> None:
        self._sheet.append(ResultRow(result.number, _cells(result, self._options)))
        self._fruitless = 0
        self._done += 1
        self._here += 1
        if result.problem:
            self._failed += 1
            self._problems.append((result.number, result.problem))
        progress = self._progress()
        self._ticket.report("rows", progress.done, progress.total)
        self._on_row(result, progress)

    def _write(self, row: RowBrief | RowProblem) -> RowResult | _Crashed:
        if isinstance(row, RowProblem):
            return RowResult(row.number, "", problem=row.reason)
        try:
            drafts = {channel: self._compose(row, channel).drafts for channel in self._options.channels}
        except (BriefInvalid, ContextOverflow) as error:
            return RowResult(row.number, row.brief.product, problem=brief_problem(error))
        except WorkerCrashed as error:
            return _Crashed(row, error)
        return RowResult(row.number, row.brief.product, drafts)

    def _compose(self, row: RowBrief, channel: Channel) -> ComposeResult:
        seed = None if self._options.seed is None else self._options.seed + row.number
        request = ComposeRequest(
            row.brief, channel, count=self._options.count, candidates=self._options.candidates, seed=seed
        )
        return self._composer.compose(request, ComposeListener(lambda _i, _t: None, lambda _d: None), self._ticket)

    def _progress(self) -> BatchProgress:
        minutes = (time.monotonic() - self._started) / 60
        rate = self._here / minutes if minutes > 0 else 0.0
        left = (self._total - self._done) / rate * 60 if rate else 0.0
        return BatchProgress(self._done, self._failed, self._total, rate, left)


ROW_PROBLEMS = {
    "empty": NOTHING_TO_WRITE,
    "no_name": "没有商品名称，请填上。",
    "too_long": TOO_LONG,
    "tone_unknown": "语气不认识，请改成亲切、专业、活泼这样的词，或留空。",
    "too_many_cells": "格子比列名多，请看看是不是多了逗号。",
    "bad_bytes": "有乱码，请把表格另存为 UTF-8 或 .xlsx。",
    "unclosed_quote": "引号没有配对，请检查这一行。",
    "cell_too_long": "有一格的字太多，请删短一些。",
}
"""Why a row of the table cannot be written, as the result's table tells it."""


def brief_problem(error: BriefInvalid | ContextOverflow) -> str:
    """Why a row cannot be written, in a Chinese sentence."""
    if isinstance(error, ContextOverflow):
        return "商品资料太长，放不进模型，请删短一些。"
    if error.reason == "too_long":
        return TOO_LONG
    return NOTHING_TO_WRITE


def _headings(options: BatchOptions) -> tuple[str, ...]:
    names = [CHANNELS[channel].name for channel in options.channels]
    if options.count > 1:
        names = [f"{name}{number}" for name in names for number in range(1, options.count + 1)]
    return (PRODUCT_HEADING, STATE_HEADING, *names, REASON_HEADING)


def _cells(result: RowResult, options: BatchOptions) -> tuple[str, ...]:
    texts: list[str] = []
    for channel in options.channels:
        found = [draft.text for draft in result.drafts.get(channel, ())][: options.count]
        texts += found + [""] * (options.count - len(found))
    return (
        result.product,
        FAILED if result.problem else DONE,
        *texts,
        ROW_PROBLEMS.get(result.problem, result.problem),
    )
