"""Reading aloud: every card's bar on one presenter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.face import EngineFace
from desktop.joins.joined import join
from desktop.presenters.reading import ReadingPresenter

if TYPE_CHECKING:
    from desktop.main_window import MainWindow
    from desktop.views.workbench import WorkbenchView


def join_reading(view: WorkbenchView, engine: EngineFace, window: MainWindow) -> ReadingPresenter:
    """Make the bars work; there is one pace for all."""
    pane = view.drafts
    reading = ReadingPresenter(engine, window.around.jobs, window)

    def made(key: int) -> None:
        pane.card(key).reading.set_pace(reading.pace)

    def paced(pace: int) -> None:
        for card in pane.cards():
            card.reading.set_pace(pace)
        reading.set_pace(pace)

    def marked(key: int, on: bool) -> None:
        if pane.has(key):
            pane.card(key).reading.set_on(on)

    def voiceless(key: int, words: str) -> None:
        if pane.has(key):
            pane.card(key).reading.set_voiceless(words)

    join(
        (
            (pane.made, made),
            (pane.pace_changed, paced),
            (pane.read_wanted, reading.toggle),
            (pane.gone, reading.forget),
            (view.form.stop_wanted, reading.stop),
            (reading.reading, marked),
            (reading.voiceless, voiceless),
        )
    )
    return reading
