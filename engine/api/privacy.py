"""The seller's rights over the data: see, carry away, put aside, bring back, guard, erase."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from engine.errors import NotFound
from engine.paths import Paths
from engine.store import BackupKind, KeyRing, Store
from engine.usecases.privacy import Privacy as PrivacyCase
from engine.usecases.taste import Taste


class Privacy:
    """See, carry away, correct, erase."""

    def __init__(self, store: Store, keys: KeyRing, paths: Paths, taste: Taste) -> None:
        self._store, self._keys, self._paths, self._taste = store, keys, paths, taste
        self._case = PrivacyCase(store, paths.pictures)

    def summary(self) -> dict[str, int]:
        """What is kept: rows by the Chinese name of their table."""
        return {table.name: table.rows for table in self._case.summary()}

    def export_all(self, folder: Path) -> Path:
        """Everything as JSON and CSV in one zip in ``folder``."""
        path = folder / "掌柜文案-我的数据.zip"
        self._case.export(path)
        return path

    def erase_product(self, name: str) -> None:
        """Remove a product with its drafts, from the copies and from what was learned too."""
        self._case.erase_product(name)
        self._taste.relearn()

    def erase_period(self, since: datetime, until: datetime) -> None:
        """Remove what was written in ``since <= time < until``, from the copies and from what was learned too."""
        self._case.erase_period(since, until)
        self._taste.relearn()

    def erase_everything(self) -> None:
        """Remove the store, its copies, the pictures and the key; a new empty store is opened."""
        self._case.erase_everything()
        self._store.open()
        self._taste.reload()

    def backup_now(self) -> Path:
        """Make a copy."""
        return self._store.backups.make(BackupKind.MANUAL).path

    def backups(self) -> list[Path]:
        """The copies, newest first."""
        return sorted((backup.path for backup in self._store.backups.all()), reverse=True)

    def restore(self, backup: Path) -> None:
        """Put a copy in the store's place; what was there becomes a copy itself."""
        if backup not in self.backups():
            raise NotFound("backup", backup.name)
        self._store.restore(backup.name)
        self._taste.reload()

    def recovery_phrase(self) -> str:
        """The words to print and keep."""
        return self._keys.recovery_phrase()

    def key_place(self) -> str:
        """``keyring`` or ``file``."""
        place = self._keys.place
        return place.value if place else ""

    @property
    def guarded(self) -> bool:
        """Whether a passphrase is asked at the start."""
        return self._keys.guarded

    def set_passphrase(self, passphrase: str) -> None:
        """Ask for this passphrase from the next start on; "" asks for none."""
        self._keys.set_passphrase(passphrase or None)

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the file, page by page; empty when all is well."""
        return self._store.integrity()
