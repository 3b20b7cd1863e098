"""Lists, imports, checks and removes models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.errors import error_words
from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.shown import Message, ModelRow
from desktop.words import size_words, tr
from engine.domain import InstalledModel
from engine.errors import EngineError


class ModelsPresenter(QObject):
    """Works on the files lane, so the window and the store stay free."""

    listed = Signal(tuple)
    machine = Signal(object)
    busy = Signal(str)
    step = Signal(object)
    message = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._job: Job | None = None

    def refresh(self) -> None:
        """Look at what is installed."""
        self._jobs.ask(Lane.FILES, self._rows, self.listed.emit)
        self._jobs.ask(Lane.FILES, self._engine.models.machine, self.machine.emit)

    def _rows(self) -> tuple[ModelRow, ...]:
        listing = self._engine.models.listing()
        try:
            default = self._engine.models.default().manifest.name
        except EngineError:
            default = ""
        fits = self._engine.models.fits()
        good = tuple(replace(_row(model, default), fit=fits.get(model.manifest.name)) for model in listing.models)
        return good + tuple(_broken(model) for model in listing.broken)

    def set_default(self, name: str) -> None:
        """Write with this one from now on."""
        self._long("load", lambda _job: self._engine.models.set_default(name), tr("下一次就用它来写"))

    def import_from(self, path: Path) -> None:
        """Copy a model from a disk."""
        self._long("copy", lambda job: self._engine.models.import_from(path, job.ticket), tr("模型已导入"))

    def verify(self, name: str) -> None:
        """Read every byte."""
        self._long("verify", lambda job: self._engine.models.verify(name, job.ticket), tr("文件完好"))

    def remove(self, name: str) -> None:
        """Delete an imported one."""
        self._long("remove", lambda _job: self._engine.models.remove(name), tr("已删除模型"))

    def stop(self) -> None:
        """End what runs."""
        if self._job is not None:
            self._job.cancel()

    def _long(self, stage: str, work: Callable[[Job], Any], words: str) -> None:
        if self._job is not None:
            return
        job = Job(Lane.FILES, work, lambda _value: self.message.emit(Message(words)))
        job.stepped, job.failed, job.ended = self.step.emit, self.failed.emit, self._end
        self._job = job
        self.busy.emit(stage)
        self._jobs.start(job)

    def _end(self) -> None:
        self._job = None
        self.busy.emit("")
        self.refresh()


def _row(model: InstalledModel, default: str) -> ModelRow:
    manifest = model.manifest
    facts = [manifest.base, manifest.quantisation, size_words(manifest.size), manifest.licence]
    if model.shipped:
        facts.insert(0, tr("随程序附带"))
    words = " · ".join(fact for fact in facts if fact)
    return ModelRow(manifest.name, manifest.title or manifest.name, words, manifest.name == default, not model.shipped)


def _broken(model: Any) -> ModelRow:
    words = error_words(model.problem)
    return ModelRow(
        model.folder.name,
        model.folder.name,
        "",
        False,
        not model.shipped,
        tr("⛔ {what}{advice}", what=words.what, advice=words.advice),
    )
