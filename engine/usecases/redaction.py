"""Personal data out of texts before they leave the computer: found by rule, shown first, replaced by a named mark.

Each rule is a pattern and, where there is one, a check sum (resident ID: GB 11643-1999 with a plausible birth date; bank
card: Luhn; credit code: GB 32100-2015), so that sizes, model numbers and prices stay. Numbers without a check sum
(orders, parcels) need a word before them. Rules are tried in table order; a place taken by one is closed to the others.
Digits may be full-width and be parted by spaces or hyphens: the text is folded character by character (same length)
before matching, so every place is a place in the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PersonalData(StrEnum):
    """What was found; the value is the mark's word."""

    ID_NUMBER = "身份证号"
    BANK_CARD = "银行卡号"
    PHONE = "电话"
    EMAIL = "邮箱"
    LINK = "链接"
    WECHAT = "微信号"
    QQ = "QQ号"
    ORDER = "单号"
    ADDRESS = "地址"
    NAME = "姓名"
    PLATE = "车牌"
    DOCUMENT = "证件号"
    ACCOUNT = "平台账号"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: ``start`` and ``end`` in the original text."""

    kind: PersonalData
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern whose group ``v`` (or all of it) is personal data when ``holds`` says so of the bare characters.

    ``hint`` is a cheap pattern that every match contains: without it the dear one is not tried.
    """

    kind: PersonalData
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda bare: True
    hint: re.Pattern[str] = re.compile("")


ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒"
    "屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸"
    "左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封芮羿储靳焦巴弓牧车侯宓蓬全郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎乔苍双"
    "闻莘党翟谭贡劳逄姬申冉桑桂牛寿通边燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖终居衡步都耿满弘匡国文寇广禄阙东欧肖涂游"
    "曾毋沙养鞠须丰巢关蒯查荆红竺权逯盖益桓仉督晋楚闫覃佟侯苟付"
)
REGIONS = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|"
    "内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
HAN = "[\u4e00-\u9fff]"


