"""Line icons from ``assets/icons`` in the colour of the theme; they change colour with it."""

from __future__ import annotations

import weakref
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from desktop.widgets.style import current_theme
from desktop.widgets.tokens import ICON

_FOLDER = Path(__file__).resolve().parents[2] / "assets" / "icons"
_SHOWN: weakref.WeakKeyDictionary[QAbstractButton, tuple[str, str]] = weakref.WeakKeyDictionary()


def set_icon(button: QAbstractButton, name: str, colour: str = "ink") -> None:
    """Show an icon on a button, now and after a change of theme."""
    _SHOWN[button] = (name, colour)
    button.setIcon(icon(name, current_theme().as_dict()[colour]))
    button.setIconSize(QSize(ICON, ICON))


def repaint_icons() -> None:
    """Show every icon in the colours of the theme of now."""
    for button, (name, colour) in list(_SHOWN.items()):
        if isValid(button):
            set_icon(button, name, colour)


@lru_cache(maxsize=256)
def icon(name: str, colour: str) -> QIcon:
    """The icon in this colour, sharp up to twice its size."""
    from PySide6.QtSvg import QSvgRenderer

    source = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(ICON * 2, ICON * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return QIcon(pixmap)
