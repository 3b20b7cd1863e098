"""A model file fetched from the hub, a mirror or a plain address: resumed, measured, verified, and only then named.

What has come lies in ``NAME.part``, beside it a note of which file on which server it is a part of. Room on the disk is
checked first. A connection that breaks is taken up again where it broke, several times, then the seller is told and the
part is kept for the next try. A part of another version is thrown away, so is one whose SHA-256 does not fit; a server
that sends a web page instead of a GGUF (a hotel's login page) is noticed at the first bytes.

Reasons of ``DownloadFailed``: those of ``transport`` (``offline``, ``timeout``, ``not_found``, ``forbidden``, ``server``,
``address``) and ``size``, ``hash``, ``not_gguf``, ``disk_full``, ``permission``, ``read_only``, ``io``.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.errors import DownloadFailed, reason_of
from engine.hub import transport
from engine.hub.pump import pumped
from engine.hub.transport import Head, RemoteFile, WireError
from engine.progress import Ticket

DOWNLOAD_STAGE = "download_model"
VERIFY_STAGE = "verify_model"
PART_SUFFIX = ".part"
NOTE_SUFFIX = ".part.json"
RESERVE_BYTES = 64 * 1024 * 1024
MAX_TRIES = 5
REPORT_BYTES = 1024 * 1024

_MAGIC = b"GGUF"
_HASH_CHUNK = 4 * 1024 * 1024
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Part:
    """Where an unfinished file lies."""

    target: Path

    @property
    def path(self) -> Path:
        """The bytes so far."""
        return self.target.with_name(self.target.name + PART_SUFFIX)

    @property
    def note(self) -> Path:
        """What they are a part of."""
        return self.target.with_name(self.target.name + NOTE_SUFFIX)

    def size(self) -> int:
        """How many bytes there are."""
        return self.path.stat().st_size if self.path.exists() else 0

    def discard(self) -> None:
        """Throw the bytes and the note away."""
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


class HubDownloader:
    """Fetches model files when the seller asks for one.

    Args:
        endpoint: a mirror's address; the official one when empty.
        retry_wait_s: the first pause before a connection is taken up again; it doubles with each try.
    """

    def __init__(self, endpoint: str = "", retry_wait_s: float = 1.0) -> None:
        """No connection is made here."""
        self._endpoint = endpoint.rstrip("/")
        self._retry_wait_s = retry_wait_s

    def files(self, repo: str, ticket: Ticket, revision: str = "main") -> tuple[tuple[str, int], ...]:
        """Names and sizes of the files of a repository.

        Raises:
            DownloadFailed, Cancelled.
        """

        def look(put: Callable[[tuple[tuple[str, int], ...]], None]) -> None:
            put(transport.list_files(repo, revision, self._endpoint))

        try:
            with contextlib.closing(pumped(look, ticket)) as answers:
                return next(answers)
        except WireError as error:
            raise DownloadFailed(repo, error.reason) from error

    def describe(self, repo: str, filename: str, ticket: Ticket, revision: str = "main") -> RemoteFile:
        """Size and SHA-256 of a file of a repository on the hub, or on the mirror.

        Raises:
            DownloadFailed, Cancelled.
        """
        try:
            url = transport.hub_address(repo, filename, revision, self._endpoint)
        except ValueError as error:
            raise DownloadFailed(filename, "address") from error
        return self.describe_url(url, ticket)

    def describe_url(self, url: str, ticket: Ticket, sha256: str = "") -> RemoteFile:
        """Size and, where the server or the caller knows it, SHA-256 of the file at a plain address.

        Raises:
            DownloadFailed, Cancelled.
        """
        name = url.rsplit("/", 1)[-1]

        def describe(put: Callable[[RemoteFile], None]) -> None:
            put(transport.describe(url))

        try:
            with contextlib.closing(pumped(describe, ticket)) as answers:
                found = next(answers)
        except WireError as error:
            raise DownloadFailed(name, error.reason) from error
        return RemoteFile(url, found.name, found.size, sha256.lower() or found.sha256, found.etag)

    def fetch(self, remote: RemoteFile, folder: Path, ticket: Ticket) -> Path:
        """Bring the file into ``folder``; returns its path when every byte is safe and verified.

        Raises:
            DownloadFailed: what has come is kept, unless it can be of no use.
            Cancelled: what has come is kept.
        """
        part = _Part(folder / remote.name)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _prepare(part, remote)
            _check_room(folder, remote, part.size())
            self._fill(part, remote, ticket)
            _verify(part, remote, ticket)
            os.replace(part.path, part.target)
            part.note.unlink(missing_ok=True)
        except OSError as error:
            raise DownloadFailed(remote.name, reason_of(error)) from error
        return part.target

    def _fill(self, part: _Part, remote: RemoteFile, ticket: Ticket) -> None:
        """Stream until the file is whole; a try that brought something does not count against the limit."""
        tries = 0
        while True:
            before = part.size()
            if remote.size and before == remote.size:
                return
            try:
                _stream_into(part, remote, ticket)
                return
            except WireError as error:
                tries = 1 if part.size() > before else tries + 1
                if error.lasting or tries >= MAX_TRIES:
                    raise DownloadFailed(remote.name, error.reason) from error
                _log.info("download broke off (%s), try %d", error.reason, tries)
                _wait(self._retry_wait_s * 2 ** (tries - 1), ticket)


def _prepare(part: _Part, remote: RemoteFile) -> None:
    """Keep what has come if it is a part of this very file, else begin anew."""
    identity = {"url": remote.url, "size": remote.size, "sha256": remote.sha256, "etag": remote.etag}
    known: object = None
    with contextlib.suppress(OSError, ValueError):
        known = json.loads(part.note.read_text(encoding="utf-8"))
    if known == identity and not (remote.size and part.size() > remote.size):
        return
    part.discard()
    part.note.write_text(json.dumps(identity), encoding="utf-8")


def _check_room(folder: Path, remote: RemoteFile, have: int) -> None:
    if shutil.disk_usage(folder).free < max(0, remote.size - have) + RESERVE_BYTES:
        raise DownloadFailed(remote.name, "disk_full")


def _stream_into(part: _Part, remote: RemoteFile, ticket: Ticket) -> None:
    """One connection: append what it brings, and see to it that it was all."""
    start = part.size()

    def stream(put: Callable[[Head | bytes], None], start: int = start) -> None:
        transport.stream(remote.url, start, put)

    with contextlib.closing(pumped(stream, ticket)) as items:
        head = next(items)
        assert isinstance(head, Head)
        _take_body(part, remote, (head, items), ticket)


def _take_body(part: _Part, remote: RemoteFile, answer: tuple[Head, Iterator[Head | bytes]], ticket: Ticket) -> None:
    """Put an answer's body where it belongs; a server that does not keep ranges begins at the first byte."""
    head, items = answer
    start = part.size()
    if head.status == transport.BEYOND_END or (head.status == transport.PARTIAL and head.start != start):
        part.path.unlink(missing_ok=True)
        raise WireError("server")
    start = head.start
    with part.path.open("r+b" if part.path.exists() else "wb") as file:
        file.truncate(start)
        file.seek(start)
        total = remote.size or head.size
        size = _append(file, items, remote, (start, total), ticket)
        file.flush()
        os.fsync(file.fileno())
    if total and size < total:
        raise WireError("offline")


