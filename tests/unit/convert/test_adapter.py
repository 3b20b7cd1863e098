"""What a GGUF adapter cannot hold is refused; what it holds is named and scaled as llama.cpp reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("gguf", reason="the gguf package is not installed")

from convert.adapter import convert_adapter
from convert.errors import ConvertRefused, Refusal
from convert.quantise import open_gguf, shape_of

CONFIG: dict[str, Any] = {"peft_type": "LORA", "r": 4, "lora_alpha": 8, "bias": "none"}
UP = "base_model.model.model.layers.0.mlp.up_proj"


def write_adapter(folder: Path, config: dict[str, Any], shapes: dict[str, tuple[int, ...]]) -> Path:
    safetensors = pytest.importorskip("safetensors.numpy", reason="safetensors is not installed")
    folder.mkdir(exist_ok=True)
    (folder / "adapter_config.json").write_text(json.dumps(config), encoding="utf-8")
    chance = np.random.default_rng(0)
    tensors = {name: chance.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    safetensors.save_file(tensors, folder / "adapter_model.safetensors")
    return folder


def good_shapes() -> dict[str, tuple[int, ...]]:
    return {f"{UP}.lora_A.weight": (4, 64), f"{UP}.lora_B.weight": (96, 4)}


def test_halves_are_named_after_the_tensor_they_change(tiny_checkpoint: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "a", CONFIG, good_shapes())
    out = convert_adapter(adapter, tiny_checkpoint, tmp_path / "a.gguf", "A").path
    reader = open_gguf(out)
    assert {t.name: shape_of(t) for t in reader.tensors} == {
        "blk.0.ffn_up.weight.lora_a": (4, 64),
        "blk.0.ffn_up.weight.lora_b": (96, 4),
    }
    assert reader.fields["general.type"].contents() == "adapter"
    assert reader.fields["adapter.lora.alpha"].contents() == 8.0


def test_rank_stabilised_scaling_becomes_a_larger_alpha(tiny_checkpoint: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "a", {**CONFIG, "use_rslora": True}, good_shapes())
    out = convert_adapter(adapter, tiny_checkpoint, tmp_path / "a.gguf", "A").path
    assert open_gguf(out).fields["adapter.lora.alpha"].contents() == 16.0


@pytest.mark.parametrize(
    "change",
    [
        {"peft_type": "IA3"},
        {"use_dora": True},
        {"bias": "all"},
        {"modules_to_save": ["lm_head"]},
        {"rank_pattern": {"q_proj": 8}},
        {"r": None},
    ],
)
def test_adapters_of_another_kind_are_refused(tiny_checkpoint: Path, tmp_path: Path, change: dict[str, Any]) -> None:
    adapter = write_adapter(tmp_path / "a", {**CONFIG, **change}, good_shapes())
    with pytest.raises(ConvertRefused) as caught:
        convert_adapter(adapter, tiny_checkpoint, tmp_path / "a.gguf", "A")
    assert caught.value.refusal is Refusal.ADAPTER_UNSUPPORTED


@pytest.mark.parametrize(
    "name", ["base_model.model.lm_head.lora_A.weight", "base_model.model.model.embed_tokens.lora_embedding_A"]
)
def test_an_adapted_output_or_embedding_is_refused(tiny_checkpoint: Path, tmp_path: Path, name: str) -> None:
    adapter = write_adapter(tmp_path / "a", CONFIG, {**good_shapes(), name: (4, 64)})
    with pytest.raises(ConvertRefused, match="not a half"):
        convert_adapter(adapter, tiny_checkpoint, tmp_path / "a.gguf", "A")


def test_a_half_without_the_other_is_refused(tiny_checkpoint: Path, tmp_path: Path) -> None:
    adapter = write_adapter(tmp_path / "a", CONFIG, {f"{UP}.lora_A.weight": (4, 64)})
    with pytest.raises(ConvertRefused, match="other half"):
        convert_adapter(adapter, tiny_checkpoint, tmp_path / "a.gguf", "A")


def test_a_half_of_the_wrong_shape_is_refused(tiny_checkpoint: Path, tmp_path: Path) -> None:
    shapes = {**good_shapes(), f"{UP}.lora_B.weight": (64, 4)}
    with pytest.raises(ConvertRefused) as caught:
        convert_adapter(write_adapter(tmp_path / "a", CONFIG, shapes), tiny_checkpoint, tmp_path / "a.gguf", "A")
    assert caught.value.refusal is Refusal.WRONG_SHAPE
