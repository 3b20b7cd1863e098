"""A tip that points at a real widget: a light veil with a hole around it, and a bubble with words beside it.

The veil lets every click through, so that the seller can do what the tip talks about, or anything else.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from desktop.widgets.basics import button, column, label, row
from desktop.widgets.style import current_theme
from desktop.widgets.tokens import CARD_RADIUS, FOLLOW_MS, SPACE_1, SPACE_2, SPACE_3, SPACE_4, VEIL_ALPHA
from desktop.words import say

TIP_CHARACTERS = 24
RING = 2


class Veil(QWidget):
    """Dims its parent but for one place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hole = QRect()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The veil, the hole, a ring around it."""
        ring = QRectF(self.hole.adjusted(-SPACE_1, -SPACE_1, SPACE_1, SPACE_1))
        path = QPainterPath()
        path.addRect(QRectF(self.rect()))
        path.addRoundedRect(ring, CARD_RADIUS, CARD_RADIUS)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, QColor(0, 0, 0, VEIL_ALPHA))
        painter.setPen(QPen(QColor(current_theme().accent), RING))
        painter.drawRoundedRect(ring, CARD_RADIUS, CARD_RADIUS)
        painter.end()


class TourTip(QFrame):
    """The bubble: where it stands in the tour, a title, a few words, and the ways on, back and out.

    Args:
        window: over which it lies.
    """

    next_wanted = Signal()
    back_wanted = Signal()
    skip_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tip")
        self._window, self.veil = window, Veil(window)
        self._target: Callable[[], QWidget] = lambda: window
        self._drawn: tuple[QRect, QSize, QSize] | None = None
        self.place = label("", "small")
        self.title = label("", "heading", wrap=True)
        self.words = label("", wrap=True)
        self.skip = button("跳过", self.skip_wanted.emit, "flat")
        self.back = button("上一步", self.back_wanted.emit, "flat")
        self.next = button("下一步", self.next_wanted.emit, "step")
        buttons = row(self.place, None, self.skip, self.back, self.next, spacing=SPACE_1)
        self._box = column(self.title, self.words, buttons, spacing=SPACE_2)
        self._box.setContentsMargins(SPACE_4, SPACE_3, SPACE_3, SPACE_3)
        self.setLayout(self._box)
        self.setFixedWidth(TIP_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        self._follow = QTimer(self, interval=FOLLOW_MS)
        self._follow.timeout.connect(self._point)
        self.hide()

    def point_at(self, target: Callable[[], QWidget]) -> None:
        """Show the tip beside a widget, and stay beside it; ``target`` is asked again as the window changes."""
        self._target, self._drawn = target, None
        self.show()
        self._point()
        self._follow.start()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_step(self, place: str, title: str, words: str, go_on: str) -> None:
        """What it says, as Chinese source."""
        self.place.setText(place)
        for setter, source in (
            (self.title.setText, title),
            (self.words.setText, words),
            (self.next.setText, go_on),
            (self.setAccessibleName, title),
            (self.next.setAccessibleDescription, words),
        ):
            say(setter, source)

    def end(self) -> None:
        """It was seen."""
        self._follow.stop()
        self.veil.hide()
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the tip while the keyboard is in it."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the keyboard, Esc leaves the tour."""
        if event.key() == Qt.Key.Key_Escape:
            self.skip_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = next((b for b in (self.skip, self.back) if b.hasFocus()), self.next)
            held.click()
        else:
            super().keyPressEvent(event)

    def _point(self) -> None:
        """Put veil and bubble where they belong now; does nothing while all stands still."""
        target = self._target()
        hole = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size()).intersected(self._window.rect())
        inside = self.contentsRect()  # what the frame's border leaves
        self.setFixedHeight(self._box.heightForWidth(inside.width()) + self.height() - inside.height())
        drawn = (hole, self._window.size(), self.size())
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self.veil.hole = hole
        self.veil.setGeometry(self._window.rect())
        self.veil.show()
        self.veil.raise_()
        self.veil.update()
        self.move(beside(hole, self.size(), self._window.size()))
        self.raise_()


def beside(hole: QRect, size: QSize, room: QSize) -> QPoint:
    """Where a bubble of this size goes: below, above, right or left of the hole, the first that is free; else inside."""
    gap = SPACE_3
    area = QRect(gap, gap, room.width() - 2 * gap, room.height() - 2 * gap)
    x = max(area.left(), min(hole.left(), area.right() - size.width()))
    y = max(area.top(), min(hole.top(), area.bottom() - size.height()))
    places = (
        QPoint(x, hole.bottom() + gap),
        QPoint(x, hole.top() - gap - size.height()),
        QPoint(hole.right() + gap, y),
        QPoint(hole.left() - gap - size.width(), y),
    )
    inside = QPoint(area.right() - size.width(), area.bottom() - size.height())
    return next((place for place in places if area.contains(QRect(place, size))), inside)
