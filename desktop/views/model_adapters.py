"""The card of LoRA adapters: which there are, which are on, and how strongly each colours what is written."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QFrame, QVBoxLayout, QWidget

from desktop.errors import error_words
from desktop.widgets.basics import button, clear, column, holder, label, row, tool
from desktop.widgets.tokens import SPACE_1, SPACE_2, SPACE_4
from desktop.words import size_words, tr
from engine.domain import AdapterFile

STRONGEST, STEP, USUAL = 2.0, 0.1, 1.0


class AdaptersCard(QFrame):
    """A line for each adapter: a switch, its strength, a way out."""

    add_wanted = Signal()
    scale_wanted = Signal(str, float)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._adapters: tuple[AdapterFile, ...] = ()
        self.switches: dict[str, QCheckBox] = {}
        self.scales: dict[str, QDoubleSpinBox] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_2)
        self.empty = label("还没有适配文件。", "quiet", wrap=True)
        about = label(
            "适配文件（LoRA）是用自己店里的文案训练出来的小文件，加在模型上，写出来更像自己的店。强度越大越像，太大会写乱。",
            "quiet",
            wrap=True,
        )
        add = row(button("添加适配文件", self.add_wanted.emit, icon="plus"), None)
        box = column(label("适配文件", "heading"), about, self._list, self.empty, add, spacing=SPACE_2)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)

    def show_adapters(self, adapters: tuple[AdapterFile, ...]) -> None:
        """Show these."""
        self._adapters = adapters
        self.show_words()

    def show_words(self) -> None:
        """Everything in the language of now; the keyboard stays where it was."""
        focus = next((n for n, box in self.switches.items() if box.hasFocus()), "")
        clear(self._list)
        self.switches, self.scales = {}, {}
        for adapter in self._adapters:
            self._list.addWidget(self._line(adapter))
        self.empty.setVisible(not self._adapters)
        if focus in self.switches:
            self.switches[focus].setFocus()

    def _line(self, adapter: AdapterFile) -> QWidget:
        switch, scale = QCheckBox(), QDoubleSpinBox()
        switch.setText(adapter.name)
        switch.setChecked(bool(adapter.scale))
        switch.setEnabled(adapter.problem is None or bool(adapter.scale))
        scale.setRange(STEP, STRONGEST)
        scale.setSingleStep(STEP)
        scale.setDecimals(1)
        scale.setKeyboardTracking(False)
        scale.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scale.setAccessibleName(tr("{name}的强度", name=adapter.name))
        scale.setPrefix(tr("强度 "))
        with QSignalBlocker(scale):
            scale.setValue(adapter.scale or USUAL)
        scale.setEnabled(bool(adapter.scale))
        name = adapter.name
        switch.toggled.connect(lambda on: self.scale_wanted.emit(name, scale.value() if on else 0.0))
        scale.valueChanged.connect(lambda value: self.scale_wanted.emit(name, value))
        self.switches[name], self.scales[name] = switch, scale
        size = label("", "small")
        size.setText(size_words(adapter.size))
        away = tool("trash", "删除适配文件", lambda: self.remove_wanted.emit(name))
        line = row(switch, size, None, scale, away)
        return holder(column(line, *self._why_not(adapter), spacing=SPACE_1))

    def _why_not(self, adapter: AdapterFile) -> list[QWidget]:
        if adapter.problem is None:
            return []
        words = error_words(adapter.problem)
        made = label("", "warn", wrap=True)
        made.setText(tr("⚠ {what}{advice}", what=words.what, advice=words.advice))
        return [made]
