"""How long a text takes to say, at which pace, and the button that has it read aloud."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

from desktop.widgets.basics import button, column, label, row
from desktop.widgets.icons import set_icon
from desktop.widgets.tokens import SPACE_1
from desktop.words import say
from engine.domain import Channel
from engine.domain.speaking import FASTEST, SLOWEST, USUAL, speaking_seconds

SPOKEN = frozenset({Channel.SHORT_VIDEO, Channel.LIVE_SCRIPT})
"""Channels whose texts are written to be said: the time stands there from the start."""

STEP = 10
SLIDER_CHARACTERS = 8
HOW = "按每分钟 {pace} 字估算：标点、表情和话题不算，数字一位算一个字"


class ReadingBar(QWidget):
    """Hidden for texts that are not spoken until their button is pressed.

    ``button`` is not part of the bar: it goes where the card has its other buttons.
    """

    read_wanted = Signal()
    pace_changed = Signal(int)

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._spoken = channel in SPOKEN
        self._text = ""
        self.on = False
        self.button = button("朗读", self._pressed, "flat", icon="speaker", tip="读出来听听；选中一段就只读那一段")
        self.time, self._rate = label("", "small"), label("", "small")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(SLOWEST // STEP, FASTEST // STEP)
        self.slider.setFixedWidth(SLIDER_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        say(self.slider.setAccessibleName, "朗读语速")
        say(self.slider.setToolTip, "朗读语速")
        self.voiceless = label("", "small", wrap=True)
        self.voiceless.hide()
        self.setLayout(column(row(self.time, None, self._rate, self.slider), self.voiceless, spacing=SPACE_1))
        self.slider.valueChanged.connect(self._moved)
        self.set_pace(USUAL)
        self.hide()

    def pace(self) -> int:
        """Characters a minute."""
        return self.slider.value() * STEP

    def set_pace(self, pace: int) -> None:
        """Show another pace without saying so."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(pace / STEP))
        self._show()

    def show_text(self, text: str) -> None:
        """Count another text; from now on the bar of a spoken channel is seen."""
        self._text = text
        self._show()
        if self._spoken:
            self.show()

    def set_on(self, on: bool) -> None:
        """Whether this text is being read."""
        self.on = on
        say(self.button.setText, "停止朗读" if on else "朗读")
        set_icon(self.button, "stop" if on else "speaker")

    def set_voiceless(self, source: str) -> None:
        """Say why nothing can be heard, in Chinese source words; the time stays."""
        say(self.voiceless.setText, source)
        self.voiceless.show()
        self.show()

    def _pressed(self) -> None:
        self.show()
        self.read_wanted.emit()

    def _moved(self) -> None:
        self._show()
        self.pace_changed.emit(self.pace())

    def _show(self) -> None:
        pace = self.pace()
        minutes, seconds = divmod(speaking_seconds(self._text, pace), 60)
        if minutes:
            say(self.time.setText, "念完约 {m} 分 {s} 秒", m=minutes, s=seconds)
        else:
            say(self.time.setText, "念完约 {s} 秒", s=seconds)
        say(self.time.setToolTip, HOW, pace=pace)
        say(self._rate.setText, "每分钟 {pace} 字", pace=pace)
