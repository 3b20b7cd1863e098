"""The campaigns page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.face import EngineFace
from desktop.joins.choosing import choose_file, choose_save, give
from desktop.joins.joined import JoinedPage, join
from desktop.joins.long_work import LongWork
from desktop.words import tr

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


def make_campaigns(engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The campaigns page; it writes about the product that stands on the workbench."""
    from desktop.presenters.campaigns import CampaignsPresenter
    from desktop.views.campaigns import CampaignsView

    view, presenter = CampaignsView(), CampaignsPresenter(engine, window.around.jobs, window)
    long_work = LongWork(engine, window, "投放的版本写好了，可以回来看了", "投放没有写完，请回来看看")
    panel, people, form = view.panel, window.workbench_joined.people, window.workbench.form
    kinds = tr("表格 (*.xlsx *.csv *.tsv *.json *.jsonl *.txt)")

    def export(number: int, name: str) -> None:
        path = choose_save(window, tr("导出投放表"), f"{name}.xlsx", "Excel (*.xlsx);;CSV (*.csv)")
        give(path, lambda chosen: presenter.export(number, chosen))

    def read(number: int) -> None:
        path = choose_file(window, tr("选择填好的投放表"), kinds)
        give(path, lambda chosen: presenter.import_results(number, chosen))

    def visit() -> None:
        view.plan.show_product(form.state())
        people.refresh()
        presenter.refresh()
        view.reopen()

    joints = (
        (view.chosen, presenter.open),
        (view.plan.start_wanted, presenter.start),
        (view.plan.product_wanted, lambda: window.go_to("workbench")),
        (panel.write_wanted, presenter.write),
        (panel.stop_wanted, presenter.stop),
        (panel.export_wanted, export),
        (panel.import_wanted, read),
        (panel.delete_wanted, presenter.delete),
        (panel.copy_wanted, window.copy_text),
        (panel.edit_wanted, presenter.edit),
        (presenter.entry, window.restore_entry),
        (people.audiences, view.plan.show_audiences),
        (presenter.listed, view.show_campaigns),
        (presenter.opened, view.show_campaign),
        (presenter.version, panel.add_version),
        (presenter.suggestions, view.show_suggestions),
        (presenter.writing, panel.set_writing),
        (panel.stop_wanted, long_work.forget),
        (presenter.failed, long_work.fail),
        (presenter.writing, long_work.set_running),
        (presenter.step, panel.busy.set_step),
        (presenter.gone, view.start_new),
        (presenter.message, window.show_message),
        (presenter.failed, window.show_error),
        (window.around.words.changed, view.show_words),
    )
    join(joints)
    return JoinedPage(view, (presenter, long_work), visit)
