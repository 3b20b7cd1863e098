"""Looks into a repository and fetches a model; the only presenter whose jobs use the net."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from engine.domain import OfferedModel


class FetchPresenter(QObject):
    """One thing at a time, on a lane of its own: a download of an hour holds nothing else up."""

    offers = Signal(tuple)
    busy = Signal(str)
    step = Signal(object)
    arrived = Signal()
    paused = Signal()
    failed = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._job: Job | None = None
        self._arrived = False

    def look(self, repo: str) -> None:
        """Ask what a repository has."""
        self._start(
            "look", Job(Lane.NETWORK, lambda job: self._engine.models.offers(repo, job.ticket), self.offers.emit)
        )

    def download(self, offer: OfferedModel) -> None:
        """Fetch it, or go on where the last try ended."""

        def work(job: Job) -> None:
            self._engine.models.download(offer.repo, offer.filename, job.ticket)

        job = Job(Lane.NETWORK, work, lambda _none: self._take())
        self._start("download_model", job, downloading=True)

    def stop(self) -> None:
        """End what runs; what has come is kept."""
        if self._job is not None:
            self._job.cancel()

    def _start(self, stage: str, job: Job, *, downloading: bool = False) -> None:
        if self._job is not None:
            return
        self._job, self._arrived = job, False
        job.stepped, job.failed = self.step.emit, self.failed.emit
        job.ended = lambda: self._end(downloading=downloading)
        self.busy.emit(stage)
        self._jobs.start(job)

    def _take(self) -> None:
        self._arrived = True

    def _end(self, *, downloading: bool) -> None:
        self._job = None
        self.busy.emit("")
        if downloading:
            (self.arrived if self._arrived else self.paused).emit()