def id_number_holds(bare: str) -> bool:
    """An 18-digit resident ID: birth date that exists, check character right."""
    try:
        date(int(bare[6:10]), int(bare[10:12]), int(bare[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(bare[:17], ID_WEIGHTS, strict=True))
    return ID_CHECKS[total % 11] == bare[17].upper()


def luhn_holds(bare: str) -> bool:
    """The check sum of bank cards."""
    digits = [int(c) for c in reversed(bare)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _spaced(count: str) -> str:
    return rf"\d(?:[ -]?\d){{{count}}}"


_BEFORE, _AFTER = r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z])"
_SAYS = r"[ ]*(?:是|为|号码|号|码|:|=|->|→)*[ ]*(?:是|为|:)?[ ]*"
_WECHAT_NAME = r"1[3-9]\d{9}|[A-Za-z][-_A-Za-z0-9]{4,19}|[0-9]+[_A-Za-z][-_A-Za-z0-9]{3,18}"
_HAN_DIGIT = "[零〇一幺二三四五六七八九]"
_DOUBLE = "(?:欧阳|司马|上官|诸葛|慕容|司徒|司空|夏侯|东方|皇甫|尉迟|公孙|令狐|端木|轩辕|长孙|宇文|南宫|百里|闻人)"
_NO_NAME = "包邮|包装|包退|包换|方便|安心|常用|全国|全部|全家|家人|家里|当天|时间|地址|电话|手机"
_NUMERAL = r"[\d一二三四五六七八九十百零]"
_STREET = r"(?:路|街|大道|[东南西北环]道|街道|巷|弄|胡同|村)"
_HOUSE = (
    rf"[ ]?(?:[东西南北中一二三四五六七八九十]段)?第?{_NUMERAL}{{1,6}}(?:-\d{{1,4}})?(?:号院|号楼|号|弄|巷)"
    rf"|(?<=村)[ ]?第?{_NUMERAL}{{1,3}}(?:组|社|队|栋|幢)"
)
_INSIDE = r"(?:号楼|号|栋|幢|座|单元|楼|层|室|户|铺|房)"
_ROOM = rf"(?:[ ]?{HAN}{{0,12}}?[\dA-Za-z一二三四五六七八九十-]{{1,6}}{_INSIDE})*(?:[ ]?\d{{3,4}}室?)?"
_ESTATE = r"(?:小区|花园|家园|公寓|大厦|广场|苑|新村|庄园|宿舍)"
_BLOCK = r"[ ]?[\dA-Za-z一二三四五六七八九十]{1,4}[期区]?(?:[\dA-Za-z]{1,3})?(?:号楼|栋|幢|座|号|单元)"
_PROVINCE = rf"(?:(?:{REGIONS})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?)?"
_CITY = rf"(?:{HAN}{{2,7}}?(?:市|州|盟|地区))?[ ]?(?:{HAN}{{1,6}}?(?:新区|开发区|区|县|旗|镇|乡))?"

RULES: tuple[Rule, ...] = (
    Rule(
        PersonalData.EMAIL,
        re.compile(r"[0-9A-Za-z._%+-]+(?:[ ]?(?:@|\[at\]|#at#)[ ]?|[ ]at[ ])[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+", re.I),
    ),
    Rule(PersonalData.LINK, re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff。、()<>《》\"']+", re.I)),
    Rule(
        PersonalData.LINK,
        re.compile(
            r"(?<![0-9A-Za-z@.-])(?:[0-9a-z][0-9a-z-]{0,40}\.)+(?:com|cn|net|org|cc|top|shop|vip|xyz|me|tv|co|info)"
            r"(?:/[^\s\u4e00-\u9fff,。;!?、()]*)?(?![0-9A-Za-z@])",
            re.I,
        ),
    ),
    Rule(
        PersonalData.ID_NUMBER, re.compile(rf"(?<![0-9.])[1-8](?:[ -]?\d){{16}}[ -]?[0-9Xx]{_AFTER}"), id_number_holds
    ),
    Rule(
        PersonalData.ORDER,
        re.compile(
            r"(?:订单|运单|快递|物流|包裹|面单|取件|退货|售后|交易|流水|单号)(?:编号|单号|号码|号|码|单)?"
            r"(?:是|为|:|=)?[ ]*(?P<v>(?:[A-Za-z]{0,4}[ -]?)?\d(?:[ -]?\d){7,23}|[A-Za-z]{1,4}\d{2,}[-\d]*)"
        ),
    ),
    Rule(
        PersonalData.ORDER,
        re.compile(rf"{_BEFORE}(?P<v>(?:SF|YT|ZTO|STO|JD(?:VA|VB|X|K)?|YD|EMS|JT|DPK|HTKY)\d{{10,15}}){_AFTER}", re.I),
    ),
    Rule(
        PersonalData.ORDER,
        re.compile(
            rf"(?:顺丰|圆通|中通|申通|韵达|京东|邮政|极兔)[ ]*:?[ ]*(?P<v>[A-Za-z]{{0,4}}[ ]?{_spaced('9,17')}){_AFTER}"
        ),
    ),
    Rule(PersonalData.ORDER, re.compile(r"￥(?P<v>(?=[A-Za-z]*\d)[A-Za-z0-9]{8,12})￥")),
    Rule(
        PersonalData.DOCUMENT,
        re.compile(
            rf"(?:身份证|护照|通行证|台胞证|军官证|驾驶证|驾照)(?:号码|号)?{_SAYS}(?P<v>[A-Za-z]{{0,3}}\d{{6,18}}[Xx]?){_AFTER}"
        ),
    ),
    Rule(
        PersonalData.ORDER,
        re.compile(rf"(?:取件码|取货码|提货码|验证码){_SAYS}(?P<v>\d{{1,8}}(?:-\d{{1,6}}){{0,3}}){_AFTER}"),
    ),
    Rule(
        PersonalData.DOCUMENT,
        re.compile(rf"(?:税号|信用代码|纳税人识别号){_SAYS}(?P<v>[0-9A-Z]{{15,20}}){_AFTER}"),
    ),
    Rule(
        PersonalData.ACCOUNT,
        re.compile(
            r"(?:抖音|快手|小红书|微博|闲鱼|得物|视频号|[BＢ]站|陌陌|探探|钉钉|飞书|支付宝|淘宝|旺旺)(?:号|账号|帐号|ID|id|昵称)"
            rf"{_SAYS}(?P<v>[0-9A-Za-z][-_.0-9A-Za-z]{{3,23}}){_AFTER}"
        ),
    ),
    Rule(
        PersonalData.ACCOUNT,
        re.compile(rf"旺旺(?:号|ID|名)?[ ]*:[ ]*(?P<v>(?:{HAN}|[-_0-9A-Za-z]){{2,20}})"),
    ),
    Rule(PersonalData.BANK_CARD, re.compile(rf"{_BEFORE}[3-6]{_spaced('14,18')[2:]}{_AFTER}"), luhn_holds),
    Rule(
        PersonalData.BANK_CARD,
        re.compile(
            r"(?:银行卡|卡号|账号|账户|打款|汇款|转账|[建工农中招交]行|邮储|信用社|农商行|招商|[\u4e00-\u9fff]银行)"
            rf"[^0-9\n]{{0,8}}(?P<v>{_spaced('11,20')}){_AFTER}"
        ),
    ),
    Rule(
        PersonalData.WECHAT,
        re.compile(
            rf"(?:[Vv][ ]?我|[微薇威徽]\W{{0,2}}(?:信|xin)(?:同步|同号)?|[Vv+]信|加[Vv薇]|[薇Vv][❤♥]\ufe0f?){_SAYS}(?P<v>{_WECHAT_NAME}){_AFTER}"
        ),
    ),
    Rule(
        PersonalData.WECHAT,
        re.compile(rf"(?<![0-9A-Za-z])(?:wechat|weixin|wx|vx|\+v)(?P<sep>{_SAYS})(?P<v>{_WECHAT_NAME}){_AFTER}", re.I),
    ),
    Rule(
        PersonalData.WECHAT,
        re.compile(
            r"(?<![0-9A-Za-z])(?:wxid_[0-9a-z]{6,}|[Vv][ ]*:[ ]*(?P<v>[A-Za-z][-_A-Za-z0-9]{5,19}))(?![0-9A-Za-z])"
        ),
    ),
    Rule(
        PersonalData.QQ,
        re.compile(
            r"(?:QQ群?|(?<![0-9A-Za-z])Q(?:群|号|(?=[ ]?:))|扣扣群?|企鹅[群号]?|群号)"
            + _SAYS
            + r"(?P<v>[1-9]\d{4,11})"
            + _AFTER,
            re.I,
        ),
    ),
    Rule(
        PersonalData.PHONE,
        re.compile(
            rf"(?<![0-9.])(?:\(?(?:\+|00)?86\)?[ -]?)?1[3-9](?:[ -]?\d){{9}}{_AFTER}|{_BEFORE}1[3-9]\d\.\d{{4}}\.\d{{4}}{_AFTER}"
        ),
    ),
    Rule(PersonalData.PHONE, re.compile(rf"(?<!{_HAN_DIGIT})[一幺][三四五六七八九]{_HAN_DIGIT}{{9}}(?!{_HAN_DIGIT})")),
    Rule(
        PersonalData.PHONE,
        re.compile(
            rf"{_BEFORE}(?:\(0\d{{2,3}}\)|0\d{{2,3}})[ -]?[2-9]\d{{2,3}}[ -]?\d{{4}}(?:[-转]\d{{1,5}})?{_AFTER}"
        ),
    ),
    Rule(
        PersonalData.PHONE,
        re.compile(rf"{_BEFORE}[48]00[ -]?\d{{3,4}}[ -]?\d{{3,4}}{_AFTER}"),
        lambda bare: len(bare) == 10,
    ),
    Rule(
        PersonalData.PHONE,
        re.compile(
            r"(?:电话|座机|手机|热线|致电|联系方式|客服|传真)[^0-9\n]{0,6}(?P<v>[2-9]\d{6,7}|95\d{3,4})(?![0-9A-Za-z.])"
        ),
    ),
    Rule(
        PersonalData.PLATE,
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. ]?"
            r"(?=[A-HJ-NP-Z]{0,5}\d)[A-HJ-NP-Z0-9]{5,6}(?![0-9A-Za-z])"
        ),
    ),
    Rule(
        PersonalData.ADDRESS,
        re.compile(
            r"(?:收货地址|收件地址|寄件地址|地址|住址|寄到|送到|发到|寄往|寄回|送货到|快递到|邮寄到|配送到)[ ]*(?:是|为|:)?[ ]*"
            rf"(?P<v>{HAN}[^\n,。;!?、]{{4,50}})"
        ),
        lambda bare: re.search(r"[省市区县镇乡村路街巷弄栋幢苑厦庄]|\d[号楼室]", bare) is not None,
    ),
    Rule(
        PersonalData.ADDRESS,
        re.compile(rf"{_PROVINCE}[ ]?{_CITY}[ ]?{HAN}{{1,8}}?{_STREET}(?:{_HOUSE}){_ROOM}"),
        hint=re.compile(rf"{_STREET}(?:{_HOUSE})"),
    ),
    Rule(
        PersonalData.ADDRESS,
        re.compile(
            rf"(?:{REGIONS})(?:省|市|自治区)?[ ]?{HAN}{{2,7}}?(?:市|州|区|县|镇)[ ]?(?:{HAN}{{1,6}}?(?:区|县|镇|乡|街道))?"
            rf"{HAN}{{1,6}}(?:路|街|大道|村)[^\s,。;!?、]{{0,24}}"
        ),
        hint=re.compile(rf"(?:{REGIONS}).*(?:市|州|区|县|镇).*(?:路|街|大道|村)"),
    ),
    Rule(
        PersonalData.ADDRESS,
        re.compile(rf"{_PROVINCE}[ ]?{_CITY}[ ]?{HAN}{{2,8}}?{_ESTATE}{_BLOCK}{_ROOM}"),
        hint=re.compile(rf"{_ESTATE}{_BLOCK}"),
    ),
    Rule(
        PersonalData.NAME,
        re.compile(
            r"(?:(?:收件人|收货人|联系人|寄件人|取件人|收款人|户主|姓名|签收人)(?:姓名)?[ ]*(?:是|为|叫|:)|(?:买家|顾客|客户)[ ]*(?:叫|:))[ ]*"
            rf"(?P<v>{_DOUBLE}?{HAN}{{1,3}}?(?:·{HAN}{{1,6}})?(?:先生|女士|小姐|老师)?)"
            rf"(?=$|[\s,。;:!?、()0-9+]|电话|手机|地址|微信|收|的|住|家)"
        ),
    ),
    Rule(
        PersonalData.NAME,
        re.compile(
            rf"(?:(?:收件人?|收货人?|联系人|寄件人|取件人|收款人|签收人|联系[ ]?:)(?:姓名)?[ ]*:?[ ]*|(?:姓名|户主|名字)[ ]*[ :][ ]*)"
            rf"(?!{_NO_NAME})(?P<v>(?:(?:小|老|阿)?[{SURNAMES}]|{_DOUBLE}){HAN}{{0,2}}?"
            r"(?:先生|女士|小姐)?)(?=$|[\s,。;:!?、()0-9+]|电话|手机|地址|微信|收|的)"
        ),
        lambda bare: len(bare) > 1,
    ),
    Rule(
        PersonalData.NAME,
        re.compile(
            rf"(?:买家|客户|顾客|客人|粉丝)(?!{_NO_NAME})(?P<v>(?:[{SURNAMES}]|{_DOUBLE}){HAN}{{1,2}}?(?:先生|女士|小姐)?)"
            r"(?=反馈|评价|留言|说|来电|投诉)"
        ),
    ),
    Rule(
        PersonalData.NAME,
        re.compile(
            rf"(?:寄给|发给|送给|交给|转交)[ ]*:[ ]*(?!{_NO_NAME})(?P<v>(?:[{SURNAMES}]|{_DOUBLE}){HAN}{{1,2}}?(?:先生|女士|小姐)?)"
            r"(?=$|[\s,。;:!?、()0-9+]|电话|手机|地址)"
        ),
    ),
    Rule(
        PersonalData.NAME,
        re.compile(rf"(?<!{HAN})(?P<v>[{SURNAMES}]{HAN}{{1,2}}?)(?=[ ]?收?[ ,]{{0,2}}1[3-9](?:[ -]?\d){{9}})"),
    ),
)

