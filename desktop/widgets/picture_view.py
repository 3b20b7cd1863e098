"""Shows a picture as large as fits, and takes one that is dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.style import current_theme
from desktop.widgets.tokens import CONTROL_RADIUS, SPACE_4
from desktop.words import say

DASH = 1.5


def dropped_file(data: QMimeData) -> Path | None:
    """The first file on this computer that is dragged, or None."""
    return next((Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()), None)


class PictureView(QWidget):
    """A picture, or words in a dashed frame where there is none.

    Args:
        name: what it shows, for screen readers, in Chinese source words.
        empty: what stands there before there is a picture, in Chinese source words.
    """

    dropped = Signal(object)
    resized = Signal()

    def __init__(self, name: str, empty: str) -> None:
        super().__init__()
        self.image: QImage | None = None
        self._words = ""
        self._wanted = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        say(self.setAccessibleName, name)
        say(self.set_words, empty)

    def set_words(self, words: str) -> None:
        """What stands there while there is no picture."""
        self._words = words
        self.setAccessibleDescription(words)
        self.update()

    def show_image(self, image: QImage | None) -> None:
        """Show another picture, or none."""
        self.image = image
        self.update()

    def room(self) -> QSize:
        """How many pixels of the screen a picture can have here."""
        return self.size() * self.devicePixelRatioF()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in the middle, its shape kept."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self.image is None:
            self._paint_empty(painter)
        else:
            self._paint_image(painter, self.image)
        painter.end()

    def _paint_image(self, painter: QPainter, image: QImage) -> None:
        size = QSize(image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        place = QRectF(left, top, size.width(), size.height())
        path = QPainterPath()
        path.addRoundedRect(place, CONTROL_RADIUS, CONTROL_RADIUS)
        painter.setClipPath(path)
        painter.drawImage(place, image)
        painter.setClipping(False)
        theme = current_theme()
        painter.setPen(QPen(QColor(theme.accent if self._wanted else theme.line), 1))
        painter.drawPath(path)

    def _paint_empty(self, painter: QPainter) -> None:
        theme = current_theme()
        colour = QColor(theme.accent if self._wanted else theme.quiet)
        painter.setPen(QPen(colour, DASH, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(theme.accent_soft if self._wanted else theme.card))
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, CONTROL_RADIUS, CONTROL_RADIUS)
        painter.setPen(QColor(theme.quiet))
        inside = frame.adjusted(SPACE_4, SPACE_4, -SPACE_4, -SPACE_4)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is another number of pixels."""
        super().resizeEvent(event)
        self.resized.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file can be dropped here; the frame shows it."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._show_wanted(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The file went away again."""
        self._show_wanted(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        self._show_wanted(False)
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _show_wanted(self, wanted: bool) -> None:
        self._wanted = wanted
        self.update()
