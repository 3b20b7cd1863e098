"""The last touch on a text keeps its channel's form and says nothing new."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain import Attribute, Brief, Channel
from engine.usecases.shape import SMS_OPT_OUT, fitted, tidy, with_hashtags, with_required


def test_a_title_is_one_line_without_final_mark():
    assert tidy("雪纺连衣裙 碎花长裙。\n第二行", Channel.TITLE, finished=True) == "雪纺连衣裙 碎花长裙"


def test_a_long_title_is_cut_at_a_space():
    title = "雪纺碎花连衣裙女夏季新款中长款 收腰显瘦气质通勤雪纺裙子女"
    assert tidy(title + "长裙", Channel.TITLE, finished=True) == "雪纺碎花连衣裙女夏季新款中长款"


def test_a_message_always_ends_with_the_opt_out_once():
    for text in ("【暖屋】被子到货啦", "【暖屋】被子到货啦。拒收请回复R", "【暖屋】被子到货啦，拒收请回"):
        assert tidy(text, Channel.SMS, finished=True) == f"【暖屋】被子到货啦。{SMS_OPT_OUT}"


def test_an_advert_keeps_three_lines():
    assert tidy("一\n\n二\n三\n四", Channel.FEED_AD, finished=True) == "一\n二\n三"


def test_an_unfinished_sentence_goes_when_the_model_was_cut_off():
    text = "这条裙子是雪纺的。图案是碎花。适合上班穿，也适"
    assert tidy(text, Channel.DETAIL, finished=True, cut_off=True) == "这条裙子是雪纺的。图案是碎花。"


def test_a_growing_text_is_not_finished_early():
    assert tidy("【暖屋】被子", Channel.SMS, finished=False) == "【暖屋】被子"


def test_control_tokens_never_reach_the_seller():
    assert tidy("好看。<|im_end|>", Channel.DETAIL, finished=True) == "好看。"


@given(st.text(max_size=300), st.sampled_from(list(Channel)), st.booleans())
def test_finishing_twice_changes_nothing(text, channel, cut_off):
    once = tidy(text, channel, finished=True, cut_off=cut_off)
    assert tidy(once, channel, finished=True) == once


@pytest.mark.parametrize(
    ("channel", "text", "whole"),
    [
        (Channel.TITLE, "雪纺连衣裙 碎花 夏季", "雪纺连衣裙 碎花 夏季 59元包邮"),
        (Channel.TITLE, "雪纺连衣裙 碎花 夏季新款收腰显瘦 法式 连衣长裙", "雪纺连衣裙 碎花 夏季新款收腰显瘦 法式 59元包邮"),
        (Channel.SMS, "【小铺】连衣裙到货拒收请回复R", "【小铺】连衣裙到货。59元包邮。拒收请回复R"),
        (Channel.SHORT_VIDEO, "看这条裙子\n雪纺的\n喜欢就下单", "看这条裙子\n雪纺的\n59元包邮\n喜欢就下单"),
        (Channel.SELLING_POINTS, "面料：雪纺", "面料：雪纺\n说明：59元包邮"),
        (Channel.FEED_AD, "雪纺连衣裙，走动时裙摆散开\n上班见客户都合适。\n碎花颜色干净，春夏都能穿",
         "雪纺连衣裙，走动时裙摆散开\n上班见客户都合适，59元包邮\n碎花颜色干净，春夏都能穿"),
        (Channel.XIAOHONGSHU, "裙子\n很轻\n#连衣裙", "裙子\n很轻。59元包邮。\n#连衣裙"),
        (Channel.DETAIL, "雪纺连衣裙，59 元包邮。", "雪纺连衣裙，59 元包邮。"),
    ],
)  # fmt: skip
def test_what_must_be_said_is_said_where_the_channel_has_a_place_for_it(channel, text, whole):
    assert with_required(text, ("59元包邮", " "), channel) == whole


def test_a_demand_that_no_title_can_hold_is_left_to_the_check():
    assert with_required("雪纺连衣裙", ("很长的一句话" * 6,), Channel.TITLE) == "雪纺连衣裙"


def test_a_text_is_cut_to_the_sentence_end_nearest_to_the_wanted_length():
    text = "一二三四五六七八九。一二三四五六七八九。\n一二三四五六七八九。"
    assert fitted(text, 19, Channel.DETAIL) == "一二三四五六七八九。一二三四五六七八九。"
    assert fitted(text + "\n#裙子", 12, Channel.XIAOHONGSHU) == "一二三四五六七八九。\n#裙子"
    assert fitted(text, 2, Channel.DETAIL) == "一二三四五六七八九。", "a sentence is left"
    assert fitted(text, 5, Channel.SHORT_VIDEO) == text, "lines are the form's"


@given(st.text(st.sampled_from("一二。！\n#，"), max_size=60), st.integers(1, 80), st.sampled_from(Channel))
def test_fitting_only_leaves_sentences_out(text, length, channel):
    fit = fitted(text, length, channel)
    assert len(fit) <= len(text) and set(fit) <= set(text)
    assert fitted(fit, length, channel) == fit


def test_few_topics_are_joined_by_the_products_own():
    brief = Brief("雪纺连衣裙", category="女装", attributes=(Attribute("风格", "通勤"),))
    note = with_hashtags("裙子到了\n#雪纺连衣裙 #上班", Channel.XIAOHONGSHU, brief)
    assert note == "裙子到了\n#雪纺连衣裙 #上班 #女装 #通勤"
    assert with_hashtags("裙子\n#一 #二 #三", Channel.XIAOHONGSHU, brief) == "裙子\n#一 #二 #三"
