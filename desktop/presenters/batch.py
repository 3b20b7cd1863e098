"""Reads a table, writes it row by row, pauses, stops, goes on after a restart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.errors import row_words
from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.shown import BatchPlan, Message, RowShown
from desktop.words import tr
from engine.domain import CHANNELS, Channel

RESULT_NAME = "{stem}-文案.xlsx"


class BatchPresenter(QObject):
    """One table at a time."""

    table = Signal(object, list, int, int)
    resumable = Signal(bool)
    running = Signal(bool)
    row = Signal(object)
    progress = Signal(int, int, float, float)
    report = Signal(int, int, int, bool)
    step = Signal(object)
    message = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._job: Job | None = None
        self._control: Any = None
        self.source: Path | None = None
        self.target: Path | None = None

    def read(self, source: Path) -> None:
        """Look at a table."""
        if self._job is not None:
            return
        self._jobs.ask(Lane.FILES, lambda: self._engine.batch.preview(source), lambda found: self._show(source, found))

    def _show(self, source: Path, found: Any) -> None:
        self.source = source
        self.target = source.with_name(RESULT_NAME.format(stem=source.stem))
        columns = [(c.target.heading, _meaning(c.target), c.sample) for c in found.columns]
        self.table.emit(source, columns, found.good_count, found.bad_count)
        self.resumable.emit(self.target.exists())

    def start(self, channels: tuple[Channel, ...], count: int, resume: bool) -> None:
        """Write the table; without ``resume`` a result of before is left alone and a new file is made."""
        if self._job is not None or self.source is None or self.target is None:
            return
        if not channels:
            self.message.emit(Message(tr("请至少选一个渠道")))
            return
        if not resume:
            self.target = _free_name(self.source)
        plan = BatchPlan(self.source, self.target, channels, count, resume and self.target.exists())
        job = Job(Lane.BATCH, lambda job: self._run(plan, job), self._done)
        job.told, job.stepped, job.failed, job.ended = self._row_done, self.step.emit, self.failed.emit, self._end
        self._job = job
        self.running.emit(True)
        self._jobs.start(job)

    def _run(self, plan: BatchPlan, job: Job) -> Any:
        """Runs on the batch lane."""
        from engine.api import BatchControl, BatchOptions

        self._control = BatchControl()
        options = BatchOptions(plan.channels, plan.count, resume=plan.resume)
        on_row = lambda result, progress: job.tell((_shown(result), progress))  # noqa: E731
        return self._engine.batch.run(plan.source, plan.target, options, job.ticket, on_row, self._control)

    def pause(self, paused: bool) -> None:
        """Start no further row, or go on."""
        if self._control is not None:
            (self._control.pause if paused else self._control.go_on)()

    def stop(self) -> None:
        """End; rows that are done stay."""
        if self._job is not None:
            self._job.cancel()

    def _row_done(self, told: tuple[RowShown, Any]) -> None:
        shown, progress = told
        self.row.emit(shown)
        self.progress.emit(progress.done, progress.total, progress.rows_per_minute, progress.seconds_left)

    def _done(self, report: Any) -> None:
        progress = report.progress
        self.report.emit(progress.done, progress.total, progress.failed, report.stopped)
        self.message.emit(Message(tr("表格停下了") if report.stopped else tr("表格写完了")))

    def _end(self) -> None:
        self._job = self._control = None
        self.running.emit(False)
        self.resumable.emit(self.target is not None and self.target.exists())


def _shown(result: Any) -> RowShown:
    texts = tuple((CHANNELS[channel].name, draft.text) for channel, drafts in result.drafts.items() for draft in drafts)
    return RowShown(result.number, result.product, texts, row_words(result.problem) if result.problem else "")


def _meaning(target: Any) -> str:
    return tr("属性：{name}", name=target.attribute) if target.attribute else tr(target.title)


def _free_name(source: Path) -> Path:
    """A name beside the source that no file has."""
    plain = source.with_name(RESULT_NAME.format(stem=source.stem))
    numbered = (plain.with_name(f"{plain.stem}{number}{plain.suffix}") for number in range(2, 1000))
    return plain if not plain.exists() else next(path for path in numbered if not path.exists())
