"""Numbers with units in Chinese shop copy, brought to one scale: 五斤 = 5斤 = 2.5kg, 半价 = 5折, 50ml = 50毫升.

A ``Quantity`` has its span, its value on the base unit of its dimension, and the dimension's name; a bare count or an
unknown unit has the dimension ``count``. Chinese numerals count only before a unit that makes them a measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

COUNT = "count"

_UNIT_ROWS: tuple[tuple[str, float, str], ...] = (
    ("mass", 1.0, "g 克 G"),
    ("mass", 0.001, "mg 毫克"),
    ("mass", 1000.0, "kg 千克 公斤 KG Kg kG"),
    ("mass", 500.0, "斤 市斤"),
    ("mass", 1e6, "吨"),
    ("volume", 1.0, "ml 毫升 mL ML Ml cc"),
    ("volume", 1000.0, "L 升 公升 l"),
    ("length", 1.0, "mm 毫米 MM"),
    ("length", 10.0, "cm 厘米 公分 CM Cm"),
    ("length", 1000.0, "m 米 M"),
    ("length", 1e6, "km 公里 千米"),
    ("length", 25.4, "寸 英寸 吋 inch"),
    ("money", 1.0, "元 块钱 块 圆 RMB 元钱 ¥"),
    ("percent", 1.0, "% ％ 个百分点"),
    ("percent", 10.0, "成"),
    ("discount", 1.0, "折"),
    ("temperature", 1.0, "℃ °C 度 摄氏度 °"),
    ("power", 1.0, "W 瓦 w"),
    ("power", 1000.0, "kW KW 千瓦"),
    ("charge", 1.0, "mAh 毫安 毫安时 mah MAH"),
    ("time", 1.0, "秒 秒钟 s"),
    ("time", 60.0, "分钟 min"),
    ("time", 3600.0, "小时 h 个小时 钟头"),
    ("time", 86400.0, "天 日"),
    ("time", 604800.0, "周 星期"),
    ("time", 2592000.0, "个月"),
    ("year", 1.0, "年"),
    ("month", 1.0, "月"),
    ("age", 1.0, "岁 周岁"),
    ("sound", 1.0, "dB 分贝 db DB"),
    ("frequency", 1.0, "Hz hz"),
    ("voltage", 1.0, "V 伏 v"),
)
UNITS: dict[str, tuple[str, float]] = {unit: (name, scale) for name, scale, row in _UNIT_ROWS for unit in row.split()}
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_COUNTERS = "个只件瓶盒袋包支条张片双套颗粒枚块本册箱罐桶杯碗层节堂位名次种款色把根台对份株盆串卷抽格档码期寸步页"
_NUMERAL = "零〇一二两三四五六七八九十百千万半"
_ARABIC = re.compile(
    rf"(?<![A-WYZa-wyz0-9.])(?P<sign>[-－]?)(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)\s?(?P<many>[万千亿](?!米|克|瓦|伏))?"
    rf"\s?(?P<unit>(?:{_UNIT})(?![a-zA-Z])|[{_COUNTERS}])?"
)
_CHINESE = re.compile(
    rf"(?P<number>[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?)(?P<half>半)?(?P<unit>{_UNIT}|[{_COUNTERS}])(?P<tail>半)?"
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_HALF_PRICE = re.compile("半价")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: ``[start, end)``, the bare ``number``, its ``value`` on the dimension's base unit."""

    start: int
    end: int
    number: float
    value: float
    dimension: str
    unit: str
    chinese: bool = False

    def same_as(self, other: Quantity) -> bool:
        """Equal on the same dimension, or the same number of two counters, or where a side has no unit."""
        if self.dimension == other.dimension and self.dimension != COUNT:
            return abs(self.value - other.value) <= 1e-6 * max(1.0, abs(self.value))
        counted = self.dimension == other.dimension == COUNT
        bare = not self.unit or not other.unit
        return (counted or bare) and self.number == other.number


def parse_chinese_number(text: str) -> float | None:
    """The value of 二十五, 一百二, 三点五, 半; None when it is not a number."""
    if "点" in text:
        whole, _, rest = text.partition("点")
        left = parse_chinese_number(whole)
        digits = [_DIGITS.get(char) for char in rest]
        if left is None or not rest or None in digits:
            return None
        return left + float("0." + "".join(map(str, digits)))
    if text == "半":
        return 0.5
    return _whole_number(text)


def find_quantities(text: str) -> list[Quantity]:
    """Every number in ``text``, Arabic ones and measured Chinese ones, in order."""
    found = [*_arabic(text), *_chinese(text)]
    found += [Quantity(m.start(), m.end(), 5.0, 5.0, "discount", "折", True) for m in _HALF_PRICE.finditer(text)]
    return sorted(found, key=lambda q: q.start)


def _arabic(text: str) -> Iterator[Quantity]:
    for match in _ARABIC.finditer(text):
        number = float(match["number"].replace(",", ""))
        number *= {"千": 1e3, "万": 1e4, "亿": 1e8}.get(match["many"] or "", 1.0)
        unit = match["unit"] or ""
        if not unit and match.start() and text[match.start() - 1] in "¥￥":
            unit = "元"
        dimension, scale = UNITS.get(unit, (COUNT, 1.0))
        yield Quantity(match.start("number"), match.end(), number, number * scale, dimension, unit)


def _chinese(text: str) -> Iterator[Quantity]:
    for match in _CHINESE.finditer(text):
        number = parse_chinese_number(match["number"])
        if number is None:
            continue
        number += 0.5 if match["half"] or match["tail"] else 0.0
        dimension, scale = UNITS.get(match["unit"], (COUNT, 1.0))
        yield Quantity(match.start(), match.end(), number, number * scale, dimension, match["unit"], True)


def _whole_number(text: str) -> float | None:
    total, section, digit, scale = 0, 0, None, 1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SCALES:
            scale = _SCALES[char]
            if scale == 10000:
                total, section = (total + section + (digit or 0)) * scale, 0
            else:
                section += (1 if digit is None else digit) * scale
            digit = None
        else:
            return None
    if digit is not None:
        section += digit * (scale // 10 if scale > 10 and text.rstrip()[-2:-1] not in "零〇" else 1)
    return float(total + section)
