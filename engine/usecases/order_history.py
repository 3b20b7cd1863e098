"""The columns and cells of an order history: which header is what, days, money, categories, hashed identifiers.

Columns are found by their headers and, for time and amount, failing that by what stands in them. Everything here is
lenient in form and strict about persons: an identifier leaves only as a keyed BLAKE2b hash, a category that looks like
it holds a number or a place of a person is not returned.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from engine.domain.preference import ColumnKind

SALT_BYTES = 32
PROBED_ROWS = 200
EXCEL_EPOCH = date(1899, 12, 30)

HEADERS: tuple[tuple[ColumnKind, tuple[str, ...]], ...] = (
    (
        ColumnKind.BUYER,
        (
            "买家会员名",
            "买家id",
            "会员名",
            "会员id",
            "会员号",
            "会员卡号",
            "用户id",
            "用户名",
            "客户id",
            "客户编号",
            "买家昵称",
            "买家账号",
            "顾客id",
            "顾客",
            "openid",
            "buyer",
            "customer",
            "user",
            "买家",
            "客户",
            "昵称",
            "手机号",
            "手机",
            "联系电话",
            "收货人",
            "收件人",
            "电话",
        ),
    ),
    (ColumnKind.ORDER, ("订单编号", "订单号", "主订单", "交易号", "orderid", "order")),
    (
        ColumnKind.TIME,
        (
            "付款时间",
            "支付时间",
            "下单时间",
            "订单创建时间",
            "成交时间",
            "创建时间",
            "购买时间",
            "下单日期",
            "日期",
            "时间",
            "date",
            "time",
        ),
    ),
    (
        ColumnKind.AMOUNT,
        (
            "实付金额",
            "买家实际支付金额",
            "实际支付",
            "实收",
            "支付金额",
            "付款金额",
            "订单金额",
            "成交金额",
            "总金额",
            "金额",
            "总价",
            "amount",
            "price",
        ),
    ),
    (ColumnKind.CATEGORY, ("商品类目", "宝贝类目", "商品分类", "类目", "品类", "分类", "category")),
    (
        ColumnKind.PRODUCT,
        ("宝贝标题", "商品标题", "商品名称", "商品名", "宝贝名称", "品名", "商品", "product", "title"),
    ),
    (ColumnKind.STATUS, ("订单状态", "交易状态", "退款状态", "状态", "status")),
)
"""Words in headers by kind, the best first; a header serves one kind only."""

DEAD_STATUS = (
    "关闭",
    "取消",
    "退款成功",
    "已退款",
    "待付款",
    "等待买家付款",
    "未付款",
    "作废",
    "cancel",
    "refund",
    "closed",
)

CATEGORY_WORDS: dict[str, str] = {
    "女装": "连衣裙 半身裙 女裤 衬衫女 毛衣女 女装 裙",
    "男装": "男装 男裤 男士 衬衫男 T恤男",
    "童装": "童装 儿童裤 儿童衣",
    "鞋靴": "鞋 靴",
    "箱包": "包包 双肩包 行李箱 手提包 背包 斜挎包",
    "美妆护肤": "面霜 口红 面膜 精华 洗面奶 防晒 粉底 护肤 眼影",
    "洗护清洁": "洗发 沐浴 牙膏 洗衣 纸巾 抽纸 清洁",
    "零食": "零食 饼干 坚果 糖 巧克力 薯片 肉脯 果干",
    "茶酒饮料": "茶 咖啡 酒 饮料 奶粉",
    "粮油生鲜": "米 油 面条 水果 苹果 橙 牛肉 海鲜 鸡蛋 蔬菜",
    "家居": "被 床 枕 毯 窗帘 沙发 桌 椅 灯 收纳 毛巾 地垫",
    "厨具": "锅 碗 杯 刀 餐具 保鲜盒 砧板",
    "家电": "电饭煲 风扇 空气净化 吸尘 烤箱 电器 加湿",
    "数码": "手机 耳机 充电 数据线 键盘 鼠标 音箱",
    "母婴": "宝宝 婴儿 纸尿裤 奶瓶 孕妇",
    "玩具文具": "玩具 积木 绘本 笔 本子 书包",
    "运动户外": "瑜伽 跑步 露营 帐篷 健身 球",
    "宠物": "猫 狗 宠物",
}


def new_salt() -> bytes:
    """A shop's own salt for ``hash_buyer``; kept in the encrypted store, never exported."""
    return secrets.token_bytes(SALT_BYTES)


