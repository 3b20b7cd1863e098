"""Order histories: columns found, persons gone, segments in plain words."""

from __future__ import annotations

import pickle
import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.preference import ColumnKind
from engine.errors import Cancelled, TableUnusable
from engine.progress import Ticket
from engine.usecases.audiences import import_orders, make_audience
from engine.usecases.order_history import (
    detect_columns,
    guess_category,
    hash_buyer,
    is_dead,
    new_salt,
    parse_cents,
    parse_day,
)

SALT = b"s" * 32
NAMES = ("王小明", "李雷", "韩梅梅")
Row = dict[str, object]


def make_rows(orders: list[tuple[str, int, float, str]], status: str = "交易成功") -> list[Row]:
    start = datetime(2024, 6, 30, 10)
    return [
        {
            "订单编号": f"24063000{i:06d}",
            "买家会员名": buyer,
            "收货人姓名": NAMES[i % 3],
            "联系手机": f"1380013{i:04d}",
            "收货地址": f"浙江省杭州市西湖区文三路{i}号",
            "订单付款时间": (start - timedelta(days=ago)).strftime("%Y-%m-%d %H:%M:%S"),
            "买家实际支付金额": f"{yuan:.2f}",
            "宝贝标题": product,
            "订单状态": status,
            "买家留言": "请放门卫，电话13900000000",
        }
        for i, (buyer, ago, yuan, product) in enumerate(orders)
    ]


def mixed_rows() -> list[Row]:
    orders = [(f"老客{b}", ago, 120.0, "碎花连衣裙") for b in range(5) for ago in (0, 20, 50)]
    orders += [(f"走了{b}", ago, 80.0, "坚果零食") for b in range(4) for ago in (200, 220, 260)]
    orders += [(f"新客{b}", 3, 30.0, "玻璃杯") for b in range(6)]
    return make_rows(orders)


def test_columns_of_an_exported_order_list_are_found_and_the_rest_dropped() -> None:
    found = import_orders(mixed_rows(), SALT)
    columns = dict(found.columns)
    assert columns[ColumnKind.BUYER] == "买家会员名"
    assert columns[ColumnKind.TIME] == "订单付款时间"
    assert columns[ColumnKind.AMOUNT] == "买家实际支付金额"
    assert columns[ColumnKind.ORDER] == "订单编号"
    assert set(found.dropped) == {"收货人姓名", "联系手机", "收货地址", "买家留言"}


def test_buyers_fall_into_segments_with_plain_names_and_their_own_categories() -> None:
    found = import_orders(mixed_rows(), SALT)
    by_key = {segment.key: segment for segment in found.segments}
    assert found.buyers == 15 and found.skipped == 0
    assert by_key["new"].buyers == 6 and by_key["new"].categories == ("厨具",)
    assert by_key["lost_loyal"].buyers == 4 and by_key["lost_loyal"].days_since_last == 200
    loyal = [s for s in found.segments if s.key in ("loyal", "loyal_big")]
    assert sum(s.buyers for s in loyal) == 5 and loyal[0].categories == ("女装",)
    assert loyal[0].spent_each_cents == 36000 and loyal[0].orders_each == 3
    audience = make_audience(by_key["new"])
    assert audience.name == "刚来的新顾客" and audience.description == "一个月内第一次买，爱买厨具"
    assert audience.from_orders


def test_nothing_personal_is_in_what_comes_back() -> None:
    rows = mixed_rows()
    rows[0]["商品类目"] = "寄给13800138000"
    rows[1]["商品类目"] = "西湖区文三路5号"
    kept = pickle.dumps(import_orders(rows, SALT))
    for row in rows:
        for header in ("买家会员名", "收货人姓名", "联系手机", "收货地址", "订单编号"):
            assert str(row[header]).encode() not in kept
    assert b"13800138000" not in kept and "文三路".encode() not in kept and b"13900000000" not in kept


def test_unpaid_and_returned_orders_do_not_count() -> None:
    rows = mixed_rows() + make_rows([("幽灵", 1, 999.0, "连衣裙")], "交易关闭")
    found = import_orders(rows, SALT)
    assert found.skipped == 1 and found.buyers == 15


def test_a_segment_of_one_buyer_is_not_told() -> None:
    rows = mixed_rows() + make_rows([("只此一人", 400, 20.0, "帐篷")])
    assert "asleep" not in {segment.key for segment in import_orders(rows, SALT).segments}


def test_hashes_depend_on_the_shops_salt_and_not_on_case_or_space() -> None:
    assert hash_buyer(" TB_Abc ", SALT) == hash_buyer("tb_abc", SALT)
    assert hash_buyer("tb_abc", SALT) != hash_buyer("tb_abc", new_salt())
    assert len(new_salt()) == 32 and new_salt() != new_salt()


