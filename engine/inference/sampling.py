"""How the next token of one sequence is chosen: a llama.cpp sampler chain of its own, fed with few candidates.

The chain is built from the request's ``Sampling`` in llama.cpp's own order: repetition penalty, DRY, top-k, top-p,
min-p, temperature, a draw from the sequence's own random numbers. Before it, everything that lies more than
``MARGIN`` nats (at the request's temperature) below the best token is left out, which changes nothing that could be
drawn and spares building 22,000 (or 150,000) candidates a token. The mean log-probability that ranks drafts comes from
the untouched row at temperature 1.

What was drawn depends on the row, the seed and the tokens before, never on the neighbours in the batch.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.domain import Sampling
from engine.errors import ChoiceUnknown, ModelBroken
from engine.inference.llama import FloatRow, LlamaModel, library

MARGIN = 18.0
"""Candidates this many nats below the best are never drawn (their share is under one in sixty million each)."""

MIN_CANDIDATES = 64
PENALTY_WINDOW = 256
DRY_BASE = 1.75
DRY_BREAKERS = ("\n", "。", "：", "#")
RESEED = 0x9E3779B9
NO_TOKEN = -1


@dataclass(frozen=True, slots=True)
class Choice:
    """A drawn token (``NO_TOKEN`` when the grammar allows none) and its log-probability at temperature 1."""

    token: int
    logprob: float


class Scratch:
    """Work arrays for one vocabulary, shared by all sequences of a context (one thread)."""

    def __init__(self, width: int) -> None:
        lib = library()
        self.offsets = np.empty(width, np.float32)
        self.weights = np.empty(width, np.float32)
        self.candidates: npt.NDArray[Any] = np.zeros(width, np.dtype([("id", "<i4"), ("logit", "<f4"), ("p", "<f4")]))
        self.native = lib.llama_token_data_array()
        self._data = self.candidates.ctypes.data_as(lib.llama_token_data_p)

    def offer(self, ids: npt.NDArray[np.int64], logits: FloatRow) -> Any:
        """Make these the candidates; returns the native array."""
        count = len(ids)
        self.candidates["id"][:count] = ids
        self.candidates["logit"][:count] = logits
        self.native.data, self.native.size, self.native.selected, self.native.sorted = self._data, count, -1, False
        return ctypes.byref(self.native)


class Sampler:
    """One sequence's chain, random numbers and grammar."""

    def __init__(self, model: LlamaModel, sampling: Sampling, seed: int, grammar: str = "") -> None:
        self._lib = library()
        self._model, self._sampling, self._seed, self._rules = model, sampling, seed, grammar
        self._margin = MARGIN * max(1.0, sampling.temperature)
        self._chain = self._build_chain(0)
        self._grammar = self._build_grammar() if grammar else None

    def pick(self, row: FloatRow, scratch: Scratch, banned: Collection[int] = ()) -> Choice:
        """Draw a token that is not ``banned`` and remember it for the penalties.

        Raises:
            ModelBroken: the row holds what is no number, as damaged weights make (native code would end the process).
        """
        best = row.max()
        if not np.isfinite(best):
            raise ModelBroken(self._model.name, "refused")
        np.subtract(row, best, out=scratch.offsets)
        np.exp(scratch.offsets, out=scratch.weights)
        total = float(scratch.weights.sum())
        offsets = scratch.offsets
        if banned:
            offsets[list(banned)] = -np.inf
        token = self._draw(scratch, _near(offsets, self._margin))
        if self._grammar is not None and not self._allowed(token, scratch):
            token = self._draw_by_grammar(row, scratch, banned)
        if token == NO_TOKEN:
            return Choice(NO_TOKEN, 0.0)
        self.accept(token)
        return Choice(token, float(row[token] - best) - float(np.log(total)))

    def accept(self, token: int) -> None:
        """Remember a token as written."""
        self._lib.llama_sampler_accept(self._chain, token)
        if self._grammar is not None and not self._model.is_end(token):
            self._lib.llama_sampler_accept(self._grammar, token)

    def rewind(self, tokens: Sequence[int], attempt: int) -> None:
        """Begin again after ``tokens`` with other random numbers (``attempt`` counts the rollbacks)."""
        self.close()
        self._chain = self._build_chain(attempt)
        self._grammar = self._build_grammar() if self._rules else None
        for token in tokens:
            self.accept(token)

    def close(self) -> None:
        """Free the chain and the grammar."""
        for sampler in (self._chain, self._grammar):
            if sampler is not None:
                self._lib.llama_sampler_free(sampler)
        self._chain = self._grammar = None

    def _draw(self, scratch: Scratch, ids: npt.NDArray[np.int64]) -> int:
        array = scratch.offer(ids, scratch.offsets[ids])
        self._lib.llama_sampler_apply(self._chain, array)
        return int(scratch.native.data[scratch.native.selected].id)

    def _allowed(self, token: int, scratch: Scratch) -> bool:
        array = scratch.offer(np.array([token]), np.zeros(1, np.float32))
        self._lib.llama_sampler_apply(self._grammar, array)
        return bool(np.isfinite(scratch.candidates["logit"][0]))

    def _draw_by_grammar(self, row: FloatRow, scratch: Scratch, banned: Collection[int]) -> int:
        array = scratch.offer(np.arange(len(row)), row)
        if banned:
            scratch.candidates["logit"][list(banned)] = -np.inf
        self._lib.llama_sampler_apply(self._grammar, array)
        logits = scratch.candidates["logit"]
        ids = np.flatnonzero(np.isfinite(logits))
        if not len(ids):
            return NO_TOKEN
        scratch.offsets[:] = logits - logits[ids].max()
        return self._draw(scratch, _near(scratch.offsets, self._margin))

    def _build_chain(self, attempt: int) -> Any:
        lib, s = self._lib, self._sampling
        seed = (self._seed + attempt * RESEED) % 0xFFFFFFFF  # the value left out means "at random" to llama.cpp
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        links = []
        if s.repeat_penalty != 1.0:
            size = self._model.vocabulary_size
            links.append(lib.llama_sampler_init_penalties(size, PENALTY_WINDOW, s.repeat_penalty, 0.0, 0.0))
        if s.dry_multiplier > 0:
            links.append(lib.llama_sampler_clone(self._dry_prototype()))
        if s.temperature <= 0:
            links.append(lib.llama_sampler_init_greedy())
        else:
            links += [
                lib.llama_sampler_init_top_k(s.top_k),
                lib.llama_sampler_init_top_p(s.top_p, 1),
                lib.llama_sampler_init_min_p(s.min_p, 1),
                lib.llama_sampler_init_temp(s.temperature),
                lib.llama_sampler_init_dist(seed),
            ]
        for link in links:
            lib.llama_sampler_chain_add(chain, link)
        return chain

    def _dry_prototype(self) -> Any:
        """DRY's breakers are looked up in the whole vocabulary, so it is made once a model and then cloned."""
        key = (self._sampling.dry_multiplier, self._sampling.dry_allowed_length)
        if key not in self._model.samplers:
            breakers = (ctypes.c_char_p * len(DRY_BREAKERS))(*(text.encode() for text in DRY_BREAKERS))
            self._model.samplers[key] = self._lib.llama_sampler_init_dry(
                self._model.vocab, key[0], DRY_BASE, key[1], PENALTY_WINDOW, breakers, len(DRY_BREAKERS)
            )
        return self._model.samplers[key]

    def _build_grammar(self) -> Any:
        grammar = self._lib.llama_sampler_init_grammar(self._model.vocab, self._rules.encode("utf-8"), b"root")
        if not grammar:
            raise ChoiceUnknown("grammar", self._rules[:60], ())
        return grammar


def _near(offsets: FloatRow, margin: float) -> npt.NDArray[np.int64]:
    """Places of ``offsets`` (from the row's best) worth offering: within ``margin``, at least ``MIN_CANDIDATES``."""
    ids = np.flatnonzero(offsets > -margin)
    if len(ids) < MIN_CANDIDATES < len(offsets):
        ids = np.argpartition(offsets, -MIN_CANDIDATES)[-MIN_CANDIDATES:]
        ids = ids[np.isfinite(offsets[ids])]
    return ids
