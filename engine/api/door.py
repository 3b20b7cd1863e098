"""The way into the seller's store: opens the engine, and mends what stands in the way without destroying anything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from engine.api.engine import Engine
from engine.errors import NotFound
from engine.paths import Paths
from engine.ports import TextModel
from engine.store import BackupKind, KeyRing, Salvage, Store, Vault
from engine.text.segment import cut_words


class StoreDoor:
    """One store and its key, open or not.

    Every way out keeps what was there: a restored copy, a salvaged file and a new beginning each leave the former file in
    the backup folder or beside it.

    Args:
        text_model: writes in place of an installed model (tests, benchmarks).
        vault: where the key lies; the system's keyring by default.
    """

    def __init__(
        self, paths: Paths | None = None, *, text_model: TextModel | None = None, vault: Vault | None = None
    ) -> None:
        self.paths = paths or Paths.default()
        self._text_model = text_model
        self._keys = KeyRing(self.paths, vault)

    def open(self) -> Engine:
        """The engine on this store.

        Raises:
            StoreUnusable: ``locked``, ``read_only``, ``disk_full``, ``io_error``; ``corrupt`` (``restore`` or ``salvage``),
                ``no_key`` or ``wrong_key`` (``recover``; or ``start_anew``).
            PassphraseNeeded: ``unlock`` first.
            StoreTooNew: a newer version of the program wrote it.
        """
        return Engine.open(self.paths, text_model=self._text_model, keys=self._keys)

    @property
    def guarded(self) -> bool:
        """Whether a passphrase is asked."""
        return self._keys.guarded

    def unlock(self, passphrase: str) -> None:
        """Take the seller's passphrase; raises ``PassphraseNeeded`` (``wrong``) when it is another."""
        self._keys.unlock(passphrase)

    def recover(self, phrase: str) -> None:
        """Bring a lost key back from the printed phrase; a passphrase is gone after that.

        Raises:
            RecoveryPhraseWrong, StoreUnusable (``wrong_key``: the phrase of another store).
        """
        self._store().recover_key(phrase)

    def backups(self) -> list[Path]:
        """Copies that can be restored, newest first; files that were moved aside as damaged are not among them."""
        return [backup.path for backup in self._store().backups.all() if backup.kind is not BackupKind.DAMAGED]

    def restore(self, backup: Path) -> None:
        """Put a copy in the store's place; what was there becomes a copy, or is moved aside where it cannot be read."""
        if backup not in self.backups():
            raise NotFound("backup", backup.name)
        store = self._store()
        try:
            store.restore(backup.name)
        finally:
            store.close()

    def salvage(self) -> Salvage:
        """Save every readable row of a damaged store into a new one; the damaged file is kept."""
        store = self._store()
        try:
            return store.salvage_damaged()
        finally:
            store.close()

    def start_anew(self) -> Path:
        """Move the store, its key and its copies aside into a folder of their own; the next ``open`` makes an empty one."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        folder = self.paths.home / f"set-aside-{stamp}"
        self._store().set_aside(folder)
        self._keys.lock()
        return folder

    def _store(self) -> Store:
        return Store(self.paths, self._keys, cut_words)
