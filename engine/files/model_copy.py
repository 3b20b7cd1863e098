"""A model's files copied from a disk or USB stick, hashed on the way, and put in place in one step.

The copy goes into a folder beside the target whose name begins with a dot and ends in ``.part``; only when every byte is
there and synced does ``os.replace`` give it its name. A kill leaves a ``.part`` folder, which the next import sweeps
away, and never a model that looks whole and is not.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.domain.model import ModelFile
from engine.errors import FileUnreadable, FileUnwritable, reason_of
from engine.files.atomic import sync_folder
from engine.files.manifest import CHUNK_BYTES

INCOMING_PREFIX = ".incoming-"
RESERVE_BYTES = 64 * 1024 * 1024
"""Left free on the disk, so that the store can go on writing."""


@contextlib.contextmanager
def incoming_folder(models: Path, name: str) -> Iterator[Path]:
    """An empty folder to fill, which becomes ``models / name`` when the block ends well and is gone when it does not.

    Raises:
        FileUnwritable: no permission, disk full, or a model of this name is there (``exists``).
    """
    target, folder = models / name, models / f"{INCOMING_PREFIX}{name}.part"
    try:
        models.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        yield folder
        if target.exists():
            raise FileUnwritable(target, "exists")
        os.replace(folder, target)
        sync_folder(models)
    except OSError as error:
        raise FileUnwritable(target, reason_of(error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_incoming(models: Path) -> None:
    """Remove what killed imports left."""
    for folder in models.glob(f"{INCOMING_PREFIX}*.part"):
        shutil.rmtree(folder, ignore_errors=True)


def check_free_space(folder: Path, needed_bytes: int) -> None:
    """Raise ``FileUnwritable(disk_full)`` when ``folder``'s disk has no room for that and a reserve."""
    place = next((parent for parent in (folder, *folder.parents) if parent.exists()), folder)
    try:
        free = shutil.disk_usage(place).free
    except OSError as error:
        raise FileUnwritable(folder, reason_of(error)) from error
    if free < needed_bytes + RESERVE_BYTES:
        raise FileUnwritable(folder, "disk_full")


def copy_hashed(source: Path, target: Path, on_bytes: Callable[[int], None]) -> ModelFile:
    """Copy a file, synced, and say what it is; ``on_bytes`` hears how many bytes are over, at every chunk.

    Raises:
        FileUnreadable: the source went away or cannot be read.
        FileUnwritable: the disk is full, or we may not write.
    """
    digest = hashlib.sha256()
    size = 0
    try:
        output = target.open("wb")
    except OSError as error:
        raise FileUnwritable(target, reason_of(error)) from error
    with output:
        for chunk in _chunks(source):
            digest.update(chunk)
            with _writing(target):
                output.write(chunk)
            size += len(chunk)
            on_bytes(size)
        with _writing(target):
            output.flush()
            os.fsync(output.fileno())
    return ModelFile(target.name, size, digest.hexdigest())


def _chunks(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        raise FileUnreadable(source, reason_of(error)) from error


@contextlib.contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileUnwritable(target, reason_of(error)) from error
