"""Rebuild ``assets/lexicons/review_words.json`` from labelled reviews and measure it on a tenth that it never saw.

    python -m benchmarks.review_words --reviews online_shopping_10_cats.csv.gz --out assets/lexicons/review_words.json

The model is logistic regression over words and neighbouring pairs (AdaGrad, L2), on the few ten thousand that naive
Bayes finds the strongest; weights are times 100 as integers. Naive Bayes itself, cut to as many, is measured in the same
run. Which tenth is held out follows from a hash of the review, so it never changes; another tenth (``develop``) is for
choosing the settings. ``reviews`` is the part of held-out reviews whose polarity is right; ``opinions`` that of the
aspects' clauses, against the label of their whole review (so a praised aspect of a bad review counts as an error);
``by_aspects`` that of reviews that speak of an aspect, judged by the sum over their aspects alone.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import random
import sys
import zlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.text.reviews import CLAUSE, NEUTRAL_MARGIN, ReviewReader, features

Row = tuple[int, str, list[str]]
PARTS = {0: "held_out", 1: "develop"}

KEPT = 20_000
MIN_COUNT = 5
HELD_OUT = 10
SHORTEST = 3
ROUNDS, RATE, RIDGE = 3, 0.15, 0.002


def main() -> None:
    """Read, train, measure, write; prints one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = _read(options.reviews)
    parts: dict[str, list[Row]] = {"train": [], "develop": [], "held_out": []}
    for label, text in rows:
        place = zlib.crc32(text.encode()) % HELD_OUT
        parts[PARTS.get(place, "train")].append((label, text, sorted(set(features(text)))))
    odds = _strongest(parts["train"])
    weights, bias = _train([*parts["train"], *_clauses(parts["train"])], odds)
    text = json.dumps({"bias": bias, "weights": weights}, ensure_ascii=False, separators=(",", ":"))
    options.out.write_text(text + "\n", encoding="utf-8")
    report: dict[str, Any] = {"bytes": len(text.encode())}
    for part in ("develop", "held_out"):
        report[part] = {
            "n": len(parts[part]),
            "naive_bayes": _accuracy(parts[part], odds, 0),
            "reviews": _accuracy(parts[part], weights, bias),
        } | _aspects(parts[part], ReviewReader(options.out.parent))
    sys.stdout.write(json.dumps(report) + "\n")


def _accuracy(rows: list[Row], weights: Mapping[str, float], bias: float) -> float:
    right = sum((bias + sum(weights.get(word, 0) for word in words) > 0) == (label == 1) for label, _, words in rows)
    return round(right / len(rows), 4)


def _aspects(rows: list[Row], reader: ReviewReader) -> dict[str, float]:
    """Right opinions, and right reviews by their opinions; clauses that say nothing for sure are left out."""
    opinions: list[bool] = []
    reviews: list[bool] = []
    for label, text, _ in rows:
        sure = [o for o in reader.opinions(text) if abs(o.score) * 100 >= NEUTRAL_MARGIN]
        opinions += [(o.score > 0) == (label == 1) for o in sure]
        clauses = {o.clause: o.score for o in sure}
        if clauses:
            reviews.append((sum(clauses.values()) > 0) == (label == 1))
    return {
        "opinions": round(sum(opinions) / len(opinions), 4),
        "by_aspects": round(sum(reviews) / len(reviews), 4),
        "with_aspects": round(len(reviews) / len(rows), 4),
    }


def _read(path: Path) -> list[tuple[int, str]]:
    csv.field_size_limit(1 << 20)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [(int(row["label"]), row["review"]) for row in csv.DictReader(stream) if row["review"].strip()]


def _strongest(rows: list[Row]) -> dict[str, float]:
    """Naive Bayes' log odds of the ``KEPT`` strongest features."""
    counts = {0: Counter[str](), 1: Counter[str]()}
    for label, _, words in rows:
        counts[label].update(words)
    documents = Counter(label for label, _, _ in rows)
    odds = {}
    for word in counts[0].keys() | counts[1].keys():
        good, bad = counts[1][word], counts[0][word]
        if good + bad >= MIN_COUNT:
            odds[word] = math.log((good + 1) / (documents[1] + 2)) - math.log((bad + 1) / (documents[0] + 2))
    strength = {word: abs(value) * math.sqrt(counts[0][word] + counts[1][word]) for word, value in odds.items()}
    kept = sorted(odds, key=lambda word: (-strength[word], word))[:KEPT]
    return {word: odds[word] for word in kept}


def _clauses(rows: list[Row]) -> list[Row]:
    """Every clause with its review's label: noisy, but what an aspect is judged by is a clause."""
    clauses = ((label, match.group()) for label, text, _ in rows for match in CLAUSE.finditer(text))
    return [(label, clause, sorted(set(features(clause)))) for label, clause in clauses if len(clause) >= SHORTEST]


def _train(rows: list[Row], odds: Mapping[str, float]) -> tuple[dict[str, int], int]:
    """Weights and bias, times 100."""
    names = sorted(odds)
    places = {word: place for place, word in enumerate(names)}
    samples = [(label, [places[word] for word in words if word in places]) for label, _, words in rows]
    weights, squares, bias = [0.0] * len(names), [1.0] * len(names), 0.0
    rng = random.Random(1)
    for _ in range(ROUNDS):
        rng.shuffle(samples)
        for label, present in samples:
            score = bias + sum(weights[place] for place in present)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - label
            bias -= 0.01 * error
            for place in present:
                slope = error + RIDGE * weights[place]
                squares[place] += slope * slope
                weights[place] -= RATE * slope / math.sqrt(squares[place])
    return {word: round(w * 100) for word, w in zip(names, weights, strict=True) if round(w * 100)}, round(bias * 100)


if __name__ == "__main__":
    main()
