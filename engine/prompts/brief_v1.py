"""``brief-v1``: the format on which the project's own models are trained (ChatML, product first, channel last)."""

from __future__ import annotations

from engine.domain.brief import Brief
from engine.domain.channels import Channel, Task
from engine.prompts.parts import Prompt, aimed_length, describe_brief, describe_task

BRIEF_V1 = "brief-v1"
SYSTEM = "你是网店文案助手，只用给出的信息。"
END_OF_TURN = "<|im_end|>"


def render_brief_v1(
    brief: Brief, channel: Channel, task: Task = Task.COMPOSE, length: int | None = None, voice: str = ""
) -> Prompt:
    """Render ``brief`` for a model trained on this format; ``length`` in characters, the channel's own when None.

    The text holds ChatML's control tokens; only ``<|im_start|>`` and ``<|im_end|>`` of this template may be parsed as
    such, a seller's text is stripped of them first. Of a shop's voice the format has the tone only, which is the brief's.
    """
    facts = _disarm(describe_brief(brief))
    shared = f"<|im_start|>system\n{SYSTEM}{END_OF_TURN}\n<|im_start|>user\n{facts}\n"
    source = f"原文：{_disarm(brief.source)}\n" if task is not Task.COMPOSE else ""
    ask = describe_task(channel, task, brief.tone, aimed_length(channel, task, brief.source, length))
    return Prompt(shared, f"{source}\n{ask}{END_OF_TURN}\n<|im_start|>assistant\n")


def _disarm(text: str) -> str:
    return text.replace("<|", "< |")
