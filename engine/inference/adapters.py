"""LoRA adapters: how a person names one with its scale, and whether it fits a model.

The latter is told from the two heads, before llama.cpp sees either file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from engine.errors import FileUnreadable, ModelBroken, SettingInvalid
from engine.inference.gguf_check import GgufHead, read_head

ARCHITECTURE, KIND, ADAPTER_KIND, ALPHA = "general.architecture", "general.type", "adapter.type", "adapter.lora.alpha"

SEPARATOR = ";"
STRONGEST = 10.0


def parse_adapters(text: str) -> tuple[tuple[Path, float], ...]:
    """``FILE[:scale]``, several with ``;`` between; the scale is 1 where none is given.

    Raises:
        SettingInvalid: a scale that is out of bounds, or no file.
    """
    return tuple(_parse_one(piece.strip()) for piece in text.split(SEPARATOR) if piece.strip())


def _parse_one(text: str) -> tuple[Path, float]:
    name, _, number = text.rpartition(":")
    try:
        scale = float(number)
    except ValueError:
        name, scale = text, 1.0  # no scale; a colon belongs to the path (C:…)
    if not name or not math.isfinite(scale) or abs(scale) > STRONGEST:
        raise SettingInvalid("adapters", "out_of_range", f"文件[:强度]，强度 -{STRONGEST:g}–{STRONGEST:g}")
    return Path(name), scale


def check_adapters(model_file: Path, model_name: str, adapters: Sequence[Path]) -> None:
    """Look at every adapter.

    Raises:
        FileUnreadable: ``missing``.
        ModelBroken: ``not_gguf``, ``truncated``, ``not_adapter``, or ``adapter_other_model`` (another architecture;
            shapes are compared by llama.cpp when the adapter is put on).
    """
    if not adapters:
        return
    model = read_head(model_file, model_name)
    for path in adapters:
        if not path.is_file():
            raise FileUnreadable(path, "missing")
        _check(read_head(path, path.name), path.name, model)


def check_kind(path: Path) -> None:
    """Raise ``ModelBroken`` (``not_gguf``, ``truncated``, ``not_adapter``) for a file that is no LoRA adapter."""
    _check_kind(read_head(path, path.name), path.name)


def _check_kind(head: GgufHead, name: str) -> None:
    facts = head.metadata
    if facts.get(KIND) != "adapter" or facts.get(ADAPTER_KIND) != "lora" or not isinstance(facts.get(ALPHA), float):
        raise ModelBroken(name, "not_adapter")


def _check(head: GgufHead, name: str, model: GgufHead) -> None:
    _check_kind(head, name)
    if head.metadata.get(ARCHITECTURE) != model.metadata.get(ARCHITECTURE):
        raise ModelBroken(name, "adapter_other_model")
