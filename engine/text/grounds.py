"""A brief, and what is known of such products, as clauses are held against them."""

from __future__ import annotations

import gzip
import json
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

from engine.domain import Brief
from engine.text.digests import digest_of, from_little_endian, place_of, to_little_endian
from engine.text.segment import cut_words, tag_words

SENTENCES = re.compile(r"[^。！？!?；;~～]+[。！？!?；;~～]*")
CLAUSES = re.compile(r"(?:[^，,：:]|(?<=\d)[:,](?=\d))+[，,：:]*")
MARKS = re.compile(r"[^\w]+")
VALUE_PARTS = re.compile("[、;；/ ,，]")
HAN = re.compile("[一-鿿]")
NAME_RUN = 4
"""A run of so many characters names the product; a shorter one is a word of its own."""

SHORT_NAME = 12
"""Characters of a product's name that reads as a name."""

LONG_NAME = 16
"""More of a marketplace's title than a sentence bears."""

TORN_RUN = 3
"""A shorter piece of a word may be a word (净水 of 净水器)."""

THING = re.compile(
    "[裙裤衫衣袍鞋靴帽包袜表椅桌柜床架灯机器仪壶杯锅碗盘刀箱盒袋毯垫被枕巾膏霜液粉茶酒糖糕饼糊酱肉鱼虾蟹蛋果蜜帘镜笔鼓琴伞篮筐桶盆瓶罐镯链坠戒坊台几屏]$|"
    "(?:外套|T恤|夹克|马甲|文胸|内裤|背心|卫衣|皮草|披肩|领带|腰带|皮带|手套|围裙|咖啡|饮料|饮品|坚果|零食|面条|米线|米粉|火锅|辣条|面包|点心|薯片|"
    "酸奶|牛奶|燕麦|麦片|椰乳|椰汁|大米|香肠|火腿|洗发水|化妆水|护发素|沐浴露|面膜|口红|唇釉|眼影|腮红|香水|精华|乳液|防晒|卸妆|发膜|指甲油|美甲|牙刷|"
    "耳机|手机|电脑|主机|笔记本|显卡|键盘|鼠标|音箱|音响|路由|硬盘|内存条|电池|电源线|数据线|充电宝|充电器|手机壳|保护套|保护壳|外壳|支架|镜头|"
    "马桶|花洒|水龙头|空调|冰箱|电视|沙发|床垫|衣架|书架|货架|地毯|四件套|被套|床单|蚊帐|垃圾桶|马扎|窗帘|挂钩|拖把|扫帚|毛巾|纸巾|湿巾|卫生巾|"
    "纸尿裤|玩具|积木|娃娃|绘本|图书|文具|钢琴|吉他|滑板|自行车|电动车|轮胎|行车记录仪|座椅|坐垫|脚垫|帐篷|哑铃|跳绳|鱼竿|耳环|耳钉|发夹|胸针|翡翠|玉佩|"
    "猫粮|狗粮|猫砂|盆栽|花束|绿植|种子|鲜花)$"
)
"""How words end that name a thing to buy, whatever else a marketplace's title holds."""

NEGATIONS = ("不能", "不会", "没有", "不用", "不", "没", "别", "无", "未")
BRANDS = ("店名", "店铺", "品牌")
KNOWN_VALUE = re.compile("[一-鿿]{2,6}")

OFFER = "优惠"
"""The name under which the seller's offer is a fact."""

OWN = "·"
"""Stands in a shape for words of the brief."""

ANY_NAME, NO_NAME = "*", "-"
"""Stand for a shape that is said of any attribute, and for one that is said of none."""

SAME_NAMES = (
    ("颜色", "色"), ("材质", "材"), ("材质", "面料"), ("材质", "质地"), ("季节", "季"), ("人群", "人群"), ("人群", "对象"),
    ("场景", "场景"), ("场景", "场合"), ("场景", "空间"), ("尺寸", "尺"), ("尺寸", "规格"), ("功能", "功"),
)  # fmt: skip
"""What names of attributes are about, and what in a name tells it."""

Fact = tuple[str, str]
"""An attribute's name and one part of its value."""


