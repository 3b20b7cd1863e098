"""The pages behind the navigation; each is made when it is first visited. ``MAKERS`` is their table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.dialogs.lines import LinesDialog
from desktop.face import EngineFace
from desktop.joins.campaigns import make_campaigns
from desktop.joins.choosing import choose_file, choose_folder, choose_save, give, open_path
from desktop.joins.joined import JoinedPage, join
from desktop.joins.long_work import LongWork
from desktop.joins.models import make_models
from desktop.joins.people import make_people
from desktop.words import tr
from engine import __version__
from engine.domain import Channel

if TYPE_CHECKING:
    from desktop.main_window import MainWindow
    from desktop.shown import FormState
    from engine.domain.records import Template


def make_history(engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The history page."""
    from desktop.presenters.history import HistoryPresenter
    from desktop.views.history import HistoryView

    view, presenter = HistoryView(), HistoryPresenter(engine, window.around.jobs, window)
    joints = (
        (view.wanted, presenter.find),
        (view.model.more_wanted, presenter.more),
        (view.chosen, presenter.compare),
        (view.copy_wanted, presenter.copy),
        (view.favourite_wanted, presenter.set_favourite),
        (view.rate_wanted, presenter.rate),
        (view.delete_wanted, presenter.delete),
        (view.undelete_wanted, presenter.undelete),
        (view.restore_wanted, window.restore_entry),
        (view.withhold_wanted, presenter.withhold),
        (view.export_wanted, lambda ids: _export(ids, presenter.export, window)),
        (presenter.started, view.start_anew),
        (presenter.page, view.append),
        (presenter.changed, view.entry_changed),
        (presenter.gone, view.entry_gone),
        (presenter.differences, view.show_changes),
        (presenter.copied, window.copy_text),
        (presenter.message, window.show_message),
        (window.around.words.changed, view.show_words),
    )
    join(joints)
    return JoinedPage(view, (presenter,), view.ask)


def _export(ids: list[int], export: Callable[[list[int], Path], None], window: MainWindow) -> None:
    kinds = "Word (*.docx);;Excel (*.xlsx);;CSV (*.csv);;Markdown (*.md);;TXT (*.txt)"
    if ids:
        give(choose_save(window, tr("导出文案"), tr("文案") + ".docx", kinds), lambda path: export(ids, path))


