"""The tensors of qwen2 as a table: Hugging Face name, GGUF name, shape.

Shapes are in numpy order (rows = outputs, columns = inputs); GGUF's own order is the reverse, which the writer sees to.
Qwen2 needs no permutation of the rotary rows, because llama.cpp rotates its halves as the original does (NEOX style).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from convert.checkpoint import Checkpoint, ModelShape, StoredTensor
from convert.errors import ConvertRefused, Refusal

EMBEDDING = "model.embed_tokens.weight"
OUTPUT = "lm_head.weight"

MODEL_TENSORS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (EMBEDDING, "token_embd.weight", ("vocabulary", "hidden")),
    ("model.norm.weight", "output_norm.weight", ("hidden",)),
)
OUTPUT_TENSOR = (OUTPUT, "output.weight", ("vocabulary", "hidden"))
LAYER_TENSORS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("input_layernorm.weight", "attn_norm.weight", ("hidden",)),
    ("self_attn.q_proj.weight", "attn_q.weight", ("hidden", "hidden")),
    ("self_attn.q_proj.bias", "attn_q.bias", ("hidden",)),
    ("self_attn.k_proj.weight", "attn_k.weight", ("kv_width", "hidden")),
    ("self_attn.k_proj.bias", "attn_k.bias", ("kv_width",)),
    ("self_attn.v_proj.weight", "attn_v.weight", ("kv_width", "hidden")),
    ("self_attn.v_proj.bias", "attn_v.bias", ("kv_width",)),
    ("self_attn.o_proj.weight", "attn_output.weight", ("hidden", "hidden")),
    ("post_attention_layernorm.weight", "ffn_norm.weight", ("hidden",)),
    ("mlp.gate_proj.weight", "ffn_gate.weight", ("feed_forward", "hidden")),
    ("mlp.up_proj.weight", "ffn_up.weight", ("feed_forward", "hidden")),
    ("mlp.down_proj.weight", "ffn_down.weight", ("hidden", "feed_forward")),
)


@dataclass(frozen=True, slots=True)
class MappedTensor:
    """One tensor of the GGUF and where its values come from."""

    name: str
    shape: tuple[int, ...]
    source: StoredTensor


def tensor_names(shape: ModelShape, *, with_output: bool) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """(Hugging Face name, GGUF name, shape) of every tensor, in the order in which they are written."""
    rows = [*MODEL_TENSORS, *([OUTPUT_TENSOR] if with_output else [])]
    for layer in range(shape.layers):
        rows += [(f"model.layers.{layer}.{hf}", f"blk.{layer}.{name}", dims) for hf, name, dims in LAYER_TENSORS]
    for hf, name, dims in rows:
        yield hf, name, tuple(int(getattr(shape, d)) for d in dims)


def linear_names(shape: ModelShape) -> dict[str, str]:
    """Hugging Face module name (no ``.weight``) to GGUF tensor name, for the layers' matrices."""
    return {
        hf.removesuffix(".weight"): name for hf, name, dims in tensor_names(shape, with_output=False) if len(dims) == 2
    }


def weighed_names(shape: ModelShape) -> dict[str, str]:
    """Hugging Face module name to GGUF tensor name of every matrix that multiplies; a tied embedding is the output's."""
    names = linear_names(shape)
    del names[EMBEDDING.removesuffix(".weight")]
    return {**names, OUTPUT.removesuffix(".weight"): "token_embd.weight" if shape.tied else "output.weight"}


def map_tensors(checkpoint: Checkpoint) -> tuple[MappedTensor, ...]:
    """Every tensor of the GGUF; refuses missing, unexpected and misshapen ones, and a broken tie."""
    shape, found = checkpoint.shape, dict(checkpoint.tensors)
    if shape.tied and OUTPUT in found:
        _check_tie(found)
        del found[OUTPUT]
    wanted = list(tensor_names(shape, with_output=not shape.tied))
    _refuse(Refusal.MISSING_TENSORS, sorted({hf for hf, _, _ in wanted} - found.keys()))
    _refuse(Refusal.UNEXPECTED_TENSORS, sorted(found.keys() - {hf for hf, _, _ in wanted}))
    for hf, _, dims in wanted:
        if found[hf].shape != dims:
            raise ConvertRefused(Refusal.WRONG_SHAPE, f"{hf} is {found[hf].shape}, should be {dims}")
    return tuple(MappedTensor(name, dims, found[hf]) for hf, name, dims in wanted)


def _check_tie(found: Mapping[str, StoredTensor]) -> None:
    output, embedding = found[OUTPUT], found.get(EMBEDDING)
    if embedding is None or output.shape != embedding.shape:
        raise ConvertRefused(Refusal.EMBEDDING_NOT_TIED, f"{OUTPUT} is {output.shape}")
    difference = float(np.abs(output.read() - embedding.read()).max())
    if difference > 0:
        raise ConvertRefused(Refusal.EMBEDDING_NOT_TIED, f"by up to {difference:.3g}")


def _refuse(refusal: Refusal, names: list[str]) -> None:
    if names:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        raise ConvertRefused(refusal, ", ".join(names[:3]) + more)