class Grounds:
    """A brief as clauses are held against it."""

    def __init__(self, brief: Brief) -> None:
        self.names = tuple(attribute.name for attribute in brief.attributes)
        self.attributes = tuple((attribute.name, attribute.value) for attribute in brief.attributes)
        self.facts = tuple(_facts(brief))
        strings = (brief.product, brief.category, *self.names, *(value for _, value in self.facts))
        self.text = "\n".join(strings).lower()
        self.without_offer = "\n".join((brief.product, *(value for name, value in self.facts if name != OFFER)))
        self.kinds = kinds_of(brief)
        self.category, self.offer, self.product = brief.category, brief.offer, brief.product
        self.brand = next((_han_name(a.value) for name in BRANDS for a in brief.attributes if a.name == name), "")
        self._parts = frozenset(value.lower() for _, value in self.facts)
        self._characters = frozenset(brief.product.lower())
        self._name = brief.product.lower()
        self._others = "\n".join(strings[1:]).lower()

    def covered(self, clause: str) -> list[bool]:
        """For each character, whether it stands in the brief within a run of two and more (or is a digit there)."""
        flags, at, low = [False] * len(clause), 0, clause.lower()
        while at < len(low):
            end = at + 1
            if low[at] in self.text:
                while end < len(low) and low[at : end + 1] in self.text:
                    end += 1
                if end - at >= 2 or low[at].isdigit():
                    flags[at:end] = [True] * (end - at)
            at = end if flags[at] else at + 1
        return flags

    @cached_property
    def _word_ends(self) -> frozenset[int]:
        """Places in the name where a word ends (or begins)."""
        return frozenset(accumulate((len(word) for word in cut_words(self._name)), initial=0))

    def is_torn(self, clause: str) -> bool:
        """Whether the clause holds a piece of the product's name that begins or ends within a word (不粘大 of 不粘大锅)."""
        for run in self._runs(clause):
            if len(run) >= TORN_RUN and run in self._name and run not in self._others:
                start = self._name.index(run)
                if not {start, start + len(run)} <= self._word_ends:
                    return True
        return False

    def is_named(self, clause: str) -> bool:
        """Whether the clause only names the product: by one run of its name, which stands alone, is long, or ends as the thing is called."""
        runs = self._runs(clause)
        if len(runs) != 1 or runs[0] not in self._name:
            return False
        alone = len(runs[0]) == len(MARKS.sub("", clause))
        return alone or NAME_RUN <= len(runs[0]) <= LONG_NAME or runs[0].endswith(self.heads)

    def _runs(self, clause: str) -> list[str]:
        """The runs of the brief's own words in a clause, in small letters."""
        groups = groupby(zip(self.covered(clause), clause.lower(), strict=True), key=lambda pair: pair[0])
        return ["".join(character for _, character in group) for own, group in groups if own]

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """What the product is called: its category and the nouns of its name that name a thing, else the last noun."""
        things = [word for word in things_of(self.product) if THING.search(word)] or self.kinds[-1:]
        return tuple(kind.lower() for kind in dict.fromkeys([*things, self.category]) if kind)

    @cached_property
    def short_name(self) -> str:
        """What the product may be called in a sentence: its category, its name if short, else the name's words up to such a noun; or ""."""
        if self.category or len(self.product) <= SHORT_NAME:
            return self.category or self.product
        words = things_of(self.product)
        ends = Counter(word[-1] for word in words if THING.search(word))
        name, usual = "", max(ends, key=lambda end: ends[end], default="")
        for word in words if usual else ():
            name += word
            if THING.search(word) and word[-1] == usual:
                return (name if len(name) <= SHORT_NAME else word).strip()
        return ""

    def shape(self, clause: str) -> str:
        """The clause with · for each run of the brief's own words, without marks: how it speaks, whatever it speaks of."""
        parts: list[str] = []
        runs = self.covered(clause)
        for character, own in zip(clause.lower(), runs, strict=True):
            if own and parts[-1:] != [OWN]:
                parts.append(OWN)
            elif not own and not MARKS.fullmatch(character):
                parts.append(character)
        return "".join(parts)

    def facts_in(self, clause: str, *, whole: bool = False) -> list[Fact]:
        """The facts that a clause says: whole, or (unless ``whole``) half of the value in one run."""
        low = clause.lower()
        return [(n, v) for n, v in self.facts if v.lower() in low or (not whole and _half_said(v.lower(), low))]

    def without_name(self, clause: str) -> str:
        """The clause without runs of the product's name: who names 雪纺碎花连衣裙 has not said yet what 雪纺 is."""
        name, low, kept, at = self.product.lower(), clause.lower(), [], 0
        while at < len(low):
            end = at + 1
            while end <= len(low) and low[at:end] in name:
                end += 1
            if end - 1 - at < min(NAME_RUN, len(name)):
                kept.append(clause[at])
                at += 1
            else:
                at = end - 1
        return "".join(kept)

    def extra_words(self, clause: str) -> list[str]:
        """What the clause says in words that are not the brief's; a negation is one word with what it denies."""
        flags, words, at, denial = self.covered(clause), [], 0, ""
        for word in cut_words(clause):
            here, at = flags[at : at + len(word)], at + len(word)
            if MARKS.fullmatch(word):
                continue
            if word in NEGATIONS and not all(here):
                denial = word
                continue
            if not self._owns(denial + word, all(here) and not denial, any(here)):
                words.append(denial + word)
            denial = ""
        return [*words, denial] if denial else words

    def _owns(self, word: str, covered: bool, touched: bool) -> bool:
        low = word.lower()
        whole = low in self._parts or (len(low) > 1 and low in self.text)
        return covered or whole or (touched and set(low) <= self._characters)


