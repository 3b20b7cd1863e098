"""A draft's score with its parts in sight, and the order in which the drafts are shown.

Every part is a number from 0 to 1 with a weight from one table (``PARTS``); the score is their weighted mean times 100.
A part that cannot be known (no voice, no discriminator, one draft alone) is left out rather than guessed. The order:

1. drafts that may be published before those with a blocking finding (whose score is capped as well);
2. within these, drafts that say something of their own before near-duplicates of a better one;
3. then by score, equal ones in the order in which they were decoded. The same drafts give the same order.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import exp

from engine.domain.brief import Brief
from engine.domain.channels import CHANNELS, Channel, ChannelSpec, Form, Task, count_characters
from engine.domain.draft import Draft, Score, ScorePart, StopReason
from engine.domain.finding import Finding, FindingKind, Severity
from engine.domain.preference import BrandVoice
from engine.ranking.consensus import diversities, find_duplicates, mean_utilities, sense_support
from engine.ranking.discriminator import Discriminator
from engine.ranking.features import count_emoji, count_grams, split_clauses
from engine.ranking.preference import PreferenceModel, relative_preference
from engine.ranking.style import voice_fit


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part's key, its name for people, its weight in the score."""

    key: str
    name: str
    weight: float


PARTS: dict[str, PartSpec] = {
    spec.key: spec
    for spec in (
        PartSpec("law", "合规", 0.20),
        PartSpec("facts", "属实", 0.20),
        PartSpec("coverage", "卖点覆盖", 0.14),
        PartSpec("whole", "写完整", 0.10),
        PartSpec("repetition", "不重复", 0.08),
        PartSpec("form", "合格式", 0.08),
        PartSpec("length", "合字数", 0.05),
        PartSpec("fluency", "通顺", 0.06),
        PartSpec("human", "像人写的", 0.08),
        PartSpec("sense", "几稿一致", 0.06),
        PartSpec("diversity", "与众不同", 0.02),
        PartSpec("voice", "合口吻", 0.10),
        PartSpec("preference", "合您的习惯", 0.12),
        PartSpec("duplicate", "与另一稿几乎相同", 0.0),
    )
}
"""The one table of weights; they need not sum to one, as absent parts are left out."""

BLOCKED_CAP = 39.0
SEVERITY_COST: dict[Severity, float] = {Severity.UNLAWFUL: 1.6, Severity.RISKY: 0.5, Severity.NOTE: 0.15}
STOP_VALUE: dict[StopReason, float] = {
    StopReason.END: 1.0,
    StopReason.LENGTH: 0.5,
    StopReason.CANCELLED: 0.3,
    StopReason.BLOCKED: 0.2,
    StopReason.LOOP: 0.0,
}
UNFINISHED_FACTOR = 0.5
PREFERENCE_FULL_PICKS = 30
"""The learned preference counts in proportion to the picks until there are so many."""

FLUENCY_MIN_SPREAD = 0.08
"""Nats a token; smaller differences of log-probability within a set are noise."""

_CLOSED = re.compile(r"[。！？!?…～~」』”\"）)】R]\s*$")
_OPEN_END = re.compile(r"[，,、：:；;（(【“—-]\s*$|[的地得和与及或把被在让给从将]\s*$")
_SENTENCE_FORMS = frozenset({Form.PARAGRAPHS, Form.MESSAGE})


@dataclass(frozen=True, slots=True)
class RankingContext:
    """What the drafts are ranked for; whatever is None leaves its part out.

    ``length`` is what was aimed at in characters, ``reference_logprob`` a usual mean log-probability of a token for
    good copy under this model (else drafts are compared among themselves); ``consensus`` puts agreement before
    everything but the law and the folding of duplicates.
    """

    channel: Channel
    brief: Brief | None = None
    task: Task = Task.COMPOSE
    length: int | None = None
    voice: BrandVoice | None = None
    preference: PreferenceModel | None = None
    discriminator: Discriminator | None = None
    reference_logprob: float | None = None
    consensus: bool = False
    weights: dict[str, float] = field(default_factory=dict)

    def weight(self, key: str) -> float:
        """The part's weight: the context's own, else the table's."""
        return self.weights.get(key, PARTS[key].weight)


Values = list[float | None]


