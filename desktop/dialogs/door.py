"""Where the seller's data cannot be opened: what happened, and every way out, none of which destroys anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from desktop.errors import ErrorWords
from desktop.widgets.basics import LineEdit, button, column, label, row
from desktop.widgets.tokens import SPACE_3, SPACE_5
from desktop.words import say, tr

WIDTH_CHARACTERS = 34


class Way(StrEnum):
    """What can be done: give the passphrase, give the recovery phrase, bring a copy back, or only try again."""

    PASSPHRASE = "passphrase"
    PHRASE = "phrase"
    DAMAGED = "damaged"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class _Look:
    """What a way shows: its main button, the name of its field, and which side ways."""

    main: str
    field: str = ""
    side: tuple[str, ...] = ()


LOOKS = {
    Way.PASSPHRASE: _Look("打开", "启动口令", ("phrase",)),
    Way.PHRASE: _Look("用短语打开", "恢复短语（24 组）", ("anew",)),
    Way.DAMAGED: _Look("恢复这个备份", side=("salvage", "anew")),
    Way.AGAIN: _Look("再试一次"),
}


class DoorDialog(QDialog):
    """Stays until the data is open; what the seller decides comes out as signals."""

    unlock_wanted = Signal(str)
    recover_wanted = Signal(str)
    restore_wanted = Signal(object)
    salvage_wanted = Signal()
    anew_wanted = Signal()
    again_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.way = Way.AGAIN
        say(self.setWindowTitle, "打开资料")
        self.what, self.advice = label("", "heading", wrap=True), label("", wrap=True)
        self.field = LineEdit()
        self.copies = QComboBox()
        say(self.copies.setAccessibleName, "备份")
        self.copies.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.main = button("打开", self._do, "primary")
        self.main.setDefault(True)
        self.side = {
            "phrase": button("忘了口令，用恢复短语", lambda: self.show_way(Way.PHRASE), "flat"),
            "salvage": button("救回能读的部分", self._salvage, tip="损坏的文件原样留着"),
            "anew": button("重新开始", self._anew, tip="原来的资料原样放进旁边的文件夹，不会删除"),
        }
        self.leave = button("退出", self.leave_wanted.emit)
        buttons = row(None, self.leave, self.main)
        box = column(
            self.what, self.advice, self.field, self.copies, row(*self.side.values(), None), buttons, spacing=SPACE_3
        )
        box.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        self._box = box
        self.setLayout(box)
        self.setFixedWidth(WIDTH_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))

    def ask(self, way: Way, words: ErrorWords, copies: tuple[Path, ...]) -> None:
        """Show what happened and the way out of it."""
        self.what.setText(words.what)
        self.advice.setText(words.advice)
        self.copies.clear()
        for path in copies:
            self.copies.addItem(path.name, path)
        self.show_way(way)
        self._enable(True)
        self.open()

    def show_way(self, way: Way) -> None:
        """Show another way out."""
        look = LOOKS[way]
        if way is not self.way:
            self.field.clear()
        self.way = way
        no_copy = way is Way.DAMAGED and not self.copies.count()
        self.main.setText(tr("再试一次") if no_copy else tr(look.main))
        self.field.setVisible(bool(look.field))
        self.field.setEchoMode(QLineEdit.EchoMode.Password if way is Way.PASSPHRASE else QLineEdit.EchoMode.Normal)
        if look.field:
            say(self.field.setPlaceholderText, look.field)
            say(self.field.setAccessibleName, look.field)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.copies.setVisible(way is Way.DAMAGED and not no_copy)
        for name, made in self.side.items():
            made.setVisible(name in look.side)
        self.setFixedHeight(self._box.heightForWidth(self.width()))

    def reject(self) -> None:
        """Escape leads nowhere: without the data there is no program."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it leaves the program."""
        event.accept()
        self.leave_wanted.emit()

    def _do(self) -> None:
        self._enable(False)
        if self.way is Way.PASSPHRASE:
            self.unlock_wanted.emit(self.field.text())
        elif self.way is Way.PHRASE:
            self.recover_wanted.emit(self.field.text())
        elif self.way is Way.DAMAGED and self.copies.count():
            self.restore_wanted.emit(self.copies.currentData())
        else:
            self.again_wanted.emit()

    def _salvage(self) -> None:
        self._enable(False)
        self.salvage_wanted.emit()

    def _anew(self) -> None:
        self._enable(False)
        self.anew_wanted.emit()

    def _enable(self, on: bool) -> None:
        for made in (self.main, *self.side.values()):
            made.setEnabled(on)
