"""Versions for advertising: a matrix of goal × audience × channel from one brief, its A/B sheet, and the results.

A goal changes the request, not only a label: for clicks the text is short and lively; for a purchase the offer must be
said; for the brand the offer stays out. The sheet's rows carry a code; results come back by that code, and a rate is
never shown without its interval (Wilson, 95 %). Versions are compared within their goal and channel only, because a
text message and a feed are not clicked alike; what is credited to an arm is the chance that its version beats the
others, as a few pseudo-trials, so that a million impressions do not drown the shop's own picks. Pure functions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import erf, sqrt
from typing import Any

from engine.domain.brief import Brief
from engine.domain.channels import CHANNELS, Channel, Tone
from engine.domain.draft import ComposeRequest
from engine.domain.preference import (
    GOAL_NAMES,
    Arm,
    ArmCount,
    ArmKind,
    CampaignPlan,
    CampaignReport,
    Goal,
    Interval,
    Version,
    VersionReport,
    VersionResult,
)
from engine.errors import BriefInvalid, TableUnusable

Z95 = 1.959964
CREDIT_TRIALS = 8.0
"""Pseudo-trials that one measured version is worth, reached as its counts grow."""

ENOUGH_IMPRESSIONS = 200
CLEAR = 0.95
EVERYONE = ""
ALONE, FEW, OPEN = "没有可比的版本", "数据还少，先别下结论", "还分不出高下"
BETTER, WORSE = "明显更好，可以多投", "明显更差，可以停掉"
VERDICTS = (ALONE, FEW, OPEN, BETTER, WORSE)


@dataclass(frozen=True, slots=True)
class GoalSpec:
    """A goal's name and what it does to a request: tone where none was chosen, part of the usual length, offer."""

    letter: str
    name: str
    tone: Tone
    length_factor: float
    offer: str


GOALS: dict[Goal, GoalSpec] = {
    Goal.CLICK: GoalSpec("C", GOAL_NAMES[Goal.CLICK], Tone.LIVELY, 0.8, "keep"),
    Goal.PURCHASE: GoalSpec("P", GOAL_NAMES[Goal.PURCHASE], Tone.EAGER, 1.0, "must"),
    Goal.BRAND: GoalSpec("B", GOAL_NAMES[Goal.BRAND], Tone.REFINED, 1.1, "drop"),
}

SHEET_HEADERS = ("版本号", "目标", "人群", "渠道", "文案", "曝光", "点击", "成交")
RESULT_HEADERS: dict[str, tuple[str, ...]] = {
    "code": ("版本号", "版本", "编号", "创意名称", "code", "version"),
    "impressions": ("曝光", "展现", "展示", "发送", "浏览", "impressions"),
    "clicks": ("点击", "clicks"),
    "orders": ("成交", "下单", "订单", "转化", "orders"),
}
_NOT_COUNTS = ("率", "成本", "金额", "均价", "rate", "ctr", "cvr", "%")


def plan_versions(
    brief: Brief,
    goals: Sequence[Goal],
    channels: Sequence[Channel],
    audiences: Sequence[str] = (),
    *,
    each: int = 1,
    base: ComposeRequest | None = None,
) -> tuple[Version, ...]:
    """The matrix in order goal, channel, audience; ``each`` versions a cell; ``base`` gives voice, domain and words.

    Raises:
        BriefInvalid: no goal, no channel, or a brief about nothing.
    """
    checked = brief.checked()
    if not goals or not channels:
        raise BriefInvalid("goals" if not goals else "channels", "empty")
    people = list(dict.fromkeys(a.strip() for a in audiences if a.strip())) or [brief.audience or EVERYONE]
    versions = []
    for goal in dict.fromkeys(goals):
        cells = [(channel, who) for channel in dict.fromkeys(channels) for who in people for _ in range(max(each, 1))]
        for number, (channel, who) in enumerate(cells, 1):
            request = make_request(checked, goal, channel, who, base)
            versions.append(Version(f"{GOALS[goal].letter}{number:02d}", goal, who, channel, request))
    return tuple(versions)


