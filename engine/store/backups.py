"""Copies of the store: made by SQLite's backup API under the same key, checked by opening, thinned by age, restored.

A copy is written under a temporary name, checked, and renamed: a name in the folder means a whole copy. A restore never
overwrites: the store as it was becomes a copy itself (or, where it cannot be read, is moved aside whole), so a restore
is undone by restoring that. Names tell time, reason and schema: ``20260314T091500.000000Z-daily-v1.db``.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from engine.errors import EngineError, NotFound, StoreUnusable
from engine.ports import Clock
from engine.store.session import connect, situations

logger = logging.getLogger(__name__)

TIME_FORMAT = "%Y%m%dT%H%M%S.%fZ"
DAILY_KEPT, WEEKLY_KEPT, MONTHLY_KEPT = 7, 4, 12
COMPANIONS = ("-wal", "-shm", "-journal")


class BackupKind(StrEnum):
    """Why a copy was made; ``DAMAGED`` is a store that could not be read, moved aside as it was."""

    DAILY = "daily"
    MIGRATION = "migration"
    RESTORE = "restore"
    ERASE = "erase"
    MANUAL = "manual"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy in the backup folder."""

    path: Path
    made_at: datetime
    kind: BackupKind
    version: int
    size: int

    @property
    def name(self) -> str:
        """The file's name, by which it is restored."""
        return self.path.name


