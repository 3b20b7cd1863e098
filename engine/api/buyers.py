"""The shop's buyers: an order history comes in, audiences in plain words stay, and nothing that names a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.domain.preference import OrderImport, OrderProblem, OrderTrouble, Segment
from engine.domain.records import Audience
from engine.files.tables import Table, read_table
from engine.progress import Ticket
from engine.store import Store
from engine.usecases.audiences import import_orders, make_audience
from engine.usecases.order_history import new_salt

SALT = "order_salt"
"""The store's name for the salt; it is in no export."""


class Buyers:
    """Segments of an order history, and the audiences that the seller keeps of them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def import_orders(self, path: Path, ticket: Ticket, sheet: str = "") -> OrderImport:
        """Read an order list (CSV, XLSX); nothing of it is stored before ``keep``.

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

    def audiences(self) -> list[Audience]:
        """Every audience of the shop, by name."""
        return self._store.audiences.all()

    def _salt(self) -> bytes:
        salt = self._store.blobs.get(SALT)
        if salt is None:
            salt = new_salt()
            self._store.blobs.put(SALT, salt)
        return salt


def _with_bad_rows(found: OrderImport, table: Table) -> OrderImport:
    bad = tuple(OrderProblem(row.number, OrderTrouble.UNREADABLE) for row in table.bad_rows)
    problems = tuple(sorted((*found.problems, *bad), key=lambda problem: problem.number))
    return replace(found, rows=found.rows + len(bad), skipped=found.skipped + len(bad), problems=problems)
