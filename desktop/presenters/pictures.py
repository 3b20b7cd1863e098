"""The picture of the product in the form: read, shown, kept with the product, taken away with a way back.

A product that has no number yet cannot have a picture in the store: until it gets one the picture is held here
(``unsaved`` tells whoever saves products), and a product that has a name is saved for its sake at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.poster.picture import STORED, Picture, jpeg_of, picture_of, read_picture, small_copy
from desktop.shown import FormState, Message
from desktop.words import tr
from engine.domain import Brief

KEPT_SIDE = 1024
SHOWN_SIDE = 240


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be kept and shown: a JPEG file's bytes, a small image, the names of its colours."""

    content: bytes
    small: QImage
    colours: tuple[str, ...]


class PicturesPresenter(QObject):
    """One picture at a time, that of the form's product."""

    shown = Signal(object, tuple)
    unsaved = Signal(bytes)
    save_wanted = Signal()
    failed = Signal(object)
    message = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._product_id = 0
        self._name = ""
        self._unsaved = b""
        self._content = b""
        self._turn = 0

    # the form

    def form_changed(self, state: FormState) -> None:
        """The form may hold another product now."""
        self._name = state.brief.product.strip()
        if state.product_id != self._product_id:
            self._go_to(state.product_id)

    def filled(self, brief: Brief, product_id: int) -> None:
        """The form was filled; when it was emptied, a picture that waits goes too, what is pasted beside one leaves it."""
        if not product_id and not brief.product:
            self._go_to(0)

    def product_saved(self, product_id: int) -> None:
        """The form's product has a number: its picture can be kept."""
        self._product_id = product_id
        if content := self._unsaved:
            self._hold(b"")
            self._keep(product_id, content)

    def clear(self) -> None:
        """Everything was erased."""
        self._go_to(0)

    def _go_to(self, product_id: int) -> None:
        self._turn += 1
        self._product_id, self._content = product_id, b""
        self._hold(b"")
        self.shown.emit(None, ())
        if product_id:
            turn = self._turn
            self._jobs.ask(
                Lane.STORE, lambda: self._engine.pictures.of_product(product_id), lambda found: self._read(found, turn)
            )

    def _read(self, content: bytes | None, turn: int) -> None:
        if content and turn == self._turn:
            self._show_stored(content)

    # a new picture

    def take_file(self, path: Path) -> None:
        """Read a file and keep a small copy with the product; what was there stays where that fails."""
        self._prepare(lambda: self._prepared(read_picture(path)), self._take)

    def _take(self, made: Prepared) -> None:
        self._show(made)
        if self._product_id:
            self._keep(self._product_id, made.content)
        else:
            self._hold(made.content)
            if self._name:
                self.save_wanted.emit()

    def keep_now(self, state: FormState) -> int:
        """The window closes: save the product of a picture that waits; its number, or 0 where there is nothing to do."""
        if not self._unsaved or not state.brief.product.strip():
            return 0
        number = self._engine.products.save(replace(state.brief, source=""), state.product_id)
        self._engine.pictures.keep(number, self._unsaved)
        self._unsaved = b""
        return number

    # taking it away

    def remove(self) -> None:
        """Take the picture away; a bar with 撤销 stays for a while."""
        product_id, content = self._product_id, self._content
        self._turn += 1
        self._content = b""
        self.shown.emit(None, ())
        if product_id:
            self._jobs.ask(Lane.STORE, lambda: self._engine.pictures.remove(product_id))
        else:
            self._hold(b"")
        self.message.emit(Message(tr("已拿掉商品图"), tr("撤销"), partial(self._put_back, product_id, content)))

    def _put_back(self, product_id: int, content: bytes) -> None:
        if product_id:
            self._keep(product_id, content)
        elif not self._product_id:
            self._hold(content)
        if product_id == self._product_id:
            self._show_stored(content)

    # parts

    def _hold(self, content: bytes) -> None:
        if self._unsaved != content:
            self._unsaved = content
            self.unsaved.emit(content)

    def _keep(self, product_id: int, content: bytes) -> None:
        self._jobs.ask(Lane.STORE, lambda: self._engine.pictures.keep(product_id, content))

    def _show(self, made: Prepared) -> None:
        self._content = made.content
        self.shown.emit(made.small, made.colours)

    def _show_stored(self, content: bytes) -> None:
        self._prepare(lambda: replace(self._prepared(picture_of(content, Path(STORED))), content=content), self._show)

    def _prepare(self, work: Callable[[], Prepared], done: Callable[[Prepared], None]) -> None:
        """Read in a job; the answer counts only while nothing else was wanted since."""
        self._turn += 1
        turn = self._turn
        job = Job(Lane.PICTURES, lambda _job: work(), lambda made: done(made) if turn == self._turn else None)
        job.failed = self.failed.emit
        self._jobs.start(job)

    def _prepared(self, picture: Picture) -> Prepared:
        """Runs on the pictures' lane."""
        colours = self._engine.pictures.colour_words(picture.palette.colours)
        small = small_copy(picture.image, SHOWN_SIDE)
        return Prepared(jpeg_of(small_copy(picture.image, KEPT_SIDE)), small, colours)
