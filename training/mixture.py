"""What each stage of training reads: the mixture of fine-tuning, with its held-out part."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from training.examples import (
    Example,
    adgen_examples,
    corpus_examples,
    lawful,
    own_plain_examples,
    product_examples,
    tao_examples,
)
from training.feedback import feedback_examples

LITERARY_WEIGHT = 0.5
MAX_HELD = 160
DEFAULT_ADGEN_ROWS = 8000
DEFAULT_LITERARY_ROWS = 60


def sft_mixture(
    data: Path, adgen_rows: int, literary_rows: int, feedback: Path | None = None
) -> tuple[list[Example], list[Example]]:
    """What is trained on and what is held out.

    All plain rows and sellers' choices (a folder of ``training.feedback``), some formula copy, few literary rows at less
    weight.
    """
    plain = plain_examples(data)
    if feedback is not None:
        plain += lawful(feedback_examples(feedback))
    held = [e for e in plain if e.held_back]
    train = [e for e in plain if not e.held_back]
    train += shuffled(formula_examples(data))[:adgen_rows]
    literary = [e for e in lawful(corpus_examples(data, literary=True)) if not e.held_back]
    train += [replace(e, weight=LITERARY_WEIGHT) for e in shuffled(literary)[:literary_rows]]
    return train, shuffled(held)[:MAX_HELD]


def plain_examples(data: Path) -> list[Example]:
    """Every lawful plain row, held-back products included."""
    return list(lawful([*own_plain_examples(), *corpus_examples(data, literary=False), *product_examples(data)]))


def formula_examples(data: Path) -> list[Example]:
    """The marketplace's own copy: AdvertiseGen's train and test parts, TaoDescribe's train part."""
    pairs = [
        *adgen_examples(data / "advertisegen/train_5000.jsonl"),
        *adgen_examples(data / "advertisegen/test_3127.jsonl"),
        *tao_examples(data / "taodescribe/train.jsonl"),
    ]
    return list(lawful(pairs))


def shuffled(examples: list[Example]) -> list[Example]:
    """The same examples in an order that never changes."""
    order = list(examples)
    random.Random(11).shuffle(order)
    return order
