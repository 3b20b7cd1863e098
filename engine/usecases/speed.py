"""How fast this computer writes, measured with the model that writes: one long prompt is read, one usual click is made.

A click decodes more drafts than it shows, so the number that a seller feels is that of the whole click.
"""

from __future__ import annotations

from datetime import datetime

from engine.domain import DEFAULT_CANDIDATES, Channel, Sampling, Speed, Task, Timing
from engine.domain.sample import sample_brief
from engine.ports import Generation, TextListener, TextModel
from engine.progress import Ticket
from engine.prompts import BRIEF_V1, PLAIN_V1, Prompt, render_brief_v1, render_plain_v1

SHOWN_DRAFTS = 4
DRAFT_TOKENS = 120
"""A note of usual length."""

TRIED_TOKENS = 24
FILLER = "面料轻软，垂坠感好，走动时裙摆自然散开，上班见客户都合适。"
FILLER_TIMES = 8
_RENDERERS = {BRIEF_V1: render_brief_v1, PLAIN_V1: render_plain_v1}


def measure_speed(model: TextModel, now: datetime, ticket: Ticket) -> Speed:
    """Load the model if need be, then read and write; takes some seconds, or minutes with a large model.

    Raises:
        what ``engine.ports.TextModel.generate`` raises.
    """
    prompt = _RENDERERS[model.prompt_format](sample_brief(), Channel.XIAOHONGSHU, Task.COMPOSE)
    hear = TextListener(lambda _index, _text: None, lambda _generated: None)

    def run(prompt: Prompt, count: int, tokens: int) -> Timing:
        return model.generate(Generation(prompt, count, 1, Sampling(), tokens), hear, ticket)

    usual = run(prompt, 1, 1)
    reading = run(Prompt(prompt.shared, FILLER * FILLER_TIMES + prompt.own), 1, 1)
    read_rate = (reading.prompt_tokens - reading.reused_tokens) / max(reading.prompt_s, 1e-6)
    write_rate = run(prompt, DEFAULT_CANDIDATES, TRIED_TOKENS).tokens_per_second
    tokens = usual.prompt_tokens, DEFAULT_CANDIDATES * DRAFT_TOKENS
    seconds = tokens[0] / max(read_rate, 1e-6) + tokens[1] / max(write_rate, 1e-6)
    return Speed(model.name, read_rate, write_rate, SHOWN_DRAFTS, seconds, now)
