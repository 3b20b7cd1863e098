"""The wire: huggingface_hub's addresses, metadata and session, without its telemetry, tokens and cache.

Requests name nothing but the program: no token is read from the machine, no library versions are told, and the
chunk-store protocol is off, so that a mirror needs only plain HTTP with ranges. Every failure comes out as
``WireError`` with one of the reasons ``offline``, ``timeout``, ``not_found``, ``forbidden``, ``server``, ``address``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote, urlsplit

CONNECT_TIMEOUT_S = 15.0
READ_TIMEOUT_S = 30.0
PARTIAL, WHOLE, BEYOND_END = 206, 200, 416

_HEADERS = {"user-agent": "zhanggui", "accept-encoding": "identity"}
_QUIET = {"HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"}
_STATUS_REASONS = {401: "forbidden", 403: "forbidden", 404: "not_found", 410: "not_found", 451: "forbidden"}
_FILE_NAME = re.compile(r"[^/\\:*?\"<>|\x00-\x1f.][^/\\:*?\"<>|\x00-\x1f]*")
_REPOSITORY = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}")


class WireError(Exception):
    """The network or the server did not do what was asked; ``lasting`` when trying again is of no use."""

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        """Keep the reason's key."""
        super().__init__(reason)
        self.reason, self.lasting = reason, lasting


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on a server: address, name, size in bytes (0 unknown), SHA-256 (empty unknown), and its version's tag."""

    url: str
    name: str
    size: int
    sha256: str
    etag: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """How a server answers: status, where the body starts, how large the whole file is (0 unknown)."""

    status: int
    start: int
    size: int


def hub_address(repo: str, filename: str, revision: str, endpoint: str) -> str:
    """The address of a file of a repository on the hub or on a mirror of it."""
    hub = _hub()
    address: str = hub.hf_hub_url(repo, filename, revision=revision, endpoint=endpoint or None)
    return address


def list_files(repo: str, revision: str, endpoint: str) -> tuple[tuple[str, int], ...]:
    """Names and sizes of the files of a repository, as the server tells them."""
    if not _REPOSITORY.fullmatch(repo):
        raise WireError("address", lasting=True)
    _hub()
    from huggingface_hub.constants import ENDPOINT
    from huggingface_hub.utils import get_session

    base = endpoint or ENDPOINT
    url = f"{base}/api/models/{quote(repo)}/tree/{quote(revision, safe='')}?recursive=true"
    try:
        answer = get_session().get(url, headers=dict(_HEADERS), timeout=READ_TIMEOUT_S, follow_redirects=True)
        if answer.status_code != WHOLE:
            raise _status_error(answer.status_code)
    except (_http_error(), OSError, ValueError) as error:
        raise _wire_error(error) from error
    try:
        rows = answer.json()
    except ValueError as error:  # a web page (a hotel's login) in place of the list
        raise WireError("server", lasting=True) from error
    if not isinstance(rows, list):
        raise WireError("server", lasting=True)
    files = [row for row in rows if isinstance(row, dict) and row.get("type") == "file"]
    sized = [(row.get("path"), row.get("size")) for row in files]
    return tuple((path, size) for path, size in sized if isinstance(path, str) and isinstance(size, int))


def describe(url: str) -> RemoteFile:
    """What the server says of the file, without fetching it."""
    name = check_address(url)
    hub = _hub()
    try:
        found = hub.get_hf_file_metadata(url, token=False, timeout=CONNECT_TIMEOUT_S, headers=dict(_HEADERS))
    except (_http_error(), OSError, ValueError) as error:
        raise _wire_error(error) from error
    etag = (found.etag or "").lower()
    return RemoteFile(url, name, found.size or 0, etag if _SHA256.fullmatch(etag) else "", etag)


def stream(url: str, start: int, put: Callable[[Head | bytes], None]) -> None:
    """Ask for the file from byte ``start`` on; puts a ``Head`` first, then the bytes as they come."""
    from huggingface_hub.utils import get_session

    headers = {**_HEADERS, **({"range": f"bytes={start}-"} if start else {})}
    timeout = (CONNECT_TIMEOUT_S, READ_TIMEOUT_S, READ_TIMEOUT_S, CONNECT_TIMEOUT_S)
    try:
        with get_session().stream("GET", url, headers=headers, timeout=timeout, follow_redirects=True) as response:
            if response.status_code not in (PARTIAL, WHOLE, BEYOND_END):
                raise _status_error(response.status_code)
            put(_head(response.status_code, dict(response.headers)))
            if response.status_code != BEYOND_END:
                for chunk in response.iter_raw():
                    put(chunk)
    except (_http_error(), OSError, ValueError) as error:
        raise _wire_error(error) from error


def check_address(url: str) -> str:
    """The file name at the end of a sound http(s) address; raises ``WireError(address)``."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    name = unquote(url.split("?")[0].rsplit("/", 1)[-1])
    if not sound or not _FILE_NAME.fullmatch(name) or " " in url:
        raise WireError("address", lasting=True)
    return name


def _hub() -> Any:
    """The library, told to be quiet before it is imported for the first time."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    import huggingface_hub

    return huggingface_hub


def _http_error() -> type[Exception]:
    """The base of the HTTP client's errors, whichever client this version of the library uses."""
    from huggingface_hub.errors import HfHubHTTPError

    base: type[Exception] = HfHubHTTPError.__bases__[0]
    return base


def _head(status: int, headers: dict[str, str]) -> Head:
    found = re.match(r"bytes (\d+)-\d+/(\d+|\*)", headers.get("content-range", ""))
    if status == PARTIAL and found:
        return Head(status, int(found[1]), int(found[2]) if found[2].isdecimal() else 0)
    length = headers.get("content-length", "")
    return Head(status, 0, int(length) if length.isdecimal() and status == WHOLE else 0)


def _wire_error(error: Exception) -> WireError:
    """The reason behind a library's exception: a status if there is one, else the kind of failure."""
    response = getattr(error, "response", None)
    if response is not None:
        return _status_error(int(response.status_code))
    if "Timeout" in type(error).__name__ or isinstance(error, TimeoutError):
        return WireError("timeout")
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return WireError("address", lasting=True)
    return WireError("offline")


def _status_error(status: int) -> WireError:
    reason = _STATUS_REASONS.get(status, "server")
    return WireError(reason, lasting=reason != "server")
