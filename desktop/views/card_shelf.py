"""The cards of the workbench by key, made one in each turn of the event loop.

A card is dear to make (its buttons, its text, its style), and a finished draft dear to show: eight at once would hold the
window up. What is told to a card that is not made yet, or told for later, is kept, the latest of each kind, and told in a
turn of its own, or when the card is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.shown import CardOpening
from desktop.widgets.draft_card import DraftCard
from engine.domain import Channel

Telling = Callable[[DraftCard], None]


class CardShelf(QObject):
    """Keeps cards, and openings for those that are to be made by ``make``."""

    made = Signal(int)

    def __init__(self, make: Callable[[CardOpening], DraftCard], parent: QObject) -> None:
        super().__init__(parent)
        self._make = make
        self._cards: dict[int, DraftCard] = {}
        self._openings: dict[int, CardOpening] = {}
        self._told: dict[int, dict[str, Telling]] = {}
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._make_next)

    def open(self, openings: tuple[CardOpening, ...]) -> None:
        """Make these in the next turns."""
        self._openings |= {opening.key: opening for opening in openings}
        self._turn.start()

    def keys(self) -> tuple[int, ...]:
        """Of all cards, made or not."""
        return (*self._cards, *self._openings)

    def has(self, key: int) -> bool:
        """Whether there is such a card, made or to be made."""
        return key in self._cards or key in self._openings

    def is_made(self, key: int) -> bool:
        """Whether the card can be shown."""
        return key in self._cards

    def made_cards(self) -> dict[int, DraftCard]:
        """Those that can be shown."""
        return dict(self._cards)

    def channel(self, key: int) -> Channel:
        """Whose card it is."""
        return self._cards[key].channel if key in self._cards else self._openings[key].channel

    def card(self, key: int) -> DraftCard:
        """The card with all that it was told; it is made now if it was not."""
        opening = self._openings.pop(key, None)
        if opening is not None:
            self._cards[key] = self._make(opening)
        card = self._cards[key]
        for telling in self._told.pop(key, {}).values():
            telling(card)
        if opening is not None:
            self.made.emit(key)
        return card

    def tell(self, key: int, kind: str, telling: Telling, *, later: bool = False) -> None:
        """Tell a card something, now or in a turn of its own; of one ``kind`` the latest counts. No card, no word."""
        if key in self._cards and not later and key not in self._told:
            telling(self._cards[key])
        elif self.has(key):
            kept = self._told.setdefault(key, {})
            kept.pop(kind, None)
            kept[kind] = telling
            self._turn.start()

    def take(self, key: int) -> DraftCard | None:
        """Forget a card; returns it if it was made."""
        self._openings.pop(key, None)
        self._told.pop(key, None)
        return self._cards.pop(key, None)

    def _make_next(self) -> None:
        waiting = next(iter({**self._openings, **self._told}), None)
        if waiting is not None:
            self.card(waiting)
        else:
            self._turn.stop()
