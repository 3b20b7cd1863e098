"""Attribute guesses and search words on titles that people gave attributes to, against TF-IDF; prints one JSON object.

    python -m benchmarks.keywords --products products_2000.jsonl [--part report|develop|all]

A title's labels are the values of its record that stand in the title (品牌, 型号, numbers of a filing and the like are
no attributes of the goods and left out on both sides). A guess is right when its words are a label's words or the one
holds the other (two characters at least). Names are compared by groups (面料 = 材质). ``tfidf`` takes as many words
as the guesses have on average; the words that it takes have no names, so it is compared in ``values`` alone. Which half a
title is in follows from a hash of it; words are learned from ``develop`` only.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.text.cleaning import clean_text
from engine.text.keywords import KeywordFinder

NO_ATTRIBUTE = (
    "品牌 型号 货号 系列 品名 生产企业 厂名 厂址 省份 城市 地市 产品名称 商品条形码 款号 保健食品批准文号 批准文号 化妆品备案编号 "
    "净含量 上市时间 年份季节"
).split()
Pairs = set[tuple[str, str]]


@dataclass(slots=True)
class Count:
    """Right, extra, missed; and the most frequent words of the last two."""

    right: int = 0
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, guesses: Pairs, labels: Pairs, same: Callable[[str, str], bool]) -> None:
        """Match guesses with labels, one with one."""
        open_labels = set(labels)
        for name, value in sorted(guesses):
            hit = next((lab for lab in sorted(open_labels) if lab[0] == name and same(value, lab[1])), None)
            if hit is None:
                self.extra[f"{name}:{value}"] += 1
            else:
                open_labels.remove(hit)
                self.right += 1
        self.missed.update(f"{name}:{value}" for name, value in open_labels)

    def rates(self) -> dict[str, float]:
        """Precision, recall, F1."""
        guessed, labelled = self.right + self.extra.total(), self.right + self.missed.total()
        return {
            "precision": round(self.right / guessed, 4) if guessed else 0.0,
            "recall": round(self.right / labelled, 4) if labelled else 0.0,
            "f1": round(2 * self.right / (guessed + labelled), 4) if guessed + labelled else 0.0,
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=Path, required=True)
    parser.add_argument("--part", choices=("develop", "report", "all"), default="report")
    parser.add_argument("--show", type=int, default=0, help="so many of the most frequent errors")
    parser.add_argument("--assets", type=Path, default=Path(__file__).resolve().parent.parent / "assets")
    options = parser.parse_args()
    rows = [row for row in _read(options.products) if options.part in ("all", part_of(row["title"]))]
    sys.stdout.write(json.dumps(measure(rows, options.assets, options.show), ensure_ascii=False) + "\n")


def part_of(title: str) -> str:
    """The half that a title belongs to."""
    return "develop" if zlib.crc32(title.encode()) % 2 else "report"


def measure(rows: list[dict[str, Any]], assets: Path, show: int = 0) -> dict[str, Any]:
    """Scores on rows with a title and attributes."""
    finder = KeywordFinder(assets / "lexicons")
    labelled = [(clean_text(row["title"]), _labels(row, finder)) for row in rows]
    labelled = [(title, labels) for title, labels in labelled if labels]
    guesses = [{(g.name, g.value) for g in finder.guess_attributes(title)} for title, _ in labelled]
    named, values, tfidf = Count(), Count(), Count()
    each = max(1, round(sum(map(len, guesses)) / len(guesses)))
    for (title, labels), guess in zip(labelled, guesses, strict=True):
        named.add(guess, labels, _alike)
        values.add(_nameless(v for _, v in guess), _nameless(v for _, v in labels), _alike)
        tfidf.add(_nameless(k.word for k in finder.tfidf(title, each)), _nameless(v for _, v in labels), _alike)
    report: dict[str, Any] = {
        "titles": len(labelled),
        "labels": sum(len(labels) for _, labels in labelled),
        "guesses": sum(map(len, guesses)),
        "names_and_values": named.rates(),
        "values": values.rates(),
        "tfidf_words": each,
        "tfidf": tfidf.rates(),
        "tfidf_best": _best_tfidf(labelled, finder),
    }
    if show:
        report |= {"extra": named.extra.most_common(show), "missed": named.missed.most_common(show)}
    return report


def _best_tfidf(labelled: list[tuple[str, Pairs]], finder: KeywordFinder) -> dict[str, float]:
    """The baseline with the number of words that suits it best on these very titles."""
    found = []
    for count in range(1, 9):
        score = Count()
        for title, labels in labelled:
            score.add(_nameless(k.word for k in finder.tfidf(title, count)), _nameless(v for _, v in labels), _alike)
        found.append(score.rates() | {"words": count})
    return max(found, key=lambda rates: rates["f1"])


def _labels(row: dict[str, Any], finder: KeywordFinder) -> Pairs:
    title = clean_text(row["title"])
    return {
        (finder.standard_name(name), value)
        for name, given in row["attributes"].items()
        if not any(word in name for word in NO_ATTRIBUTE)
        for raw in given
        for value in clean_text(raw).split("/")
        if len(value) >= 2 and value in title
    }


def _nameless(values: Iterable[str]) -> Pairs:
    return {("", value) for value in values}


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 2 and (one in other or other in one))


def _read(path: Path) -> list[dict[str, Any]]:
    """Records as ``title`` and ``attributes`` (lists of values by name); shop records name the title ``name``."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    return [
        row if "title" in row else {"title": row["name"], "attributes": {name: [v] for name, v in row["attributes"]}}
        for row in rows
    ]


if __name__ == "__main__":
    main()
