"""Advertising versions: the matrix, the sheet, the results with their intervals, the credit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain import Brief, Channel, ComposeRequest, Tone
from engine.domain.channels import CHANNELS
from engine.domain.preference import ArmKind, Goal, Version, VersionResult
from engine.errors import BriefInvalid, TableUnusable
from engine.usecases.campaigns import (
    chance_better,
    credit_versions,
    judge_campaign,
    plan_versions,
    read_results,
    sheet_rows,
    wilson_interval,
    with_text,
)

BRIEF = Brief("雪纺连衣裙", offer="第二件半价")


def plan() -> tuple[Version, ...]:
    return plan_versions(BRIEF, list(Goal), [Channel.FEED_AD, Channel.SMS], ["上班族", "宝妈"])


def test_the_matrix_has_every_cell_once_under_its_own_code() -> None:
    versions = plan()
    assert len({(v.goal, v.channel, v.audience) for v in versions}) == len(versions) == 12
    assert len({v.code for v in versions}) == 12
    assert all(v.request.brief.audience == v.audience and v.request.channel is v.channel for v in versions)


def test_a_goal_changes_what_is_asked_for() -> None:
    by_goal = {v.goal: v.request for v in plan()}
    assert by_goal[Goal.PURCHASE].must_say == ("第二件半价",)
    assert by_goal[Goal.BRAND].brief.offer == ""
    assert by_goal[Goal.CLICK].brief.tone is Tone.LIVELY
    assert by_goal[Goal.CLICK].must_say == ()
    for request in by_goal.values():
        spec = CHANNELS[request.channel]
        assert request.length is not None and spec.min_length <= request.length <= spec.max_length


def test_the_sellers_tone_voice_and_words_stay() -> None:
    base = ComposeRequest(BRIEF, Channel.TITLE, voice_id=3, never_say=("便宜",), must_say=("雪纺",))
    brief = Brief("裙子", tone=Tone.TERSE, offer="满99减20")
    (version,) = plan_versions(brief, [Goal.PURCHASE], [Channel.SMS], base=base)
    assert version.request.brief.tone is Tone.TERSE and version.request.voice_id == 3
    assert version.request.must_say == ("雪纺", "满99减20") and version.request.never_say == ("便宜",)


def test_no_goal_or_channel_is_said_so() -> None:
    with pytest.raises(BriefInvalid):
        plan_versions(BRIEF, [], [Channel.SMS])
    with pytest.raises(BriefInvalid):
        plan_versions(BRIEF, [Goal.CLICK], [])


def test_the_sheet_comes_back_as_it_went_out() -> None:
    versions = [with_text(v, f"文案{v.code}") for v in plan()]
    rows = sheet_rows(versions)
    assert list(rows[0]) == ["版本号", "目标", "人群", "渠道", "文案", "曝光", "点击", "成交"]
    assert read_results(rows) == ((), ())
    filled = [{**row, "曝光": "1,000", "点击": 50.0, "成交": 5} for row in rows]
    results, bad = read_results(filled)
    assert not bad and results[0] == VersionResult("C01", 1000, 50, 5) and len(results) == 12


def test_platform_headers_are_read_and_rates_are_not_taken_for_counts() -> None:
    rows = [{"创意名称": "c01", "点击率": "5%", "展现量": "200", "点击量": "10", "下单数": "", "点击均价": "0.8"}] * 2
    assert read_results(rows) == ((VersionResult("C01", 400, 20, 0),), ())


def test_rows_that_make_no_sense_are_numbered() -> None:
    rows = [
        {"版本号": "C01", "曝光": 10, "点击": 20, "成交": 0},
        {"版本号": "C02", "曝光": "许多", "点击": 1, "成交": 0},
        {"版本号": "C03", "曝光": 10, "点击": -1, "成交": 0},
        {"版本号": "C04", "曝光": 10, "点击": 1, "成交": 1},
    ]
    assert read_results(rows) == ((VersionResult("C04", 10, 1, 1),), (1, 2, 3))
    with pytest.raises(TableUnusable) as caught:
        read_results([{"甲": 1}])
    assert caught.value.missing == ("code", "impressions", "clicks")


def test_wilson_gives_the_published_values() -> None:
    found = wilson_interval(8, 10)
    assert (found.low, found.high) == pytest.approx((0.4902, 0.9433), abs=1e-3)
    zero = wilson_interval(0, 10)
    assert zero.low == 0.0 and zero.high == pytest.approx(0.2775, abs=1e-3)
    assert (wilson_interval(0, 0).low, wilson_interval(0, 0).high) == (0.0, 1.0)
    with pytest.raises(ValueError, match="5 of 3"):
        wilson_interval(5, 3)


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_an_interval_always_holds_its_rate(first: int, second: int) -> None:
    hits, of = min(first, second), max(first, second)
    found = wilson_interval(hits, of)
    assert 0 <= found.low <= found.rate + 1e-12 and found.rate - 1e-12 <= found.high <= 1


def test_a_clear_winner_is_told_and_credited_and_channels_are_not_mixed() -> None:
    versions = plan_versions(BRIEF, [Goal.CLICK], [Channel.FEED_AD, Channel.SMS], ["上班族", "宝妈"])
    results = [
        VersionResult("C01", 5000, 300, 10),
        VersionResult("C02", 5000, 200, 12),
        VersionResult("C03", 100, 1, 0),
        VersionResult("X99", 10, 1, 0),
    ]
    report = judge_campaign(versions, results)
    by_code = {item.version.code: item for item in report.versions}
    assert by_code["C01"].verdict == "明显更好，可以多投" and by_code["C02"].verdict == "明显更差，可以停掉"
    assert by_code["C03"].verdict == "没有可比的版本"
    assert report.unknown_codes == ("X99",)
    credit = {c.arm.value: c for c in credit_versions(report) if c.arm.kind is ArmKind.AUDIENCE}
    assert credit["上班族"].won > 7 > 1 > credit["宝妈"].won
    assert all(c.tried <= 8 for c in credit.values())


def test_small_counts_decide_nothing() -> None:
    versions = plan_versions(BRIEF, [Goal.PURCHASE], [Channel.SMS], ["上班族", "宝妈"])
    report = judge_campaign(versions, [VersionResult("P01", 50, 9, 3), VersionResult("P02", 50, 2, 0)])
    assert {item.verdict for item in report.versions} == {"数据还少，先别下结论"}
    assert chance_better(3, 50, 3, 50) == pytest.approx(0.5)
