"""Facts as chips: click one to edit it in place, ✕ takes it away, ＋ adds one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.widgets.basics import LineEdit, button
from desktop.widgets.flow import FlowLayout
from desktop.widgets.tokens import SPACE_1
from desktop.words import say, tr

CHIP_CHARACTERS = 16
EDIT_CHARACTERS = 12


class ChipsEdit(QWidget):
    """A list of short texts.

    Args:
        add: words of the button that adds one.
        example: what stands in the empty line.
        read: makes a chip's text from what was typed; "" refuses it. Default: without surrounding space.
    """

    changed = Signal()

    def __init__(self, add: str, example: str, read: Callable[[str], str] | None = None) -> None:
        super().__init__()
        self._example, self._read = example, read or str.strip
        self._values: list[str] = []
        self._editing = -1
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self._line = LineEdit(example)
        say(self._line.setAccessibleName, add)
        self._line.setMinimumWidth(EDIT_CHARACTERS * self.fontMetrics().maxWidth() // 2)
        self._line.returnPressed.connect(self._commit_and_go_on)
        self._line.installEventFilter(self)
        self._line.holds_escape = True
        self._line.hide()
        self._add = button(add, self.begin_new, "addchip")
        self._flow.addWidget(self._line)
        self._flow.addWidget(self._add)
        self._chips: list[QPushButton] = []

    def values(self) -> tuple[str, ...]:
        """The texts, with what stands unfinished in the line."""
        pending = self._read(self._line.text()) if self._line.isVisibleTo(self) else ""
        values = list(self._values)
        if pending and self._editing >= 0:
            values[self._editing] = pending
        elif pending and pending not in values:
            values.append(pending)
        return tuple(values)

    def set_values(self, values: tuple[str, ...]) -> None:
        """Show these texts."""
        self._end_edit()
        self._values = list(values)
        self._rebuild()

    def add(self, value: str) -> None:
        """One more at the end, unless it is there."""
        self._commit()
        if value not in self._values:
            self._values.append(value)
            self._rebuild()
            self.changed.emit()

    def begin_new(self) -> None:
        """Open an empty line at the end."""
        self._open(-1, "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives the edit up; leaving the line keeps it."""
        if watched is self._line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and not self._line.composing:
                self._end_edit()
                return True
        elif watched is self._line and event.type() == QEvent.Type.FocusOut:
            self._commit()
        return False

    def _open(self, index: int, text: str) -> None:
        self._commit()
        self._editing = index
        self._line.setText(text)
        self._line.show()
        for place, chip in enumerate(self._chips):
            chip.setVisible(place != index)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()
        self._refit()

    def _commit_and_go_on(self) -> None:
        adding = self._editing < 0 and bool(self._line.text().strip())
        self._commit()
        if adding:
            self.begin_new()

    def _commit(self) -> None:
        if self._line.isHidden():
            return
        values = list(self.values())
        changed = values != self._values
        self._end_edit()
        if changed:
            self._values = values
            self._rebuild()
            self.changed.emit()

    def _end_edit(self) -> None:
        self._editing = -1
        self._line.clear()
        self._line.hide()
        for chip in self._chips:
            chip.show()
        self._refit()

    def _remove(self, value: str) -> None:
        if value in self._values:
            self._values.remove(value)
            self._rebuild()
            self.changed.emit()

    def _rebuild(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, value in enumerate(self._values):
            chip = _Chip(value, place, self)
            self._flow.insert(place, chip)
            self._chips.append(chip)
        self._refit()

    def _refit(self) -> None:
        self._flow.invalidate()
        self.updateGeometry()


class _Chip(QPushButton):
    """One text; a click edits it, a click on its ✕ or the Delete key takes it away."""

    def __init__(self, value: str, place: int, owner: ChipsEdit) -> None:
        super().__init__(parent=owner)
        short = value if len(value) <= CHIP_CHARACTERS else value[: CHIP_CHARACTERS - 1] + "…"
        self.setText(short.replace("&", "&&") + "  ✕")
        self.setProperty("role", "chip")
        self.setAutoDefault(False)
        self.setToolTip(tr("{value}\n点一下修改，点 ✕ 去掉", value=value))
        say(self.setAccessibleDescription, "回车修改，Delete 去掉")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._value, self._place, self._owner = value, place, owner
        self._on_cross = False
        self.clicked.connect(self._clicked)
        self.show()

    def cross_left(self) -> int:
        """Where the ✕ begins, in pixels from the left."""
        return self.width() - self.fontMetrics().horizontalAdvance("✕") - 3 * SPACE_1

    def mousePressEvent(self, event: object) -> None:
        """Remember whether the ✕ was meant."""
        self._on_cross = event.position().x() >= self.cross_left()  # type: ignore[attr-defined]
        super().mousePressEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes it away, Enter edits it."""
        self._on_cross = False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._owner._remove(self._value)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._owner._open(self._place, self._value)
        else:
            super().keyPressEvent(event)

    def _clicked(self) -> None:
        if self._on_cross:
            self._owner._remove(self._value)
        else:
            self._owner._open(self._place, self._value)
