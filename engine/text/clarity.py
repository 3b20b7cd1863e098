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
CROWDED_TEXT = 120
"""Characters: in a longer text three 它 are no crowd."""

ENOUGH_SAID = 0.55
"""The part of a condition that a text must share for it to be said."""

NUMBER = re.compile(r"\d+(?:\.\d+)?")
MAX_PRONOUNS = 2
CONDITION = re.compile(
    r"不含|不在|不可|不能|不配|不参加|不再|不同享|不叠加|不防|不随机|另(?:收|购|售|算|配|计|约|买)|仅|限|需|自备|自理|自付|除外|前提|以内|"
    r"之前|内可|凭|按[^，。、]{1,6}[计算付换赔]|每[^，。、]{0,4}(?:限|含|送)|起算|分\d+|共享|合计|总[价共]|单[层支袋只颗]|盒身|内胆|外壳|锁[梁芯]|"
    r"开封后|未[开拆]封|解冻后|拆封|均可|里层|(?:高|低|中)[档亮]|最大|最高|空旷|基酒|转换期|郊|其[他它]地区|同[款色码型城]|正装|赠|占\d|手洗|"
    r"连[壳盒]|覆盖率|参考|日用|专用|中等音量|约\d+(?:天|分钟|小时|杯|米)|\d\s?(?:kg|码|岁)以[内上]"
)
QUOTED = re.compile(r"[“\"「][^”\"」\n]{1,60}[”\"」]")
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
PRONOUN = re.compile(
    r"它们?(?!山)|(?<![其吉])[他她](?![们人乡山])|这[款个件种东](?:西|产品|东西)?(?![一-鿿]{0,6}(?:时候|季节|问题|价|月|周末|夏|冬|春|秋|点|活动|店|人|年|节))|那[款个件]|该(?:产品|款|商品)|此(?:款|产品)"
)
THING = re.compile(
    r"(?:[这那]|[一两三四五\d])[款个件种支瓶盒条双只把张台块套袋包床顶辆杯罐盏枚颗][一-鿿]{2}|[一-鿿]{2,4}(?:到了|来了|上新|到货|回来)"
)
"""Words that bring a thing in: 这支香水, 一条裤子, 新茶到了."""

NOUN_AFTER = re.compile(r"^(?:[一-鿿]{1,8})")
OFFER = re.compile(
    r"买[一二三四五1-9](?:件|个|瓶|盒|袋|条|箱|组)?送[一二三四五1-9](?:件|个|瓶|盒|袋|条|箱|组)?(?![一-鿿]{0,3}[条盒瓶袋件])|买就送|下单(?:就|即)?(?:送|有)(?:好礼|礼|赠品)|送(?:好礼|豪礼|大礼包|礼品|赠品|礼物|的(?:也|和))|"
    r"第[二2][件双条瓶盒份](?:半价|打折|优惠)|全场[^，。]{0,3}(?:半价|\d折)|买就送|满减|有(?:优惠|折扣|活动|惊喜)|打折|特价|搞活动|会员(?:还有)?(?:折扣|优惠)|更优惠|优惠多多|包换|随便[换退]|可以[换退]|包退|全包|都包|免费[^，。！？\n]{0,4}"
)
BARE_GIFT = re.compile(
    r"送(?!货|达|到|上|给|礼|人|走|去|来|出|进|完|你|您|他|她|妈|爸|女|男|朋|闺|长|老|孩|客|亲|自|家|的|同|风|回|娃|喜|闺|父|母|对|领|福|祝|裁|干|修|洗|别|不|着|过|了|也|就|我|一|两|[\d二三四五六])[一-鿿]{1,3}(?=[，。！!\n；]|还有|$)|电池送|送的那个"
)
DEAL = re.compile(
    r"[买拍][一1]发[二三四2-4两]|[住买][一二两三四五1-9][件盒晚天]?[送免][一二1-2]|[\d一二三四五六十]+[条片包个]加[\d一二三四五六十]+[条片包个]|充\d+送\d+(?!元)|\d+元?洗[\d一二三]+次|[两三四五2-5][支件盒瓶袋](?:九十九|\d{2,3})(?![一-鿿\d])|满减\d+(?![元\d])|买[一1-9][顶套双床支](?:大一码)?(?:送[一1-9][顶套双床支瓶]|免费)(?=[，。！]|$)|(?:质保|保修|包修|包)(?:[一二三五十两\d]+)年(?=[，。！全\n]|$)|[一二三五十两\d]+年(?:质保|保修|包修)(?=[，。！\n]|$)|[\d一二两三]+次送[\d一二两三]+次(?=[，。！])|两件半价"
)
"""Deals and warranties that end where their object, scope or condition should follow."""

EXCEPTION = re.compile(r"除外|不在|不算|不含|不保|不包|仅限|只限|限[一-鿿\d]|另[计收付]|人为|指的?是|也就是|不是")
"""With one of these a sentence says what a deal leaves out."""

