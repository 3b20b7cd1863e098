"""How fast the preference model learns a shop's taste: simulated owners over real copy; prints JSON.

Each simulated owner likes a hidden mix of things, once of the kinds that sellers name and that are partly close to the
model's own features, once (``UNNAMED``) of things that no named feature measures, once (``FRESH``) of things written
before the model was last changed and not tuned on. The owner picks the best of eight texts of one channel, at random in
one pick of ten. The texts that are asked about are not among those learned from. Reported: how often the owner's true
favourite is ranked first and in the upper half, after 20 and 100 picks, with 95 % intervals over shops.

Run: ``python -m benchmarks.ranking --shops 60`` (``-m``: the engine of this folder, not an installed one, is measured)
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from engine.ranking.preference import PreferenceModel

Taste = Callable[[str], float]


def rate(text: str, words: Sequence[str]) -> float:
    """Occurrences of any of these words in a hundred characters."""
    return 100 * sum(text.count(word) for word in words) / max(len(text), 30)


HIDDEN: dict[str, Taste] = {
    "ends_with_particle": lambda t: float(t.rstrip("。！!~ \n")[-1:] in "呀啦哦呢吧嘛"),
    "starts_with_noun_of_place": lambda t: float(any(w in t[:14] for w in ("家", "厨房", "门", "路", "店", "房"))),
    "body_words": lambda t: rate(t, "手脚头腰肩肤脸"),
    "doubled_characters": lambda t: 100 * sum(a == b for a, b in pairwise(t)) / max(len(t), 30),
    "colour_words": lambda t: rate(t, "白黑红蓝绿灰粉黄"),
    "short_first_sentence": lambda t: -float(min(len(t.split("。")[0].split("\n")[0]), 40)) / 10,
    "dashes_and_dots": lambda t: float(t.count("、")) / max(len(t), 30) * 100,
    "negations": lambda t: rate(t, ("不", "没", "无")),
    "verbs_of_use": lambda t: rate(t, ("用", "放", "装", "穿", "吃", "喝")),
    "time_words": lambda t: rate(t, ("天", "早", "晚", "时", "年", "月")),
    "commas": lambda t: float(t.count("，")) / max(len(t), 30) * 100,
    "longish": lambda t: float(len(t)) / 60,
    "quiet": lambda t: -float(t.count("！") + t.count("!")),
    "child_and_elder": lambda t: float(sum(t.count(w) for w in ("孩", "宝", "妈", "爸", "老人"))),
    "comparison_words": lambda t: rate(t, ("更", "比", "还", "也")),
    "last_line_short": lambda t: -float(len(t.strip().split("\n")[-1])) / 30,
}

UNNAMED: dict[str, Taste] = {
    "ends_with_particle": HIDDEN["ends_with_particle"],
    "starts_with_noun_of_place": HIDDEN["starts_with_noun_of_place"],
    "words_of_weather": lambda t: rate(t, "风雨雪晴阳冷热凉"),
    "words_of_cleaning": lambda t: rate(t, "洗擦净洁刷水"),
    "words_of_motion": lambda t: rate(t, "走跑来去回坐站"),
    "words_of_quantity": lambda t: rate(t, "一两三几多每"),
    "words_of_sight": lambda t: rate(t, "看见显亮光眼"),
    "words_of_order": lambda t: rate(t, ("先", "再", "后", "最后", "接着")),
    "words_of_ability": lambda t: rate(t, "能会可要想"),
    "words_of_making": lambda t: rate(t, "做加配成造"),
}
"""Tastes that no named feature of the model measures."""

FRESH: dict[str, Taste] = {
    "ends_without_a_mark": lambda t: float(t.strip()[-1:] not in "。！？!?…~"),
    "ends_with_a_question": lambda t: float(t.strip()[-1:] in "？?"),
    "first_word_is_a_verb": lambda t: float(t.lstrip("【#*")[:1] in "用穿喝吃放买带洗看做拿挂铺摆"),
    "figure_in_the_first_sentence": lambda t: float(re.search(r"\d", re.split("[。！？\n]", t.strip())[0]) is not None),
    "short_clauses": lambda t: -statistics.fmean(map(len, re.findall("[^，。！？、\n]+", t) or [t])),
    "even_lines": lambda t: -statistics.pstdev([len(line) for line in t.splitlines() if line.strip()] or [0]),
    "colons": lambda t: rate(t, "：:"),
    "causal": lambda t: rate(t, ("因为", "所以", "免得", "省得", "就不")),
    "conditional": lambda t: rate(t, ("如果", "要是", "的话", "只要", "时候")),
    "possessives": lambda t: rate(t, ("你的", "您的", "我们", "自己", "咱")),
    "words_of_kitchen": lambda t: rate(t, "锅碗筷煮炒蒸汤饭菜盘"),
    "words_of_cloth": lambda t: rate(t, "棉麻丝绸绒布线毛皮缎"),
    "words_of_shape": lambda t: rate(t, "圆方尖弯直平斜扁"),
    "words_of_sound": lambda t: rate(t, "听声音响吵静"),
    "words_of_smell": lambda t: rate(t, "香闻味臭气"),
    "words_of_house": lambda t: rate(t, "家房屋门窗墙床桌柜"),
    "words_of_money": lambda t: rate(t, "元钱价买卖贵省"),
    "words_of_nature": lambda t: rate(t, "山海花草树木果茶叶田"),
    "words_of_tying": lambda t: rate(t, "系扣绑拉挂夹粘贴"),
    "words_of_strength": lambda t: rate(t, "牢结实稳硬强耐"),
    "words_of_ease": lambda t: rate(t, ("轻松", "方便", "简单", "省事", "省心", "容易", "不用")),
    "words_of_number_and_measure": lambda t: rate(t, "克斤升米寸度瓦码"),
}
"""Written before the model was last changed, and not looked at while it was; seen since, so the next change needs new ones."""


def read_texts(paths: Sequence[Path]) -> dict[str, list[str]]:
    """Texts by channel from corpus lines with ``targets`` (by channel) or one ``target``."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            targets = row.get("targets") or {row.get("channel", ""): row.get("target")}
            for channel, text in targets.items():
                if isinstance(text, str) and len(text) > 20:
                    found[channel].append(text)
    return {channel: texts for channel, texts in sorted(found.items()) if len(texts) >= 60}


