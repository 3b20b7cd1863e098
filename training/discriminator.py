"""``assets/ranking/discriminator.npz``: what tells a person's copy from what the model that ships writes of the same products."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from engine.domain.channels import Channel, Task
from engine.ranking.discriminator import TrainingReport, save_discriminator, train_discriminator
from training.evaluate import Decoding, Writer, request_for
from training.examples import Example, own_plain_examples

TEMPERATURES = (0.3, 0.5, 0.9)
"""Generated copy as the app asks for it, and warmer."""


def make_discriminator(folder: Path, texts: int, told: Callable[[str], None]) -> tuple[Path, TrainingReport]:
    """Write one draft for each of ``texts`` plain rows, as the model leaves it, train on both, and save."""
    chosen = _some(texts)
    requests = [
        request_for(e.brief, e.channel, e.task, Decoding(1, TEMPERATURES[n % len(TEMPERATURES)], n))
        for n, e in enumerate(chosen)
    ]
    with Writer() as writer:
        writer.keep_everything(True)
        drafts = writer.write(requests, lambda done: told(f"{done}/{len(requests)}"))
    found, report = train_discriminator([e.target for e in chosen], [draft.text for draft in drafts])
    return save_discriminator(found, folder), report


def _some(texts: int) -> list[Example]:
    """Rows of running copy, in an order that never changes; titles are no prose."""
    rows = [e for e in own_plain_examples() if e.channel is not Channel.TITLE and e.task is Task.COMPOSE]
    return random.Random(3).sample(rows, min(texts, len(rows)))