OFFER_OBJECT = re.compile(
    r"(?:送|赠)[^，。！？\n]{0,3}(?:\d|[一二三四五六七八九十两半])[^，。！？\n]{0,3}(?:[一-鿿]{2,})"
)
LIMITED = re.compile(
    r"限时|限量|最后几天|活动(?:期间|中|来了|开始)|近期|即日起|[送领售卖]完为止|先到先得|抓紧|手慢|数量有限"
)
DATE = re.compile(
    r"\d{1,2}\s?[月.]\s?\d{1,2}|\d+[日号]|今[天晚日]|明[天日]|本[周月]|周[一二三四五六日末]|\d+点|\d+天|(?<!完为)止|前\d+|限\d+"
)
VAGUE = re.compile(
    r"(?:谁|什么[一-鿿]{0,4}|任何[一-鿿]{0,4}|哪[里儿个]?|怎么[一-鿿]{0,2}|多少[一-鿿]?|大家|一般人|人人|全家(?:的|人)?|一家人|男女老少|老人小孩|孩子大人|大人孩子|家里人|大床小床|手脚|全国|学生男女|哪里[一-鿿]{1,2}|车?多[大少高重远]|一家老小|大人小孩|"
    r"大宝宝小宝宝|所有[一-鿿]{0,4}|电池全|白天晚上|几只猫|几个人[一-鿿]?|大猫|一个人[一-鿿]*|[大小]+|一天几[杯片])(?:都|也)(?:能|可以|行|会|够|适合|有|可|包|送|赔|保)[一-鿿]?|"
    r"什么都|啥都|只要[一-鿿]{1,5}就(?:能|可以)|太能装|容量(?:很|超级?|特别)大|送的?(?:很多)?(?:东西|装备|礼品)|送很多|\d[-~到]\d人|(?:明天|今天)就?(?:能|可以)到|今天发|到货就能|拍下就发|一套搞定|一体的|够用了|充一次就行|(?:可|能)以?用很久|用得?很久|适合所有人|全都|全部都|一家老小|大人小孩|任何(?:人|身高|手机|车|机型)|不管买|人人|"
    r"(?:很|好|超)多(?:次|节|种|款|颜色)|(?:东西|种类|数量|肉|一箱)(?:很|超级?)?多|颜色好多|多款|若干|几(?:天|片|次)(?:内|看|就|都|后|吧)|几十[一-鿿]|二十多|抵几支|数量不一样|"
    r"大概|一段时间|(?<!了)(?<!过了)(?:好|很)久(?=[，。！\n]|$)|能用很久|够用一阵子|一阵子|超多|超级多|好几[一-鿿]|一个多月|个把月|一个多星期|"
    r"随便(?!聊|问|逛|看|翻)[一-鿿]{0,3}|长度随意|无限|到处都|很快[，。！]|马上(?:就能|就到|发货|没)|次日就能|过几天|过一会儿|一会儿洗|懂的都懂|看个人|看情况|自己看着办|反正|"
    r"直接(?:带走|能)|插?上?就能[睡玩]|收到就能|一加水就|就行(?:，[一-鿿]{0,4}赔)|怎么用都|慢慢吃就行|改到你?满意|有礼物|便宜(?:卖|的)|说不定|可能(?:吧|有点)|吧可能|没那么多|"
    r"大一码(?:或者|就)|之前那个|和那个|那个一样|送的那个|图上看到的|没关系，可以|(?:三|3)个人[一-鿿]?也|两三个人|越[一-鿿]越好|[五十二三]+年(?:的|陈|老酒)|"
    r"有机的|\d{2}的[，。]|\d{2}绒(?=[，：])|[0-9一二两]+盒?左右"
)
OPEN_PROMISE = re.compile(
    r"保证|(?<![一-鿿])包[换退赔修活会你您](?!邮)|不[甜满合]+[一-鿿]{0,2}包退|包(?:教|治|满意|好用|活|过|安装)|全包|全保|放心(?:倒|用|吃|喝|睡|囤|戴|摸|拍|报|放|玩|购买)|绝对|"
    r"一定(?!要|备注|放|记|先|的|得|会)|永久|终身|一辈子|[一-鿿]会为止|马上生效|(?<!不)就赔|就能接单|当晚就|立刻见|一分不差|下水不怕|不喜欢(?:还能|可以|就)退|一直有效|随时都在|(?:坏了)?给换|直接给您换|(?<!也)不会(?:坏|变|掉|裂|漏|断|黄|臭|松|过敏|烫)|不变[黄形]|剪不断|下雨(?:天)?不怕|不怕水|怕不怕水|踩水都没事|下水没事|坏了(?:就|都|可以|给)?(?:赔|换|退)[一-鿿]?新?|死了就赔|碎了就换|"
    r"什么情况都赔|见效|有效果|一次付费|效果(?:很|特别|非常)好|学不会|全额退款|没问题|有问题(?:都|找)|不满意就?退|随时(?:退|在线)|一直(?:开着|用|问|能|可以|不用)|贴歪了也|"
    r"再怎么|一点[一-鿿]{0,2}都没有|无添加|不用管|不掉速|免费(?:安装|换新|刻字|领|随便|换)|(?:安装)?不收钱|买就(?:装|送)|可以再冻|开了也没事|解冻后重量正常|保修很久|"
    r"可以存着|不带手机也|从种[一-鿿]{1,3}到|装好送到|可(?:以)?机洗(?=[，。不])|可以?进微波炉"
)
DURATION = re.compile(
    r"充一次[一-鿿]{0,2}(?:\d+|[一两二三四五])|(?:\d+|[一二三四五六七八九十])年都?(?:能用|可用|用不完)|能(?:装|冲|喝|打)\d+|(?<=，)百分之[一二三四五六七八九十]+(?=，)|(?:能用|可用|够用|够|用得?|撑|顶|续航|亮|管|抵|保温|香|可以用|喝|吃|玩|吹)(?:上|了|得)?(?:[一两二三四五六七八九十半几]+|\d+(?:\.\d+)?)(?:整|个?多?)?(?:天|个月|月|周|年|小时|个小时|晚|次|杯|分钟)(?![后内前起])|"
    r"[三\d]+分钟搞定|\d+小时现[一-鿿]|一(?:箱|盒|桶|支|罐)(?:水)?(?:顶|抵|管|用|能用)[一-鿿\d]{1,4}"
)
BARE_NUMBER_AFTER = re.compile(r"^(?:的|，|。|！|,|$|、|、|；|\s)")
NAMED_NUMBER = re.compile(
    r"(?:[A-Za-z×*\-~—–到至和与、/.:：#+_\d]|蓝牙|尺码|[码号型款第选拍报穿]|指数|编号|电话|热线|微信|比|色号)\s?$"
)
"""What stands before a number that needs no unit: a model, a size, a version, the end of a range."""

