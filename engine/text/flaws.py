"""What is wrong with a clause whatever its words: a label with another's value, a loop, an offer nobody made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from engine.text.grounds import MARKS, NEGATIONS, OFFER, Fact, Grounds
from engine.text.segment import cut_words

CALLED = re.compile(
    "[这那一](?:款|件|台|双|个|条|把|支|瓶|盒|套|种|只|副|张|床)([一-鿿]{1,6}?)(?:[是有的到，,。：:]|$)"
)
THING_IS = re.compile("([裤裙鞋帽柜桌椅杯被袜靴]子)(?:是|有|的)")
ANY_THING = frozenset("产品 商品 东西 好物 宝贝 款 设计 礼物".split())
"""What every product may be called."""

PARTS = frozenset("底面帮里料带壳盘胆垫筒盖座脚腿领袖檐片框罩身毛柄襟腰跟")
"""Characters that name a part of a thing, in an attribute's name and in a clause."""

PART_IS = re.compile("([一-鿿]{2,3})(?:是|为|采用|选用)")
SUBJECT = re.compile("^(?:它的?|这[款件台双个条把支瓶盒套种只副张床]?的?|我的?)?([一-鿿]{2,8}?)(?:是|为)(?!了)")
"""What a clause says something of (皮肤 of 我手上的皮肤是…)."""

SPEAKERS = re.compile("我们|咱|本店|小店|店里|今天|现在|大家|平时|日常|特点|优点|亮点|功能|功效|作用")
LABELS = {
    "颜色": "色", "材质": "材|面料|成分", "面料": "材|面料|成分", "材料": "材|面料|成分", "尺寸": "尺|规格|大小|长|宽|高|直径",
    "大小": "尺|规格|大小|长|宽|高|直径|容量", "重量": "重|含量", "产地": "产地", "风格": "风格|元素", "款式": "款|风格|类型|版型|元素",
    "图案": "图案|花", "功率": "功率", "规格": "规格|尺|含量|容量|大小", "包装": "包装", "口味": "口味|味",
}  # fmt: skip
"""Plain names of attributes, and what the name of an attribute must hold to be called so."""

MADE_SO = re.compile("材|色|图案|工艺")
"""Names of attributes that any part may have."""

NAME_END = re.compile("(?:类型|种类|款式|方式|分类|深度|等级|材质|容量|数量|尺寸|频率|厚度|长度|高度|重量)$")
GUESSES = re.compile("(?:[不没无][一-鿿]|会淡化|(?:可以|能)(?:当|做|装|放)|都有$)[一-鿿]{0,2}")
"""What a model says when it denies or promises for want of a fact, with what is denied: known as whole clauses only."""

PER = re.compile("每[袋瓶盒箱包罐支片件个]|(?<=[a-z0-9升克斤米])一[袋瓶盒箱包罐支件]|一[袋瓶盒箱包罐支件](?=[0-9])")
"""So much in each: a small model puts any number with any box."""

BARE_PRAISE = re.compile("^[一-鿿]{1,4}?[好小高大多快强轻]$")
"""填充好, 尺寸小: said of anything."""

TWICE = re.compile(r"((?=[a-z0-9]*[一-鿿])[一-鿿a-z0-9]{2,6})\1")
STUTTER = re.compile("([用是有的和在了])\\1")
FOR_WHOM = re.compile("^(?:适用|适合|是否|有无)")
FOR_WHAT = tuple(
    (re.compile(said), re.compile(named))
    for said, named in (
        *((f"{season}[天季日]", season) for season in "春夏秋冬"),
        ("孩子|儿童|宝宝|小朋友", "[孩童宝婴幼]"),
        ("老人|长辈", "老[人年]|长辈|爸|妈"),
        ("妈妈|爸爸|父母", "[爸妈父母]"),
        ("孕妇|孕妈", "孕"),
        ("学生", "学生|校园|学院"),
        ("男士", "男"),
        ("女士", "女"),
        ("情侣", "情侣"),
    )
)
"""Whom and when a thing is for, which only the seller knows: as a draft says it, and as the brief must have it then."""

OR_MORE = re.compile(r"(\d+(?:\.\d+)?)[^\d，,]{0,6}?以([上下])")
FITS = re.compile("适|人群|对象|场景|场合|空间|季|部位|肤质|发质|发量|年龄|人数|用途|节|卖点|机型|车型|品牌|型号|风格")
"""Names of attributes whose value a thing is for."""

DETAIL = re.compile("元素|细节|工艺|内部结构|功能")
SELLS_OFFER = re.compile(r"卖[^，,]{0,4}(?:\d+元|第二件|满\d)")
IS_A = re.compile("(?:类型|款式|种类|类别|风格|分类)$")
"""Names of attributes whose value a thing is, not has."""

