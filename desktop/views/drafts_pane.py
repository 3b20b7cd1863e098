"""The right of the workbench: drafts as cards side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.shown import CardOpening
from desktop.views.card_shelf import CardShelf
from desktop.views.card_wishes import CardWishes
from desktop.widgets.basics import column, label, row, scrolled
from desktop.widgets.card_grid import CardGrid
from desktop.widgets.draft_card import DraftCard
from desktop.widgets.tokens import SPACE_4
from desktop.words import say, tr
from engine.domain import CHANNELS, Draft, Finding, Task


class DraftsPane(QWidget):
    """Cards by key; every signal names the card that it is about."""

    copy_wanted = Signal(int)
    favourite_wanted = Signal(int, bool)
    pin_wanted = Signal(int, bool)
    delete_wanted = Signal(int)
    action_wanted = Signal(int, object)
    poster_wanted = Signal(int)
    read_wanted = Signal(int, str)
    pace_changed = Signal(int)
    made = Signal(int)
    gone = Signal(tuple)
    edited = Signal(int, str)
    edit_finished = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shelf = CardShelf(self._made, self)
        self._shelf.made.connect(lambda _key: self._arrange())
        self._shelf.made.connect(self.made)
        self._busy = False
        self._order: list[int] = []
        self._hidden: set[int] = set()
        self.wishes = CardWishes(self)
        self.title = label("文案", "heading")
        self.hint = label("", "quiet")
        self.empty = label("", "quiet", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        say(
            self.empty.setText,
            "填好商品名称，选一个渠道，点“写几条”。\n写好的文案会并排出现在这里，可以直接修改和复制。",
        )
        self.grid = CardGrid()
        self.area = scrolled(self.grid)
        self.area.hide()
        box = column(row(self.title, None, self.hint), self.empty, self.area)
        box.setStretch(1, 1)
        box.setStretch(2, 1)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)

    # what the presenter says

    def open_cards(self, openings: tuple[CardOpening, ...], keep: bool) -> None:
        """Make room for drafts that will be written; the old cards go unless they are kept below."""
        if not keep:
            self.close_cards(self._shelf.keys())
        self._shelf.open(openings)
        self._order = [o.key for o in openings] + self._order
        self._arrange()
        self.area.verticalScrollBar().setValue(0)

    def close_cards(self, keys: tuple[int, ...]) -> None:
        """Let cards go for good."""
        self.gone.emit(keys)
        for key in keys:
            card = self._shelf.take(key)
            self.wishes.forget(key)
            self._hidden.discard(key)
            if card is not None:
                card.hide()
                card.setParent(None)
                card.deleteLater()
        self._order = [key for key in self._order if self.has(key)]
        self._arrange()

    def show_text(self, key: int, text: str) -> None:
        """The text of a draft so far."""
        self._shelf.tell(key, "show_text", lambda card: card.show_text(text))

    def show_draft(self, key: int, draft: Draft, text: str | None) -> None:
        """A draft is whole, or has its score. What the seller types before the card's turn has come stays."""
        card = self._shelf.made_cards().get(key)
        before = card.edit.text() if card is not None and not card.edit.isReadOnly() else None

        def show(card: DraftCard) -> None:
            now = card.edit.text()
            card.show_draft(draft, text if before in (None, now) else now)

        self._shelf.tell(key, "show_draft", show, later=True)

    def show_findings(self, key: int, findings: tuple[Finding, ...]) -> None:
        """What a check of an edited text found."""
        self._shelf.tell(key, "show_findings", lambda card: card.show_findings(findings))

    def set_favourite(self, key: int, favourite: bool) -> None:
        """Mark a card."""
        self._shelf.tell(key, "set_favourite", lambda card: card.set_favourite(favourite))

    def set_order(self, keys: tuple[int, ...]) -> None:
        """Settle the order; cards that are not named stay behind these."""
        rest = [key for key in self._order if key not in keys]
        self._order = [key for key in keys if self.has(key)] + rest
        self._arrange()

    def hide_card(self, key: int) -> None:
        """Take a card away so that it can come back."""
        if self.has(key):
            self.gone.emit((key,))
            self._hidden.add(key)
            self._shelf.tell(key, "hide", DraftCard.hide)
            self._arrange()

    def bring_back(self, key: int) -> None:
        """Show a hidden card again where it was."""
        self._hidden.discard(key)
        self._arrange()

    def set_busy(self, busy: bool) -> None:
        """While something is written, rewriting waits."""
        self._busy = busy
        for card in self.cards():
            card.set_actions_enabled(not busy)

    # what the keyboard wants

    def shown_keys(self) -> tuple[int, ...]:
        """Keys of the visible cards in their order."""
        return tuple(key for key in self._order if key not in self._hidden)

    def card(self, key: int) -> DraftCard:
        """A card; it is made now if it was not."""
        return self._shelf.card(key)

    def has(self, key: int) -> bool:
        """Whether there is such a card, made or to be made."""
        return self._shelf.has(key)

    def cards(self) -> tuple[DraftCard, ...]:
        """Every card that was made."""
        return tuple(self._shelf.made_cards().values())

    def focused_key(self) -> int | None:
        """The card that the keyboard is in."""
        return next((key for key, card in self._shelf.made_cards().items() if card.edit.hasFocus()), None)

    # parts

    def _made(self, opening: CardOpening) -> DraftCard:
        key = opening.key
        card = DraftCard(opening.channel, opening.task, opening.expected_characters)
        card.copy_wanted.connect(lambda: self.copy_wanted.emit(key))
        card.favourite_wanted.connect(lambda on: self.favourite_wanted.emit(key, on))
        card.pin_wanted.connect(lambda on: self.pin_wanted.emit(key, on))
        card.delete_wanted.connect(lambda: self.delete_wanted.emit(key))
        card.action_wanted.connect(lambda task: self.action_wanted.emit(key, Task(task)))
        card.poster_wanted.connect(lambda: self.poster_wanted.emit(key))
        card.reading.read_wanted.connect(lambda: self.read_wanted.emit(key, card.edit.chosen_text()))
        card.reading.pace_changed.connect(self.pace_changed)
        card.edited.connect(lambda text: self.edited.emit(key, text))
        card.edit_finished.connect(lambda: self.edit_finished.emit(key))
        card.set_actions_enabled(not self._busy)
        if opening.made_by:
            card.made_by.tell(opening.made_by)
        self.wishes.watch(key, card)
        return card

    def _arrange(self) -> None:
        shown = self.shown_keys()
        made = self._shelf.made_cards()
        self.grid.set_cards([made[key] for key in shown if key in made])
        self.empty.setVisible(not shown)
        self.area.setVisible(bool(shown))
        self._show_hint()

    def show_words(self) -> None:
        """What depends on numbers and language."""
        self._show_hint()
        for card in self.cards():
            card.show_words()

    def _show_hint(self) -> None:
        shown = self.shown_keys()
        if not shown:
            self.hint.setText("")
            return
        channels = {self._shelf.channel(key) for key in shown}
        names = "、".join(tr(CHANNELS[channel].name) for channel in channels)
        self.hint.setText(tr("{names} · {n} 条 · Alt+数字 复制", names=names, n=len(shown)))
