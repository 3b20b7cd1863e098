"""The product's picture in the form: dropped or chosen, shown small, with its colours to be taken as attributes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.widgets.basics import button, column, holder, label, row
from desktop.widgets.flow import FlowLayout
from desktop.widgets.picture_view import PictureView
from desktop.widgets.tokens import SPACE_1, SPACE_3
from desktop.words import say

COLOUR = "颜色"
"""The attribute under which a colour is noted; part of the seller's data, not of the window's words."""

SIDE_LINES = 5


class PictureBox(QWidget):
    """One line while there is no picture; files may be dropped anywhere on ``around``.

    Args:
        around: the form whose whole surface takes a picture.
    """

    file_dropped = Signal(object)
    choose_wanted = Signal()
    remove_wanted = Signal()
    colour_taken = Signal(str)

    def __init__(self, around: QWidget) -> None:
        super().__init__()
        self.add = button("商品图：拖进来，或点这里选", self.choose_wanted.emit, "addchip", icon="picture")
        say(self.add.setToolTip, "和商品存在一起，加密；拍摄地点等信息会去掉")
        self.view = PictureView("商品图", "")
        side = SIDE_LINES * self.fontMetrics().lineSpacing()
        self.view.setFixedSize(side, side)
        self.change = button("换一张", self.choose_wanted.emit, "flat")
        self.remove = button("拿掉", self.remove_wanted.emit, "flat", icon="trash")
        self._hint = label("图里的颜色，点一下加到属性：", "small", wrap=True)
        self._flow = FlowLayout()
        self.chips: dict[str, QPushButton] = {}
        self._colours = holder(self._flow)
        words = column(row(self.change, self.remove, None), self._hint, self._colours, None, spacing=SPACE_1)
        line = row(self.view, words, spacing=SPACE_3)
        line.setStretch(1, 1)
        self._shown = holder(line)
        self.setLayout(column(row(self.add, None), self._shown))
        self.view.dropped.connect(self.file_dropped)
        around.setAcceptDrops(True)
        around.installEventFilter(self)
        self.show_picture(None)

    def show_picture(self, image: QImage | None, colours: tuple[str, ...] = ()) -> None:
        """Show a picture with the names of its colours, or that there is none."""
        self.view.show_image(image)
        self.add.setVisible(image is None)
        self._shown.setVisible(image is not None)
        for old in tuple(self.chips):
            self._drop(old)
        self.chips = {name: self._chip(name) for name in colours}
        self._show_hint()

    def take(self, name: str) -> None:
        """A colour becomes an attribute and is offered no more."""
        self._drop(name)
        self._show_hint()
        self.colour_taken.emit(name)

    def _drop(self, name: str) -> None:
        chip = self.chips.pop(name)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file that is dragged over the form is meant for the picture."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self.view.dropEvent(event)
        elif isinstance(event, QDragEnterEvent):
            self.view.dragEnterEvent(event)
        elif isinstance(event, QDragLeaveEvent):
            self.view.dragLeaveEvent(event)
        else:
            return False
        return True

    def _chip(self, name: str) -> QPushButton:
        made = button("", lambda: self.take(name), "addchip")
        made.setText(f"＋ {name}")
        say(made.setToolTip, "加到属性：颜色 {name}", name=name)
        self._flow.addWidget(made)
        return made

    def _show_hint(self) -> None:
        self._hint.setVisible(bool(self.chips))
        self._colours.setVisible(bool(self.chips))
        self._flow.invalidate()
