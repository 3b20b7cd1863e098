"""What a column is for, told by its heading: a table of Chinese and English names for each field of a brief.

A heading is first stripped of what varies without meaning (case, spaces, stars, a unit or a note in brackets, a
trailing number), then looked up whole, then by the pieces that it contains. A heading that means nothing here is an attribute
of its own name: 材质, 颜色, 适用季节 are facts that the copy may use.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class BriefField(StrEnum):
    """Where the cells of a column go; ``IGNORE`` for numbers, links and pictures that no copy should quote."""

    PRODUCT = "product"
    CATEGORY = "category"
    POINTS = "points"
    AUDIENCE = "audience"
    TONE = "tone"
    OFFER = "offer"
    SOURCE = "source"
    ATTRIBUTES = "attributes"
    ATTRIBUTE = "attribute"
    IGNORE = "ignore"


FIELD_TITLES: dict[BriefField, str] = {
    BriefField.PRODUCT: "商品名称",
    BriefField.CATEGORY: "类目",
    BriefField.POINTS: "卖点",
    BriefField.AUDIENCE: "人群",
    BriefField.TONE: "语气",
    BriefField.OFFER: "优惠",
    BriefField.SOURCE: "原文",
    BriefField.ATTRIBUTES: "属性（多个写在一格）",
    BriefField.ATTRIBUTE: "属性",
    BriefField.IGNORE: "不使用",
}

PRICE_NAME = "价格"

SINGLE_FIELDS = frozenset(
    {BriefField.PRODUCT, BriefField.CATEGORY, BriefField.AUDIENCE, BriefField.TONE, BriefField.SOURCE}
)
"""Fields that take one column; a second column of that meaning becomes an attribute."""

_WHOLE: dict[BriefField, str] = {
    BriefField.PRODUCT: (
        "商品名称 商品名 商品 产品名称 产品名 产品 品名 名称 宝贝 宝贝名称 宝贝标题 商品标题 产品标题 "
        "标题 物品 货品 货品名称 菜名 菜品 款式名称 服务名称 项目名称 项目 套餐名称 書名 书名 品項 "
        "商品名稱 產品名稱 name title product productname producttitle item itemname goods goodsname "
        "goodstitle 商品title spuname"
    ),
    BriefField.CATEGORY: (
        "类目 商品类目 产品类目 品类 分类 商品分类 产品分类 类别 商品类别 产品类别 一级类目 二级类目 "
        "叶子类目 類目 類別 category categoryname cate producttype producttypes 品类名称 所属类目"
    ),
    BriefField.POINTS: (
        "卖点 商品卖点 产品卖点 核心卖点 主要卖点 主打卖点 亮点 产品亮点 商品亮点 特点 产品特点 商品特点 "
        "优势 产品优势 特色 特性 功能 功效 功能特点 推荐理由 描述 商品描述 产品描述 简介 商品简介 "
        "产品简介 介绍 商品介绍 产品介绍 详情 商品详情 说明 產品描述 賣點 points sellingpoint "
        "sellingpoints point features feature highlight highlights benefits bulletpoints bullets "
        "description desc body bodyhtml"
    ),
    BriefField.AUDIENCE: (
        "人群 目标人群 适用人群 适合人群 受众 目标受众 目标用户 目标客户 客群 使用人群 适用对象 适合谁 "
        "對象 audience target targetaudience customer customers persona"
    ),
    BriefField.TONE: (
        "语气 口吻 文案语气 文案风格 语言风格 文风 语调 調性 调性 語氣 tone voice toneofvoice writingstyle"
    ),
    BriefField.OFFER: (
        "优惠 优惠信息 优惠活动 活动 促销 促销信息 促销活动 活动信息 活动优惠 折扣 满减 赠品 优惠券 "
        "活动内容 福利 優惠 offer promotion promo discount deal coupon"
    ),
    BriefField.SOURCE: ("原文 原文案 文案 现有文案 旧文案 已有文案 文本 内容 正文 source copy text content original"),
    BriefField.ATTRIBUTES: (
        "属性 商品属性 产品属性 参数 商品参数 产品参数 规格参数 产品规格参数 属性值 属性列表 屬性 "
        "attributes attrs attr params parameters specs specifications properties"
    ),
    BriefField.IGNORE: (
        "序号 编号 行号 id sku skuid spu spuid itemid productid 商品id 产品id 商品编号 产品编号 商品编码 "
        "商家编码 货号编码 条码 条形码 69码 barcode upc ean gtin no 图片 主图 图 图片链接 商品图片 "
        "产品图片 图片地址 链接 商品链接 产品链接 网址 地址链接 url link image images imageurl img "
        "picture photo 库存 库存数量 stock inventory quantity 备注 内部备注 note notes remark remarks "
        "成本 成本价 进价 进货价 采购价 cost costprice 供应商 supplier vendor 创建时间 更新时间 上架时间 "
        "createdat updatedat 渠道 channel handle"
    ),
}

_PRICES = frozenset(
    ("价格 售价 单价 零售价 现价 定价 销售价 价钱 價格 售價 price unitprice saleprice sellingprice").split()
)

_PIECES: tuple[tuple[str, BriefField], ...] = (
    ("卖点", BriefField.POINTS),
    ("亮点", BriefField.POINTS),
    ("sellingpoint", BriefField.POINTS),
    ("商品名", BriefField.PRODUCT),
    ("产品名", BriefField.PRODUCT),
    ("productname", BriefField.PRODUCT),
    ("类目", BriefField.CATEGORY),
    ("人群", BriefField.AUDIENCE),
    ("受众", BriefField.AUDIENCE),
    ("语气", BriefField.TONE),
    ("优惠", BriefField.OFFER),
    ("促销", BriefField.OFFER),
    ("原文", BriefField.SOURCE),
    ("图片", BriefField.IGNORE),
    ("链接", BriefField.IGNORE),
    ("编码", BriefField.IGNORE),
    ("条码", BriefField.IGNORE),
    ("库存", BriefField.IGNORE),
)
_NOT_BY_PIECE = re.compile("价$|价格|price")
"""促销价 and 优惠价 are prices under their own name, not offers."""

_FIELD_OF: dict[str, BriefField] = {name: field for field, names in _WHOLE.items() for name in names.split()}

_BRACKETS = re.compile(r"[(\[【（<《{](?P<inner>[^)\]】）>》}]*)[)\]】）>》}]")
_NOISE = re.compile(r"[\s_\-*·:：.、/\\#'\"“”]+")
_TRAILING_NUMBER = re.compile(r"(?<=\D)[\d一二三四五六七八九十]+$")
_UNIT = re.compile(
    r"^(?:单位:?)?(?P<unit>元|¥|￥|rmb|cny|块|美元|\$|斤|克|千克|公斤|[kmµ]?g|[km]?l|毫升|升|[cmk]?m|毫米|厘米|米|"
    r"寸|英寸|件|个|只|瓶|包|袋|盒|片|天|小时|分钟|年|月|岁|w|瓦|v|伏|mah|毫安|gb|tb|℃|°c|%)$",
    re.IGNORECASE,
)
_UNIT_NAMES = {"¥": "元", "￥": "元", "rmb": "元", "cny": "元", "块": "元"}


def field_of_heading(heading: str) -> BriefField | None:
    """The field that the heading names; None when it means nothing of its own here."""
    key = normalised(heading)
    for name in (key, _TRAILING_NUMBER.sub("", key)):
        if name in _FIELD_OF:
            return _FIELD_OF[name]
    if _NOT_BY_PIECE.search(key):
        return None
    return next((field for piece, field in _PIECES if piece in key), None)


def is_price(heading: str) -> bool:
    """Whether the column is *the* price (原价 and 到手价 keep their own names)."""
    return normalised(heading) in _PRICES


def unit_of_heading(heading: str) -> str:
    """The unit that a heading gives in brackets, e.g. 元 for 价格(元); empty when there is none."""
    match = _BRACKETS.search(unicodedata.normalize("NFKC", heading))
    found = _UNIT.match(match["inner"].strip()) if match else None
    unit = found["unit"] if found else ""
    return _UNIT_NAMES.get(unit.lower(), unit)


def attribute_name(heading: str) -> str:
    """The heading as an attribute's name: without brackets, stars and outer space."""
    bare = _BRACKETS.sub("", heading).strip(" \t*:：_-").strip()
    return bare or heading.strip()


def normalised(heading: str) -> str:
    """The heading without case, width, brackets and separators: the key of the tables."""
    text = unicodedata.normalize("NFKC", heading).lower()
    return _NOISE.sub("", _BRACKETS.sub("", text)) or _NOISE.sub("", text)
