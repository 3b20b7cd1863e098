"""What to try next, from what the shop tried and what won: Thompson sampling over arms, with a floor of exploration.

Every arm (a template, a channel, a tone, an audience) has a Beta belief over its share of wins. All arms of a kind
share a prior of a few pseudo-trials at their common rate, so that one lucky win is no proof. The first place is, with
the chance ``FLOOR``, given to a least tried arm whatever the beliefs are. Pure functions over counts and a seed: the
same history and seed recommend the same.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from engine.domain.channels import CHANNELS, Channel
from engine.domain.draft import HistoryEntry
from engine.domain.preference import Arm, ArmCount, ArmKind, ArmReason, Recommendation

FLOOR = 0.1
PRIOR_TRIALS = 4.0
NEUTRAL_RATE = 0.25
"""The common rate before anything was tried: one draft of four is picked."""

DRAWS = 400
FEW_TRIALS = 5.0
REASONS: dict[ArmReason, str] = {
    ArmReason.UNTRIED: "还没试过，先写几条看看。",
    ArmReason.FEW: "{told}，次数还少，再试几次才看得准。",
    ArmReason.LESS: "{told}，试得比别的少，再看看。",
    ArmReason.BETTER: "{told}，比平常的{rate}高。",
    ArmReason.USUAL: "{told}，和平常的{rate}差不多。",
    ArmReason.WORSE: "{told}，比平常的{rate}低，换换口味时用。",
}
HISTORY_ARMS: dict[ArmKind, Callable[[HistoryEntry], str]] = {
    ArmKind.CHANNEL: lambda entry: entry.channel.value,
    ArmKind.TONE: lambda entry: entry.brief.tone.value,
    ArmKind.AUDIENCE: lambda entry: entry.brief.audience,
}


def recommend_arms(
    counts: Sequence[ArmCount], kind: ArmKind, *, seed: int, most: int = 3, floor: float = FLOOR
) -> tuple[Recommendation, ...]:
    """Up to ``most`` different arms of this kind to try next, in order.

    Give every arm that could be tried, also those with zero counts: an arm that is not given is not recommended.
    """
    known = sorted(merge_counts(c for c in counts if c.arm.kind is kind), key=lambda c: c.arm.value)
    if not known or most < 1:
        return ()
    rng = random.Random(seed)
    chances = _chances_to_be_best(known, rng)
    order = _thompson_order(known, rng)
    explored = _explored_place(known, order, rng, floor)
    rate = common_rate(known)
    return tuple(_recommend(known[i], chances[i], rate, exploring=i == explored) for i in order[:most])


def merge_counts(counts: Iterable[ArmCount]) -> tuple[ArmCount, ...]:
    """Counts of the same arm added up, in order of first appearance; wins never exceed trials."""
    tried: Counter[Arm] = Counter()
    won: Counter[Arm] = Counter()
    for count in counts:
        tried[count.arm] += count.tried  # type: ignore[assignment]
        won[count.arm] += count.won  # type: ignore[assignment]
    return tuple(ArmCount(arm, float(n), float(min(won[arm], n))) for arm, n in tried.items())


def credit_arm(counts: Sequence[ArmCount], arm: Arm, won: float, tried: float = 1.0) -> tuple[ArmCount, ...]:
    """The counts after ``tried`` more trials of an arm of which ``won`` were won."""
    return merge_counts((*counts, ArmCount(arm, tried, won)))


def fade_counts(counts: Sequence[ArmCount], factor: float) -> tuple[ArmCount, ...]:
    """Old counts made lighter, so that what works may change; ``factor`` 1 keeps all."""
    return tuple(replace(c, tried=c.tried * factor, won=c.won * factor) for c in counts)


def count_history(entries: Iterable[HistoryEntry]) -> tuple[ArmCount, ...]:
    """Channels, tones and audiences of shown drafts; picked ones, favourites and ratings of four and more are wins."""
    found = []
    for entry in entries:
        won = entry.picked or entry.favourite or (entry.rating or 0) >= 4
        for kind, value_of in HISTORY_ARMS.items():
            if value := value_of(entry):
                found.append(ArmCount(Arm(kind, value), 1.0, float(won)))
    return merge_counts(found)


def common_rate(counts: Sequence[ArmCount]) -> float:
    """Wins of all trials, drawn towards ``NEUTRAL_RATE`` while there are few."""
    tried, won = sum(c.tried for c in counts), sum(c.won for c in counts)
    return (won + NEUTRAL_RATE * PRIOR_TRIALS) / (tried + PRIOR_TRIALS)


def reason_for(count: ArmCount, rate: float, *, exploring: bool) -> ArmReason:
    """Why this arm; ``rate`` is what is usual in this shop."""
    if count.tried < 0.5:
        return ArmReason.UNTRIED
    if count.tried < FEW_TRIALS:
        return ArmReason.FEW
    if exploring:
        return ArmReason.LESS
    own = count.won / count.tried
    if own > rate * 1.1:
        return ArmReason.BETTER
    return ArmReason.USUAL if own >= rate * 0.9 else ArmReason.WORSE


def explain_arm(count: ArmCount, rate: float, *, exploring: bool) -> str:
    """The reason in one Chinese sentence."""
    why, name = reason_for(count, rate, exploring=exploring), name_arm(count.arm)
    own = count.won / count.tried if count.tried else 0.0
    told = f"用过{count.tried:.0f}次，选中{count.won:.0f}次（{own:.0%}）"
    return name + REASONS[why].format(told=told, rate=f"{rate:.0%}")


def name_arm(arm: Arm) -> str:
    """The arm as the seller knows it."""
    if arm.kind is ArmKind.CHANNEL and arm.value in set(Channel):
        return f"“{CHANNELS[Channel(arm.value)].name}”"
    return f"“{arm.value}”"


def _recommend(count: ArmCount, chance: float, rate: float, *, exploring: bool) -> Recommendation:
    told = explain_arm(count, rate, exploring=exploring)
    why = reason_for(count, rate, exploring=exploring)
    return Recommendation(count.arm, chance, exploring, told, why, count, rate)


def _draw(counts: Sequence[ArmCount], rng: random.Random) -> list[float]:
    rate = common_rate(counts)
    won, lost = rate * PRIOR_TRIALS, (1.0 - rate) * PRIOR_TRIALS
    return [rng.betavariate(c.won + won, c.tried - c.won + lost) for c in counts]


def _thompson_order(counts: Sequence[ArmCount], rng: random.Random) -> list[int]:
    drawn = _draw(counts, rng)
    return sorted(range(len(counts)), key=lambda i: -drawn[i])


def _chances_to_be_best(counts: Sequence[ArmCount], rng: random.Random) -> list[float]:
    wins: Counter[int] = Counter()
    for _ in range(DRAWS):
        drawn = _draw(counts, rng)
        wins[drawn.index(max(drawn))] += 1
    return [wins[i] / DRAWS for i in range(len(counts))]


def _explored_place(counts: Sequence[ArmCount], order: list[int], rng: random.Random, floor: float) -> int | None:
    """With the chance ``floor``, put one of the least tried arms first (changes ``order``); which one, or None."""
    if len(counts) < 2 or rng.random() >= floor:
        return None
    least = min(c.tried for c in counts)
    place = rng.choice([i for i, c in enumerate(counts) if c.tried <= least])
    order.remove(place)
    order.insert(0, place)
    return place