@lru_cache(maxsize=4)
def grounds_of(brief: Brief) -> Grounds:
    """The brief's grounds, made once for the drafts of a request."""
    return Grounds(brief)


def kinds_of(brief: Brief) -> tuple[str, ...]:
    """The nouns of the product's name, and its category: what kind of thing it may be."""
    nouns = (word for word, flag in tag_words(brief.product) if flag.startswith(("n", "vn")) and len(word) > 1)
    return tuple(dict.fromkeys([*nouns, *([brief.category] if brief.category else [])]))


def things_of(name: str) -> list[str]:
    """The words of a name; a thing's last character that was cut off (电脑 椅) belongs to the word before it."""
    words: list[str] = []
    for word in cut_words(name):
        if words and len(word) == 1 and THING.search(word) and HAN.search(words[-1]):
            words[-1] += word
        else:
            words.append(word)
    return words


def _facts(brief: Brief) -> Iterator[Fact]:
    for attribute in brief.attributes:
        for part in VALUE_PARTS.split(attribute.value):
            if part.strip():
                yield attribute.name, part.strip()
    yield from (("卖点", point) for point in brief.points)
    yield from ((name, text) for name, text in ((OFFER, brief.offer), ("人群", brief.audience)) if text)


def _han_name(value: str) -> str:
    """恒洁 of Hegii/恒洁."""
    parts = [part.strip() for part in re.split("[/（(]", value)]
    return next((part for part in parts if HAN.search(part)), parts[0])


def _half_said(value: str, clause: str) -> bool:
    size = max(2, (len(value) + 1) // 2)
    return len(value) >= 3 and any(value[at : at + size] in clause for at in range(len(value) - size + 1))


class Shapes:
    """The shapes of clauses (``Grounds.shape``) that are known, each with the attribute's name that it was said of.

    Sixty thousand pairs are kept as sorted 64-bit digests: half a megabyte, and one in 10^14 unknown pairs taken for known.
    """

    def __init__(self, digests: array[int]) -> None:
        self._digests = digests

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Shapes:
        """The table of these (shape, name)."""
        return cls(array("Q", sorted({_digest(shape, name) for shape, name in pairs})))

    @classmethod
    def read(cls, path: Path) -> Shapes:
        """What ``write`` wrote."""
        return cls(from_little_endian(array("Q"), path.read_bytes()))

    def write(self, path: Path) -> None:
        """Little-endian."""
        path.write_bytes(to_little_endian(self._digests))

    def __len__(self) -> int:
        return len(self._digests)

    def knows(self, shape: str, own: Sequence[Fact], before: Sequence[Fact]) -> bool:
        """Whether a clause of that shape is said of such facts: its ``own``, or (where it has none) those before it."""
        names = [name for name, _ in own or before] or [NO_NAME]
        keys = [key for name in names for key in (name, name_end(name))]
        return any(self._has(shape, key) for key in (*keys, *([ANY_NAME] if own else [])))

    def _has(self, shape: str, name: str) -> bool:
        return place_of(_digest(shape, name), self._digests) >= 0


def name_end(name: str) -> str:
    """What an attribute is about: one word for names that mean the same (材质 for 面料), else what the name ends in."""
    return next((one for one, mark in SAME_NAMES if mark in name), name[-2:])


def _digest(shape: str, name: str) -> int:
    return digest_of(f"{shape}\t{name}")


@dataclass(frozen=True, slots=True)
class Usage:
    """What goes with what: words by attribute name, by value and by kind of product; kinds by whole clause.

    Each value is one string of words with a space on either side of each, which keeps ten thousand of them small.
    """

    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    clauses: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Usage:
        """What ``write`` wrote."""
        data: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
        return cls(*({key: f" {words} " for key, words in data[part].items()} for part in _PARTS))

    def write(self, path: Path) -> None:
        """The same bytes for the same counts."""
        data: dict[str, Any] = {
            part: {key: words.strip() for key, words in sorted(getattr(self, part).items())} for part in _PARTS
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        path.write_bytes(gzip.compress(text.encode(), mtime=0))

    def goes_with(self, word: str, facts: Sequence[Fact], kinds: Sequence[str]) -> bool:
        """Whether the word is known of one of these facts or of such a product."""
        spaced = f" {word} "
        return any(
            spaced in self.names.get(name, "") or spaced in self.values.get(value, "") for name, value in facts
        ) or any(spaced in self.kinds.get(kind, "") for kind in kinds)

    def says_of(self, clause: str) -> frozenset[str]:
        """The kinds of products of which this clause, without its marks, is said as it stands."""
        return frozenset(self.clauses.get(clause, "").split())


_PARTS = ("names", "values", "kinds", "clauses")
