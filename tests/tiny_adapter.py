"""Makes a tiny LoRA adapter GGUF for the tiny model (tests/tiny_model.py), strong enough to change what it writes."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np

from tests.tiny_model import INNER, LAYERS, WIDTH


def write_tiny_adapter(
    path: Path, *, seed: int = 7, architecture: str = "qwen2", kind: str = "adapter", width: int = WIDTH
) -> Path:
    """Rank 4 on each layer's ``ffn_down``."""
    random = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_type(kind)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", 8.0)
    for layer in range(LAYERS):
        for half, shape in (("a", (4, INNER)), ("b", (width, 4))):
            matrix = (random.standard_normal(shape) * 0.6).astype(np.float32)
            writer.add_tensor(f"blk.{layer}.ffn_down.weight.lora_{half}", matrix)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
