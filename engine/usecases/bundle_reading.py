"""Reads a feedback bundle: what it says of itself, and whether it holds, down to every row."""

from __future__ import annotations

import hashlib
import io
import json
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import BundleInvalid, FileUnreadable
from engine.usecases.bundle_format import (
    DATASET_INFO,
    INFO_FILE,
    MANIFEST_FILE,
    ROW_FILES,
    BundleSummary,
    summary_of,
)
from engine.usecases.bundle_seal import is_sealed, unseal

MAX_UNPACKED_BYTES = 2 << 30
BROKEN_ZIP = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, zlib.error, lzma.LZMAError)


@dataclass(frozen=True, slots=True)
class OpenedBundle:
    """A bundle that holds: its summary and the whole records, each as ``bundle-records.schema.json`` says."""

    summary: BundleSummary
    installation_id: str
    records: tuple[dict[str, Any], ...]


def inspect(path: Path, private_key: str = "") -> BundleSummary:
    """What a bundle says of itself, without checking its rows.

    Raises:
        FileUnreadable, BundleInvalid.
    """
    files, sealed = _read(path, private_key)
    return summary_of(path, _json(files, MANIFEST_FILE), sealed=sealed)


def verify(path: Path, schemas: Path, private_key: str = "") -> BundleSummary:
    """Check a bundle through and through: files, hashes, counts, every row against the JSON Schema.

    Raises:
        FileUnreadable: no such file.
        BundleInvalid: with the file, the line and the reason.
    """
    return open_bundle(path, schemas, private_key).summary


def open_bundle(path: Path, schemas: Path, private_key: str = "") -> OpenedBundle:
    """Check a bundle as ``verify`` does and give its records; raises the same."""
    files, sealed = _read(path, private_key)
    manifest = _json(files, MANIFEST_FILE)
    _validate(manifest, _schema(schemas, "manifest"), MANIFEST_FILE)
    for name in (*ROW_FILES, INFO_FILE):
        if hashlib.sha256(files[name]).hexdigest() != manifest["files"][name]["sha256"]:
            raise BundleInvalid(f"{name}: sha256")
    if _json(files, INFO_FILE) != DATASET_INFO:
        raise BundleInvalid(f"{INFO_FILE}: changed")
    seen: set[str] = set()
    for name in ROW_FILES:
        _verify_rows(name, files[name], _schema(schemas, name.removesuffix(".jsonl")), manifest["counts"][name], seen)
    if again := seen.intersection(manifest["withdrawn"]):
        raise BundleInvalid(f"records.jsonl: withdrawn {min(again)}")
    records = tuple(json.loads(line) for line in files["records.jsonl"].decode().split("\n")[:-1])
    return OpenedBundle(summary_of(path, manifest, sealed=sealed), str(manifest["installation_id"]), records)


def _read(path: Path, private_key: str) -> tuple[dict[str, bytes], bool]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "io") from error
    sealed = is_sealed(data)
    if sealed:
        if not private_key:
            raise BundleInvalid("sealed")
        data = unseal(data, private_key)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if sorted(names) != sorted((MANIFEST_FILE, *ROW_FILES, INFO_FILE)):
                raise BundleInvalid("files")
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise BundleInvalid("too_large")
            return {name: archive.read(name) for name in names}, sealed
    except (*BROKEN_ZIP, OSError, EOFError, ValueError) as error:
        raise BundleInvalid("not_a_zip") from error


def _json(files: dict[str, bytes], name: str) -> dict[str, Any]:
    try:
        value = json.loads(files[name])
    except (ValueError, RecursionError) as error:
        raise BundleInvalid(f"{name}: not_json") from error
    if not isinstance(value, dict):
        raise BundleInvalid(f"{name}: not_an_object")
    return value


def _schema(folder: Path, name: str) -> Any:
    from jsonschema import Draft202012Validator

    path = folder / f"bundle-{name}.schema.json"
    try:
        return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise FileUnreadable(path, "schema") from error


def _validate(value: Any, validator: Any, where: str) -> None:
    error = next(validator.iter_errors(value), None)
    if error is not None:
        place = ".".join(map(str, error.absolute_path)) or "/"
        raise BundleInvalid(f"{where}: {place}: {error.validator}")


def _verify_rows(name: str, data: bytes, validator: Any, count: int, seen: set[str]) -> None:
    lines = data.decode("utf-8", "replace").split("\n")[:-1]
    if len(lines) != count:
        raise BundleInvalid(f"{name}: {len(lines)} rows, {count} promised")
    for number, line in enumerate(lines, 1):
        row = _json({f"{name}:{number}": line.encode()}, f"{name}:{number}")
        _validate(row, validator, f"{name}:{number}")
        if "key" in row:
            if row["key"] in seen:
                raise BundleInvalid(f"{name}:{number}: key twice")
            seen.add(row["key"])
