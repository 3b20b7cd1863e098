"""A text that is edited in place, with every finding underlined where it stands.

Findings count code points and Qt counts UTF-16 units, so every place is converted at this border. The edit grows with
its text and never scrolls by itself; hovering a finding, or putting the cursor into it, shows what, why and a button.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from desktop.widgets.finding_popup import FindingPopup, finding_colour
from desktop.widgets.style import current_theme
from desktop.widgets.tokens import LINE_HEIGHT_PERCENT, SPACE_1, TEXT_DRAFT
from desktop.words import say
from engine.domain import Finding

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


class FindingsEdit(QTextEdit):
    """A draft's text."""

    edited = Signal(str)
    replace_wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.composing = False
        self._findings: tuple[Finding, ...] = ()
        self._setting = False
        self._lines = MIN_LINES
        self._popup: FindingPopup | None = None
        self.setObjectName("draft")
        say(self.setAccessibleName, "文案，可以直接修改")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(SPACE_1)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.viewport().setMouseTracking(True)
        self.textChanged.connect(self._text_changed)
        self.cursorPositionChanged.connect(self._cursor_moved)
        self._hover = QTimer(self, singleShot=True, interval=250)
        self._hover.timeout.connect(self._hovered)
        self._hover_place = QPoint()

    # text

    def text(self) -> str:
        """The text with plain line breaks."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another text; forgets what could be undone. Does nothing when it is the same."""
        if text == self.text():
            return
        self._setting = True
        self._findings = ()
        before = self.text()
        if before and text.startswith(before) and not self.document().isUndoAvailable():
            self._append(text[len(before) :])
        else:
            self.setPlainText(text)
            self._space_lines()
        self._setting = False
        self._underline()

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

    def replace(self, finding: Finding) -> None:
        """Put a finding's replacement into the text, as one step that can be undone."""
        text = self.text()
        if finding.replacement is None or text[finding.start : finding.end] != finding.text:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_units(text, finding.start))
        cursor.setPosition(to_units(text, finding.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(finding.replacement)

    # findings

    def set_findings(self, findings: tuple[Finding, ...]) -> None:
        """Underline these; places that do not fit the text any more are left out."""
        text = self.text()
        self._findings = tuple(f for f in findings if text[f.start : f.end] == f.text and f.text)
        self._underline()

    def _underline(self) -> None:
        text = self.text()
        marks = []
        for finding in self._findings:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(to_units(text, finding.start))
            cursor.setPosition(to_units(text, finding.end), QTextCursor.MoveMode.KeepAnchor)
            form = QTextCharFormat()
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(QColor(finding_colour(finding, current_theme())))
            mark.cursor, mark.format = cursor, form
            marks.append(mark)
        self.setExtraSelections(marks)

    def finding_at(self, point: QPoint) -> Finding | None:
        """The finding under a point of the viewport."""
        cursor = self.cursorForPosition(point)
        if (self.cursorRect(cursor).center() - point).manhattanLength() > 2 * TEXT_DRAFT:
            return None
        return self._finding_of(cursor)

    def _finding_of(self, cursor: QTextCursor) -> Finding | None:
        place = to_points(self.text(), cursor.position())
        return next((f for f in self._findings if f.start <= place <= f.end), None)

    def rect_of(self, finding: Finding) -> QRect:
        """Where a finding begins on the screen."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_units(self.text(), finding.start))
        rect = self.cursorRect(cursor)
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def _show_popup(self, finding: Finding) -> None:
        if self._popup is not None and self._popup.isVisible() and self._popup.finding == finding:
            return
        self._close_popup()
        self._popup = FindingPopup(finding, self)
        self._popup.replace_wanted.connect(self.replace_wanted)
        self._popup.show_under(self.rect_of(finding))

    def _close_popup(self) -> None:
        if self._popup is not None:
            self._popup.close()
            self._popup.deleteLater()
            self._popup = None

    def _hovered(self) -> None:
        finding = self.finding_at(self._hover_place)
        if finding is not None:
            self._show_popup(finding)

    def _cursor_moved(self) -> None:
        if self._setting or not self.hasFocus() or self.textCursor().hasSelection():
            return
        finding = self._finding_of(self.textCursor())
        if finding is not None:
            self._show_popup(finding)
        else:
            self._close_popup()

    def _text_changed(self) -> None:
        if not self._setting:
            self._close_popup()
            self.edited.emit(self.text())

    # size: as high as the text, at least as high as the text that is expected

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

    # events

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The pane scrolls, not the text."""
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Resting on a finding shows it."""
        self._hover_place = event.position().toPoint()
        self._hover.start()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is shown for a place that the pointer has left."""
        self._hover.stop()
        super().leaveEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is unfinished."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the popup first."""
        if event.key() == Qt.Key.Key_Escape and self._popup is not None and self._popup.isVisible():
            self._close_popup()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """An edit is finished when the focus goes."""
        self.composing = False
        super().focusOutEvent(event)
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Undo, cut, copy, paste in the window's language."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
