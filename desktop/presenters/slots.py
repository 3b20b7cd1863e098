"""The drafts on the table: one slot for each card, with what the seller made of it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.poster.values import PosterWords
from engine.domain import Brief, Channel, ComposeRequest, Draft, HistoryEntry, Task


@dataclass(slots=True)
class Slot:
    """A card's content; ``run`` tells which click it came from, ``kept_text`` what the store has,
    ``poster`` the words of its poster with the text that they were made from."""

    key: int
    run: int
    index: int
    brief: Brief
    channel: Channel
    task: Task
    draft: Draft | None = None
    text: str = ""
    kept_text: str = ""
    poster: tuple[str, PosterWords] | None = None
    favourite: bool = False
    pinned: bool = False
    hidden: bool = False
    voice_id: int | None = None
    length: int | None = None


class Slots:
    """Slots by key, and by run and index while they are written."""

    def __init__(self) -> None:
        self._slots: dict[int, Slot] = {}
        self._next_key, self._run = 1, 0

    def open_run(self, request: ComposeRequest) -> list[Slot]:
        """Room for the drafts of one click."""
        self._run += 1
        asked = (request.brief, request.channel, request.task)
        made = [Slot(self._take_key(), self._run, index, *asked) for index in range(request.count)]
        for slot in made:
            slot.voice_id, slot.length = request.voice_id, request.length
        self._slots.update({slot.key: slot for slot in made})
        return made

    def open_entry(self, entry: HistoryEntry) -> Slot:
        """Room for a draft out of the store."""
        text = entry.current_text
        slot = Slot(self._take_key(), 0, entry.draft.index, entry.brief, entry.channel, entry.task)
        slot.draft, slot.text, slot.kept_text, slot.favourite = entry.draft, text, text, entry.favourite
        self._slots[slot.key] = slot
        return slot

    def _take_key(self) -> int:
        self._next_key += 1
        return self._next_key - 1

    def get(self, key: int) -> Slot | None:
        """The slot of a card."""
        return self._slots.get(key)

    def finished(self, key: int) -> tuple[Slot, Draft] | None:
        """A slot that has its draft."""
        slot = self._slots.get(key)
        return (slot, slot.draft) if slot is not None and slot.draft is not None else None

    def of_index(self, index: int) -> Slot | None:
        """The slot of the running click that is written under this index."""
        return next((s for s in self._slots.values() if s.run == self._run and s.index == index), None)

    def of_run(self) -> list[Slot]:
        """The slots of the last click."""
        return [slot for slot in self._slots.values() if slot.run == self._run]

    def all(self) -> list[Slot]:
        """Every slot."""
        return list(self._slots.values())

    def drop(self, keys: tuple[int, ...]) -> None:
        """Forget slots."""
        for key in keys:
            self._slots.pop(key, None)

    def make_room(self, reopened: frozenset[int] = frozenset()) -> tuple[int, ...]:
        """Forget all but pinned drafts that are in sight and not among those ``reopened`` (numbers in the store).

        Returns:
            Keys of the slots that went.
        """
        stay = {s.key for s in self.all() if s.pinned and not s.hidden and s.draft and s.draft.draft_id not in reopened}
        gone = tuple(key for key in self._slots if key not in stay)
        self.drop(gone)
        return gone

    def clear(self) -> None:
        """Forget all."""
        self._slots.clear()
