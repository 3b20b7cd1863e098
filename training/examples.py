"""Training examples: what a model reads and what it should answer, from every data set in one form.

The data sets lie outside the repository (``--data``; see docs/training.md), but for the project's own plain rows in
``training/corpus``. What is read here is filtered for today's advertising law by the same rule for every source.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.domain.brief import Attribute, Brief, parse_attribute_line
from engine.domain.channels import Channel, Task, Tone, count_characters
from engine.prompts import Prompt, render_brief_v1
from engine.text.prepare import prepare_brief
from training.corpus.check import BANNED

OWN_CORPUS = Path(__file__).parent / "corpus"
HELD_BACK_SHARE = 20
"""One product in this many is never trained on; ``evaluate --corpus`` uses it."""

LITERARY_TONES = (Tone.LITERARY, Tone.REFINED)
MIN_TAO_OVERLAP = 0.18


@dataclass(frozen=True, slots=True)
class Example:
    """One brief and the copy for it; ``source`` names the data set, ``weight`` scales its loss."""

    brief: Brief
    channel: Channel
    task: Task
    target: str
    source: str
    weight: float = 1.0

    @property
    def prompt(self) -> Prompt:
        """The prompt in the trained format, asking for the length that the target has."""
        return render_brief_v1(self.read_brief, self.channel, self.task, count_characters(self.target))

    @property
    def read_brief(self) -> Brief:
        """The brief as the product prepares it, unless the target says something that is left out so."""
        prepared = prepare_brief(self.brief, _no_law, whole_name=self.channel is Channel.TITLE)
        kept = "".join(a.value for a in prepared.attributes) + "".join(prepared.points) + prepared.product
        lost = (part for a in self.brief.attributes for part in re.split("[、;，, ]", a.value) if part not in kept)
        return self.brief if any(len(part) > 1 and part in self.target for part in lost) else prepared

    @property
    def held_back(self) -> bool:
        """Whether the product belongs to the evaluation share (by a hash of its name)."""
        return zlib.crc32(self.brief.product.encode()) % HELD_BACK_SHARE == 0


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file, empty lines passed over."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def own_plain_examples(folder: Path = OWN_CORPUS) -> Iterator[Example]:
    """The project's plain rows: one example for each target of each row."""
    for path in sorted(folder.glob("plain*.jsonl")):
        for row in read_jsonl(path):
            for channel, target in row["targets"].items():
                yield _example(row, channel, row.get("task", "compose"), target, "own_plain")


def corpus_examples(data: Path, *, literary: bool) -> Iterator[Example]:
    """The shared corpus: its plain targets, or (``literary``) the literary ones of the literary tones.

    Titles and messages have one target only, which is plain; they come with the plain ones.
    """
    plain = {row["id"]: row["plain"] for row in read_jsonl(data / "corpus_plain.jsonl")}
    for path in sorted((data / "corpus").glob("*.jsonl")):
        for row in read_jsonl(path):
            single = row["channel"] in ("title", "sms")
            if not literary and (row["id"] in plain or single):
                target = plain.get(row["id"], row["target"])
                yield _example(row, row["channel"], row["task"], target, "corpus_plain")
            elif literary and not single and Tone(row["tone"]) in LITERARY_TONES:
                yield _example(row, row["channel"], row["task"], row["target"], "corpus_literary")


def product_examples(data: Path) -> Iterator[Example]:
    """Plain targets for real product records."""
    for row in read_jsonl(data / "products_plain.jsonl"):
        yield _example(row, row["channel"], row["task"], row["target"], "products_plain")


def adgen_brief(content: str) -> Brief:
    """The brief of an AdvertiseGen item: 类型 is the product, the other pairs its attributes, in the given order."""
    pairs = parse_attribute_line(content)
    product = next((a.value for a in pairs if a.name == "类型"), "")
    return Brief(product=product, attributes=tuple(a for a in pairs if a.name != "类型"), tone=Tone.FASHION)


def adgen_examples(path: Path) -> Iterator[Example]:
    """AdvertiseGen pairs without ``<UNK>`` and ``BRAND``, as details in the marketplace's clothing style."""
    for row in read_jsonl(path):
        target = str(row["summary"]).strip()
        if "<UNK>" in target or "BRAND" in target or "<" in target or not 40 <= len(target) <= 140:
            continue
        yield Example(adgen_brief(row["content"]), Channel.DETAIL, Task.COMPOSE, target, "adgen")


def tao_examples(path: Path) -> Iterator[Example]:
    """TaoDescribe pairs whose copy stays with its title: most of the title's two-character pieces recur."""
    for row in read_jsonl(path):
        title, target = str(row["title"]), str(row["desc"]).strip()
        pieces = {title[i : i + 2] for i in range(len(title) - 1) if not re.search(r"[\sA-Za-z]", title[i : i + 2])}
        overlap = sum(target[i : i + 2] in pieces for i in range(len(target) - 1)) / max(1, len(target))
        if 40 <= len(target) <= 140 and overlap >= MIN_TAO_OVERLAP and "<" not in target:
            yield Example(Brief(product=title, tone=Tone.FASHION), Channel.DETAIL, Task.COMPOSE, target, "taodescribe")


def lawful(examples: Iterable[Example]) -> Iterator[Example]:
    """Only those whose target holds no unlawful claim."""
    return (example for example in examples if not BANNED.search(example.target))


def _no_law(_text: str) -> tuple[()]:
    """Targets are filtered for the law themselves (``lawful``)."""
    return ()


def _example(row: dict[str, Any], channel: str, task: str, target: str, source: str) -> Example:
    brief = Brief(
        product=row["product"],
        category=row["category"],
        attributes=tuple(Attribute(str(n), str(v)) for n, v in row["attributes"]),
        points=tuple(row["points"]),
        audience=row["audience"],
        tone=Tone(row["tone"]),
        offer=row["offer"],
        source=row.get("source", ""),
    )
    return Example(brief, Channel(channel), Task(task), target.strip(), source)
