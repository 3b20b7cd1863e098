"""What is wrong with a clause whatever its words: a label with another's value, a loop, an offer nobody made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from engine.text.grounds import MARKS, Fact, Grounds
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

NAME_END = re.compile("(?:类型|种类|款式|方式|分类|深度|等级|材质)$")
GUESSES = re.compile("(?:[不没无][一-鿿]|会淡化|(?:可以|能)(?:当|做|装|放)|都有$)[一-鿿]{0,2}")
"""What a model says when it denies or promises for want of a fact, with what is denied: known as whole clauses only."""

PER = re.compile("每[袋瓶盒箱包罐支片件个]|(?<=[a-z0-9升克斤米])一[袋瓶盒箱包罐支件]|一[袋瓶盒箱包罐支件](?=[0-9])")
"""So much in each: a small model puts any number with any box."""

BARE_PRAISE = re.compile("^[一-鿿]{1,4}?[好小高大多快强]$")
"""填充好, 尺寸小: said of anything."""

TWICE = re.compile(r"((?=[a-z0-9]*[一-鿿])[一-鿿a-z0-9]{2,6})\1")
IS_A = re.compile("(?:类型|款式|种类|类别|风格|分类)$")
"""Names of attributes whose value a thing is, not has."""

OFFER = re.compile(r"半价|包邮|满\d+|立?减\d+|打?[\d.一二三四五六七八九]+折|[买赠]一送")
LOOP = 2


def is_flawed(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """Whether the clause cannot stand; ``facts`` are those that it says."""
    return any(flaw(clause, facts, grounds) for flaw in _FLAWS)


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
    """采用碎花的材质, of a pattern."""
    return any(
        f"{value}的{label}" in clause and not re.search(fits, name)
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
        if len(stem) > 1 and stem in clause and stem not in grounds.product:
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
    return same or bool(BARE_PRAISE.match(bare)) or (again is not None and again.group() not in grounds.text)


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
    offer = OFFER.search(clause)
    if not offer or offer.group() in grounds.without_offer:
        return False
    return not grounds.offer or MARKS.sub("", grounds.offer) not in MARKS.sub("", clause)


def is_guessed(clause: str, grounds: Grounds) -> bool:
    """A denial or promise that is not the seller's own (不用打孔 may be a point)."""
    bare = MARKS.sub("", clause).lower()
    said, much = GUESSES.search(bare), PER.search(bare)
    return (said is not None and said.group() not in grounds.text) or (
        much is not None and much.group() not in grounds.text and much.group()[-1] + "装" not in grounds.text
    )


def _torn(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """A piece of the product's name that is no word of it."""
    return grounds.is_torn(clause)


_FLAWS = (
    _torn,
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
