"""Several of a few things, as chips that can be switched on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.widgets.basics import button
from desktop.widgets.flow import FlowLayout

CHIP_CHARACTERS = 16


class ChoiceChips(QWidget):
    """Choices in their order; those that are on are the value."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self._chips: list[tuple[QPushButton, object]] = []

    def show_choices(self, choices: list[tuple[str, object]]) -> None:
        """Offer these (words and value); what was on stays on."""
        chosen = set(self.values())
        for chip, _value in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [(self._chip(words, value in chosen), value) for words, value in choices]
        self._flow.invalidate()
        self.updateGeometry()
        if set(self.values()) != chosen:
            self.changed.emit()

    def values(self) -> tuple[object, ...]:
        """What is on."""
        return tuple(value for chip, value in self._chips if chip.isChecked())

    def set_values(self, values: tuple[object, ...]) -> None:
        """Switch these on and the others off."""
        for chip, value in self._chips:
            chip.setChecked(value in values)

    def chip(self, value: object) -> QPushButton:
        """The chip of a value."""
        return next(chip for chip, own in self._chips if own == value)

    def _chip(self, words: str, on: bool) -> QPushButton:
        short = words if len(words) <= CHIP_CHARACTERS else words[: CHIP_CHARACTERS - 1] + "…"
        made = button("", lambda: None, "chip")
        made.setText(short.replace("&", "&&"))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.setCheckable(True)
        made.setChecked(on)
        made.toggled.connect(lambda _on: self.changed.emit())
        self._flow.addWidget(made)
        return made
