"""The poster of a draft: its dialog on its presenter."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.dialogs.poster import PosterDialog
from desktop.errors import error_words
from desktop.face import EngineFace
from desktop.joins.choosing import choose_file, choose_save, give, open_path
from desktop.joins.joined import join
from desktop.poster.values import Arrangement, Ground, PosterWish, PosterWords, Shape
from desktop.poster.words import starting_words
from desktop.presenters.poster import PosterPresenter
from desktop.presenters.slots import Slot, Slots
from desktop.shown import Message
from desktop.words import tr
from engine.domain import Brief

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

REMEMBERED = "poster"
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
NAME_CHARACTERS = 40


def open_poster(engine: EngineFace, slots: Slots, key: int, window: MainWindow) -> None:
    """Open the poster of a card; nothing for one that is still written."""
    found = slots.finished(key)
    if found is None:
        return
    slot, brief = found[0], found[0].brief
    dialog = PosterDialog(window, replace(_last_wish(window), words=_words_of(slot)))
    presenter = PosterPresenter(engine, window.around.jobs)

    def draw() -> None:
        presenter.draw(dialog.wish(), dialog.scale())
        presenter.check(dialog.wish().words, brief)

    def leave() -> None:
        slot.poster = (slot.text, dialog.wish().words)
        _remember_look(dialog.wish(), window)
        presenter.end()

    def saved(path: Path) -> None:
        dialog.accept()
        window.show_message(Message(tr("海报已存好"), tr("看看"), partial(open_path, path)))

    join(
        (
            (dialog.wished, draw),
            (dialog.file_dropped, presenter.take_file),
            (dialog.choose_wanted, lambda: _choose(presenter, window)),
            (dialog.export_wanted, lambda: _export(presenter, dialog, brief, window)),
            (dialog.finished, lambda _result: leave()),
            (presenter.picture_read, draw),
            (presenter.drawn, dialog.show_drawn),
            (presenter.findings, dialog.show_findings),
            (presenter.working, dialog.set_working),
            (presenter.failed, lambda error: dialog.show_error(error_words(error))),
            (presenter.saved, saved),
        )
    )
    dialog.open()
    draw()
    presenter.take_of_product(brief.product)


def _choose(presenter: PosterPresenter, window: MainWindow) -> None:
    kinds = tr("图片 (*.jpg *.jpeg *.png *.webp *.bmp *.gif)")
    give(choose_file(window, tr("选图片"), kinds), presenter.take_file)


def _export(presenter: PosterPresenter, dialog: PosterDialog, brief: Brief, window: MainWindow) -> None:
    name = NOT_IN_NAMES.sub(" ", brief.product).strip()[:NAME_CHARACTERS] or tr("商品")
    path = choose_save(window, tr("导出海报"), tr("{name}-海报.png", name=name), "PNG (*.png)")
    give(path, lambda path: presenter.export(dialog.wish(), _as_png(path)))


def _words_of(slot: Slot) -> PosterWords:
    """What the seller wrote on this draft's poster before, as long as the draft is the same; else its own words."""
    if slot.poster is not None and slot.poster[0] == slot.text:
        return slot.poster[1]
    return starting_words(slot.text, slot.brief)


def _remember_look(wish: PosterWish, window: MainWindow) -> None:
    """How it looked, for the next poster."""
    window.around.session.put(REMEMBERED, [wish.arrangement.value, wish.shape.value, wish.ground.value])
    window.remember()


def _last_wish(window: MainWindow) -> PosterWish:
    """Arrangement, size and ground of the last poster."""
    try:
        arrangement, shape, ground = window.around.session.get(REMEMBERED)
        return PosterWish(arrangement=Arrangement(arrangement), shape=Shape(shape), ground=Ground(ground))
    except (TypeError, ValueError):
        return PosterWish()


def _as_png(path: Path) -> Path:
    return path if path.suffix.lower() == ".png" else path.with_name(path.name + ".png")
