"""Files are replaced, never half written: a temporary name beside the target, fsync, ``os.replace``, fsync the folder.

Whatever happens on the way (disk full, a kill, an error in the writer) the target holds either its old bytes or all of
the new ones, and no temporary file stays behind unless the process itself was killed.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from engine.errors import FileUnreadable, FileUnwritable, reason_of

TEMPORARY_SUFFIX = ".part"


@contextlib.contextmanager
def atomic_writer(path: Path) -> Iterator[BinaryIO]:
    """A binary file that becomes ``path`` when the block ends without an error.

    Raises:
        FileUnwritable: the folder cannot be made or written, the disk is full, or another program holds the target.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".zg-", suffix=TEMPORARY_SUFFIX, dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            yield cast(BinaryIO, file)
            file.flush()
            os.fsync(file.fileno())
        _take_over_mode(temporary, path)
        os.replace(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise FileUnwritable(path, reason_of(error)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> Path:
    """Put ``content`` at ``path`` in one step; returns ``path``."""
    with atomic_writer(path) as file:
        file.write(content)
    return path


def write_text(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Put ``text`` at ``path`` in one step; lone surrogates become ``?``."""
    return write_bytes(path, text.encode(encoding, errors="replace"))


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """The whole file.

    Raises:
        FileUnreadable: ``missing``, ``permission``, ``is_folder``, ``too_large``, ``io``.
    """
    try:
        if path.is_dir():
            raise FileUnreadable(path, "is_folder")
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as error:
        raise FileUnreadable(path, reason_of(error)) from error
    except ValueError as error:
        raise FileUnreadable(path, "missing") from error
    if len(content) > max_bytes:
        raise FileUnreadable(path, "too_large")
    return content


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` outlive a power cut, where the system can (Windows does it by itself)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _take_over_mode(temporary: Path, target: Path) -> None:
    """Give the new file the old one's permissions, or the usual ones (mkstemp's are for its owner alone)."""
    with contextlib.suppress(OSError):
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask)
