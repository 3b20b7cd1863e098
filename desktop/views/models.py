"""The models page: which one writes, what else is installed, and what this computer can do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.shown import ModelRow
from desktop.views.machine import MachineCard
from desktop.views.model_adapters import AdaptersCard
from desktop.views.model_fetch import FetchCard
from desktop.widgets.basics import button, card, clear, column, holder, label, page, row
from desktop.widgets.busy import BusyLine
from desktop.widgets.fit_label import fit_label
from desktop.widgets.flow import FlowLayout
from desktop.widgets.tokens import SPACE_1, SPACE_3


class ModelsView(QWidget):
    """A card for each model."""

    import_file_wanted = Signal()
    import_folder_wanted = Signal()
    default_wanted = Signal(str)
    verify_wanted = Signal(str)
    remove_wanted = Signal(str)
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_3)
        self._rows: tuple[ModelRow, ...] = ()
        self.fetch, self.adapters, self.machine = FetchCard(), AdaptersCard(), MachineCard()
        self.busy = BusyLine()
        self.stop = button("停止", self.stop_wanted.emit, icon="stop")
        self.stop.hide()
        intro = label(
            "模型是写文案的“笔”。它在这台电脑上工作，不联网。也可以从U盘导入别的模型（GGUF 文件）。", "quiet", wrap=True
        )
        buttons = row(
            button("导入模型文件", self.import_file_wanted.emit, icon="import"),
            button("导入模型文件夹", self.import_folder_wanted.emit, icon="import"),
            None,
        )
        self.setLayout(
            column(
                page(
                    "模型",
                    intro,
                    self._list,
                    buttons,
                    row(self.busy, self.stop),
                    self.machine,
                    self.fetch,
                    self.adapters,
                )
            )
        )

    def show_models(self, rows: tuple[ModelRow, ...]) -> None:
        """Show these."""
        self._rows = rows
        self.show_words()

    def show_words(self) -> None:
        """Everything in the language of now."""
        for part in (self.fetch, self.adapters, self.machine):
            part.show_words()
        clear(self._list)
        if not self._rows:
            self._list.addWidget(label("还没有可用的模型。请从U盘或文件夹导入一个。", "quiet", wrap=True))
        for model in self._rows:
            self._list.addWidget(self._card(model))

    def set_busy(self, stage: str) -> None:
        """Something long runs, or "" when it is over."""
        self.stop.setVisible(bool(stage))
        if stage:
            self.busy.begin(stage)
        else:
            self.busy.end()

    def _card(self, model: ModelRow) -> QFrame:
        title, facts = label("", "heading", wrap=True), label("", "quiet", wrap=True)
        title.setText(model.title)
        facts.setText(model.problem or model.facts)
        actions = FlowLayout()
        if model.is_default:
            actions.addWidget(label("✓ 正在用它写", "ok"))
        elif not model.problem:
            actions.addWidget(button("用它来写", lambda: self.default_wanted.emit(model.name)))
        if not model.problem:
            actions.addWidget(
                button("检查文件", lambda: self.verify_wanted.emit(model.name), tip="逐字节核对，确认没有损坏")
            )
        if model.removable:
            actions.addWidget(button("删除", lambda: self.remove_wanted.emit(model.name), icon="trash"))
        fit = fit_label(None if model.problem else model.fit)
        return card(column(title, facts, *([fit] if fit is not None else []), holder(actions), spacing=SPACE_1))
