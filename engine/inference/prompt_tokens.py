"""A rendered prompt becomes token numbers: as it stands for ``brief-v1``, through the model's chat template otherwise.

Only a template may hold control tokens. In ``brief-v1`` the renderer has disarmed the seller's words; here, for
``plain-v1``, the template is applied to placeholders, and what the seller wrote is tokenized apart with the parsing of
control tokens off, so that no product text can end a turn.
"""

from __future__ import annotations

import re

from engine.inference.llama import LlamaModel
from engine.prompts import BRIEF_V1, Prompt

CHATML = b"chatml"
SYSTEM_MARK, USER_MARK = "\u2402SYSTEM\u2403", "\u2402USER\u2403"
_MARKS = re.compile(f"({SYSTEM_MARK}|{USER_MARK})")
NO_THINKING = "<think>\n\n</think>\n\n"
"""What templates with an ``enable_thinking`` switch put at the head of the answer when thinking is off."""


def tokenize_prompt(model: LlamaModel, prompt: Prompt, prompt_format: str) -> list[int]:
    """The prompt's tokens; ``shared`` and ``own`` are tokenized apart, as in training, so that prefixes agree."""
    if prompt_format == BRIEF_V1:
        return model.tokenize(prompt.shared, special=True) + model.tokenize(prompt.own, special=True)
    texts = {SYSTEM_MARK: prompt.shared, USER_MARK: prompt.own}
    tokens: list[int] = []
    for piece in _MARKS.split(_template_with_marks(model, with_system=bool(prompt.shared))):
        if piece:
            tokens += model.tokenize(texts.get(piece, piece), special=piece not in texts, add_start=not tokens)
    return tokens


def _template_with_marks(model: LlamaModel, *, with_system: bool) -> str:
    system = [("system", SYSTEM_MARK)] if with_system else []
    messages = [*system, ("user", USER_MARK)]
    template = model.chat_template or CHATML
    text = model.apply_template(template, messages)
    if text is None or USER_MARK not in text or (with_system and SYSTEM_MARK not in text):
        template = CHATML
        text = model.apply_template(template, messages) or USER_MARK
    return text + NO_THINKING if b"enable_thinking" in template else text
