"""One connection to the encrypted file, shared by all threads behind one lock; every failure leaves as a situation.

The raw 32-byte key goes to SQLCipher as ``x'…'``, so no password stretching slows the opening. An *empty* key opens an
unencrypted file: only benchmarks and the test that greps every byte use that. A transaction is ``BEGIN IMMEDIATE``;
nested ones join the outer one. ``synchronous=FULL`` in WAL: what ``transaction()`` has left is on the disk.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import peewee

from engine.errors import StoreUnusable

BUSY_TIMEOUT_S = 5.0

PRAGMAS: tuple[tuple[str, str], ...] = (
    ("cipher_log_level", "NONE"),
    ("temp_store", "MEMORY"),
    ("foreign_keys", "ON"),
    ("secure_delete", "ON"),
    ("synchronous", "FULL"),
    ("cache_size", "-32000"),
)

REASONS: dict[str, str] = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_READONLY": "read_only",
    "SQLITE_CANTOPEN": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_CORRUPT": "corrupt",
    "SQLITE_NOTADB": "wrong_key",
    "SQLITE_IOERR": "io_error",
}

MESSAGES: dict[str, str] = {
    "SQL logic error": "corrupt",
    "database or disk is full": "disk_full",
    "attempt to write a readonly database": "read_only",
    "unable to open database file": "read_only",
    "database is locked": "locked",
    "database table is locked": "locked",
    "database disk image is malformed": "corrupt",
    "file is not a database": "wrong_key",
    "disk I/O error": "io_error",
}
"""The same by SQLite's own words, for the backup API's errors, which carry no code. *SQL logic error*, or a memory error,
is what SQLCipher gives on a connection on which a page has failed its check."""

OS_REASONS: dict[str, str] = {"ENOSPC": "disk_full", "EDQUOT": "disk_full", "EROFS": "read_only", "EACCES": "read_only"}


def connect(path: Path, key: str, *, read_only: bool = False) -> Any:
    """A raw connection (DB-API) with the key set and the pragmas on; the caller closes it."""
    from sqlcipher3 import dbapi2

    address = f"file:{_quoted(path)}?mode={'ro' if read_only else 'rwc'}"
    connection = dbapi2.connect(
        address, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key:
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
    for name, value in PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(path.as_posix())


def reason_of(error: BaseException) -> str | None:
    """The ``StoreUnusable`` reason of a database error, None when it is a mistake in the program."""
    current: BaseException | None = error
    while current is not None:
        name = getattr(current, "sqlite_errorname", None)
        if isinstance(name, str):
            for prefix, reason in REASONS.items():
                if name.startswith(prefix):
                    return reason
        if isinstance(current, MemoryError):
            return "corrupt"
        if str(current) in MESSAGES:
            return MESSAGES[str(current)]
        current = current.__cause__ or current.__context__
    return None


@contextmanager
def situations(path: Path) -> Iterator[None]:
    """Turn database and system errors about ``path`` into ``StoreUnusable``."""
    try:
        yield
    except OSError as error:
        raise StoreUnusable(path, os_reason(error)) from error
    except (peewee.PeeweeException, MemoryError, *_driver_errors()) as error:
        reason = reason_of(error)
        if reason is None:
            raise
        raise StoreUnusable(path, reason) from error


def os_reason(error: OSError) -> str:
    """The ``StoreUnusable`` reason of a system error."""
    import errno

    return OS_REASONS.get(errno.errorcode.get(error.errno or 0, ""), "io_error")


def _driver_errors() -> tuple[type[BaseException], ...]:
    from sqlcipher3 import dbapi2

    return (dbapi2.Error, sqlite3.Error)


class CipherDatabase(peewee.SqliteDatabase):
    """Peewee's SQLite on SQLCipher with a raw key."""

    def __init__(self, path: Path, key: Callable[[], str]) -> None:
        super().__init__(str(path), thread_safe=False)
        self._path, self._key = path, key

    def _connect(self) -> Any:
        connection = connect(self._path, self._key())
        try:
            self._add_conn_hooks(connection)
        except BaseException:
            connection.close()
            raise
        return connection


class Session:
    """The open store: runs queries one at a time, in transactions."""

    def __init__(self, path: Path, key: Callable[[], str]) -> None:
        self.path = path
        self._database = CipherDatabase(path, key)
        self._lock = threading.RLock()

    def open(self) -> None:
        """Connect, read the first page, switch to WAL.

        Raises:
            StoreUnusable: with the reason.
        """
        with self._lock, situations(self.path):
            try:
                self._database.connect()
                self._database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
                self._database.execute_sql("PRAGMA journal_mode = WAL").fetchone()
            except BaseException:
                self._database.close()
                raise

    def close(self) -> None:
        """Close; a second call does nothing."""
        with self._lock, situations(self.path):
            self._database.close()

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return not self._database.is_closed()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is kept, or nothing; on leaving it is on the disk."""
        with self._lock, situations(self.path):
            if self._database.in_transaction():
                yield
                return
            with self._database.atomic("IMMEDIATE"):
                yield

    def run(self, query: Any) -> Any:
        """Run an inserting, updating or deleting Peewee query; its row number or row count."""
        with self._lock, situations(self.path):
            return query.execute(self._database)

    def rows(self, query: Any) -> list[dict[str, Any]]:
        """All rows of a Peewee select as dictionaries."""
        with self._lock, situations(self.path):
            return list(query.dicts().bind(self._database).execute(self._database))

    def row(self, query: Any) -> dict[str, Any] | None:
        """The first row of a Peewee select."""
        found = self.rows(query.limit(1))
        return found[0] if found else None

    def sql(self, text: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Run one SQL statement; all its rows."""
        with self._lock, situations(self.path):
            return list(self._database.execute_sql(text, values).fetchall())

    def scalar(self, text: str, values: tuple[Any, ...] = ()) -> Any:
        """The first value of the first row, or None."""
        found = self.sql(text, values)
        return found[0][0] if found else None

    def script(self, text: str) -> None:
        """Run many statements parted by ``;`` at line ends, inside the running transaction."""
        for statement in text.split(";\n"):
            if statement.strip():
                self.sql(statement.strip().rstrip(";"))

    def __enter__(self) -> Session:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
