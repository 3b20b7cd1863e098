"""Where characters stand to each other: vectors in which those that shop copy uses alike (甜 脆 鲜; 软 柔 绵) lie near.

A text is the mean of its characters' vectors, centred and scaled to the spread that copy has. A taste for "words of the
palate" or "words of touch" is then one direction, learned from a few picks, where single characters would each have to be
seen. The vectors (``assets/ranking/characters.npz``, by ``python -m training characters``) are the leading eigenvectors of
the characters' positive pointwise mutual information (Levy and Goldberg 2014) over copy and buyers' reviews.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from engine.paths import Paths
from engine.ranking.features import FloatArray, squeeze

FILE = "characters.npz"
DIMENSIONS = 64


@dataclass(frozen=True, slots=True)
class CharacterSpace:
    """Vectors of ``characters``, one row each, with the mean and the spread of texts along each dimension."""

    rows: dict[str, int]
    vectors: FloatArray
    mean: FloatArray
    spread: FloatArray

    @classmethod
    def read(cls, path: Path) -> CharacterSpace:
        """The file's space; one of no character where there is no file (then every text is alike)."""
        if not path.exists():
            return cls({}, np.zeros((0, DIMENSIONS)), np.zeros(DIMENSIONS), np.ones(DIMENSIONS))
        with np.load(path, allow_pickle=False) as archive:
            rows = {character: row for row, character in enumerate(str(archive["characters"]))}
            vectors, mean, spread = (archive[name].astype(np.float64) for name in ("vectors", "mean", "spread"))
        return cls(rows, vectors, mean, spread)

    def place(self, text: str) -> FloatArray:
        """Where a text stands: ``DIMENSIONS`` numbers, of unit length for copy of the usual spread; zeros for no text."""
        rows = [self.rows[character] for character in squeeze(text) if character in self.rows]
        if not rows:
            return np.zeros(DIMENSIONS)
        place: FloatArray = (self.vectors[rows].mean(axis=0) - self.mean) / self.spread / np.sqrt(DIMENSIONS)
        return place


@lru_cache(maxsize=1)
def shipped_space() -> CharacterSpace:
    """The space that comes with the program."""
    return CharacterSpace.read(Paths.default().assets / "ranking" / FILE)
