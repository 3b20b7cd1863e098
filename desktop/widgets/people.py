"""Choosing a voice and an audience in a form: what is chosen stays chosen while the lists behind it change."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from desktop.widgets.basics import LineEdit
from desktop.words import say, tr
from engine.domain.preference import Audience, BrandVoice

SHORTEST = 6
"""Characters that a box asks room for; a longer name is cut by the box, not by the page."""


class VoiceBox(QComboBox):
    """One of the shop's voices, or none; ``value`` is a voice's number, 0 for none.

    A number that came before the list did, or whose voice is not listed, counts as none until it is listed.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        say(self.setAccessibleName, "口吻")
        say(self.setToolTip, "在“口吻与人群”里添加店铺自己的口吻")
        self.setMinimumContentsLength(SHORTEST)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._voices: list[BrandVoice] = []
        self._wanted = 0
        self.show_words()
        self.currentIndexChanged.connect(self._chosen)

    def value(self) -> int:
        """The chosen voice's number."""
        return self._wanted

    def set_value(self, voice_id: int) -> None:
        """Choose one."""
        self._wanted = voice_id
        self.show_words()

    def show_voices(self, voices: list[BrandVoice]) -> None:
        """These can be chosen; a chosen one that is gone is chosen no more."""
        self._voices = voices
        gone = self._wanted and self._wanted not in {voice.voice_id for voice in voices}
        self._wanted = 0 if gone else self._wanted
        self.show_words()
        if gone:
            self.changed.emit()

    def show_words(self) -> None:
        """The entries in the language of now."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem(tr("不指定口吻"), 0)
            for voice in self._voices:
                self.addItem(voice.name, voice.voice_id)
            self.setCurrentIndex(max(0, self.findData(self._wanted)))

    def _chosen(self) -> None:
        self._wanted = int(self.currentData() or 0)
        self.changed.emit()


class AudienceBox(QComboBox):
    """A line for any audience, with the shop's own ones to choose from."""

    def __init__(self, line: LineEdit) -> None:
        super().__init__()
        self.setEditable(True)
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt's way to have none, which the stubs do not know
        self.setMinimumContentsLength(SHORTEST)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        say(self.setAccessibleName, "写给谁看")
        say(self.setToolTip, "直接写，或选一个存好的人群")
        self._line = line
        self.activated.connect(self._take)

    def show_audiences(self, audiences: list[Audience]) -> None:
        """These can be chosen; what stands in the line stays."""
        text = self._line.text()
        with QSignalBlocker(self), QSignalBlocker(self._line):
            self.clear()
            for audience in audiences:
                self.addItem(audience.name, audience.told)
            self.setCurrentIndex(-1)
            self._line.setText(text)

    def _take(self, index: int) -> None:
        self._line.setText(self.itemData(index))
        self._line.setCursorPosition(0)
