"""Sellers' feedback bundles, collected for retraining: ``python -m training feedback BUNDLE… --out FOLDER``.

The folder keeps each choice once (``records.jsonl``, by key) and what can be trained on it in TRL's formats
(``sft.jsonl``, ``dpo.jsonl``, ``kto.jsonl``; ``dataset_info.json`` for LLaMA-Factory). A bundle that was taken before
changes nothing; a choice that came before is replaced by what came later; what a seller withdrew goes out and stays out.
``sft --feedback FOLDER`` adds the choices to the mixture.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.api.bundles import DATASET_INFO, open_bundle, schemas_of, training_rows
from engine.domain.brief import Brief
from engine.domain.channels import Channel, Task
from engine.errors import EngineError
from training.corpus.check import BANNED
from training.examples import Example, read_jsonl

ASSETS = Path(__file__).resolve().parent.parent / "assets"
RECORDS, WITHDRAWN, TAKEN = "records.jsonl", "withdrawn.json", "bundles.jsonl"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one bundle.

    Args:
        bundle: its file's name.
        refused: why nothing of it was taken, or ``""``.
        added, changed, removed: choices that are new, that replaced a former one, that were withdrawn.
        left_out: choices that cannot be trained on, counted by reason: ``withheld`` (the consent did not cover texts or
            briefs), ``nothing_said`` (no pick, rating or favourite), ``unlawful`` (what was chosen breaks the law).
    """

    bundle: str
    refused: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Collection:
    """The folder's content in memory."""

    records: dict[str, dict[str, Any]]
    withdrawn: set[str]
    taken: dict[str, dict[str, Any]]


def collect(bundles: Iterable[Path], folder: Path, private_key: str = "") -> list[Taken]:
    """Take bundles into ``folder``; a bundle that does not hold is refused and the others go on."""
    kept = _load(folder)
    found = [_take(path, kept, private_key) for path in bundles]
    _write(folder, kept)
    return found


def feedback_examples(folder: Path) -> Iterator[Example]:
    """What sellers chose and mended, as examples for fine-tuning."""
    for record in read_jsonl(folder / RECORDS):
        brief, channel, task = Brief.from_dict(record["brief"]), Channel(record["channel"]), Task(record["task"])
        for row in training_rows(record).sft:
            yield Example(brief, channel, task, str(row["completion"]).strip(), "feedback")


def _take(path: Path, kept: _Collection, private_key: str) -> Taken:
    try:
        bundle = open_bundle(path, schemas_of(ASSETS), private_key)
    except EngineError as error:
        return Taken(path.name, refused=str(error))
    counts: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    gone = set(bundle.summary.withdrawn)
    kept.withdrawn |= gone
    for key in gone & kept.records.keys():
        del kept.records[key]
        counts["removed"] += 1
    for record in bundle.records:
        if reason := _why_not(record, kept.withdrawn):
            left_out[reason] += 1
        elif kept.records.get(record["key"]) != record:
            counts["changed" if record["key"] in kept.records else "added"] += 1
            kept.records[record["key"]] = record
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    kept.taken.setdefault(digest, {"sha256": digest, "bundle": path.name, "installation_id": bundle.installation_id})
    return Taken(path.name, "", counts["added"], counts["changed"], counts["removed"], dict(left_out))


def _why_not(record: dict[str, Any], withdrawn: set[str]) -> str:
    """Why a record is not taken; ``""`` when it is."""
    if record["key"] in withdrawn:
        return "withdrawn"
    if record["brief"] is None or any(candidate["text"] is None for candidate in record["candidates"]):
        return "withheld"
    rows = training_rows(record)
    if not (rows.sft or rows.dpo or rows.kto):
        return "nothing_said"
    chosen = [row["completion"] for row in rows.sft] + [row["chosen"] for row in rows.dpo]
    return "unlawful" if any(BANNED.search(text) for text in chosen) else ""


def _load(folder: Path) -> _Collection:
    if not (folder / RECORDS).exists():
        return _Collection({}, set(), {})
    return _Collection(
        {row["key"]: row for row in read_jsonl(folder / RECORDS)},
        set(json.loads((folder / WITHDRAWN).read_text(encoding="utf-8"))),
        {row["sha256"]: row for row in read_jsonl(folder / TAKEN)},
    )


def _write(folder: Path, kept: _Collection) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    records = [kept.records[key] for key in sorted(kept.records)]
    rows = [training_rows(record) for record in records]
    files = {
        RECORDS: _lines(records),
        "sft.jsonl": _lines(row for found in rows for row in found.sft),
        "dpo.jsonl": _lines(row for found in rows for row in found.dpo),
        "kto.jsonl": _lines(row for found in rows for row in found.kto),
        "dataset_info.json": json.dumps(DATASET_INFO, ensure_ascii=False, indent=1),
        WITHDRAWN: json.dumps(sorted(kept.withdrawn)),
        TAKEN: _lines(kept.taken[key] for key in sorted(kept.taken)),
    }
    for name, text in files.items():
        part = folder / f"{name}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(folder / name)


def _lines(rows: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)


def told(found: Sequence[Taken]) -> Iterator[str]:
    """A line for each bundle."""
    for taken in found:
        if taken.refused:
            yield f"{taken.bundle}: refused: {taken.refused}"
        else:
            left = ", ".join(f"{count} {reason}" for reason, count in sorted(taken.left_out.items()))
            yield (
                f"{taken.bundle}: {taken.added} added, {taken.changed} changed, {taken.removed} removed"
                + (f", left out: {left}" if left else "")
            )
