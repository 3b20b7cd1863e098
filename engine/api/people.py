"""Who speaks and who is spoken to: the shop's brand voices, and its audiences, by hand or out of an order history."""

from __future__ import annotations

from pathlib import Path

from engine.domain.preference import Audience, BrandVoice, OrderImport, Segment, Trait
from engine.files.tables import read_table
from engine.progress import Ticket
from engine.ranking import voice_traits
from engine.store import Store
from engine.usecases.audiences import import_orders, make_audience
from engine.usecases.order_history import new_salt

SALT_BLOB = "order_salt"


class Voices:
    """The shop's voices; a request with a ``voice_id`` is written and ranked in it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[BrandVoice]:
        """Every voice, by name."""
        return self._store.voices.all()

    def save(self, voice: BrandVoice) -> BrandVoice:
        """Keep a voice, new (number 0) or changed; returns it with its number."""
        return self._store.voices.save(voice)

    def delete(self, voice_id: int) -> None:
        """Remove a voice; raises ``NotFound``."""
        self._store.voices.delete(voice_id)

    def put_back(self, voice: BrandVoice) -> None:
        """Undo a delete."""
        self._store.voices.put_back(voice)

    def traits(self, voice: BrandVoice) -> tuple[Trait, ...]:
        """What is known of a voice, its samples' habits too; empty when there is nothing to tell."""
        return voice_traits(voice)


class Audiences:
    """Whom the shop writes for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Audience]:
        """Every audience, by name."""
        return self._store.audiences.all()

    def save(self, audience: Audience) -> Audience:
        """Keep an audience, new (number 0) or changed; returns it with its number."""
        return self._store.audiences.save(audience)

    def delete(self, audience_id: int) -> None:
        """Remove an audience; raises ``NotFound``."""
        self._store.audiences.delete(audience_id)

    def put_back(self, audience: Audience) -> None:
        """Undo a delete."""
        self._store.audiences.put_back(audience)

    def import_orders(self, path: Path, ticket: Ticket) -> OrderImport:
        """The buyers of an order history in groups; nothing of the file is kept.

        Raises:
            FileUnreadable, TableUnusable, Cancelled: as they say.
        """
        table = read_table(path)
        rows = [dict(zip(table.headings, row.cells, strict=True)) for row in table.good_rows]
        return import_orders(rows, self._salt(), ticket=ticket)

    def from_segment(self, segment: Segment) -> Audience:
        """An audience to write for, made of a group of buyers; not stored yet."""
        return make_audience(segment)

    def _salt(self) -> bytes:
        known = self._store.blobs.get(SALT_BLOB)
        if known is None:
            known = new_salt()
            self._store.blobs.put(SALT_BLOB, known)
        return known