class Backups:
    """The backup folder of one store."""

    def __init__(self, store: Path, folder: Path, key: Callable[[], str], clock: Clock) -> None:
        self._store, self._folder, self._key, self._clock = store, folder, key, clock

    def all(self) -> list[Backup]:
        """Every copy, newest first."""
        if not self._folder.is_dir():
            return []
        found = [backup for backup in map(_parse, self._folder.glob("*.db")) if backup]
        return sorted(found, key=lambda backup: backup.made_at, reverse=True)

    def make(self, kind: BackupKind) -> Backup:
        """Copy the store as it stands, and check the copy by opening it.

        Raises:
            StoreUnusable: the store cannot be read (``corrupt``), or the copy not written.
        """
        with situations(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / "making.part"
        try:
            _copy(self._store, part, self._key())
            version = self.check(part)
            path = self._new_path(kind, version)
            with situations(path):
                os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
        logger.info("backup made: %s", path.name)
        return self._find(path.name)

    def daily(self) -> Backup | None:
        """The day's first copy, if there is none yet; old ones are thinned after it."""
        today = self._clock.now().astimezone(UTC).date()
        if any(b.kind is BackupKind.DAILY and b.made_at.date() == today for b in self.all()):
            return None
        backup = self.make(BackupKind.DAILY)
        self.thin()
        return backup

    def thin(self) -> list[str]:
        """Remove what is neither among the newest nor the newest of its week or month; the names removed.

        Copies that were made for a restore or of a damaged file, younger than a month, always stay.
        """
        kept = _kept(self.all(), self._clock.now())
        removed = [backup for backup in self.all() if backup.name not in kept]
        for backup in removed:
            backup.path.unlink(missing_ok=True)
        return [backup.name for backup in removed]

    def check(self, path: Path) -> int:
        """Open a copy, let SQLCipher and SQLite check every page; its schema version.

        Raises:
            StoreUnusable: ``corrupt`` or ``wrong_key``.
        """
        with situations(path):
            connection = connect(path, self._key())
            try:
                version = int(connection.execute("PRAGMA user_version").fetchone()[0])
                problems = connection.execute("PRAGMA cipher_integrity_check").fetchall() if self._key() else []
                verdict = "corrupt" if problems else connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            finally:
                connection.close()
        if verdict != "ok":
            raise StoreUnusable(path, "corrupt")
        return version

    def readable(self, path: Path) -> bool:
        """Whether the key opens this file at all."""
        try:
            with situations(path):
                connection = connect(path, self._key(), read_only=True)
                try:
                    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                finally:
                    connection.close()
        except EngineError:
            return False
        return True

    def replace_store(self, name: str) -> Backup | None:
        """Put a copy in the store's place; the store must be closed. Returns the copy of what was there before.

        Raises:
            NotFound: no such copy.
            StoreUnusable: the copy does not check out (nothing is touched then).
        """
        chosen = self._find(name)
        self.check(chosen.path)
        fresh = self._store.with_name(self._store.name + ".restoring")
        try:
            _copy(chosen.path, fresh, self._key())
            return self.place(fresh)
        finally:
            fresh.unlink(missing_ok=True)

    def place(self, fresh: Path) -> Backup | None:
        """Make the checked file ``fresh`` the store, and what was there a copy."""
        before = self._put_aside() if self._store.exists() else None
        with situations(self._store):
            for ending in COMPANIONS:  # a log of the old file must never meet the new one
                self._store.with_name(self._store.name + ending).unlink(missing_ok=True)
            os.replace(fresh, self._store)
        return before

    def erase_all(self) -> int:
        """Remove every copy; how many there were."""
        found = self.all()
        with situations(self._folder):
            for file in self._folder.glob("*") if self._folder.is_dir() else ():
                file.unlink()
        return len(found)

    def _put_aside(self) -> Backup:
        try:
            return self.make(BackupKind.RESTORE)
        except StoreUnusable as error:
            if error.reason not in ("corrupt", "wrong_key", "io_error"):
                raise
        return self._move_aside()

    def _move_aside(self) -> Backup:
        """Move a store that cannot be copied, with its log, so that salvage can still be tried on it."""
        path = self._new_path(BackupKind.DAMAGED, 0)
        with situations(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            for ending in (*COMPANIONS, ""):
                source = self._store.with_name(self._store.name + ending)
                if source.exists():
                    os.replace(source, path.with_name(path.name + ending))
        return self._find(path.name)

    def _find(self, name: str) -> Backup:
        for backup in self.all():
            if backup.name == name:
                return backup
        raise NotFound("backup", name)

    def _new_path(self, kind: BackupKind, version: int) -> Path:
        moment = self._clock.now().astimezone(UTC)
        while True:
            path = self._folder / f"{moment.strftime(TIME_FORMAT)}-{kind.value}-v{version}.db"
            if not path.exists():
                return path
            moment += timedelta(microseconds=1)


def _copy(source: Path, target: Path, key: str) -> None:
    """Copy a database page by page into one file without a log beside it, safe on the disk."""
    target.unlink(missing_ok=True)
    with situations(source):
        reading = connect(source, key)
        try:
            reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
            writing = connect(target, key)
            try:
                reading.backup(writing)
                writing.execute("PRAGMA journal_mode = DELETE").fetchone()
            finally:
                writing.close()
        finally:
            reading.close()
    with situations(target), target.open("rb+") as file:
        os.fsync(file.fileno())


def _parse(path: Path) -> Backup | None:
    parts = path.stem.split("-")
    try:
        made_at = datetime.strptime(parts[0], TIME_FORMAT).replace(tzinfo=UTC)
        return Backup(path, made_at, BackupKind(parts[1]), int(parts[2].removeprefix("v")), path.stat().st_size)
    except (ValueError, IndexError, FileNotFoundError):
        return None


def _kept(backups: list[Backup], now: datetime) -> set[str]:
    kept = {b.name for b in backups[:DAILY_KEPT]}
    kept |= _newest_per(backups, "%G-%V", WEEKLY_KEPT) | _newest_per(backups, "%Y-%m", MONTHLY_KEPT)
    young = now - timedelta(days=31)
    return kept | {b.name for b in backups if b.kind in (BackupKind.RESTORE, BackupKind.DAMAGED) and b.made_at > young}


def _newest_per(backups: list[Backup], period: str, count: int) -> set[str]:
    newest: dict[str, str] = {}
    for backup in backups:  # newest first
        newest.setdefault(backup.made_at.strftime(period), backup.name)
    return set(list(newest.values())[:count])
