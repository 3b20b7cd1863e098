"""What this shop's owner tends to pick, learned on the computer from one choice at a time.

A choice of one text among those shown is explained by a linear taste over the texts' features: P(picked) is the softmax of
w·f over all of them (Luce 1959). The features are the named ones, which can be told in words; the shares of the commonest
characters, one number each, for what has no name; and where the text's characters stand to each other
(``characters.py``), for families of words and for the rarer characters.

The weights are one Gaussian with a full covariance, so that a few dozen picks go far and features that move together
share the credit. An update is assumed-density filtering: Newton steps to the new mode, then the curvature of the choice
is added to the precision (Laplace). An old taste fades: before an update the precision decays a little, so that a shop may change its mind.

The model holds numbers only, never a text. It is not thread-safe; its owner serialises access.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from math import exp, sqrt

import numpy as np

from engine.ranking.characters import DIMENSIONS, CharacterSpace, shipped_space
from engine.ranking.features import FEATURES, FloatArray, named_features, squeeze

FORMAT = 4
CHARACTERS = 384
"""So many of the commonest characters have a weight of their own."""

NAMED_SCALE = sqrt(0.2)
CHARACTER_SCALE = 20.0
FAMILY_SCALE = sqrt(6.0)
"""Prior spreads of the three kinds of weights; the prior's precision is one in these units."""

SHORT = 30
"""Characters; in a shorter text a character's share counts for less."""

FADING = 0.002
NEWTON_STEPS = 6
EXPLAIN_SIGNAL = 1.0
"""A leaning is told when it is this many of its own standard deviations away from none."""

SIZE = len(FEATURES) + CHARACTERS + DIMENSIONS


class PreferenceModel:
    """A taste over texts; a new one is indifferent."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything."""
        self.picks = 0
        self._mean = np.zeros(SIZE)
        self._precision = np.eye(SIZE)

    def update(self, picked: str, others: Sequence[str], weight: float = 1.0) -> None:
        """Learn that ``picked`` was preferred to each of ``others``; ``weight`` below 1 for a weaker sign (an edit)."""
        rivals = [text for text in others if text != picked]
        if not rivals or weight <= 0:
            return
        rows = np.stack([taste_features(text) for text in (picked, *rivals)])
        self._precision += FADING * (np.eye(SIZE) - self._precision)
        self._learn(rows - rows.mean(axis=0), weight)
        self.picks += 1

    def score(self, text: str) -> float:
        """The taste for a text on the logit scale; only differences between texts mean anything."""
        return float(self._mean @ taste_features(text))

    def explain(self, most: int = 4) -> str:
        """The surest learned leanings in words, e.g. ``更常选：短句、带场景``; empty while nothing is sure."""
        count = len(FEATURES)
        deviation = np.sqrt(np.diag(np.linalg.inv(self._precision))[:count])
        signal = self._mean[:count] / deviation
        sure = [i for i in np.argsort(-np.abs(signal), kind="stable")[:most] if abs(signal[i]) >= EXPLAIN_SIGNAL]
        words = [FEATURES[i].more if signal[i] > 0 else FEATURES[i].less for i in sure]
        return "更常选：" + "、".join(words) if words else ""

    def to_bytes(self) -> bytes:
        """Everything learned, as a compressed archive of numbers (the symmetric precision as one triangle)."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            meta=np.array([FORMAT, SIZE, self.picks]),
            mean=self._mean,
            precision=self._precision[np.tril_indices(SIZE)].astype(np.float32),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> PreferenceModel:
        """Read what ``to_bytes`` wrote; a model of another layout (an older program's) starts anew.

        Raises:
            ValueError: the bytes are no such archive.
        """
        model = cls()
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as archive:
                meta = [int(value) for value in archive["meta"]]
                if meta[:2] == [FORMAT, SIZE]:
                    model._restore(meta[2], archive["mean"], archive["precision"])
        except (KeyError, ValueError, IndexError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"not a preference model: {error}") from error
        return model

    def _restore(self, picks: int, mean: FloatArray, triangle: FloatArray) -> None:
        lower = np.zeros((SIZE, SIZE))
        lower[np.tril_indices(SIZE)] = triangle
        self.picks, self._mean = picks, mean.astype(np.float64)
        self._precision = lower + np.tril(lower, -1).T

    def _learn(self, rows: FloatArray, weight: float) -> None:
        """Newton steps from the old mode, solved among the few texts (Woodbury), then the Laplace update.

        ``rows``: the texts' features, the picked one's first.
        """
        spread = np.linalg.solve(self._precision, rows.T)
        kernel, start = rows @ spread, rows @ self._mean
        pull = np.zeros(len(rows))
        for _ in range(NEWTON_STEPS):
            slope, curve = _slopes(start + kernel @ pull, weight)
            pull = pull + np.linalg.solve(np.eye(len(rows)) + curve @ kernel, slope - pull)
        _, curve = _slopes(start + kernel @ pull, weight)
        self._mean = self._mean + spread @ pull
        self._precision += rows.T @ curve @ rows


def taste_features(text: str) -> FloatArray:
    """The named features, the common characters' shares, and the text's place, scaled by prior spreads: ``SIZE`` numbers."""
    space = shipped_space()
    parts = (
        named_features(text) * NAMED_SCALE,
        character_shares(text, space) * CHARACTER_SCALE,
        space.place(text) * FAMILY_SCALE,
    )
    return np.concatenate(parts)


def character_shares(text: str, space: CharacterSpace) -> FloatArray:
    """Occurrences of each of the ``CHARACTERS`` commonest characters, as shares of the text's length."""
    flat = squeeze(text)
    rows = [row for character in flat if (row := space.rows.get(character, CHARACTERS)) < CHARACTERS]
    counts = np.bincount(np.array(rows, dtype=np.int64), minlength=CHARACTERS)
    shares: FloatArray = counts / max(len(flat), SHORT)
    return shares


def relative_preference(model: PreferenceModel, texts: Sequence[str]) -> tuple[float, ...]:
    """Each text's taste against the mean of the set, 0 to 1 (0.5 is indifferent)."""
    scores = [model.score(text) for text in texts]
    mean = sum(scores) / max(len(scores), 1)
    return tuple(1.0 / (1.0 + exp(-max(min(score - mean, 30.0), -30.0))) for score in scores)


def _slopes(scores: FloatArray, weight: float) -> tuple[FloatArray, FloatArray]:
    """Slope (n) and negated curvature (n × n) of weight·log P(the first of n texts is picked) by the scores."""
    odds = np.exp(scores - scores.max())
    chances = odds / odds.sum()
    slope = -chances
    slope[0] += 1.0
    return weight * slope, weight * (np.diag(chances) - np.outer(chances, chances))
