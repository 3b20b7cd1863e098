"""Packing: several examples in one sequence without padding, and one product's prompt read once for all its channels.

Examples that share their prompt's first part (``Prompt.shared``) form a *tree*: the shared tokens, then one branch an
example. In a pack a branch sees its own tree's shared tokens and itself; positions go on from the shared tokens. So the
loss is exactly that of the examples one by one (``tests/unit/training/test_packing.py``), for fewer tokens.
"""

from __future__ import annotations

import queue
import random
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import torch
from tokenizers import Tokenizer

from engine.prompts.brief_v1 import END_OF_TURN
from training.examples import Example

END_OF_TEXT = "<|endoftext|>"
UNSEEN = -1e9
"""Finite: fused attention kernels may make not-a-number of a tile in which everything is −inf."""

T = TypeVar("T")


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
    """One training sequence, or several side by side (then every tensor but the last three has a leading batch axis).

    Attributes:
        ids: token ids, shape (length,).
        positions: position ids, shape (length,).
        trees: number of the tree that a token belongs to, shape (length,); −1 for padding.
        branches: number of its branch in the pack, 0 for a tree's shared tokens, shape (length,).
        predictors: indices (into the flattened sequences) of the tokens whose next token is learned, shape (targets,).
        targets: the token ids to predict, shape (targets,).
        weights: loss weight of each target, shape (targets,).
    """

    ids: torch.Tensor
    positions: torch.Tensor
    trees: torch.Tensor
    branches: torch.Tensor
    predictors: torch.Tensor
    targets: torch.Tensor
    weights: torch.Tensor

    @property
    def tokens(self) -> int:
        """Tokens read, padding left out."""
        return int((self.trees >= 0).sum())

    def mask(self) -> torch.Tensor:
        """Additive attention mask, shape (batch, 1, length, length): 0 where a token may look, ``UNSEEN`` elsewhere.

        A token sees earlier ones of its own tree that are shared or of its own branch.
        """
        trees, branches = torch.atleast_2d(self.trees), torch.atleast_2d(self.branches)
        same_tree = trees[:, :, None] == trees[:, None, :]
        seen = (branches[:, None, :] == 0) | (branches[:, :, None] == branches[:, None, :])
        causal = torch.ones(trees.shape[1], trees.shape[1], dtype=torch.bool, device=trees.device).tril()
        allowed = same_tree & seen & causal
        return torch.zeros(allowed.shape, device=trees.device).masked_fill(~allowed, UNSEEN)[:, None]

    def to(self, device: torch.device) -> Pack:
        """The same pack on another device."""
        tensors = [getattr(self, name) for name in self.__dataclass_fields__]
        if device.type == "cuda":
            tensors = [tensor.pin_memory() for tensor in tensors]
        return Pack(*(tensor.to(device, non_blocking=True) for tensor in tensors))


def side_by_side(packs: Sequence[Pack], multiple: int = 8) -> Pack:
    """Packs as one batch, padded to the longest, rounded up to ``multiple`` tokens."""
    length = -(-max(len(pack.ids) for pack in packs) // multiple) * multiple

    def stacked(name: str, filler: int) -> torch.Tensor:
        rows = [getattr(pack, name) for pack in packs]
        return torch.stack([torch.nn.functional.pad(row, (0, length - len(row)), value=filler) for row in rows])

    return Pack(
        stacked("ids", 0),
        stacked("positions", 0),
        stacked("trees", -1),
        stacked("branches", 0),
        torch.cat([pack.predictors + length * row for row, pack in enumerate(packs)]),
        torch.cat([pack.targets for pack in packs]),
        torch.cat([pack.weights for pack in packs]),
    )


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
    ids: list[int] = []
    positions: list[int] = []
    owners: list[int] = []
    branches: list[int] = []
    predictors: list[int] = []
    targets: list[int] = []
    weights: list[float] = []
    branch = 0
    for number, tree in enumerate(trees):
        depth = len(tree.shared)
        ids += tree.shared
        positions += range(depth)
        branches += [0] * depth
        for own, answer, weight in tree.branches:
            branch += 1
            first = len(ids) + len(own) - 1
            ids += own + answer
            positions += range(depth, depth + len(own) + len(answer))
            branches += [branch] * (len(own) + len(answer))
            predictors += range(first, first + len(answer))
            targets += answer
            weights += [weight] * len(answer)
        owners += [number] * (len(ids) - len(owners))
    return Pack(
        torch.tensor(ids),
        torch.tensor(positions),
        torch.tensor(owners),
        torch.tensor(branches),
        torch.tensor(predictors),
        torch.tensor(targets),
        torch.tensor(weights),
    )


def make_passages(texts: Sequence[str], tokenizer: Tokenizer, budget: int) -> list[Tree]:
    """Plain texts to learn as they are, each from the end-of-text token on; a longer one is cut into pieces."""
    start = tokenizer.token_to_id(END_OF_TEXT)
    trees = []
    for text in texts:
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        for at in range(0, len(ids), budget - 2):
            piece = ids[at : at + budget - 2]
            ended = [*piece, start] if at + budget - 2 >= len(ids) else piece
            if len(piece) > 4:
                trees.append(Tree([start], [([], ended, 1.0)]))
    return trees


def ahead(items: Iterator[T], depth: int = 4) -> Iterator[T]:
    """The same items, made by a thread up to ``depth`` of them ahead, so that a GPU does not wait for them.

    The thread ends with the iterator, or soon after the caller stops taking items.
    """
    ready: queue.Queue[list[T]] = queue.Queue(depth)
    stopped = threading.Event()
    failed: list[BaseException] = []

    def put(box: list[T]) -> None:
        while not stopped.is_set():
            try:
                return ready.put(box, timeout=0.2)
            except queue.Full:
                continue

    def make() -> None:
        try:
            for item in items:
                put([item])
                if stopped.is_set():
                    return
        except Exception as error:  # whatever it is, the caller's thread raises it
            failed.append(error)
        put([])

    threading.Thread(target=make, name="packs", daemon=True).start()
    try:
        while box := ready.get():
            yield box[0]
    finally:
        stopped.set()
    if failed:
        raise failed[0]