def versions_of(plan: CampaignPlan) -> tuple[Version, ...]:
    """The matrix of a stored plan; the same plan gives the same codes. Raises as ``plan_versions`` does."""
    base = ComposeRequest(plan.brief, plan.channels[0], voice_id=plan.voice_id) if plan.channels else None
    return plan_versions(plan.brief, plan.goals, plan.channels, plan.audiences, each=plan.each, base=base)


def make_request(
    brief: Brief, goal: Goal, channel: Channel, audience: str, base: ComposeRequest | None = None
) -> ComposeRequest:
    """What to ask of the model for one cell."""
    spec, form = GOALS[goal], CHANNELS[channel]
    told = replace(
        brief,
        audience=audience or brief.audience,
        tone=brief.tone if brief.tone is not Tone.NONE else spec.tone,
        offer="" if spec.offer == "drop" else brief.offer,
    )
    request = base or ComposeRequest(told, channel)
    must = (brief.offer,) if spec.offer == "must" and brief.offer and brief.offer not in request.must_say else ()
    length = min(max(round(form.typical_length * spec.length_factor), form.min_length), form.max_length)
    return replace(request, brief=told, channel=channel, length=length, must_say=request.must_say + must)


def with_text(version: Version, text: str, draft_id: int = 0) -> Version:
    """The version once its text was written."""
    return replace(version, text=text, draft_id=draft_id)


def sheet_rows(versions: Sequence[Version]) -> list[dict[str, str]]:
    """Rows of the A/B sheet under ``SHEET_HEADERS``; the three figures are left for the seller or the platform."""
    return [
        dict(
            zip(
                SHEET_HEADERS,
                (v.code, GOALS[v.goal].name, v.audience or "不限", CHANNELS[v.channel].name, v.text, "", "", ""),
                strict=True,
            )
        )
        for v in versions
    ]


def read_results(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[VersionResult, ...], tuple[int, ...]]:
    """Results by code, several rows of a code added up, and the numbers (from 1) of rows that make no sense.

    A row without figures is passed over; one with clicks above impressions, orders above clicks, negative or broken
    numbers is bad.

    Raises:
        TableUnusable: no column of codes, impressions or clicks.
    """
    table = list(rows)
    columns = _result_columns(table)
    totals: dict[str, tuple[int, int, int]] = {}
    bad = []
    for number, row in enumerate(table, 1):
        code = str(row.get(columns["code"]) or "").strip().upper()
        values = [row.get(columns[name]) if name in columns else None for name in ("impressions", "clicks", "orders")]
        if not code or all(_is_empty(value) for value in values):
            continue
        counts = [_count(value) for value in values]
        sound = [count for count in counts if count is not None]
        if len(sound) < 3 or not sound[0] >= sound[1] >= sound[2]:
            bad.append(number)
            continue
        old = totals.get(code, (0, 0, 0))
        totals[code] = (old[0] + sound[0], old[1] + sound[1], old[2] + sound[2])
    return tuple(VersionResult(code, *counts) for code, counts in totals.items()), tuple(bad)


