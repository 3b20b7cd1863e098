"""A brief as the model should read it: what a buyer cares about, tidy, lawful; the seller's own brief stays as it is.

Marketplace records carry much that no copy should say (stacking limits, filing numbers, 其他, 见描述) and titles stuffed with
search words. A small model says what it reads, so it is given what is worth saying. Nothing is added.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from engine.domain import Attribute, Brief, Finding
from engine.text.segment import tag_words

MAX_ATTRIBUTES = 12
MAX_NAME = 30
"""Characters of a product's name for running copy (a marketplace title's limit); titles keep all their search words."""

MIN_NAME = 4

NOT_FOR_COPY = re.compile(
    "安装说明|详情|堆码|毛重|包装尺寸|包装体积|条形码|条码|备案|批准文号|许可证|生产企业|厂名|厂址|厂家|联系方式|省份|城市|地市|区县|智能类型|规格类型|"
    "上市时间|上市年份|货号|款号|型号|主图来源|销售渠道|套餐|特产品类|使用日期|限期|同城|增值服务|售后服务|商场同款|进口$|价格区间|价格带|"
    "特殊用途|系列|品名|地区|商品类别|产品类别|巧克力价格|图片|发票|钠含量|脂肪含量|蛋白质|碳水|能量|执行标准|温馨提示|组合形式|化妆品特性|毛利|"
    "成分含量|采购地|配送频次|预售|市场价|吊牌|标价|有无线|是否进口|可降解|代可可脂|售后|定金|年份季节|生产日期|产品标准|标准号|规格描述|出租车"
)
EMPTY_VALUE = re.compile(
    r"^(?:其[他它].*|无保修|无质保|未分级|.*不分级|other.*|无|否|没有|不支持.*|暂无|正常规格|.*见描述|见详情|.*详情页?|如图|不详|备注|默认.*|.*联系客服.*|包装|官方标配|以上都.*|普通|常规|常规款|大众|标准|多功能|全新|成品|通用|无处理|无鉴定.*|无证书.*|1[xX×*]1[xX×*]1.*|[0-9a-f]{8}-[0-9a-f-]{20,}|"
    r"0(?:\.0+)?\s*(?:分|元|[a-zA-Z毫千克公米升厘瓦转].*)?|\d|[A-Za-z]{0,3}[\d\-_.]{5,}.*|/|-+)$",
    re.IGNORECASE,
)
RANGE_MARK = re.compile(r"\((?:不?含|帮高[^)]*)\)")
"""Whether a range holds its ends: a filing's care, not a buyer's."""

YES_NO = re.compile(r"^(?:是否|有无)(.+)$")
STUFFING = re.compile(
    "20[12]\\d年?|年度|新品|新款|爆款|热卖|热销|正品|官方|旗舰店|官网|专柜|代购|包邮|特价|清仓|断码|工厂|厂家|直销|直营|网红|ins风?|同款|抖音|淘宝|"
    "推荐|当天发货?|高级感|必备|神器|顺丰|现货|批发|【[^】]*】|\\[[^\\]]*\\]|（[^）]*）|\\([^)]*\\)"
)
VERSIONS = "颜色分类"
COLOUR = re.compile("[色白黑红橙黄绿青蓝紫灰粉棕咖褐驼杏金银铜彩靛]|透明|花色|米白|拼色|^[A-Za-z ]{3,}$")
CODE = re.compile(r"(?:[A-Za-z]+-)?[A-Za-z]*\d+[A-Za-z\d\-./()]{4,}")


def prepare_brief(brief: Brief, law: Callable[[str], Iterable[Finding]], *, whole_name: bool = False) -> Brief:
    """The brief for the prompt.

    Args:
        law: finds unlawful words in a text; facts that hold one are left out, in the name they are cut out.
        whole_name: keep all the search words of the product's name.
    """

    def lawful(text: str) -> bool:
        return not any(finding.blocks for finding in law(text))

    attributes, points = _sorted_facts(brief)
    name = _without(brief.product, law)
    return replace(
        brief,
        product=name if whole_name else shorten_name(name),
        attributes=tuple(a for a in attributes if lawful(a.value))[:MAX_ATTRIBUTES],
        points=tuple(p for p in points if lawful(p)),
        offer=brief.offer if lawful(brief.offer) else "",
    )


def shorten_name(name: str) -> str:
    """A keyword-stuffed title's first part, ended after a noun; a short name stays as it is."""
    tidy = CODE.sub(" ", STUFFING.sub(" ", unicodedata.normalize("NFKC", name)))
    tidy = re.sub(r"\s+", " ", tidy).strip(" ,，/-") or name
    if len(tidy) <= MAX_NAME:
        return tidy
    end, length = 0, 0
    for word, flag in tag_words(tidy):
        length += len(word)
        if length > MAX_NAME:
            break
        if flag.startswith(("n", "vn")) and len(word.strip()) > 1:
            end = length
    return tidy[: end if end >= MIN_NAME else MAX_NAME].strip(" ,，/-")


def _sorted_facts(brief: Brief) -> tuple[list[Attribute], list[str]]:
    """Attributes worth saying, each value once, and the points with what 是否…=是 says."""
    attributes: list[Attribute] = []
    points = list(brief.points)
    said: set[str] = set()
    for attribute in brief.attributes:
        value = _tidy_value(attribute.value)
        if NOT_FOR_COPY.search(attribute.name) or not value or value in said or _is_code(attribute.name, value):
            continue
        said.add(value)
        asked = YES_NO.match(attribute.name)
        if asked and value in ("是", "有"):
            said.discard(value)
            points.append(f"有{asked.group(1)}" if attribute.name.startswith("有无") else asked.group(1))
        elif not asked:
            attributes.append(Attribute(attribute.name, value))
    return attributes, points


def _is_code(name: str, value: str) -> bool:
    """A colour that is none: a maker's code (C49G95TSSC), or what a marketplace's list of versions holds instead (一坛装)."""
    code = "色" in name and bool(re.search(r"\d", value)) and not re.search("[一-鿿]", value)
    return code or (name == VERSIONS and not COLOUR.search(value))


def _tidy_value(value: str) -> str:
    """The parts of ``value`` that say something, 、 between them; empty when none does."""
    tidy = RANGE_MARK.sub("", unicodedata.normalize("NFKC", value))
    parts = (part.strip() for part in re.split("[、;]", tidy))
    return "、".join(part for part in parts if part in ("是", "有") or (part and not EMPTY_VALUE.match(part)))


def _without(name: str, law: Callable[[str], Iterable[Finding]]) -> str:
    kept, at = "", 0
    for finding in sorted((f for f in law(name) if f.blocks), key=lambda f: f.start):
        kept, at = kept + name[at : max(at, finding.start)], max(at, finding.end)
    return (kept + name[at:]).strip()
