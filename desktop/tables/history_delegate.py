"""Paints one entry of the history: title and date in one line, the beginning of the text below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.tables.history_list import entry_title
from desktop.widgets.style import current_theme
from desktop.widgets.tokens import CONTROL_RADIUS, SPACE_1, SPACE_2
from desktop.words import date_words
from engine.domain import HistoryEntry


class HistoryDelegate(QStyledItemDelegate):
    """Two lines for each entry; every row has the same height, so long lists scroll at once."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines and room around them."""
        height = option.fontMetrics.lineSpacing()
        return QSize(0, 2 * height + SPACE_1 + 2 * SPACE_2)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw it."""
        entry = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(entry, HistoryEntry):
            return
        theme, area, state = current_theme(), option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, hovered = state & QStyle.StateFlag.State_Selected, state & QStyle.StateFlag.State_MouseOver
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft if chosen else theme.hover))
            painter.drawRoundedRect(area, CONTROL_RADIUS, CONTROL_RADIUS)
        inner = area.adjusted(SPACE_2, SPACE_2, -SPACE_2, -SPACE_2)
        self._first_line(painter, inner, entry)
        painter.setPen(QColor(theme.quiet))
        excerpt = " ".join(entry.current_text.split())
        _draw(painter, QRect(inner.left(), inner.center().y(), inner.width(), inner.height() // 2), excerpt)
        painter.restore()

    def _first_line(self, painter: QPainter, area: QRect, entry: HistoryEntry) -> None:
        theme, line = current_theme(), QRect(area.left(), area.top(), area.width(), area.height() // 2)
        when = ("♥ " if entry.favourite else "") + date_words(entry.created_at)
        painter.setPen(QColor(theme.accent_ink if entry.favourite else theme.quiet))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        room = line.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(when) - SPACE_2, 0)
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        _draw(painter, room, entry_title(entry))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)


def _draw(painter: QPainter, area: QRect, text: str) -> None:
    short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)