def wilson_interval(hits: int, of: int, z: float = Z95) -> Interval:
    """A share with its Wilson score interval (Wilson 1927); 0 to 1 while there is nothing to share.

    Raises:
        ValueError: hits below 0 or above ``of``.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of}")
    if not of:
        return Interval(0.0, 0.0, 1.0, 0)
    rate = hits / of
    middle = (rate + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(rate * (1 - rate) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    low = 0.0 if hits == 0 else max(middle - half, 0.0)
    return Interval(rate, low, 1.0 if hits == of else min(middle + half, 1.0), of)


def judge_campaign(
    versions: Sequence[Version], results: Sequence[VersionResult], bad_rows: tuple[int, ...] = ()
) -> CampaignReport:
    """Every measured version with intervals and a verdict, best first within its goal and channel."""
    by_code = {version.code: version for version in versions}
    groups: dict[tuple[Goal, Channel], list[VersionResult]] = defaultdict(list)
    for result in results:
        if version := by_code.get(result.code):
            groups[version.goal, version.channel].append(result)
    reports = []
    for group in groups.values():
        judged = [_judge(by_code[result.code], result, group) for result in group]
        reports += sorted(judged, key=lambda report: (-report.better, report.version.code))
    unknown = tuple(result.code for result in results if result.code not in by_code)
    return CampaignReport(tuple(reports), unknown, bad_rows)


def credit_versions(report: CampaignReport) -> tuple[ArmCount, ...]:
    """What the results are worth to the arms of each version (channels are not compared, so they get no credit)."""
    counts = []
    for item in report.versions:
        rivals = sum(_same_cell(item.version, other.version) for other in report.versions) - 1
        if rivals < 1 or not item.result.impressions:
            continue
        size = item.result.impressions
        trials = CREDIT_TRIALS * size / (size + ENOUGH_IMPRESSIONS)
        counts += [ArmCount(arm, trials, trials * item.better) for arm in _arms(item.version)]
    return tuple(counts)


def goal_counts(goal: Goal, result: VersionResult) -> tuple[int, int]:
    """The goal's own figure as hits of how many: orders of impressions for a purchase, else clicks of impressions."""
    return (result.orders if goal is Goal.PURCHASE else result.clicks), result.impressions


def chance_better(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """The chance that the first share is truly the greater one (normal approximation of two Beta(1, 1) beliefs)."""
    mean, variance = _belief(hits, of)
    other_mean, other_variance = _belief(other_hits, other_of)
    return 0.5 * (1.0 + erf((mean - other_mean) / sqrt(2.0 * (variance + other_variance))))


def _belief(hits: int, of: int) -> tuple[float, float]:
    a, b = hits + 1.0, of - hits + 1.0
    return a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1.0))


def _judge(version: Version, result: VersionResult, group: Sequence[VersionResult]) -> VersionReport:
    others = [goal_counts(version.goal, other) for other in group if other is not result]
    hits, of = goal_counts(version.goal, result)
    rest_hits, rest_of = sum(h for h, _ in others), sum(n for _, n in others)
    better = chance_better(hits, of, rest_hits, rest_of) if others else 0.5
    return VersionReport(
        version=version,
        result=result,
        clicks=wilson_interval(result.clicks, result.impressions),
        orders=wilson_interval(result.orders, result.clicks),
        better=round(better, 4),
        verdict=_verdict(better, of, alone=not others),
    )


def _verdict(better: float, of: int, *, alone: bool) -> str:
    if alone:
        return ALONE
    if of < ENOUGH_IMPRESSIONS:
        return FEW
    if better >= CLEAR:
        return BETTER
    return WORSE if better <= 1 - CLEAR else OPEN


def _same_cell(first: Version, second: Version) -> bool:
    return first.goal is second.goal and first.channel is second.channel


def _arms(version: Version) -> list[Arm]:
    values = (
        (ArmKind.TONE, version.request.brief.tone.value),
        (ArmKind.AUDIENCE, version.audience),
        (ArmKind.TEMPLATE, version.template),
    )
    return [Arm(kind, value) for kind, value in values if value]


def _result_columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    headers = list(dict.fromkeys(str(key) for row in rows for key in row if key is not None))
    counting = [h for h in headers if not any(word in h.lower() for word in _NOT_COUNTS)]
    found: dict[str, str] = {}
    for name, words in RESULT_HEADERS.items():
        free = [h for h in counting if h not in found.values()]
        header = next((h for word in words for h in free if word in h.lower()), None)
        if header is not None:
            found[name] = header
    missing = tuple(name for name in ("code", "impressions", "clicks") if name not in found)
    if missing:
        raise TableUnusable(missing, tuple(headers))
    return found


def _is_empty(value: Any) -> bool:
    return value is None or str(value).strip() in ("", "-", "—")


def _count(value: Any) -> int | None:
    """A whole number that is not negative; empty is 0, anything else None."""
    if _is_empty(value):
        return 0
    text = str(value).strip().replace(",", "").removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() else None
