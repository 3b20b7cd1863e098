"""The ten channels as chips of which one is chosen; arrows move between them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from desktop.widgets.basics import button
from desktop.widgets.flow import FlowLayout
from desktop.words import say
from engine.domain import CHANNELS, Channel


class ChannelBar(QWidget):
    """Where the copy will be used."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        flow = FlowLayout()
        self.setLayout(flow)
        self._group = QButtonGroup(self)
        self._buttons: dict[Channel, QPushButton] = {}
        for channel, spec in CHANNELS.items():
            chip = button(spec.name, partial(self.changed.emit, channel), "chip")
            chip.setCheckable(True)
            say(chip.setToolTip, spec.instruction)
            self._group.addButton(chip)
            self._buttons[channel] = chip
            flow.addWidget(chip)
        self._buttons[Channel.XIAOHONGSHU].setChecked(True)

    def value(self) -> Channel:
        """The chosen one."""
        return next(channel for channel, chip in self._buttons.items() if chip.isChecked())

    def set_value(self, channel: Channel) -> None:
        """Choose one."""
        with QSignalBlocker(self._group):
            self._buttons[channel].setChecked(True)

    def chip(self, channel: Channel) -> QPushButton:
        """The button of a channel."""
        return self._buttons[channel]