def test_a_table_without_buyers_or_times_is_refused_by_name() -> None:
    with pytest.raises(TableUnusable) as caught:
        import_orders([{"标题": "裙子", "库存": 3}], SALT)
    assert "buyer" in caught.value.missing and caught.value.found == ("标题", "库存")
    with pytest.raises(TableUnusable):
        import_orders([], SALT)


def test_unnamed_columns_are_found_by_what_stands_in_them() -> None:
    rows = [{"客户": f"k{i}", "栏二": f"2024/5/{i + 1}", "栏三": f"¥{i + 10}.50"} for i in range(9)]
    found = detect_columns(rows)
    assert found[ColumnKind.TIME] == "栏二" and found[ColumnKind.AMOUNT] == "栏三"


def test_a_cancelled_import_stops() -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        import_orders(mixed_rows(), SALT, ticket=ticket)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024/1/5 10:20", date(2024, 1, 5)),
        ("2024年1月5日", date(2024, 1, 5)),
        ("20240105", date(2024, 1, 5)),
        (45296, date(2024, 1, 5)),
        (datetime(2024, 1, 5, 9), date(2024, 1, 5)),
        ("2024-13-40", None),
        (None, None),
        (True, None),
        (12, None),
        ("24-1-5", date(2024, 1, 5)),
        ("２０２４／１／５", date(2024, 1, 5)),
        ("2024-01-05T10:20:30+08:00", date(2024, 1, 5)),
        ("45296.43", date(2024, 1, 5)),
        ("1704421230", date(2024, 1, 5)),
        ("1704421230000", date(2024, 1, 5)),
        ("1/5/2024 10:20", date(2024, 1, 5)),
        ("25/1/2024", date(2024, 1, 25)),
        ("5 Jan 2024", date(2024, 1, 5)),
        ("20240105102030", date(2024, 1, 5)),
        ("13800138000", None),
        (float("inf"), None),
    ],
)
def test_days_are_read_in_the_usual_forms(value: object, day: date | None) -> None:
    assert parse_day(value) == day


def test_money_is_read_in_the_usual_forms() -> None:
    assert [parse_cents(v) for v in ("¥1,299.00", "59.9元", 12, 0.1, "", "面议", None)] == [
        129900,
        5990,
        1200,
        10,
        *[None] * 3,
    ]


def test_refunds_are_below_zero_and_other_notes_are_no_money() -> None:
    told = {"-59.00": -5900, "(59)": -5900, "−￥59": -5900, "￥ 1，299": 129900, "RMB 12.5": 1250, "1299元整": 129900}
    assert {text: parse_cents(text) for text in told} == told
    assert parse_cents(float("nan")) is None and parse_cents("12个") is None


def test_a_header_that_only_speaks_of_a_buyer_is_no_buyer() -> None:
    rows = [
        {
            "买家留言": "a",
            "买家应付货款": "1.00",
            "收货人": "b",
            "确认收货时间": "2024-1-5",
            "退款金额": "",
            "金额": "3",
        }
    ]
    found = detect_columns(rows)
    assert found[ColumnKind.BUYER] == "收货人" and found[ColumnKind.AMOUNT] == "金额"
    assert found[ColumnKind.REFUND] == "退款金额"


@pytest.mark.parametrize(
    ("status", "dead"),
    [("交易关闭", True), ("退款成功", True), ("部分退款成功", False), ("没有申请退款", False), ("Refunded", True)],
)
def test_a_status_says_whether_an_order_counts(status: str, dead: bool) -> None:
    assert is_dead(status) is dead


def test_a_part_refund_lowers_the_sum_and_a_whole_one_takes_the_order_away() -> None:
    rows = [
        {"买家": f"k{b}", "时间": "2024-1-5", "金额": "100", "退款金额": refund}
        for b in range(3)
        for refund in ("", "30", "100")
    ]
    found = import_orders(rows, SALT)
    assert found.dead == 3 and found.buyers == 3
    assert found.segments[0].spent_each_cents == 17000


def test_categories_come_from_the_last_level_or_the_title() -> None:
    assert guess_category("服饰>女装>连衣裙", "") == "连衣裙"
    assert guess_category("", "夏季碎花连衣裙女") == "女装"
    assert guess_category("13800138000", "无线耳机") == "数码"
    assert guess_category("", "某物") == ""


def test_many_rows_group_as_few_do() -> None:
    rng = random.Random(1)
    orders = [(f"买家{rng.randint(0, 900)}", rng.randint(0, 400), rng.uniform(5, 500), "连衣裙") for _ in range(5000)]
    found = import_orders(make_rows(orders), SALT)
    assert found.rows == 5000 and found.buyers == len({o[0] for o in orders})
    assert abs(sum(s.share for s in found.segments) - 1) < 0.01


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({"买家": st.text(max_size=9), "时间": st.text(max_size=12), "金额": st.text(max_size=8)})
    )
)
def test_any_cells_are_survived(rows: list[Row]) -> None:
    if rows:
        found = import_orders(rows, SALT)
        assert found.rows == len(rows) >= found.skipped
