"""Who speaks and who is spoken to: the shop's brand voices, and its audiences, by hand or out of an order history."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.domain.preference import Audience, BrandVoice, OrderImport, OrderProblem, OrderTrouble, Segment, Trait
from engine.files.tables import Table, read_table
from engine.progress import Ticket
from engine.ranking import voice_traits
from engine.store import Store
from engine.usecases.audiences import import_orders, make_audience
from engine.usecases.order_history import new_salt

SALT_BLOB = "order_salt"
"""The store's name for the salt; it is in no export."""


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

    def import_orders(self, path: Path, ticket: Ticket, sheet: str = "") -> OrderImport:
        """The buyers of an order history (CSV, XLSX) in groups; nothing of the file is kept.

        Raises:
            FileUnreadable: as ``engine.files.tables`` says.
            TableUnusable: no column of buyers or of times.
            Cancelled: by the ticket.
        """
        table = read_table(path, sheet)
        good = table.good_rows
        found = import_orders(
            [dict(zip(table.headings, row.cells, strict=False)) for row in good],
            self._salt(),
            numbers=[row.number for row in good],
            ticket=ticket,
        )
        return _with_bad_rows(found, table)

    def keep(self, segments: tuple[Segment, ...]) -> list[Audience]:
        """Make audiences of segments, in place of those that an earlier order history made."""
        for old in self._store.audiences.all():
            if old.from_orders:
                self._store.audiences.delete(old.audience_id)
        return [self._store.audiences.save(make_audience(segment)) for segment in segments]

    def from_segment(self, segment: Segment) -> Audience:
        """An audience to write for, made of a group of buyers; not stored yet."""
        return make_audience(segment)

    def _salt(self) -> bytes:
        known = self._store.blobs.get(SALT_BLOB)
        if known is None:
            known = new_salt()
            self._store.blobs.put(SALT_BLOB, known)
        return known


def _with_bad_rows(found: OrderImport, table: Table) -> OrderImport:
    bad = tuple(OrderProblem(row.number, OrderTrouble.UNREADABLE) for row in table.bad_rows)
    problems = tuple(sorted((*found.problems, *bad), key=lambda problem: problem.number))
    return replace(found, rows=found.rows + len(bad), skipped=found.skipped + len(bad), problems=problems)
