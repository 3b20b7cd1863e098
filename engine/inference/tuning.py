"""The number of threads that decodes fastest here, tried out once in a second or two.

More threads are not always faster: cores of two sorts, other programs, memory that is busy with fewer. Tried are all that
the window leaves, three quarters and half of them; fewer win unless more are faster by ``WORTH_IT``. What is timed is
what writing does most: one token for each of eight drafts.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from engine.errors import ModelBroken
from engine.inference.hardware import choose_threads
from engine.inference.llama import ContextSize, LlamaContext, LlamaModel, Outcome, TokenBatch

DRAFTS, TIMES = 8, 5
BUDGET_S = 2.0
"""After so long the best found so far is taken (a large model on a small computer)."""

WORTH_IT = 1.04


def candidates(cores: int) -> tuple[int, ...]:
    """Numbers of threads worth trying, the usual one first."""
    most = choose_threads(cores)
    return tuple(dict.fromkeys(max(1, n) for n in (most, -(-most * 3 // 4), -(-most // 2))))


def tune_threads(model: LlamaModel, cores: int) -> int:
    """The best number of threads for this model on this computer.

    Raises:
        ModelBroken: llama.cpp could not compute.
        MemoryError: there is no memory for a small context.
    """
    tried = candidates(cores)
    if len(tried) == 1:
        return tried[0]
    context = LlamaContext(model, ContextSize(256, DRAFTS, DRAFTS), tried[0])
    batch = TokenBatch(DRAFTS)
    for draft in range(DRAFTS):
        batch.add(draft, 0, [draft], logits=True)

    def decode() -> None:
        if context.decode(batch) is not Outcome.DONE:
            raise ModelBroken(model.name, "refused")
        for draft in range(DRAFTS):
            context.remove(draft)

    try:
        return pick_threads(tried, decode, context.set_threads)
    finally:
        context.close()


def pick_threads(
    tried: Sequence[int],
    decode: Callable[[], None],
    set_threads: Callable[[int], None],
    clock: Callable[[], float] = time.perf_counter,
) -> int:
    """Time ``decode`` with each number of threads; one beforehand to warm up."""
    began, best, best_s = clock(), tried[0], float("inf")
    for threads in tried:
        set_threads(threads)
        decode()
        seconds = statistics.median([_timed(decode, clock) for _ in range(TIMES)])
        if seconds < best_s * (WORTH_IT if threads < best else 1 / WORTH_IT):
            best, best_s = threads, min(seconds, best_s)
        if clock() - began > BUDGET_S:
            break
    return best


def _timed(action: Callable[[], None], clock: Callable[[], float]) -> float:
    began = clock()
    action()
    return clock() - began
