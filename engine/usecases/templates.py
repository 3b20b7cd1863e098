"""Templates: ready-made parts of a brief with holes, for a channel and a scene; built-in ones and the shop's own.

The text of a template is what a seller would tell, a line each: ``活动：双11{力度}``, ``卖点：…``, ``人群：…``; a line
without a field's name is a selling point. ``{名字}`` is a hole that is filled before use. Using a template adds these
lines to the product at hand and chooses channel and tone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.domain import Brief, Channel, Task, Tone
from engine.domain.records import Template, Variable, VariableType
from engine.errors import BriefInvalid, FileUnreadable
from engine.files.atomic import read_bytes

HOLE = re.compile(r"\{([^{}\n]{1,20})\}")
FIELD_NAMES = {"活动": "offer", "优惠": "offer", "卖点": "points", "人群": "audience", "写给谁看": "audience"}
MAX_TEMPLATES, MAX_TEXT, MAX_BYTES = 1000, 2000, 4 << 20

TYPE_WORDS: tuple[tuple[VariableType, re.Pattern[str]], ...] = (
    (VariableType.PRICE, re.compile("价$|金额|多少钱")),
    (VariableType.DATE, re.compile("日期|时间|几号|截止")),
    (VariableType.NUMBER, re.compile("^几|几[天件个条]|数量|件数")),
)
"""What a hole's name says of what goes in; the first that fits, else any text."""


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """What a template makes of a brief."""

    brief: Brief
    channel: Channel
    task: Task
    must_say: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateImport:
    """Templates read from a file, and what could not be read: place in the list from 1, reason."""

    templates: tuple[Template, ...]
    problems: tuple[tuple[int, str], ...] = ()


def with_variables(template: Template) -> Template:
    """The template with a variable for every hole of its text: known ones stay, new ones are typed by their name."""
    known = {variable.name: variable for variable in template.variables}
    names = dict.fromkeys(HOLE.findall(" ".join((template.text, *template.must_say, *template.never_say))))
    made = tuple(known.get(name) or Variable(name, _type_of(name)) for name in names)
    return replace(template, variables=made)


def use_template(template: Template, values: Mapping[str, str], brief: Brief) -> FilledTemplate:
    """Fill the holes and lay the lines over ``brief``.

    Raises:
        BriefInvalid: with the variable's name as ``field``: ``empty`` where something must go in, ``wrong_type`` (with
            what is expected) where it does not fit.
    """
    template = with_variables(template)
    filled = {v.name: _checked(v, values.get(v.name, v.default)) for v in template.variables}

    def fill(text: str) -> str:
        return HOLE.sub(lambda hole: filled[hole[1]], text)

    for line in fill(template.text).splitlines():
        brief = _with_line(brief, line.strip())
    if template.tone is not Tone.NONE:
        brief = replace(brief, tone=template.tone)
    must, never = (tuple(map(fill, texts)) for texts in (template.must_say, template.never_say))
    return FilledTemplate(brief, template.channel, template.task, must, never)


def built_in_templates(assets: Path) -> tuple[Template, ...]:
    """The templates that ship with the program."""
    found = read_templates(assets / "templates" / "builtin.json")
    return tuple(replace(template, built_in=True) for template in found.templates)


def read_templates(path: Path) -> TemplateImport:
    """Templates of a JSON file; entries that are none are named and the others go on.

    Raises:
        FileUnreadable: no such file, or no JSON list.
    """
    try:
        entries = json.loads(read_bytes(path, MAX_BYTES).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FileUnreadable(path, "not_json") from error
    if not isinstance(entries, list):
        raise FileUnreadable(path, "not_json")
    templates, problems = [], []
    for number, entry in enumerate(entries[:MAX_TEMPLATES], 1):
        try:
            templates.append(_read(entry))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problems.append((number, _why(error)))
    return TemplateImport(tuple(templates), tuple(problems))


def templates_json(templates: Iterable[Template]) -> str:
    """What ``read_templates`` reads."""
    return json.dumps([_entry(template) for template in templates], ensure_ascii=False, indent=1) + "\n"


def _read(entry: dict[str, Any]) -> Template:
    title, text = str(entry["title"]).strip(), str(entry["text"]).strip()
    if not title or not text or len(text) > MAX_TEXT or len(title) > 60:
        raise ValueError("text")
    variables = tuple(
        Variable(
            str(v["name"]),
            VariableType(v.get("type", "text")),
            str(v.get("default", "")),
            tuple(map(str, v.get("choices", ()))),
        )
        for v in entry.get("variables", ())
    )
    template = Template(
        title,
        Channel(entry["channel"]),
        text,
        variables,
        Task(entry.get("task", Task.COMPOSE)),
        Tone(entry.get("tone", "")),
        tuple(map(str, entry.get("must_say", ()))),
        tuple(map(str, entry.get("never_say", ()))),
        key=str(entry.get("key", "")),
    )
    return with_variables(template)


def _entry(template: Template) -> dict[str, Any]:
    return {
        "key": template.key,
        "title": template.title,
        "channel": template.channel.value,
        "task": template.task.value,
        "tone": template.tone.value,
        "text": template.text,
        "must_say": list(template.must_say),
        "never_say": list(template.never_say),
        "variables": [
            {"name": v.name, "type": v.type.value, "default": v.default, "choices": list(v.choices)}
            for v in template.variables
        ],
    }


def _why(error: Exception) -> str:
    return f"missing {error.args[0]}" if isinstance(error, KeyError) else (str(error)[:80] or type(error).__name__)


def _type_of(name: str) -> VariableType:
    return next((kind for kind, words in TYPE_WORDS if words.search(name)), VariableType.TEXT)


def _checked(variable: Variable, value: str) -> str:
    value = value.strip()
    if not value:
        if variable.required:
            raise BriefInvalid(variable.name, "empty")
        return ""
    if variable.type is VariableType.NUMBER and not re.fullmatch(r"\d{1,9}", value):
        raise BriefInvalid(variable.name, "wrong_type", "整数")
    if variable.type is VariableType.PRICE and not re.fullmatch(r"\d{1,9}(?:\.\d{1,2})?", value):
        raise BriefInvalid(variable.name, "wrong_type", "金额，例如 59 或 9.9")
    if variable.type is VariableType.CHOICE and variable.choices and value not in variable.choices:
        raise BriefInvalid(variable.name, "wrong_type", "、".join(variable.choices))
    return value


def _with_line(brief: Brief, line: str) -> Brief:
    name, mark, value = line.partition("：")
    field = FIELD_NAMES.get(name.strip()) if mark else None
    value = value.strip() if field else line
    if not value:
        return brief
    if field == "offer":
        return replace(brief, offer=value)
    if field == "audience":
        return replace(brief, audience=value)
    return brief if value in brief.points else replace(brief, points=(*brief.points, value))
