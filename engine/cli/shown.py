"""Results as JSON values (documented in docs/cli.md, stable) and as text for people."""

from __future__ import annotations

from typing import Any

from engine.domain import CHANNELS, ComposeResult, Draft, Finding, FindingKind, HistoryEntry, InstalledModel, Severity

KIND_NAMES = {FindingKind.LAW: "法规", FindingKind.FACT: "属实", FindingKind.FORM: "格式", FindingKind.CLARITY: "含糊"}
SEVERITY_SIGNS = {Severity.UNLAWFUL: "✗", Severity.RISKY: "⚠", Severity.NOTE: "·"}


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding."""
    return {
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "rule": finding.rule,
        "category": finding.category,
        "article": finding.article,
        "reason": finding.reason,
        "replacement": finding.replacement,
    }


def draft_json(draft: Draft) -> dict[str, Any]:
    """One draft."""
    score = draft.score
    return {
        "id": draft.draft_id,
        "index": draft.index,
        "rank": draft.rank,
        "text": draft.text,
        "tokens": draft.tokens,
        "seed": draft.seed,
        "stop_reason": draft.stop.value,
        "logprob": round(draft.logprob, 4),
        "score": round(score.total, 1) if score else None,
        "score_parts": {p.name: round(p.value, 3) for p in score.parts} if score else {},
        "covered": list(draft.covered),
        "missed": list(draft.missed),
        "findings": [finding_json(f) for f in draft.findings],
    }


def result_json(result: ComposeResult) -> dict[str, Any]:
    """What one request brought."""
    timing = result.timing
    return {
        "request_id": result.request_id,
        "model": result.model_name,
        "channel": result.request.channel.value,
        "task": result.request.task.value,
        "drafts": [draft_json(d) for d in result.drafts],
        "timing": {
            "load_s": round(timing.load_s, 3),
            "prompt_s": round(timing.prompt_s, 3),
            "first_token_s": round(timing.first_token_s, 3),
            "total_s": round(timing.total_s, 3),
            "tokens_per_second": round(timing.tokens_per_second, 1),
            "prompt_tokens": timing.prompt_tokens,
            "reused_tokens": timing.reused_tokens,
        },
    }


def result_text(result: ComposeResult) -> str:
    """Drafts one after the other, each with its score and findings."""
    blocks = []
    for number, draft in enumerate(result.drafts, 1):
        score = f" · {draft.score.total:.0f}分" if draft.score else ""
        lines = [f"── {CHANNELS[result.request.channel].name} {number}{score} ──", draft.text]
        lines += [finding_line(f) for f in draft.findings]
        blocks.append("\n".join(lines))
    timing = result.timing
    speed = f"{result.model_name} · {timing.total_s:.1f} 秒 · 每秒 {timing.tokens_per_second:.0f} 词"
    return "\n\n".join([*blocks, speed])


def finding_line(finding: Finding) -> str:
    """One finding for people."""
    sign, kind = SEVERITY_SIGNS[finding.severity], KIND_NAMES[finding.kind]
    article = f"（{finding.article}）" if finding.article else ""
    instead = f" → {finding.replacement}" if finding.replacement else ""
    return f"   {sign} {kind}「{finding.text}」{finding.reason}{article}{instead}"


def entry_json(entry: HistoryEntry) -> dict[str, Any]:
    """One line of the history."""
    return {
        "id": entry.draft.draft_id,
        "created_at": entry.created_at.isoformat(),
        "channel": entry.channel.value,
        "task": entry.task.value,
        "product": entry.brief.product,
        "model": entry.model_name,
        "text": entry.current_text,
        "favourite": entry.favourite,
        "picked": entry.picked,
        "rating": entry.rating,
        "tags": list(entry.tags),
    }


def model_json(model: InstalledModel) -> dict[str, Any]:
    """One installed model."""
    manifest = model.manifest
    return {
        "name": manifest.name,
        "title": manifest.title,
        "base": manifest.base,
        "licence": manifest.licence,
        "prompt_format": manifest.prompt_format,
        "context_tokens": manifest.context_tokens,
        "quantisation": manifest.quantisation,
        "size": manifest.size,
        "shipped": model.shipped,
        "files": [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in manifest.files],
        "evaluation": manifest.evaluation,
    }
