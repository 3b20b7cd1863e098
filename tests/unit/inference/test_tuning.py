"""Which number of threads is taken, from timings that a test sets."""

from __future__ import annotations

import pytest

from engine.inference.tuning import BUDGET_S, candidates, pick_threads


class Clock:
    """Time that passes only by decoding."""

    def __init__(self, seconds: dict[int, float]) -> None:
        self.seconds, self.now, self.threads, self.tried = seconds, 0.0, 0, []

    def set_threads(self, threads: int) -> None:
        self.threads = threads
        self.tried.append(threads)

    def decode(self) -> None:
        self.now += self.seconds[self.threads]


@pytest.mark.parametrize(
    ("seconds", "best"),
    [
        ({7: 0.01, 6: 0.02, 4: 0.03}, 7),
        ({7: 0.02, 6: 0.01, 4: 0.03}, 6),
        ({7: 0.0100, 6: 0.0102, 4: 0.0103}, 4),
        ({7: 0.03, 6: 0.02, 4: 0.01}, 4),
    ],
)
def test_the_fastest_number_wins_and_fewer_when_it_hardly_matters(seconds: dict[int, float], best: int) -> None:
    clock = Clock(seconds)
    assert pick_threads((7, 6, 4), clock.decode, clock.set_threads, lambda: clock.now) == best


def test_a_slow_computer_is_not_kept_waiting() -> None:
    clock = Clock({7: BUDGET_S, 6: 0.1, 4: 0.1})
    assert pick_threads((7, 6, 4), clock.decode, clock.set_threads, lambda: clock.now) == 7
    assert clock.tried == [7]


@pytest.mark.parametrize(("cores", "tried"), [(1, (1,)), (2, (2, 1)), (8, (7, 6, 4)), (16, (15, 12, 8))])
def test_the_usual_number_is_tried_first(cores: int, tried: tuple[int, ...]) -> None:
    assert candidates(cores) == tried
