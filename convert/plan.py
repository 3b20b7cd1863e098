"""A recipe for a size: which tensors are worth more bits, measured on the model itself.

Rounding a matrix W by D moves the next-token distribution by a divergence that to second order is half the mean of
(g . D x)^2, x being the matrix's input and g the gradient at its output of the log-probability of tokens drawn from the
model (the Fisher information). So one backward pass a window prices every tensor in every type; errors of different
positions and tensors are taken to be independent. The bytes then go where they buy the most.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, quants
from numpy.typing import NDArray

from convert.checkpoint import open_checkpoint
from convert.errors import ConvertRefused, Refusal
from convert.importance import Importance
from convert.llama_runtime import Quantiser
from convert.quantise import metadata_bytes, open_gguf, quantised_rows, shape_of, values_of
from convert.recipes import Recipe, Rule
from convert.tensors import weighed_names
from convert.torch_model import LinearTrace, TorchModel

POSITIONS_PER_WINDOW = 128
POSITIONS_SEED = 7


@dataclass(frozen=True, slots=True)
class Price:
    """One tensor in one type: its bytes, and the expected divergence in nats a token that its rounding causes."""

    tensor: str
    type: GGMLQuantizationType
    size: int
    loss: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A recipe with its expected size and divergence, and the prices that led to it."""

    recipe: Recipe
    size: int
    loss: float
    prices: tuple[Price, ...]


def price_tensors(
    checkpoint: Path,
    f16: Path,
    windows: Sequence[Sequence[int]],
    types: Sequence[GGMLQuantizationType],
    importance: Importance | None,
    threads: int,
) -> tuple[Price, ...]:
    """Price every matrix of the F16 file in every type whose blocks divide its rows."""
    traces = _traces(checkpoint, windows, threads)
    quantiser = Quantiser()
    prices = []
    for tensor in open_gguf(f16).tensors:
        shape = shape_of(tensor)
        if len(shape) < 2:
            continue
        values, weights = values_of(tensor), importance.columns.get(tensor.name) if importance else None
        for kind in (t for t in types if shape[-1] % GGML_QUANT_SIZES[t][0] == 0):
            packed = quantised_rows(values, kind, weights, quantiser, threads)
            error = quants.dequantize(packed, kind).reshape(shape) - values
            prices.append(Price(tensor.name, kind, int(packed.nbytes), expected_loss(error, traces[tensor.name])))
    return tuple(prices)


def expected_loss(error: NDArray[np.float32], traces: Sequence[LinearTrace]) -> float:
    """Half the mean of (g . D x)^2 over all positions of the traces, for an error D of shape (rows, columns)."""
    effects = [np.einsum("tr,tr->t", trace.gradients, trace.inputs @ error.T) for trace in traces]
    return float(0.5 * np.mean(np.square(np.concatenate(effects), dtype=np.float64)))


def plan_recipe(f16: Path, prices: Sequence[Price], max_bytes: int, name: str) -> Plan:
    """The cheapest types for all, then upgrades in the order of divergence saved a byte, as long as they fit.

    Raises:
        ConvertRefused: even the cheapest types do not fit, or a matrix has no price.
    """
    reader = open_gguf(f16)
    options = _options(prices)
    if missing := [t.name for t in reader.tensors if len(t.shape) > 1 and t.name not in options]:
        raise ConvertRefused(Refusal.BAD_RECIPE, f"no type fits the rows of {missing[0]}")
    vectors = sum(int(np.prod(t.shape)) * 4 for t in reader.tensors if len(t.shape) == 1)
    room = max_bytes - metadata_bytes(reader) - vectors
    chosen = {tensor: hull[0] for tensor, hull in options.items()}
    spent = sum(price.size for price in chosen.values())
    if spent > room:
        raise ConvertRefused(Refusal.TOO_LARGE, f"at least {max_bytes - room + spent} bytes, {max_bytes} are allowed")
    steps = [(low, high) for hull in options.values() for low, high in pairwise(hull)]
    steps.sort(key=lambda step: (step[1].loss - step[0].loss) / (step[1].size - step[0].size))
    for low, high in steps:
        # A step only follows the one below it; on a convex hull that one has been tried before.
        if chosen[low.tensor] == low and spent + high.size - low.size <= room:
            chosen[low.tensor] = high
            spent += high.size - low.size
    loss = sum(price.loss for price in chosen.values())
    return Plan(Recipe(name, _rules(chosen)), spent + max_bytes - room, loss, tuple(prices))


def _traces(checkpoint: Path, windows: Sequence[Sequence[int]], threads: int) -> dict[str, list[LinearTrace]]:
    names = weighed_names(open_checkpoint(checkpoint).shape)
    model, chance = TorchModel(checkpoint, threads=threads), random.Random(POSITIONS_SEED)
    traces: dict[str, list[LinearTrace]] = {name: [] for name in names.values()}
    for ids in windows:
        positions = sorted(chance.sample(range(len(ids)), min(POSITIONS_PER_WINDOW, len(ids))))
        for module, trace in model.trace(ids, tuple(names), positions).items():
            traces[names[module]].append(trace)
    if not windows:
        raise ConvertRefused(Refusal.TOO_FEW_LINES, "no text to measure on")
    return traces


def _options(prices: Sequence[Price]) -> dict[str, list[Price]]:
    by_tensor: dict[str, list[Price]] = {}
    for price in sorted(prices, key=lambda p: (p.size, p.loss)):
        by_tensor.setdefault(price.tensor, []).append(price)
    return {tensor: lower_hull(found) for tensor, found in by_tensor.items()}


def lower_hull(prices: Sequence[Price]) -> list[Price]:
    """Of prices sorted by size those that are worth taking: less loss for more bytes, at a falling rate."""
    hull: list[Price] = []
    for price in prices:
        if hull and price.loss >= hull[-1].loss:
            continue
        while len(hull) > 1 and _rate(hull[-2], price) <= _rate(hull[-2], hull[-1]):
            hull.pop()
        if hull and price.size == hull[-1].size:
            hull.pop()
        hull.append(price)
    return hull


def _rate(low: Price, high: Price) -> float:
    return (high.loss - low.loss) / max(1, high.size - low.size)


def _rules(chosen: Mapping[str, Price]) -> tuple[Rule, ...]:
    groups: dict[tuple[str, GGMLQuantizationType], list[str]] = {}
    for tensor, price in chosen.items():
        layer = re.match(r"blk\.(\d+)\.(.*)", tensor)
        kind, number = (layer.group(2), layer.group(1)) if layer else (tensor, "")
        groups.setdefault((kind, price.type), []).append(number)
    return tuple(
        Rule(rf"blk\.({'|'.join(numbers)})\.{re.escape(kind)}" if numbers[0] else re.escape(kind), type_)
        for (kind, type_), numbers in groups.items()
    )
