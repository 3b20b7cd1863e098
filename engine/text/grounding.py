"""Which clauses of a draft stand on something: on the brief, or on how the trade speaks of such a thing.

A small model says given facts well and guesses badly what follows from them ("产地方便"). So each clause is held against
the brief and against ``usage.json.gz``, which counts over shop copy which words go with which attribute, value and kind of
product, and which whole clauses (请人下单, 问好, 穿脱方便) are said of what; and against ``shapes.bin``, which knows how plain
copy speaks of which attribute (采用·设计 of 款式). A clause stays when everything it says beyond the brief's own words is known
to go with the facts of its sentence or with such a product, and when it speaks of them in a known way. What is left out leaves a shorter
and plainer text; a too short one is completed from other drafts so grounded, and signed and named by the brief.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from engine.domain import CHANNELS, LEAST_LINES, Brief, Channel, Form
from engine.text.flaws import FOR_WHOM, is_flawed, is_guessed, named_in, says_little
from engine.text.grounds import CLAUSES, MARKS, OFFER, SENTENCES, VALUE_PARTS, Fact, Grounds, Shapes, Usage, grounds_of
from engine.text.segment import cut_words

CLOSING = re.compile(r"[，,：:。！？!?；;~～]+$")
LABEL = re.compile(r"(.{1,16}?)[：:](?=.)")
SHOP = re.compile(r"【[^】]*】")
CALLS = re.compile(
    "链接|下单|看看|客服|留言|私信|联系|说一声|选购|咨询|选一|大家好|您好|各位好|姐妹们|欢迎|直播间|拒收"
)
"""What greets a buyer or asks for the order: may stand without a fact."""

GREETING = re.compile("(?:大家好|哈喽|各位好|您好)[^，。！!]{0,4}[，。！!]")
MANY_PRODUCTS = 8
"""A greeting or call that is said of so many kinds of products is said of any."""

UNENDED = re.compile("(?:时|时候|的话|如果|因为|为了|以及|和|或)[，,]?$")
"""A clause that waits for another one."""

AGAIN = re.compile(r"([一-鿿])\1+")
TITLE_ROOM = CHANNELS[Channel.TITLE].max_length
COMES_IN_PAIRS = re.compile("[鞋靴袜筷]|手套|拖$")
A_PAIR = re.compile("([这一])双(?!层|面|色|头|人|肩|门|核|卡|频|开)")

NAMED_FIRST = (Form.PARAGRAPHS, Form.THREE_LINES)
SHORT_LABEL = 6
"""Characters of an attribute's name that reads as a label of a line."""

PLAIN_NAME = re.compile("(?!按|是否|有无)[一-鿿]{2,6}")
PLAIN_VALUE = re.compile(r"[\w、.%°×~+-]{1,24}")
"""An attribute's name and value that make a sentence."""

ANY_SENDER = "本店"
"""Who a message is from, where the brief names no shop or brand."""

ANY_TOPIC = re.compile("推荐|分享|好物|日常|穿搭|测评|生活|清单|攻略|必备|今日|一起|护肤|美食|家居|开箱")
"""What a topic may say of any product."""

OVERLAP = 0.6
"""A sentence of which so much stands in the text already is not put into it."""


_Divider = Callable[[str], list[str]]
"""Cuts a text into the units that its form is made of: sentences or lines."""


