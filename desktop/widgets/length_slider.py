"""How long a text should be: left to the channel until it is touched."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

from desktop.widgets.basics import button, column, label, row
from desktop.widgets.tokens import SPACE_1
from desktop.words import say
from engine.domain import CHANNELS, Channel


class LengthSlider(QWidget):
    """A slider with its words and a way back to the channel's own length."""

    changed = Signal()

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._channel = channel
        self._touched = False
        self.slider = QSlider(Qt.Orientation.Horizontal)
        say(self.slider.setAccessibleName, "长度")
        self._words = label("", "small")
        reset = button("随渠道", self._reset, "flat")
        self.setLayout(column(row(label("长度", "field"), self._words, None, reset), self.slider, spacing=SPACE_1))
        self.slider.valueChanged.connect(self._moved)
        self.fit(channel)

    def value(self) -> int | None:
        """Characters, or None when it is left to the channel."""
        return self.slider.value() if self._touched else None

    def set_value(self, length: int | None) -> None:
        """A length, or None to leave it to the channel."""
        self.fit(self._channel)
        if length is not None:
            self.slider.setValue(length)
            self._touched = True
            self._show()

    def fit(self, channel: Channel) -> None:
        """Another channel has other limits; the length is left to it."""
        spec, self._channel = CHANNELS[channel], channel
        with QSignalBlocker(self.slider):
            self.slider.setRange(spec.min_length, spec.max_length)
            self.slider.setValue(spec.typical_length)
        self._touched = False
        self._show()

    def _moved(self) -> None:
        self._touched = True
        self._show()
        self.changed.emit()

    def _reset(self) -> None:
        self.fit(self._channel)
        self.changed.emit()

    def _show(self) -> None:
        words = "{n}字左右" if self._touched else "{n}字左右（随渠道）"
        say(self._words.setText, words, n=self.slider.value())
