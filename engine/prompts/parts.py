"""The pieces that both prompt formats are made of."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.brief import Brief
from engine.domain.channels import CHANNELS, TASK_INSTRUCTIONS, Channel, Task, Tone, count_characters

CONDENSE_RATIO = 0.4
"""A condensed text aims at this part of its source (the corpus's rule)."""

LENGTH_STEP = 10

LENGTHS_BY_FACTS: dict[Channel, tuple[int, int]] = {
    Channel.SELLING_POINTS: (0, 20),
    Channel.DETAIL: (30, 12),
    Channel.XIAOHONGSHU: (70, 12),
    Channel.MOMENTS: (28, 7),
    Channel.SHORT_VIDEO: (45, 10),
    Channel.LIVE_SCRIPT: (80, 14),
    Channel.BRAND: (45, 12),
}
"""Characters that a draft needs whatever it says, and for each fact; the others have a length of their own. A model that
must write more than its facts fill begins to invent."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A rendered request: ``shared`` (the product) and ``own`` (what to write), to be read one after the other."""

    shared: str
    own: str

    @property
    def text(self) -> str:
        """The whole prompt."""
        return self.shared + self.own


def describe_brief(brief: Brief) -> str:
    """The product as lines ``name：value``, in the seller's order; empty fields are left out."""
    product = (
        f"{brief.product}（{brief.category}）"
        if brief.category and brief.category not in brief.product
        else brief.product
    )
    lines = [f"商品：{product}"] if product else []
    lines += [f"{a.name}：{a.value}" for a in brief.attributes]
    if brief.points:
        lines.append("卖点：" + "；".join(brief.points))
    if brief.offer:
        lines.append(f"优惠：{brief.offer}")
    if brief.audience:
        lines.append(f"人群：{brief.audience}")
    return "\n".join(lines)


def describe_task(channel: Channel, task: Task, tone: Tone, length: int) -> str:
    """One line that says what to write: form, tone, and about how many characters."""
    spec = CHANNELS[channel]
    what = spec.instruction if task is Task.COMPOSE else f"{TASK_INSTRUCTIONS[task]}，用于{spec.name}"
    sound = f"，语气{tone.value}" if tone is not Tone.NONE else ""
    return f"{what}{sound}，约{length}字。"


def aimed_length(channel: Channel, task: Task, source: str, wanted: int | None = None) -> int:
    """Characters to aim at: the wanted number, else the channel's typical one or what the task makes of the source."""
    spec = CHANNELS[channel]
    if wanted:
        length = wanted
    elif task is Task.CONDENSE:
        length = int(count_characters(source) * CONDENSE_RATIO)
    elif task in (Task.REWRITE, Task.CLARIFY) and source:
        length = min(count_characters(source), spec.max_length)
    else:
        length = spec.typical_length
    return rounded_length(length)


def length_for_facts(brief: Brief, channel: Channel) -> int | None:
    """Characters that the brief's facts fill, within the channel's bounds; None where the channel's own length holds."""
    if channel not in LENGTHS_BY_FACTS:
        return None
    spec, (base, each) = CHANNELS[channel], LENGTHS_BY_FACTS[channel]
    facts = len(brief.attributes) + len(brief.points) + bool(brief.offer) + bool(brief.audience)
    low, high = int(spec.min_length * 1.15), int(spec.typical_length * 1.15)
    return max(low, min(high, base + each * facts))


def rounded_length(length: int) -> int:
    """``length`` to the nearest ten, at least ten: the grain in which the models were taught lengths."""
    return max(LENGTH_STEP, round(length / LENGTH_STEP) * LENGTH_STEP)