AN_OFFER = re.compile(r"半价|包邮|满\d+|立?减\d+|打?[\d.一二三四五六七八九]+折|[买赠]一送")
RANGE = re.compile(r"(\d+(?:\.\d+)?)[^\d~～至到、.-]{0,3}[~～至到-](\d+(?:\.\d+)?)")
LOOP = 2


def is_flawed(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """Whether the clause cannot stand; ``facts`` are those that it says."""
    return any(flaw(clause, facts, grounds) for flaw in _FLAWS)


def says_little(bare: str) -> bool:
    """Whether a clause (without marks) is bare praise that fits anything (厨房小)."""
    return bool(BARE_PRAISE.match(bare))


def named_in(clause: str, grounds: Grounds) -> list[str]:
    """The attributes' names that stand in the clause."""
    return [name for name in grounds.names if len(name) > 1 and name in clause]


def _mislabelled(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """An attribute's name with the value of another (包装是59元包邮)."""
    named = [name for name in named_in(clause, grounds) if re.search(f"{re.escape(name)}(?:是|为|：|有)", clause)]
    return bool(named and facts) and not any(name in named for name, _ in facts)


def _of_something_else(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """A fact said of what it is none of: of a plain attribute's name (颜色是水钻), or of a thing not in the brief (皮肤是…)."""
    bare = MARKS.sub("", clause)
    if any(bare.startswith(f"{name}的") for name in LABELS):
        return True
    said = SUBJECT.match(bare)
    if not said or SPEAKERS.search(said.group(1)):
        return False
    subject = said.group(1).rpartition("的")[2]
    label = next((fits for name, fits in LABELS.items() if subject.endswith(name)), "")
    if label:
        return not any(re.search(label, name) for name, _ in facts)
    if not facts:
        return False
    if PARTS & set(subject) and any(PARTS & set(subject) & set(name) or MADE_SO.search(name) for name, _ in facts):
        return False
    thing = subject.removesuffix("子")
    return not any(grounds.covered(subject)) and thing[-1:] not in {kind[-1] for kind in grounds.kinds}


def _of_other_label(clause: str, facts: Sequence[Fact], _: Grounds) -> bool:
    """采用碎花的材质, of a pattern; 黑色面料, of a colour."""
    return any(
        (f"{value}的{label}" in clause or f"{value}{label}" in clause) and not re.search(fits, name)
        for name, value in facts
        for label, fits in LABELS.items()
    )


def _has_what_it_is(clause: str, facts: Sequence[Fact], _: Grounds) -> bool:
    """垃圾桶有收纳桶."""
    return any(f"有{value}" in clause and IS_A.search(name) for name, value in facts)


def _other_stem(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """The stem of an attribute's name (机芯 of 机芯类型) with another attribute's value only (水钻机芯)."""
    for name in grounds.names if facts else ():
        stem = NAME_END.sub("", name)
        said_of = stem in clause and (stem not in grounds.product or re.search(f"{re.escape(stem)}[是为]", clause))
        if len(stem) > 1 and said_of:
            said = [fact[0] for fact in grounds.facts_in(clause.replace(stem, ""))]
            if said and name not in said:
                return True
    return False


def _other_part(clause: str, facts: Sequence[Fact], _: Grounds) -> bool:
    """One part of the thing with the value of another part (鞋底是人造短毛绒, of a lining)."""
    said = PART_IS.match(clause)
    part = PARTS & set(said.group(1)) if said else set()
    of = [PARTS & set(name) for name, _ in facts]
    return bool(part and of) and all(named and not part & named for named in of)


def _loops(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """A word twice in one clause, where the brief has it once (适合手机、手机)."""
    low, words = clause.lower(), Counter(word.lower() for word in cut_words(clause) if len(word) > 1)
    return any(count >= LOOP and grounds.text.count(word) < count for word, count in words.items() if word in low)


def _says_nothing(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """Bare praise, a word twice in a row, or a thing that is what it is (发质是油性发质)."""
    bare = MARKS.sub("", clause).lower()
    if bare in grounds.text:
        return False
    said = SUBJECT.match(bare)
    same = said is not None and said.group(1)[-2:] in bare[said.end() :]
    again = TWICE.search(bare)
    return same or says_little(bare) or (again is not None and again.group() not in grounds.text)


def _called_else(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """The product by the name of another thing (这款柜子, of a clothes rack)."""
    called = CALLED.search(clause) or THING_IS.match(clause)
    name = called.group(1) if called else ""
    kind = name.removesuffix("子")[-1:]
    return bool(name) and name not in ANY_THING and not any(grounds.covered(name)) and kind not in grounds.text


def _bare_label(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """An attribute's name and nothing of what it is."""
    bare = MARKS.sub("", clause)
    whole = grounds.facts_in(clause, whole=True)
    return not whole and len(bare) > 1 and any(name.startswith(bare) for name in grounds.names)


def _other_offer(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """An offer that the seller did not make so (两件半价, of 第二件半价)."""
    offer = AN_OFFER.search(clause)
    if not offer or offer.group() in grounds.without_offer:
        return False
    return not grounds.offer or MARKS.sub("", grounds.offer) not in MARKS.sub("", clause)


def is_guessed(clause: str, grounds: Grounds) -> bool:
    """A denial or promise that is not the seller's own (不用打孔 may be a point, 不锈钢 a material)."""
    bare = MARKS.sub("", clause).lower()
    much = PER.search(bare)
    denied = any(
        said.group() not in grounds.text and not _is_own_word(bare, said.start(), grounds)
        for said in GUESSES.finditer(bare)
    )
    return denied or (
        much is not None and much.group() not in grounds.text and much.group()[-1] + "装" not in grounds.text
    )


def _is_own_word(bare: str, at: int, grounds: Grounds) -> bool:
    """Whether a word of the brief that is more than a negation begins at this place (不锈钢, 无线)."""
    end = 0
    for word in cut_words(bare):
        if end == at:
            return word not in NEGATIONS and word in grounds.text
        end += len(word)
    return False


def _half_range(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """One end of a range as the whole of it (240V of 111V~240V)."""
    return any(
        sum(end in clause for end in (low, high)) == 1 and low not in high and high not in low
        for _, value in grounds.facts
        for low, high in RANGE.findall(value)
    )


def _joined(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """A value with 的 before what another attribute is about (柔顺的发量), or a quantity with a judgement (18db大噪音)."""
    about = [(name, FOR_WHOM.sub("", name)) for name in grounds.names]
    return any(
        re.search(rf"{re.escape(value)}的{re.escape(other[:2])}", clause)
        for own, value in facts
        for name, other in about
        if name != own and len(other) > 1 and other[:2] not in value
    ) or any(
        re.search(rf"{re.escape(value.lower())}[大小高低]", clause.lower()) and any(map(str.isdigit, value))
        for _, value in facts
    )


def _for_others(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """A season or people that the brief does not name."""
    return any(said.search(clause) and not named.search(grounds.text) for said, named in FOR_WHAT)


def _other_bound(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """So much and more, of what the brief has as just so much."""
    return any(
        not re.search(rf"{re.escape(number)}[^\d\n]{{0,6}}以{way}", grounds.text)
        for number, way in OR_MORE.findall(clause)
    )


def _goes_with_itself(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """Trousers to be worn with trousers."""
    ends = re.escape("".join(head[-1] for head in grounds.heads))
    return bool(ends) and bool(re.search(f"[配搭][一-鿿]{{1,3}}?[{ends}](?:[都也和或就更很]|(?![一-鿿]))", clause))


def _fits_what(clause: str, facts: Sequence[Fact], _: Grounds) -> bool:
    """适合 of what nobody is or goes to (适合四季被)."""
    return any(f"适合{value}" in clause and not FITS.search(name) for name, value in facts)


def _is_its_detail(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """The product as its own detail (这款男鞋是车缝线), as its season (现在是秋季), or with its material inside."""
    bare = MARKS.sub("", clause)
    said = SUBJECT.match(bare)
    whole = said is not None and said.group(1).endswith(grounds.heads)
    return any(
        (whole and f"是{value}" in clause and f"{value}的" not in clause and DETAIL.search(name))
        or (f"现在是{value}" in clause and name != OFFER)
        or (f"里有{value}" in clause and "材" in name)
        for name, value in facts
    )


def _sells_offer(clause: str, _: Sequence[Fact], __: Grounds) -> bool:
    """我们店卖59元包邮."""
    return bool(SELLS_OFFER.search(clause))


def _stutters(clause: str, facts: Sequence[Fact], _: Grounds) -> bool:
    """A small word twice (家用用), or an attribute's name run into a value that ends as it does (适合肤质任何肤质)."""
    return bool(STUTTER.search(clause)) or any(
        len(name) > 1 and value.endswith(name[-2:]) and name + value in clause for name, value in facts
    )


def _torn(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """A piece of the product's name that is no word of it."""
    return grounds.is_torn(clause)


_FLAWS = (
    _torn,
    _half_range,
    _other_bound,
    _joined,
    _for_others,
    _goes_with_itself,
    _fits_what,
    _is_its_detail,
    _sells_offer,
    _stutters,
    _says_nothing,
    _mislabelled,
    _of_something_else,
    _other_stem,
    _has_what_it_is,
    _of_other_label,
    _other_part,
    _bare_label,
    _other_offer,
    _loops,
    _called_else,
)
