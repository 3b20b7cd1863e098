"""Personal data is found, product data stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.usecases.redaction import PersonalData, find_personal, id_number_holds, luhn_holds, redact

PLANTED = (
    ("手机13812345678可加", PersonalData.PHONE, "13812345678"),
    ("打 138-1234-5678 找我", PersonalData.PHONE, "138-1234-5678"),
    ("＋８６ １３８１２３４５６７８", PersonalData.PHONE, "１３８１２３４５６７８"),
    ("门店座机 021-62345678", PersonalData.PHONE, "021-62345678"),
    ("客服400-820-8820", PersonalData.PHONE, "400-820-8820"),
    ("身份证11010519491231002X", PersonalData.ID_NUMBER, "11010519491231002X"),
    ("卡号6222 0212 0001 1234 567", PersonalData.BANK_CARD, "6222 0212 0001 1234 567"),
    ("发 zhang.san@163.com 给我", PersonalData.EMAIL, "zhang.san@163.com"),
    ("加微信：zhang_san88领券", PersonalData.WECHAT, "zhang_san88"),
    ("VX abc12345", PersonalData.WECHAT, "abc12345"),
    ("wxid_abc123456 找我", PersonalData.WECHAT, "abc123456"),
    ("138.1234.5678", PersonalData.PHONE, "138.1234.5678"),
    ("一三八一二三四五六七八", PersonalData.PHONE, "一三八一二三四五六七八"),
    ("王芳收 13912345678", PersonalData.NAME, "王芳"),
    ("联系人小李，随时在", PersonalData.NAME, "小李"),
    ("顺丰 SF 1234 5678 90123", PersonalData.ORDER, "1234 5678 90123"),
    ("护照E12345678", PersonalData.DOCUMENT, "E12345678"),
    ("QQ群：123456789", PersonalData.QQ, "123456789"),
    ("订单号：202603141234567890", PersonalData.ORDER, "202603141234567890"),
    ("快递SF1234567890123到了", PersonalData.ORDER, "SF1234567890123"),
    ("看 https://item.taobao.com/item.htm?id=1 这里", PersonalData.LINK, "https://item.taobao.com/item.htm?id=1"),
    ("收件人：张小明，电话稍后给", PersonalData.NAME, "张小明"),
    ("联系人王芳 13912345678", PersonalData.NAME, "王芳"),
    ("地址：浙江省杭州市西湖区文三路100号3栋502室", PersonalData.ADDRESS, "文三路100号3栋502室"),
    ("寄到幸福小区3号楼2单元501", PersonalData.ADDRESS, "幸福小区3号楼2单元501"),
)

PRODUCT_DATA = (
    "规格：500g*12袋，保质期18个月",
    "型号KFR-35GW/N8MJA1，1.5匹",
    "价格199.00元，满300减50",
    "尺寸120*60*75cm，承重150kg",
    "容量20000mAh，22.5W快充，USB 3.0",
    "货号6902083881405",
    "i7-13700H 16GB 512GB RTX4060",
    "噪音30-40dB，风量550立方米/小时",
    "执行标准GB/T 22704-2019",
    "2026年3月15日到4月1日，第二件半价",
    "蜡笔48色，A4纸80克500张",
    "收腰设计，道地药材，一号链接，三层加厚",
    "【暖绒小铺】拒收请回复R",
)


@pytest.mark.parametrize(("text", "kind", "piece"), PLANTED)
def test_planted_data_is_found_with_its_kind(text: str, kind: PersonalData, piece: str) -> None:
    hits = find_personal(text)
    assert any(hit.kind is kind and piece in hit.text for hit in hits), hits
    assert piece not in redact(text)


@pytest.mark.parametrize("text", PRODUCT_DATA)
def test_product_data_stays(text: str) -> None:
    assert redact(text) == text


def test_an_id_number_with_a_wrong_check_character_is_none() -> None:
    assert id_number_holds("11010519491231002X")
    assert not id_number_holds("110105194912310021")
    assert not id_number_holds("11010519491331002X")


def test_luhn_tells_a_card_from_a_mistyped_one() -> None:
    assert luhn_holds("4111111111111111")
    assert not luhn_holds("4111111111111112")


def test_what_the_seller_keeps_stays() -> None:
    assert redact("客服13812345678", keep=("13812345678",)) == "客服13812345678"


def test_the_mark_names_what_was_there() -> None:
    assert redact("加微信：zhang_san88领券") == "加微信：〔微信号〕领券"


@given(st.text(max_size=80))
def test_places_are_in_order_and_hold_their_text(text: str) -> None:
    last = 0
    for hit in find_personal(text):
        assert last <= hit.start < hit.end
        assert text[hit.start : hit.end] == hit.text
        last = hit.end


@given(st.text(alphabet="1380 -微信:张收件人号abc@.", max_size=60))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)
    assert redact(once) == once
