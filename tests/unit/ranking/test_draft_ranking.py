"""The order of drafts: lawful first, whole before broken, duplicates folded, always the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain import Channel, Draft, Finding, FindingKind, Severity, StopReason
from engine.domain.channels import CHANNELS, Form
from engine.domain.preference import BrandVoice
from engine.ranking.preference import PreferenceModel
from engine.ranking.score import RankingContext, ends_whole, explain_score, form_fit, rank_drafts, repeated_share

TEXTS = (
    "雪纺连衣裙，上身轻，走路有风。裙长过膝，通勤穿正好。现在下单，第二件半价。",
    "给通勤的您挑一条裙子。雪纺面料，垂坠感好，坐一天不皱。碎花图案，配小白鞋就出门。",
    "夏天怕热？这条雪纺裙薄而不透，腰部收一点，显得利落。喜欢就跟我说一声。",
    "碎花长裙到店了，雪纺的，手感软。周末逛公园，穿它拍照好看，欢迎来试。",
)


def draft(index: int, text: str, **more: object) -> Draft:
    return replace(Draft(index, text, 40, 7 + index, StopReason.END, logprob=-1.5), **more)  # type: ignore[arg-type]


def finding(kind: FindingKind, severity: Severity) -> Finding:
    return Finding(kind, severity, 0, 1, "雪", "test.rule", "测试")


DETAIL = RankingContext(Channel.MOMENTS)


def order(drafts: list[Draft], context: RankingContext = DETAIL) -> list[int]:
    return [d.index for d in rank_drafts(drafts, context)]


def test_a_blocking_draft_stands_behind_every_other_however_good_it_is() -> None:
    good = draft(0, TEXTS[0], findings=(finding(FindingKind.LAW, Severity.UNLAWFUL),), covered=("材质",), logprob=-0.5)
    poor = draft(1, "裙子裙子裙子裙子裙子裙子，", stop=StopReason.LOOP, missed=("材质",), logprob=-4.0)
    shown = rank_drafts([good, poor], DETAIL)
    assert [d.index for d in shown] == [1, 0]
    assert [d.rank for d in shown] == [0, 1]
    assert shown[1].score is not None and shown[1].score.total <= 39


@pytest.mark.parametrize(
    "worse",
    [
        {"findings": (finding(FindingKind.FACT, Severity.RISKY),)},
        {"findings": (finding(FindingKind.LAW, Severity.RISKY),)},
        {"stop": StopReason.LENGTH},
        {"logprob": -3.0},
        {"covered": (), "missed": ("材质", "裙长")},
    ],
)
def test_one_fault_puts_a_draft_behind_its_equal(worse: dict[str, object]) -> None:
    same = {"covered": ("材质", "裙长")}
    first = draft(0, TEXTS[0], **{**same, **worse})
    second = draft(1, TEXTS[0][::-1].lstrip("。") + "。", **same)
    second = replace(second, text=TEXTS[0].replace("，", "、"))
    shown = rank_drafts([first, second], replace(DETAIL, weights={"form": 0.0}))
    totals = {d.index: d.score.total for d in shown if d.score}
    assert totals[0] < totals[1]


def test_near_duplicates_are_folded_to_the_end_and_marked() -> None:
    twin = TEXTS[0].replace("正好", "刚好")
    shown = rank_drafts([draft(0, TEXTS[0]), draft(1, twin), draft(2, TEXTS[1]), draft(3, TEXTS[2])], DETAIL)
    assert shown[-1].index in (0, 1)
    assert shown[-1].score is not None and "与另一稿几乎相同" in explain_score(shown[-1].score)
    assert all("duplicate" not in {p.name for p in d.score.parts} for d in shown[:-1] if d.score)


def test_parts_are_visible_and_what_is_unknown_is_left_out() -> None:
    (shown,) = rank_drafts([draft(0, TEXTS[0], logprob=0.0)], DETAIL)
    assert shown.score is not None
    names = {part.name for part in shown.score.parts}
    assert {"law", "facts", "whole", "form", "length", "repetition"} <= names
    assert not names & {"coverage", "fluency", "human", "voice", "preference", "sense", "diversity"}
    assert explain_score(shown.score).startswith("合规 100 · 属实 100")


def test_the_brand_voice_and_the_learned_taste_move_the_order() -> None:
    drafts = [draft(i, text) for i, text in enumerate(TEXTS)]
    voice = BrandVoice("不打折", never=("半价",), liked=("公园",))
    assert order(drafts, replace(DETAIL, voice=voice))[0] == 3
    assert order(drafts, replace(DETAIL, voice=voice))[-1] == 0
    taste = PreferenceModel()
    for _ in range(30):
        taste.update(TEXTS[2], [TEXTS[0], TEXTS[1], TEXTS[3]])
    assert order(drafts, replace(DETAIL, preference=taste))[0] == 2


def test_consensus_puts_the_draft_that_the_others_resemble_first() -> None:
    base = "雪纺面料轻薄透气，碎花图案清新，裙长过膝，通勤周末都能穿。"
    drafts = [
        draft(0, "本店新到一批货，欢迎选购，数量不多，先到先得，期待光临。"),
        draft(1, base + "现在第二件半价，喜欢的朋友跟我说一声，给您留着。"),
        draft(2, base.replace("清新", "耐看") + "尺码齐全，想要哪个码发我，今天就能发货出去。"),
        draft(3, "雪纺面料轻薄透气，裙长过膝，腰部微收，上班逛街都合适。第二件半价，想要的朋友快来。"),
    ]
    assert order(drafts, replace(DETAIL, consensus=True))[0] in (1, 2)
    assert order(drafts, replace(DETAIL, consensus=True))[-1] == 0


def test_an_unfinished_last_sentence_is_noticed_by_form() -> None:
    assert ends_whole("裙长过膝。", Form.PARAGRAPHS)
    assert ends_whole("想要的跟我说一声🌿", Form.PARAGRAPHS)
    assert not ends_whole("裙长过膝，", Form.PARAGRAPHS)
    assert not ends_whole("裙长过膝，面料是柔软的", Form.ONE_LINE)
    assert not ends_whole("裙长过膝面料柔", Form.PARAGRAPHS)
    assert ends_whole("雪纺连衣裙 碎花 中长款", Form.ONE_LINE)
    assert not ends_whole(" ", Form.PARAGRAPHS)


def test_repeated_clauses_and_loops_are_measured() -> None:
    assert repeated_share(TEXTS[0]) == 0.0
    assert repeated_share("面料柔软舒服，版型宽松，面料柔软舒服，版型宽松。") > 0.9
    assert repeated_share("好看好看好看好看好看好看好看好看") > 0.9


@pytest.mark.parametrize(
    ("channel", "good", "bad"),
    [
        (Channel.TITLE, "雪纺连衣裙 碎花中长款夏", "雪纺连衣裙。\n碎花"),
        (Channel.SELLING_POINTS, "面料：雪纺轻薄。\n图案：碎花。\n裙长：过膝。", "雪纺轻薄，碎花，过膝。"),
        (Channel.FEED_AD, "怕热的夏天\n雪纺薄裙\n第二件半价", "怕热的夏天，雪纺薄裙"),
        (Channel.SMS, "【花间】雪纺裙到店，拒收请回复R", "雪纺裙到店🌿"),
        (Channel.XIAOHONGSHU, "找到一条裙子🌿\n雪纺的，很轻。\n#连衣裙 #通勤", "雪纺的，很轻。"),
    ],
)
def test_the_channels_form_is_judged(channel: Channel, good: str, bad: str) -> None:
    assert form_fit(good, CHANNELS[channel]) == 1.0
    assert form_fit(bad, CHANNELS[channel]) < 0.7


def test_no_drafts_rank_to_none() -> None:
    assert rank_drafts([], DETAIL) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6), st.sampled_from(list(Channel)), st.randoms())
def test_any_texts_rank_completely_and_the_same_in_any_order_given(
    texts: list[str], channel: Channel, rng: object
) -> None:
    drafts = [draft(i, text) for i, text in enumerate(texts)]
    shown = rank_drafts(drafts, RankingContext(channel, length=50))
    assert sorted(d.index for d in shown) == list(range(len(texts)))
    assert [d.rank for d in shown] == list(range(len(texts)))
    assert all(d.score is not None and 0 <= d.score.total <= 100 for d in shown)
    assert [d.index for d in rank_drafts(drafts[::-1], RankingContext(channel, length=50))] == [d.index for d in shown]
