"""A few things of which one is chosen, as chips; arrows move between them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop.widgets.basics import button
from desktop.widgets.flow import FlowLayout
from desktop.words import say


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, its words and its tool tip, both in Chinese source words."""

    value: Hashable
    words: str
    tip: str = ""


class OneOf(QWidget):
    """Chips; exactly one is on.

    Args:
        name: what is chosen, for screen readers, in Chinese source words.
    """

    changed = Signal()

    def __init__(self, name: str, choices: tuple[Choice, ...]) -> None:
        super().__init__()
        flow = FlowLayout()
        self.setLayout(flow)
        say(self.setAccessibleName, name)
        self._group = QButtonGroup(self)
        self._chips: dict[Hashable, QPushButton] = {}
        for choice in choices:
            chip = button(choice.words, lambda: None, "chip", tip=choice.tip)
            chip.setCheckable(True)
            self._group.addButton(chip)
            self._chips[choice.value] = chip
            flow.addWidget(chip)
        self._chips[choices[0].value].setChecked(True)
        self._group.buttonToggled.connect(self._toggled)

    def value(self) -> Hashable:
        """The chosen one."""
        return next(value for value, chip in self._chips.items() if chip.isChecked())

    def set_value(self, value: Hashable) -> None:
        """Choose one without saying so; an unknown value changes nothing."""
        if value in self._chips:
            with QSignalBlocker(self._group):
                self._chips[value].setChecked(True)

    def chip(self, value: Hashable) -> QPushButton:
        """The chip of a value."""
        return self._chips[value]

    def _toggled(self, _chip: QPushButton, on: bool) -> None:
        if on:
            self.changed.emit()
