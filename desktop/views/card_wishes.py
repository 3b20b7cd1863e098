"""What is wanted of a card beyond its own text: more of its kind, another channel, another tone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.widgets.draft_card import DraftCard


class CardWishes(QObject):
    """Hears of every card; each signal begins with the card's key."""

    more_wanted = Signal(int)
    channel_wanted = Signal(int, object)
    tone_wanted = Signal(int, object)

    def watch(self, key: int, card: DraftCard) -> None:
        """Listen to a card as long as it lives."""
        card.more.more_wanted.connect(lambda: self.more_wanted.emit(key))
        card.more.channel_wanted.connect(lambda channel: self.channel_wanted.emit(key, channel))
        card.more.tone_wanted.connect(lambda tone: self.tone_wanted.emit(key, tone))
