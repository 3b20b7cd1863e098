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
class Bench:
    """What every recipe is tried on: the F16 file, windows of token ids, a folder for the trial files."""

    f16: Path
    windows: tuple[Sequence[int], ...]
    folder: Path
    threads: int = 1
    with_speed: bool = True


@dataclass(frozen=True, slots=True)
class RecipeResult:
    """What a recipe costs and loses; ``importance`` tells whether the matrix was used."""

    recipe: str
    importance: bool
    file_bytes: int
    divergence: Divergence
    speed: Speed | None


class ReferenceLogits:
    """The F16 model's logits of each window, computed once and kept on disk."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self._paths = {}
        with LlamaRuntime(bench.f16, context=max(map(len, bench.windows)), threads=bench.threads) as runtime:
            for number, ids in enumerate(bench.windows):
                self._paths[tuple(ids)] = folder / f"{number}.npy"
                np.save(self._paths[tuple(ids)], runtime.logits(ids))

    def __call__(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """The logits of one of the windows."""
        return np.asarray(np.load(self._paths[tuple(ids)]), np.float32)


def compare_recipes(bench: Bench, trials: Sequence[tuple[Recipe, Importance | None]]) -> list[RecipeResult]:
    """Apply every recipe, with its importance matrix or without, and measure what comes out; trial files are removed."""
    with staging_folder(bench.folder) as staging:
        reference = ReferenceLogits(bench, staging)
        return [_measured(bench, recipe, importance, reference, staging) for recipe, importance in trials]


def comparison_table(results: Sequence[RecipeResult]) -> str:
    """The results as a Markdown table."""
    lines = [f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    for r in results:
        d = r.divergence
        speeds = f"{r.speed.prompt:.0f} | {r.speed.by_sequences[8]:.0f}" if r.speed else "– | –"
        lines.append(
            f"| {r.recipe} | {'yes' if r.importance else 'no'} | {r.file_bytes} | {d.mean_kl:.4f} | {d.p99_kl:.3f} "
            f"| {d.top1_agreement:.2%} | {d.perplexity_ratio:.4f} | {speeds} |"
        )
    return "\n".join(lines)


def _measured(
    bench: Bench, recipe: Recipe, importance: Importance | None, reference: ReferenceLogits, staging: Path
) -> RecipeResult:
    out = staging / "trial.gguf"
    one_file = QuantiseOptions(max_shard_bytes=0, threads=bench.threads)
    size = quantise(bench.f16, out, recipe, importance, one_file)[0].size
    with LlamaRuntime(out, context=max(map(len, bench.windows)), threads=bench.threads) as runtime:
        divergence = compare_logits(reference, runtime.logits, bench.windows)
    speed = measure_speed(out, bench.windows[0], threads=bench.threads) if bench.with_speed else None
    out.unlink()
    return RecipeResult(recipe.name, importance is not None, size, divergence, speed)
