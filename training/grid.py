"""Quantisation-aware tuning: the forward pass sees weights as they will be in the file, the gradient goes straight through.

Matrices lie on Q4_0's grid, the embedding (which is the output matrix too) on Q5_0's: blocks of 32 in a row with one scale
each, computed as llama.cpp's reference quantiser does, so that quantising the finished checkpoint changes nothing.
The scale is rounded to bfloat16, in which checkpoints are written. Straight-through estimator: Bengio et al. 2013,
arXiv 1308.3432.
"""

from __future__ import annotations

from types import TracebackType

import torch

BLOCK = 32
MATRIX_LEVELS = 16
EMBEDDING_LEVELS = 32
SMALLEST_SCALE = 1e-7
"""Below it a block counts as zeros (half precision, in which the file keeps scales, ends near there)."""

TIE = 0.01
TIED_SHARE = 0.05
SHAKE = 0.25
"""Width of the noise that breaks ties, in steps."""


def on_grid(weight: torch.Tensor, levels: int) -> torch.Tensor:
    """``weight`` (rows, columns; columns a multiple of 32) with every block at ``levels`` evenly spaced values."""
    steps, scale = _in_steps(weight, levels)
    steps = (steps + (levels // 2 + 0.5)).floor().clamp(0, levels - 1) - levels // 2
    return (steps * scale).reshape(weight.shape).to(weight.dtype)


def _in_steps(weight: torch.Tensor, levels: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The blocks of a matrix in steps of the grid, shape (blocks, 32), and the scale of each, shape (blocks, 1)."""
    blocks = weight.detach().float().reshape(-1, BLOCK)
    extreme = blocks.gather(1, blocks.abs().argmax(1, keepdim=True))
    scale = (extreme / -(levels // 2)).bfloat16().float()
    scale = torch.where(scale.abs() < SMALLEST_SCALE, torch.zeros_like(scale), scale)
    return blocks * torch.where(scale == 0, torch.zeros_like(scale), 1 / scale), scale


def break_ties(weights: list[tuple[torch.nn.Parameter, int]]) -> int:
    """Shake matrices whose values lie half-way between steps; returns how many were shaken.

    A base made from a file of another grid (Q5_0, say) lies on ties by the million. The first update would tip all of
    them at once along the gradient, a step hundreds of times too long (seen: loss 3.5 → 9.8 after two updates).
    """
    shaken = 0
    for weight, levels in weights:
        steps, scale = _in_steps(weight, levels)
        if ((steps - steps.floor() - 0.5).abs() < TIE).float().mean() > TIED_SHARE:
            noise = (torch.rand_like(steps) - 0.5) * SHAKE * scale
            weight.data += noise.reshape(weight.shape).to(weight.dtype)
            shaken += 1
    return shaken


def grid_weights(model: torch.nn.Module) -> list[tuple[torch.nn.Parameter, int]]:
    """The parameters that the file quantises, each once, with its number of levels."""
    found: dict[int, tuple[torch.nn.Parameter, int]] = {}
    for name, weight in model.named_parameters():
        if weight.dim() == 2:
            found[id(weight)] = (weight, EMBEDDING_LEVELS if "embed_tokens" in name else MATRIX_LEVELS)
    return list(found.values())


class OnGrid:
    """While it is entered the weights lie on the grid; afterwards they are themselves again (``keep``: they stay)."""

    def __init__(self, weights: list[tuple[torch.nn.Parameter, int]], *, keep: bool = False) -> None:
        self._weights, self._keep = weights, keep
        self._masters: list[torch.Tensor] = []

    def __enter__(self) -> None:
        for weight, levels in self._weights:
            self._masters.append(weight.data)
            weight.data = on_grid(weight.data, levels)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._keep:
            for (weight, _), master in zip(self._weights, self._masters, strict=True):
                weight.data = master
        self._masters.clear()
