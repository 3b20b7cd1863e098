"""What can still be read of a damaged file, row by row, into a new one.

SQLCipher refuses a page whose check sum is wrong, and after that everything on the same connection; so a range of rows
is read at once, and where that fails the connection is opened anew and the range halved, down to single rows. Rows that
come out but point at rows that did not are dropped at the end; the full-text indexes are built anew by the caller. A file of
an older program gives what it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import StoreUnusable
from engine.store.migrations import MIGRATIONS
from engine.store.schema import TABLE_COLUMNS
from engine.store.session import Session, connect, situations

FIRST_GUESS = 1 << 20
"""Highest row number tried in a table that tells neither its last one nor its next."""

PROBES = 64
"""Single rows tried, evenly over a table, before it is given up: where none can be reached its root page is damaged."""


@dataclass(frozen=True, slots=True)
class Salvage:
    """What came out: rows saved by table, and how many row numbers could not be read (an upper bound of rows lost)."""

    saved: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0


def salvage(damaged: Path, key: str, target: Path) -> Salvage:
    """Fill the new database ``target`` with every readable row of ``damaged``.

    Raises:
        StoreUnusable: not even the first page can be read.
    """
    target.unlink(missing_ok=True)
    reader = _Reader(damaged, key)
    saved: dict[str, int] = {}
    try:
        reader.reconnect()
        with Session(target, lambda: key) as session:
            with session.transaction():
                for step in MIGRATIONS:
                    session.script(step.script)
                session.sql(f"PRAGMA user_version = {MIGRATIONS[-1].number}")
            session.sql("PRAGMA foreign_keys = OFF")
            with session.transaction():
                for name, columns in TABLE_COLUMNS.items():
                    saved[name] = _copy_table(reader, session, name, columns)
                _drop_orphans(session)
            session.sql("PRAGMA journal_mode = DELETE")
    finally:
        reader.close()
    return Salvage(saved, reader.unreadable)


class _Reader:
    """Reads ranges of rows and survives damaged pages."""

    def __init__(self, path: Path, key: str) -> None:
        self._path, self._key = path, key
        self._connection: Any = None
        self.unreadable = 0

    def reconnect(self) -> None:
        self.close()
        with situations(self._path):
            self._connection = connect(self._path, self._key)
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def fetch(self, text: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]] | None:
        """All rows, or None when a page on the way is damaged."""
        try:
            with situations(self._path):
                return list(self._connection.execute(text, values).fetchall())
        except StoreUnusable:
            self.reconnect()
            return None

    def columns(self, table: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the known columns that the file has: an older program's file may lack some, or the table."""
        found = self.fetch(f"PRAGMA table_info({table})")
        if found is None:
            return known
        there = {row[1] for row in found}
        return tuple(name for name in known if name in there)

    def rows(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """Every readable row of a table."""
        last = self.fetch(f"SELECT max(rowid) FROM {table}")
        highest = self._next_number(table) if last is None else (last[0][0] or 0)
        if last is None and not self._reachable(table, highest):
            self.unreadable += highest if highest < FIRST_GUESS else 1
            return
        ranges = [(1, highest)]
        while ranges:
            low, high = ranges.pop()
            if low > high:
                continue
            found = self.fetch(f"SELECT {columns} FROM {table} WHERE rowid BETWEEN ? AND ?", (low, high))
            if found is not None:
                yield from found
            elif low == high:
                self.unreadable += 1
            else:
                middle = (low + high) // 2
                ranges += [(middle + 1, high), (low, middle)]

    def _next_number(self, table: str) -> int:
        """The highest row number that a table has ever given, where it counts them."""
        found = self.fetch("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return int(found[0][0]) if found else FIRST_GUESS

    def _reachable(self, table: str, highest: int) -> bool:
        """Whether any row of a table can be looked up at all."""
        step = max(1, highest // PROBES)
        query = f"SELECT 1 FROM {table} WHERE rowid = ?"
        return any(self.fetch(query, (number,)) is not None for number in range(1, highest + 1, step))


def _copy_table(reader: _Reader, session: Session, table: str, columns: tuple[str, ...]) -> int:
    columns = reader.columns(table, columns)
    if not columns:
        return 0
    marks = ", ".join("?" * len(columns))
    count = 0
    for row in reader.rows(table, ", ".join(columns)):
        session.sql(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)
        count += 1
    return count


def _drop_orphans(session: Session) -> None:
    """Rows whose parent is lost go, or (where the reference may be empty) lose the reference."""
    while broken := session.sql("PRAGMA foreign_key_check"):
        for table, rowid, _parent, number in broken:
            column = next(row for row in session.sql(f"PRAGMA foreign_key_list({table})") if row[0] == number)
            if column[6] == "SET NULL":
                session.sql(f"UPDATE {table} SET {column[3]} = NULL WHERE rowid = ?", (rowid,))
            else:
                session.sql(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))
