"""Files appear whole or not at all: written to a temporary folder beside the target, flushed, then renamed."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.errors import FileUnwritable

CHUNK_BYTES = 1 << 20
SHARD_SUFFIX = re.compile(r"-(\d{5})-of-(\d{5})$")


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A finished file with its size in bytes and SHA-256 in hex."""

    path: Path
    size: int
    sha256: str


@contextmanager
def staging_folder(parent: Path) -> Iterator[Path]:
    """A temporary folder on the target's file system; it is gone when the block ends."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".convert-", dir=parent))
    except OSError as error:
        raise FileUnwritable(parent, error.strerror or str(error)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(staged: Sequence[Path], folder: Path) -> tuple[WrittenFile, ...]:
    """Flush staged files to disk and move them into ``folder``; older shards of the same model go."""
    hashes = [sha256_of(path) for path in staged]
    for path in staged:
        flush_to_disk(path)
    targets = [folder / path.name for path in staged]
    for path, target in zip(staged, targets, strict=True):
        os.replace(path, target)
    _remove_stale_shards(targets)
    return tuple(WrittenFile(t, t.stat().st_size, h) for t, h in zip(targets, hashes, strict=True))


def write_text(path: Path, text: str) -> None:
    """Write a text file atomically."""
    with staging_folder(path.parent) as staging:
        staged = staging / path.name
        staged.write_text(text, encoding="utf-8")
        publish([staged], path.parent)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def flush_to_disk(path: Path) -> None:
    """Return when the file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def model_stem(path: Path) -> str:
    """The model's name in a file name, without the shard number."""
    return SHARD_SUFFIX.sub("", path.stem)


def shards_of(path: Path) -> tuple[Path, ...]:
    """All shards that belong to a first shard, in order; a file of its own is its only one."""
    match = SHARD_SUFFIX.search(path.stem)
    if match is None:
        return (path,)
    count = int(match.group(2))
    return tuple(path.with_name(f"{model_stem(path)}-{i + 1:05d}-of-{count:05d}.gguf") for i in range(count))


def _remove_stale_shards(written: Sequence[Path]) -> None:
    stem = model_stem(written[0])
    for other in written[0].parent.glob("*.gguf"):
        if other not in written and model_stem(other) == stem:
            other.unlink()
