"""What a text looks like to the ranking: sentences, clauses, character n-grams, and features that have a name.

Two kinds of features share this module. *Named* features (``FEATURES``) are few, scaled to about one standard deviation
of shop copy, and each has words for people, so that a learned taste can be told ("更常选：短句、带场景"). *Hashed*
character n-grams catch what has no name; they are an L2-normalised bag in ``2**bits`` buckets and keep no text.
Everything here is a pure function of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_SENTENCE = re.compile(r"[^。！？!?…；;\n]+[。！？!?…；;]*")
_CLAUSE = re.compile(r"[^。！？!?…；;，,、：:\s]+")
_EMOJI = re.compile(r"[\U0001F1E6-\U0001FAFF\u2600-\u27BF\u2B50\u2B55\u231A-\u23FA]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_PRICE = re.compile(
    r"[¥￥]\s*\d|\d+(?:\.\d+)?\s*元|满\d+|[\d一二三四五六七八九]折|第二件|买[一二三两\d]+\S?送|立减|包邮|半价|优惠"
)
_LABEL = re.compile(r"(?m)^\s*\S{1,8}：\S")
_SPACE = re.compile(r"\s+")


def split_sentences(text: str) -> list[str]:
    """Sentences with their closing marks; a line break ends one."""
    return [piece.strip() for piece in _SENTENCE.findall(text) if piece.strip()]


def split_clauses(text: str) -> list[str]:
    """Pieces between any punctuation or space, without it."""
    return _CLAUSE.findall(text)


def squeeze(text: str) -> str:
    """The text without any white space: what n-grams are counted on."""
    return _SPACE.sub("", text)


def count_emoji(text: str) -> int:
    """Pictures in the text; a joined or coloured one may count for more than one."""
    return len(_EMOJI.findall(text))


def count_grams(text: str, size: int) -> Counter[str]:
    """Character n-grams of the squeezed text."""
    flat = squeeze(text)
    return Counter(flat[i : i + size] for i in range(len(flat) - size + 1))


def hash_grams(text: str, bits: int, sizes: tuple[int, ...] = (1, 2, 3)) -> tuple[IntArray, FloatArray]:
    """Buckets (sorted, unique, below ``2**bits``) and their values: square-rooted counts, L2 norm 1.

    The hash is a fixed polynomial over code points with a final mixing, so it is the same on every machine.
    """
    codes = np.frombuffer(squeeze(text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    hashes = [_polynomial(codes, size) for size in sizes if len(codes) >= size]
    if not hashes:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    mixed = np.concatenate(hashes)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    buckets, counts = np.unique((mixed >> np.uint64(64 - bits)).astype(np.int64), return_counts=True)
    values = np.sqrt(counts.astype(np.float64))
    return buckets, values / float(np.linalg.norm(values))


def _polynomial(codes: npt.NDArray[np.uint64], size: int) -> npt.NDArray[np.uint64]:
    length = len(codes) - size + 1
    value = np.full(length, size, dtype=np.uint64)
    for offset in range(size):
        value = value * np.uint64(1_000_003) + codes[offset : offset + length]
    return value * np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class TextView:
    """A text with its pieces, cut once for all features."""

    text: str
    flat: str
    sentences: tuple[str, ...]
    clauses: tuple[str, ...]
    lines: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> TextView:
        """Cut the text."""
        lines = tuple(line.strip() for line in text.splitlines() if line.strip())
        return cls(text, squeeze(text), tuple(split_sentences(text)), tuple(split_clauses(text)), lines)

    def per_hundred(self, count: float) -> float:
        """A count as a rate for each hundred characters."""
        return 100.0 * count / max(len(self.flat), 20)

    def has(self, words: tuple[str, ...]) -> int:
        """How many occurrences of these words."""
        return sum(self.flat.count(word) for word in words)


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


SCENES = _words(
    "客厅 卧室 厨房 阳台 浴室 书房 宿舍 办公室 地铁 通勤 上班 下班 出门 周末 早上 早晨 晚上 睡前 午后 雨天 旅行 露营 "
    "约会 聚会 逛街 海边 公园 餐桌 床头 路上 车里 开学 过年 中秋 夏天 冬天 春天 秋天 运动 健身 加班 在家"
)
FEELINGS = _words("舒服 舒适 喜欢 安心 放心 温柔 轻松 踏实 开心 惊喜 幸福 自在 心动 柔软 清爽 温暖 治愈 好看 满意")
CRAFT = _words("材质 面料 工艺 纯棉 真皮 不锈钢 陶瓷 实木 针织 刺绣 缝 车线 织 手工 选料 打磨 配料 成分 结构 做工")
STORIES = _words("那天 小时候 记得 后来 当年 奶奶 外婆 妈妈说 第一次 从前 那年 有一次 师傅 十年")
TROUBLES = _words("不再 告别 别再 再也不 麻烦 总是 烦 怕 担心 难 不用 尴尬 头疼 受够")
CALLS = _words("下单 点击 私信 评论 抢 来试试 跟我说 联系 戳 拍下 领取 带走 收藏 加购 点下面 问我")
SERVICE = _words("质保 退换 包邮 售后 运费险 保修 七天 发货 包退 送货")
PARTICLES = _words("呀 啦 哦 呢 吧 嘛 哟 哈 噢 呐")
ADDRESSES = _words("姐妹 家人们 亲 宝子 宝贝 朋友们 各位 大家")
SELVES = _words("我 咱 俺 本店 我们")
PEOPLE = _words("孩子 宝宝 妈妈 爸爸 老人 爸妈 闺蜜 女儿 儿子 学生")
COLOURS = tuple("白黑红蓝绿灰粉黄紫")
FLAVOURS = tuple("甜香脆鲜辣咸酸")
SIZES = tuple("大小高宽长短")
TOUCH = tuple("软硬厚薄滑轻")
BODY = tuple("手脚头腰肩肤脸肚腿")
TIMES = tuple("天早晚时年月季")
USES = tuple("用放装穿吃喝")
GIVING = tuple("送给帮让")
PLACES = tuple("上下里外边中")


@dataclass(frozen=True, slots=True)
class NamedFeature:
    """One feature: its key, the words for more and for less of it, its measure, and the measure's usual spread."""

    name: str
    more: str
    less: str
    measure: Callable[[TextView], float]
    centre: float
    spread: float