class Grounder:
    """Leaves out of a draft what stands on nothing; reads its counts at the first draft."""

    def __init__(self, lexicons: Path) -> None:
        self._lexicons = lexicons

    @cached_property
    def _usage(self) -> Usage:
        return Usage.read(self._lexicons / "usage.json.gz")

    @cached_property
    def _shapes(self) -> Shapes:
        return Shapes.read(self._lexicons / "shapes.bin")

    @cached_property
    def _glue(self) -> frozenset[str]:
        return frozenset((self._lexicons / "glue.txt").read_text(encoding="utf-8").split())

    def ground(self, text: str, brief: Brief, channel: Channel, *, leniently: bool = False) -> str:
        """``text`` without the clauses that stand on nothing; "" when none stands. A title keeps the brief's words, each once.

        Args:
            leniently: let stand what is usual of any thing in the product's name, not of the product alone: for a brief
                that says so little that otherwise nothing would be left.
        """
        form, grounds = CHANNELS[channel].form, grounds_of(brief)
        if form is Form.ONE_LINE:
            return _title(text, grounds)
        said, lines, topics = _Said(leniently), [], []
        if not any(COMES_IN_PAIRS.search(head) for head in grounds.heads):
            text = A_PAIR.sub(r"\1款", text)
        for number, line in enumerate(text.split("\n")):
            if form is Form.LABELLED_LINES or (form is Form.NOTE and number == 1):
                said = _Said(leniently)
            body, _, own_topics = line.partition("#")
            topics += _topics(own_topics, grounds)
            lines.append(self._line(body.rstrip(), grounds, said, form) if body else "")
        lines = _with_lines([line for line in lines if line], form)
        return "\n".join([*lines, *([" ".join(dict.fromkeys(topics))] if topics else [])]) if lines else ""

    def complete(self, text: str, others: Sequence[str], brief: Brief, channel: Channel, least: int = 0) -> str:
        """A short text (``ChannelSpec.is_short``) with what it lacks from ``others`` (grounded drafts of the brief).

        First one that names the product, if nothing does; then whole sentences (lines, where the form has such) with facts
        that it does not say, then such as say more of those that it says; they come before the closing call. What is
        lacking still is told from the brief's list of attributes.
        """
        spec, grounds = CHANNELS[channel], grounds_of(brief)
        divide = _DIVIDERS.get(spec.form)
        if divide is None:
            return text
        text = _naming(text, [unit for other in others for unit in divide(other)], grounds, spec.form, divide)
        for fits in (self._says_new_facts, self._says_more):
            for unit in (unit for other in others for unit in divide(other)):
                if (
                    spec.is_short(text, least)
                    and not CALLS.search(unit)
                    and not _stands_in(unit, text)
                    and fits(unit, text, grounds)
                ):
                    text = _insert(divide(text), unit, spec.form)
        for name, value in (*grounds.attributes, *([(OFFER, grounds.offer)] if grounds.offer else [])):
            unit = _fact_unit(name, value, spec.form)
            if unit and spec.is_short(text, least) and not _says_any(value, text):
                text = _insert(divide(text), unit, spec.form)
        return text

    def _says_new_facts(self, unit: str, text: str, grounds: Grounds) -> bool:
        label = LABEL.match(unit)
        if label and f"\n{label.group()}" in f"\n{text}":
            return False
        return bool(set(grounds.facts_in(unit, whole=True)) - set(grounds.facts_in(text, whole=True)))

    def _says_more(self, unit: str, text: str, grounds: Grounds) -> bool:
        more = self._more(unit, grounds)
        return bool(more) and not any(word in text for word in more)

    def _line(self, line: str, grounds: Grounds, said: _Said, form: Form) -> str:
        head = LABEL.match(line) if form is Form.LABELLED_LINES else SHOP.match(line)
        lead = head.group() if head else ""
        if form is Form.MESSAGE:
            lead = f"【{grounds.brand or ANY_SENDER}】"
        if head and form is Form.LABELLED_LINES and not self._stands(head.group(1), [], grounds):
            return ""
        body = line[head.end() :] if head else line
        rest = "".join(self._sentence(s, grounds, said) for s in SENTENCES.findall(body))
        if form is Form.MESSAGE and rest and not any(kind[-2:] in rest.lower() for kind in grounds.heads):
            rest = f"{grounds.short_name}，{rest}" if grounds.short_name else rest
        if head and form is Form.LABELLED_LINES and _is_empty_line(head.group(1), rest, grounds):
            return ""
        return lead + rest if rest else ""

    def _sentence(self, sentence: str, grounds: Grounds, said: _Said) -> str:
        facts: list[Fact] = []
        kept = []
        for clause in CLAUSES.findall(sentence):
            if clause.startswith("想") and not sentence.rstrip().endswith(("？", "?")) and not CALLS.search(sentence):
                continue  # 想通勤。 asks nobody
            if self._stands(clause, facts, grounds, said.leniently):
                facts += grounds.facts_in(clause)
                if said.is_new(clause, grounds, self._more(clause, grounds)):
                    kept.append(clause)
        while kept and UNENDED.search(MARKS.sub("", kept[-1])):
            kept.pop()
        closing = CLOSING.search(sentence)
        return CLOSING.sub("", "".join(kept)) + (closing.group() if closing else "") if kept else ""

    def _more(self, clause: str, grounds: Grounds) -> list[str]:
        return [word for word in grounds.extra_words(clause) if word not in self._glue]

    def _stands(self, clause: str, before: Sequence[Fact], grounds: Grounds, leniently: bool = False) -> bool:
        bare, facts = MARKS.sub("", clause), grounds.facts_in(clause)
        if not bare:
            return True
        if is_guessed(clause, grounds) and not CALLS.search(bare):
            return False
        if not says_little(bare) and self._is_said_so(bare, grounds.kinds if leniently else grounds.heads):
            return True
        if is_flawed(clause, facts, grounds):
            return False
        more = self._more(clause, grounds)
        named = [] if facts else named_in(clause, grounds)
        about = [fact for fact in before if fact[0] in named] if named else facts or before
        kinds = () if named else grounds.kinds
        if not all(self._usage.goes_with(word, about, kinds) for word in more):
            return False
        if more and not self._shapes.knows(grounds.shape(clause), facts, before):
            return False
        if facts or (leniently and any(grounds.covered(clause))):
            return True
        if more:
            return bool(self._usage.says_of(bare)) and all(self._usage.goes_with(word, before, ()) for word in more)
        return bool(CALLS.search(bare)) or grounds.is_named(clause)

    def _is_said_so(self, bare: str, things: Sequence[str]) -> bool:
        kinds = self._usage.says_of(bare)
        return bool(kinds & set(things)) or (len(kinds) >= MANY_PRODUCTS and bool(CALLS.search(bare)))


