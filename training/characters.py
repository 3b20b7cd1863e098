"""``assets/ranking/characters.npz``: vectors of characters, from which ones shop copy and reviews put near each other."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.examples import own_plain_examples, read_jsonl
from training.mixture import formula_examples, plain_examples

DIMENSIONS, WINDOW, SMOOTHING = 64, 4, 0.75
MOST, LEAST = 2400, 30
"""Characters that get a vector, and how often each must be there."""

MAX_LENGTH = 300
Matrix = npt.NDArray[np.float32]


def read_texts(data: Path) -> Iterator[str]:
    """Everything a shop or its buyers say: plain and formula targets, the corpus, reviews."""
    yield from (example.target for example in [*plain_examples(data), *formula_examples(data)])
    for path in sorted((data / "corpus").glob("*.jsonl")):
        yield from (row["target"] for row in read_jsonl(path))
    with gzip.open(data / "reviews/online_shopping_10_cats.csv.gz", "rt", encoding="utf-8") as lines:
        yield from (row[-1] for row in csv.reader(lines))


def write_space(data: Path, path: Path) -> int:
    """Compute and write; the number of characters."""
    texts = ["".join(text.split())[:MAX_LENGTH] for text in read_texts(data)]
    counts = Counter(character for text in texts for character in text)
    characters = "".join(c for c, count in counts.most_common(MOST) if count >= LEAST)
    vectors = leading_vectors(mutual_information(neighbours(texts, characters)))
    rows = {character: row for row, character in enumerate(characters)}
    places = [_mean(e.target, rows, vectors) for e in own_plain_examples()]
    mean, spread = np.mean(places, axis=0), np.std(places, axis=0)
    np.savez_compressed(
        path, characters=np.array(characters), vectors=vectors.astype(np.float16), mean=mean, spread=spread
    )
    return len(characters)


def neighbours(texts: Iterable[str], characters: str) -> Matrix:
    """How often two characters stand within ``WINDOW`` of each other."""
    rows, size = {character: row for row, character in enumerate(characters)}, len(characters)
    line = np.array(
        [row for text in texts for row in (*(rows.get(c, -1) for c in text), *[-1] * WINDOW)], dtype=np.int64
    )
    found = np.zeros(size * size, dtype=np.float64)
    for distance in range(1, WINDOW + 1):
        first, second = line[:-distance], line[distance:]
        both = (first >= 0) & (second >= 0)
        found += np.bincount(first[both] * size + second[both], minlength=size * size)
    table = found.reshape(size, size)
    return (table + table.T).astype(np.float32)


def mutual_information(table: Matrix) -> Matrix:
    """Positive pointwise mutual information; the commoner of two characters is smoothed (Levy et al. 2015)."""
    total, sums = table.sum(), table.sum(axis=1)
    smooth = sums**SMOOTHING / (sums**SMOOTHING).sum()
    with np.errstate(divide="ignore"):
        values = np.log(table * total / (np.outer(sums, smooth) * total + 1e-9) + 1e-12)
    return np.maximum(values, 0).astype(np.float32)


def leading_vectors(table: Matrix) -> Matrix:
    """Unit rows of the leading eigenvectors, each scaled by the root of its value."""
    values, vectors = np.linalg.eigh((table + table.T) / 2)
    leading = np.argsort(-np.abs(values))[:DIMENSIONS]
    scaled = vectors[:, leading] * np.sqrt(np.abs(values[leading]))
    unit: Matrix = scaled / (np.linalg.norm(scaled, axis=1, keepdims=True) + 1e-9)
    return unit


def _mean(text: str, rows: dict[str, int], vectors: Matrix) -> Matrix:
    known = [rows[character] for character in text if character in rows]
    mean: Matrix = vectors[known].mean(axis=0) if known else np.zeros(vectors.shape[1], dtype=np.float32)
    return mean
