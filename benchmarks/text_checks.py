"""How well the text checks see and how seldom they cry wolf; prints one JSON object.

    python -m benchmarks.text_checks --corpus FOLDER [--cases FILE.jsonl] [--plants 500]

On a corpus of lawful copy with its briefs: the part flagged as unlawful (by the general rules, and by each trade's own),
the part with fact findings, and the part of
planted inventions (a number, material, origin or price put into a text) that is found. Clarity is measured on the
``clarify`` rows: sources with a named ambiguity against their mended targets. ``--cases`` holds labelled sentences
(``content``, ``label`` pass or reject); ``--law-cases`` a table of them (label, domain, a part of the article or nothing,
sentence; tabs between): ``benchmarks/law_cases.tsv`` and ``benchmarks/law_dev3.tsv`` to ``law_dev6.tsv`` were tuned
on, each after one measurement that was not; ``benchmarks/law_unseen.tsv`` never was and must not be.
Speed is seconds for a million characters and for 500.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from engine.domain import Brief
from engine.text import CopyChecker, LawChecker, find_ambiguities
from engine.text.facts import FactChecker

BRIEF_FIELDS = ("product", "category", "attributes", "points", "audience", "offer", "source")
PLANTS = {
    "number": ("净重{n}斤", "容量{n}ml", "功率{n}W", "长{n}厘米", "共{n}件", "续航{n}小时", "{c}斤装", "承重{n}kg"),
    "material": ("采用{m}材质", "{m}面料亲肤", "{m}做的", "里面是{m}", "选用{m}"),
    "origin": ("产自{o}", "来自{o}", "{o}直采", "源自{o}", "{o}原产"),
    "price": ("只要{p}元", "到手{p}元", "今天{d}折", "{p}块钱一份", "立减{p}元"),
}
MATERIALS = (
    "羊绒",
    "真丝",
    "桑蚕丝",
    "亚麻",
    "不锈钢",
    "铝合金",
    "胡桃木",
    "骨瓷",
    "鹅绒",
    "天丝",
    "莫代尔",
    "硅胶",
    "牛皮",
    "纯棉",
    "碳纤维",
    "羊毛",
)
ORIGINS = (
    "新疆",
    "云南",
    "意大利",
    "日本",
    "新西兰",
    "福建",
    "内蒙古",
    "法国",
    "景德镇",
    "泰国",
    "智利",
    "四川",
    "山东",
    "德国",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--law-cases", type=Path)
    parser.add_argument("--plants", type=int, default=500)
    parser.add_argument("--assets", type=Path, default=Path(__file__).resolve().parent.parent / "assets")
    options = parser.parse_args()
    rows = [json.loads(line) for path in sorted(options.corpus.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    law, facts = LawChecker(options.assets / "lexicons"), FactChecker(options.assets / "lexicons")
    report: dict[str, Any] = {"rows": len(rows)}
    report |= (
        _lawful(rows, law)
        | _lawful_by_trade(rows, law)
        | _facts(rows, facts, options.plants)
        | _clarity(rows)
        | _speed(rows, options.assets)
    )
    if options.cases:
        report["cases"] = _cases(options.cases, law)
    if options.law_cases:
        report["law_cases"] = _law_cases(options.law_cases, law)
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")


def brief_of(row: dict[str, Any]) -> Brief:
    """The corpus row's brief."""
    return Brief.from_dict({name: row[name] for name in BRIEF_FIELDS})


CATEGORIES = {
    "food": "方便速食 方便食品 糕点烘焙 乳品饮料 调味酱料 坚果零食 粮油米面 茶叶 咖啡冲饮 咖啡 饮料 生鲜水果 蔬菜菌菇 肉禽蛋水产 地方特产",
    "cosmetics": "护肤 彩妆 香氛 个护清洁 美妆洗护",
    "health_food": "保健食品",
    "education": "在线课程 在线课程与本地服务",
    "finance": "金融保险 金融保险服务",
    "medical": "健康服务 口腔体检健康服务",
}
TRADES = {category: trade for trade, categories in CATEGORIES.items() for category in categories.split()}
"""Categories of the corpus whose copy is held against their trade's own pack as well."""


def _lawful_by_trade(rows: list[dict[str, Any]], law: LawChecker) -> dict[str, Any]:
    """How much lawful copy of a trade the trade's own rules forbid: (share, texts)."""
    found: dict[str, list[bool]] = {}
    for row in rows:
        trade = TRADES.get(row["category"])
        if trade:
            blocked = any(f.blocks for f in law.check(row["target"], domain=trade, channel=row["channel"]))
            found.setdefault(trade, []).append(blocked)
    return {"lawful_blocked_by_trade": {t: (_rate(sum(told), len(told)), len(told)) for t, told in found.items()}}


def _lawful(rows: list[dict[str, Any]], law: LawChecker) -> dict[str, Any]:
    findings = [law.check(row["target"], channel=row["channel"]) for row in rows]
    return {
        "lawful_blocked": _rate(sum(any(f.blocks for f in found) for found in findings), len(rows)),
        "lawful_risky": _rate(sum(any(f.severity.value == "risky" for f in found) for found in findings), len(rows)),
    }


