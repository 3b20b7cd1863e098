"""A LoRA adapter (a peft folder) as a GGUF adapter, which llama.cpp adds to a loaded model.

llama.cpp scales by alpha / rank, the rank being read from the tensors; rank-stabilised LoRA (alpha / sqrt(rank),
arXiv 2312.03732) is written with an alpha that gives the same factor.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType
from numpy.typing import NDArray

from convert.checkpoint import ModelShape, StoredTensor, open_checkpoint, read_json, read_tensor_table
from convert.errors import ConvertRefused, Refusal
from convert.gguf_model import ARCHITECTURE
from convert.staging import WrittenFile
from convert.tensors import linear_names, tensor_names
from convert.writer import PlannedTensor, entry, write_gguf

PREFIX = "base_model.model."
PARTS: Mapping[str, str] = {".lora_A.weight": ".lora_a", ".lora_B.weight": ".lora_b"}


def convert_adapter(adapter: Path, checkpoint: Path, out: Path, name: str) -> WrittenFile:
    """Write the GGUF adapter of a peft folder for the model of ``checkpoint``.

    Raises:
        ConvertRefused: adapted embeddings or output, DoRA, ranks or alphas of their own, shapes that do not fit.
    """
    config = read_json(adapter / "adapter_config.json")
    alpha = _alpha(config)
    tensors = _planned_tensors(read_tensor_table(adapter), open_checkpoint(checkpoint).shape, int(config["r"]))
    entries = [
        entry("general.type", "adapter"),
        entry("general.name", name),
        entry("adapter.type", "lora"),
        entry("adapter.lora.alpha", alpha),
    ]
    return write_gguf(out, ARCHITECTURE, entries, tensors)[0]


def _alpha(config: Mapping[str, Any]) -> float:
    demands = (
        (config.get("peft_type") == "LORA", f"it is {config.get('peft_type')}"),
        (isinstance(config.get("r"), int) and config["r"] > 0, "its rank is missing"),
        (not config.get("use_dora"), "DoRA"),
        (config.get("bias", "none") == "none", "it trains biases"),
        (not config.get("modules_to_save"), f"it replaces whole modules: {config.get('modules_to_save')}"),
        (not config.get("rank_pattern") and not config.get("alpha_pattern"), "single layers have ranks of their own"),
    )
    if wrong := [words for holds, words in demands if not holds]:
        raise ConvertRefused(Refusal.ADAPTER_UNSUPPORTED, ", ".join(wrong))
    alpha = float(config["lora_alpha"])
    return alpha * math.sqrt(config["r"]) if config.get("use_rslora") else alpha


def _planned_tensors(found: Mapping[str, StoredTensor], shape: ModelShape, rank: int) -> list[PlannedTensor]:
    modules = linear_names(shape)
    dims = {name: size for _, name, size in tensor_names(shape, with_output=False)}
    tensors = [_planned(hf, stored, modules, dims, rank) for hf, stored in sorted(found.items())]
    names = {t.name for t in tensors}
    for t in tensors:
        other = t.name[:-1] + ("b" if t.name.endswith("a") else "a")
        if other not in names:
            raise ConvertRefused(Refusal.ADAPTER_UNSUPPORTED, f"{t.name} has no other half")
    if not tensors:
        raise ConvertRefused(Refusal.ADAPTER_UNSUPPORTED, "it holds no tensors")
    return tensors


def _planned(
    hf: str, stored: StoredTensor, modules: Mapping[str, str], dims: Mapping[str, tuple[int, ...]], rank: int
) -> PlannedTensor:
    suffix = next((s for s in PARTS if hf.endswith(s)), None)
    module = hf.removeprefix(PREFIX).removesuffix(suffix or "")
    if suffix is None or module not in modules or module == "model.embed_tokens":
        raise ConvertRefused(Refusal.ADAPTER_UNSUPPORTED, f"{hf} is not a half of a layer's matrix")
    rows, columns = dims[modules[module]]
    wanted = (rank, columns) if PARTS[suffix] == ".lora_a" else (rows, rank)
    if stored.shape != wanted:
        raise ConvertRefused(Refusal.WRONG_SHAPE, f"{hf} is {stored.shape}, should be {wanted}")

    def read() -> NDArray[Any]:
        return np.ascontiguousarray(stored.read())

    name = modules[module] + PARTS[suffix]
    return PlannedTensor(name, stored.shape, GGMLQuantizationType.F32, 4 * int(np.prod(stored.shape)), read)
