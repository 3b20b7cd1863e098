"""Voices and audiences: lists for every place that shows them, keeping, deleting with undo, groups of buyers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.shown import Message
from desktop.words import tr
from engine.domain.preference import Audience, BrandVoice, OrderImport, Segment


class PeoplePresenter(QObject):
    """Between the store and the page, and the choices in the brief form."""

    voices = Signal(list)
    audiences = Signal(list)
    voice_kept = Signal(object)
    audience_kept = Signal(object)
    voice_gone = Signal()
    audience_gone = Signal()
    told = Signal(object, tuple)
    importing = Signal(bool)
    step = Signal(object)
    imported = Signal(object)
    message = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._import: Job | None = None

    def refresh(self) -> None:
        """Show what there is."""
        self._jobs.ask(Lane.STORE, self._engine.voices.all, self.voices.emit)
        self._jobs.ask(Lane.STORE, self._engine.audiences.all, self.audiences.emit)

    def save_voice(self, voice: BrandVoice) -> None:
        """Keep it, new or changed."""

        def done(kept: BrandVoice) -> None:
            self.voice_kept.emit(kept)
            self.message.emit(Message(tr("口吻“{name}”已保存", name=kept.name)))
            self.refresh()

        self._do(lambda: self._engine.voices.save(voice), done)

    def delete_voice(self, voice: BrandVoice) -> None:
        """Remove it, with a way back."""
        gone = Message(tr("口吻“{name}”已删除", name=voice.name), tr("撤销"), lambda: self._put_back_voice(voice))

        def done(_none: object) -> None:
            self.voice_gone.emit()
            self.message.emit(gone)
            self.refresh()

        self._do(lambda: self._engine.voices.delete(voice.voice_id), done)

    def save_audience(self, audience: Audience) -> None:
        """Keep it, new or changed."""

        def done(kept: Audience) -> None:
            self.audience_kept.emit(kept)
            self.message.emit(Message(tr("人群“{name}”已保存", name=kept.name)))
            self.refresh()

        self._do(lambda: self._engine.audiences.save(audience), done)

    def delete_audience(self, audience: Audience) -> None:
        """Remove it, with a way back."""
        gone = Message(
            tr("人群“{name}”已删除", name=audience.name), tr("撤销"), lambda: self._put_back_audience(audience)
        )

        def done(_none: object) -> None:
            self.audience_gone.emit()
            self.message.emit(gone)
            self.refresh()

        self._do(lambda: self._engine.audiences.delete(audience.audience_id), done)

    def describe(self, voice: BrandVoice) -> None:
        """Tell what its samples teach."""
        self._jobs.ask(
            Lane.TEXT, lambda: self._engine.voices.traits(voice), lambda traits: self.told.emit(voice, traits)
        )

    def import_orders(self, path: Path) -> None:
        """Group the buyers of an order history."""
        if self._import is not None:
            return
        job = Job(Lane.FILES, lambda job: self._engine.audiences.import_orders(path, job.ticket), self._show_import)
        job.stepped = self.step.emit
        job.failed = self.failed.emit
        job.ended = self._end_import
        self._import = job
        self.importing.emit(True)
        self._jobs.start(job)

    def stop_import(self) -> None:
        """Give the import up."""
        if self._import is not None:
            self._import.cancel()

    def keep_segment(self, segment: Segment) -> None:
        """Make an audience of a group of buyers."""
        self.save_audience(self._engine.audiences.from_segment(segment))

    def _show_import(self, found: OrderImport) -> None:
        self.imported.emit(found)

    def _end_import(self) -> None:
        self._import = None
        self.importing.emit(False)

    def _put_back_voice(self, voice: BrandVoice) -> None:
        self._do(lambda: self._engine.voices.put_back(voice), lambda _none: self.refresh())

    def _put_back_audience(self, audience: Audience) -> None:
        self._do(lambda: self._engine.audiences.put_back(audience), lambda _none: self.refresh())

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        job = Job(Lane.STORE, lambda _job: work(), done)
        job.failed = self.failed.emit
        self._jobs.start(job)
