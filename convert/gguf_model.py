"""Checkpoint to F16 GGUF: matrices as float16, vectors (norms, biases) as float32, metadata as llama.cpp reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType, LlamaFileType
from numpy.typing import NDArray

from convert.checkpoint import ModelShape, open_checkpoint
from convert.errors import ConvertRefused, Refusal
from convert.staging import WrittenFile
from convert.tensors import MappedTensor, map_tensors
from convert.vocabulary import Vocabulary, read_vocabulary
from convert.writer import Entry, PlannedTensor, entry, write_gguf

ARCHITECTURE = "qwen2"
LARGEST_F16 = float(np.finfo(np.float16).max)
QUANTISATION_VERSION = 2


@dataclass(frozen=True, slots=True)
class ModelOrigin:
    """Who the model is and where it comes from (``general.*``); ``licence`` is an SPDX id in lower case."""

    name: str
    licence: str
    base_model: str
    base_url: str = ""
    base_organisation: str = ""
    description: str = ""


def convert_checkpoint(folder: Path, out: Path, origin: ModelOrigin, *, pad_tokens: bool = False) -> WrittenFile:
    """Write the F16 GGUF of a checkpoint folder.

    Raises:
        FileUnreadable, FileUnwritable: files that are missing or cannot be written.
        ConvertRefused: anything that would give a wrong model (see ``convert.errors.Refusal``).
    """
    checkpoint = open_checkpoint(folder)
    vocabulary = read_vocabulary(checkpoint, pad_tokens=pad_tokens)
    tensors = [_planned(tensor) for tensor in map_tensors(checkpoint)]
    parameters = sum(int(np.prod(t.shape)) for t in tensors)
    entries = [*_general(origin, parameters), *_architecture(checkpoint.shape), *_tokenizer(vocabulary)]
    return write_gguf(out, ARCHITECTURE, entries, tensors)[0]


def _planned(tensor: MappedTensor) -> PlannedTensor:
    matrix = len(tensor.shape) > 1
    kind = GGMLQuantizationType.F16 if matrix else GGMLQuantizationType.F32
    size = int(np.prod(tensor.shape)) * (2 if matrix else 4)

    def read() -> NDArray[Any]:
        values = tensor.source.read()
        largest = float(np.abs(values).max())
        if not largest <= LARGEST_F16:
            raise ConvertRefused(Refusal.NOT_FINITE, f"{tensor.name}, largest value {largest}")
        return values.astype(np.float16) if matrix else values

    return PlannedTensor(tensor.name, tensor.shape, kind, size, read)


def _general(origin: ModelOrigin, parameters: int) -> list[Entry]:
    found = {
        "general.type": "model",
        "general.name": origin.name,
        "general.size_label": f"{parameters / 1e6:.0f}M",
        "general.license": origin.licence,
        "general.description": origin.description,
        "general.base_model.0.name": origin.base_model,
        "general.base_model.0.organization": origin.base_organisation,
        "general.base_model.0.repo_url": origin.base_url,
    }
    return [
        *(entry(key, value) for key, value in found.items() if value),
        entry("general.base_model.count", 1),
        entry("general.languages", ["zh"]),
        entry("general.file_type", int(LlamaFileType.MOSTLY_F16)),
        entry("general.quantization_version", QUANTISATION_VERSION),
    ]


def _architecture(shape: ModelShape) -> list[Entry]:
    found: dict[str, int | float] = {
        "vocab_size": shape.vocabulary,
        "context_length": shape.context,
        "block_count": shape.layers,
        "embedding_length": shape.hidden,
        "feed_forward_length": shape.feed_forward,
        "attention.head_count": shape.heads,
        "attention.head_count_kv": shape.kv_heads,
        "attention.layer_norm_rms_epsilon": shape.rms_epsilon,
        "rope.freq_base": shape.rope_base,
    }
    return [entry(f"{ARCHITECTURE}.{key}", value) for key, value in found.items()]


def _tokenizer(vocabulary: Vocabulary) -> list[Entry]:
    # Without a begin token of its own llama.cpp would take GPT-2's number 11; Qwen's files name the padding token.
    return [
        entry("tokenizer.ggml.model", "gpt2"),
        entry("tokenizer.ggml.pre", vocabulary.pre),
        entry("tokenizer.ggml.tokens", vocabulary.tokens),
        entry("tokenizer.ggml.token_type", [int(t) for t in vocabulary.types]),
        entry("tokenizer.ggml.merges", vocabulary.merges),
        entry("tokenizer.ggml.eos_token_id", vocabulary.eos),
        entry("tokenizer.ggml.padding_token_id", vocabulary.pad),
        entry("tokenizer.ggml.bos_token_id", vocabulary.pad),
        entry("tokenizer.ggml.add_bos_token", False),
        entry("tokenizer.chat_template", vocabulary.chat_template),
    ]