class _Said:
    """What a text has said so far; ``leniently`` as ``Grounder.ground``."""

    def __init__(self, leniently: bool) -> None:
        self.leniently = leniently
        self._things: set[tuple[str, ...]] = set()
        self._facts: set[Fact] = set()
        self._names = ""

    def is_new(self, clause: str, grounds: Grounds, more: Sequence[str]) -> bool:
        """Whether the clause says something that was not said; it is taken as said now."""
        bare, facts = MARKS.sub("", clause), set(grounds.facts_in(grounds.without_name(clause)))
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


def _is_empty_line(label: str, rest: str, grounds: Grounds) -> bool:
    """A line that repeats its label (手持式：手持式。), or tells of something else (中式风格：适合6人。 平价：保质期3年。)."""
    of, told = set(grounds.facts_in(label)), set(grounds.facts_in(rest))
    bare = MARKS.sub("", rest).removesuffix("的")
    if bare in MARKS.sub("", label) or (of and told and not of & told):
        return True
    named = any(map(label.endswith, grounds.heads)) or label in grounds.names or grounds.product.startswith(label)
    return not named and not CALLS.search(rest) and not of & told and not any(two in rest for two in _pairs(label))


def _topics(topics: str, grounds: Grounds) -> list[str]:
    """The topics that are of this product: in the brief's words, but for what any topic may say."""
    found = (topic.strip() for topic in topics.split("#"))
    return [f"#{topic}" for topic in found if topic and all(grounds.covered(ANY_TOPIC.sub("", topic)))]


def _title(text: str, grounds: Grounds) -> str:
    """The title without words that the brief does not have, and without those that it has said."""
    flags, kept, at = grounds.covered(text), "", 0
    for word in cut_words(text):
        own, at = flags[at : at + len(word)], at + len(word)
        if not MARKS.fullmatch(word) and (not any(own) or (len(word) > 1 and word in kept)):
            continue
        if len(kept) + len(word) > TITLE_ROOM:
            break
        kept += word
    kept = AGAIN.sub(lambda again: again.group() if again.group() in grounds.text else again.group(1), kept)
    return re.sub(r"\s+", " ", kept).strip()


