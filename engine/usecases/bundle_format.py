"""What a feedback bundle consists of: its files, its list of data sets, and what it says of itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import BundleInvalid

FORMAT = "zhanggui-bundle"
SCHEMA_VERSION = 1
ROW_FILES = ("records.jsonl", "sft.jsonl", "dpo.jsonl", "kto.jsonl")
INFO_FILE, MANIFEST_FILE = "dataset_info.json", "manifest.json"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)

DATASET_INFO: dict[str, Any] = {
    "zhanggui_sft": {"file_name": "sft.jsonl", "columns": {"prompt": "prompt", "response": "completion"}},
    "zhanggui_dpo": {
        "file_name": "dpo.jsonl",
        "ranking": True,
        "columns": {"prompt": "prompt", "chosen": "chosen", "rejected": "rejected"},
    },
    "zhanggui_kto": {
        "file_name": "kto.jsonl",
        "columns": {"prompt": "prompt", "response": "completion", "kto_tag": "label"},
    },
}


@dataclass(frozen=True, slots=True)
class BundleSummary:
    """What is in a bundle: rows by file, redactions by kind, withdrawn keys, the manifest as JSON text."""

    path: Path
    rows: dict[str, int]
    redactions: dict[str, int]
    withdrawn: tuple[str, ...]
    sealed: bool
    manifest: str


def summary_of(path: Path, manifest: dict[str, Any], *, sealed: bool) -> BundleSummary:
    """The summary that a manifest gives; raises ``BundleInvalid`` when something is missing in it."""
    try:
        counts, redactions = manifest["counts"], manifest["redaction"]["by_kind"]
        rows = {str(name): int(count) for name, count in counts.items()}
        kinds = {str(name): int(count) for name, count in redactions.items()}
        withdrawn = tuple(map(str, manifest["withdrawn"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BundleInvalid(f"{MANIFEST_FILE}: incomplete") from error
    return BundleSummary(path, rows, kinds, withdrawn, sealed, pretty(manifest).decode())


def pretty(value: Any) -> bytes:
    """JSON that a person can read, always the same bytes."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()
