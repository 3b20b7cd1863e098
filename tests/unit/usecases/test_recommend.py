"""What to try next: the better arm is learned, the untried one gets its turn, the reason is told."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain import Brief, Channel, Draft, HistoryEntry, StopReason, Task, Tone
from engine.domain.preference import Arm, ArmCount, ArmKind
from engine.usecases.recommend import (
    common_rate,
    count_history,
    credit_arm,
    explain_arm,
    fade_counts,
    merge_counts,
    recommend_arms,
)


def tone(value: str, tried: float = 0, won: float = 0) -> ArmCount:
    return ArmCount(Arm(ArmKind.TONE, value), tried, won)


def first_shares(counts: list[ArmCount], floor: float) -> Counter[str]:
    firsts = (recommend_arms(counts, ArmKind.TONE, seed=s, floor=floor)[0].arm.value for s in range(300))
    return Counter(firsts)


def test_the_arm_that_wins_is_recommended_most_and_the_bad_one_keeps_its_floor() -> None:
    shares = first_shares([tone("亲切", 60, 40), tone("专业", 55, 5)], 0.2)
    assert shares["亲切"] > 200
    assert 30 <= shares["专业"] <= 95
    assert first_shares([tone("亲切", 60, 40), tone("专业", 55, 5)], 0.0)["专业"] == 0


def test_an_untried_arm_is_tried_more_than_a_known_bad_one() -> None:
    shares = first_shares([tone("亲切", 40, 12), tone("专业", 40, 4), tone("活泼")], 0.1)
    assert shares["活泼"] > shares["专业"]


def test_over_a_season_the_best_arm_gets_most_of_the_trials() -> None:
    rng, counts = random.Random(2), tuple(tone(t.value) for t in Tone if t.value)
    truth = {t.value: 0.15 for t in Tone} | {"文艺": 0.6}
    for turn in range(300):
        arm = recommend_arms(counts, ArmKind.TONE, seed=turn, most=1)[0].arm
        counts = credit_arm(counts, arm, float(rng.random() < truth[arm.value]))
    tried = {c.arm.value: c.tried for c in counts}
    assert max(tried, key=lambda v: tried[v]) == "文艺" and tried["文艺"] > 120
    assert min(tried.values()) >= 3


def test_reasons_are_plain_and_fit_the_numbers() -> None:
    assert explain_arm(tone("亲切"), 0.3, exploring=False) == "“亲切”还没试过，先写几条看看。"
    assert "比平常的30%高" in explain_arm(tone("亲切", 12, 8), 0.3, exploring=False)
    assert "低" in explain_arm(tone("亲切", 12, 1), 0.3, exploring=False)
    assert "次数还少" in explain_arm(tone("亲切", 2, 1), 0.3, exploring=False)
    assert explain_arm(ArmCount(Arm(ArmKind.CHANNEL, "sms")), 0.3, exploring=True).startswith("“短信”")


def test_history_is_counted_by_channel_tone_and_audience() -> None:
    draft = Draft(0, "好裙子。", 4, 1, StopReason.END)
    brief = Brief("裙子", tone=Tone.WARM, audience="上班族")
    entry = HistoryEntry(draft, brief, Channel.SMS, Task.COMPOSE, datetime.now(UTC), "m")
    counts = count_history([entry, replace(entry, picked=True), replace(entry, brief=Brief("裙子"), rating=5)])
    table = {(c.arm.kind, c.arm.value): (c.tried, c.won) for c in counts}
    assert table[ArmKind.CHANNEL, "sms"] == (3, 2)
    assert table[ArmKind.TONE, "亲切"] == (2, 1)
    assert table[ArmKind.AUDIENCE, "上班族"] == (2, 1)
    assert len(table) == 3


def test_nothing_known_recommends_nothing() -> None:
    assert recommend_arms([], ArmKind.TONE, seed=1) == ()
    assert recommend_arms([tone("亲切")], ArmKind.CHANNEL, seed=1) == ()


COUNTS = st.lists(
    st.builds(tone, st.sampled_from(["亲切", "专业", "活泼", "文艺"]), st.floats(0, 1e6), st.floats(0, 1e6)), max_size=8
)


@settings(max_examples=40, deadline=None)
@given(COUNTS, st.integers(0, 1000))
def test_any_counts_give_different_arms_and_true_chances(counts: list[ArmCount], seed: int) -> None:
    found = recommend_arms(counts, ArmKind.TONE, seed=seed)
    assert len({r.arm for r in found}) == len(found) <= 3
    assert all(0 <= r.chance <= 1 and r.reason for r in found)
    assert found == recommend_arms(counts, ArmKind.TONE, seed=seed)
    assert all(c.won <= c.tried for c in merge_counts(counts))
    assert 0 <= common_rate(merge_counts(fade_counts(counts, 0.5))) <= 1
