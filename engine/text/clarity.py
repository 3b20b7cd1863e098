"""What in a text can be misunderstood: each ambiguity is named where it stands.

Named are pronouns without an antecedent, offers without an object, numbers without a unit, numbers that contradict
each other, sentences over 60 characters, limited offers without a date, vague amounts and open promises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from engine.domain.brief import Brief
from engine.domain.finding import Finding, FindingKind, Severity
from engine.text.quantities import COUNT, find_quantities

MAX_SENTENCE = 60
LOOK_BACK = 60
ENOUGH_SAID = 0.3
MAX_PRONOUNS = 2
CONDITION = re.compile(
    r"不含|不在|不可|不能|不同享|另(?:收|购|售|算|配|计)|仅|限|需|自备|自理|除外|开封后|前提|以内|之前|按[^，。、]{1,6}[计算付换]|每[^，。、]{0,3}限|起算|分\d+|共享|解冻后|均可|里层|不参加|不再"
)
QUOTED = re.compile(r"[“\"「][^”\"」\n]{1,60}[”\"」]")
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
PRONOUN = re.compile(
    r"它们?(?!山)|这[款个件种东](?:西|产品|东西)?(?![一-鿿]{0,6}(?:时候|季节|问题|价|月|周末|夏|冬|春|秋|点|活动|店|人|年|节))|那[款个件]|该(?:产品|款|商品)|此(?:款|产品)"
)
NOUN_AFTER = re.compile(r"^(?:[一-鿿]{1,8})")
OFFER = re.compile(
    r"买[一二三四五1-9](?:件|个|瓶|盒|袋|条|箱|组)?送[一二三四五1-9](?:件|个|瓶|盒|袋|条|箱|组)?(?![一-鿿]{0,3}[条盒瓶袋件])|买就送|下单(?:就|即)?(?:送|有)(?:好礼|礼|赠品)|送(?:好礼|豪礼|大礼包|礼品|赠品|礼物|的(?:也|和))|"
    r"第[二2][件双条瓶盒份](?:半价|打折|优惠)|全场[^，。]{0,3}(?:半价|\d折)|买就送|满减|有(?:优惠|折扣|活动|惊喜)|打折|特价|搞活动|会员(?:还有)?(?:折扣|优惠)|更优惠|优惠多多|包换|随便[换退]|可以[换退]|包退|全包|都包|免费[^，。！？\n]{0,4}"
)
OFFER_OBJECT = re.compile(
    r"(?:送|赠)[^，。！？\n]{0,3}(?:\d|[一二三四五六七八九十两半])[^，。！？\n]{0,3}(?:[一-鿿]{2,})"
)
LIMITED = re.compile(r"限时|限量|最后几天|活动(?:期间|中|来了|开始)|近期|即日起|送完为止|先到先得|抓紧|手慢|数量有限")
DATE = re.compile(
    r"\d{1,2}\s?[月.]\s?\d{1,2}|\d+[日号]|今[天晚日]|明[天日]|本[周月]|周[一二三四五六日末]|\d+点|\d+天|止|前\d+|限\d+"
)
VAGUE = re.compile(
    r"很多|好多|多款|多种|若干|几[天次个片节种](?!？)|大概|左右都|一段时间|好久|能用很久|够用|一阵子|超多|好几|一个多月|个把月|各种|全部都|什么都|都[能行可]|随便|任何|所有|人人|一家老小|大人小孩|不管|怎么[^，。]{0,3}都|到处|尽快|很快|马上就?到|过几天|过一会儿|几下|懂的都懂|长度随意|全都|直接(?:带走|用|能)|就能[用睡戴穿]|怎么用都|慢慢吃就行|都赔|都有|改到你?满意|有礼物|便宜(?:卖|，|的)|说不定|可能(?:吧|有点)|吧可能"
)
OPEN_PROMISE = re.compile(
    r"保证|(?<![一-鿿])包[换退赔修活会你您]|包(?:教|治|满意|好用)|放心[一-鿿]{1,2}|绝[不对]|一定(?!要|备注|放)|永久|终身|永远|(?<!也)不会(?:坏|变|掉|裂|漏|断|黄|臭)|下雨(?:天)?不怕|下水没事|坏了(?:都)?(?:赔|换)|见效|有效果|一次付费|质量(?:有|没)|效果(?:很|特别|非常)?好|学不会|全额退|没问题|都好"
)
DURATION = re.compile(
    r"(?:能用|可用|够用|用得?|够|撑|续航|亮|管|可以用|喝|吃)(?:上|了)?(?:[一两二三四五六七八九十半几]+|\d+(?:\.\d+)?)(?:个?多?)?(?:天|个月|月|周|年|小时|晚|次|杯)"
)
BARE_NUMBER_AFTER = re.compile(r"^(?:的|，|。|！|,|$|、|、|；|\s)")
Check = Callable[[str, Brief | None], Iterator[Finding]]


def find_ambiguities(text: str, brief: Brief | None = None) -> tuple[Finding, ...]:
    """Everything in ``text`` that a buyer may misread, in order of start."""
    found = [finding for check in CHECKS for finding in check(text, brief)]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule)))


def _pronouns(text: str, brief: Brief | None) -> Iterator[Finding]:
    """A pronoun in a sentence before which, or in which, no noun of the product stands."""
    names = _product_words(brief)
    crowded = text.count("它") > MAX_PRONOUNS
    for match in PRONOUN.finditer(text):
        word = match.group()
        before = text[max(0, match.start() - LOOK_BACK) : match.start()]
        named = any(name in before for name in names)
        shown = word not in ("它", "它们") and bool(NOUN_AFTER.match(text[match.end() : match.end() + 3]))
        if (not named or (crowded and word == "它")) and not shown:
            yield _made(text, match.start(), match.end(), "clarity.pronoun", f"“{word}”指什么，前面没有说清")


def _product_words(brief: Brief | None) -> tuple[str, ...]:
    if brief is None:
        return ()
    letters = re.findall(r"[一-鿿]{2,}", brief.product)
    pairs = {word[i : i + 2] for word in letters for i in range(len(word) - 1)}
    return tuple(sorted(pairs))


def _offers(text: str, _: Brief | None) -> Iterator[Finding]:
    for match in OFFER.finditer(text):
        around = text[match.start() : match.end() + 10]
        if OFFER_OBJECT.search(around[len(match.group()) - 2 :]) or _asked_or_quoted(text, match.start(), match.end()):
            continue
        yield _made(
            text, match.start(), match.end(), "clarity.offer", f"“{match.group()}”没有写清是什么、多少、什么条件"
        )


def _conditions(text: str, brief: Brief | None) -> Iterator[Finding]:
    """A condition of the brief (仅限, 另收, 不含 …) on a thing that the text speaks of without its condition."""
    for name, value in [*((a.name, a.value) for a in brief.attributes), ("优惠", brief.offer)] if brief else ():
        for piece in re.split(r"[，,；;。、（）()]", value):
            condition = CONDITION.search(piece)
            if condition is None or _overlap(piece, text) >= ENOUGH_SAID:
                continue
            if _overlap(name + value.replace(piece, ""), text) > 0 or name == "优惠":
                end = len(text)
                reason = f"“{name}”的条件没有写到：{piece.strip()}"
                yield Finding(FindingKind.CLARITY, Severity.NOTE, end, end, "", "clarity.condition", reason, "表达")


def _overlap(piece: str, text: str) -> float:
    """The part of the two-character pieces of ``piece`` that stand in ``text``."""
    letters = re.sub(r"[^\w一-鿿]", "", piece)
    pairs = {letters[i : i + 2] for i in range(len(letters) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _unitless(text: str, _: Brief | None) -> Iterator[Finding]:
    for quantity in find_quantities(text):
        after = text[quantity.end :]
        if quantity.chinese or quantity.unit or quantity.dimension != COUNT or not BARE_NUMBER_AFTER.match(after):
            continue
        yield _made(
            text, quantity.start, quantity.end, "clarity.unit", f"数字 {text[quantity.start : quantity.end]} 没有单位"
        )


def _contradictions(text: str, brief: Brief | None) -> Iterator[Finding]:
    """Two values on one dimension after the same word, or a value that the brief states otherwise."""
    seen: dict[tuple[str, str], float] = {}
    known = find_quantities(brief.with_source("").all_text()) if brief else []
    for quantity in find_quantities(text):
        if quantity.dimension == COUNT or (quantity.chinese and quantity.number <= 1):
            continue
        key = (quantity.dimension, text[max(0, quantity.start - 2) : quantity.start])
        words = text[quantity.start : quantity.end].strip()
        if key[1] and seen.setdefault(key, quantity.value) != quantity.value:
            yield _made(text, quantity.start, quantity.end, "clarity.contradiction", f"“{words}”和前面的数字不一致")
        elif known and any(k.dimension == quantity.dimension for k in known) and not any(map(quantity.same_as, known)):
            yield _made(text, quantity.start, quantity.end, "clarity.contradiction", f"“{words}”和商品信息对不上")


def _long_sentences(text: str, _: Brief | None) -> Iterator[Finding]:
    for match in SENTENCE.finditer(text):
        if len(match.group().strip()) > MAX_SENTENCE:
            yield _made(
                text,
                match.start(),
                match.end(),
                "clarity.long",
                f"这句{len(match.group().strip())}字，超过{MAX_SENTENCE}字，拆成短句",
            )


def _undated(text: str, _: Brief | None) -> Iterator[Finding]:
    if DATE.search(text):
        return
    for match in LIMITED.finditer(text):
        yield _made(text, match.start(), match.end(), "clarity.date", f"“{match.group()}”没有写起止时间或数量")


def _pattern_check(pattern: re.Pattern[str], rule: str, reason: str) -> Check:
    def check(text: str, _: Brief | None) -> Iterator[Finding]:
        for match in pattern.finditer(text):
            if _asked_or_quoted(text, match.start(), match.end()):
                continue
            yield _made(text, match.start(), match.end(), rule, reason.format(match.group()))

    return check


def _asked_or_quoted(text: str, start: int, end: int) -> bool:
    """Whether the words stand in a question or between quotation marks: talked about, not claimed."""
    rest = re.match(r"[^。！？!?\n]*[？?]", text[end:])
    return rest is not None or any(m.start() < start and end < m.end() for m in QUOTED.finditer(text))


CHECKS: tuple[Check, ...] = (
    _pronouns,
    _offers,
    _conditions,
    _unitless,
    _contradictions,
    _long_sentences,
    _undated,
    _pattern_check(VAGUE, "clarity.vague", "“{}”说得含糊，换成具体的数或范围"),
    _pattern_check(OPEN_PROMISE, "clarity.promise", "“{}”是没有条件的承诺，写清条件和期限"),
    _pattern_check(DURATION, "clarity.duration", "“{}”要写清谁用、怎么用、按多少算"),
)


def _made(text: str, start: int, end: int, rule: str, reason: str) -> Finding:
    return Finding(FindingKind.CLARITY, Severity.NOTE, start, end, text[start:end], rule, reason, "表达")
