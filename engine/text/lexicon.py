"""The compliance rules as data: ``assets/lexicons/rules_<pack>.json`` becomes frozen, compiled rules.

A pack holds groups (category, severity, article, reason); a group holds entries: ``words`` or a ``pattern`` over the
folded text, an optional ``fix`` (replacement, "" deletes), a ``severity`` or ``article`` of its own, and ``unless``
(contexts that make the words lawful: a match that overlaps the finding acquits it). ``articles`` names another article
for a trade. The general pack applies always, a trade's pack when that trade is asked for, the platform pack where its
``channels`` are. ``families.json`` names words that mean the same (illnesses, organs of the state, makers …); in a pattern
or context ``<<name>>`` stands for any of them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.domain.finding import Severity

DOMAINS = ("general", "food", "cosmetics", "health_food", "medical", "finance", "education", "real_estate")
PLATFORM_PACK = "platform"
FAMILY = re.compile(r"<<([a-z_]+)>>")
CAPITAL = re.compile(r"(?<!\\)[A-Z]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled entry; exactly one of ``words`` and ``pattern`` is set."""

    key: str
    pack: str
    category: str
    severity: Severity
    article: str
    articles: tuple[tuple[str, str], ...]
    reason: str
    words: tuple[str, ...]
    pattern: re.Pattern[str] | None
    unless: tuple[re.Pattern[str], ...]
    fix: str | None
    channels: tuple[str, ...]

    def article_for(self, domain: str) -> str:
        """The article that a trade is judged by."""
        return dict(self.articles).get(domain, self.article)

    def applies(self, domain: str, channel: str) -> bool:
        """Whether the rule counts for a trade and a channel ("" is any channel)."""
        if self.channels and channel and channel not in self.channels:
            return False
        return self.pack in ("general", PLATFORM_PACK, domain)


def load_rules(lexicons: Path) -> tuple[Rule, ...]:
    """Every rule of every pack, general first."""
    families = json.loads((lexicons / "families.json").read_text(encoding="utf-8"))
    rules: list[Rule] = []
    for pack in (*DOMAINS, PLATFORM_PACK):
        data = json.loads((lexicons / f"rules_{pack}.json").read_text(encoding="utf-8"))
        for group in data["rules"]:
            rules += [_rule(pack, group, entry, families) for entry in group["entries"]]
    return tuple(rules)


def _compiled(pattern: str, families: dict[str, str]) -> re.Pattern[str]:
    """``pattern`` with its families written out, in small letters as the folded text is: sooner read than by a flag."""
    whole = FAMILY.sub(lambda name: f"(?:{families[name.group(1)]})", pattern)
    return re.compile(CAPITAL.sub(lambda letter: letter.group().lower(), whole))


def _rule(pack: str, group: dict[str, Any], entry: dict[str, Any], families: dict[str, str]) -> Rule:
    contexts = [*group.get("unless", ()), *([entry["unless"]] if "unless" in entry else [])]
    return Rule(
        key=group["id"],
        pack=pack,
        category=group["category"],
        severity=Severity(entry.get("severity", group["severity"])),
        article=entry.get("article", group["article"]),
        articles=tuple(group.get("articles", {}).items()),
        reason=group["reason"],
        words=tuple(word.lower() for word in entry.get("words", ())),
        pattern=_compiled(entry["pattern"], families) if "pattern" in entry else None,
        unless=tuple(_compiled(context, families) for context in contexts),
        fix=entry.get("fix"),
        channels=tuple(group.get("channels", ())),
    )
