"""A text's length against its channel's limits, in words when it does not fit."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.widgets.basics import set_role
from desktop.words import tr
from engine.domain import CHANNELS, Channel, count_characters


class LengthCounter(QLabel):
    """``168/330字``, with a word where it is too short or too long."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._spec = CHANNELS[channel]
        self.setToolTip(tr("合适的长度：{low} 到 {high} 字", low=self._spec.min_length, high=self._spec.max_length))
        self.show_text("")

    def show_text(self, text: str, *, finished: bool = False) -> None:
        """Count a text; only a finished one can be too short."""
        length, high = count_characters(text), self._spec.max_length
        if length > high:
            self._set(tr("{length}/{high}字 · 超出 {over} 字", length=length, high=high, over=length - high), "bad")
        elif finished and length < self._spec.min_length:
            self._set(tr("{length}/{high}字 · 偏短", length=length, high=high), "warn")
        else:
            self._set(tr("{length}/{high}字", length=length, high=high), "small")

    def _set(self, words: str, role: str) -> None:
        set_role(self, role)
        self.setText(words)
