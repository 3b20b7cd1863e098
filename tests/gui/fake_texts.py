"""The fake engine's text rules: two words that are found, and a small parser of pasted facts."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from engine.domain import Attribute, Brief, Channel, Finding, FindingKind, Severity, parse_attribute_line

if TYPE_CHECKING:
    from fake_engine import FakeState


def check_words(text: str) -> tuple[Finding, ...]:
    """The one rule of the fake: 最 is unlawful, 3D is not in the brief, 舒服极了 is risky."""
    rules = (
        (
            "最显瘦",
            FindingKind.LAW,
            Severity.UNLAWFUL,
            "“最”是绝对化用语，广告里不能用",
            "《广告法》第九条第三项",
            "显瘦",
        ),
        ("有口袋", FindingKind.FACT, Severity.NOTE, "资料里没有写口袋", "", None),
        ("舒服极了", FindingKind.LAW, Severity.RISKY, "说得太满", "", "舒服"),
    )
    found = []
    for words, kind, severity, reason, article, replacement in rules:
        start = text.find(words)
        if start >= 0:
            found.append(
                Finding(kind, severity, start, start + len(words), words, "fake", reason, "", article, replacement)
            )
    return tuple(found)


class FakeTexts:
    """Two rules and a small parser."""

    def __init__(self, state: FakeState) -> None:
        self.state = state

    def warm_up(self):
        """Nothing to read."""

    def check(
        self, text: str, brief: Brief | None, channel: Channel | None = None, domain: str = "general"
    ) -> tuple[Finding, ...]:
        self.state.calls.append(("check", text))
        return check_words(text)

    def fix(self, text: str, domain: str = "general") -> str:
        return text.replace("最显瘦", "显瘦")

    def parse_pasted(self, text: str) -> Brief:
        pairs = parse_attribute_line(text)
        if pairs:
            product = next((a.value for a in pairs if a.name == "类型"), "")
            return Brief(product, attributes=tuple(a for a in pairs if a.name != "类型"))
        first, *rest = [line.strip() for line in text.strip().splitlines() if line.strip()]
        named = [line.partition("：") for line in rest]
        return Brief(
            first,
            attributes=tuple(Attribute(name, value) for name, mark, value in named if mark),
            points=tuple(name for name, mark, _value in named if not mark),
        )

    def keywords(self, text: str, limit: int = 12) -> list[str]:
        return text.split()[:limit]

    def clarity(self, text: str, brief: Brief | None) -> tuple[Finding, ...]:
        return ()

    def diff(self, before: str, after: str) -> list[tuple[str, str]]:
        pieces: list[tuple[str, str]] = []
        for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            pieces += [("same", before[i:j])] if tag == "equal" else [("removed", before[i:j]), ("added", after[k:m])]
        return [(kind, piece) for kind, piece in pieces if piece]

    def clipboard(self, text: str, channel: Channel) -> str:
        return text.replace("\n", "\n\n") if channel is Channel.XIAOHONGSHU else text
