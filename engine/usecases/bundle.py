"""The feedback bundle: what a seller may give back to whoever trains the model; made only with consent.

A zip of ``manifest.json``, ``records.jsonl``, ``sft.jsonl``, ``dpo.jsonl``, ``kto.jsonl`` and ``dataset_info.json`` (the
list of data sets that LLaMA-Factory reads; its template for them is ``empty``, the prompts are complete). The same
content gives the same bytes: no time of making, fixed zip stamps, sorted keys. Every text has gone through redaction;
withdrawn records are not in it, their keys are listed so that the receiver removes them. Nothing here sends anything.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import os
import secrets
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from engine.domain.model import ModelManifest
from engine.domain.records import ChoiceRecord, Consent
from engine.errors import ConsentMissing, FileUnwritable
from engine.progress import Ticket
from engine.prompts import BRIEF_V1
from engine.usecases.bundle_format import (
    DATASET_INFO,
    FORMAT,
    INFO_FILE,
    MANIFEST_FILE,
    ROW_FILES,
    SCHEMA_VERSION,
    BundleSummary,
    pretty,
    summary_of,
)
from engine.usecases.bundle_rows import Rows, make_rows
from engine.usecases.bundle_seal import seal
from engine.usecases.redaction import Hit, find_personal, replace_hits

ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class ChoiceSource(Protocol):
    """Where choices come from (the store's ``feedback``)."""

    def records(self) -> Iterable[ChoiceRecord]:
        """Whole choices, oldest first, without the withdrawn ones."""
        ...

    def withdrawn_keys(self) -> list[str]:
        """Keys of records that the seller took back."""
        ...


@dataclass(frozen=True, slots=True)
class BundleOptions:
    """How a bundle is made.

    Args:
        keep: texts that redaction found and the seller wants to keep (the shop's own public number, say).
        recipient_key: X25519 public key in hex; the bundle is sealed to it.
        epsilon: adds Laplace noise to the manifest's aggregate counts (differential privacy); None adds none.
    """

    keep: tuple[str, ...] = ()
    recipient_key: str = ""
    epsilon: float | None = None


@dataclass(frozen=True, slots=True)
class PreviewHit:
    """One redaction as it would be made: in which record and field, what."""

    record_key: str
    field: str
    hit: Hit


@dataclass(slots=True)
class _Collected:
    """What grows while the records are read."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in ROW_FILES})
    redactions: Counter[str] = field(default_factory=Counter)
    models: dict[str, str] = field(default_factory=dict)
    channels: Counter[str] = field(default_factory=Counter)
    picked_ranks: Counter[str] = field(default_factory=Counter)


class Bundles:
    """Makes bundles from the seller's choices."""

    def __init__(
        self,
        source: ChoiceSource,
        installation_id: Callable[[], str],
        models: Iterable[ModelManifest],
        app_version: str,
    ) -> None:
        self._source, self._installation_id, self._app_version = source, installation_id, app_version
        self._models = {manifest.name: manifest for manifest in models}

    def preview(self, consent: Consent | None) -> list[PreviewHit]:
        """Every redaction that an export would make, for the seller to look through first."""
        _require(consent)
        assert consent is not None
        hits: list[PreviewHit] = []
        for choice in self._source.records():

            def note(text: str, name: str, key: str = choice.record_key) -> str:
                hits.extend(PreviewHit(key, name, hit) for hit in find_personal(text))
                return text

            make_rows(choice, consent.scope, note)
        return hits

    def export(
        self, path: Path, consent: Consent | None, options: BundleOptions | None = None, ticket: Ticket | None = None
    ) -> BundleSummary:
        """Write a bundle, whole or not at all.

        Raises:
            ConsentMissing: no consent, or a withdrawn one.
            FileUnwritable: the place cannot be written.
        """
        _require(consent)
        assert consent is not None
        options, ticket = options or BundleOptions(), ticket or Ticket()
        collected = self._collect(consent, options, ticket)
        files = {name: "".join(lines).encode() for name, lines in collected.lines.items()}
        files[INFO_FILE] = pretty(DATASET_INFO)
        withdrawn = tuple(self._source.withdrawn_keys())
        manifest = self._manifest(collected, consent, options, files)
        manifest["withdrawn"] = list(withdrawn)
        data = _zip({MANIFEST_FILE: pretty(manifest), **files})
        _write(path, seal(data, options.recipient_key) if options.recipient_key else data)
        return summary_of(path, manifest, sealed=bool(options.recipient_key))

    def _collect(self, consent: Consent, options: BundleOptions, ticket: Ticket) -> _Collected:
        collected = _Collected()
        kept = frozenset(options.keep)

        def clean(text: str, _name: str) -> str:
            hits = [hit for hit in find_personal(text) if hit.text not in kept]
            collected.redactions.update(hit.kind.value for hit in hits)
            return replace_hits(text, hits) if hits else text

        for done, choice in enumerate(self._source.records()):
            ticket.check()
            if done % 100 == 0:
                ticket.report("bundle", done)
            _add(collected, choice, make_rows(choice, consent.scope, clean))
        return collected

    def _manifest(
        self, collected: _Collected, consent: Consent, options: BundleOptions, files: dict[str, bytes]
    ) -> dict[str, Any]:
        assert consent.given_at is not None
        return {
            "format": FORMAT,
            "schema_version": SCHEMA_VERSION,
            "app": {"name": "zhanggui", "version": self._app_version},
            "installation_id": self._installation_id(),
            "prompt_format": BRIEF_V1,
            "models": [self._model(name, digest) for name, digest in sorted(collected.models.items())],
            "consent": {
                "version": consent.version,
                "given_at": consent.given_at.isoformat(),
                "scope": [scope.value for scope in consent.scope],
            },
            "counts": {name: len(lines) for name, lines in collected.lines.items()},
            "aggregates": {
                "epsilon": options.epsilon,
                "requests_by_channel": _noisy(collected.channels, options.epsilon),
                "picks_by_rank": _noisy(collected.picked_ranks, options.epsilon),
            },
            "redaction": {"by_kind": dict(sorted(collected.redactions.items())), "kept": len(options.keep)},
            "files": {
                name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in files.items()
            },
        }

    def _model(self, name: str, digest: str) -> dict[str, Any]:
        known = self._models.get(name)
        return {
            "name": name,
            "sha256": digest or (known.sha256 if known else ""),
            "quantisation": known.quantisation if known else "",
            "base": known.base if known else "",
        }


def _require(consent: Consent | None) -> None:
    if consent is None or not consent.holds:
        raise ConsentMissing


def _add(collected: _Collected, choice: ChoiceRecord, rows: Rows) -> None:
    for name, found in zip(ROW_FILES, ([rows.record], rows.sft, rows.dpo, rows.kto), strict=True):
        collected.lines[name] += [_line(row) for row in found]
    collected.models.setdefault(choice.model_name, choice.model_sha256)
    collected.channels[choice.request.channel.value] += 1
    picked = [candidate.draft.rank for candidate in choice.candidates if candidate.feedback.picked]
    if picked:
        collected.picked_ranks[str(picked[0])] += 1


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _noisy(counts: Counter[str], epsilon: float | None) -> dict[str, int]:
    """Counts with Laplace noise; each request is in one cell of each of the two tables, so each gets half of epsilon."""
    if epsilon is None:
        return dict(sorted(counts.items()))
    scale = 2 / epsilon
    noisy = {}
    for name, count in sorted(counts.items()):
        noise = scale * (math.log(_chance()) - math.log(_chance()))
        noisy[name] = max(0, round(count + noise))
    return noisy


def _chance() -> float:
    """A random number in (0, 1] that nobody can foresee."""
    return (secrets.randbits(53) + 1) / (1 << 53)


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in (MANIFEST_FILE, *ROW_FILES, INFO_FILE):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise FileUnwritable(path, error.strerror or "io") from error
    finally:
        if part.exists():
            part.unlink()
