"""F16 GGUF to quantised GGUF: every tensor by the recipe, with llama.cpp's own quantiser, in llama.cpp's own shards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, LlamaFileType, ReaderField, ReaderTensor
from numpy.typing import NDArray

from convert.errors import ConvertRefused, Refusal
from convert.gguf_model import QUANTISATION_VERSION
from convert.importance import Importance
from convert.llama_runtime import Quantiser
from convert.recipes import Recipe, type_of
from convert.staging import WrittenFile
from convert.writer import Entry, PlannedTensor, entry, metadata_size, write_gguf
from engine.errors import FileUnreadable

MAX_SHARD_BYTES = 95_000_000
ROWS_AT_ONCE = 512
NEW_KEYS_BYTES = 1024
"""Room for the keys that a quantised file has of its own (type, importance matrix)."""
OWN_KEYS = ("GGUF.", "split.", "quantize.", "general.architecture", "general.file_type", "general.quantization_version")
"""Keys that are written anew instead of being copied from the F16 file."""

Q = GGMLQuantizationType
FILE_TYPES = {
    Q.F32: LlamaFileType.ALL_F32,
    Q.F16: LlamaFileType.MOSTLY_F16,
    Q.Q4_0: LlamaFileType.MOSTLY_Q4_0,
    Q.Q5_0: LlamaFileType.MOSTLY_Q5_0,
    Q.Q8_0: LlamaFileType.MOSTLY_Q8_0,
    Q.Q4_K: LlamaFileType.MOSTLY_Q4_K_M,
    Q.Q5_K: LlamaFileType.MOSTLY_Q5_K_M,
    Q.Q6_K: LlamaFileType.MOSTLY_Q6_K,
    Q.IQ4_NL: LlamaFileType.MOSTLY_IQ4_NL,
    Q.IQ4_XS: LlamaFileType.MOSTLY_IQ4_XS,
}


@dataclass(frozen=True, slots=True)
class QuantiseOptions:
    """Limits in bytes (0: none) and threads; ``max_bytes`` is for all shards together."""

    max_shard_bytes: int = MAX_SHARD_BYTES
    max_bytes: int = 0
    threads: int = 1


def quantise(
    source: Path, out: Path, recipe: Recipe, importance: Importance | None, options: QuantiseOptions
) -> tuple[WrittenFile, ...]:
    """Quantise an F16 (or F32) GGUF to ``out``; returns the shards in order.

    Raises:
        ConvertRefused: a source that is quantised already, a recipe or importance matrix that does not fit, too large.
    """
    reader = open_gguf(source)
    _check_importance(reader.tensors, importance)
    quantiser = Quantiser()
    tensors = [_planned(t, recipe, importance, quantiser, options.threads) for t in reader.tensors]
    entries = [*_copied(reader), *_described(tensors, importance)]
    _check_total(entries, tensors, options.max_bytes)
    return write_gguf(out, _architecture(reader), entries, tensors, options.max_shard_bytes)


def open_gguf(path: Path) -> GGUFReader:
    """A GGUF, memory-mapped for reading."""
    try:
        return GGUFReader(path, "r")
    except (OSError, ValueError, IndexError) as error:
        raise FileUnreadable(path, f"it is not a whole GGUF file ({error})") from error


def planned_size(source: Path, recipe: Recipe) -> int:
    """An upper bound in bytes of what the recipe makes of a file."""
    reader, quantiser = open_gguf(source), Quantiser()
    tensors = [_planned(t, recipe, None, quantiser, 1) for t in reader.tensors]
    return metadata_bytes(reader) + sum(t.size for t in tensors)


def metadata_bytes(reader: GGUFReader) -> int:
    """An upper bound in bytes of the header that a quantised copy will have."""
    return metadata_size(_copied(reader), len(reader.tensors)) + NEW_KEYS_BYTES


def shape_of(tensor: ReaderTensor) -> tuple[int, ...]:
    """The shape in numpy order."""
    return tuple(int(n) for n in reversed(tensor.shape))


def values_of(tensor: ReaderTensor) -> NDArray[np.float32]:
    """The values of an F16 or F32 tensor as float32."""
    if tensor.tensor_type not in (Q.F16, Q.F32):
        raise ConvertRefused(Refusal.BAD_RECIPE, f"{tensor.name} is {tensor.tensor_type.name} already; start from F16")
    return np.asarray(tensor.data, np.float32).reshape(shape_of(tensor))


def _planned(
    tensor: ReaderTensor, recipe: Recipe, importance: Importance | None, quantiser: Quantiser, threads: int
) -> PlannedTensor:
    shape = shape_of(tensor)
    kind = type_of(recipe, tensor.name, shape)
    size = quantiser.row_size(kind, shape[-1]) * int(np.prod(shape[:-1]))
    weights = importance.columns.get(tensor.name) if importance else None

    def read() -> NDArray[Any]:
        return quantised_rows(values_of(tensor), kind, weights, quantiser, threads)

    return PlannedTensor(tensor.name, shape, kind, size, read)


def quantised_rows(
    values: NDArray[np.float32],
    kind: GGMLQuantizationType,
    weights: NDArray[np.float32] | None,
    quantiser: Quantiser,
    threads: int,
) -> NDArray[Any]:
    """The bytes of a tensor in a type: quantised in chunks of rows side by side, or merely cast to F16 or F32."""
    if kind is Q.F32:
        return values
    if kind is Q.F16:
        return values.astype(np.float16)
    quantiser.prepare(kind)
    chunks = [values[i : i + ROWS_AT_ONCE] for i in range(0, len(values), ROWS_AT_ONCE)]
    with ThreadPoolExecutor(threads) as pool:
        return np.concatenate(list(pool.map(partial(quantiser.quantise, kind=kind, importance=weights), chunks)))


def _copied(reader: GGUFReader) -> list[Entry]:
    return [_entry(field) for name, field in reader.fields.items() if not name.startswith(OWN_KEYS)]


def _entry(field: ReaderField) -> Entry:
    item = field.types[-1] if field.types[0] is GGUFValueType.ARRAY else None
    return Entry(field.name, field.contents(), field.types[0], item)


def _described(tensors: Sequence[PlannedTensor], importance: Importance | None) -> list[Entry]:
    weights: Counter[GGMLQuantizationType] = Counter()
    for t in tensors:
        weights[t.type] += int(np.prod(t.shape))
    entries = [
        entry("general.file_type", int(FILE_TYPES[weights.most_common(1)[0][0]])),
        entry("general.quantization_version", QUANTISATION_VERSION),
    ]
    if importance:
        entries += [
            entry("quantize.imatrix.dataset", importance.source),
            entry("quantize.imatrix.entries_count", len(importance.columns)),
            entry("quantize.imatrix.chunks_count", importance.windows),
        ]
    return entries


def _architecture(reader: GGUFReader) -> str:
    field = reader.get_field("general.architecture")
    return str(field.contents()) if field else ""


def _check_importance(tensors: Sequence[ReaderTensor], importance: Importance | None) -> None:
    if importance is None:
        return
    matrices = {t.name: shape_of(t)[-1] for t in tensors if len(t.shape) > 1}
    if missing := sorted(matrices.keys() - importance.columns.keys()):
        raise ConvertRefused(Refusal.BAD_IMPORTANCE, f"it has nothing for {missing[0]}")
    for name, columns in matrices.items():
        found = importance.columns[name]
        if found.shape != (columns,):
            raise ConvertRefused(Refusal.BAD_IMPORTANCE, f"{name} has {columns} columns, the matrix {found.shape}")
        if not np.isfinite(found).all() or not found.any():
            raise ConvertRefused(Refusal.BAD_IMPORTANCE, f"{name} holds no usable numbers")


def _check_total(entries: Sequence[Entry], tensors: Sequence[PlannedTensor], limit: int) -> None:
    total = metadata_size(entries, len(tensors)) + sum(t.size for t in tensors)
    if limit and total > limit:
        raise ConvertRefused(Refusal.TOO_LARGE, f"about {total} bytes by this recipe, {limit} are allowed")
