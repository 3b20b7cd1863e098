"""The store: one encrypted file, opened by one process, spoken to through small repositories.

``Store`` opens in this order, and each step has its own situation: lock, key, first page, schema version, migration (a
copy first). It never makes a new file where there should be an old one: a store that vanished while copies exist is
``corrupt``, and ``restore`` or ``salvage_damaged`` is the way out. Those two, and ``recover_key``, work on a store that
could not be opened.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType

from engine.domain import ComposeRequest, Draft, HistoryEntry
from engine.domain.records import RECYCLE_DAYS, HistoryFilter, TableDump
from engine.errors import StoreUnusable
from engine.paths import Paths
from engine.ports import Clock
from engine.progress import Ticket
from engine.store.backups import Backup, BackupKind, Backups
from engine.store.campaigns import Blobs, Campaigns, Consents
from engine.store.drafts import Drafts
from engine.store.edits import Edits
from engine.store.erase import Eraser
from engine.store.feedback import FeedbackNotes
from engine.store.jobs import Jobs
from engine.store.keys import KeyPlace, KeyRing
from engine.store.library import Audiences, Templates, Voices
from engine.store.lock import InstanceLock
from engine.store.migrations import MIGRATIONS, migrate
from engine.store.pictures import Pictures
from engine.store.products import Products
from engine.store.salvage import Salvage, salvage
from engine.store.schema import MATERIAL_TABLES, PIXELS, TABLE_COLUMNS
from engine.store.search import DraftIndex, Tokenizer, character_pairs
from engine.store.session import Session, connect, situations

logger = logging.getLogger(__name__)


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Aware UTC time."""
        return datetime.now(UTC)


class DraftPort:
    """``engine.ports.DraftStore`` over the drafts' repository."""

    drafts: Drafts
    model_hash: Callable[[str], str] = staticmethod(lambda _name: "")
    """Name of an installed model → the SHA-256 of its weights, ""."""

    def add_request(self, request: ComposeRequest, model_name: str, seed: int) -> int:
        """Keep a request with the weights that answer it; returns its number."""
        return self.drafts.add_request(request, model_name, seed, model_sha256=self.model_hash(model_name))

    def add_draft(self, request_id: int, draft: Draft) -> int:
        """Keep a draft as it lands; returns its number."""
        return self.drafts.add_draft(request_id, draft)

    def set_ranking(self, request_id: int, drafts: Sequence[Draft]) -> None:
        """Keep the order shown, the scores and the findings."""
        self.drafts.set_ranking(request_id, drafts)

    def history(
        self, search: str = "", *, limit: int = 50, offset: int = 0, favourites: bool = False, deleted: bool = False
    ) -> list[HistoryEntry]:
        """Drafts, newest first; ``search`` is full text."""
        wanted = HistoryFilter(search=search, favourites=favourites, deleted=deleted)
        return self.drafts.find(wanted, limit=limit, offset=offset)