def _append(
    file: BinaryIO, items: Iterator[Head | bytes], remote: RemoteFile, span: tuple[int, int], ticket: Ticket
) -> int:
    """Write the body behind the ``span[0]`` bytes that are there; returns the size reached."""
    size, total = span
    reported = -REPORT_BYTES
    for chunk in items:
        if not isinstance(chunk, bytes):
            continue
        if size == 0 and remote.name.lower().endswith(".gguf") and not chunk.startswith(_MAGIC[: len(chunk)]):
            raise WireError("not_gguf", lasting=True)
        file.write(chunk)
        size += len(chunk)
        if total and size > total:
            file.truncate(0)
            raise WireError("size", lasting=True)
        if size - reported >= REPORT_BYTES:
            ticket.report(DOWNLOAD_STAGE, size, total)
            reported = size
    ticket.report(DOWNLOAD_STAGE, size, total)
    return size


def _verify(part: _Part, remote: RemoteFile, ticket: Ticket) -> None:
    """Compare size and SHA-256 with what was promised; a file that cannot become right is thrown away."""
    size = part.size()
    if remote.size and size != remote.size:
        part.discard()
        raise DownloadFailed(remote.name, "size")
    if not remote.sha256:
        return
    digest = hashlib.sha256()
    done = 0
    with part.path.open("rb") as file:
        while chunk := file.read(_HASH_CHUNK):
            ticket.check()
            digest.update(chunk)
            done += len(chunk)
            ticket.report(VERIFY_STAGE, done, size)
    if digest.hexdigest() != remote.sha256:
        part.discard()
        raise DownloadFailed(remote.name, "hash")


def _wait(seconds: float, ticket: Ticket) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ticket.check()
        time.sleep(min(0.1, seconds))
