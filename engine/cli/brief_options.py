"""A brief from command-line options or a file."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from engine.domain import Attribute, Brief, Channel, Task, parse_attribute_line, parse_tone
from engine.domain.sample import sample_brief
from engine.errors import BriefInvalid, ChoiceUnknown, FileUnreadable
from engine.files.atomic import read_bytes
from engine.files.decoding import decode_text

MAX_BRIEF_BYTES = 4 * 1024 * 1024


def add_brief_options(parser: argparse.ArgumentParser) -> None:
    """``--brief FILE`` or the fields one by one; fields given besides a file win."""
    parser.add_argument("--brief", type=Path, metavar="FILE", help="商品资料（JSON）")
    parser.add_argument("--sample", action="store_true", help="用自带的示例商品")
    parser.add_argument("--product", default="", help="商品名称")
    parser.add_argument("--category", default="", help="类目")
    parser.add_argument(
        "--attr", action="append", default=[], metavar="名=值", help="属性，可写多次；也可写 属性#值*属性#值"
    )
    parser.add_argument("--point", action="append", default=[], help="卖点，可写多次")
    parser.add_argument("--audience", default="", help="人群")
    parser.add_argument("--tone", default="", help="语气")
    parser.add_argument("--offer", default="", help="优惠")
    parser.add_argument("--source", default="", help="原文（改写、扩写、缩写、澄清用）")


def brief_from_options(options: argparse.Namespace) -> Brief:
    """Raises ``BriefInvalid``, ``ChoiceUnknown``, ``FileUnreadable``."""
    brief = sample_brief() if options.sample else read_brief(options.brief) if options.brief else Brief(product="")
    attributes = tuple(pair for text in options.attr for pair in _pairs(text))
    return replace(
        brief,
        product=options.product or brief.product,
        category=options.category or brief.category,
        attributes=(*brief.attributes, *attributes),
        points=(*brief.points, *options.point),
        audience=options.audience or brief.audience,
        tone=parse_tone(options.tone) if options.tone else brief.tone,
        offer=options.offer or brief.offer,
        source=options.source or brief.source,
    )


def read_brief(path: Path) -> Brief:
    """A brief from a JSON file in any of the usual encodings."""
    try:
        return Brief.from_dict(json.loads(read_text(path, MAX_BRIEF_BYTES)))
    except ValueError as error:
        raise BriefInvalid("brief", "not_json", f"{path.name}") from error


def read_text(path: Path, max_bytes: int) -> str:
    """A text file in UTF-8, GBK or UTF-16, with or without a mark; raises ``FileUnreadable``."""
    content = read_bytes(path, max_bytes)
    decoded = decode_text(content)
    if decoded is None:
        raise FileUnreadable(path, "encoding")
    return decoded.text


def parse_channel(name: str) -> Channel:
    """A channel by its key; raises ``ChoiceUnknown``."""
    try:
        return Channel(name)
    except ValueError:
        raise ChoiceUnknown("channel", name, tuple(c.value for c in Channel)) from None


def parse_task(name: str) -> Task:
    """A task by its key; raises ``ChoiceUnknown``."""
    try:
        return Task(name)
    except ValueError:
        raise ChoiceUnknown("task", name, tuple(t.value for t in Task)) from None


def _pairs(text: str) -> tuple[Attribute, ...]:
    if "#" in text:
        return parse_attribute_line(text)
    name, mark, value = text.partition("=")
    if not mark or not name.strip():
        raise BriefInvalid("attributes", "wrong_type", "名=值")
    return (Attribute(name.strip(), value.strip()),)
