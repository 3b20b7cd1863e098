"""Packing: several examples in one sequence without padding, and one product's prompt read once for all its channels.

Examples that share their prompt's first part (``Prompt.shared``) form a *tree*: the shared tokens, then one branch an
example. In a pack a branch sees its own tree's shared tokens and itself; positions go on from the shared tokens. So the
loss is exactly that of the examples one by one (``tests/unit/training/test_packing.py``), for fewer tokens.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import torch
from tokenizers import Tokenizer

from engine.prompts.brief_v1 import END_OF_TURN
from training.examples import Example


@dataclass(slots=True)
class Tree:
    """Shared token ids, and for each branch its prompt ids, answer ids and loss weight."""

    shared: list[int]
    branches: list[tuple[list[int], list[int], float]] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Tokens of the whole tree."""
        return len(self.shared) + sum(len(own) + len(answer) for own, answer, _ in self.branches)


@dataclass(frozen=True, slots=True)
class Pack:
    """One training sequence.

    Attributes:
        ids: token ids, shape (length,).
        positions: position ids, shape (length,).
        mask: additive attention mask, shape (1, 1, length, length): 0 where a token may look, −inf elsewhere.
        predictors: indices of the tokens whose next token is learned, shape (targets,).
        targets: the token ids to predict, shape (targets,).
        weights: loss weight of each target, shape (targets,).
    """

    ids: torch.Tensor
    positions: torch.Tensor
    mask: torch.Tensor
    predictors: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor


def make_trees(examples: Sequence[Example], tokenizer: Tokenizer, budget: int) -> list[Tree]:
    """Group examples by shared prompt; a tree over ``budget`` tokens is split, an example alone over it is dropped."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.prompt.shared].append(example)
    trees = []
    for shared, members in groups.items():
        shared_ids = tokenizer.encode(shared, add_special_tokens=False).ids
        tree = Tree(shared_ids)
        for example in members:
            own = tokenizer.encode(example.prompt.own, add_special_tokens=False).ids
            answer = tokenizer.encode(example.target + END_OF_TURN, add_special_tokens=False).ids
            if len(shared_ids) + len(own) + len(answer) > budget:
                continue
            if tree.length + len(own) + len(answer) > budget:
                trees.append(tree)
                tree = Tree(shared_ids)
            tree.branches.append((own, answer, example.weight))
        if tree.branches:
            trees.append(tree)
    return trees


def pack_trees(trees: Sequence[Tree], budget: int, rng: random.Random) -> Iterator[list[Tree]]:
    """Shuffled trees in packs of at most ``budget`` tokens (first fit over a small window of open packs)."""
    order = list(trees)
    rng.shuffle(order)
    open_packs: list[list[Tree]] = []
    for tree in order:
        for pack in open_packs:
            if sum(t.length for t in pack) + tree.length <= budget:
                pack.append(tree)
                break
        else:
            open_packs.append([tree])
            if len(open_packs) > 8:
                yield open_packs.pop(0)
    yield from open_packs


def build_pack(trees: Sequence[Tree]) -> Pack:
    """The tensors of one pack."""
    length = sum(tree.length for tree in trees)
    ids, positions = torch.zeros(length, dtype=torch.long), torch.zeros(length, dtype=torch.long)
    allowed = torch.zeros(length, length, dtype=torch.bool)
    predictors: list[int] = []
    targets: list[int] = []
    weights: list[float] = []
    at = 0
    for tree in trees:
        shared = slice(at, at + len(tree.shared))
        ids[shared], positions[shared] = torch.tensor(tree.shared), torch.arange(len(tree.shared))
        _allow(allowed, shared)
        at = shared.stop
        for own, answer, weight in tree.branches:
            branch = slice(at, at + len(own) + len(answer))
            ids[branch] = torch.tensor(own + answer)
            positions[branch] = torch.arange(len(own) + len(answer)) + len(tree.shared)
            _allow(allowed, branch)
            allowed[branch, shared] = True
            first = at + len(own) - 1
            predictors += range(first, first + len(answer))
            targets += answer
            weights += [weight] * len(answer)
            at = branch.stop
    mask = torch.zeros(length, length).masked_fill(~allowed, float("-inf"))[None, None]
    return Pack(ids, positions, mask, torch.tensor(predictors), torch.tensor(targets), torch.tensor(weights))


def _allow(allowed: torch.Tensor, span: slice) -> None:
    size = span.stop - span.start
    allowed[span, span] = torch.ones(size, size, dtype=torch.bool).tril()
