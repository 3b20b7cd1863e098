"""The one door to jieba: words of a text, with the shop trade's own words known to it.

jieba is loaded at the first cut, with a tokenizer of its own so that no other user of jieba is disturbed, on the table
of words in ``assets/lexicons/words.bin`` (``word_table``) instead of its own dictionary; its log is silenced.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from engine.paths import Paths
from engine.text.word_table import WordTable

_LOCK = threading.Lock()
HAN_WORD = re.compile("[一-鿿]{2,}")
SPAN, DAMPING, ROUNDS = 5, 0.85, 10
"""TextRank: words that stand within SPAN are neighbours; damping and rounds as published."""

TRADE_WORDS = tuple(
    "包邮 七天无理由 现货 速发 秒发 连衣裙 半身裙 阔腿裤 小个子 显瘦 显高 显白 法式 复古 韩版 宽松 修身 百搭 通勤 高腰 收腰 泡泡袖 灯笼袖 "
    "小香风 学院风 ins风 纯棉 全棉 雪纺 真丝 羊毛 羊绒 桑蚕丝 聚酯纤维 莫代尔 牛津布 高弹 速干 防晒衣 冲锋衣 羽绒服 卫衣 打底衫 牛仔裤 "
    "四件套 乳胶枕 记忆棉 蚕丝被 保温杯 不粘锅 破壁机 空气炸锅 电饭煲 养生壶 充电宝 数据线 快充 蓝牙耳机 真无线 降噪 续航 手机壳 钢化膜 "
    "投影仪 扫地机器人 吹风机 电动牙刷 冲牙器 洗面奶 洁面乳 爽肤水 精华液 面霜 防晒霜 口红 气垫 粉底液 眼影盘 卸妆油 沐浴露 洗发水 护发素 "
    "敏感肌 油皮 干皮 混油皮 烟酰胺 玻尿酸 神经酰胺 氨基酸 挂耳咖啡 拿铁 铁观音 白牡丹 普洱茶 龙井茶 坚果 礼盒装 独立包装 真空包装 "
    "冷链 顺丰 脐橙 车厘子 猕猴桃 大闸蟹 小龙虾 螺蛳粉 酸辣粉 火锅底料 豆瓣酱 猫粮 狗粮 猫砂 冻干 尿不湿 纸尿裤 奶瓶 爬行垫 绘本 积木 "
    "益智 露营 帐篷 天幕 瑜伽垫 跳绳 钓鱼竿 鱼饵 头盔 车载 行车记录仪 脚垫 收纳箱 收纳盒 抽纸 湿巾 洗衣液 洗洁精 垃圾袋 儿童 宝妈 新款 "
    "大码 加厚 加绒 透气 防水 防滑 耐磨 静音 便携 可折叠 免打孔 一级能效 变频 大容量 家用 商用 办公室 学生党 上班族 伴手礼 年货 中秋 端午".split()
)


def cut_words(text: str) -> list[str]:
    """The words of ``text`` in order; joined they are ``text`` again."""
    return list(_tokenizer().cut(text, HMM=True)) if text else []


def tag_words(text: str) -> list[tuple[str, str]]:
    """Words with their part of speech as in jieba's dictionary, n for what it lacks, x for what is no word.

    What the dictionary lacks is taken for a name: jieba's tagger would guess better, for a hundred megabytes.
    """
    words = _table()
    return [(word, _flag(word, words)) for word in cut_words(text)]


def _flag(word: str, words: WordTable) -> str:
    return (words.flag(word) if len(word) > 1 else "") or ("n" if HAN_WORD.fullmatch(word) else "x")


def teach(words: Iterable[str]) -> None:
    """Make the tokenizer know these words (the shop's own names)."""
    for word in words:
        _tokenizer().add_word(word)


@lru_cache(maxsize=1)
def _table() -> WordTable:
    return WordTable.read(Paths.default().assets / "lexicons" / "words.bin")


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    with _LOCK:
        import jieba

        jieba.setLogLevel(logging.ERROR)
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total, tokenizer.initialized = _table(), _table().total, True
        for word in TRADE_WORDS:
            tokenizer.add_word(word)
        return tokenizer


def weigh_words(text: str, count: int, stop_words: frozenset[str]) -> list[tuple[str, float]]:
    """Up to ``count`` words by TF-IDF (jieba's general document frequencies), heaviest first."""
    words = _table()
    counts = Counter(word for word in cut_words(text) if _is_word(word, stop_words))
    weights = {word: number * words.rarity(word) / counts.total() for word, number in counts.items()}
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:count]


def rank_words(text: str, count: int, stop_words: frozenset[str]) -> list[tuple[str, float]]:
    """Up to ``count`` nouns, verbs and adjectives by TextRank (Mihalcea and Tarau 2004), heaviest first."""
    kept = [word for word, flag in tag_words(text) if flag[:1] in "nva" and _is_word(word, stop_words)]
    edges: dict[str, Counter[str]] = {word: Counter() for word in kept}
    for place, word in enumerate(kept):
        for other in kept[place + 1 : place + SPAN]:
            if other != word:
                edges[word][other] += 1
                edges[other][word] += 1
    ranks = dict.fromkeys(edges, 1.0)
    for _ in range(ROUNDS):
        ranks = {
            word: 1 - DAMPING + DAMPING * sum(n * ranks[other] / edges[other].total() for other, n in near.items())
            for word, near in edges.items()
        }
    return sorted(ranks.items(), key=lambda pair: (-pair[1], pair[0]))[:count]


def _is_word(word: str, stop_words: frozenset[str]) -> bool:
    return len(word.strip()) > 1 and word not in stop_words