def make_owner(rng: random.Random, texts: Sequence[str], tastes: dict[str, Taste]) -> Taste:
    """A taste for three to five hidden things, each scaled by its spread over the texts."""
    names = rng.sample(sorted(tastes), rng.randint(3, 5))
    weights = []
    for name in names:
        values = [tastes[name](text) for text in texts]
        weights.append((tastes[name], rng.choice((-1, 1)) * rng.uniform(0.5, 1.5) / (statistics.pstdev(values) or 1.0)))
    return lambda text: sum(weight * taste(text) for taste, weight in weights)


def simulate_shop(
    pools: dict[str, list[str]],
    seed: int,
    tastes: dict[str, Taste],
    *,
    checkpoints: Sequence[int] = (20, 100),
    noise: float = 0.1,
    questions: int = 200,
) -> dict[int, tuple[int, int, int]]:
    """One owner over ``max(checkpoints)`` picks: for each checkpoint (ranked first, in the upper half, questions)."""
    rng = random.Random(seed)
    channel = rng.choice(sorted(pools))
    texts = list(dict.fromkeys(pools[channel]))
    rng.shuffle(texts)
    cut = len(texts) * 2 // 3
    learn, unseen = texts[:cut], texts[cut:]
    owner = make_owner(rng, texts, tastes)
    model = PreferenceModel()
    results = {}
    for pick in range(1, max(checkpoints) + 1):
        eight = rng.sample(learn, 8)
        picked = rng.choice(eight) if rng.random() < noise else max(eight, key=owner)
        model.update(picked, [text for text in eight if text is not picked])
        if pick in checkpoints:
            results[pick] = ask(model, owner, unseen, rng, questions)
    return results


def ask(
    model: PreferenceModel, owner: Taste, texts: Sequence[str], rng: random.Random, questions: int
) -> tuple[int, int, int]:
    """Rank eight unseen texts, again and again; where does the owner's favourite stand?"""
    scores = {text: model.score(text) for text in texts}
    first = upper = 0
    for _ in range(questions):
        eight = rng.sample(list(texts), 8)
        favourite = max(eight, key=owner)
        place = sorted(eight, key=lambda text: -scores[text]).index(favourite)
        first += place == 0
        upper += place < 4
    return first, upper, questions


def share(rates: Sequence[float]) -> dict[str, float]:
    """Mean over shops with its 95 % interval (shops are the independent units)."""
    mean = statistics.fmean(rates)
    half = 1.96 * statistics.stdev(rates) / len(rates) ** 0.5 if len(rates) > 1 else 1.0
    return {"mean": round(mean, 4), "low": round(mean - half, 4), "high": round(mean + half, 4)}


def measure_preference(
    pools: dict[str, list[str]], shops: int, tastes: dict[str, Taste], seed: int = 0
) -> dict[str, object]:
    """All shops; chance is 0.125 for the first place and 0.5 for the upper half."""
    started = time.perf_counter()
    runs = [simulate_shop(pools, seed + shop, tastes) for shop in range(shops)]
    report: dict[str, object] = {"shops": shops, "seconds": round(time.perf_counter() - started, 1)}
    for pick in runs[0]:
        report[f"first_of_eight_after_{pick}"] = share([run[pick][0] / run[pick][2] for run in runs])
        report[f"upper_half_after_{pick}"] = share([run[pick][1] / run[pick][2] for run in runs])
    return report


def main() -> None:
    """Read the arguments and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--texts", nargs="+", type=Path, default=sorted(Path("training/corpus").glob("*.jsonl")))
    parser.add_argument("--shops", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    pools = read_texts(options.texts)
    report = {
        "texts": {channel: len(texts) for channel, texts in pools.items()},
        "preference": measure_preference(pools, options.shops, HIDDEN, options.seed),
        "preference_of_unnamed_things": measure_preference(pools, options.shops, UNNAMED, options.seed),
        "preference_of_fresh_things": measure_preference(pools, options.shops, FRESH, options.seed),
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
