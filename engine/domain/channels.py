"""The ten channels and five tasks as a table: name, length in characters, form, and what the platform forbids.

Lengths count characters without line breaks (``count_characters``). The numbers and forms are those of the project's
corpus; the title's limit is Taobao's (60 bytes, 30 Chinese characters, no emoji).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """Where the copy will be used."""

    TITLE = "title"
    SELLING_POINTS = "selling_points"
    DETAIL = "detail"
    XIAOHONGSHU = "xiaohongshu"
    MOMENTS = "moments"
    SHORT_VIDEO = "short_video"
    LIVE_SCRIPT = "live_script"
    FEED_AD = "feed_ad"
    SMS = "sms"
    BRAND = "brand"


class Task(StrEnum):
    """What is done: write from a brief, or work on an existing text."""

    COMPOSE = "compose"
    REWRITE = "rewrite"
    EXPAND = "expand"
    CONDENSE = "condense"
    CLARIFY = "clarify"


class Tone(StrEnum):
    """How it sounds; ``NONE`` leaves it to the channel. ``FASHION`` is the marketplace's own clothing style."""

    NONE = ""
    WARM = "亲切"
    EXPERT = "专业"
    LIVELY = "活泼"
    LITERARY = "文艺"
    TERSE = "简洁"
    EAGER = "热情"
    REFINED = "高级"
    FASHION = "时尚"


class Form(StrEnum):
    """The outer form that the engine holds while a draft is made."""

    ONE_LINE = "one_line"
    LABELLED_LINES = "labelled_lines"
    PARAGRAPHS = "paragraphs"
    NOTE = "note"
    SHORT_LINES = "short_lines"
    THREE_LINES = "three_lines"
    MESSAGE = "message"


LEAST_LINES = 3
"""Lines that an ad and a list of selling points have at least."""


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """One row of the table; lengths in characters, ``typical_length`` is what a draft aims at unless told."""

    channel: Channel
    name: str
    form: Form
    min_length: int
    max_length: int
    typical_length: int
    instruction: str
    emoji_allowed: bool = True

    def is_short(self, text: str, least: int = 0) -> bool:
        """Whether a text lacks characters (of ``least``, else of the channel's shortest length) or lines of its form."""
        lines = len(text.split("\n")) if text else 0
        if self.form is Form.THREE_LINES:
            return lines < LEAST_LINES
        return count_characters(text) < (least or self.min_length) or (
            self.form is Form.LABELLED_LINES and lines < LEAST_LINES
        )


CHANNELS: dict[Channel, ChannelSpec] = {
    spec.channel: spec
    for spec in (
        ChannelSpec(
            Channel.TITLE, "商品标题", Form.ONE_LINE, 13, 30, 26, "写商品标题，一行，搜索词在前", emoji_allowed=False
        ),
        ChannelSpec(
            Channel.SELLING_POINTS, "卖点", Form.LABELLED_LINES, 30, 200, 90, "写卖点，3到5行，每行“小标题：一句话”"
        ),
        ChannelSpec(Channel.DETAIL, "详情页", Form.PARAGRAPHS, 60, 230, 110, "写详情页文案，一到两段"),
        ChannelSpec(
            Channel.XIAOHONGSHU,
            "小红书",
            Form.NOTE,
            100,
            330,
            160,
            "写小红书笔记，第一行标题，正文分段，带表情，末行话题标签",
        ),
        ChannelSpec(Channel.MOMENTS, "朋友圈", Form.PARAGRAPHS, 35, 130, 70, "写店主发的朋友圈"),
        ChannelSpec(Channel.SHORT_VIDEO, "短视频口播", Form.SHORT_LINES, 70, 240, 110, "写短视频口播稿，4到6行短句"),
        ChannelSpec(
            Channel.LIVE_SCRIPT,
            "直播话术",
            Form.PARAGRAPHS,
            120,
            340,
            190,
            "写直播话术，先问好，再讲商品，最后请人下单",
        ),
        ChannelSpec(Channel.FEED_AD, "信息流广告", Form.THREE_LINES, 36, 100, 50, "写信息流广告，正好三行"),
        ChannelSpec(
            Channel.SMS,
            "短信",
            Form.MESSAGE,
            34,
            70,
            52,
            "写营销短信，以【店名】开头，以“拒收请回复R”结尾",
            emoji_allowed=False,
        ),
        ChannelSpec(Channel.BRAND, "品牌故事", Form.PARAGRAPHS, 80, 260, 130, "写品牌介绍，一到两段"),
    )
}

TASK_NAMES: dict[Task, str] = {
    Task.COMPOSE: "写",
    Task.REWRITE: "改写",
    Task.EXPAND: "扩写",
    Task.CONDENSE: "缩写",
    Task.CLARIFY: "澄清",
}

TASK_INSTRUCTIONS: dict[Task, str] = {
    Task.REWRITE: "改写上面的原文，意思和事实不变，换一种说法",
    Task.EXPAND: "把上面的原文写得更完整，只用给出的信息",
    Task.CONDENSE: "把上面的原文缩短，留下要紧的信息",
    Task.CLARIFY: "把上面的原文说清楚，指代、优惠和数字都要明白",
}


def count_characters(text: str) -> int:
    """Characters of ``text`` as the channels count them: line breaks and surrounding space left out."""
    return len(text.strip().replace("\r", "").replace("\n", ""))
