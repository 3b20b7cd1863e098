"""A text field that is as high as its text and never scrolls by itself, with room kept for what is expected."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from desktop.widgets.tokens import LINE_HEIGHT_PERCENT, SPACE_1, TEXT_DRAFT

MIN_LINES = 2


def to_units(text: str, place: int) -> int:
    """A code point's place as Qt counts it."""
    return place + sum(1 for character in text[:place] if ord(character) > 0xFFFF)


def to_points(text: str, units: int) -> int:
    """Qt's place as Python counts it."""
    seen = 0
    for place, character in enumerate(text):
        if seen >= units:
            return place
        seen += 2 if ord(character) > 0xFFFF else 1
    return len(text)


class GrowingEdit(QTextEdit):
    """Plain text in the draft's type; knows when an input method is at work."""

    left = Signal()
    menu_opening = Signal(object)
    """The menu of the text, to which others may add before it is seen."""

    def __init__(self) -> None:
        super().__init__()
        self.composing = False
        self._lines = MIN_LINES
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(SPACE_1)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())

    def text(self) -> str:
        """The text with plain line breaks."""
        return self.toPlainText()

    def chosen_text(self) -> str:
        """What is selected, or the whole text."""
        return self.selected() or self.text()

    def selected(self) -> str:
        """The selected part of it."""
        return self.textCursor().selection().toPlainText()

    def put_text(self, text: str) -> None:
        """Show another text and forget what could be undone; a longer beginning is only added to."""
        before = self.text()
        if before and text.startswith(before) and not self.document().isUndoAvailable():
            self._append(text[len(before) :])
        else:
            self.setPlainText(text)
            self._space_lines()

    def _append(self, piece: str) -> None:
        cursor = QTextCursor(self.document())
        self.document().setUndoRedoEnabled(False)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(piece)
        self.document().setUndoRedoEnabled(True)

    def _space_lines(self) -> None:
        self.document().setUndoRedoEnabled(False)
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(block)
        self.document().setUndoRedoEnabled(True)

    def expect_characters(self, characters: int) -> None:
        """Keep room for a text of this length, so that the frame does not jump while it is written."""
        width = max(self.viewport().width(), 10 * TEXT_DRAFT)
        self._lines = max(MIN_LINES, -(-characters * TEXT_DRAFT // width) + 1)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Height of the text."""
        line = self.fontMetrics().height() * LINE_HEIGHT_PERCENT // 100
        height = max(int(self.document().size().height()), self._lines * line) + SPACE_1
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """It never scrolls, so it needs its whole height."""
        return QSize(10 * TEXT_DRAFT, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the input method, or to what hangs on this text, before it belongs to the window."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and (self.composing or self.holds_escape()):
            event.accept()
            return True
        return super().event(event)

    def holds_escape(self) -> bool:
        """Whether Esc means something here."""
        return False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The pane scrolls, not the text."""
        event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is unfinished."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """An edit is finished when the focus goes."""
        self.composing = False
        super().focusOutEvent(event)
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Undo, cut, copy, paste in the window's language."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_opening.emit(menu)
        menu.popup(event.globalPos())
