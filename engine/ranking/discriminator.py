"""Is this copy like a person's? A logistic regression over hashed character n-grams and the named features.

It is trained on human copy against copy that a model generated (``train_discriminator``) and ships as one small archive
(half-precision weights, under 200 KB) in the assets; without the archive that part of the score is left out.
Beside ``FEATURES`` it has a few measures of its own that generated text gives itself away by (``TELLS``): repeated
bigrams, even sentences, few distinct characters. A pure function of the text once loaded.
"""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

import numpy as np

from engine.errors import FileUnreadable
from engine.ranking.features import FEATURES, FloatArray, count_grams, hash_grams, named_features, split_clauses

FILE_NAME = "discriminator.npz"
FORMAT = 1
BITS = 15
GRAM_SIZES = (1, 2, 3)
GRAM_SCALE = 4.0
DECAY = 1e-4
RATE = 0.2
HELD_OUT = 0.15
TELLS = ("repeated_bigrams", "repeated_fours", "equal_clauses", "longest_clause")


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """How it does on texts held out of training: share right, area under the ROC curve, and how many texts."""

    accuracy: float
    auc: float
    held_out: int


class Discriminator:
    """Weights over n-gram buckets and dense features; ``centre`` and ``spread`` scale the dense ones."""

    def __init__(
        self, grams: FloatArray, dense: FloatArray, bias: float, centre: FloatArray, spread: FloatArray
    ) -> None:
        self._grams, self._dense, self._bias = grams, dense, bias
        self._centre, self._spread = centre, spread

    def probability(self, text: str) -> float:
        """How likely a person wrote it, 0 to 1."""
        buckets, values = hash_grams(text, BITS, GRAM_SIZES)
        scaled = (_dense_features(text) - self._centre) / self._spread
        margin = self._bias + self._grams[buckets] @ values * GRAM_SCALE + self._dense @ np.clip(scaled, -4.0, 4.0)
        return 1.0 / (1.0 + exp(-max(min(float(margin), 30.0), -30.0)))

    def to_bytes(self) -> bytes:
        """The archive that ships."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            meta=np.array([FORMAT, BITS, len(self._dense)]),
            grams=self._grams.astype(np.float16),
            dense=np.stack([self._dense, self._centre, self._spread]).astype(np.float32),
            bias=np.array([self._bias], dtype=np.float32),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Discriminator:
        """Read what ``to_bytes`` wrote.

        Raises:
            ValueError: no such archive, or one of another layout.
        """
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as archive:
                meta, grams, dense, bias = (archive[name] for name in ("meta", "grams", "dense", "bias"))
        except (KeyError, ValueError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"not a discriminator: {error}") from error
        if [int(v) for v in meta] != [FORMAT, BITS, len(FEATURES) + len(TELLS)]:
            raise ValueError("a discriminator of another layout")
        weights, centre, spread = dense.astype(np.float64)
        return cls(grams.astype(np.float64), weights, float(bias[0]), centre, spread)


def load_discriminator(folder: Path) -> Discriminator | None:
    """The shipped discriminator of this assets folder, or None where none ships.

    Raises:
        FileUnreadable: it is there and cannot be read.
    """
    path = folder / FILE_NAME
    try:
        return Discriminator.from_bytes(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise FileUnreadable(path, str(error)) from error


def save_discriminator(discriminator: Discriminator, folder: Path) -> Path:
    """Write the archive beside its final name, then move it there; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path, part = folder / FILE_NAME, folder / (FILE_NAME + ".part")
    with part.open("wb") as file:
        file.write(discriminator.to_bytes())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return path


def train_discriminator(
    human: Sequence[str], generated: Sequence[str], *, epochs: int = 12, seed: int = 0
) -> tuple[Discriminator, TrainingReport]:
    """Train on two lists of texts, best of the same products and channels (else it learns topics); deterministic.

    Both classes weigh the same whatever their sizes. AdaGrad, one text a step, L2 decay.

    Raises:
        ValueError: fewer than 20 texts on a side.
    """
    if min(len(human), len(generated)) < 20:
        raise ValueError("at least 20 texts a side")
    rng = np.random.default_rng(seed)
    texts = [*human, *generated]
    labels = np.array([1.0] * len(human) + [0.0] * len(generated))
    order = rng.permutation(len(texts))
    cut = max(2, int(len(texts) * HELD_OUT))
    held, learned = order[:cut], order[cut:]
    discriminator = _fit([texts[i] for i in learned], labels[learned], epochs, rng)
    chances = np.array([discriminator.probability(texts[i]) for i in held])
    return discriminator, TrainingReport(*_judge(chances, labels[held]), len(held))


def _fit(texts: Sequence[str], labels: FloatArray, epochs: int, rng: np.random.Generator) -> Discriminator:
    raw = np.stack([_dense_features(text) for text in texts])
    centre, spread = raw.mean(axis=0), raw.std(axis=0) + 1e-3
    dense = np.clip((raw - centre) / spread, -4.0, 4.0)
    bags = [hash_grams(text, BITS, GRAM_SIZES) for text in texts]
    balance = np.where(labels > 0.5, 0.5 / max(labels.mean(), 1e-6), 0.5 / max(1 - labels.mean(), 1e-6))
    grams, gram_sum = np.zeros(1 << BITS), np.full(1 << BITS, 1e-2)
    weights, weight_sum = np.zeros(dense.shape[1] + 1), np.full(dense.shape[1] + 1, 1.0)
    for _ in range(epochs):
        for i in rng.permutation(len(texts)):
            buckets, values = bags[i]
            row = np.append(dense[i], 1.0)
            margin = float(grams[buckets] @ values * GRAM_SCALE + weights @ row)
            error = balance[i] * (labels[i] - 1.0 / (1.0 + exp(-max(min(margin, 30.0), -30.0))))
            slope = error * values * GRAM_SCALE - DECAY * grams[buckets]
            gram_sum[buckets] += slope**2
            grams[buckets] += RATE * slope / np.sqrt(gram_sum[buckets])
            whole = error * row - DECAY * weights
            weight_sum += whole**2
            weights += RATE * whole / np.sqrt(weight_sum)
    return Discriminator(grams, weights[:-1], float(weights[-1]), centre, spread)


def _dense_features(text: str) -> FloatArray:
    """The named features and the tells."""
    clauses = split_clauses(text)
    twos, fours = count_grams(text, 2), count_grams(text, 4)
    tells = (
        1.0 - len(twos) / max(twos.total(), 1),
        1.0 - len(fours) / max(fours.total(), 1),
        1.0 - len(set(clauses)) / max(len(clauses), 1),
        max(map(len, clauses), default=0) / 20.0,
    )
    return np.concatenate([named_features(text), np.array(tells)])


def _judge(chances: FloatArray, labels: FloatArray) -> tuple[float, float]:
    """Accuracy at one half, and the chance that a human text stands above a generated one."""
    right = float(np.mean((chances > 0.5) == (labels > 0.5)))
    above, below = chances[labels > 0.5], chances[labels < 0.5]
    if not len(above) or not len(below):
        return right, 0.5
    wins = (above[:, None] > below[None, :]).mean() + 0.5 * (above[:, None] == below[None, :]).mean()
    return right, float(wins)
