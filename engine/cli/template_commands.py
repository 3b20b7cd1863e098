"""``python -m engine templates``: list, show, import and export them; ``compose --template`` uses one."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.api import Engine
from engine.cli.words import BAD_FILE, OK
from engine.domain import ComposeRequest
from engine.domain.records import Template
from engine.errors import ChoiceUnknown

ACTIONS = ("list", "show", "import", "export", "delete")


def templates(options: argparse.Namespace, engine: Engine) -> tuple[int, dict[str, Any], str]:
    """Run one action: exit code, facts, and the same in words."""
    face, what = engine.templates, options.what
    if options.action == "import":
        found = face.import_from(Path(what))
        problems = [{"entry": number, "reason": reason} for number, reason in found.problems]
        lines = [
            f"导入 {len(found.templates)} 个模板。",
            *(f"第 {p['entry']} 个读不懂：{p['reason']}" for p in problems),
        ]
        code = BAD_FILE if problems and not found.templates else OK
        return code, {"imported": len(found.templates), "problems": problems}, "\n".join(lines)
    if options.action == "export":
        count = face.export(Path(what))
        return OK, {"exported": count}, f"导出 {count} 个自己的模板。"
    if options.action == "delete":
        face.delete(what)
        return OK, {"deleted": what}, "已删除。"
    shown = [face.get(what)] if options.action == "show" else face.all()
    return OK, {"templates": [_facts(template) for template in shown]}, "\n".join(map(_line, shown))


def with_template(request: ComposeRequest, options: argparse.Namespace, engine: Engine) -> ComposeRequest:
    """The request with a template's lines, channel and demands, when one is asked for."""
    if not options.template:
        return request
    values = {}
    for pair in options.var:
        name, mark, value = pair.partition("=")
        if not mark:
            raise ChoiceUnknown("--var", pair, ("名字=内容",))
        values[name.strip()] = value
    used = engine.templates.use(engine.templates.get(options.template), values, request.brief)
    return replace(
        request,
        brief=used.brief,
        channel=used.channel,
        task=used.task,
        must_say=(*request.must_say, *used.must_say),
        never_say=(*request.never_say, *used.never_say),
    )


def _facts(template: Template) -> dict[str, Any]:
    return {
        "key": template.key,
        "title": template.title,
        "channel": template.channel.value,
        "tone": template.tone.value,
        "text": template.text,
        "variables": [
            {"name": v.name, "type": v.type.value, "default": v.default, "choices": list(v.choices)}
            for v in template.variables
        ],
        "built_in": template.built_in,
        "version": template.version,
    }


def _line(template: Template) -> str:
    holes = "、".join(v.name for v in template.variables)
    return f"{template.key}\t{template.title}\t{holes}"
