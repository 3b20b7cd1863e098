"""The rest of what can be done with a draft: a menu behind one button, made when it is asked for, and how a draft came about."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from desktop.words import say, tr
from engine.domain import CHANNELS, Channel, Tone


class CardMore(QPushButton):
    """The button 更多 of a card.

    Args:
        channel: the card's own, to which it need not be changed.
    """

    more_wanted = Signal()
    channel_wanted = Signal(object)
    tone_wanted = Signal(object)
    versions_wanted = Signal()

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._channel = channel
        self.setProperty("role", "flat")
        self.setAutoDefault(False)
        say(self.setText, "更多 ▾")
        say(self.setAccessibleName, "更多")
        say(self.setToolTip, "再来几条、换渠道、换语气、以前的版本")
        self.clicked.connect(lambda _checked=False: self.open_menu())

    def open_menu(self) -> QMenu:
        """Show what can be done, in the language of now."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("再来几条"), self.more_wanted.emit)
        channels, tones = menu.addMenu(tr("换渠道")), menu.addMenu(tr("换语气"))
        for channel, spec in CHANNELS.items():
            if channel is not self._channel:
                channels.addAction(tr(spec.name), partial(self.channel_wanted.emit, channel))
        for tone in Tone:
            if tone is not Tone.NONE:
                tones.addAction(tr(tone.value), partial(self.tone_wanted.emit, tone))
        menu.addAction(tr("以前的版本"), self.versions_wanted.emit)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        return menu


class MadeBy(QLabel):
    """How a draft came about, e.g. 换渠道 · 朋友圈; not there when it was simply written."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "small")
        self._parts: tuple[str, ...] = ()

    def tell(self, parts: tuple[str, ...]) -> None:
        """Chinese source words; empty ones are left out."""
        self._parts = tuple(part for part in parts if part)
        self.show_words()
        if not self._parts:
            self.hide()
        elif self.parentWidget() is not None:  # without one it would be a window of its own
            self.show()

    def show_words(self) -> None:
        """The same in the language of now."""
        self.setText(" · ".join(map(tr, self._parts)))
