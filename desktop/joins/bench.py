"""The workbench: its presenters on one view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop.dialogs.lines import LinesDialog
from desktop.dialogs.paste import PasteDialog
from desktop.errors import error_words, row_words
from desktop.face import EngineFace
from desktop.jobs import Lane
from desktop.joins.choosing import choose_file, give
from desktop.joins.comparing import join_comparing
from desktop.joins.pictures import join_pictures
from desktop.joins.reading import join_reading
from desktop.presenters.comparing import ComparingPresenter
from desktop.presenters.drafts import DraftsPresenter
from desktop.presenters.people import PeoplePresenter
from desktop.presenters.pictures import PicturesPresenter
from desktop.presenters.products import ProductsPresenter
from desktop.presenters.reading import ReadingPresenter
from desktop.presenters.reworking import ReworkingPresenter
from desktop.presenters.slots import Slots
from desktop.presenters.writing import WritingPresenter
from desktop.views.workbench import WorkbenchView
from desktop.words import tr

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class JoinedWorkbench:
    """The workbench's presenters."""

    writing: WritingPresenter
    reworking: ReworkingPresenter
    drafts: DraftsPresenter
    products: ProductsPresenter
    pictures: PicturesPresenter
    people: PeoplePresenter
    reading: ReadingPresenter
    slots: Slots
    comparing: ComparingPresenter

    def clear_table(self) -> None:
        """Forget the drafts on the table, pinned and hidden ones too."""
        keys = tuple(slot.key for slot in self.slots.all())
        self.slots.clear()
        self.drafts.closed.emit(keys)

    def start(self, draft_ids: tuple[int, ...]) -> None:
        """Show what was there at the last time."""
        self.products.refresh()
        self.people.refresh()
        if draft_ids:
            self.drafts.reopen(draft_ids)

    def close(self) -> None:
        """Keep edits, stop writing and reading."""
        self.reading.stop()
        self.drafts.keep_edits()
        self.writing.stop()


def join_workbench(view: WorkbenchView, engine: EngineFace, window: MainWindow) -> JoinedWorkbench:
    """Make the workbench work."""
    jobs, slots = window.around.jobs, Slots()
    writing = WritingPresenter(engine, jobs, slots, window)
    drafts = DraftsPresenter(engine, jobs, slots, window)
    products = ProductsPresenter(engine, jobs, window)
    people = PeoplePresenter(engine, jobs, window)
    reworking = ReworkingPresenter(writing, slots, window)
    _join_writing(view, writing, reworking, window)
    _join_drafts(view, drafts, writing, window)
    _join_products(view, products, window)
    pictures = join_pictures(view.form, engine, products, window)
    view.drafts.poster_wanted.connect(lambda key: _open_poster(engine, slots, key, window))
    jobs.ask(Lane.PICTURES, _load_poster)
    people.voices.connect(view.form.voice.show_voices)
    people.audiences.connect(view.form.audiences.show_audiences)
    writing.product_saved.connect(products.was_saved)
    products.form_changed(view.form.state())
    pictures.form_changed(view.form.state())
    reading, comparing = join_reading(view, engine, window), join_comparing(engine, drafts, slots, window)
    return JoinedWorkbench(writing, reworking, drafts, products, pictures, people, reading, slots, comparing)


def _join_writing(
    view: WorkbenchView, writing: WritingPresenter, reworking: ReworkingPresenter, window: MainWindow
) -> None:
    form, pane = view.form, view.drafts

    def write() -> None:
        form.set_writing(False)
        writing.write(form.state())

    form.write_wanted.connect(write)
    form.stop_wanted.connect(writing.stop)
    pane.action_wanted.connect(reworking.work_on)
    pane.wishes.more_wanted.connect(reworking.more)
    pane.wishes.channel_wanted.connect(reworking.change_channel)
    pane.wishes.tone_wanted.connect(reworking.change_tone)
    pane.wishes.part_wanted.connect(reworking.work_on_part)
    writing.opened.connect(pane.open_cards)
    writing.closed.connect(pane.close_cards)
    writing.text.connect(pane.show_text)
    writing.draft.connect(pane.show_draft)
    writing.order.connect(pane.set_order)
    writing.writing.connect(form.set_writing)
    writing.writing.connect(pane.set_busy)
    writing.step.connect(form.busy.set_step)
    writing.failed.connect(window.show_error)
    writing.crashed.connect(lambda error, missing: _tell_crash(error, missing, writing, window))
    writing.writing.connect(lambda on: window.notice.hide() if on else None)
    writing.stored.connect(window.remember)


