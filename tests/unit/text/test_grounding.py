"""What a draft says is kept when it stands on the brief or on known usage, and left out when it stands on nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain import Attribute, Brief, Channel
from engine.text.checker import CopyChecker
from engine.text.flaws import is_flawed
from engine.text.grounding import Grounder
from engine.text.grounds import ANY_NAME, NO_NAME, Grounds, Shapes, Usage, kinds_of, name_end

LEXICONS = Path(__file__).resolve().parents[3] / "assets" / "lexicons"
GROUNDER = Grounder(LEXICONS)
COFFEE = Brief(
    "意式拼配咖啡豆",
    attributes=(Attribute("净含量", "250g"), Attribute("产地", "意大利"), Attribute("包装方式", "袋装")),
    offer="59元包邮",
)
SHIRT = Brief(
    "白色雪纺衬衫", attributes=(Attribute("面料", "雪纺"), Attribute("风格", "通勤"), Attribute("图案", "纯色"))
)


def ground(text: str, brief: Brief = COFFEE, channel: Channel = Channel.MOMENTS) -> str:
    return GROUNDER.ground(text, brief, channel)


def test_what_the_brief_says_stays_and_what_was_made_up_goes():
    text = "意大利的咖啡豆到货了，产地方便，净含量250g，放包里就能防身。现在59元包邮，想要的跟我说一声。"
    assert ground(text) == "意大利的咖啡豆到货了，净含量250g。现在59元包邮，想要的跟我说一声。"


def test_a_benefit_stays_with_the_product_that_is_known_for_it():
    assert "穿着舒服" in ground("雪纺面料，穿着舒服。", SHIRT)
    assert "穿着舒服" not in ground("袋装，穿着舒服。")


def test_an_attribute_is_not_given_the_value_of_another():
    assert ground("包装方式是59元包邮，产地是意大利。") == "产地是意大利。"


def test_nothing_is_said_twice():
    assert ground("净含量250g，产地意大利，净含量是250g。") == "净含量250g，产地意大利。"


def test_a_clause_that_turns_in_a_circle_goes():
    assert ground("图案纯色，适合手机、手机、手机。", SHIRT) == "图案纯色。"


def test_a_message_keeps_its_shop_and_its_notice():
    text = "【本店】咖啡豆到货，袋装，睡得香，59元包邮。拒收请回复R"
    assert ground(text, channel=Channel.SMS) == "【本店】咖啡豆到货，袋装，59元包邮。拒收请回复R"
    branded = replace(COFFEE, attributes=(*COFFEE.attributes, Attribute("品牌", "意利")))
    assert ground(text, branded, Channel.SMS) == "【意利】咖啡豆到货，袋装，59元包邮。拒收请回复R"


def test_a_title_keeps_the_words_of_the_brief_each_once():
    assert ground("咖啡豆睡得香防身 意大利 袋装咖啡豆250g", channel=Channel.TITLE) == "咖啡豆 意大利 袋装250g"


def test_labels_and_topics_keep_their_places():
    points = "净含量250g：一袋250g，够飞一年\n产地意大利：咖啡豆产地意大利"
    assert ground(points, channel=Channel.SELLING_POINTS) == "净含量250g：一袋250g\n产地意大利：咖啡豆产地意大利"
    note = "意大利咖啡豆\n袋装250g，会唱歌。\n#咖啡豆"
    assert ground(note, channel=Channel.XIAOHONGSHU) == "意大利咖啡豆\n袋装250g。\n#咖啡豆"


def test_an_ad_keeps_three_lines():
    text = "意大利咖啡豆，袋装250g\n59元包邮，会唱歌\n飞上天"
    assert ground(text, channel=Channel.FEED_AD).count("\n") == 2


def test_marks_within_numbers_do_not_divide():
    screen = Brief("显示器", attributes=(Attribute("屏幕比例", "16:9"),))
    assert ground("16:9屏幕比例，可以看看。", screen).startswith("16:9屏幕比例")


def test_nothing_is_left_of_what_stands_on_nothing():
    assert ground("会唱歌，能飞。") == ""


def test_the_brief_is_found_in_runs_and_whatever_the_case():
    grounds = Grounds(Brief("OATLY燕麦奶", attributes=(Attribute("容量", "1L"),)))
    assert all(grounds.covered("oatly燕麦奶")) and not any(grounds.covered("奶粉"))
    assert grounds.facts_in("一瓶1l") == [("容量", "1L")]


def test_a_denial_is_one_word_with_what_it_denies():
    assert "不刺激" in Grounds(COFFEE).extra_words("喝着不刺激")


def test_the_kinds_of_a_product_are_its_nouns_and_its_category():
    assert kinds_of(Brief("男士真皮钱包", category="箱包"))[-2:] == ("钱包", "箱包")
    assert "连衣裙" in kinds_of(Brief("雪纺碎花连衣裙"))


def test_usage_is_written_and_read_again_with_the_same_bytes(tmp_path):
    usage = Usage({"材质": " 软 "}, {"雪纺": " 飘 轻 "}, {"裙": " 好看 "}, {"穿脱方便": " 裙 裤 "})
    usage.write(tmp_path / "a.gz")
    usage.write(tmp_path / "b.gz")
    again = Usage.read(tmp_path / "a.gz")
    assert again == usage and (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert again.goes_with("轻", [("材质", "雪纺")], []) and not again.goes_with("重", [("材质", "雪纺")], ["裙"])
    assert again.says_of("穿脱方便") == {"裙", "裤"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.sampled_from(list(Channel)))
def test_any_text_survives(text, channel):
    kept = ground(text, channel=channel)
    assert ground(kept, channel=channel) == kept or len(ground(kept, channel=channel)) <= len(kept)


@pytest.mark.parametrize("text", ["", "\n\n", "，，，", "#", "【】"])
def test_empty_things_are_no_trouble(text):
    ground(text)


def test_a_short_text_is_completed_from_others_before_its_call():
    short = "意大利的咖啡豆到货了。想要的跟我说一声。"
    others = ["大家好，看看咖啡豆。净含量250g，袋装。现在59元包邮。", "产地意大利。"]
    whole = GROUNDER.complete(short, others, COFFEE, Channel.MOMENTS)
    assert whole == "意大利的咖啡豆到货了。净含量250g，袋装。现在59元包邮。想要的跟我说一声。"


def test_a_text_that_is_long_enough_takes_nothing():
    text = "意大利的咖啡豆到货了，" + "净含量250g，" * 6 + "想要的跟我说一声。"
    assert GROUNDER.complete(text, ["现在59元包邮。"], COFFEE, Channel.MOMENTS) == text


def test_a_note_is_completed_before_its_topics():
    whole = GROUNDER.complete("意大利咖啡豆\n#咖啡", ["咖啡豆\n净含量250g。\n#豆"], COFFEE, Channel.XIAOHONGSHU)
    assert whole.split("\n") == ["意大利咖啡豆", "净含量250g。", "包装方式是袋装。", "59元包邮。", "#咖啡"]


def test_lines_are_completed_by_lines():
    whole = GROUNDER.complete("意大利咖啡豆\n点下方链接", ["袋装，250g\n下单看看"], COFFEE, Channel.SHORT_VIDEO)
    assert whole == "意大利咖啡豆\n袋装，250g\n59元包邮。\n点下方链接"


def test_the_product_is_not_called_by_the_name_of_another_thing():
    rack = Brief("实木衣帽架", attributes=(Attribute("材质", "实木"),))
    assert ground("这款柜子是实木的。这款衣帽架是实木的。", rack) == "这款衣帽架是实木的。"


def test_a_text_that_names_no_product_is_given_a_sentence_that_does():
    others = ["白色的咖啡豆到货了。", "这是一款咖啡豆。产地意大利。"]
    assert GROUNDER.complete("净含量250g。" * 6, others[1:], COFFEE, Channel.MOMENTS).startswith("这是一款咖啡豆。")


def test_a_part_is_not_given_the_material_of_another():
    boots = Brief("短靴", attributes=(Attribute("靴筒内里材质", "短毛绒"), Attribute("材质", "牛皮")))
    assert ground("鞋底是短毛绒，内里是短毛绒。", boots) == "内里是短毛绒。"
    assert ground("鞋面是牛皮。", boots) == "鞋面是牛皮。"


def test_topics_at_the_end_of_a_sentence_get_a_line():
    assert ground("袋装250g。#咖啡", channel=Channel.XIAOHONGSHU) == "袋装250g。\n#咖啡"


def test_a_text_that_no_other_can_name_gets_the_category():
    brief = replace(COFFEE, category="咖啡豆")
    assert GROUNDER.complete("净含量250g。" * 6, [], brief, Channel.MOMENTS).startswith("咖啡豆，净含量250g。")


def test_a_message_is_signed_with_the_brand():
    brand = replace(COFFEE, attributes=(*COFFEE.attributes, Attribute("品牌", "illy/意利")))
    assert ground("【意】利咖啡豆到货，袋装。拒收请回复R", brand, Channel.SMS).startswith("【意利】")


def test_what_the_seller_says_is_no_guess_and_no_other_offer():
    rack = Brief(
        "免打孔毛巾架", attributes=(Attribute("材质", "太空铝"),), points=("不用打孔", "满300减20"), offer="买二送一"
    )
    text = "太空铝毛巾架到货，不用打孔，满300减20，买二送一。"
    assert ground(text, rack) == text
    assert ground("太空铝毛巾架，不用擦，满500减20。", rack) == "太空铝毛巾架。"


def test_it_can_be_switched_off():
    checker = CopyChecker(LEXICONS.parent)
    made_up = "袋装，会唱歌。"
    assert checker.ground(made_up, COFFEE, Channel.MOMENTS) == "袋装。"
    assert checker.without_grounding().ground(made_up, COFFEE, Channel.MOMENTS) == made_up
    assert checker.without_grounding().complete("短。", ["长。"], COFFEE, Channel.MOMENTS) == "短。"


def test_an_offer_is_the_sellers_own_or_none():
    assert ground("净含量250g，两件半价。现在59元包邮。") == "净含量250g。现在59元包邮。"


def test_a_clause_that_waits_for_another_is_not_the_last():
    assert ground("净含量250g，袋装的时候，会唱歌。") == "净含量250g。"


def test_a_label_alone_says_nothing():
    assert ground("产地意大利，包装方式，净含量250g。") == "产地意大利，净含量250g。"


def test_what_stands_there_already_is_not_borrowed():
    short = "意大利的咖啡豆，净含量250g。"
    assert GROUNDER.complete(short, ["意大利咖啡豆，净含量250g。"], COFFEE, Channel.MOMENTS) == (
        short + "包装方式是袋装。59元包邮。"
    ), "what no draft says is told from the list of attributes"


def test_who_names_the_product_has_not_said_yet_what_its_words_mean():
    dress = Brief("雪纺碎花连衣裙", attributes=(Attribute("材质", "雪纺"), Attribute("图案", "碎花")))
    text = "这是一款雪纺碎花连衣裙，材质是雪纺，图案是碎花。"
    assert ground(text, dress) == text


def test_a_benefit_keeps_its_fact_when_the_fact_was_said_before():
    dress = Brief("连衣裙", attributes=(Attribute("面料", "雪纺"),))
    assert ground("面料是雪纺。面料是雪纺，穿着舒服。", dress) == "面料是雪纺。穿着舒服。"


WATCH = Brief(
    "时尚女士手表",
    attributes=(Attribute("流行元素", "水钻"), Attribute("机芯类型", "石英机芯"), Attribute("产地", "韩国")),
)


@pytest.mark.parametrize("clause", ["颜色是水钻", "皮肤是石英机芯", "我的皮肤是水钻", "水钻机芯", "表盘是韩国"])
def test_a_fact_is_said_of_what_it_is_a_fact_of(clause):
    assert ground(f"女士手表，{clause}。", WATCH) == "女士手表。"


@pytest.mark.parametrize("clause", ["手表是水钻的", "产地是韩国", "石英机芯", "水钻", "它是韩国的"])
def test_a_fact_may_be_said_of_the_product_and_by_its_name(clause):
    assert ground(f"女士手表，{clause}。", WATCH) == f"女士手表，{clause}。"


def test_a_label_that_its_line_repeats_is_no_line():
    assert (
        ground("水钻：水钻。\n石英机芯：石英机芯，韩国产地。", WATCH, Channel.SELLING_POINTS)
        == "石英机芯：石英机芯，韩国产地。"
    )


def test_shapes_are_written_and_read_and_know_names_of_the_same_thing(tmp_path):
    shapes = Shapes.of([("采用·设计", "款式"), ("·摸着软", name_end("材质")), ("有·", ANY_NAME), ("点一下", NO_NAME)])
    shapes.write(tmp_path / "shapes.bin")
    shapes = Shapes.read(tmp_path / "shapes.bin")
    assert len(shapes) == 4
    assert shapes.knows("采用·设计", [("款式", "A字")], []) and not shapes.knows("采用·设计", [("产地", "广州")], [])
    assert shapes.knows("·摸着软", [("帮面面料", "牛皮")], []), "面料 and 材质 are one"
    assert shapes.knows("·摸着软", [], [("材质", "牛皮")]), "a clause without facts speaks of those before it"
    assert shapes.knows("有·", [("功能", "蓝牙")], []) and not shapes.knows("有·", [], [("功能", "蓝牙")])
    assert shapes.knows("点一下", [], []) and not shapes.knows("点一下", [("功能", "蓝牙")], [])


def test_a_shape_leaves_out_what_the_brief_says():
    assert Grounds(SHIRT).shape("采用圆领的设计，") != Grounds(SHIRT).shape("圆领设计")
    assert Grounds(COFFEE).shape("这款咖啡豆净含量250g，") == "这款·"


def test_a_name_is_not_torn_within_a_word():
    pan = Brief("家用不粘大锅炒菜锅", attributes=(Attribute("直径", "40cm"),))
    assert ground("炒菜锅直径40cm，不粘大。", pan) == "炒菜锅直径40cm。"
    assert ground("炒菜锅直径40cm，家用。", pan) == "炒菜锅直径40cm，家用。"


@pytest.mark.parametrize(
    "clause",
    [
        "每袋5袋",
        "一箱250g",
        "250g一盒",
        "包装好",
        "袋装袋装",
        "产地是意大利产地",
        "不加糖",
        "可以当枕头",
        "豆子和粉都有",
    ],
)
def test_what_small_models_say_for_want_of_a_fact_is_left_out(clause):
    assert ground(f"意大利咖啡豆，{clause}。") == "意大利咖啡豆。"


def test_a_text_that_names_nothing_begins_with_the_name():
    assert GROUNDER.complete("净含量250g。", [], COFFEE, Channel.MOMENTS) == (
        "意式拼配咖啡豆，净含量250g。产地是意大利。包装方式是袋装。59元包邮。"
    )


def test_topics_are_of_this_product():
    note = "咖啡豆到货\n袋装250g。\n#意大利咖啡豆 #咖啡豆分享 #床垫 #咖啡豆分享"
    assert ground(note, channel=Channel.XIAOHONGSHU).endswith("\n#意大利咖啡豆 #咖啡豆分享")


def test_a_line_tells_the_fact_of_its_label():
    assert (
        ground("袋装：产地意大利。\n250g：净含量250g，袋装。", channel=Channel.SELLING_POINTS)
        == "250g：净含量250g，袋装。"
    )


def test_a_wish_is_a_question_or_nothing():
    assert ground("想喝咖啡？\n袋装。", channel=Channel.SHORT_VIDEO) == ground(
        "想袋装。想喝咖啡？\n袋装。", channel=Channel.SHORT_VIDEO
    )


def test_a_value_is_not_called_by_the_name_of_another_attribute():
    dress = Brief("雪纺连衣裙", attributes=(Attribute("材质", "雪纺"), Attribute("图案", "碎花")))
    assert ground("雪纺连衣裙采用碎花的材质，碎花的图案。", dress) == "碎花的图案。"


@pytest.mark.parametrize(
    "text",
    [
        "夏天穿的豆豆鞋。",  # a season that the brief does not name
        "孩子能穿。",
        "适用面积20升以上。",  # of 100L以上、20L
        "180V电压。",  # one end of a range
        "我们店卖59元包邮。",
        "豆豆鞋配单鞋。",  # worn with itself
        "适合肤质任何肤质。",
        "家用用。",
        "黑色面料。",  # of a colour
        "厨房小。",
    ],
)
def test_what_only_the_seller_can_know_is_left_out(text):
    shoe = Brief(
        "豆豆鞋家用厨房",
        attributes=(
            Attribute("适用季节", "春秋"),
            Attribute("容量", "100L以上、20L"),
            Attribute("电压", "180V~240V"),
            Attribute("适合肤质", "任何肤质"),
            Attribute("颜色", "黑色"),
        ),
        offer="59元包邮",
    )
    assert ground(text, shoe) == ""


def test_a_message_is_signed_by_the_shop_and_names_the_product():
    sweater = Brief("慵懒风小个子百搭黑色针织衫毛衣女装欧货", attributes=(Attribute("领型", "圆领"),))
    assert ground("【大衣店】圆领。拒收请回复R", sweater, Channel.SMS).startswith("【本店】针织衫，圆领。")


def test_topics_stand_together_at_the_end():
    tea = Brief("单人茶具", attributes=(Attribute("材质", "瓷"), Attribute("产地", "德化县")))
    note = ground("单人茶具\n#茶具 #德化县\n材质是瓷。\n#茶具", tea, Channel.XIAOHONGSHU)
    assert note.split("\n")[-1] == "#茶具 #德化县" and note.count("#") == 2


def test_labelled_lines_that_are_too_few_are_filled_with_the_sellers_own_list():
    tea = Brief(
        "单人茶具", attributes=(Attribute("材质", "瓷"), Attribute("产地", "德化县"), Attribute("容量", "150ml"))
    )
    lines = GROUNDER.complete("材质：用瓷做的。", [], tea, Channel.SELLING_POINTS).split("\n")
    assert lines == ["材质：用瓷做的。", "产地：德化县", "容量：150ml"]


def test_a_line_speaks_of_its_label():
    cream = Brief("隔离霜平价", attributes=(Attribute("保质期", "3年"), Attribute("功效", "控油")))
    assert ground("平价：保质期3年。\n控油：功效是控油。", cream, Channel.SELLING_POINTS) == "控油：功效是控油。"


@pytest.mark.parametrize("text", ["孩子也能用。", "配牛仔裤都行。"])
def test_people_and_company_are_judged_by_what_they_are(text):
    """Children are children in any word; trousers do not go with trousers, a shirt does."""
    things = Brief("儿童牛仔裤", attributes=(Attribute("适用对象", "儿童"),)), Brief("白衬衫", attributes=())
    flawed = [is_flawed(text, (), Grounds(thing)) for thing in things]
    assert flawed == ([False, True] if "孩子" in text else [True, False])


def test_a_word_that_only_holds_a_thing_is_none():
    assert Grounds(Brief("咖啡色女士短靴")).heads == ("短靴",)


def test_a_material_that_sounds_like_a_denial_is_none():
    cup = Brief("保温杯", attributes=(Attribute("材质", "不锈钢"),), points=("不用打孔",))
    assert ground("保温杯用不锈钢材质。", cup) == "保温杯用不锈钢材质。"
    assert ground("不用自己动手。", cup) == ""


def test_a_title_says_no_character_twice_in_a_row():
    assert ground("雪纺裙裙裙", Brief("雪纺裙"), Channel.TITLE) == "雪纺裙"
