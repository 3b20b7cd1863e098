"""Rebuild ``assets/lexicons/review_words.json`` from labelled reviews and measure it on a tenth that it never saw.

    python -m benchmarks.review_words --reviews online_shopping_10_cats.csv.gz --out assets/lexicons/review_words.json

The model is naive Bayes over words and neighbouring pairs, cut to the strongest few thousand; weights are log odds
times 100 as integers. Which tenth is held out follows from a hash of the review, so it never changes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import sys
import zlib
from collections import Counter
from pathlib import Path

from engine.text.reviews import features, score_features

KEPT = 9000
MIN_COUNT = 8
HELD_OUT = 10


def main() -> None:
    """Read, train, measure, write; prints one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rows = _read(options.reviews)
    train = [row for row in rows if zlib.crc32(row[1].encode()) % HELD_OUT]
    held = [row for row in rows if not zlib.crc32(row[1].encode()) % HELD_OUT]
    weights, bias = _train(train)
    model = {"bias": bias, "weights": weights}
    right = sum((score_features(text, weights, bias) > 0) == (label == 1) for label, text in held)
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    options.out.write_text(text + "\n", encoding="utf-8")
    report = {"held_out": len(held), "accuracy": round(right / len(held), 4), "bytes": len(text.encode())}
    sys.stdout.write(json.dumps(report) + "\n")


def _read(path: Path) -> list[tuple[int, str]]:
    csv.field_size_limit(1 << 20)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [(int(row["label"]), row["review"]) for row in csv.DictReader(stream) if row["review"].strip()]


def _train(rows: list[tuple[int, str]]) -> tuple[dict[str, int], int]:
    counts = {0: Counter[str](), 1: Counter[str]()}
    for label, text in rows:
        counts[label].update(set(features(text)))
    documents = {label: sum(1 for row in rows if row[0] == label) for label in (0, 1)}
    odds = {}
    for word in counts[0].keys() | counts[1].keys():
        good, bad = counts[1][word], counts[0][word]
        if good + bad >= MIN_COUNT:
            odds[word] = math.log((good + 1) / (documents[1] + 2)) - math.log((bad + 1) / (documents[0] + 2))
    strength = {word: abs(value) * math.sqrt(counts[0][word] + counts[1][word]) for word, value in odds.items()}
    kept = sorted(odds, key=lambda word: -strength[word])[:KEPT]
    return {word: round(odds[word] * 100) for word in sorted(kept) if round(odds[word] * 100)}, 0


if __name__ == "__main__":
    main()