def _tell_crash(error: Exception, missing: int, writing: WritingPresenter, window: MainWindow) -> None:
    """One sentence, and one button for what is missing."""
    words = error_words(error)
    if not missing:
        window.notice.tell(replace(words, advice=tr("一条也不缺，可以接着用。"), page=""))
        return
    advice = tr("点右边的按钮，只补没写完的；若常这样，到“模型”页换小一点的模型。")
    action = tr("再写没写完的 {n} 条", n=missing)
    window.notice.tell(replace(words, advice=advice), action, writing.write_unfinished)
    window.notice.act.setFocus()


def _join_drafts(view: WorkbenchView, drafts: DraftsPresenter, writing: WritingPresenter, window: MainWindow) -> None:
    pane = view.drafts
    pane.copy_wanted.connect(drafts.copy)
    pane.favourite_wanted.connect(drafts.set_favourite)
    pane.pin_wanted.connect(drafts.set_pinned)
    pane.delete_wanted.connect(drafts.delete)
    pane.edited.connect(drafts.edit)
    pane.edit_finished.connect(drafts.keep_edits)
    drafts.opened.connect(pane.open_cards)
    drafts.closed.connect(pane.close_cards)
    drafts.draft.connect(pane.show_draft)
    drafts.findings.connect(pane.show_findings)
    drafts.favourite.connect(pane.set_favourite)
    drafts.hidden.connect(pane.hide_card)
    drafts.shown_again.connect(pane.bring_back)
    drafts.copied.connect(window.copy_text)
    drafts.message.connect(window.show_message)
    drafts.stored.connect(window.remember)


def _join_products(view: WorkbenchView, products: ProductsPresenter, window: MainWindow) -> None:
    pane, form = view.products, view.form
    pane.search_wanted.connect(products.search)
    pane.chosen.connect(products.choose)
    pane.new_wanted.connect(products.start_new)
    pane.new_wanted.connect(form.product.setFocus)
    pane.delete_wanted.connect(products.delete)
    pane.import_wanted.connect(lambda: _choose_table(products, window))
    form.changed.connect(lambda: products.form_changed(form.state()))
    form.pasted.connect(products.fill_from)
    form.paste_wanted.connect(lambda: _paste(products, window))
    products.listed.connect(pane.show_products)
    products.selected.connect(pane.select)
    products.filled.connect(form.set_brief)
    products.saved.connect(form.set_product_id)
    products.importing.connect(lambda on: pane.busy.begin("import") if on else pane.busy.end())
    products.step.connect(pane.busy.set_step)
    products.message.connect(window.show_message)
    products.problems.connect(lambda found: _show_problems(found, window))


def _open_poster(engine: EngineFace, slots: Slots, key: int, window: MainWindow) -> None:
    from desktop.joins.poster import open_poster

    open_poster(engine, slots, key, window)


def _load_poster() -> None:
    """Runs in a job beside the start, so that the first poster opens without a pause."""
    import desktop.joins.poster  # noqa: F401  # to be there when it is asked for


def _paste(products: ProductsPresenter, window: MainWindow) -> None:
    """What is on the clipboard goes in at once; with nothing there, a field opens."""
    text = QGuiApplication.clipboard().text()
    if text.strip():
        products.fill_from(text)
        return
    dialog = PasteDialog(window)
    dialog.taken.connect(products.fill_from)
    dialog.open()


def _choose_table(products: ProductsPresenter, window: MainWindow) -> None:
    kinds = tr("表格 (*.xlsx *.csv *.tsv *.json *.jsonl *.txt)")
    give(choose_file(window, tr("导入表格"), kinds), products.import_table)


def _show_problems(problems: tuple[tuple[int, str], ...], window: MainWindow) -> None:
    lines = [tr("第 {row} 行：{reason}", row=row, reason=row_words(reason)) for row, reason in problems]
    LinesDialog(window, "没有导入的行", lines).open()