def rank_drafts(drafts: Sequence[Draft], context: RankingContext) -> tuple[Draft, ...]:
    """The drafts with score and rank, best first."""
    if not drafts:
        return ()
    columns = {key: measure(drafts, context) for key, measure in _MEASURES.items()}
    scores = [_score({key: column[i] for key, column in columns.items()}, context) for i in range(len(drafts))]
    totals = [min(s.total, BLOCKED_CAP) if is_blocked(d) else s.total for d, s in zip(drafts, scores, strict=True)]
    agreed = mean_utilities([d.text for d in drafts]) if context.consensus else (0.0,) * len(drafts)
    blocked = [is_blocked(draft) for draft in drafts]
    order = sorted(range(len(drafts)), key=lambda i: (blocked[i], -agreed[i], -totals[i], drafts[i].index, i))
    twins = find_duplicates([d.text for d in drafts], order)
    shown = sorted(order, key=lambda i: (blocked[i], i in twins))
    marked = [_mark(scores[i], totals[i], i in twins) for i in range(len(drafts))]
    return tuple(replace(drafts[i], score=marked[i], rank=rank) for rank, i in enumerate(shown))


def is_blocked(draft: Draft) -> bool:
    """Whether a finding forbids to publish the draft."""
    return any(finding.blocks for finding in draft.findings)


def explain_score(score: Score) -> str:
    """The parts in words, e.g. ``合规 100 · 属实 86 · 与另一稿几乎相同``."""
    shown = [part for part in score.parts if part.name in PARTS and part.name != "duplicate"]
    told = [f"{PARTS[part.name].name} {part.value * 100:.0f}" for part in shown]
    folded = [PARTS["duplicate"].name] if any(p.name == "duplicate" for p in score.parts) else []
    return " · ".join(told + folded)


def _score(values: dict[str, float | None], context: RankingContext) -> Score:
    parts = []
    for key, value in values.items():
        weight = context.weight(key)
        if key == "preference" and context.preference is not None:
            weight *= min(1.0, context.preference.picks / PREFERENCE_FULL_PICKS)
        if value is not None and weight > 0:
            parts.append(ScorePart(key, round(value, 4), round(weight, 4)))
    whole = sum(part.weight for part in parts)
    total = 100 * sum(part.value * part.weight for part in parts) / whole if whole else 0.0
    return Score(round(total, 1), tuple(parts))


def _mark(score: Score, total: float, folded: bool) -> Score:
    extra = (ScorePart("duplicate", 0.0, 0.0),) if folded else ()
    return Score(total, score.parts + extra)


def _finding_value(findings: Sequence[Finding]) -> float:
    return exp(-sum(SEVERITY_COST[finding.severity] for finding in findings))


def _of_kind(kind: FindingKind) -> Callable[[Sequence[Draft], RankingContext], Values]:
    return lambda drafts, _: [_finding_value([f for f in d.findings if f.kind is kind]) for d in drafts]


def _coverage(drafts: Sequence[Draft], _: RankingContext) -> Values:
    return [len(d.covered) / n if (n := len(d.covered) + len(d.missed)) else None for d in drafts]


def _whole(drafts: Sequence[Draft], context: RankingContext) -> Values:
    form = CHANNELS[context.channel].form
    return [STOP_VALUE[d.stop] * (1.0 if ends_whole(d.text, form) else UNFINISHED_FACTOR) for d in drafts]


def ends_whole(text: str, form: Form) -> bool:
    """Whether the last sentence was finished: not on a comma or a binding word, in running text on a closing mark."""
    tail = text.strip()
    if not tail or _OPEN_END.search(tail):
        return False
    return form not in _SENTENCE_FORMS or bool(_CLOSED.search(tail)) or count_emoji(tail[-3:]) > 0


def _repetition(drafts: Sequence[Draft], _: RankingContext) -> Values:
    return [1.0 - repeated_share(d.text) for d in drafts]


def repeated_share(text: str) -> float:
    """How much a text says again: repeated clauses of four characters and more, or repeated runs of six; 0 to 1."""
    clauses = [clause for clause in split_clauses(text) if len(clause) >= 4]
    again = sum(len(c) * (n - 1) for c, n in Counter(clauses).items()) / max(sum(map(len, clauses)), 1)
    runs = count_grams(text, 6)
    looped = sum(n - 1 for n in runs.values()) / max(runs.total(), 1)
    return min(1.0, 3.0 * max(again, looped))


def _form(drafts: Sequence[Draft], context: RankingContext) -> Values:
    spec = CHANNELS[context.channel]
    kinds = (FindingKind.FORM, FindingKind.CLARITY)
    return [form_fit(d.text, spec) * _finding_value([f for f in d.findings if f.kind in kinds]) for d in drafts]


