"""The page of models: what is installed, this computer, the net, adapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.face import EngineFace
from desktop.joins.choosing import choose_file, choose_folder, give
from desktop.joins.joined import JoinedPage, join
from desktop.presenters.machine import AdaptersPresenter, MachinePresenter
from desktop.presenters.model_fetch import FetchPresenter
from desktop.presenters.models import ModelsPresenter
from desktop.widgets.basics import set_role
from desktop.words import say, size_words, tr

if TYPE_CHECKING:
    from desktop.main_window import MainWindow
    from desktop.views.models import ModelsView
    from engine.api import Machine
    from engine.domain import OfferedModel

GGUF = "GGUF (*.gguf)"
REMEMBERED = "download"


def make_models(engine: EngineFace, window: MainWindow) -> JoinedPage:
    """The models page."""
    from desktop.views.machine import machine_words
    from desktop.views.models import ModelsView

    jobs = window.around.jobs
    view, models = ModelsView(), ModelsPresenter(engine, jobs, window)
    machine, adapters = MachinePresenter(engine, jobs, window), AdaptersPresenter(engine, jobs, window)

    def show_machine(found: Machine) -> None:
        view.machine.show_facts(machine_words(found.cores, found.threads, size_words(found.free_bytes), found.gpus))

    joints = (
        (view.import_file_wanted, lambda: give(choose_file(window, tr("导入模型"), GGUF), models.import_from)),
        (view.import_folder_wanted, lambda: give(choose_folder(window, tr("导入模型")), models.import_from)),
        (view.default_wanted, models.set_default),
        (view.verify_wanted, models.verify),
        (view.remove_wanted, models.remove),
        (view.stop_wanted, models.stop),
        (models.listed, view.show_models),
        (models.listed, lambda _rows: machine.refresh()),
        (models.listed, lambda _rows: adapters.refresh()),
        (models.machine, show_machine),
        (models.busy, view.set_busy),
        (models.step, view.busy.set_step),
        (models.message, window.show_message),
        (models.failed, window.show_error),
        (view.machine.measure_wanted, machine.measure),
        (view.machine.stop_wanted, machine.stop),
        (machine.speed, view.machine.show_speed),
        (machine.busy, view.machine.set_busy),
        (machine.step, view.machine.busy.set_step),
        (machine.failed, window.show_error),
        (view.adapters.add_wanted, lambda: give(choose_file(window, tr("添加适配文件"), GGUF), adapters.add)),
        (view.adapters.scale_wanted, adapters.set_scale),
        (view.adapters.remove_wanted, adapters.remove),
        (adapters.listed, view.adapters.show_adapters),
        (adapters.message, window.show_message),
        (adapters.failed, window.show_error),
        (window.around.words.changed, models.refresh),
    )
    join(joints)
    fetch = _join_fetch(engine, view, models, window)
    return JoinedPage(view, (models, machine, adapters, fetch), models.refresh)


def _join_fetch(engine: EngineFace, view: ModelsView, models: ModelsPresenter, window: MainWindow) -> FetchPresenter:
    """The card that uses the net; while it does, the window's sign says so."""
    card, fetch, session = view.fetch, FetchPresenter(engine, window.around.jobs, window), window.around.session

    def start(offer: OfferedModel) -> None:
        session.put(REMEMBERED, offer.repo)
        fetch.download(offer)

    def arrived() -> None:
        session.put(REMEMBERED, "")
        card.show_arrived()
        models.refresh()

    def show_online(stage: str) -> None:
        say(window.connection.setText, "● 正在联网" if stage else "● 离线")
        set_role(window.connection, "warn" if stage else "ok")

    joints = (
        (card.look_wanted, fetch.look),
        (card.download_wanted, start),
        (card.stop_wanted, fetch.stop),
        (fetch.offers, card.show_offers),
        (fetch.busy, card.set_busy),
        (fetch.busy, show_online),
        (fetch.step, card.busy.set_step),
        (fetch.arrived, arrived),
        (fetch.paused, card.show_paused),
        (fetch.failed, window.show_error),
    )
    join(joints)
    card.repo.setText(str(session.get(REMEMBERED, "")))
    return fetch