def _rate(words: tuple[str, ...]) -> Callable[[TextView], float]:
    return lambda view: view.per_hundred(view.has(words))


def _mean_sentence(view: TextView) -> float:
    return log(1 + sum(map(len, view.sentences)) / max(len(view.sentences), 1))


def _sentence_spread(view: TextView) -> float:
    lengths = [len(s) for s in view.sentences]
    return float(np.std(lengths)) if lengths else 0.0


def _question_hook(view: TextView) -> float:
    return float(bool(view.sentences) and view.sentences[0].endswith(("？", "?")))


def _price_first(view: TextView) -> float:
    head = view.flat[: max(20, len(view.flat) * 2 // 5)]
    return float(_PRICE.search(head) is not None)


def _call_at_end(view: TextView) -> float:
    return float(bool(view.sentences) and any(word in "".join(view.sentences[-2:]) for word in CALLS))


def _four_characters(view: TextView) -> float:
    return sum(len(c) == 4 for c in view.clauses) / max(len(view.clauses), 1)


def _first_length(pieces: tuple[str, ...]) -> float:
    return log(1 + len(pieces[0])) if pieces else 0.0


def _has_latin(view: TextView) -> float:
    return float(re.search("[A-Za-z]{2}", view.flat) is not None)


def _doubled(view: TextView) -> float:
    return view.per_hundred(sum(a == b for a, b in pairwise(view.flat)))


FEATURES: tuple[NamedFeature, ...] = (
    NamedFeature("length", "篇幅长", "短小", lambda v: log(1 + len(v.flat)), 4.5, 0.5),
    NamedFeature("sentence_length", "长句", "短句", _mean_sentence, 2.9, 0.35),
    NamedFeature("sentence_spread", "长短句相间", "句子整齐", _sentence_spread, 6.0, 4.0),
    NamedFeature("clause_length", "少停顿", "停顿多", lambda v: len(v.flat) / max(len(v.clauses), 1), 9.0, 2.5),
    NamedFeature("emoji", "带表情", "不带表情", lambda v: min(count_emoji(v.text), 6) ** 0.5, 0.4, 0.7),
    NamedFeature("question_hook", "提问开头", "不用提问开头", _question_hook, 0.15, 0.35),
    NamedFeature("questions", "多提问", "少提问", lambda v: v.per_hundred(v.has(("？", "?"))), 0.3, 0.5),
    NamedFeature("exclamations", "多感叹", "语气平稳", lambda v: v.per_hundred(v.has(("！", "!"))), 0.6, 0.9),
    NamedFeature("digits", "带数字", "少用数字", lambda v: v.per_hundred(len(_DIGITS.findall(v.text))), 2.0, 1.8),
    NamedFeature("scenes", "带场景", "少讲场景", _rate(SCENES), 1.0, 1.1),
    NamedFeature("price_first", "先说价格", "不先说价格", _price_first, 0.2, 0.4),
    NamedFeature("price", "讲优惠", "少讲优惠", lambda v: v.per_hundred(len(_PRICE.findall(v.text))), 0.8, 1.0),
    NamedFeature("paragraphs", "分行多", "一段到底", lambda v: log(len(v.lines) + 1), 1.2, 0.5),
    NamedFeature("labels", "列条目", "不列条目", lambda v: min(len(_LABEL.findall(v.text)), 5) / 5, 0.15, 0.3),
    NamedFeature("particles", "语气活泼", "语气沉稳", _rate(PARTICLES), 0.4, 0.7),
    NamedFeature("polite", "称“您”", "不称“您”", lambda v: v.per_hundred(v.has(("您",))), 0.4, 0.8),
    NamedFeature("familiar", "称“你”", "不称“你”", lambda v: v.per_hundred(v.has(("你",))), 0.4, 0.8),
    NamedFeature("selves", "用“我”来说", "不用“我”来说", _rate(SELVES), 0.7, 1.0),
    NamedFeature("addresses", "招呼顾客", "不招呼顾客", _rate(ADDRESSES), 0.2, 0.5),
    NamedFeature("call", "结尾请人下单", "结尾不催下单", _call_at_end, 0.4, 0.5),
    NamedFeature("hashtags", "带话题", "不带话题", lambda v: float("#" in v.flat), 0.15, 0.35),
    NamedFeature("brackets", "带【】", "不带【】", lambda v: float("【" in v.flat), 0.15, 0.35),
    NamedFeature("four", "四字短语多", "四字短语少", _four_characters, 0.15, 0.13),
    NamedFeature("craft", "讲用料做工", "少讲用料做工", _rate(CRAFT), 0.8, 1.0),
    NamedFeature("feelings", "讲感受", "少讲感受", _rate(FEELINGS), 0.5, 0.8),
    NamedFeature("stories", "讲故事", "不讲故事", _rate(STORIES), 0.1, 0.4),
    NamedFeature("troubles", "讲烦恼", "不讲烦恼", _rate(TROUBLES), 0.6, 0.9),
    NamedFeature("service", "讲售后", "少讲售后", _rate(SERVICE), 0.3, 0.6),
    NamedFeature("modifiers", "修饰多", "修饰少", lambda v: v.per_hundred(v.has(("的", "地"))), 3.0, 2.0),
    NamedFeature("opening_length", "开头长", "开头短", lambda v: _first_length(v.sentences), 2.9, 0.4),
    NamedFeature("ending_length", "结尾长", "结尾短", lambda v: _first_length(v.sentences[-1:]), 2.7, 0.4),
    NamedFeature("first_line", "首行长", "首行短", lambda v: _first_length(v.lines), 3.3, 0.7),
    NamedFeature("last_line", "末行长", "末行短", lambda v: _first_length(v.lines[-1:]), 3.4, 0.7),
    NamedFeature("commas", "逗号多", "逗号少", lambda v: v.per_hundred(v.has(("，", ","))), 6.0, 2.5),
    NamedFeature("enumerations", "并列多", "并列少", lambda v: v.per_hundred(v.flat.count("、")), 0.7, 1.0),
    NamedFeature("doubled", "叠字多", "叠字少", _doubled, 0.6, 0.8),
    NamedFeature("variety", "用词多样", "用词重复", lambda v: len(set(v.flat)) / max(len(v.flat), 1), 0.75, 0.12),
    NamedFeature("negations", "多讲“不”", "少讲“不”", lambda v: v.per_hundred(v.has(("不", "没", "无"))), 1.5, 1.3),
    NamedFeature("comparisons", "爱对比", "少对比", lambda v: v.per_hundred(v.has(("更", "比", "还", "也"))), 1.3, 1.2),
    NamedFeature("people", "提到家人孩子", "少提家人孩子", _rate(PEOPLE), 0.3, 0.7),
    NamedFeature("colours", "讲颜色", "少讲颜色", _rate(COLOURS), 0.7, 1.1),
    NamedFeature("flavours", "讲味道", "少讲味道", _rate(FLAVOURS), 0.6, 1.2),
    NamedFeature("sizes", "讲大小长短", "少讲大小长短", _rate(SIZES), 2.0, 1.8),
    NamedFeature("touch", "讲手感", "少讲手感", _rate(TOUCH), 1.0, 1.3),
    NamedFeature("body", "讲穿戴的部位", "少讲穿戴的部位", _rate(BODY), 1.0, 1.3),
    NamedFeature("times", "讲时间", "少讲时间", _rate(TIMES), 1.5, 1.5),
    NamedFeature("uses", "讲怎么用", "少讲怎么用", _rate(USES), 2.0, 1.7),
    NamedFeature("giving", "讲送人帮忙", "少讲送人帮忙", _rate(GIVING), 0.7, 1.0),
    NamedFeature("places", "讲位置", "少讲位置", _rate(PLACES), 2.0, 1.7),
    NamedFeature("latin", "带英文", "不带英文", _has_latin, 0.25, 0.4),
)


def named_features(text: str) -> FloatArray:
    """The values of ``FEATURES`` in their order, centred, scaled, and held within three spreads."""
    view = TextView.of(text)
    raw = np.array([(f.measure(view) - f.centre) / f.spread for f in FEATURES])
    clipped: FloatArray = np.clip(raw, -3.0, 3.0)
    return clipped