FOLDED_MARKS = str.maketrans(
    {"，": ",", "；": ";", "：": ":", "！": "!", "？": "?", "（": "(", "）": ")", "－": "-", "—": "-", "–": "-"}
)


def find_personal(text: str) -> tuple[Hit, ...]:
    """Every place with personal data, in order, not overlapping."""
    folded = _folded(text)
    taken: list[Hit] = []
    for rule in RULES:
        if not rule.hint.search(folded):
            continue
        for match in rule.pattern.finditer(folded):
            start, end = match.span("v" if match.groupdict().get("v") else 0)
            bare = re.sub(r"[ -]", "", folded[start:end])
            if rule.holds(bare) and not any(start < hit.end and hit.start < end for hit in taken):
                taken.append(Hit(rule.kind, start, end, text[start:end]))
    return tuple(sorted(taken, key=lambda hit: hit.start))


def redact(text: str, keep: Iterable[str] = ()) -> str:
    """The text with every place replaced by its mark, e.g. 〔电话〕; places whose text is in ``keep`` stay."""
    kept = frozenset(keep)
    return replace_hits(text, [hit for hit in find_personal(text) if hit.text not in kept])


def replace_hits(text: str, hits: Iterable[Hit]) -> str:
    """The text with these places (in order) replaced by their marks."""
    out, last = [], 0
    for hit in hits:
        out += [text[last : hit.start], f"〔{hit.kind.value}〕"]
        last = hit.end
    return "".join([*out, text[last:]])


def _folded(text: str) -> str:
    """Full-width forms made plain, one character for one."""
    plain = (unicodedata.normalize("NFKC", c) if "\uff01" <= c <= "\uff5e" or c == "\u3000" else c for c in text)
    return "".join(c if len(c) == 1 else " " for c in plain).translate(FOLDED_MARKS)
