"""Facts against the brief: what is supported, what is invented, what is covered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain import Attribute, Brief
from engine.text.facts import FactChecker, coverage
from engine.text.quantities import find_quantities, parse_chinese_number

FACTS = FactChecker(Path(__file__).resolve().parents[3] / "assets" / "lexicons")
BRIEF = Brief(
    "纯棉四件套 1.8m床",
    attributes=(
        Attribute("面料", "全棉"),
        Attribute("净重", "2.5kg"),
        Attribute("产地", "江苏南通"),
        Attribute("容量", "50ml"),
    ),
    points=("裸睡手感", "不起球"),
    offer="第二件半价，99元包邮",
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十五", 25),
        ("一百二", 120),
        ("三百零五", 305),
        ("三点五", 3.5),
        ("两千", 2000),
        ("一万二", 12000),
        ("半", 0.5),
        ("十", 10),
    ],
)
def test_chinese_numerals_have_their_values(text: str, value: float) -> None:
    assert parse_chinese_number(text) == value


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("五斤", "2.5kg"),
        ("50ml", "50毫升"),
        ("半价", "5折"),
        ("1.8m", "180厘米"),
        ("3公斤", "六斤"),
        ("1000g", "1千克"),
    ],
)
def test_one_quantity_in_two_forms_is_the_same(left: str, right: str) -> None:
    assert find_quantities(left)[0].same_as(find_quantities(right)[0])


@pytest.mark.parametrize(
    "text",
    [
        "五斤重的四件套",
        "净重5斤",
        "50毫升一瓶",
        "第二件5折",
        "纯棉面料亲肤",
        "南通织造，江苏发货",
        "全国包邮，99元",
        "不含羊毛",
        "像真丝一样滑",
        "180cm的床",
    ],
)
def test_what_the_brief_says_in_other_words_is_no_finding(text: str) -> None:
    assert FACTS.check(text, BRIEF) == ()


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("羊毛面料", "fact.material", "羊毛"),
        ("产自新疆", "fact.origin", "新疆"),
        ("只要59元", "fact.price", "59元"),
        ("净重8斤", "fact.number", "8斤"),
        ("七天无理由", "fact.promise", "七天无理由"),
        ("通过SGS认证", "fact.certificate", "SGS认证"),
        ("添加玻尿酸", "fact.ingredient", "玻尿酸"),
        ("华为同款", "fact.brand", "华为"),
        ("四斤装", "fact.number", "四斤"),
    ],
)
def test_an_invention_is_named_with_its_place(text: str, rule: str, words: str) -> None:
    (finding,) = FACTS.check(text, BRIEF)
    assert (finding.rule, finding.text) == (rule, words)
    assert finding.reason.endswith(f"{words}：商品信息里没有")


def test_what_had_to_be_said_and_is_not_is_a_finding_at_the_end() -> None:
    text = "纯棉四件套"
    (finding,) = FACTS.check(text, BRIEF, must_say=("支持到店", "四件套"))
    assert (finding.start, finding.end, finding.rule) == (len(text), len(text), "fact.must_say")


def test_what_must_be_said_is_the_sellers_own_word() -> None:
    text = "纯棉四件套，368元包邮"
    assert [f.text for f in FACTS.check(text, BRIEF)] != []
    assert FACTS.check(text, BRIEF, must_say=("368元包邮",)) == ()


def test_coverage_counts_values_in_other_words() -> None:
    covered, missed = coverage("南通的全棉四件套，五斤重，第二件五折，99元包邮，裸睡手感", BRIEF)
    assert set(missed) == {"50ml", "不起球"}
    assert {"全棉", "2.5kg", "江苏南通", "裸睡手感"} <= set(covered)


def test_noise_values_are_not_asked_for() -> None:
    assert coverage("", Brief("x", attributes=(Attribute("品牌", "其他/other"),))) == ((), ())


@given(st.text(max_size=150))
@settings(max_examples=100, deadline=None)
def test_any_text_keeps_spans_valid(text: str) -> None:
    for finding in FACTS.check(text, BRIEF):
        assert text[finding.start : finding.end] == finding.text


@given(st.text(alphabet="0123456789一二两十百千万半点斤克元ml折%个 .，", max_size=40))
@settings(max_examples=150, deadline=None)
def test_a_text_supports_its_own_numbers(text: str) -> None:
    assert not [f for f in FACTS.check(text, Brief(text or "x")) if f.rule in ("fact.number", "fact.price")]
