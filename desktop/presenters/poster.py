"""Reads the seller's picture and draws posters, one job after the other; the last wish wins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.poster.drawing import Drawn, draw_poster, png_of
from desktop.poster.picture import STORED, Picture, picture_of, read_picture
from desktop.poster.values import PosterWish, PosterWords
from engine.domain import Brief


class PosterPresenter(QObject):
    """One poster, from its opening to its end; ``drawn`` brings previews, ``saved`` the file that was written."""

    drawn = Signal(object)
    picture_read = Signal()
    failed = Signal(object)
    saved = Signal(object)
    findings = Signal(tuple)
    working = Signal(bool)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._picture: Picture | None = None
        self._wanted: tuple[PosterWish, float] | None = None
        self._drawing = False
        self._open = True
        self._checked = ""

    def end(self) -> None:
        """The poster was closed: whatever is still on its way is for nobody."""
        self._open = False
        self._picture, self._wanted = None, None

    def take_file(self, path: Path) -> None:
        """Read another picture; the one of before stays where that fails."""
        self._start(lambda _job: read_picture(path), self._take)

    def take_of_product(self, name: str) -> None:
        """Begin with the picture that is kept with the product of this name, if there is one."""
        if name:
            self._jobs.ask(
                Lane.STORE, partial(self._engine.pictures.of_name, name), partial(self._if_open, self._read_stored)
            )

    def _read_stored(self, content: bytes | None) -> None:
        if content and self._picture is None:
            self._start(lambda _job: picture_of(content, Path(STORED)), self._take)

    def _take(self, picture: Picture) -> None:
        self._picture = picture
        self.picture_read.emit()

    def draw(self, wish: PosterWish, scale: float) -> None:
        """Draw a preview, unless there is no picture yet; wishes that come while one is drawn wait, the last one alone."""
        self._wanted = (wish, scale)
        if not self._drawing:
            self._draw_next()

    def check(self, words: PosterWords, brief: Brief) -> None:
        """Hold the words against the law and the product's data, as those of a draft are."""
        text = "\n".join(filter(None, (words.headline, words.body, words.brand, words.offer)))
        if text == self._checked:
            return
        self._checked = text
        job = Job(
            Lane.TEXT,
            lambda _job: self._engine.texts.check(text, brief),
            lambda found: self._if_open(self.findings.emit, found) if text == self._checked else None,
        )
        self._jobs.start(job)

    def _draw_next(self) -> None:
        wanted, self._wanted, picture = self._wanted, None, self._picture
        if wanted is None or picture is None:
            return
        self._drawing = True
        job = self._job(lambda _job: draw_poster(picture, *wanted), self.drawn.emit)
        job.ended = self._drew
        self._jobs.start(job)

    def _drew(self) -> None:
        self._drawing = False
        self._draw_next()

    def export(self, wish: PosterWish, path: Path) -> None:
        """Write the poster in its full size as a PNG file, whole or not at all."""
        picture = self._picture
        if picture is None:
            return

        def work(_job: Job) -> Path:
            drawn: Drawn = draw_poster(picture, wish)
            self._engine.pictures.write(path, png_of(drawn.image))
            return path

        self._start(work, self.saved.emit)

    def _start(self, work: Callable[[Job], Any], done: Callable[[Any], None]) -> None:
        job = self._job(work, done)
        job.ended = partial(self._if_open, self.working.emit, False)
        self.working.emit(True)
        self._jobs.start(job)

    def _job(self, work: Callable[[Job], Any], done: Callable[[Any], None]) -> Job:
        """A job whose answer counts only while the poster is open."""
        job = Job(Lane.PICTURES, work, partial(self._if_open, done))
        job.failed = partial(self._if_open, self.failed.emit)
        return job

    def _if_open(self, answer: Callable[[Any], None], value: Any) -> None:
        if self._open:
            answer(value)
