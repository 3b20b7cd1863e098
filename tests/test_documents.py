"""The documents tell the truth where a machine can see it: links lead somewhere, the JSON of the command line is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.cli import shown, words
from engine.domain import (
    Brief,
    Channel,
    ComposeRequest,
    ComposeResult,
    Draft,
    Finding,
    FindingKind,
    HistoryEntry,
    Score,
    Severity,
    StopReason,
    Task,
    Timing,
)

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
COMMAND_LINE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")

FINDING = Finding(FindingKind.LAW, Severity.UNLAWFUL, 0, 1, "最", "absolute.zui", "绝对化")
DRAFT = Draft(0, "最好", 2, 1, StopReason.END, findings=(FINDING,), score=Score(50.0))
REQUEST = ComposeRequest(Brief("裙子"), Channel.DETAIL)
ENTRY = HistoryEntry(DRAFT, REQUEST.brief, Channel.DETAIL, Task.COMPOSE, datetime(2026, 1, 1, tzinfo=UTC), "starter")


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for part in value.values():
            yield from _keys(part)
    elif isinstance(value, list):
        for part in value:
            yield from _keys(part)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert not [link for link in targets if not (page.parent / link).exists()]


@pytest.mark.parametrize(
    "value",
    [
        shown.result_json(ComposeResult(REQUEST, (DRAFT,), Timing(), "starter")),
        shown.entry_json(ENTRY),
        REQUEST.brief.to_dict(),
    ],
    ids=["compose", "history", "brief"],
)
def test_every_key_of_the_json_output_is_documented(value: dict[str, Any]) -> None:
    assert not [key for key in _keys(value) if f"`{key}`" not in COMMAND_LINE]


@pytest.mark.parametrize("choices", [Channel, StopReason, FindingKind, Severity], ids=lambda kind: kind.__name__)
def test_every_choice_in_the_json_output_is_documented(choices: Any) -> None:
    assert not [choice for choice in choices if f"`{choice.value}`" not in COMMAND_LINE]


def test_every_exit_code_is_documented() -> None:
    codes = {value for name, value in vars(words).items() if name.isupper() and isinstance(value, int)}
    assert codes == {int(code) for code in re.findall(r"^\| (\d+) \|", COMMAND_LINE, re.MULTILINE)}
