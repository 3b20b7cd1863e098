"""A large field for pasting everything that is known about a product."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop.widgets.basics import button, column, label, row
from desktop.widgets.tokens import SPACE_4
from desktop.words import say

WIDTH_CHARACTERS, HEIGHT_LINES = 34, 16


class PasteDialog(QDialog):
    """Gives the text back in ``taken``."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self.setWindowTitle, "粘贴资料")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        say(
            self.text.setPlaceholderText,
            "把商品标题、参数、介绍整段粘贴到这里。\n也可以是：类型#裙*材质#雪纺*图案#碎花",
        )
        say(self.text.setAccessibleName, "商品资料")
        self.fill = button("填入", self._take, "primary")
        box = column(
            label("粘贴任意资料，自动分成名称、属性和卖点", "heading"),
            self.text,
            row(None, button("取消", self.reject), self.fill),
        )
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)
        metrics = self.fontMetrics()
        self.resize(WIDTH_CHARACTERS * metrics.horizontalAdvance("字"), HEIGHT_LINES * metrics.lineSpacing())
        self.fill.setEnabled(False)
        self.text.textChanged.connect(lambda: self.fill.setEnabled(bool(self.text.toPlainText().strip())))

    def _take(self) -> None:
        self.taken.emit(self.text.toPlainText())
        self.accept()
