"""The last touch on a text keeps its channel's form and says nothing new."""

from hypothesis import given
from hypothesis import strategies as st

from engine.domain import Channel
from engine.usecases.shape import SMS_OPT_OUT, tidy


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
