"""The verification as a whole: runs every comparison, judges it, and writes ``report.json`` and ``report.md``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from convert.llama_runtime import LlamaRuntime, runtime_version
from convert.staging import sha256_of, shards_of, write_text
from convert.texts import WINDOW_TOKENS, read_texts, token_windows
from convert.torch_model import TorchModel
from convert.verify import (
    MAX_F16_DIVERGENCE,
    MIN_TOP1,
    Divergence,
    Speed,
    TensorSizes,
    TokenParity,
    compare_logits,
    compare_tokens,
    measure_sizes,
    measure_speed,
)

REPORT_FORMAT = 1


@dataclass(frozen=True, slots=True)
class VerifyPlan:
    """What is compared with what; ``model`` is the quantised GGUF or its first shard, None to prove F16 alone."""

    checkpoint: Path
    f16: Path
    model: Path | None
    lines: Path
    texts: Path
    windows: int = 8
    hard_lines: int = 1000
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything measured; empty ``failures`` means proved."""

    plan: VerifyPlan
    tokens: TokenParity
    f16: Divergence
    quantised: Divergence | None
    sizes: TensorSizes
    speed: Speed
    failures: tuple[str, ...]


def verify(plan: VerifyPlan) -> Verification:
    """Compare tokens, F16 against PyTorch, the quantised file against F16; measure size and speed."""
    tokenizer = Tokenizer.from_file(str(plan.checkpoint / "tokenizer.json"))
    windows = token_windows(tokenizer, read_texts(plan.texts), limit=plan.windows)
    shown = plan.model or plan.f16
    with LlamaRuntime(plan.f16, context=WINDOW_TOKENS, threads=plan.threads) as f16:
        f16_divergence = compare_logits(TorchModel(plan.checkpoint, threads=plan.threads).logits, f16.logits, windows)
        with LlamaRuntime(shown, context=WINDOW_TOKENS, threads=plan.threads) as model:
            tokens = compare_tokens(model, tokenizer, read_texts(plan.lines), extra_hard=plan.hard_lines)
            quantised = compare_logits(f16.logits, model.logits, windows) if plan.model else None
    speed = measure_speed(shown, windows[0], threads=plan.threads)
    sizes = measure_sizes(shown)
    return Verification(plan, tokens, f16_divergence, quantised, sizes, speed, _failures(tokens, f16_divergence))


def write_report(found: Verification, folder: Path) -> tuple[Path, Path]:
    """Write ``report.json`` and ``report.md`` into ``folder``; returns both paths."""
    as_json, as_text = folder / "report.json", folder / "report.md"
    write_text(as_json, json.dumps(report_facts(found), indent=1, ensure_ascii=False) + "\n")
    write_text(as_text, report_markdown(found))
    return as_json, as_text


def report_facts(found: Verification) -> dict[str, Any]:
    """The report as JSON values; paths appear as names only."""
    files = shards_of(found.plan.model or found.plan.f16)
    return {
        "format": REPORT_FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "llama_cpp_python": runtime_version(),
        "passed": not found.failures,
        "failures": list(found.failures),
        "files": [{"name": f.name, "size": f.stat().st_size, "sha256": sha256_of(f)} for f in files],
        "tokens": asdict(found.tokens),
        "f16_against_pytorch": _divergence_facts(found.f16),
        "quantised_against_f16": _divergence_facts(found.quantised) if found.quantised else None,
        "sizes": {**asdict(found.sizes), "bits_per_weight": found.sizes.bits_per_weight},
        "speed": asdict(found.speed),
    }


def report_markdown(found: Verification) -> str:
    """The report for people."""
    files = shards_of(found.plan.model or found.plan.f16)
    speeds = found.speed.by_sequences
    rows = [
        ("F16 against PyTorch", found.f16),
        *([("quantised against F16", found.quantised)] if found.quantised else []),
    ]
    lines = [
        f"# Verification of {(found.plan.model or found.plan.f16).name}",
        "",
        "Passed." if not found.failures else "**Failed**: " + "; ".join(found.failures),
        "",
        f"Token ids: {found.tokens.lines} lines and {found.tokens.hard_lines} hard ones, {found.tokens.different} differ.",
        "",
        "| comparison | positions | mean KL | 99 % | max | same first choice | perplexity | ratio |",
        "|---|---|---|---|---|---|---|---|",
        *(_divergence_row(name, d) for name, d in rows),
        "",
        *_size_lines(found.sizes),
        "",
        f"| threads {found.speed.threads} | prompt | {' | '.join(map(str, speeds))} |",
        "|---" * (len(speeds) + 2) + "|",
        f"| tokens/s | {found.speed.prompt:.0f} | {' | '.join(f'{v:.0f}' for v in speeds.values())} |",
        "",
        *(f"- `{f.name}` {f.stat().st_size} bytes, SHA-256 {sha256_of(f)}" for f in files),
    ]
    return "\n".join(lines) + "\n"


def _failures(tokens: TokenParity, f16: Divergence) -> tuple[str, ...]:
    demands = (
        (
            tokens.different == 0,
            f"{tokens.different} lines have other token ids, first line {tokens.first_difference}",
        ),
        (tokens.special_added == 0, f"llama.cpp adds a token of its own to {tokens.special_added} lines"),
        (f16.top1_agreement >= MIN_TOP1, f"F16 agrees on the first choice at only {f16.top1_agreement:.2%}"),
        (f16.mean_kl < MAX_F16_DIVERGENCE, f"F16 diverges from PyTorch by {f16.mean_kl:.2g} nats"),
    )
    return tuple(words for holds, words in demands if not holds)


def _divergence_facts(d: Divergence) -> dict[str, float]:
    return {**asdict(d), "perplexity_ratio": d.perplexity_ratio}


def _divergence_row(name: str, d: Divergence) -> str:
    return (
        f"| {name} | {d.positions} | {d.mean_kl:.2e} | {d.p99_kl:.2e} | {d.max_kl:.2e} | {d.top1_agreement:.2%} "
        f"| {d.perplexity:.3f} | {d.perplexity_ratio:.4f} |"
    )


def _size_lines(sizes: TensorSizes) -> Sequence[str]:
    types = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.bytes_by_type.items())
    return (
        f"Size: {sizes.file_bytes} bytes, {sizes.parameters} parameters, {sizes.bits_per_weight:.3f} bits a weight.",
        f"By type: {types}.",
    )
