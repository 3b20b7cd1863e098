"""Any sensible heading finds its field, unknown ones become attributes, and every row is accounted for."""

from __future__ import annotations

import pytest

from engine.domain import Attribute, Tone
from engine.errors import NotFound
from engine.files.columns import RowBrief, RowProblem, guess_mapping, prepare_table, preview, rows_to_briefs
from engine.files.headings import BriefField, field_of_heading, unit_of_heading
from engine.files.tables import read_clipboard


def outcomes(text: str) -> list[RowBrief | RowProblem]:
    table, mapping = prepare_table(read_clipboard(text))
    return list(rows_to_briefs(table, mapping))


def only_brief(text: str) -> RowBrief:
    (outcome,) = outcomes(text)
    assert isinstance(outcome, RowBrief)
    return outcome


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("商品名称", BriefField.PRODUCT),
        ("*商品名称（必填）", BriefField.PRODUCT),
        ("品名", BriefField.PRODUCT),
        ("宝贝标题", BriefField.PRODUCT),
        (" Product Name ", BriefField.PRODUCT),
        ("TITLE", BriefField.PRODUCT),
        ("product_title", BriefField.PRODUCT),
        ("類目", BriefField.CATEGORY),
        ("一级类目", BriefField.CATEGORY),
        ("Category", BriefField.CATEGORY),
        ("核心卖点1", BriefField.POINTS),
        ("卖点二", BriefField.POINTS),
        ("店铺主打卖点", BriefField.POINTS),
        ("Selling Points", BriefField.POINTS),
        ("商品描述", BriefField.POINTS),
        ("适用人群", BriefField.AUDIENCE),
        ("target audience", BriefField.AUDIENCE),
        ("语气", BriefField.TONE),
        ("Tone of voice", BriefField.TONE),
        ("优惠信息", BriefField.OFFER),
        ("双11优惠", BriefField.OFFER),
        ("promotion", BriefField.OFFER),
        ("原文", BriefField.SOURCE),
        ("规格参数", BriefField.ATTRIBUTES),
        ("ＳＫＵ", BriefField.IGNORE),
        ("主图链接", BriefField.IGNORE),
        ("序号", BriefField.IGNORE),
        ("材质", None),
        ("优惠价", None),
        ("风格", None),
        ("价格(元)", None),
    ],
)
def test_a_heading_finds_its_field(heading: str, field: BriefField | None) -> None:
    assert field_of_heading(heading) is field


def test_a_row_becomes_a_brief_with_units_points_and_attributes() -> None:
    text = (
        "商品名称\t类目\t价格(元)\t净含量（ml）\t卖点1\t卖点2\t人群\t语气\t优惠\t材质\tSKU\n"
        "保温杯\t水具\t59\t500\t长效保温；不漏水\t1、轻\t上班族\t亲切自然\t满99减10\t-\tA-1\n"
    )
    brief = only_brief(text).brief
    assert brief.product == "保温杯"
    assert brief.category == "水具"
    assert brief.attributes == (Attribute("价格", "59元"), Attribute("净含量", "500ml"))
    assert brief.points == ("长效保温", "不漏水", "轻")
    assert (brief.audience, brief.tone, brief.offer) == ("上班族", Tone.WARM, "满99减10")


def test_a_price_in_words_gets_no_second_unit() -> None:
    assert only_brief("品名,价格\n杯子,¥59起\n").brief.attributes == (Attribute("价格", "¥59起"),)
    assert only_brief("品名,售价\n杯子,59\n").brief.attributes == (Attribute("价格", "59元"),)


def test_packed_attributes_are_unpacked_in_every_usual_form() -> None:
    expected = (Attribute("材质", "棉"), Attribute("颜色", "红"))
    for packed in ("材质#棉*颜色#红", "材质：棉；颜色：红", "材质:棉|颜色:红", "材质=棉；颜色=红"):
        assert only_brief(f"品名\t属性\n裙\t{packed}\n").brief.attributes == expected


def test_a_second_column_of_a_single_field_becomes_an_attribute() -> None:
    mapping = guess_mapping(["商品名称", "标题", "类目"])
    assert [target.field for target in mapping.targets] == [
        BriefField.PRODUCT,
        BriefField.ATTRIBUTE,
        BriefField.CATEGORY,
    ]
    assert mapping.targets[1].title == "属性：标题"


def test_html_of_a_shop_systems_description_is_taken_off() -> None:
    assert only_brief("title\tbody_html\ncup\t<p>轻&nbsp;巧</p><ul><li>不漏</li></ul>\n").brief.points == (
        "轻 巧",
        "不漏",
    )


def test_rows_without_a_product_or_with_an_unknown_tone_or_too_long_are_named() -> None:
    found = outcomes(f"品名\t语气\t卖点\n\t亲切\t\n杯子\t酷酷的\t轻\n碗\t专业\t{'好' * 4000}\n盘\t专业\t圆\n")
    assert found[:2] == [RowProblem(2, "empty"), RowProblem(3, "tone_unknown", "酷酷的")]
    assert (found[2].number, isinstance(found[2], RowProblem) and found[2].reason) == (4, "too_long")
    assert isinstance(found[3], RowBrief)


def test_a_broken_row_keeps_its_number_and_reason() -> None:
    assert outcomes("品名,卖点\n杯子,轻,多\n")[0] == RowProblem(2, "too_many_cells", "3/2")


def test_a_bare_list_of_products_needs_no_headings() -> None:
    found = outcomes("红富士苹果 5斤\n东北大米\n")
    assert [(o.number, o.brief.product) for o in found if isinstance(o, RowBrief)] == [
        (1, "红富士苹果 5斤"),
        (2, "东北大米"),
    ]


def test_the_seller_can_change_a_column() -> None:
    table = read_clipboard("货名字,说法\n杯子,轻\n")
    mapping = guess_mapping(table.headings).with_target("货名字", BriefField.PRODUCT)
    assert mapping.knows_product
    (found,) = rows_to_briefs(table, mapping.with_target("说法", BriefField.IGNORE))
    assert isinstance(found, RowBrief) and found.brief.product == "杯子" and not found.brief.attributes
    with pytest.raises(NotFound):
        mapping.with_target("没有这列", BriefField.PRODUCT)


def test_the_preview_shows_samples_and_counts() -> None:
    table = read_clipboard("品名,材质\n杯子,\n碗,陶\n,\n盘,瓷,多\n")
    seen = preview(table, guess_mapping(table.headings), limit=1)
    assert [(column.target.title, column.sample) for column in seen.columns] == [
        ("商品名称", "杯子"),
        ("属性：材质", "陶"),
    ]
    assert (len(seen.first), seen.good_count, seen.bad_count) == (1, 2, 1)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("价格(元)", "元"),
        ("重量（kg）", "kg"),
        ("尺寸【cm】", "cm"),
        ("价格(￥)", "元"),
        ("颜色(必填)", ""),
        ("颜色", ""),
    ],
)
def test_a_unit_in_brackets_is_read(heading: str, unit: str) -> None:
    assert unit_of_heading(heading) == unit
