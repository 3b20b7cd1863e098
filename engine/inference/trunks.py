"""Prompts that lie in the context: each is a *trunk* from which drafts branch, kept after its request for the next one.

A new prompt takes over the longest common beginning of any trunk (the template, the brand voice, the product), by
reference, so only what differs is read. Which sequence number holds what is bookkeeping; the cells are the context's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol

KEPT_IDLE = 4
"""Prompts that are kept for requests to come."""


class Cells(Protocol):
    """What the shelf does with a context's cells."""

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Share the first ``tokens`` cells."""
        ...

    def remove(self, sequence: int, start: int = 0) -> None:
        """Leave the cells from ``start`` on."""
        ...


@dataclass(slots=True)
class Trunk:
    """A sequence number holding ``tokens``; ``users`` requests need it."""

    place: int
    tokens: list[int] = field(default_factory=list)
    users: int = 0
    used_at: int = 0


class TrunkShelf:
    """A few trunks; the one not used for longest makes room."""

    def __init__(self, cells: Cells, places: Sequence[int]) -> None:
        self._cells = cells
        self._clock = count(1)
        self.trunks = [Trunk(place) for place in places]

    @property
    def held_tokens(self) -> int:
        """Cells that the trunks take at most."""
        return sum(len(trunk.tokens) for trunk in self.trunks)

    def take(self, tokens: Sequence[int]) -> Trunk | None:
        """A trunk that holds the longest known beginning of ``tokens`` and nothing more; None while all are in use."""
        source = max(self.trunks, key=lambda trunk: common_length(trunk.tokens, tokens))
        shared = common_length(source.tokens, tokens)
        usable = shared == len(source.tokens) and (not source.users or shared == len(tokens))
        target = source if usable else self._oldest_idle(source)
        if target is None:
            return None
        if not usable:
            self._become(target, source, shared)
        target.users += 1
        target.used_at = next(self._clock)
        return target

    def release(self, trunk: Trunk) -> None:
        """A request needs this trunk no more; it stays for the next, if few others do: every row attends past their cells."""
        trunk.users -= 1
        while sum(1 for one in self.trunks if not one.users and one.tokens) > KEPT_IDLE and self.evict():
            pass

    def truncate(self, trunk: Trunk, tokens: int) -> None:
        """Only the first ``tokens`` were really read."""
        del trunk.tokens[tokens:]
        self._cells.remove(trunk.place, tokens)

    def evict(self) -> bool:
        """Give up the idle trunk that was not used for longest; False if there is none."""
        idle = [trunk for trunk in self.trunks if not trunk.users and trunk.tokens]
        if not idle:
            return False
        self.truncate(min(idle, key=lambda trunk: trunk.used_at), 0)
        return True

    def _oldest_idle(self, source: Trunk) -> Trunk | None:
        """An idle trunk, ``source`` itself only where there is no other."""
        idle = [trunk for trunk in self.trunks if not trunk.users]
        return min(idle, key=lambda trunk: (trunk is source, trunk.used_at), default=None)

    def _become(self, target: Trunk, source: Trunk, shared: int) -> None:
        if target is source:
            self.truncate(target, shared)
            return
        self.truncate(target, 0)
        if shared:
            self._cells.copy(source.place, target.place, shared)
            target.tokens = source.tokens[:shared]


def common_length(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two sequences begin with in common."""
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))
