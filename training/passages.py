"""Plain Chinese of the trade, to learn as it is before any brief: buyers' reviews, product copy, app copy, recipes.

A base whose vocabulary and width were pruned, and which was made for code, gets back its ease with everyday goods
here. Product records and every development split stay out: evaluation reads them.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from training.corpus.check import BANNED
from training.examples import read_jsonl

REVIEWED_GOODS = ("平板", "手机", "水果", "洗发水", "热水器", "蒙牛", "衣服", "计算机")
REVIEW_LENGTH = (14, 220)
PASSAGE_CHARACTERS = 420
MIN_COPY = 30


def passage_texts(data: Path) -> list[str]:
    """All passages, each once."""
    texts = [*_reviews(data), *_copy(data), *_descriptions(data)]
    return list(dict.fromkeys(text.strip() for text in texts if len(text.strip()) >= REVIEW_LENGTH[0]))


def _reviews(data: Path) -> Iterator[str]:
    with gzip.open(data / "reviews/online_shopping_10_cats.csv.gz", "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            text = re.sub(r"\s+", " ", row["review"] or "").strip("\ufeff ")
            if row["cat"] in REVIEWED_GOODS and REVIEW_LENGTH[0] <= len(text) <= REVIEW_LENGTH[1]:
                yield text


def _copy(data: Path) -> Iterator[str]:
    for name in ("train_5000.jsonl", "test_3127.jsonl"):
        for row in read_jsonl(data / "advertisegen" / name):
            yield from _kept(str(row["summary"]))
    held = {row["title"] for row in read_jsonl(data / "taodescribe/dev.jsonl")}
    for row in read_jsonl(data / "taodescribe/train.jsonl"):
        if row["title"] not in held:
            yield from _kept(f"{row['title']}\n{row['desc']}")


def _kept(text: str) -> Iterator[str]:
    if len(text) >= MIN_COPY and "<" not in text and "BRAND" not in text and not BANNED.search(text):
        yield text


def _descriptions(data: Path) -> Iterator[str]:
    for name in ("app_descriptions.jsonl.gz", "howtocook.jsonl.gz"):
        with gzip.open(data / "domain" / name, "rb") as packed:
            for line in io.TextIOWrapper(packed, encoding="utf-8"):
                yield str(json.loads(line)["text"])[:PASSAGE_CHARACTERS]
