"""A choice becomes training rows: the whole record, and what SFT, DPO and KTO trainers read.

Row formats are TRL's standard ones: ``{prompt, completion}``, ``{prompt, chosen, rejected}``, ``{prompt, completion,
label}``; prompts are ``brief-v1``, complete with their control tokens. What a row means:

* SFT: a text that the seller used (final, else edited, else as picked), or rated 4 or 5.
* DPO: the used text against each other candidate shown, and against its own first form where the seller edited it.
* KTO: a candidate about which the seller said something: used, favourite or 4 to 5 is good, 1 to 2 is bad.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.domain.records import Candidate, ChoiceRecord, ConsentScope
from engine.prompts import render_brief_v1

GOOD_RATING, BAD_RATING = 4, 2
WITHHELD = ""

Cleaner = Callable[[str, str], str]
"""Takes a text and the name of its field, gives the text without personal data."""


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one record."""

    record: dict[str, Any]
    sft: list[dict[str, Any]]
    dpo: list[dict[str, Any]]
    kto: list[dict[str, Any]]


def make_rows(choice: ChoiceRecord, scope: tuple[ConsentScope, ...], clean: Cleaner) -> Rows:
    """The rows that the consent's scope allows; without texts and briefs there is nothing to train on."""
    texts, briefs = ConsentScope.TEXTS in scope, ConsentScope.BRIEFS in scope
    cleaned = [_candidate(candidate, clean, with_text=texts) for candidate in choice.candidates]
    request = choice.request
    brief = _clean_brief(request.brief.to_dict(), clean) if briefs else None
    prompt = WITHHELD
    if brief is not None:
        prompt = render_brief_v1(
            type(request.brief).from_dict(brief), request.channel, request.task, request.length
        ).text
    record = {
        "key": choice.record_key,
        "created_on": choice.created_at.date().isoformat(),
        "channel": request.channel.value,
        "task": request.task.value,
        "domain": request.domain,
        "brief": brief,
        "prompt": prompt,
        "length": request.length,
        "count": request.count,
        "must_say": [clean(text, "must_say") for text in request.must_say] if briefs else [],
        "never_say": [clean(text, "never_say") for text in request.never_say] if briefs else [],
        "sampling": {name: getattr(request.sampling, name) for name in type(request.sampling).__slots__},
        "seed": choice.seed,
        "model": {"name": choice.model_name, "sha256": choice.model_sha256},
        "candidates": cleaned,
    }
    return training_rows(record)


def training_rows(record: dict[str, Any]) -> Rows:
    """The rows that can be made of a whole record, none when its brief or its texts are withheld."""
    prompt, candidates = record["prompt"], record["candidates"]
    if record["brief"] is None or any(candidate["text"] is None for candidate in candidates):
        return Rows(record, [], [], [])
    return Rows(record, _sft(prompt, candidates), _dpo(prompt, candidates), _kto(prompt, candidates))


def _clean_brief(brief: dict[str, Any], clean: Cleaner) -> dict[str, Any]:
    return {
        name: _clean_value(value, clean, f"brief.{name}") if name != "tone" else value for name, value in brief.items()
    }


def _clean_value(value: Any, clean: Cleaner, field: str) -> Any:
    if isinstance(value, str):
        return clean(value, field)
    return [_clean_value(item, clean, field) for item in value]


def _candidate(candidate: Candidate, clean: Cleaner, *, with_text: bool) -> dict[str, Any]:
    draft, feedback = candidate.draft, candidate.feedback

    def text(value: str | None, field: str) -> str | None:
        return clean(value, field) if with_text and value is not None else None

    return {
        "rank": draft.rank,
        "index": draft.index,
        "text": text(draft.text, "text"),
        "tokens": draft.tokens,
        "seed": draft.seed,
        "stop": draft.stop.value,
        "logprob": draft.logprob,
        "score": draft.score.total if draft.score else None,
        "rules": sorted({finding.rule for finding in draft.findings}),
        "picked": feedback.picked,
        "favourite": candidate.favourite,
        "rating": feedback.rating,
        "reasons": [reason.value for reason in feedback.reasons],
        "note": text(feedback.note, "note") or "",
        "edited_text": text(candidate.edited_text, "edited_text"),
        "final_text": text(feedback.final_text, "final_text"),
        "seconds_to_accept": feedback.seconds_to_accept,
    }


def _used_text(candidate: dict[str, Any]) -> str:
    """What the seller made of the candidate in the end."""
    return str(candidate["final_text"] or candidate["edited_text"] or candidate["text"])


def _used(candidate: dict[str, Any]) -> bool:
    return bool(candidate["picked"] or candidate["final_text"])


def _good(candidate: dict[str, Any]) -> bool:
    rating = candidate["rating"]
    if rating is not None and rating <= BAD_RATING:
        return False
    return _used(candidate) or candidate["favourite"] or (rating is not None and rating >= GOOD_RATING)


def _sft(prompt: str, candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    texts = dict.fromkeys(_used_text(c) for c in candidates if _good(c))
    return [{"prompt": prompt, "completion": text} for text in texts if text.strip()]


def _dpo(prompt: str, candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    pairs: dict[tuple[str, str], None] = {}
    for chosen in (c for c in candidates if _used(c) and _good(c)):
        pairs |= dict.fromkeys((_used_text(chosen), str(c["text"])) for c in candidates if not _good(c))
        pairs[_used_text(chosen), str(chosen["text"])] = None
    return [
        {"prompt": prompt, "chosen": chosen, "rejected": rejected}
        for chosen, rejected in pairs
        if chosen.strip() and rejected.strip() and chosen != rejected
    ]


def _kto(prompt: str, candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for candidate in candidates:
        bad = candidate["rating"] is not None and candidate["rating"] <= BAD_RATING
        if _good(candidate) or bad:
            text = str(candidate["text"]) if bad else _used_text(candidate)
            rows += [{"prompt": prompt, "completion": text, "label": not bad}] if text.strip() else []
    return rows
