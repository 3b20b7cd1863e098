"""The importance matrix is the mean square of what every matrix is fed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed")
pytest.importorskip("transformers", reason="transformers is not installed")
pytest.importorskip("gguf", reason="the gguf package is not installed")

import torch

from convert.errors import ConvertRefused
from convert.importance import collect_importance, load_importance, save_importance
from convert.torch_model import TorchModel
from engine.errors import FileUnreadable

WINDOWS = [list(range(0, 40)), list(range(100, 150))]


def test_every_matrix_has_a_column_for_every_input(tiny_checkpoint: Path) -> None:
    found = collect_importance(tiny_checkpoint, WINDOWS, "texts.jsonl")
    names = {f"blk.{n}.{part}.weight" for n in range(2) for part in ("attn_q", "attn_k", "attn_v", "attn_output")}
    names |= {f"blk.{n}.{part}.weight" for n in range(2) for part in ("ffn_gate", "ffn_up", "ffn_down")}
    assert set(found.columns) == names | {"token_embd.weight"}
    assert found.columns["blk.0.ffn_down.weight"].shape == (96,)
    assert found.tokens == 90 and found.windows == 2


def test_the_numbers_are_the_mean_squares_of_the_inputs(tiny_checkpoint: Path) -> None:
    model = TorchModel(tiny_checkpoint).model
    with torch.inference_mode():
        hidden = [model(torch.tensor([ids]), output_hidden_states=True).hidden_states[-1][0] for ids in WINDOWS]
    expected = torch.cat(hidden).square().mean(0).numpy()
    found = collect_importance(tiny_checkpoint, WINDOWS, "t").columns["token_embd.weight"]
    assert np.allclose(found, expected, rtol=0.1, atol=0.02)


def test_matrices_with_the_same_input_have_the_same_numbers(tiny_checkpoint: Path) -> None:
    columns = collect_importance(tiny_checkpoint, WINDOWS, "t").columns
    assert np.array_equal(columns["blk.0.attn_q.weight"], columns["blk.0.attn_v.weight"])
    assert not np.array_equal(columns["blk.0.attn_q.weight"], columns["blk.1.attn_q.weight"])


def test_it_survives_its_file(tiny_checkpoint: Path, tmp_path: Path) -> None:
    found = collect_importance(tiny_checkpoint, WINDOWS[:1], "texts.jsonl")
    save_importance(found, tmp_path / "m.npz")
    again = load_importance(tmp_path / "m.npz")
    assert (again.tokens, again.windows, again.source) == (40, 1, "texts.jsonl")
    assert all(np.array_equal(again.columns[name], values) for name, values in found.columns.items())


def test_no_text_is_refused(tiny_checkpoint: Path) -> None:
    with pytest.raises(ConvertRefused):
        collect_importance(tiny_checkpoint, [], "empty.jsonl")


def test_another_file_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "m.npz").write_bytes(b"not a matrix")
    with pytest.raises(FileUnreadable):
        load_importance(tmp_path / "m.npz")
    with pytest.raises(FileUnreadable):
        load_importance(tmp_path / "none.npz")


def test_a_module_that_the_model_lacks_is_an_error(tiny_checkpoint: Path) -> None:
    with pytest.raises(KeyError):
        TorchModel(tiny_checkpoint).watch_inputs(["model.layers.0.no_such"], lambda _name, _inputs: None)
