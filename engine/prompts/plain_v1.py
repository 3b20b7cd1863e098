"""``plain-v1``: full Chinese instructions for instruct models that were not trained here.

The chat template is the model's own and lies in its GGUF; this module makes the two messages that go through it.
"""

from __future__ import annotations

from engine.domain.brief import Brief
from engine.domain.channels import CHANNELS, Channel, Form, Task
from engine.prompts.parts import Prompt, aimed_length, describe_brief, describe_task

PLAIN_V1 = "plain-v1"

SYSTEM = (
    "你是有经验的中国电商文案，为小店写实在、好懂的文案。只使用商品信息里的事实，不编造数字、材质、产地、认证和价格；"
    "遵守广告法，不用最、第一、顶级、唯一等绝对化用语，不写医疗或保健功效。直接给出文案，不加说明。"
)

FORM_EXAMPLES: dict[Form, str] = {
    Form.ONE_LINE: "只写一行，不加标点结尾，不用表情。",
    Form.LABELLED_LINES: "每行的格式是“小标题：一句话”，例如“实木桌面：橡木做的，耐磨。”",
    Form.PARAGRAPHS: "只写正文，不加标题和列表符号。",
    Form.NOTE: "第一行是20字以内的标题；最后一行是3到5个以#开头的话题标签。",
    Form.SHORT_LINES: "每行一句，适合念出来；不写镜头说明。",
    Form.THREE_LINES: "正好三行，每行12到30字，角度各不相同。",
    Form.MESSAGE: "全文不超过70字，以【店名】开头，以“拒收请回复R”结尾。",
}


def render_plain_v1(
    brief: Brief, channel: Channel, task: Task = Task.COMPOSE, length: int | None = None, voice: str = ""
) -> Prompt:
    """Two messages for a chat template: ``shared`` is the system message, ``own`` the user's; ``voice`` is a shop's in words."""
    ask = describe_task(channel, task, brief.tone, aimed_length(channel, task, brief.source, length))
    source = f"\n原文：\n{brief.source}\n" if task is not Task.COMPOSE else ""
    form = FORM_EXAMPLES[CHANNELS[channel].form]
    sound = f"\n口吻：{voice}。" if voice else ""
    return Prompt(SYSTEM, f"商品信息：\n{describe_brief(brief)}\n{source}\n任务：{ask}\n要求：{form}{sound}")
