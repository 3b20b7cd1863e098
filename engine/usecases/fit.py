"""Whether a model has room in this computer's memory, told before anybody waits for it to load.

An installed model is judged by the same plan that it will be loaded by; one that a server offers by its size alone.
"""

from __future__ import annotations

from engine.domain import Fit, InstalledModel, ModelFit
from engine.errors import EngineError
from engine.inference.client import InferenceOptions
from engine.inference.gguf_check import check_gguf, shard_files
from engine.inference.hardware import MIN_CELLS, WORKSPACE_BYTES, MemoryPlan, needed_memory, plan_memory

USUAL_CONTEXT = 4096
"""A draft with its prompt needs no more, whatever the model could read."""

CELLS_SHARE, EASY_SHARE = 0.1, 0.5
"""Of a model's size: what its cells take at least, and what it would like to have."""


def fit_installed(model: InstalledModel, free_bytes: int) -> ModelFit:
    """What the plan for loading says; ``UNKNOWN`` for a file that cannot be read."""
    try:
        head = check_gguf(model.first_file, model.manifest.name)
        weights = sum(shard.stat().st_size for shard in shard_files(model.first_file))
    except (EngineError, OSError):
        return ModelFit(Fit.UNKNOWN, 0, free_bytes)
    wished = MemoryPlan(min(model.manifest.context_tokens or USUAL_CONTEXT, USUAL_CONTEXT), InferenceOptions().slots, 0)
    plan = plan_memory(head, weights, free_bytes, wished)
    tight = plan.slots < wished.slots or plan.context_tokens < wished.context_tokens
    return _judged(needed_memory(head, weights, MIN_CELLS), free_bytes, tight=tight)


def fit_offered(size: int, free_bytes: int) -> ModelFit:
    """A guess before the file is here."""
    needed = int(size * (1 + CELLS_SHARE)) + WORKSPACE_BYTES
    return _judged(needed, free_bytes, tight=int(size * (1 + EASY_SHARE)) + WORKSPACE_BYTES > free_bytes)


def _judged(needed: int, free: int, *, tight: bool) -> ModelFit:
    if not free:
        return ModelFit(Fit.UNKNOWN, needed, free)
    if needed > free:
        return ModelFit(Fit.TOO_LARGE, needed, free)
    return ModelFit(Fit.TIGHT if tight else Fit.FITS, needed, free)
