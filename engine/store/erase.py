"""Erasing that really removes: rows, full-text index, log, free pages, copies.

A copy is made first, so that a failure half-way loses nothing; once the erase has held and the file checks out, every
copy goes (each of them holds the erased words) and one new copy is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.store.backups import BackupKind, Backups
from engine.store.codec import to_time
from engine.store.session import Session

Condition = tuple[str, tuple[Any, ...]]
"""What stands after WHERE, with its values."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erase removed: products, requests, drafts, and copies of the store."""

    products: int
    requests: int
    drafts: int
    backups: int


class Eraser:
    """Removes for good what the seller names."""

    def __init__(self, session: Session, backups: Backups, pictures: Path) -> None:
        self._session, self._backups, self._pictures = session, backups, pictures

    def product(self, name: str) -> Erased:
        """Everything about the products of this name: the products, every request and draft, rows of jobs, campaigns."""
        products = "id IN (SELECT id FROM product WHERE name = ?)"
        requests = "(product_name = ? OR product_id IN (SELECT id FROM product WHERE name = ?))"
        campaigns = ("json_extract(plan, '$.brief.product') = ?", (name,))
        return self._erase((products, (name,)), (requests, (name, name)), campaigns)

    def period(self, since: datetime, until: datetime) -> Erased:
        """Every request, draft and campaign made in ``since <= time < until``; products stay."""
        times = (to_time(since), to_time(until))
        requests, campaigns = "created_at >= ? AND created_at < ?", "started_at >= ? AND started_at < ?"
        return self._erase(("0", ()), (requests, times), (campaigns, times))

    def recycled(self, before: datetime) -> int:
        """Drafts, products and campaigns that went into the recycle bin before this time; the copies are left to their thinning."""
        limit = (to_time(before),)
        with self._session.transaction():
            count = int(self._session.scalar("SELECT count(*) FROM draft WHERE deleted_at < ?", limit))
            self._session.sql("DELETE FROM draft_fts WHERE rowid IN (SELECT id FROM draft WHERE deleted_at < ?)", limit)
            self._session.sql("DELETE FROM draft WHERE deleted_at < ?", limit)
            self._session.sql(
                "DELETE FROM product_fts WHERE rowid IN (SELECT id FROM product WHERE deleted_at < ?)", limit
            )
            self._session.sql("DELETE FROM product WHERE deleted_at < ?", limit)
            self._session.sql("DELETE FROM campaign WHERE deleted_at < ?", limit)
        if count:
            self.compact()
        return count

    def compact(self) -> None:
        """Merge the indexes, rebuild the file without free pages, cut the log to nothing."""
        for table in ("draft_fts", "product_fts"):
            self._session.sql(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        self._session.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._session.sql("VACUUM")
        self._session.sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _erase(self, products: Condition, requests: Condition, campaigns: Condition) -> Erased:
        self._backups.make(BackupKind.ERASE)
        pictures = [
            row[0] for row in self._session.sql(f"SELECT picture FROM product WHERE {products[0]}", products[1])
        ]
        with self._session.transaction():
            counts = self._delete_rows(products, requests)
            self._session.sql(f"DELETE FROM campaign WHERE {campaigns[0]}", campaigns[1])
        self.compact()
        for picture in filter(None, pictures):
            (self._pictures / Path(picture).name).unlink(missing_ok=True)
        self._backups.check(self._session.path)
        removed = self._backups.erase_all()
        self._backups.make(BackupKind.ERASE)
        return Erased(*counts, removed)

    def _delete_rows(self, products: Condition, requests: Condition) -> tuple[int, int, int]:
        inner = f"SELECT id FROM request WHERE {requests[0]}"
        drafts = f"SELECT id FROM draft WHERE request_id IN ({inner})"
        count = self._session.scalar
        counts = (
            int(count(f"SELECT count(*) FROM product WHERE {products[0]}", products[1])),
            int(count(f"SELECT count(*) FROM request WHERE {requests[0]}", requests[1])),
            int(count(f"SELECT count(*) FROM ({drafts})", requests[1])),
        )
        for text, values in (
            (f"DELETE FROM draft_fts WHERE rowid IN ({drafts})", requests[1]),
            (f"DELETE FROM job_row WHERE request_id IN ({inner})", requests[1]),
            (f"DELETE FROM request WHERE {requests[0]}", requests[1]),
            (f"DELETE FROM product_fts WHERE rowid IN (SELECT id FROM product WHERE {products[0]})", products[1]),
            (f"DELETE FROM product WHERE {products[0]}", products[1]),
        ):
            self._session.sql(text, values)
        return counts
