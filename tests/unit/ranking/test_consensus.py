"""Agreement among drafts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.ranking.consensus import (
    bleu,
    consensus_order,
    diversities,
    find_duplicates,
    profile_grams,
    sense_support,
    similarity,
)

NEAR = ["这条裙子雪纺面料，轻薄透气。", "这条裙子是雪纺面料，很透气。", "雪纺面料的裙子，轻薄又透气。"]


def test_bleu_is_one_for_the_same_text_and_punishes_shortness() -> None:
    whole = profile_grams(NEAR[0])
    assert bleu(whole, whole) == pytest.approx(1.0)
    assert bleu(profile_grams(NEAR[0][:7]), whole) < 0.5
    assert bleu(profile_grams(""), whole) == 0.0


def test_bleu_agrees_with_a_value_worked_out_by_hand() -> None:
    # abcde against abcdf: 4/5, 3/4, 2/3, 1/2, no brevity penalty
    assert bleu(profile_grams("abcde"), profile_grams("abcdf")) == pytest.approx(
        (4 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25
    )


def test_the_odd_one_out_is_last_in_the_consensus() -> None:
    assert consensus_order([*NEAR, "全场包邮，欢迎选购新品。"])[-1] == 3
    assert consensus_order(["甲"]) == (0,)


def test_a_sentence_nobody_else_has_lowers_the_support() -> None:
    plain = sense_support(NEAR)
    invented = sense_support([NEAR[0] + "产自喜马拉雅山脚牧场。", *NEAR[1:]])
    assert invented[0] < plain[0]


def test_duplicates_point_to_the_better_one_of_the_order_given() -> None:
    texts = ["雪纺面料轻薄透气，夏天穿着凉快。", "碎花图案清新耐看。", "雪纺面料轻薄透气，夏天穿着凉快！"]
    assert find_duplicates(texts) == {2: 0}
    assert find_duplicates(texts, [2, 1, 0]) == {0: 2}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_every_measure_stays_within_nought_and_one(texts: list[str]) -> None:
    assert sorted(consensus_order(texts)) == list(range(len(texts)))
    assert all(-1e-9 <= value <= 1 + 1e-9 for value in (*sense_support(texts), *diversities(texts)))
    assert similarity(texts[0], texts[0]) == 1.0
