"""A list of lines to read, e.g. the rows of a table that could not be imported."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from desktop.widgets.basics import button, column, label, row
from desktop.widgets.tokens import SPACE_4
from desktop.words import say

WIDTH_CHARACTERS, HEIGHT_LINES = 34, 16


class LinesDialog(QDialog):
    """Lines that can be copied.

    Args:
        title: what they are, in Chinese source words.
    """

    def __init__(self, parent: QWidget, title: str, lines: list[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self.setWindowTitle, title)
        text = QPlainTextEdit("\n".join(lines))
        text.setReadOnly(True)
        say(text.setAccessibleName, title)
        box = column(label(title, "heading"), text, row(None, button("关闭", self.accept)))
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)
        metrics = self.fontMetrics()
        self.resize(WIDTH_CHARACTERS * metrics.horizontalAdvance("字"), HEIGHT_LINES * metrics.lineSpacing())
