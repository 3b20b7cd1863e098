"""Small named components: labels, buttons, rows, columns, cards; every text is said in the window's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.icons import set_icon
from desktop.widgets.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5
from desktop.words import say

Box = TypeVar("Box", bound=QBoxLayout)
PAGE_CHARACTERS = 72


def label(source: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A text; ``role`` picks its look from the style sheet."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if source:
        say(made.setText, source)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Change a widget's look."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(source: str, clicked: Callable[[], Any], role: str = "", *, icon: str = "", tip: str = "") -> QPushButton:
    """A push button that does something."""
    made = QPushButton()
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if source:
        say(made.setText, source)
    if icon:
        set_icon(made, icon, "on_accent" if role == "primary" else "ink")
    if tip:
        say(made.setToolTip, tip)
    made.clicked.connect(lambda _checked=False: clicked())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def tool(icon: str, name: str, clicked: Callable[[], Any]) -> QToolButton:
    """A button that is only a sign; its name is its tool tip and what a screen reader says."""
    made = QToolButton()
    set_icon(made, icon, "quiet")
    say(made.setToolTip, name)
    say(made.setAccessibleName, name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _checked=False: clicked())
    return made


def row(*parts: QWidget | QLayout | None, spacing: int = SPACE_2) -> QHBoxLayout:
    """Parts side by side; ``None`` is a stretch."""
    return _filled(QHBoxLayout(), parts, spacing)


def column(*parts: QWidget | QLayout | None, spacing: int = SPACE_2) -> QVBoxLayout:
    """Parts one below the other; ``None`` is a stretch."""
    return _filled(QVBoxLayout(), parts, spacing)


def _filled(box: Box, parts: tuple[QWidget | QLayout | None, ...], spacing: int) -> Box:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)
    return box


def holder(layout: QLayout, name: str = "", margin: int = 0) -> QWidget:
    """A widget around a layout."""
    made = QWidget()
    if name:
        made.setObjectName(name)
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout.setContentsMargins(margin, margin, margin, margin)
    made.setLayout(layout)
    return made


def card(layout: QLayout, margin: int = SPACE_4) -> QFrame:
    """A framed surface around a layout."""
    made = QFrame()
    made.setObjectName("card")
    layout.setContentsMargins(margin, margin, margin, margin)
    made.setLayout(layout)
    return made


def scrolled(inside: QWidget) -> QScrollArea:
    """A widget that scrolls up and down when the window is too small."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


def page(title: str, *parts: QWidget | QLayout | None) -> QScrollArea:
    """A whole page: a title and parts in a column that is not wider than lines can be read."""
    inside = holder(column(label(title, "title"), *parts, None, spacing=SPACE_3))
    inside.setMaximumWidth(PAGE_CHARACTERS * inside.fontMetrics().horizontalAdvance("字"))
    line = row(inside, None)
    line.setStretch(0, 100)
    return scrolled(holder(line, "page", SPACE_5))


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def composing(widget: QWidget | None) -> bool:
    """Whether an input method holds unfinished text in this widget."""
    return bool(getattr(widget, "composing", False))


def focus_is_composing() -> bool:
    """Whether the seller is in the middle of an input method's word anywhere."""
    focus = QGuiApplication.focusObject()
    return isinstance(focus, QWidget) and composing(focus)


class LineEdit(QLineEdit):
    """A line of text that knows when an input method is at work, so Enter never fires in the middle of a word.

    Args:
        placeholder: an example in Chinese.
        pasted: gets pasted text of several lines or of the form 属性#值, and tells whether it took it.
    """

    def __init__(self, placeholder: str = "", pasted: Callable[[str], bool] | None = None) -> None:
        super().__init__()
        self.composing = self.holds_escape = False
        self._pasted = pasted
        if placeholder:
            say(self.setPlaceholderText, placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether a word is unfinished."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc belongs to an unfinished word, or to whoever set ``holds_escape``, before it belongs to the window."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and (self.composing or self.holds_escape):
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """An input method gives up its word when the focus goes."""
        self.composing = False
        super().focusOutEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A dragged file is not text: whoever is around this line may want it."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the input method while it holds a word; rich pastes go to ``pasted``."""
        if self.composing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            return
        if self._pasted is not None and event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if is_rich_paste(text) and self._pasted(text):
                return
        super().keyPressEvent(event)


def is_rich_paste(text: str) -> bool:
    """Whether a pasted text is more than a name."""
    tidy = text.strip()
    return "\n" in tidy or ("#" in tidy and "*" in tidy) or len(tidy) > 60
