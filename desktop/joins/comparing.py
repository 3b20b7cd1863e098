"""Cards of the workbench beside each other and beside what they were, in a window over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.compare import CompareDialog
from desktop.dialogs.versions import VersionsDialog
from desktop.face import EngineFace
from desktop.presenters.comparing import ComparingPresenter
from desktop.presenters.drafts import DraftsPresenter
from desktop.presenters.slots import Slots
from desktop.shown import ComparedDraft, FormerText, Message
from desktop.words import tr

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


def join_comparing(engine: EngineFace, drafts: DraftsPresenter, slots: Slots, window: MainWindow) -> ComparingPresenter:
    """Make 对比 and 以前的版本 work."""
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
    _join_versions(presenter, drafts, slots, window)
    return presenter


def _join_versions(presenter: ComparingPresenter, drafts: DraftsPresenter, slots: Slots, window: MainWindow) -> None:
    pane = window.workbench.drafts

    def look_back(key: int) -> None:
        drafts.keep_edits()
        presenter.look_back(key)

    def show(key: int, versions: tuple[FormerText, ...]) -> None:
        dialog = VersionsDialog(window, versions)
        dialog.chosen.connect(lambda version: presenter.set_against(key, version))
        presenter.changes.connect(dialog.show_changes)
        dialog.restore_wanted.connect(lambda version: restore(key, version.text))
        dialog.open()
        dialog.begin()

    def restore(key: int, text: str) -> None:
        if slots.finished(key) is None:
            return
        before = pane.card(key).edit.text()
        put(key, text)
        undo = Message(tr("已换回以前的版本"), tr("撤销"), lambda: put(key, before))
        window.show_message(undo)

    def put(key: int, text: str) -> None:
        """Another text for a draft, when it is still on the table."""
        if slots.finished(key) is not None:
            pane.card(key).edit.rewrite(text)
            drafts.keep_edits()

    pane.wishes.versions_wanted.connect(look_back)
    presenter.versions.connect(show)
    presenter.message.connect(window.show_message)
