"""The settings page, made from the declared settings: one editor for each kind, one sentence for each setting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QVBoxLayout, QWidget

from desktop.shown import SettingRow
from desktop.widgets.basics import LineEdit, card, clear, column, label, page, row
from desktop.widgets.tokens import SPACE_1, SPACE_3, SPACE_5
from desktop.words import say, tr

EDITOR_CHARACTERS = 14


class SettingsView(QWidget):
    """A card for each setting; a change counts at once."""

    changed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE_3)
        self._editors: dict[str, QWidget] = {}
        self._rows: tuple[SettingRow, ...] = ()
        self.setLayout(column(page("设置", self._list)))

    def editor(self, name: str) -> QWidget:
        """What edits a setting."""
        return self._editors[name]

    def show_settings(self, rows: tuple[SettingRow, ...]) -> None:
        """Show these with their values."""
        self._rows = rows
        self.show_words()

    def show_words(self) -> None:
        """Everything in the language of now."""
        clear(self._list)
        self._editors = {}
        for setting in self._rows:
            editor = self._made(setting)
            editor.setAccessibleName(tr(setting.title))
            editor.setAccessibleDescription(tr(setting.sentence))
            self._editors[setting.name] = editor
            words = column(
                label(setting.title, "heading"), label(setting.sentence, "quiet", wrap=True), spacing=SPACE_1
            )
            line = row(words, editor, spacing=SPACE_5)
            line.setStretch(0, 1)
            line.setAlignment(editor, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            self._list.addWidget(card(line))

    def _made(self, setting: SettingRow) -> QWidget:
        makers: dict[str, Callable[[SettingRow], QWidget]] = {
            "switch": self._switch,
            "number": self._number,
            "choice": self._choice,
        }
        made = makers.get(setting.kind, self._line)(setting)
        if setting.kind != "switch":
            made.setFixedWidth(EDITOR_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        return made

    def _tell(self, setting: SettingRow, value: Any) -> None:
        self.changed.emit(setting.name, value)

    def _switch(self, setting: SettingRow) -> QWidget:
        box = QCheckBox()
        say(box.setText, "打开")
        box.setChecked(bool(setting.value))
        box.toggled.connect(lambda on: self._tell(setting, on))
        return box

    def _number(self, setting: SettingRow) -> QWidget:
        box = QSpinBox()
        box.setRange(setting.low, setting.high)
        box.setValue(int(setting.value))
        box.setKeyboardTracking(False)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.valueChanged.connect(lambda value: self._tell(setting, value))
        return box

    def _choice(self, setting: SettingRow) -> QWidget:
        box = QComboBox()
        for value, title in setting.choices:
            box.addItem(tr(title), value)
        with QSignalBlocker(box):
            box.setCurrentIndex(max(0, box.findData(setting.value)))
        box.activated.connect(lambda index: self._tell(setting, box.itemData(index)))
        return box

    def _line(self, setting: SettingRow) -> QWidget:
        line = LineEdit()
        line.setText(str(setting.value))
        if setting.kind == "address":
            line.setPlaceholderText("https://")
        line.editingFinished.connect(lambda: self._tell(setting, line.text().strip()))
        return line