PERSON = re.compile(
    r"[爸妈爷奶姥婆公叔姨哥姐弟妹娃孩父母儿女]|师傅|老[一-鿿]|小[一-鿿]|朋友|先生|老师|客人|顾客|同事|闺蜜|邻居|宝宝|宝贝|她们|他们|人|主播|店长|匠|作者"
)
Check = Callable[[str, Brief | None], Iterator[Finding]]


def find_ambiguities(text: str, brief: Brief | None = None) -> tuple[Finding, ...]:
    """Everything in ``text`` that a buyer may misread, in order of start."""
    found = [finding for check in CHECKS for finding in check(text, brief)]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule)))


def _pronouns(text: str, brief: Brief | None) -> Iterator[Finding]:
    """A pronoun before which nothing stands that it could mean, or one of a crowd."""
    names = _product_words(brief)
    crowded = text.count("它") > MAX_PRONOUNS and len(text) <= CROWDED_TEXT
    for match in PRONOUN.finditer(text):
        word, before = match.group(), text[: match.start()]
        named = any(name in before for name in names) or bool(THING.search(before))
        if word in ("他", "她"):
            named = bool(PERSON.search(before))
        shown = word not in ("它", "它们", "他", "她") and bool(NOUN_AFTER.match(text[match.end() : match.end() + 3]))
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


def _deals(text: str, _: Brief | None) -> Iterator[Finding]:
    """A deal or warranty in a sentence that names no exception."""
    for sentence in SENTENCE.finditer(text):
        if EXCEPTION.search(sentence.group()):
            continue
        for match in DEAL.finditer(sentence.group()):
            start, end = sentence.start() + match.start(), sentence.start() + match.end()
            if not _asked_or_quoted(text, start, end):
                yield _made(text, start, end, "clarity.offer", f"“{match.group()}”没有写清包含什么、什么条件")


def _conditions(text: str, brief: Brief | None) -> Iterator[Finding]:
    """A thing that the text speaks of without the condition that the brief puts on it (仅限, 另收, 不含 …).

    The finding stands on the words that the text shares with that part of the brief.
    """
    for name, value in [*((a.name, a.value) for a in brief.attributes), ("优惠", brief.offer)] if brief else ():
        condition = CONDITION.search(value)
        if condition is None or _overlap(value, text) >= ENOUGH_SAID or _said(value, text):
            continue
        place = _anchor(f"{name}，{value}", text)
        if place is not None:
            reason = f"“{text[place[0] : place[1]]}”的条件没有写到：{name}，{value.strip()}"
            yield _made(text, *place, "clarity.condition", reason)


def _said(value: str, text: str) -> bool:
    """Whether every number of ``value`` stands in ``text``."""
    numbers = NUMBER.findall(value)
    return len(numbers) > 1 and all(number in text for number in numbers)


def _anchor(words: str, text: str) -> tuple[int, int] | None:
    """Where the longest piece of ``words`` (two characters at least, or a number) stands in ``text``."""
    pieces = re.split(r"[\s，,；;。、（）()：:]+", words)
    found = [
        (end - start, -place, place)
        for piece in pieces
        for start in range(len(piece))
        for end in range(start + 2, min(len(piece), start + 8) + 1)
        if (place := text.find(piece[start:end])) >= 0
    ]
    if not found:
        return None
    length, _, place = max(found)
    return place, place + length


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
        if NAMED_NUMBER.search(text[: quantity.start]):
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
    _pattern_check(BARE_GIFT, "clarity.offer", "“{}”没有写清送什么、送多少"),
    _deals,
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
