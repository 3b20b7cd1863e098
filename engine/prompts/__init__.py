"""A brief becomes a prompt: the same bytes in training, evaluation and the app.

Two formats, named in a model's manifest:

* ``brief-v1``: what the project's own models are trained on. ChatML; the product comes first and the channel last, so
  that one product in several channels, or one template for many products, shares the longest prefix in the KV cache.
* ``plain-v1``: for any other instruct model, full instructions in Chinese, put through the chat template in its GGUF.
"""

from engine.prompts.brief_v1 import BRIEF_V1, render_brief_v1
from engine.prompts.grammars import grammar_of
from engine.prompts.parts import Prompt, aimed_length, describe_brief, describe_task, length_for_facts
from engine.prompts.plain_v1 import PLAIN_V1, render_plain_v1

__all__ = [
    "BRIEF_V1",
    "PLAIN_V1",
    "Prompt",
    "aimed_length",
    "describe_brief",
    "describe_task",
    "grammar_of",
    "length_for_facts",
    "render_brief_v1",
    "render_plain_v1",
]