def _facts(rows: list[dict[str, Any]], facts: FactChecker, plants: int) -> dict[str, Any]:
    alarms = sum(bool(facts.check(row["target"], brief_of(row))) for row in rows)
    rng = random.Random(7)
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed = []
    while made.total() < plants:
        row = rng.choice(rows)
        kind, phrase, value = _invention(rng, row)
        if value in brief_of(row).all_text():
            continue
        text, start = _planted(rng, row["target"], phrase)
        made[kind] += 1
        hit = any(f.start < start + len(phrase) and f.end > start for f in facts.check(text, brief_of(row)))
        found[kind] += hit
        if not hit:
            missed.append(phrase)
    return {
        "fact_alarms": _rate(alarms, len(rows)),
        "planted_recall": _rate(found.total(), made.total()),
        "planted_by_kind": {kind: _rate(found[kind], made[kind]) for kind in sorted(made)},
        "planted_missed": missed[:20],
    }


def _invention(rng: random.Random, row: dict[str, Any]) -> tuple[str, str, str]:
    kind = rng.choice(sorted(PLANTS))
    values = {
        "n": str(rng.randint(2, 990)),
        "c": rng.choice("三五六七八九"),
        "m": rng.choice(MATERIALS),
        "o": rng.choice(ORIGINS),
        "p": str(rng.randint(3, 899)),
        "d": str(rng.randint(2, 9)),
    }
    template = rng.choice(PLANTS[kind])
    key = re.findall(r"\{(\w)\}", template)[0]
    return kind, template.format(**values), values[key]


def _planted(rng: random.Random, text: str, phrase: str) -> tuple[str, int]:
    places = [m.end() for m in re.finditer(r"[，。！？\n ]", text[:-1])] or [len(text)]
    place = rng.choice(places)
    return f"{text[:place]}{phrase}，{text[place:]}", place


def _clarity(rows: list[dict[str, Any]]) -> dict[str, Any]:
    chosen = [row for row in rows if row["task"] == "clarify"]
    if not chosen:
        return {}
    before = [find_ambiguities(row["source"], brief_of(row)) for row in chosen]
    after = [find_ambiguities(row["target"], brief_of(row)) for row in chosen]
    return {
        "clarity_sources_named": _rate(sum(map(bool, before)), len(chosen)),
        "clarity_targets_named": _rate(sum(map(bool, after)), len(chosen)),
        "clarity_mean_before": round(sum(map(len, before)) / len(chosen), 2),
        "clarity_mean_after": round(sum(map(len, after)) / len(chosen), 2),
    }


def _speed(rows: list[dict[str, Any]], assets: Path) -> dict[str, Any]:
    law, checker = LawChecker(assets / "lexicons"), CopyChecker(assets)
    text = "".join(row["target"] for row in rows)[:200_000]
    law.check(text[:10])
    started = time.process_time()
    law.check(text)
    million = (time.process_time() - started) * 1_000_000 / len(text)
    piece, brief = text[:500], brief_of(rows[0])
    checker.check(piece, brief)
    times = []
    for _ in range(20):
        started = time.process_time()
        checker.check(piece, brief)
        times.append(time.process_time() - started)
    return {"seconds_per_million": round(million, 2), "ms_per_500": round(sorted(times)[len(times) // 2] * 1000, 2)}


def _cases(path: Path, law: LawChecker) -> dict[str, Any]:
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    told = [
        (row["label"] == "reject", any(f.blocks for f in law.check(row["content"])))
        for row in rows
        if row["label"] != "manual_review"
    ]
    counts = Counter(told)
    right, extra, missed = counts[True, True], counts[False, True], counts[True, False]
    return {"precision": _rate(right, right + extra), "recall": _rate(right, right + missed), "n": len(told)}


def _law_cases(path: Path, law: LawChecker) -> dict[str, Any]:
    """May it be published, and is the article right among the sentences caught that name one; lists what was wrong."""
    counts: Counter[tuple[bool, bool]] = Counter()
    articles: Counter[bool] = Counter()
    wrong = []
    for line in path.read_text(encoding="utf-8").splitlines():
        label, domain, article, sentence = line.split("\t")
        blocking = [f for f in law.check(sentence, domain=domain) if f.blocks]
        counts[label == "reject", bool(blocking)] += 1
        if (label == "reject") != bool(blocking):
            wrong.append(sentence)
        elif blocking and article:
            articles[any(article in f.article for f in blocking)] += 1
    right, extra, missed = counts[True, True], counts[False, True], counts[True, False]
    return {
        "precision": _rate(right, right + extra),
        "recall": _rate(right, right + missed),
        "f1": _rate(2 * right, 2 * right + extra + missed),
        "article_right": _rate(articles[True], articles.total()),
        "n": counts.total(),
        "wrong": wrong,
    }


def _rate(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


if __name__ == "__main__":
    main()