def form_fit(text: str, spec: ChannelSpec) -> float:
    """How many of the channel's demands on the outer form a text meets, 0 to 1."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    demands = [check(lines) for check in _FORM_CHECKS[spec.form]]
    if not spec.emoji_allowed:
        demands.append(count_emoji(text) == 0)
    return sum(demands) / len(demands) if demands else 1.0


_FORM_CHECKS: dict[Form, tuple[Callable[[list[str]], bool], ...]] = {
    Form.ONE_LINE: (lambda lines: len(lines) == 1, lambda lines: bool(lines) and lines[-1][-1] not in "。！？!?"),
    Form.LABELLED_LINES: (
        lambda lines: 3 <= len(lines) <= 5,
        lambda lines: bool(lines) and all(0 < line.find("：") <= 8 for line in lines),
    ),
    Form.PARAGRAPHS: (lambda lines: 1 <= len(lines) <= 5,),
    Form.NOTE: (
        lambda lines: len(lines) >= 3,
        lambda lines: bool(lines) and count_characters(lines[0]) <= 24,
        lambda lines: bool(lines) and "#" in lines[-1],
        lambda lines: count_emoji("".join(lines)) > 0,
    ),
    Form.SHORT_LINES: (
        lambda lines: 4 <= len(lines) <= 7,
        lambda lines: bool(lines) and max(map(count_characters, lines)) <= 60,
    ),
    Form.THREE_LINES: (lambda lines: len(lines) == 3,),
    Form.MESSAGE: (
        lambda lines: bool(lines) and lines[0].startswith("【"),
        lambda lines: bool(lines) and lines[-1].endswith("拒收请回复R"),
        lambda lines: len(lines) == 1,
    ),
}


def _length(drafts: Sequence[Draft], context: RankingContext) -> Values:
    return [length_fit(count_characters(d.text), context) for d in drafts]


def length_fit(length: int, context: RankingContext) -> float:
    """1 within the channel's bounds and a quarter around the aim; falls off in proportion outside."""
    spec = CHANNELS[context.channel]
    low, high = (spec.min_length, spec.max_length) if context.task is Task.COMPOSE else (1, spec.max_length)
    fit = min(1.0, length / low) * min(1.0, high / max(length, 1)) ** 2
    if context.length:
        ratio = length / context.length
        fit *= min(1.0, ratio / 0.75, 1.25 / max(ratio, 1e-9))
    return fit


def _fluency(drafts: Sequence[Draft], context: RankingContext) -> Values:
    known = [d.logprob for d in drafts if d.logprob < 0.0]
    if not known or (len(known) < 2 and context.reference_logprob is None):
        return [None] * len(drafts)
    reference = statistics.median(known) if context.reference_logprob is None else context.reference_logprob
    spread = max(statistics.pstdev(known), FLUENCY_MIN_SPREAD)
    return [_sigmoid((d.logprob - reference) / spread) if d.logprob < 0.0 else None for d in drafts]


def _sigmoid(value: float) -> float:
    return 1.0 / (1.0 + exp(-max(min(value, 30.0), -30.0)))


def _human(drafts: Sequence[Draft], context: RankingContext) -> Values:
    judge = context.discriminator
    return [None if judge is None else judge.probability(d.text) for d in drafts]


def _sense(drafts: Sequence[Draft], _: RankingContext) -> Values:
    if len(drafts) < 3:
        return [None] * len(drafts)
    support = sense_support([d.text for d in drafts])
    most = max(support) or 1.0
    return [value / most for value in support]


def _diversity(drafts: Sequence[Draft], _: RankingContext) -> Values:
    return list(diversities([d.text for d in drafts])) if len(drafts) > 1 else [None]


def _voice(drafts: Sequence[Draft], context: RankingContext) -> Values:
    voice = context.voice
    return [None if voice is None else voice_fit(d.text, voice) for d in drafts]


def _preference(drafts: Sequence[Draft], context: RankingContext) -> Values:
    model = context.preference
    if model is None or not model.picks:
        return [None] * len(drafts)
    return list(relative_preference(model, [d.text for d in drafts]))


_MEASURES: dict[str, Callable[[Sequence[Draft], RankingContext], Values]] = {
    "law": _of_kind(FindingKind.LAW),
    "facts": _of_kind(FindingKind.FACT),
    "coverage": _coverage,
    "whole": _whole,
    "repetition": _repetition,
    "form": _form,
    "length": _length,
    "fluency": _fluency,
    "human": _human,
    "sense": _sense,
    "diversity": _diversity,
    "voice": _voice,
    "preference": _preference,
}
