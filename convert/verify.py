"""The proof that a GGUF is the model that was trained: same tokens, same logits, and what quantising costs.

Three comparisons: token ids of llama.cpp against the Hugging Face tokenizer; next-token distributions of the F16 file
against PyTorch; those of the quantised file against the F16 file. The Kullback-Leibler divergence is the mean over all
positions of sum p (log p - log q), in nats, p being the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from convert.errors import ConvertRefused, Refusal
from convert.llama_runtime import LlamaRuntime
from convert.quantise import open_gguf
from convert.staging import shards_of
from convert.texts import hard_lines

MIN_LINES = 1000
MIN_TOP1 = 0.99
MAX_F16_DIVERGENCE = 1e-3
POSITIONS_AT_ONCE = 64
SPEED_SEQUENCES = (1, 4, 8, 16)
SPEED_PROMPT_TOKENS = 128
SPEED_STEPS = 24
HARD_LINES_SEED = 20240501

LogitSource = Callable[[Sequence[int]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class TokenParity:
    """Lines compared and how many differ; ``first_difference`` is the index of the first, or -1."""

    lines: int
    hard_lines: int
    different: int
    first_difference: int
    special_added: int


@dataclass(frozen=True, slots=True)
class Divergence:
    """How far a model is from its reference over ``positions`` positions; perplexities of the texts under both."""

    positions: int
    mean_kl: float
    p99_kl: float
    max_kl: float
    top1_agreement: float
    perplexity: float
    reference_perplexity: float

    @property
    def perplexity_ratio(self) -> float:
        """Perplexity over the reference's."""
        return self.perplexity / self.reference_perplexity


@dataclass(frozen=True, slots=True)
class TensorSizes:
    """Bytes of the files and of the weights, parameters, and bytes by type."""

    file_bytes: int
    weight_bytes: int
    parameters: int
    bytes_by_type: dict[str, int]

    @property
    def bits_per_weight(self) -> float:
        """Real bits a weight, scales included."""
        return self.weight_bytes * 8 / self.parameters


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second on ``threads`` threads: reading a prompt, and by number of sequences decoded together."""

    threads: int
    prompt: float
    by_sequences: dict[int, float]


def compare_tokens(
    runtime: LlamaRuntime, tokenizer: Tokenizer, lines: Sequence[str], *, extra_hard: int
) -> TokenParity:
    """Compare token ids on the given lines and on ``extra_hard`` lines glued from their hardest pieces.

    ``special_added`` counts lines to which llama.cpp adds a token of its own: a begin token nobody asked for.
    """
    if len(lines) < MIN_LINES:
        raise ConvertRefused(Refusal.TOO_FEW_LINES, f"{len(lines)} lines, at least {MIN_LINES} are needed")
    every = [*lines, *hard_lines(lines, extra_hard, HARD_LINES_SEED)]
    different, special = [], 0
    for number, line in enumerate(every):
        ids = runtime.tokenise(line)
        special += runtime.tokenise(line, add_special=True) != ids
        if ids != tokenizer.encode(line, add_special_tokens=True).ids:
            different.append(number)
    return TokenParity(len(lines), extra_hard, len(different), different[0] if different else -1, special)


def compare_logits(reference: LogitSource, other: LogitSource, windows: Iterable[Sequence[int]]) -> Divergence:
    """Hold ``other`` against ``reference`` window by window; only one window's logits are in memory."""
    kls: list[NDArray[np.float64]] = []
    agreed = losses = reference_losses = 0.0
    predicted = 0
    for ids in windows:
        p, q = reference(ids), other(ids)
        if p.shape != q.shape:
            raise ConvertRefused(Refusal.VOCABULARY_SIZE, f"logits of shape {p.shape} and {q.shape}")
        agreed += float((p.argmax(-1) == q.argmax(-1)).sum())
        for start in range(0, len(ids), POSITIONS_AT_ONCE):
            log_p, log_q = (log_softmax(x[start : start + POSITIONS_AT_ONCE]) for x in (p, q))
            kls.append((np.exp(log_p) * (log_p - log_q)).sum(-1))
            following = np.asarray(ids[start + 1 : start + 1 + len(log_p)], np.int64)
            reference_losses -= float(log_p[np.arange(len(following)), following].sum())
            losses -= float(log_q[np.arange(len(following)), following].sum())
            predicted += len(following)
    if not predicted:
        raise ConvertRefused(Refusal.TOO_FEW_LINES, "no evaluation text")
    every = np.concatenate(kls)
    return Divergence(
        positions=len(every),
        mean_kl=float(every.mean()),
        p99_kl=float(np.quantile(every, 0.99)),
        max_kl=float(every.max()),
        top1_agreement=agreed / len(every),
        perplexity=float(np.exp(losses / predicted)),
        reference_perplexity=float(np.exp(reference_losses / predicted)),
    )


def log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Logarithms of the probabilities along the last axis, in float64."""
    shifted = logits.astype(np.float64) - logits.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), np.float64)


def measure_sizes(first_file: Path) -> TensorSizes:
    """Sizes of a model with all its shards."""
    files = shards_of(first_file)
    tensors = list(chain.from_iterable(open_gguf(path).tensors for path in files))
    by_type: dict[str, int] = {}
    for tensor in tensors:
        by_type[tensor.tensor_type.name] = by_type.get(tensor.tensor_type.name, 0) + int(tensor.n_bytes)
    return TensorSizes(
        file_bytes=sum(path.stat().st_size for path in files),
        weight_bytes=sum(by_type.values()),
        parameters=sum(int(t.n_elements) for t in tensors),
        bytes_by_type=dict(sorted(by_type.items(), key=lambda item: -item[1])),
    )


def measure_speed(path: Path, ids: Sequence[int], *, threads: int) -> Speed:
    """Speeds after a first pass that warms the caches; ``ids`` is the prompt, repeated to its length."""
    prompt = [ids[i % len(ids)] for i in range(SPEED_PROMPT_TOKENS)]
    room = SPEED_PROMPT_TOKENS + max(SPEED_SEQUENCES) * SPEED_STEPS + 64
    with LlamaRuntime(path, context=room, sequences=max(SPEED_SEQUENCES), threads=threads) as runtime:
        runtime.prompt_speed(prompt)
        reading = runtime.prompt_speed(prompt)
        decoding = {n: runtime.decode_speed(prompt, n, SPEED_STEPS) for n in SPEED_SEQUENCES}
    return Speed(threads, reading, decoding)
