"""A stage's data as token trees, in memory or in a file that a machine without the corpora can train from."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.examples import Example
from training.packing import Tree, make_passages, make_trees

PACK_TOKENS = 512
HELD_PASSAGES = 200


@dataclass(frozen=True, slots=True)
class Packed:
    """Trees to train on and trees held out."""

    train: list[Tree]
    held: list[Tree]

    @property
    def tokens(self) -> int:
        """Tokens of one pass."""
        return sum(tree.length for tree in self.train)


def copy_trees(base: Path, mixture: tuple[list[Example], list[Example]]) -> Packed:
    """Fine-tuning's trees, brief → copy, of ``training.mixture.sft_mixture``."""
    train, held = mixture
    tokenizer = _tokenizer(base)
    return Packed(make_trees(train, tokenizer, PACK_TOKENS), make_trees(held, tokenizer, PACK_TOKENS))


def passage_trees(base: Path, data: Path) -> Packed:
    """Continued pre-training's trees: plain texts."""
    from training.passages import passage_texts

    trees = make_passages(passage_texts(data), _tokenizer(base), PACK_TOKENS)
    random.Random(5).shuffle(trees)
    return Packed(trees[HELD_PASSAGES:], trees[:HELD_PASSAGES])


def save_packed(packed: Packed, out: Path) -> None:
    """Write both lists of trees."""
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({name: [asdict(tree) for tree in getattr(packed, name)] for name in ("train", "held")}, out)


def load_packed(path: Path) -> Packed:
    """What ``save_packed`` wrote."""
    found = torch.load(path, weights_only=True)
    return Packed(*([Tree(**tree) for tree in found[name]] for name in ("train", "held")))


def _tokenizer(base: Path) -> Tokenizer:
    return Tokenizer.from_file(str(base / "tokenizer.json"))
