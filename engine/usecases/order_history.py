"""The columns and cells of an order history: which header is what, days, money, categories, hashed identifiers.

Columns are found by their headers and, for time and amount, failing that by what stands in them. Everything here is
lenient in form and strict about persons: an identifier leaves only as a keyed BLAKE2b hash, a category that looks like
it holds a number or a place of a person is not returned.
"""

from __future__ import annotations

import hashlib
import math
import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any

from engine.domain.preference import ColumnKind

SALT_BYTES = 32
PROBED_ROWS = 200
EXCEL_EPOCH = date(1899, 12, 30)
CHINA = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1990, 2100

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
            "unionid",
            "旺旺",
            "买家昵称",
            "买家账号",
            "账号",
            "顾客id",
            "顾客",
            "openid",
            "buyer",
            "customer",
            "user",
            "买家",
            "客户",
            "会员",
            "昵称",
            "account",
            "手机号",
            "手机",
            "联系电话",
            "收货人",
            "收件人",
            "姓名",
            "电话",
            "phone",
            "mobile",
            "email",
            "邮箱",
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
    (ColumnKind.REFUND, ("退款金额", "退款额", "退款", "refundamount", "refund")),
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
    (ColumnKind.STATUS, ("订单状态", "交易状态", "状态", "退款状态", "status")),
)
"""Words in headers by kind, the best first; a header serves one kind only."""

NEVER_IN: dict[ColumnKind, re.Pattern[str]] = {
    ColumnKind.BUYER: re.compile(
        "留言|备注|地址|金额|应付|实付|实际|支付|货款|邮费|运费|积分|等级|时间|日期|评价|数量|来源|省|城市|remark|note|address|time|date|amount"
    ),
    ColumnKind.ORDER: re.compile("备注|状态|金额|时间|日期|类型|来源|date|time|amount|status|price|total"),
    ColumnKind.TIME: re.compile("时间段|备注|timezone|update"),
    ColumnKind.REFUND: re.compile("状态|时间|日期|原因|单号|编号|status|reason|date|time"),
    ColumnKind.AMOUNT: re.compile("退款|数量|邮费|运费|优惠|refund"),
    ColumnKind.CATEGORY: re.compile("编号|编码|id"),
    ColumnKind.PRODUCT: re.compile("编号|编码|数量|价格|单价|金额|id$|备注|评价"),
    ColumnKind.STATUS: re.compile("备注|时间"),
}
"""Headers that hold a word of a kind and yet are another thing (买家留言 is no buyer)."""

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

NOT_DEAD = re.compile(r"部分|未退款|无退款|没有|not |no |un(?:closed|cancel|refund)|partial")
"""A status with these is alive though it holds a dead one's word (部分退款成功, 没有退款)."""

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
        fitting = [h for h in headers if h not in found.values() and not NEVER_IN[kind].search(_plain_header(h))]
        header = _best_header(fitting, words)
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
    return not NOT_DEAD.search(lowered) and any(word in lowered for word in DEAD_STATUS)


def parse_day(value: Any) -> date | None:
    """A day from a date, a time, an Excel serial number, seconds since 1970, or text.

    Texts may be 2024/1/5 10:20, 2024年1月5日, 24-1-5, 20240105, 1/5/2024 (month first unless that cannot be),
    5 Jan 2024 or an ISO time.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _parse_day_text(_whole(value))
    return _parse_day_text(str(value or "").strip()[:24])


def parse_cents(value: Any) -> int | None:
    """Money in cents from a number or text such as ¥1,299.00, 59.9元, -59.00 or (59.00); a refund is below zero."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return round(value * 100) if math.isfinite(value) else None
    text = unicodedata.normalize("NFKC", read_text(value)).translate(_MONEY_NOISE)
    match = _MONEY.fullmatch(text)
    if not match:
        return None
    below = match["open"] or match["minus"]
    return round(float(match["number"]) * 100) * (-1 if below else 1)


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


_MONEY_NOISE = str.maketrans({",": None, " ": None, "−": "-", "–": "-", "'": None})
_MONEY = re.compile(
    r"(?P<open>\()?(?:rmb|cny|[¥￥$])?(?P<minus>-)?(?:rmb|cny|[¥￥$]|合计|实付)?(?P<number>\d{1,12}(?:\.\d{1,6})?)(?:元整?|块钱?|圆|rmb|cny)?\)?",
    re.IGNORECASE,
)
_DAY_FORMS = (
    re.compile(r"(?P<y>\d{4})\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:\d{6})?(?!\d)"),
    re.compile(r"(?P<m>\d{1,2})[-/](?P<d>\d{1,2})[-/](?P<y>\d{4})(?!\d)"),
    re.compile(r"(?P<y>\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})[- ](?P<name>[a-z]{3})[a-z]*[-, ]+(?P<y>\d{4})"),
    re.compile(r"(?P<name>[a-z]{3})[a-z]*\.? (?P<d>\d{1,2}),? (?P<y>\d{4})"),
)
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_EPOCH = re.compile(r"(1\d{9})(?:\d{3})?")
_PERSONAL = re.compile(r"\d{5,}|[@＠]|[省市区县镇村路街]\S*\d|\d+[号栋室]")


@lru_cache(maxsize=8192)
def _parse_day_text(text: str) -> date | None:
    text = unicodedata.normalize("NFKC", text).strip().lower()
    if serial := _SERIAL.fullmatch(text):
        days = int(serial[1])
        return EXCEL_EPOCH + timedelta(days=days) if 20_000 <= days <= 80_000 else None
    if epoch := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(epoch[1]), CHINA).date()
    for pattern in _DAY_FORMS:
        if match := pattern.match(text):
            return _made_day(match.groupdict())
    return None


def _made_day(parts: Mapping[str, str]) -> date | None:
    """The day of a match; day and month change places when the month cannot be one."""
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    month = int(parts["m"]) if "m" in parts else _MONTHS.get(parts["name"], 0)
    day = int(parts["d"])
    if month > 12 >= day:
        month, day = day, month
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _whole(value: float) -> str:
    return str(int(value)) if math.isfinite(value) else ""


def read_text(value: Any) -> str:
    """A cell as text; a whole float loses its point, as spreadsheets give identifiers."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _best_header(headers: Sequence[str], words: Sequence[str]) -> str | None:
    """The header with the earliest word of the list; among those the shortest, an exact one first."""
    plain = {header: _plain_header(header) for header in headers}
    for word in words:
        matching = [h for h in headers if word in plain[h]]
        if matching:
            return min(matching, key=lambda h: (plain[h] != word, len(h)))
    return None


def _plain_header(header: str) -> str:
    """A header without spaces, marks, full-width letters and a byte order mark."""
    return re.sub(r"[^\w]|_", "", unicodedata.normalize("NFKC", header)).lower()


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
    return isinstance(value, float) or bool(
        re.fullmatch(r"[¥￥]?\s?-?\d{1,6}(,\d{3})*\.\d{1,2}\s?元?", read_text(value))
    )


def _looks_like_day(value: Any) -> bool:
    """A day that is written as one; a bare number may be anything."""
    return not isinstance(value, (int, float)) and not read_text(value).isdigit() and parse_day(value) is not None


_PROBES: tuple[tuple[ColumnKind, Callable[[Any], bool]], ...] = (
    (ColumnKind.TIME, _looks_like_day),
    (ColumnKind.AMOUNT, _looks_like_money),
)
