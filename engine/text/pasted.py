"""Whatever the seller pastes becomes a brief: labelled lines, ``属性#值*属性#值``, a stuffed title, free text.

Nothing is invented: every value of the brief stands in the cleaned text. What fits no field becomes a point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.domain.brief import (
    ADGEN_PRODUCT_KEY,
    MAX_BRIEF_CHARACTERS,
    Attribute,
    Brief,
    parse_attribute_line,
    parse_tone,
)
from engine.domain.channels import Tone
from engine.errors import ChoiceUnknown
from engine.text.cleaning import clean_text
from engine.text.keywords import KeywordFinder

LABELLED = re.compile(r"^[\-•·*\d.、)\s【\[]*(?P<name>[^：:=\n】\]。！？，]{1,12})[】\]]?\s*[：:=]\s*(?P<value>\S.*)$")
PRODUCT_NAMES = frozenset("商品 产品 商品名 商品名称 产品名称 品名 名称 标题 宝贝 宝贝标题 商品标题".split())
FIELDS = {
    "category": frozenset("类目 品类 分类 类别".split()),
    "audience": frozenset("人群 适用人群 目标人群 适合人群 受众".split()),
    "offer": frozenset("优惠 价格 售价 促销 活动 活动价 到手价 优惠活动 现价 折扣".split()),
    "tone": frozenset("语气 风格要求 文案风格".split()),
}
POINT_NAMES = frozenset("卖点 特点 亮点 优点 产品特点 核心卖点 关键词".split())
OFFER_TEXT = re.compile(
    r"满\s?\d+|立减|减\s?\d+元?|\d+(?:\.\d+)?\s?折|半价|买[一二三四五\d]+.{0,4}[送赠]|到手价?|券|限时|包邮|特价|秒杀|[¥￥]\s?\d|\d+(?:\.\d+)?\s?元|\d+(?:\.\d+)?\s?块钱"
)
NOISE = re.compile(r"^(?:其他|其它|other|其他/other|无|否|暂无|/|-+)$", re.IGNORECASE)
SPLIT_POINTS = re.compile(r"[；;、，,\n]+|\s{2,}")
SENTENCES = re.compile(r"[。！？!?；;\n]+")
MAX_POINTS = 8
MAX_PRODUCT = 60
TITLE_WORDS = 40


@dataclass(slots=True)
class _Draft:
    product: str = ""
    attributes: list[Attribute] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


def parse_pasted(text: str, finder: KeywordFinder) -> Brief:
    """The brief in ``text``; an empty text gives an empty brief. Never raises for odd characters."""
    draft = _Draft()
    for line in clean_text(text)[:MAX_BRIEF_CHARACTERS].split("\n"):
        _read_line(line.strip(), draft)
    if not draft.product and draft.points:
        first = draft.points.pop(0)
        draft.product = first[:MAX_PRODUCT]
        if len(first) > MAX_PRODUCT:
            draft.points.insert(0, first[MAX_PRODUCT:])
    _guess(draft, finder)
    return Brief(
        product=draft.product,
        category=draft.fields.get("category", ""),
        attributes=tuple(dict.fromkeys(draft.attributes)),
        points=tuple(dict.fromkeys(draft.points[:MAX_POINTS])),
        audience=draft.fields.get("audience", ""),
        tone=_tone(draft.fields.get("tone", "")),
        offer=draft.fields.get("offer", ""),
    )


def _read_line(line: str, draft: _Draft) -> None:
    if not line:
        return
    if "#" in line and (pairs := parse_attribute_line(line)) and line.count("#") >= 1 and not line.startswith("#"):
        _read_pairs(pairs, draft)
        return
    match = LABELLED.match(line)
    if match:
        _place(match["name"].strip(), match["value"].strip(), draft)
    elif not draft.product and len(line) <= TITLE_WORDS * 2 and not SENTENCES.search(line):
        draft.product = line
    else:
        _read_free(line, draft)


def _read_pairs(pairs: tuple[Attribute, ...], draft: _Draft) -> None:
    for pair in pairs:
        if pair.name == ADGEN_PRODUCT_KEY and not draft.product:
            draft.product = pair.value
        elif not NOISE.match(pair.value):
            draft.attributes.append(pair)


def _place(name: str, value: str, draft: _Draft) -> None:
    if NOISE.match(value):
        return
    if name in PRODUCT_NAMES:
        draft.product = draft.product or value
        return
    if name in POINT_NAMES:
        draft.points += [piece.strip() for piece in SPLIT_POINTS.split(value) if piece.strip()]
        return
    for target, names in FIELDS.items():
        if name in names:
            known = draft.fields.get(target)
            draft.fields[target] = f"{known}，{value}" if known else value
            return
    draft.attributes.append(Attribute(name, value))


def _read_free(line: str, draft: _Draft) -> None:
    for sentence in SENTENCES.split(line):
        piece = sentence.strip(" ，,、")
        if not piece:
            continue
        if OFFER_TEXT.search(piece) and len(piece) <= 60:
            _place("优惠", piece, draft)
        elif len(piece) <= 14 or "，" not in piece:
            draft.points.append(piece)
        else:
            draft.points += [part.strip() for part in piece.split("，") if part.strip()]


def _guess(draft: _Draft, finder: KeywordFinder) -> None:
    """Attributes that title and points speak of and no label gave."""
    named = {finder.standard_name(a.name) for a in draft.attributes}
    for guess in finder.guess_attributes("\n".join([draft.product, *draft.points])):
        if guess.name not in named:
            draft.attributes.append(Attribute(guess.name, guess.value))


def _tone(name: str) -> Tone:
    try:
        return parse_tone(name)
    except ChoiceUnknown:
        return Tone.NONE
