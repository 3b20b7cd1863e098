"""A new passphrase, typed twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from desktop.widgets.basics import LineEdit, button, column, label, row
from desktop.widgets.tokens import SPACE_3, SPACE_5
from desktop.words import say

WIDTH_CHARACTERS = 28
SHORTEST = 4


class PassphraseDialog(QDialog):
    """``chosen`` brings the new passphrase."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self.setWindowTitle, "启动口令")
        self.first, self.second = _line("新口令，至少 4 个字"), _line("再输一次")
        self.hint = label("", "warn", wrap=True)
        self.take = button("设为启动口令", self._take, "primary")
        self.take.setEnabled(False)
        explained = label("忘了口令只能用恢复短语打开，请先抄下恢复短语。", "quiet", wrap=True)
        buttons = row(None, button("取消", self.reject), self.take)
        box = column(explained, self.first, self.second, self.hint, buttons, spacing=SPACE_3)
        box.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        self.setLayout(box)
        self.setFixedWidth(WIDTH_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        for line in (self.first, self.second):
            line.textChanged.connect(self._look)

    def _look(self) -> None:
        first, second = self.first.text(), self.second.text()
        same = first == second
        self.take.setEnabled(same and len(first) >= SHORTEST)
        say(self.hint.setText, "两次输的不一样。" if second and not same else " ")

    def _take(self) -> None:
        self.chosen.emit(self.first.text())
        self.accept()


def _line(name: str) -> LineEdit:
    made = LineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    say(made.setPlaceholderText, name)
    say(made.setAccessibleName, name)
    return made
