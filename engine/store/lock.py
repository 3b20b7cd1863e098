"""One process at a time may hold a store: a lock file that the system releases by itself when the holder dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from engine.errors import StoreUnusable
from engine.store.session import os_reason


class InstanceLock:
    """An exclusive lock on ``path``; the file holds the owner's process number for the second start to find."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            StoreUnusable: ``locked`` when another process (or window) holds it, ``read_only`` or ``disk_full`` when the
                lock file cannot be made.
        """
        if self._file is not None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a+", encoding="ascii")
        except OSError as error:
            raise StoreUnusable(self._path, os_reason(error)) from error
        if not _try_lock(file):
            file.close()
            raise StoreUnusable(self._path, "locked")
        self._file = file
        self._write_owner(file)

    def _write_owner(self, file: IO[str]) -> None:
        try:
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        except OSError as error:
            self.release()
            raise StoreUnusable(self._path, os_reason(error)) from error

    def release(self) -> None:
        """Give the lock back; the file stays (removing it would race with the next owner)."""
        if self._file is not None:
            file, self._file = self._file, None
            _unlock(file)
            file.close()

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def owner(self) -> int | None:
        """The process number of the holder, None when nobody has written one."""
        try:
            text = self._path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return int(text) if text.isdigit() else None


if sys.platform == "win32":
    import msvcrt

    LOCKED_BYTE = 1 << 20
    """Far behind the process number, so that others may still read it."""

    def _try_lock(file: IO[str]) -> bool:
        file.seek(LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

    def _unlock(file: IO[str]) -> None:
        file.seek(LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
