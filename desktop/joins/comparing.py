"""Cards of the workbench beside each other, in a window over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.compare import CompareDialog
from desktop.face import EngineFace
from desktop.presenters.comparing import ComparingPresenter
from desktop.presenters.drafts import DraftsPresenter
from desktop.presenters.slots import Slots
from desktop.shown import ComparedDraft, Message
from desktop.words import tr

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


def join_comparing(engine: EngineFace, drafts: DraftsPresenter, slots: Slots, window: MainWindow) -> ComparingPresenter:
    """Make 对比 work."""
    pane = window.workbench.drafts
    wishes, presenter = pane.wishes, ComparingPresenter(engine, window.around.jobs, slots, window)

    def compare(first: int, second: int) -> None:
        keys = pane.shown_keys()
        left, right = sorted((keys.index(key) + 1, key) for key in (first, second))
        presenter.compare((left[1], left[0]), (right[1], right[0]))

    def show(sides: tuple[ComparedDraft, ComparedDraft], pieces: list[tuple[str, str]]) -> None:
        dialog = CompareDialog(window, sides, pieces)
        dialog.copy_wanted.connect(drafts.copy)
        dialog.keep_wanted.connect(lambda _kept, gone: drafts.delete(gone))
        dialog.finished.connect(lambda _result: wishes.choose_none())
        dialog.open()

    wishes.second_wanted.connect(lambda: window.show_message(Message(tr("再点一条的“对比”，就能并排看"))))
    wishes.compare_wanted.connect(compare)
    presenter.compared.connect(show)
    return presenter
