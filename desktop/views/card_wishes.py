"""What is wanted of cards beyond their own text: more of a kind, another channel or tone, what it was, two side by side."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QMenu

from desktop.widgets.draft_card import ACTIONS, DraftCard
from desktop.words import tr
from engine.domain import Task, Tone


class CardWishes(QObject):
    """Hears of every card; the signals begin with cards' keys.

    Two cards can be chosen for 对比 at a time: when the second is chosen, ``compare_wanted`` comes.
    """

    more_wanted = Signal(int)
    channel_wanted = Signal(int, object)
    tone_wanted = Signal(int, object)
    versions_wanted = Signal(int)
    part_wanted = Signal(int, str, object, object)
    """A selected part of a text, what is to be done with it, in which tone (``NONE``: as it is)."""

    second_wanted = Signal()
    compare_wanted = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._chosen: dict[int, DraftCard] = {}

    def watch(self, key: int, card: DraftCard) -> None:
        """Listen to a card as long as it lives."""
        card.more.more_wanted.connect(lambda: self.more_wanted.emit(key))
        card.more.channel_wanted.connect(lambda channel: self.channel_wanted.emit(key, channel))
        card.more.tone_wanted.connect(lambda tone: self.tone_wanted.emit(key, tone))
        card.more.versions_wanted.connect(lambda: self.versions_wanted.emit(key))
        card.compare.toggled.connect(partial(self._choose, key, card))
        card.delete_wanted.connect(lambda: self.forget(key))
        card.edit.menu_opening.connect(partial(self._offer_part, key, card))

    def forget(self, key: int) -> None:
        """A card goes: it is not chosen any more."""
        card = self._chosen.pop(key, None)
        if card is not None:
            with QSignalBlocker(card.compare):
                card.compare.setChecked(False)

    def choose_none(self) -> None:
        """Nothing is compared any more."""
        for key in tuple(self._chosen):
            self.forget(key)

    def _offer_part(self, key: int, card: DraftCard, menu: QMenu) -> None:
        part = card.edit.selected().strip()
        if not part or not card.more.isEnabled():
            return
        menu.addSeparator()
        for task, (name, _tip) in ACTIONS.items():
            act = partial(self.part_wanted.emit, key, part, task, Tone.NONE)
            menu.addAction(tr("{what}选中的", what=tr(name)), act)
        tones = menu.addMenu(tr("选中的换语气"))
        for tone in Tone:
            if tone is not Tone.NONE:
                tones.addAction(tr(tone.value), partial(self.part_wanted.emit, key, part, Task.REWRITE, tone))

    def _choose(self, key: int, card: DraftCard, chosen: bool) -> None:
        if not chosen:
            self._chosen.pop(key, None)
            return
        self._chosen[key] = card
        if len(self._chosen) == 1:
            self.second_wanted.emit()
        else:
            first, second = tuple(self._chosen)[:2]
            self.compare_wanted.emit(first, second)
