"""Domain values to and from the texts in which the tables keep them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from engine.domain import (
    Brief,
    Channel,
    ComposeRequest,
    Draft,
    Finding,
    FindingKind,
    Sampling,
    Score,
    ScorePart,
    Severity,
    StopReason,
    Task,
)


def to_json(value: Any) -> str:
    """Compact JSON, Chinese kept readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def texts(column: str) -> tuple[str, ...]:
    """A tuple of texts from its JSON."""
    return tuple(json.loads(column))


def to_time(moment: datetime) -> str:
    """A time as sortable text in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_time(column: str) -> datetime:
    """The aware time in a column."""
    return datetime.fromisoformat(column)


def time_or_none(column: str | None) -> datetime | None:
    """The aware time in a column that may be empty."""
    return None if column is None else datetime.fromisoformat(column)


def text_or_none(moment: datetime | None) -> str | None:
    """A time that may be missing, as text."""
    return None if moment is None else to_time(moment)


def brief_to_text(brief: Brief) -> str:
    """A brief as JSON."""
    return to_json(brief.to_dict())


def brief_from_text(column: str) -> Brief:
    """A brief from its JSON."""
    return Brief.from_dict(json.loads(column))


def settings_to_text(request: ComposeRequest) -> str:
    """What a request says besides brief, channel and task."""
    names = Sampling.__slots__
    return to_json(
        {
            "count": request.count,
            "seed": request.seed,
            "length": request.length,
            "domain": request.domain,
            "voice_id": request.voice_id,
            "must_say": request.must_say,
            "never_say": request.never_say,
            "sampling": {name: getattr(request.sampling, name) for name in names},
        }
    )


def request_from_row(row: dict[str, Any]) -> ComposeRequest:
    """A request from a row with brief, channel, task and settings; unknown sampling settings are passed over."""
    settings = json.loads(row["settings"])
    sampling = {name: value for name, value in settings.pop("sampling").items() if name in Sampling.__slots__}
    for name in ("must_say", "never_say"):
        settings[name] = tuple(settings[name])
    return ComposeRequest(
        brief_from_text(row["brief"]),
        Channel(row["channel"]),
        Task(row["task"]),
        sampling=Sampling(**sampling),
        **settings,
    )


FINDING_FIELDS = ("kind", "severity", "start", "end", "text", "rule", "reason", "category", "article", "replacement")


def findings_to_text(findings: Iterable[Finding]) -> str:
    """Findings as JSON rows."""
    return to_json([[getattr(finding, name) for name in FINDING_FIELDS] for finding in findings])


def findings_from_text(column: str) -> tuple[Finding, ...]:
    """Findings from their JSON."""
    return tuple(Finding(FindingKind(kind), Severity(severity), *rest) for kind, severity, *rest in json.loads(column))


def draft_to_row(draft: Draft) -> dict[str, Any]:
    """The columns that a draft itself fills."""
    return {
        "place": draft.index,
        "text": draft.text,
        "tokens": draft.tokens,
        "seed": draft.seed,
        "stop": draft.stop.value,
        "logprob": draft.logprob,
        **ranking_to_row(draft),
    }


def ranking_to_row(draft: Draft) -> dict[str, Any]:
    """The columns that ranking and checking fill."""
    parts = draft.score.parts if draft.score else ()
    return {
        "findings": findings_to_text(draft.findings),
        "score": draft.score.total if draft.score else None,
        "score_parts": to_json([[part.name, part.value, part.weight] for part in parts]),
        "rank": draft.rank,
        "covered": to_json(draft.covered),
        "missed": to_json(draft.missed),
    }


def draft_from_row(row: dict[str, Any]) -> Draft:
    """A draft from its row."""
    parts = tuple(ScorePart(*part) for part in json.loads(row["score_parts"]))
    return Draft(
        index=row["place"],
        text=row["text"],
        tokens=row["tokens"],
        seed=row["seed"],
        stop=StopReason(row["stop"]),
        logprob=row["logprob"],
        findings=findings_from_text(row["findings"]),
        score=None if row["score"] is None else Score(row["score"], parts),
        rank=row["rank"],
        draft_id=row["id"],
        covered=texts(row["covered"]),
        missed=texts(row["missed"]),
    )
