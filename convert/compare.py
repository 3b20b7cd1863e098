"""Recipes side by side: each is applied to the F16 file, and its size and divergence on the same texts are measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convert.importance import Importance
from convert.llama_runtime import LlamaRuntime
from convert.quantise import QuantiseOptions, quantise
from convert.recipes import Recipe
from convert.staging import staging_folder
from convert.verify import Divergence, Speed, compare_logits, measure_speed

NO_SHARDS = 0
COLUMNS = (
    "recipe",
    "importance",
    "bytes",
    "mean KL",
    "99 %",
    "same first",
    "perplexity",
    "prompt t/s",
    "8 together t/s",
)


@dataclass(frozen=True, slots=True)
class RecipeResult:
    """What a recipe costs and loses; ``importance`` tells whether the matrix was used."""

    recipe: str
    importance: bool
    file_bytes: int
    divergence: Divergence
    speed: Speed


class ReferenceLogits:
    """The F16 model's logits of each window, computed once and kept on disk."""

    def __init__(self, f16: Path, windows: Sequence[Sequence[int]], folder: Path, threads: int) -> None:
        self.windows = windows
        self._paths = {}
        with LlamaRuntime(f16, context=max(map(len, windows)), threads=threads) as runtime:
            for number, ids in enumerate(windows):
                self._paths[tuple(ids)] = folder / f"{number}.npy"
                np.save(self._paths[tuple(ids)], runtime.logits(ids))

    def __call__(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The logits of one of the windows."""
        return np.asarray(np.load(self._paths[tuple(ids)], mmap_mode="r"), np.float32)


def compare_recipes(
    f16: Path,
    trials: Sequence[tuple[Recipe, Importance | None]],
    windows: Sequence[Sequence[int]],
    folder: Path,
    threads: int,
) -> list[RecipeResult]:
    """Apply every recipe to ``f16`` in a temporary folder under ``folder`` and measure the result."""
    with staging_folder(folder) as staging:
        reference = ReferenceLogits(f16, windows, staging, threads)
        return [_measured(f16, trial, reference, staging, threads) for trial in trials]


def comparison_table(results: Sequence[RecipeResult]) -> str:
    """The results as a Markdown table."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    for r in results:
        d, s = r.divergence, r.speed
        lines.append(
            f"| {r.recipe} | {'yes' if r.importance else 'no'} | {r.file_bytes} | {d.mean_kl:.4f} | {d.p99_kl:.3f} "
            f"| {d.top1_agreement:.2%} | {d.perplexity_ratio:.4f} | {s.prompt:.0f} | {s.by_sequences[8]:.0f} |"
        )
    return "\n".join(lines)


def _measured(
    f16: Path, trial: tuple[Recipe, Importance | None], reference: ReferenceLogits, staging: Path, threads: int
) -> RecipeResult:
    recipe, importance = trial
    out, windows = staging / "trial.gguf", reference.windows
    options = QuantiseOptions(max_shard_bytes=NO_SHARDS, threads=threads)
    size = quantise(f16, out, recipe, importance, options)[0].size
    with LlamaRuntime(out, context=max(map(len, windows)), threads=threads) as runtime:
        divergence = compare_logits(reference, runtime.logits, windows)
    speed = measure_speed(out, windows[0], threads=threads)
    out.unlink()
    return RecipeResult(recipe.name, importance is not None, size, divergence, speed)
