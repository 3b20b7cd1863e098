"""JSON Lines (or one JSON array of objects) as rows: nested attributes become columns of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class JsonRows:
    """Headings in the order in which they first appear, rows by number, and broken rows as (number, reason)."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    broken: tuple[tuple[int, str], ...]


def read_json_rows(text: str) -> JsonRows | None:
    """All rows of the text; None when no line of it is JSON at all."""
    found = _from_array(text) if text.lstrip().startswith("[") else None
    values = found if found is not None else _from_lines(text)
    rows: list[tuple[int, dict[str, str]]] = []
    broken: list[tuple[int, str]] = []
    headings: dict[str, None] = {}
    for number, value in values:
        if value is _NOT_JSON:
            broken.append((number, "not_json"))
        elif not isinstance(value, dict):
            broken.append((number, "not_object"))
        else:
            row = _flat(value)
            headings.update(dict.fromkeys(row))
            rows.append((number, row))
    if not rows and broken:
        return None
    return JsonRows(tuple(headings), tuple(rows), tuple(broken))


_NOT_JSON = object()


def _from_array(text: str) -> list[tuple[int, Any]] | None:
    value = _parsed(text)
    return list(enumerate(value, 1)) if isinstance(value, list) else None


def _from_lines(text: str) -> list[tuple[int, Any]]:
    lines = text.split("\n")
    return [(number, _parsed(line)) for number, line in enumerate(lines, 1) if line.strip()]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _NOT_JSON


def _flat(value: dict[str, Any]) -> dict[str, str]:
    """One level: an object or a list of pairs spreads into columns, a list becomes lines."""
    row: dict[str, str] = {}
    for name, content in value.items():
        for inner, text in _spread(str(name), content):
            row[inner.strip()[:100] or "列"] = text
    return row


def _spread(name: str, content: Any) -> list[tuple[str, str]]:
    if isinstance(content, dict):
        return [(str(inner), _text(item)) for inner, item in content.items()]
    if isinstance(content, list) and content and all(isinstance(item, list) and len(item) == 2 for item in content):
        return [(_text(inner), _text(item)) for inner, item in content]
    if isinstance(content, list):
        return [(name, "\n".join(_text(item) for item in content))]
    return [(name, _text(content))]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return value
    if isinstance(value, (list, dict)):
        return _compact(value)
    return number_text(value)


def _compact(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(item, (str, int, float)) for item in value):
        return "、".join(map(str, value))
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""


def number_text(value: int | float) -> str:
    """A number as a seller would write it: 29, not 29.0; 29.9, not 29.899999999999999."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return str(value) if abs(value) < 10**300 else ""
