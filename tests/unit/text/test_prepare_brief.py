"""What the model reads: tidy, lawful, without what no copy should say; and nothing added."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain import Attribute, Brief
from engine.paths import Paths
from engine.text.checker import CopyChecker
from engine.text.prepare import MAX_NAME, shorten_name

CHECKER = CopyChecker(Paths.default().assets)


def prepared(*pairs, **more):
    return CHECKER.prepare(Brief(more.pop("product", "书桌"), attributes=tuple(Attribute(*p) for p in pairs), **more))


@pytest.mark.parametrize(
    "pair",
    [
        ("堆码层数极限", "5层"),
        ("能效备案号", "2020"),
        ("材质", "其他/other"),
        ("系列", "见描述"),
        ("智能类型", "不支持智能"),
        ("是否可定制", "否"),
    ],
)
def test_what_no_copy_should_say_is_left_out(pair):
    assert prepared(pair, ("材质", "橡木")).attributes == (Attribute("材质", "橡木"),)


def test_yes_becomes_a_point():
    found = prepared(("是否带柜子", "是"), ("有无夹层", "有"))
    assert found.points == ("带柜子", "有夹层") and not found.attributes


def test_values_are_tidied_and_said_once():
    found = prepared(
        ("容量", "32L、31L（含）-40L（含）、其他"), ("包装方式", "散装"), ("包装种类", "散装"), ("添加", "0糖")
    )
    assert [a.value for a in found.attributes] == ["32L、31L-40L", "散装", "0糖"]


@pytest.mark.parametrize(
    "pair", [("钻石分数", "0分"), ("是否可预售", "是"), ("净含量", "见描述"), ("材质", "其他100%")]
)
def test_filings_and_empty_values_go(pair):
    found = prepared(pair)
    assert not found.attributes and not found.points


def test_unlawful_wishes_are_left_out_and_cut_out_of_the_name():
    found = prepared(("功效", "根治脚气"), product="全网最低价 防滑拖鞋", points=("治疗失眠", "防滑"), offer="买一送一")
    assert found.points == ("防滑",) and not found.attributes and found.offer == "买一送一"
    assert "最低" not in found.product and "拖鞋" in found.product


def test_a_stuffed_title_becomes_a_name_and_titles_keep_their_words():
    title = "千鸟格毛呢高腰包臀a字半身裙女洋气秋冬2021新款爆款显瘦短裙子"
    name = shorten_name(title)
    assert name == "千鸟格毛呢高腰包臀a字半身裙女洋气秋冬 显瘦短裙子"
    long = shorten_name(title + "配腰带送运费险加厚内衬收腰大摆")
    assert name.startswith(long[:20]) and len(long) <= MAX_NAME
    assert CHECKER.prepare(Brief(title), whole_name=True).product == title


def test_a_short_name_stays():
    assert shorten_name("雪纺碎花连衣裙") == "雪纺碎花连衣裙"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_name_survives_and_nothing_is_added(name):
    short = shorten_name(name)
    assert len(short) <= max(MAX_NAME, len(name))


def test_a_colour_by_any_name_is_the_sellers_own_and_a_version_is_no_colour():
    assert [a.value for a in prepared(("颜色", "豆沙"), ("颜色分类", "八件套")).attributes] == ["豆沙"]


def test_a_colour_that_is_a_code_is_not_said():
    assert [a.value for a in prepared(("颜色分类", "C49G95TSSC"), ("颜色", "黑色")).attributes] == ["黑色"]
