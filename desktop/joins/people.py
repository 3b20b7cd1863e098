"""The page of voices and audiences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.face import EngineFace
from desktop.joins.choosing import choose_file, give
from desktop.joins.joined import JoinedPage, join
from desktop.words import tr

if TYPE_CHECKING:
    from desktop.main_window import MainWindow
    from engine.domain.preference import Audience


def make_people(_engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The page of voices and audiences; its presenter is the workbench's, whose form shows the same lists."""
    from desktop.views.people import PeopleView

    view, presenter, form = PeopleView(), window.workbench_joined.people, window.workbench.form

    def use(audience: Audience) -> None:
        form.audience.setText(audience.told)
        form.audience.setCursorPosition(0)
        window.go_to("workbench")

    kinds = tr("表格 (*.xlsx *.csv *.tsv *.json *.jsonl *.txt)")
    joints = (
        (view.voice.save_wanted, presenter.save_voice),
        (view.voice.delete_wanted, presenter.delete_voice),
        (view.voice.changed, presenter.describe),
        (view.audience.save_wanted, presenter.save_audience),
        (view.audience.delete_wanted, presenter.delete_audience),
        (view.audience.use_wanted, use),
        (view.segments.keep_wanted, presenter.keep_segment),
        (view.import_wanted, lambda: give(choose_file(window, tr("选择订单表"), kinds), presenter.import_orders)),
        (view.stop_wanted, presenter.stop_import),
        (presenter.voices, view.show_voices),
        (presenter.audiences, view.show_audiences),
        (presenter.voice_kept, view.voice.show_kept),
        (presenter.audience_kept, view.audience.show_kept),
        (presenter.voice_gone, view.close_voice),
        (presenter.audience_gone, view.close_audience),
        (presenter.told, view.voice.show_learned),
        (presenter.importing, view.set_importing),
        (presenter.step, view.busy.set_step),
        (presenter.imported, view.show_import),
        (presenter.message, window.show_message),
        (presenter.failed, window.show_error),
        (window.around.words.changed, view.show_words),
    )
    join(joints)
    return JoinedPage(view, (), presenter.refresh)
