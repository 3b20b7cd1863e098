"""Which clauses of a draft stand on something: on the brief, or on how the trade speaks of such a thing.

A small model says given facts well and guesses badly what follows from them ("产地方便"). So each clause is held against
the brief and against ``usage.json.gz``, which counts, over the project's own hand-written copy, which words go with
which attribute, value and kind of product, and which whole clauses (请人下单, 问好, 穿脱方便) are said of what. A clause stays
when everything it says beyond the brief's own words is known to go with the facts of its sentence or with such a
product; what is left out leaves a shorter and plainer text. Nothing is added.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.domain import CHANNELS, Brief, Channel, Form, count_characters
from engine.text.segment import cut_words, tag_words

USAGE_FORMAT = 1
SENTENCES = re.compile(r"[^。！？!?；;~～]+[。！？!?；;~～]*")
CLAUSES = re.compile(r"(?:[^，,：:]|(?<=\d)[:,](?=\d))+[，,：:]*")
MARKS = re.compile(r"[^\w]+")
VALUE_PARTS = re.compile("[、;；/ ,，]")
CLOSING = re.compile(r"[，,：:。！？!?；;~～]+$")
LABEL = re.compile(r"(.{1,16}?)[：:](?=.)")
SHOP = re.compile(r"【[^】]*】")
HAN = re.compile("[一-鿿]")
NEGATIONS = ("不能", "不会", "没有", "不用", "不", "没", "别", "无", "未")
CALLS = re.compile(
    "链接|下单|看看|客服|留言|私信|联系|说一声|选购|咨询|选一|大家好|您好|各位好|姐妹们|欢迎|直播间|拒收"
)
"""What greets a buyer or asks for the order: may stand without a fact."""

GREETING = re.compile("(?:大家好|哈喽|各位好|您好)[^，。！!]{0,4}[，。！!]")

MANY_PRODUCTS = 8
"""A greeting or call that is said of so many kinds of products is said of any."""

CALLED = re.compile(
    "[这那一](?:款|件|台|双|个|条|把|支|瓶|盒|套|种|只|副|张|床)([一-鿿]{1,6}?)(?:[是有的到，,。：:]|$)"
)
THING_IS = re.compile("([裤裙鞋帽柜桌椅杯被袜靴]子)(?:是|有|的)")
ANY_THING = frozenset("产品 商品 东西 好物 宝贝 款 设计 礼物".split())
"""What every product may be called."""

PARTS = frozenset("底面帮里料带壳盘胆垫筒盖座脚腿领袖檐片框罩身毛柄襟腰跟")
"""Characters that name a part of a thing, in an attribute's name and in a clause."""

PART_IS = re.compile("([一-鿿]{2,3})(?:是|为)")
GUESSES = re.compile("[不没]那么|会淡化|就不会|不用")
"""What a model says when it denies or promises for want of a fact: known as whole clauses only."""

OFFER = re.compile(r"半价|包邮|满\d+|立?减\d+|打?[\d.一二三四五六七八九]+折|[买赠]一送")
UNENDED = re.compile("(?:时|时候|的话|如果|因为|为了|以及|和|或)[，,]?$")
"""A clause that waits for another one."""

OVERLAP = 0.6
"""A sentence of which so much stands in the text already is not put into it."""

BRANDS = ("店名", "店铺", "品牌")

LOOP = 2
KNOWN_VALUE = re.compile("[一-鿿]{2,6}")

Fact = tuple[str, str]
"""An attribute's name and one part of its value."""


class Grounds:
    """A brief as clauses are held against it."""

    def __init__(self, brief: Brief) -> None:
        self.names = tuple(attribute.name for attribute in brief.attributes)
        self.facts = tuple(_facts(brief))
        strings = (brief.product, brief.category, *self.names, *(value for _, value in self.facts))
        self.text = "\n".join(strings).lower()
        self.kinds = kinds_of(brief)
        self.category, self.offer, self.product = brief.category, brief.offer, brief.product
        self.brand = next((_han_name(a.value) for name in BRANDS for a in brief.attributes if a.name == name), "")
        self._parts = frozenset(value.lower() for _, value in self.facts)
        self._characters = frozenset(brief.product.lower())

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

    def facts_in(self, clause: str, *, whole: bool = False) -> list[Fact]:
        """The facts that a clause says: whole, or (unless ``whole``) half of the value in one run."""
        low = clause.lower()
        return [(n, v) for n, v in self.facts if v.lower() in low or (not whole and _half_said(v.lower(), low))]

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


