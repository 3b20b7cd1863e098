"""Bytes go where they save the most divergence, and the expected divergence is near the measured one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed")
pytest.importorskip("transformers", reason="transformers is not installed")
pytest.importorskip("gguf", reason="the gguf package is not installed")
pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")

from gguf import GGMLQuantizationType as Q

from convert.errors import ConvertRefused, Refusal
from convert.llama_runtime import LlamaRuntime
from convert.plan import Price, expected_loss, lower_hull, plan_recipe, price_tensors
from convert.quantise import QuantiseOptions, open_gguf, planned_size, quantise, shape_of
from convert.recipes import Recipe, Rule
from convert.torch_model import LinearTrace, TorchModel
from convert.verify import compare_logits

WINDOWS = [list(np.random.default_rng(n).integers(0, 297, 120)) for n in range(6)]


@pytest.fixture(scope="module")
def prices(tiny_checkpoint: Path, tiny_f16: Path) -> tuple[Price, ...]:
    return price_tensors(tiny_checkpoint, tiny_f16, WINDOWS, (Q.Q4_0, Q.Q5_0, Q.Q8_0), None, 1)


def test_the_expected_loss_is_half_the_mean_square_of_the_effect() -> None:
    trace = LinearTrace(np.array([[1, 2], [0, 1]], np.float32), np.array([[1, 0], [2, 1]], np.float32))
    error = np.array([[0.5, 0], [0, 1]], np.float32)
    assert expected_loss(error, [trace]) == pytest.approx(0.5 * (0.5**2 + 1**2) / 2)


def test_every_matrix_has_a_price_in_every_type_and_more_bits_lose_less(
    tiny_f16: Path, prices: tuple[Price, ...]
) -> None:
    matrices = {t.name for t in open_gguf(tiny_f16).tensors if len(shape_of(t)) > 1}
    for name in matrices:
        found = {p.type: p for p in prices if p.tensor == name}
        assert found[Q.Q4_0].loss > found[Q.Q5_0].loss > found[Q.Q8_0].loss > 0
        assert found[Q.Q4_0].size < found[Q.Q5_0].size < found[Q.Q8_0].size


def test_the_sum_of_the_prices_is_near_the_measured_divergence(
    tiny_f16: Path, prices: tuple[Price, ...], tmp_path: Path
) -> None:
    out = quantise(tiny_f16, tmp_path / "x.gguf", Recipe("q5", (Rule(".*", Q.Q5_0),)), None, QuantiseOptions(0))[0].path
    with LlamaRuntime(tiny_f16, context=128) as whole, LlamaRuntime(out, context=128) as rounded:
        measured = compare_logits(whole.logits, rounded.logits, WINDOWS).mean_kl
    expected = sum(p.loss for p in prices if p.type is Q.Q5_0)
    assert 0.3 < expected / measured < 3


def test_a_plan_keeps_to_its_size_and_beats_the_same_size_spent_evenly(
    tiny_f16: Path, prices: tuple[Price, ...], tmp_path: Path
) -> None:
    even = planned_size(tiny_f16, Recipe("q5", (Rule(".*", Q.Q5_0),)))
    plan = plan_recipe(tiny_f16, prices, even, "planned")
    assert plan.loss < sum(p.loss for p in prices if p.type is Q.Q5_0)
    written = quantise(tiny_f16, tmp_path / "p.gguf", plan.recipe, None, QuantiseOptions(0, even))
    assert written[0].size <= plan.size <= even


def test_all_the_room_in_the_world_buys_the_best_type(tiny_f16: Path, prices: tuple[Price, ...]) -> None:
    plan = plan_recipe(tiny_f16, prices, 10**9, "rich")
    assert {rule.type for rule in plan.recipe.rules} == {Q.Q8_0}


def test_too_little_room_and_unpriced_tensors_are_refused(tiny_f16: Path, prices: tuple[Price, ...]) -> None:
    with pytest.raises(ConvertRefused) as caught:
        plan_recipe(tiny_f16, prices, 40_000, "poor")
    assert caught.value.refusal is Refusal.TOO_LARGE
    with pytest.raises(ConvertRefused, match="attn_q"):
        plan_recipe(tiny_f16, [p for p in prices if "attn_q" not in p.tensor], 10**9, "holes")


def test_types_that_are_no_bargain_are_left_out() -> None:
    def price(size: int, loss: float) -> Price:
        return Price("t", Q.Q8_0, size, loss)

    good = [price(10, 8.0), price(20, 2.0), price(40, 1.0)]
    assert lower_hull([good[0], price(12, 8.5), price(15, 7.9), good[1], price(30, 1.9), good[2]]) == good


def test_a_trace_holds_inputs_and_gradients_of_the_asked_positions(tiny_checkpoint: Path) -> None:
    name = "model.layers.0.mlp.down_proj"
    traced = TorchModel(tiny_checkpoint).trace(WINDOWS[0], (name, "lm_head"), [3, 50])
    assert traced[name].inputs.shape == (2, 96) and traced[name].gradients.shape == (2, 64)
    assert traced["lm_head"].gradients.shape == (2, 300)
    # The gradient of a log-probability sums to zero over the vocabulary.
    assert np.allclose(traced["lm_head"].gradients.sum(-1), 0, atol=0.02)
