"""What a set of drafts agrees on: minimum Bayes risk, support by the others, near-duplicates.

The utility of a draft against another is sentence BLEU-4 on characters with brevity penalty and smoothing of empty
n-gram matches (as method 3 of Chen and Cherry 2014); the consensus draft is the one with the highest mean utility,
every other draft taken as a reference of equal weight (Kumar and Byrne 2004). Pure functions of the texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp, log

from engine.ranking.features import count_grams, split_sentences, squeeze

ORDER = 4
DUPLICATE_SIMILARITY = 0.75
"""Shared share of character trigrams from which two drafts are one and the same to a reader."""

Profile = tuple[Counter[str], ...]


def profile_grams(text: str) -> Profile:
    """Character n-gram counts of orders 1 to 4, the squeezed text's length being the sum of the first."""
    return tuple(count_grams(text, size) for size in range(1, ORDER + 1))


def bleu(hypothesis: Profile, reference: Profile) -> float:
    """Smoothed sentence BLEU-4 on characters, 0 to 1."""
    length, target = hypothesis[0].total(), reference[0].total()
    if not length or not target:
        return 0.0
    logs, empty = 0.0, 1
    for mine, theirs in zip(hypothesis, reference, strict=True):
        small, large = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
        hits = float(sum(min(count, large[gram]) for gram, count in small.items()))
        if not hits:
            hits, empty = 0.5**empty, empty + 1
        logs += log(hits / max(mine.total(), 1))
    return min(1.0, exp(min(0.0, 1.0 - target / length)) * exp(logs / ORDER))


def mean_utilities(texts: Sequence[str]) -> tuple[float, ...]:
    """Each text's mean BLEU against all others; 0 for a text alone."""
    profiles = [profile_grams(text) for text in texts]
    if len(texts) < 2:
        return (0.0,) * len(texts)
    rivals = len(texts) - 1
    return tuple(
        sum(bleu(mine, theirs) for j, theirs in enumerate(profiles) if j != i) / rivals
        for i, mine in enumerate(profiles)
    )


def consensus_order(texts: Sequence[str]) -> tuple[int, ...]:
    """Indices from the most to the least agreed on; equal ones keep their order."""
    utilities = mean_utilities(texts)
    return tuple(sorted(range(len(texts)), key=lambda i: (-utilities[i], i)))


def sense_support(texts: Sequence[str]) -> tuple[float, ...]:
    """How far the other drafts back each text; 1 for a text alone.

    Mean over its sentences of the share of a sentence's character bigrams that an average other draft has too: what no
    other draft comes near is likelier to be made up.
    """
    bags = [set(count_grams(text, 2)) for text in texts]
    seen: Counter[str] = Counter(gram for bag in bags for gram in bag)
    rivals = len(texts) - 1
    if rivals < 1:
        return (1.0,) * len(texts)
    return tuple(_support(text, seen, rivals) for text in texts)


def _support(text: str, seen: Counter[str], rivals: int) -> float:
    shares = []
    for sentence in split_sentences(text):
        grams = list(count_grams(sentence, 2).elements())
        if grams:
            shares.append(sum(seen[gram] - 1 for gram in grams) / (rivals * len(grams)))
    return sum(shares) / len(shares) if shares else 0.0


def similarity(first: str, second: str) -> float:
    """Shared share (Jaccard) of character trigrams; 1 for texts equal but for white space."""
    return _overlap(_trigrams(first), _trigrams(second))


def find_duplicates(texts: Sequence[str], order: Sequence[int] | None = None) -> dict[int, int]:
    """For each text that nearly repeats an earlier one of ``order``: its index and the index of that one."""
    grams = [_trigrams(text) for text in texts]
    kept: list[int] = []
    found: dict[int, int] = {}
    for i in order if order is not None else range(len(texts)):
        twin = next((k for k in kept if _overlap(grams[i], grams[k]) >= DUPLICATE_SIMILARITY), None)
        if twin is None:
            kept.append(i)
        else:
            found[i] = twin
    return found


def diversities(texts: Sequence[str]) -> tuple[float, ...]:
    """One minus each text's greatest similarity to another; 1 for a text alone."""
    grams = [_trigrams(text) for text in texts]
    return tuple(
        1.0 - max((_overlap(mine, theirs) for j, theirs in enumerate(grams) if j != i), default=0.0)
        for i, mine in enumerate(grams)
    )


def _trigrams(text: str) -> frozenset[str]:
    flat = squeeze(text)
    return frozenset(flat[i : i + 3] for i in range(max(len(flat) - 2, 1)))


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    shared = len(first & second)
    return shared / max(len(first) + len(second) - shared, 1)
