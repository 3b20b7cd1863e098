"""A text that is edited in place, with every finding underlined where it stands.

Findings count code points and Qt counts UTF-16 units, so every place is converted at this border. Hovering a finding, or putting the cursor into it, shows what, why and a button.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from desktop.widgets.finding_popup import FindingPopup, finding_colour
from desktop.widgets.growing_edit import GrowingEdit, to_points, to_units
from desktop.widgets.style import current_theme
from desktop.widgets.tokens import TEXT_DRAFT
from desktop.words import say
from engine.domain import Finding

HOVER_MS = 250


class FindingsEdit(GrowingEdit):
    """A draft's text."""

    edited = Signal(str)
    replace_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._findings: tuple[Finding, ...] = ()
        self._setting = False
        self._popup: FindingPopup | None = None
        self.setObjectName("draft")
        say(self.setAccessibleName, "文案，可以直接修改")
        self.viewport().setMouseTracking(True)
        self.textChanged.connect(self._text_changed)
        self.cursorPositionChanged.connect(self._cursor_moved)
        self._hover = QTimer(self, singleShot=True, interval=HOVER_MS)
        self._hover.timeout.connect(self._hovered)
        self._hover_place = QPoint()

    # text

    def set_text(self, text: str) -> None:
        """Show another text; forgets what could be undone. Does nothing when it is the same."""
        if text == self.text():
            return
        self._setting = True
        self._findings = ()
        self.put_text(text)
        self._setting = False
        self._underline()

    def replace(self, finding: Finding) -> None:
        """Put a finding's replacement into the text, as one step that can be undone."""
        text = self.text()
        if finding.replacement is None or text[finding.start : finding.end] != finding.text:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_units(text, finding.start))
        cursor.setPosition(to_units(text, finding.end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(finding.replacement)

    def rewrite(self, text: str) -> None:
        """Put a text in place of all that stands there, as one step that can be undone."""
        self.set_findings(())
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

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

    # events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Resting on a finding shows it."""
        self._hover_place = event.position().toPoint()
        self._hover.start()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is shown for a place that the pointer has left."""
        self._hover.stop()
        super().leaveEvent(event)

    def holds_escape(self) -> bool:
        """Esc closes an open popup first."""
        return self._popup is not None and self._popup.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the popup first."""
        if event.key() == Qt.Key.Key_Escape and self.holds_escape():
            self._close_popup()
            return
        super().keyPressEvent(event)