def kinds_of(brief: Brief) -> tuple[str, ...]:
    """The nouns of the product's name, and its category: what kind of thing it may be."""
    nouns = (word for word, flag in tag_words(brief.product) if flag.startswith(("n", "vn")) and len(word) > 1)
    return tuple(dict.fromkeys([*nouns, *([brief.category] if brief.category else [])]))


def _facts(brief: Brief) -> Iterator[Fact]:
    for attribute in brief.attributes:
        for part in VALUE_PARTS.split(attribute.value):
            if part.strip():
                yield attribute.name, part.strip()
    yield from (("卖点", point) for point in brief.points)
    yield from ((name, text) for name, text in (("优惠", brief.offer), ("人群", brief.audience)) if text)


def _han_name(value: str) -> str:
    """恒洁 of Hegii/恒洁."""
    parts = [part.strip() for part in re.split("[/（(]", value)]
    return next((part for part in parts if HAN.search(part)), parts[0])


def _half_said(value: str, clause: str) -> bool:
    size = max(2, (len(value) + 1) // 2)
    return len(value) >= 3 and any(value[at : at + size] in clause for at in range(len(value) - size + 1))


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
        data: dict[str, Any] = {"format": USAGE_FORMAT}
        data |= {part: {key: words.strip() for key, words in sorted(getattr(self, part).items())} for part in _PARTS}
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


class Grounder:
    """Leaves out of a draft what stands on nothing; reads its counts at the first draft."""

    def __init__(self, lexicons: Path) -> None:
        self._lexicons = lexicons

    @cached_property
    def _usage(self) -> Usage:
        return Usage.read(self._lexicons / "usage.json.gz")

    @cached_property
    def _glue(self) -> frozenset[str]:
        return frozenset((self._lexicons / "glue.txt").read_text(encoding="utf-8").split())

    def ground(self, text: str, brief: Brief, channel: Channel) -> str:
        """``text`` without the clauses that stand on nothing; "" when none stands. Titles stay as they are."""
        form = CHANNELS[channel].form
        if form is Form.ONE_LINE:
            return text
        grounds, said, lines = Grounds(brief), _Said(), []
        for number, line in enumerate(text.split("\n")):
            if form is Form.LABELLED_LINES or (form is Form.NOTE and number == 1):
                said = _Said()
            body, mark, topics = line.partition("#")
            lines += [part for part in (body and self._line(body.rstrip(), grounds, said, form), mark + topics) if part]
        return "\n".join(_with_lines(lines, form)) if any(not line.startswith("#") for line in lines) else ""

    def complete(self, text: str, others: Sequence[str], brief: Brief, channel: Channel) -> str:
        """A text below its channel's shortest length with what it lacks from ``others`` (grounded drafts of the brief).

        First one that names the product, if nothing does; then whole sentences (lines, where the form has such) with facts that it does not say, then such as
        say more of those that it says; they come before the closing call. As it was where nothing fits.
        """
        spec, grounds = CHANNELS[channel], Grounds(brief)
        divide = _DIVIDERS.get(spec.form)
        if divide is None:
            return text
        text = _naming(text, [unit for other in others for unit in divide(other)], grounds, spec.form)
        for fits in (self._says_new_facts, self._says_more):
            for unit in (unit for other in others for unit in divide(other)):
                if count_characters(text) >= spec.min_length:
                    return text
                if not CALLS.search(unit) and not _stands_in(unit, text) and fits(unit, text, grounds):
                    text = _insert(divide(text), unit, spec.form)
        return text

    def _says_new_facts(self, unit: str, text: str, grounds: Grounds) -> bool:
        return bool(set(grounds.facts_in(unit, whole=True)) - set(grounds.facts_in(text, whole=True)))

    def _says_more(self, unit: str, text: str, grounds: Grounds) -> bool:
        more = self._more(unit, grounds)
        return bool(more) and not any(word in text for word in more)

    def _line(self, line: str, grounds: Grounds, said: _Said, form: Form) -> str:
        head = LABEL.match(line) if form is Form.LABELLED_LINES else SHOP.match(line)
        lead = head.group() if head else ""
        if head and form is Form.MESSAGE and grounds.brand:
            lead = f"【{grounds.brand}】"
        if head and form is Form.LABELLED_LINES and not self._stands(head.group(1), [], grounds):
            return ""
        rest = "".join(self._sentence(s, grounds, said) for s in SENTENCES.findall(line[len(lead) :]))
        return lead + rest if rest else ""

    def _sentence(self, sentence: str, grounds: Grounds, said: _Said) -> str:
        facts: list[Fact] = []
        kept = []
        for clause in CLAUSES.findall(sentence):
            if self._stands(clause, facts, grounds) and said.is_new(clause, grounds, self._more(clause, grounds)):
                kept.append(clause)
                facts += grounds.facts_in(clause)
        while kept and UNENDED.search(MARKS.sub("", kept[-1])):
            kept.pop()
        closing = CLOSING.search(sentence)
        return CLOSING.sub("", "".join(kept)) + (closing.group() if closing else "") if kept else ""

    def _more(self, clause: str, grounds: Grounds) -> list[str]:
        return [word for word in grounds.extra_words(clause) if word not in self._glue]

    def _stands(self, clause: str, before: Sequence[Fact], grounds: Grounds) -> bool:
        bare, facts = MARKS.sub("", clause), grounds.facts_in(clause)
        if not bare or self._is_said_so(bare, grounds):
            return True
        if GUESSES.search(clause) or any(flaw(clause, facts, grounds) for flaw in _FLAWS):
            return False
        more = self._more(clause, grounds)
        named = [] if facts else _named(clause, grounds)
        about = [fact for fact in before if fact[0] in named] if named else facts or before
        kinds = () if named else grounds.kinds
        if not all(self._usage.goes_with(word, about, kinds) for word in more):
            return False
        return bool(facts) or any(grounds.covered(clause)) or (not more and bool(CALLS.search(bare)))

    def _is_said_so(self, bare: str, grounds: Grounds) -> bool:
        kinds = self._usage.says_of(bare)
        return bool(kinds & set(grounds.kinds)) or (len(kinds) >= MANY_PRODUCTS and bool(CALLS.search(bare)))


class _Said:
    """What a text has said so far."""

    def __init__(self) -> None:
        self._things: set[tuple[str, ...]] = set()
        self._facts: set[Fact] = set()
        self._names = ""

    def is_new(self, clause: str, grounds: Grounds, more: Sequence[str]) -> bool:
        """Whether the clause says something that was not said; it is taken as said now."""
        bare, facts = MARKS.sub("", clause), set(grounds.facts_in(clause, whole=True))
        own = _own_part(bare, grounds)
        thing = (own, *more) if own or more else (bare,)
        again = thing in self._things or (not more and bool(facts) and facts <= self._facts)
        if not again and not facts and not more and not CALLS.search(bare):
            again = bool(self._names) and (own in self._names or "是" in bare)
        if not again:
            self._things.add(thing)
            self._facts |= facts
            self._names += own + "\n"
        return not again


def _naming(text: str, units: Sequence[str], grounds: Grounds, form: Form) -> str:
    """The text with a unit before it that names the product, if it does not; with its category where none does."""
    names = [kind for kind in grounds.kinds if not any(kind in value for _, value in grounds.facts)]
    if not names or any(name in text for name in names):
        return text
    naming = next((unit for unit in units if any(name in unit for name in names)), "")
    if naming:
        greeted = GREETING.sub("", text) if GREETING.match(naming) else text
        return naming + _joint(form) + greeted
    return f"{grounds.category}，{text}" if grounds.category and form is Form.PARAGRAPHS else text


def _stands_in(unit: str, text: str) -> bool:
    """Whether the text has most of a sentence already; topics are never borrowed."""
    bare = MARKS.sub("", unit)
    pairs = [bare[at : at + 2] for at in range(len(bare) - 1)]
    return unit.startswith("#") or sum(pair in text for pair in pairs) > OVERLAP * len(pairs)


def _insert(units: list[str], unit: str, form: Form) -> str:
    """The units with one more, before those that close the text (topics, a call)."""
    at = len(units)
    while at > 1 and (units[at - 1].startswith("#") or CALLS.search(units[at - 1])):
        at -= 1
    if form in (Form.PARAGRAPHS, Form.NOTE) and units[at - 1][-1:] not in "。！？!?~～\n":
        units[at - 1] += "\n" if form is Form.NOTE and at == 1 else "。"
    return _joint(form).join([*units[:at], unit, *units[at:]])


def _joint(form: Form) -> str:
    return "\n" if form in (Form.SHORT_LINES, Form.LABELLED_LINES) else ""


def _sentences(text: str) -> list[str]:
    lines = text.split("\n")
    parts = [
        piece for line in lines for piece in [*([line] if line.startswith("#") else SENTENCES.findall(line)), "\n"]
    ][:-1]
    units: list[str] = []
    for part in parts:
        if part == "\n" and units:
            units[-1] += part
        elif part != "\n":
            units.append(part)
    return units


_DIVIDERS: dict[Form, Callable[[str], list[str]]] = {
    Form.PARAGRAPHS: _sentences,
    Form.NOTE: _sentences,
    Form.SHORT_LINES: str.splitlines,
    Form.LABELLED_LINES: str.splitlines,
}


def _own_part(bare: str, grounds: Grounds) -> str:
    return "".join(c for c, flag in zip(bare, grounds.covered(bare), strict=True) if flag)


def _mislabelled(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """An attribute's name with the value of another (包装是59元包邮)."""
    named = [name for name in _named(clause, grounds) if re.search(f"{re.escape(name)}(?:是|为|：|有)", clause)]
    return bool(named and facts) and not any(name in named for name, _ in facts)


def _named(clause: str, grounds: Grounds) -> list[str]:
    return [name for name in grounds.names if len(name) > 1 and name in clause]


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


def _called_else(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """The product by the name of another thing (这款柜子, of a clothes rack)."""
    called = CALLED.search(clause) or THING_IS.match(clause)
    name = called.group(1) if called else ""
    kind = name.removesuffix("子")[-1:]
    return bool(name) and name not in ANY_THING and not any(grounds.covered(name)) and kind not in grounds.text


def _bare_label(clause: str, facts: Sequence[Fact], grounds: Grounds) -> bool:
    """An attribute's name and nothing of what it is."""
    return not facts and MARKS.sub("", clause) in grounds.names


def _other_offer(clause: str, _: Sequence[Fact], grounds: Grounds) -> bool:
    """An offer that the seller did not make so (两件半价, of 第二件半价)."""
    offer = OFFER.search(clause)
    if not offer or offer.group() in grounds.product:
        return False
    return not grounds.offer or MARKS.sub("", grounds.offer) not in MARKS.sub("", clause)


_FLAWS = (_mislabelled, _other_part, _bare_label, _other_offer, _loops, _called_else)


def _with_lines(lines: list[str], form: Form) -> list[str]:
    """Lines that were lost by leaving clauses out are won back by dividing the longest ones."""
    wanted = {Form.THREE_LINES: 3, Form.SHORT_LINES: 4}.get(form, 0)
    while len(lines) < wanted:
        longest = max(range(len(lines)), key=lambda at: len(lines[at]) if "，" in lines[at] else 0, default=-1)
        if longest < 0 or "，" not in lines[longest]:
            break
        first, _, rest = lines[longest].partition("，")
        lines[longest : longest + 1] = [first, rest]
    return lines