def hash_buyer(identifier: str, salt: bytes) -> str:
    """An identifier's keyed hash (BLAKE2b, 128 bits); without the salt it cannot be tried out."""
    return hashlib.blake2b(identifier.strip().casefold().encode(), key=salt[:64], digest_size=16).hexdigest()


def list_headers(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """All headers of the first rows, in order."""
    return list(dict.fromkeys(str(key) for row in rows[:PROBED_ROWS] for key in row if key is not None))


def detect_columns(rows: Sequence[Mapping[str, Any]]) -> dict[ColumnKind, str]:
    """Which header is what, from the headers and, for time and amount, from what stands in the columns."""
    headers = list_headers(rows)
    found: dict[ColumnKind, str] = {}
    for kind, words in HEADERS:
        header = _best_header([h for h in headers if h not in found.values()], words)
        if header is not None:
            found[kind] = header
    for kind, fits in _PROBES:
        if kind not in found:
            header = _header_by_content([h for h in headers if h not in found.values()], rows, fits)
            if header is not None:
                found[kind] = header
    return found


def is_dead(status: str) -> bool:
    """Whether an order of this status was never paid or was taken back."""
    lowered = status.lower()
    return any(word in lowered for word in DEAD_STATUS)


def parse_day(value: Any) -> date | None:
    """A day from a date, a time, an Excel serial number, or text such as 2024/1/5 10:20 or 2024年1月5日."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return EXCEL_EPOCH + timedelta(days=int(value)) if 20_000 <= value <= 80_000 else None
    return _parse_day_text(str(value or "").strip()[:11])


def parse_cents(value: Any) -> int | None:
    """Money in cents from a number or text such as ¥1,299.00 or 59.9元."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return round(value * 100)
    match = _MONEY.fullmatch(read_text(value).replace(",", "").replace("，", ""))
    return round(float(match[1]) * 100) if match else None


@lru_cache(maxsize=4096)
def guess_category(category: str, product: str) -> str:
    """A category free of anything personal: the column's last level, else one that the product's words point to."""
    leaf = re.split(r"[>/|＞»]", category)[-1].strip() if category else ""
    if leaf and len(leaf) <= 12 and not _PERSONAL.search(leaf):
        return leaf
    hits = [
        (len(w), product.rfind(w), name)
        for name, words in CATEGORY_WORDS.items()
        for w in words.split()
        if w in product
    ]
    return max(hits)[2] if hits else ""


_MONEY = re.compile(r"[^\d.-]{0,3}(-?\d+(?:\.\d+)?)\s*(?:元|块|rmb|RMB|CNY)?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})|(\d{4})(\d{2})(\d{2})")
_PERSONAL = re.compile(r"\d{5,}|[@＠]|[省市区县镇村路街]\S*\d|\d+[号栋室]")


@lru_cache(maxsize=8192)
def _parse_day_text(text: str) -> date | None:
    match = _DAY.match(text)
    if not match:
        return None
    year, month, day = (int(group) for group in match.groups() if group is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_text(value: Any) -> str:
    """A cell as text; a whole float loses its point, as spreadsheets give identifiers."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _best_header(headers: Sequence[str], words: Sequence[str]) -> str | None:
    """The header with the earliest word of the list; among those the shortest, an exact one first."""
    plain = {header: re.sub(r"[\s_\-()（）]", "", header).lower() for header in headers}
    for word in words:
        matching = [h for h in headers if word in plain[h]]
        if matching:
            return min(matching, key=lambda h: (plain[h] != word, len(h)))
    return None


def _header_by_content(
    headers: Sequence[str], rows: Sequence[Mapping[str, Any]], fits: Callable[[Any], bool]
) -> str | None:
    for header in headers:
        values = [row.get(header) for row in rows[:PROBED_ROWS]]
        filled = [value for value in values if value not in (None, "")]
        if filled and sum(map(fits, filled)) >= 0.9 * len(filled):
            return header
    return None


def _looks_like_money(value: Any) -> bool:
    return isinstance(value, float) or bool(re.fullmatch(r"[¥￥]?\s?\d{1,6}(,\d{3})*\.\d{1,2}\s?元?", read_text(value)))


_PROBES: tuple[tuple[ColumnKind, Callable[[Any], bool]], ...] = (
    (ColumnKind.TIME, lambda value: not isinstance(value, (int, float)) and parse_day(value) is not None),
    (ColumnKind.AMOUNT, _looks_like_money),
)
