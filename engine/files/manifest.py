"""``manifest.json`` of a model folder: read and checked, written, and compared with the files beside it.

Two checks of different price: ``check_files`` (names, sizes, the GGUF magic: cheap enough for every opening) and
``verify_files`` (SHA-256 of every byte, on demand and after every import or download).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from engine.domain.model import ModelFile, ModelManifest
from engine.errors import FileUnreadable, ModelBroken, ModelMissing, reason_of
from engine.files.atomic import read_bytes, write_text
from engine.files.gguf_header import MAGIC
from engine.progress import Ticket

MANIFEST_NAME = "manifest.json"
CARD_NAME = "MODEL_CARD.md"
PROMPT_FORMATS = ("brief-v1", "plain-v1")
CHUNK_BYTES = 4 * 1024 * 1024
VERIFY_STAGE = "verify_model"

_MAX_MANIFEST_BYTES = 4 * 1024 * 1024
_MAX_CONTEXT = 16 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE_NAME = re.compile(r"[^/\\:*?\"<>|\x00-\x1f]+\.gguf", re.IGNORECASE)


def read_manifest(folder: Path) -> ModelManifest:
    """The manifest of a model folder; fields that this version does not know are passed over.

    Raises:
        ModelMissing: there is no folder or no manifest.
        ModelBroken: ``manifest_not_json`` or ``manifest:FIELD``.
        FileUnreadable: the system does not let us read it.
    """
    path = folder / MANIFEST_NAME
    try:
        content = read_bytes(path, _MAX_MANIFEST_BYTES)
    except FileUnreadable as error:
        if error.reason == "missing":
            raise ModelMissing(folder.name) from error
        raise
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ModelBroken(folder.name, "manifest_not_json") from error
    return parse_manifest(data, folder.name)


def parse_manifest(data: Any, folder_name: str) -> ModelManifest:
    """A manifest from JSON values; raises ``ModelBroken`` with ``manifest:FIELD``."""
    if not isinstance(data, dict):
        raise ModelBroken(folder_name, "manifest_not_json")
    for name, sound in _FIELD_CHECKS.items():
        if not sound(data.get(name)):
            raise ModelBroken(folder_name, f"manifest:{name}")
    files = tuple(ModelFile(item["name"], item["size"], item["sha256"].lower()) for item in data["files"])
    texts = {name: data[name] for name in ("name", "title", "base", "licence", "prompt_format", "quantisation")}
    evaluation = data.get("evaluation") or {}
    return ModelManifest(context_tokens=data["context_tokens"], files=files, evaluation=evaluation, **texts)


def write_manifest(folder: Path, manifest: ModelManifest) -> Path:
    """Write ``manifest.json`` in one step; ``read_manifest`` reads it back."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n"
    return write_text(folder / MANIFEST_NAME, text)


def check_files(folder: Path, manifest: ModelManifest) -> None:
    """Whether every file is there, of the right size and a GGUF; milliseconds.

    Raises:
        ModelBroken: ``file_missing:NAME``, ``file_size:NAME``, ``not_gguf:NAME``.
        FileUnreadable: the system does not let us read one.
    """
    for file in manifest.files:
        path = folder / file.name
        try:
            with path.open("rb") as opened:
                magic, size = opened.read(len(MAGIC)), path.stat().st_size
        except FileNotFoundError as error:
            raise ModelBroken(manifest.name, f"file_missing:{file.name}") from error
        except OSError as error:
            raise FileUnreadable(path, reason_of(error)) from error
        if size != file.size:
            raise ModelBroken(manifest.name, f"file_size:{file.name}")
        if magic != MAGIC:
            raise ModelBroken(manifest.name, f"not_gguf:{file.name}")


def verify_files(folder: Path, manifest: ModelManifest, ticket: Ticket) -> None:
    """Whether every byte is the one that the manifest was written for.

    Raises:
        ModelBroken: as ``check_files``, or ``file_hash:NAME``.
        Cancelled.
    """
    check_files(folder, manifest)
    done = 0
    for file in manifest.files:
        base = done

        def report(size: int, base: int = base) -> None:
            ticket.check()
            ticket.report(VERIFY_STAGE, base + size, manifest.size)

        if hash_file(folder / file.name, report) != file.sha256:
            raise ModelBroken(manifest.name, f"file_hash:{file.name}")
        done += file.size


def hash_file(path: Path, on_bytes: Callable[[int], None]) -> str:
    """SHA-256 of a file in hex; ``on_bytes`` hears how many bytes have been read, at every chunk."""
    try:
        with path.open("rb") as file:
            return _hash(file, on_bytes)
    except OSError as error:
        raise FileUnreadable(path, reason_of(error)) from error


def _hash(file: BinaryIO, on_bytes: Callable[[int], None]) -> str:
    digest = hashlib.sha256()
    size = 0
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
        on_bytes(size)
    return digest.hexdigest()


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) < 1_000


def _is_name(value: Any) -> bool:
    """Names are shown, typed at the command line and used for folders."""
    return _is_text(value) and bool(re.fullmatch(r"[\w][\w.\-+ ]{0,79}", value)) and not value.endswith((".", " "))


def _are_files(value: Any) -> bool:
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        return False
    names = [item.get("name") for item in value]
    return all(map(_is_file, value)) and len(set(names)) == len(names)


def _is_file(item: dict[str, Any]) -> bool:
    name, size, sha256 = item.get("name"), item.get("size"), item.get("sha256")
    return (
        isinstance(name, str)
        and bool(_FILE_NAME.fullmatch(name))
        and isinstance(size, int)
        and not isinstance(size, bool)
        and size >= 0
        and isinstance(sha256, str)
        and bool(_SHA256.fullmatch(sha256.lower()))
    )


_FIELD_CHECKS: dict[str, Callable[[Any], bool]] = {
    "name": _is_name,
    "title": _is_text,
    "base": _is_text,
    "licence": _is_text,
    "prompt_format": lambda value: value in PROMPT_FORMATS,
    "context_tokens": lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MAX_CONTEXT
    ),
    "quantisation": _is_text,
    "files": _are_files,
    "evaluation": lambda value: value is None or isinstance(value, dict),
}
