"""What buyers praise and complain of: aspects (味道, 物流, 尺码 …) with a polarity and the clause that says so.

Polarity is a linear model over words and neighbouring words (which hold most negations: 不_卡, 没有_坏), learned from
labelled shop reviews (``benchmarks/review_words.py``), in a file of integers: log odds times 100, positive speaks for the
product. A clause ends at a mark and before a word of contrast, so that 好看但是偏小 is praise and complaint.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from engine.text.segment import cut_words

CLAUSE = re.compile(r"[^，。！？；,.!?;~～\n](?:(?!但|不过|可惜|可是|然而)[^，。！？；,.!?;~～\n])*")
NO_ASPECT = re.compile("[存声插网刷贺行]卡|卡片|干脆|增值|升值|位置很|价值观|值班")
"""Words that hold an aspect's word and speak of another thing."""

WORD = re.compile(r"[\w一-鿿]")
NEUTRAL_MARGIN = 30
"""Clauses whose score is nearer to zero than this say nothing for sure."""

ASPECTS: dict[str, tuple[str, ...]] = {
    "质量": (
        "质量",
        "做工",
        "材质",
        "面料",
        "料子",
        "质地",
        "结实",
        "耐用",
        "手感",
        "品质",
        "线头",
        "起球",
        "掉色",
        "褪色",
        "坏",
        "破",
        "裂",
    ),
    "物流": ("物流", "快递", "发货", "送货", "到货", "配送", "速度"),
    "价格": ("价格", "性价比", "便宜", "贵", "划算", "实惠", "优惠", "降价", "值"),
    "包装": ("包装", "盒子", "箱子", "包裹", "密封"),
    "服务": ("客服", "服务", "态度", "售后", "卖家", "店家", "商家", "退货", "换货", "前台", "安装"),
    "味道": ("味道", "口感", "好吃", "难吃", "甜", "酸", "新鲜", "水分", "好喝", "香味", "气味", "异味", "脆"),
    "外观": ("外观", "颜色", "款式", "样子", "色差", "好看", "漂亮", "难看", "设计"),
    "尺码": ("尺码", "尺寸", "大小", "偏大", "偏小", "码", "合身", "版型", "个头"),
    "效果": ("效果", "去屑", "洗完", "柔顺", "清洁", "保暖", "好用", "难用", "使用"),
    "性能": ("屏幕", "电池", "续航", "系统", "速度", "运行", "卡", "散热", "音质", "信号", "反应", "充电", "噪音"),
    "真伪": ("正品", "假货", "真假", "山寨", "翻新", "二手"),
    "环境": ("房间", "卫生", "环境", "位置", "隔音", "早餐", "床", "空调", "交通"),
    "内容": ("内容", "情节", "作者", "文字", "印刷", "纸张", "故事", "翻译"),
}


REVIEW_HEADINGS = (
    "评价内容",
    "评论内容",
    "评价",
    "评论",
    "买家评价",
    "初评",
    "反馈",
    "内容",
    "review",
    "comment",
    "content",
)
"""Words in the heading of a column of reviews, the best first."""

PROBED_ROWS = 200


@dataclass(frozen=True, slots=True)
class Opinion:
    """One clause about an aspect; ``score`` above 0 praises, below 0 complains."""

    aspect: str
    score: float
    clause: str


@dataclass(frozen=True, slots=True)
class AspectSummary:
    """What all reviews say of an aspect: how many praise, how many complain, a clause of each."""

    aspect: str
    praised: int
    complained: int
    praise: str
    complaint: str


class ReviewReader:
    """Reads reviews by the weights in ``review_words.json``; loaded at the first review."""

    def __init__(self, lexicons: Path) -> None:
        self._lexicons = lexicons

    def polarity(self, review: str) -> float:
        """Log odds that the review is a good one; above 0 is praise."""
        weights, bias = self._model
        return score_features(review, weights, bias) / 100

    def opinions(self, review: str) -> tuple[Opinion, ...]:
        """The clauses that speak of an aspect, each with its polarity."""
        found = []
        for match in CLAUSE.finditer(review):
            clause = match.group().strip()
            spoken = NO_ASPECT.sub("", clause)
            for aspect, words in ASPECTS.items():
                if any(word in spoken for word in words):
                    found.append(Opinion(aspect, self.polarity(clause), clause))
        return tuple(found)

    def summarise(self, reviews: Iterable[str]) -> tuple[AspectSummary, ...]:
        """Aspects by how often they are spoken of, with the clearest clause for and against."""
        opinions = [o for review in reviews for o in self.opinions(review) if abs(o.score) * 100 >= NEUTRAL_MARGIN]
        counts = Counter(opinion.aspect for opinion in opinions)
        return tuple(
            _summary(aspect, [o for o in opinions if o.aspect == aspect]) for aspect, _ in counts.most_common()
        )

    @cached_property
    def _model(self) -> tuple[dict[str, int], int]:
        data = json.loads((self._lexicons / "review_words.json").read_text(encoding="utf-8"))
        return data["weights"], data["bias"]


def find_review_column(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The column that holds reviews: by its heading among those that hold text, else the one with the longest texts."""
    lengths = [sum(len(row[place]) for row in rows[:PROBED_ROWS]) for place in range(len(headings))]
    wordy = [place for place, length in enumerate(lengths) if length >= max(lengths) / 4]
    for word in REVIEW_HEADINGS:
        for place in wordy:
            if word in headings[place].lower():
                return place
    return lengths.index(max(lengths))


def features(text: str) -> list[str]:
    """Words and neighbouring pairs of ``text``, as the weights know them."""
    words = [word.lower() for word in cut_words(text) if WORD.search(word)]
    return words + [f"{left}_{right}" for left, right in pairwise(words)]


def score_features(text: str, weights: dict[str, int], bias: int) -> int:
    """Sum of the weights of the features that occur, each once."""
    return bias + sum(weights.get(feature, 0) for feature in set(features(text)))


def _summary(aspect: str, opinions: list[Opinion]) -> AspectSummary:
    ordered = sorted(opinions, key=lambda o: o.score)
    good, bad = [o for o in ordered if o.score > 0], [o for o in ordered if o.score < 0]
    return AspectSummary(aspect, len(good), len(bad), good[-1].clause if good else "", bad[0].clause if bad else "")
