"""Measures this computer, and puts adapters on the model that writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.shown import Message
from desktop.words import tr
from engine.domain import Speed
from engine.errors import EngineError


class MachinePresenter(QObject):
    """Measures on the writing lane, so that nothing else is written meanwhile and the number is true."""

    speed = Signal(object, str)
    busy = Signal(bool)
    step = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._job: Job | None = None

    def refresh(self) -> None:
        """What was measured last."""
        self._jobs.ask(Lane.FILES, self._last, lambda found: self.speed.emit(*found))

    def measure(self) -> None:
        """Measure now."""
        if self._job is not None:
            return
        job = Job(Lane.WRITING, lambda job: self._engine.speed.measure(job.ticket))
        job.stepped, job.failed, job.ended = self.step.emit, self.failed.emit, self._end
        self._job = job
        self.busy.emit(True)
        self._jobs.start(job)

    def stop(self) -> None:
        """End the measurement."""
        if self._job is not None:
            self._job.cancel()

    def _last(self) -> tuple[Speed | None, str]:
        try:
            model = self._engine.writing.model_name()
        except EngineError:
            model = ""
        return self._engine.speed.last(), model

    def _end(self) -> None:
        self._job = None
        self.busy.emit(False)
        self.refresh()


class AdaptersPresenter(QObject):
    """Adapters by name; whatever fails, the list then shows what holds."""

    listed = Signal(tuple)
    message = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs

    def refresh(self) -> None:
        """Look at what there is."""
        self._jobs.ask(Lane.FILES, self._engine.adapters.listing, self.listed.emit)

    def add(self, path: Path) -> None:
        """Copy one in, and switch it on where the model can take it."""

        def work(job: Job) -> bool:
            name = self._engine.adapters.add(path, job.ticket)
            fits = next((a.problem is None for a in self._engine.adapters.listing() if a.name == name), False)
            if fits:
                self._engine.adapters.put_on(name)
            return fits

        self._do(work, lambda fits: tr("已添加，下一条就用上") if fits else tr("已添加，现在的模型用不上它"))

    def set_scale(self, name: str, scale: float) -> None:
        """Switch on this strongly; 0 switches off."""
        words = tr("下一条就用上") if scale else tr("已关掉适配文件")
        self._do(lambda _job: self._engine.adapters.put_on(name, scale), lambda _none: words)

    def remove(self, name: str) -> None:
        """Delete one."""
        self._do(lambda _job: self._engine.adapters.remove(name), lambda _none: tr("已删除适配文件"))

    def _do(self, work: Callable[[Job], Any], words: Callable[[Any], str]) -> None:
        job = Job(Lane.FILES, work, lambda value: self.message.emit(Message(words(value))))
        job.failed, job.ended = self.failed.emit, self.refresh
        self._jobs.start(job)