class Store(DraftPort):
    """Everything the seller's work consists of.

    The repositories (``drafts``, ``edits``, ``products``, ``pictures``, ``templates``, ``voices``, ``audiences``, ``jobs``, ``feedback``,
    ``campaigns``, ``consents``, ``blobs``) are there from the start and work while the store is open.
    """

    def __init__(
        self, paths: Paths, keys: KeyRing, tokenize: Tokenizer = character_pairs, clock: Clock | None = None
    ) -> None:
        self._paths, self._keys, self._tokenize = paths, keys, tokenize
        self._clock: Clock = clock or SystemClock()
        self._lock = InstanceLock(paths.home / "store.lock")
        self.backups = Backups(paths.store, paths.backups, self._key, self._clock)
        self._session = Session(paths.store, self._key)
        self._build()

    def _build(self) -> None:
        session, clock = self._session, self._clock
        self._index = DraftIndex(session, self._tokenize)
        self.drafts = Drafts(session, clock, self._index)
        self.edits = Edits(session, clock, self._index, self.drafts)
        self.products = Products(session, clock, self._tokenize)
        self.pictures = Pictures(session, clock)
        self.templates, self.voices, self.audiences = (
            Templates(session, clock),
            Voices(session, clock),
            Audiences(session, clock),
        )
        self.jobs = Jobs(session, clock)
        self.feedback = FeedbackNotes(session, clock)
        self.campaigns, self.consents, self.blobs = (
            Campaigns(session, clock),
            Consents(session, clock),
            Blobs(session, clock),
        )
        self.eraser = Eraser(session, self.backups, self._paths.pictures)

    def _key(self) -> str:
        return self._keys.obtain(store_exists=self._paths.store.exists() or bool(self.backups.all()))

    @property
    def key_place(self) -> KeyPlace | None:
        """Where the key is kept; ``FILE`` must be told to the seller."""
        return self._keys.place

    @property
    def is_open(self) -> bool:
        """Whether the store can be worked with."""
        return self._session.is_open

    def open(self) -> Store:
        """Open, upgrade if need be, and let interrupted jobs wait again.

        Raises:
            StoreUnusable: ``locked``, ``read_only``, ``disk_full``, ``no_key``, ``wrong_key``, ``corrupt``, ``io_error``.
            StoreTooNew, PassphraseNeeded: as they say.
        """
        self._lock.acquire()
        try:
            self._open_session()
            migrate(self._session, lambda: self.backups.make(BackupKind.MIGRATION), MIGRATIONS)
            self.jobs.recover()
        except BaseException:
            self.close()
            raise
        return self

    def _open_session(self) -> None:
        store = self._paths.store
        with situations(store):
            vanished = not store.exists() or store.stat().st_size == 0
        if vanished and self.backups.all():
            raise StoreUnusable(store, "corrupt")
        self._key()
        try:
            self._session.open()
        except StoreUnusable as error:
            if error.reason == "wrong_key" and self._key_is_right():
                raise StoreUnusable(store, "corrupt") from error
            raise

    def _key_is_right(self) -> bool:
        """Whether the key itself is the known one, so that an unreadable first page means damage."""
        return self._keys.matches(self._key()) or any(self.backups.readable(b.path) for b in self.backups.all())

    def close(self) -> None:
        """Close and let others open; a second call does nothing."""
        self._session.close()
        self._lock.release()

    def __enter__(self) -> Store:
        return self.open()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def maintain(self, ticket: Ticket | None = None) -> None:
        """The day's copy, the recycle bin's 30 days, the planner's figures; for a thread beside the window."""
        ticket = ticket or Ticket()
        ticket.report("backup")
        self.backups.daily()
        ticket.check()
        ticket.report("recycle")
        self.eraser.recycled(self._clock.now() - timedelta(days=RECYCLE_DAYS))
        self._session.sql("PRAGMA optimize")

    def integrity(self) -> tuple[str, ...]:
        """What SQLCipher and SQLite find wrong with the file; empty when all is well."""
        found: list[str] = []
        if self._key():
            found += [str(row[0]) for row in self._session.sql("PRAGMA cipher_integrity_check")]
        found += [str(row[0]) for row in self._session.sql("PRAGMA integrity_check(20)") if row[0] != "ok"]
        return (*found, *(f"{row[0]}: {row[2]}" for row in self._session.sql("PRAGMA foreign_key_check")))

    def dump(self) -> list[TableDump]:
        """Everything that is kept about the seller's work, table by table, as plain values."""
        found = []
        for name in MATERIAL_TABLES:
            columns = tuple(column for column in TABLE_COLUMNS[name] if column not in PIXELS.get(name, ()))
            rows = self._session.sql(f'SELECT {", ".join(columns)} FROM "{name}" ORDER BY rowid')
            found.append(TableDump(name, columns, tuple(rows)))
        return found

    def restore(self, name: str) -> Backup | None:
        """Put a copy in the store's place and open it; returns the copy of what was there (restore that to undo)."""
        self._lock.acquire()
        self._session.close()
        before = self.backups.replace_store(name)
        self.open()
        return before

    def salvage_damaged(self) -> Salvage:
        """Save every readable row of a damaged store into a new one, move the damaged one aside, open the new one."""
        self._lock.acquire()
        self._session.close()
        fresh = self._paths.store.with_name(self._paths.store.name + ".salvaged")
        result = salvage(self._paths.store, self._key(), fresh)
        self.backups.check(fresh)
        self.backups.place(fresh)
        self.open()
        self._index.rebuild()
        self.products.reindex()
        return result

    def set_aside(self, folder: Path) -> None:
        """Move the store, its log, its copies and the record of its key into ``folder``; the store must be closed."""
        self._lock.acquire()
        try:
            with situations(folder):
                folder.mkdir(parents=True)
                store = self._paths.store
                files = [store.with_name(store.name + ending) for ending in ("-wal", "-shm", "-journal", "")]
                for part in (*files, self._paths.backups, self._paths.key_file):
                    if part.exists():
                        part.rename(folder / part.name)
        finally:
            self.close()

    def recover_key(self, phrase: str) -> None:
        """Bring a lost key back from the printed phrase; nothing changes unless it opens the store.

        Raises:
            RecoveryPhraseWrong: not a phrase.
            StoreUnusable: ``wrong_key``: the phrase of another store.
        """
        self._keys.restore(phrase, self._prove)

    def _prove(self, key: str) -> None:
        with situations(self._paths.store):
            connection = connect(self._paths.store, key, read_only=True)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            finally:
                connection.close()

    def erase_everything(self) -> bool:
        """Remove the file, its log, the copies, the pictures and the key; closes. False when the keyring kept the key."""
        self._lock.acquire()
        self._session.close()
        self.backups.erase_all()
        store = self._paths.store
        with situations(store):
            for ending in ("", "-wal", "-shm", "-journal", ".salvaged", ".restoring"):
                store.with_name(store.name + ending).unlink(missing_ok=True)
            if self._paths.pictures.is_dir():
                shutil.rmtree(self._paths.pictures)
        gone = self._keys.destroy()
        self.close()
        logger.info("store erased")
        return gone
