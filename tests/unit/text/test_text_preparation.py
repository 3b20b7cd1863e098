"""Cleaning, pasted briefs, keywords, reviews, diff, form and clarity."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain import Attribute, Brief
from engine.ports import TextChecker
from engine.text import (
    CopyChecker,
    KeywordFinder,
    ReviewReader,
    check_form,
    clean_text,
    diff_words,
    find_ambiguities,
    parse_pasted,
)
from engine.text.diff import Change
from engine.text.reviews import find_review_column

ASSETS = Path(__file__).resolve().parents[3] / "assets"
FINDER = KeywordFinder(ASSETS / "lexicons")
REVIEWS = ReviewReader(ASSETS / "lexicons")


def test_cleaning_removes_markup_full_width_and_noise() -> None:
    assert clean_text("<p>ＷＩＦＩ　摄像头！！！🔥</p>&nbsp;高清<br/>夜视") == "WIFI 摄像头!\n高清\n夜视".replace(
        "!", "！"
    )


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_cleaning_twice_never_fails_and_parsing_takes_any_text(text: str) -> None:
    clean_text(clean_text(text))
    parse_pasted(text, FINDER)


def test_labelled_lines_fill_a_brief() -> None:
    brief = parse_pasted(
        "商品：铁观音 250g\n产地：福建安溪\n卖点：清香、耐泡\n价格：99元，满2件包邮\n品牌：其他/other", FINDER
    )
    assert brief.product == "铁观音 250g"
    assert Attribute("产地", "福建安溪") in brief.attributes
    assert brief.points == ("清香", "耐泡")
    assert brief.offer == "99元，满2件包邮"
    assert "品牌" not in {a.name for a in brief.attributes}


def test_the_research_form_fills_a_brief() -> None:
    brief = parse_pasted("类型#裤*风格#简约*图案#格子", FINDER)
    assert brief.product == "裤"
    assert {Attribute("风格", "简约"), Attribute("图案", "格子")} <= set(brief.attributes)


def test_a_stuffed_title_gives_guesses_with_evidence() -> None:
    title = "秋冬女款羊毛大衣高腰宽松中长款500g"
    guesses = FINDER.guess_attributes(title)
    assert {("材质", "羊毛"), ("腰型", "高腰"), ("版型", "宽松"), ("净含量", "500g")} <= {
        (g.name, g.value) for g in guesses
    }
    assert all(title[g.start : g.end] == g.value for g in guesses)


def test_the_longer_evidence_wins_over_what_stands_inside_it() -> None:
    guesses = {(g.name, g.value) for g in FINDER.guess_attributes("大理石餐桌 5G手机")}
    assert ("材质", "大理石") in guesses and not {"大理", "5G"} & {value for _, value in guesses}


def test_names_of_one_thing_have_one_name() -> None:
    assert {FINDER.standard_name(n) for n in ("面料", "鞋面材质", "灯罩材质")} == {"材质"}
    assert FINDER.standard_name("围巾分类") == "类型" and FINDER.standard_name("保质期") == "保质期"


def test_a_contrast_ends_a_clause_and_a_card_is_no_stutter() -> None:
    told = {(o.aspect, o.clause) for o in REVIEWS.opinions("颜色很好看但是快递太慢，送了储存卡")}
    assert told == {("外观", "颜色很好看"), ("物流", "但是快递太慢")}


def test_the_column_of_reviews_is_found_by_heading_or_by_length() -> None:
    rows = [("2026-1-1", "很好看的裙子，喜欢", "女装")]
    assert find_review_column(("评价时间", "评价内容", "类目"), rows) == 1
    assert find_review_column(("a", "b", "c"), rows) == 1


@given(st.text(max_size=120))
@settings(max_examples=80, deadline=None)
def test_guesses_name_the_words_they_came_from_in_any_text(text: str) -> None:
    for guess in FINDER.guess_attributes(text):
        assert guess.value == text[guess.start : guess.end].strip() and guess.value
    for keyword in FINDER.tfidf(text):
        assert 0 <= keyword.weight <= 1
    REVIEWS.opinions(text)


def test_free_text_gives_points_and_the_offer() -> None:
    brief = parse_pasted("云柔抽纸\n湿水不破，母婴可用。整箱59.9元，第二件半价！", FINDER)
    assert brief.product == "云柔抽纸"
    assert "59.9元" in brief.offer
    assert "湿水不破，母婴可用" in "，".join(brief.points)


def test_keywords_leave_stop_words_out_and_start_at_one() -> None:
    words = FINDER.tfidf("这款纯棉连衣裙非常舒服，纯棉面料透气，连衣裙显瘦", 5)
    assert words[0].weight == 1.0
    assert {"纯棉", "连衣裙"} <= {word.word for word in words}
    assert not {"这款", "非常"} & {word.word for word in words}
    assert FINDER.textrank("纯棉连衣裙舒服，纯棉面料透气，连衣裙显瘦", 3)


def test_title_coverage_names_the_missing_search_words() -> None:
    score = FINDER.title_coverage("羊毛大衣女秋冬", Brief("羊毛大衣", attributes=(Attribute("腰型", "高腰"),)))
    assert score.missing == ("高腰",)
    assert 0 < score.score < 1


@pytest.mark.parametrize(
    ("review", "good"),
    [
        ("质量很好，穿着舒服，物流很快", True),
        ("质量太差了，刚穿就起球，退货", False),
        ("苹果很甜很新鲜，好吃", True),
        ("烂了好几个，很失望", False),
    ],
)
def test_a_reviews_polarity_is_heard(review: str, good: bool) -> None:
    assert (REVIEWS.polarity(review) > 0) is good


def test_aspects_are_told_apart_in_one_review() -> None:
    summaries = {s.aspect: s for s in REVIEWS.summarise(["味道很好吃，但是快递太慢了，差评"])}
    assert summaries["味道"].praised == 1
    assert summaries["物流"].complained == 1


@given(
    st.text(alphabet="纯棉衬衫T恤很好 透气，a1🔥\n", max_size=40),
    st.text(alphabet="纯棉衬衫T恤很好 透气，a1🔥\n", max_size=40),
)
@settings(max_examples=60, deadline=None)
def test_a_diff_gives_both_texts_back(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == old
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == new


@pytest.mark.parametrize(
    ("text", "channel", "rule"),
    [
        ("羊毛大衣" * 8, "title", "form.title_bytes"),
        ("羊毛大衣🔥", "title", "form.emoji"),
        ("羊毛<大衣", "detail", "form.angle"),
        ("【小店】上新了", "sms", "form.sms_opt_out"),
        ("上新了，拒收请回复R", "sms", "form.sms_sender"),
        ("一行而已的广告语放在这里", "feed_ad", "form.feed_lines"),
        ("标题\n正文\n#只有一个", "xiaohongshu", "form.hashtags"),
    ],
)
def test_a_broken_form_is_named(text: str, channel: str, rule: str) -> None:
    assert rule in {finding.rule for finding in check_form(text, channel)}


def test_a_good_sms_has_no_form_finding() -> None:
    assert check_form("【小店】今天上新，第二件半价。拒收请回复R", "sms") == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("它很好用", "clarity.pronoun"),
        ("今天买一送一", "clarity.offer"),
        ("长度30，随意剪", "clarity.unit"),
        ("限时优惠", "clarity.date"),
        ("长" * 61, "clarity.long"),
        ("一共2kg，一共3kg", "clarity.contradiction"),
        ("一盒能用一个月", "clarity.duration"),
        ("保证有效果", "clarity.promise"),
        ("奶锅送铲子，下单吧", "clarity.offer"),
        ("手环三年质保，放心买", "clarity.offer"),
        ("什么饮料都能装", "clarity.vague"),
        ("后来他把手艺教给了徒弟", "clarity.pronoun"),
        ("先到先得，领完为止", "clarity.date"),
    ],
)
def test_an_ambiguity_is_named(text: str, rule: str) -> None:
    assert rule in {finding.rule for finding in find_ambiguities(text)}


@pytest.mark.parametrize(
    "text",
    [
        "蓝牙5.3，连得稳。",
        "尺码有39和40，鞋头宽。",
        "送货上门，送礼体面。",
        "这支香水是木质调，它留得久一点。",
        "这台机器整机质保3年，人为损坏除外。",
    ],
)
def test_plain_words_raise_no_alarm(text: str) -> None:
    assert [f.text for f in find_ambiguities(text)] == []


def test_a_condition_of_the_brief_is_missed_at_the_words_that_need_it() -> None:
    brief = Brief("置物架", attributes=(Attribute("承重", "单层15kg，5层合计75kg"),))
    text = "这个置物架承重很好，书随便放。"
    found = [f for f in find_ambiguities(text, brief) if f.rule == "clarity.condition"]
    assert [f.text for f in found] == ["承重"] and "单层15kg" in found[0].reason
    said = "这个置物架单层承重15kg，5层合计75kg。"
    assert not [f for f in find_ambiguities(said, brief) if f.rule == "clarity.condition"]


def test_a_clear_sentence_has_no_ambiguity() -> None:
    brief = Brief("收纳箱", attributes=(Attribute("容量", "45L"),), offer="11月11日买1个收纳箱送1包防潮袋")
    assert find_ambiguities("收纳箱45L，11月11日买1个送1包防潮袋。", brief) == ()


@given(st.text(max_size=120))
@settings(max_examples=80, deadline=None)
def test_ambiguity_spans_are_valid_for_any_text(text: str) -> None:
    for finding in find_ambiguities(text):
        assert text[finding.start : finding.end] == finding.text


def test_the_checker_satisfies_its_port_and_orders_findings() -> None:
    checker: TextChecker = CopyChecker(ASSETS)
    found = checker.check("最佳羊毛衫🔥，只要9元", Brief("棉衫"), channel="title")
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert {"law", "fact", "form"} == {f.kind.value for f in found}
