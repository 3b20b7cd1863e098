"""Weights on the grid are what llama.cpp's quantiser leaves alone, and training on it keeps its masters."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the training group is not installed")
gguf = pytest.importorskip("gguf", reason="the training group is not installed")

from training.grid import OnGrid, break_ties, grid_weights, on_grid  # noqa: E402  (after the skips)

KINDS = {16: gguf.GGMLQuantizationType.Q4_0, 32: gguf.GGMLQuantizationType.Q5_0}


@pytest.fixture
def model():
    torch.manual_seed(3)
    made = torch.nn.ModuleDict({"embed_tokens": torch.nn.Embedding(8, 64), "down": torch.nn.Linear(64, 32)})
    return made


@pytest.mark.parametrize("levels", [16, 32])
def test_the_quantiser_of_the_file_changes_nothing_on_the_grid(levels):
    torch.manual_seed(1)
    weight = on_grid(torch.randn(64, 96) * 0.02, levels)
    packed = gguf.quants.quantize(weight.numpy(), KINDS[levels])
    assert np.array_equal(gguf.quants.dequantize(packed, KINDS[levels]), weight.numpy())


@pytest.mark.parametrize("levels", [16, 32])
def test_rounding_is_no_further_than_half_a_step_or_the_lost_end(levels):
    weight = torch.randn(16, 64)
    step = weight.reshape(-1, 32).abs().amax(1) / (levels // 2)
    error = (on_grid(weight, levels) - weight).reshape(-1, 32).abs().amax(1)
    assert torch.all(error <= step * 1.01) and torch.any(error > 0)


def test_a_block_of_zeros_stays_zero():
    assert not on_grid(torch.zeros(2, 32), 16).any()


def test_masters_come_back_after_the_pass_and_stay_rounded_when_kept(model):
    weights = grid_weights(model)
    assert sorted(levels for _, levels in weights) == [16, 32]
    before = model["down"].weight.detach().clone()
    with OnGrid(weights):
        assert torch.equal(model["down"].weight, on_grid(before, 16))
    assert torch.equal(model["down"].weight, before)
    with OnGrid(weights, keep=True):
        pass
    assert torch.equal(model["down"].weight, on_grid(before, 16))


def test_ties_are_broken_and_ordinary_weights_left_alone(model):
    assert break_ties(grid_weights(model)) == 0
    weight = model["down"].weight
    weight.data = on_grid(weight.data, 32)
    weight.data.view(-1, 32)[:, 0] = -16 * weight.data.view(-1, 32).abs().amax(1) / 16
    tied = weight.detach().clone()
    assert break_ties([(weight, 16)]) == 1
    assert 0 < (weight - tied).abs().max() < tied.abs().max() / 32