def _naming(text: str, units: Sequence[str], grounds: Grounds, form: Form, divide: _Divider) -> str:
    """The text with a unit before it that names the product, if it does not; with its category where none does.

    What that unit says is not said once more.
    """
    names = [kind for kind in grounds.kinds if not any(kind in value for _, value in grounds.facts)]
    if not names or any(name in text for name in names):
        return text
    naming = next((u for u in units if any(name in u for name in names) and not u.startswith("#")), "")
    if naming and form is not Form.THREE_LINES:
        greeted = GREETING.sub("", text) if GREETING.match(naming) else text
        told = set(grounds.facts_in(naming))
        rest = [u for u in divide(greeted) if not _stands_in(u, naming) and not _only_says(told, u, grounds)]
        return _joint(form).join([naming, *rest])
    joint = "：" if CALLS.search(text.split("。")[0]) else "，"
    return grounds.short_name + joint + text if grounds.short_name and form in NAMED_FIRST else text


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]


def _stands_in(unit: str, text: str) -> bool:
    """Whether the text has most of a sentence already; topics are never borrowed."""
    pairs = _pairs(MARKS.sub("", unit))
    return unit.startswith("#") or sum(pair in text for pair in pairs) > OVERLAP * len(pairs)


def _only_says(told: set[Fact], unit: str, grounds: Grounds) -> bool:
    facts = set(grounds.facts_in(unit))
    return bool(facts) and facts <= told


def _says_any(value: str, text: str) -> bool:
    return any(part.lower() in text.lower() for part in VALUE_PARTS.split(value) if part)


def _fact_unit(name: str, value: str, form: Form) -> str:
    """What the seller's own list of attributes says, as one unit of the form; "" for a name that no sentence would hold."""
    if form is Form.LABELLED_LINES:
        return f"{name}：{value}" if len(name) <= SHORT_LABEL else ""
    if name == OFFER:
        return value + ("" if form is Form.THREE_LINES else "。")
    name = name.removesuffix("分类")
    if not (PLAIN_NAME.fullmatch(name) and PLAIN_VALUE.fullmatch(value)) or name[-2:] in value:
        return ""
    said = f"适合{value}" if FOR_WHOM.match(name) else f"{name}是{value}"
    return said + ("" if form is Form.THREE_LINES else "。")


def _insert(units: list[str], unit: str, form: Form) -> str:
    """The units with one more, before those that close the text (topics, a call)."""
    at = len(units)
    if not at:
        return unit
    while at > 1 and (units[at - 1].startswith("#") or CALLS.search(units[at - 1])):
        at -= 1
    if form in (Form.PARAGRAPHS, Form.NOTE) and units[at - 1][-1:] not in "。！？!?~～\n":
        units[at - 1] += "\n" if form is Form.NOTE and at == 1 else "。"
    if units[at:] and units[at].startswith("#"):
        unit = unit.rstrip("\n") + "\n"
    return _joint(form).join([*units[:at], unit, *units[at:]])


def _joint(form: Form) -> str:
    return "\n" if form in (Form.SHORT_LINES, Form.THREE_LINES, Form.LABELLED_LINES) else ""


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


_DIVIDERS: dict[Form, _Divider] = {
    Form.PARAGRAPHS: _sentences,
    Form.NOTE: _sentences,
    Form.SHORT_LINES: str.splitlines,
    Form.THREE_LINES: str.splitlines,
    Form.LABELLED_LINES: str.splitlines,
}


def _own_part(bare: str, grounds: Grounds) -> str:
    return "".join(c for c, flag in zip(bare, grounds.covered(bare), strict=True) if flag)


def _with_lines(lines: list[str], form: Form) -> list[str]:
    """Lines that were lost by leaving clauses out are won back by dividing the longest ones."""
    wanted = {Form.THREE_LINES: LEAST_LINES, Form.SHORT_LINES: 4}.get(form, 0)
    while len(lines) < wanted:
        longest = max(range(len(lines)), key=lambda at: len(lines[at]) if "，" in lines[at] else 0, default=-1)
        if longest < 0 or "，" not in lines[longest]:
            break
        first, _, rest = lines[longest].partition("，")
        lines[longest : longest + 1] = [first, rest]
    return lines
