"""The one question of the program: before something that cannot be undone, a word has to be typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.widgets.basics import LineEdit, button, column, label, row
from desktop.widgets.tokens import SPACE_3, SPACE_5
from desktop.words import say, tr

WIDTH_CHARACTERS = 28
WORD = "全部抹掉"
EVERYTHING = "商品、文案、备份和钥匙都会删除，找不回来。"


class EraseDialog(QDialog):
    """``agreed`` comes only when the word was typed.

    Args:
        what: what will be gone, in the window's language; everything by default.
        word: what has to be typed, in the window's language.
    """

    agreed = Signal()

    def __init__(self, parent: QWidget, what: str = "", word: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self.setWindowTitle, "抹掉")
        what, word = what or tr(EVERYTHING), word or tr(WORD)
        self.word = LineEdit()
        say(self.word.setAccessibleName, "确认的话")
        self.erase = button("抹掉", self._agree, "danger")
        self.erase.setEnabled(False)
        question = label("", wrap=True)
        question.setText(f"{what}\n" + tr("确定的话，请输入“{word}”。", word=word))
        box = column(question, self.word, row(None, button("取消", self.reject), self.erase), spacing=SPACE_3)
        box.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        self.setLayout(box)
        self.setFixedWidth(WIDTH_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        self.word.textChanged.connect(lambda text: self.erase.setEnabled(text.strip() == word))

    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()