def make_batch(engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The batch page."""
    from desktop.presenters.batch import BatchPresenter
    from desktop.views.batch import BatchView

    view, presenter = BatchView(), BatchPresenter(engine, window.around.jobs, window)
    long_work = LongWork(engine, window, "表格写好了，可以回来看了", "表格没有写完，请回来看看")
    kinds = tr("表格 (*.xlsx *.csv *.tsv *.json *.jsonl *.txt)")
    joints = (
        (view.choose_wanted, lambda: give(choose_file(window, tr("选择表格"), kinds), presenter.read)),
        (view.dropped, presenter.read),
        (view.start_wanted, lambda: presenter.start(view.channels(), view.count.value(), view.resume.isChecked())),
        (view.pause_wanted, presenter.pause),
        (view.stop_wanted, presenter.stop),
        (view.open_wanted, lambda: give(presenter.target, open_path)),
        (presenter.table, view.show_table),
        (presenter.resumable, view.offer_resume),
        (presenter.running, view.set_running),
        (view.stop_wanted, long_work.forget),
        (presenter.failed, long_work.fail),
        (presenter.running, long_work.set_running),
        (presenter.row, view.add_row),
        (presenter.progress, view.show_progress),
        (presenter.report, view.show_report),
        (presenter.step, view.busy.set_step),
        (presenter.message, window.show_message),
        (presenter.failed, window.show_error),
    )
    join(joints)
    session = window.around.session
    presenter.running.connect(lambda _on: session.put("batch", _batch_memory(view.channels(), presenter.source)))
    presenter.running.connect(lambda _on: window.remember())
    _reopen_batch(session.get("batch"), view.set_channels, presenter.read)
    return JoinedPage(view, (presenter, long_work), lambda: None)


def _batch_memory(channels: tuple[Channel, ...], source: Path | None) -> dict[str, object]:
    return {"source": str(source or ""), "channels": [channel.value for channel in channels]}


def _reopen_batch(
    memory: object, set_channels: Callable[[tuple[Channel, ...]], None], read: Callable[[Path], None]
) -> None:
    """The table of the last time, when it is still there."""
    if not isinstance(memory, dict) or not Path(str(memory.get("source", ""))).is_file():
        return
    known = {channel.value: channel for channel in Channel}
    set_channels(tuple(known[name] for name in memory.get("channels", ()) if name in known))
    read(Path(str(memory["source"])))


def make_feedback(engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The feedback page."""
    from desktop.presenters.feedback import FeedbackPresenter
    from desktop.views.feedback import FeedbackView

    view, presenter = FeedbackView(), FeedbackPresenter(engine, window.around.jobs, window)

    def export() -> None:
        name = tr("掌柜文案反馈包") + ".zip"
        give(choose_save(window, tr("导出反馈包"), name, "ZIP (*.zip)"), presenter.export)

    joints = (
        (view.forget_wanted, presenter.forget),
        (view.preview_wanted, presenter.look),
        (view.export_wanted, export),
        (view.withdraw_wanted, presenter.withdraw),
        (view.new_number_wanted, presenter.new_number),
        (presenter.consent, view.show_consent),
        (presenter.learned, view.show_learned),
        (presenter.preview, view.show_preview),
        (presenter.message, window.show_message),
        (window.around.words.changed, view.show_words),
    )
    join(joints)
    return JoinedPage(view, (presenter,), presenter.refresh)


def make_templates(engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The templates page."""
    from desktop.dialogs.holes import HolesDialog
    from desktop.presenters.templates import TemplatesPresenter
    from desktop.views.templates import TemplatesView

    view, presenter = TemplatesView(), TemplatesPresenter(engine, window.around.jobs, window)
    form = window.workbench.form

    def ask(template: Template, state: FormState) -> None:
        dialog = HolesDialog(window, template)
        dialog.filled.connect(lambda values: presenter.fill(template, values, state))
        dialog.open()

    def used(state: FormState) -> None:
        form.set_state(state)
        window.go_to("workbench")

    def show_problems(found: tuple[tuple[int, str], ...]) -> None:
        lines = [tr("第 {row} 个：{reason}", row=row, reason=reason) for row, reason in found]
        LinesDialog(window, "没有导入的模板", lines).open()

    kinds = tr("模板 (*.json)")
    joints = (
        (view.use_wanted, lambda template: presenter.use(template, form.state())),
        (view.save_wanted, presenter.save),
        (view.delete_wanted, presenter.delete),
        (view.from_form_wanted, lambda: presenter.from_form(form.state())),
        (view.import_wanted, lambda: give(choose_file(window, tr("导入模板"), kinds), presenter.import_from)),
        (
            view.export_wanted,
            lambda: give(choose_save(window, tr("导出模板"), tr("模板") + ".json", kinds), presenter.export),
        ),
        (presenter.listed, view.show_templates),
        (presenter.shown, view.show_template),
        (presenter.holes, ask),
        (presenter.used, used),
        (presenter.message, window.show_message),
        (presenter.failed, window.show_error),
        (presenter.problems, show_problems),
        (window.around.words.changed, view.show_words),
    )
    join(joints)
    return JoinedPage(view, (presenter,), presenter.refresh)


def make_privacy(engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The privacy page."""
    from desktop.dialogs.confirm import EraseDialog
    from desktop.dialogs.passphrase import PassphraseDialog
    from desktop.presenters.privacy import PrivacyPresenter
    from desktop.views.privacy import PrivacyView

    view, presenter = PrivacyView(), PrivacyPresenter(engine, window.around.jobs, window)

    def ask_erase() -> None:
        dialog = EraseDialog(window)
        dialog.agreed.connect(presenter.erase)
        dialog.open()

    def ask_erase_product(name: str) -> None:
        what = tr("商品“{name}”和它的所有文案都会删除，旧的备份也会换成新的。", name=name)
        dialog = EraseDialog(window, what, name)
        dialog.agreed.connect(lambda: presenter.erase_product(name))
        dialog.open()

    def ask_erase_period(since: datetime, until: datetime) -> None:
        dialog = EraseDialog(window, tr("这些天写的文案都会删除，旧的备份也会换成新的。"), tr("抹掉"))
        dialog.agreed.connect(lambda: presenter.erase_period(since, until))
        dialog.open()

    def ask_passphrase() -> None:
        dialog = PassphraseDialog(window)
        dialog.chosen.connect(presenter.guard)
        dialog.open()

    joints = (
        (view.export_wanted, lambda: give(choose_folder(window, tr("存到哪里")), presenter.export)),
        (view.backup_wanted, presenter.backup),
        (view.restore_wanted, presenter.restore),
        (view.phrase_wanted, presenter.show_phrase),
        (view.erase_wanted, ask_erase),
        (view.erase_product_wanted, ask_erase_product),
        (view.erase_period_wanted, ask_erase_period),
        (view.passphrase_wanted, ask_passphrase),
        (view.no_passphrase_wanted, lambda: presenter.guard("")),
        (presenter.summary, view.show_summary),
        (presenter.backups, view.show_backups),
        (presenter.phrase, lambda words: LinesDialog(window, "恢复短语", [words]).open()),
        (presenter.message, window.show_message),
        (presenter.replaced, window.data_replaced),
        (window.around.words.changed, view.show_words),
    )
    join(joints)
    return JoinedPage(view, (presenter,), presenter.refresh)


def make_settings(engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The settings page."""
    from desktop.presenters.settings import SettingsPresenter
    from desktop.views.settings import SettingsView

    view, presenter = SettingsView(), SettingsPresenter(engine, window.around.jobs, window)
    joints = (
        (view.changed, presenter.change),
        (presenter.listed, view.show_settings),
        (presenter.language, window.use_language),
        (presenter.theme, window.use_theme),
        (presenter.pace, window.workbench.drafts.pace_changed.emit),
        (presenter.failed, window.show_error),
        (window.around.words.changed, presenter.refresh),
    )
    join(joints)
    return JoinedPage(view, (presenter,), presenter.refresh)


def make_help(engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The help page."""
    from desktop.views.help import HelpView

    view = HelpView(__version__)
    joints = (
        (view.tour_wanted, window.tour.start),
        (view.sample_wanted, window.try_sample),
        (view.logs_wanted, lambda: open_path(window.around.paths.logs)),
        (window.around.words.changed, view.show_words),
    )
    join(joints)
    return JoinedPage(view, (), lambda: None)


MAKERS: dict[str, Callable[[EngineFace, MainWindow], JoinedPage]] = {
    "batch": make_batch,
    "history": make_history,
    "feedback": make_feedback,
    "models": make_models,
    "templates": make_templates,
    "people": make_people,
    "campaigns": make_campaigns,
    "privacy": make_privacy,
    "settings": make_settings,
    "help": make_help,
}
