"""Is this copy lawful? Rules over the folded text, findings over the original one.

The words of all rules form one alternation, the patterns run each for itself; both are compiled at the first check.
A hit is acquitted by its rule's lawful contexts, by a plain negation before it (we do not promise …), in a warning
against such words (谨防 …, 凡是…的都是骗子), where it is debunked (…都是套路), where the word itself is spoken of (“顶级”这个词我们不用), inside a quoted
title 《…》, or as a buyer's quoted words that are marked as such. Findings have valid spans, do not overlap within one
category, and are ordered by start.

The shop's own lists: ``include`` adds phrases that this shop never wants, ``exclude`` silences phrases it may use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from engine.domain.finding import Finding, FindingKind, Severity
from engine.text.folding import Folded, Folder
from engine.text.lexicon import Rule, load_rules

WINDOW = 24
"""Folded characters on either side of a hit in which a lawful context may lie."""

MAX_FIX_ROUNDS = 20
QUOTE_PAIRS = re.compile(r"[“\"「『]([^”\"」』\n]{1,300})[”\"」』]")
TITLE_PAIRS = re.compile(r"《[^》\n]{1,40}》")
SEVERITY_ORDER = {Severity.UNLAWFUL: 0, Severity.RISKY: 1, Severity.NOTE: 2}
STRICT_IN_QUOTES = ("medical", "food", "cosmetics", "health")
"""Rule families that stay risky even in a buyer's mouth."""


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The shop's own lists: ``include`` adds phrases it never wants, ``exclude`` silences phrases it may use."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class LawChecker:
    """Checks texts against the rules in ``lexicons``; cheap to make, compiled at the first use."""

    def __init__(self, lexicons: Path, own: OwnWords | None = None) -> None:
        self._lexicons = lexicons
        self._own = own or OwnWords()

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of every pack."""
        return load_rules(self._lexicons)

    def check(self, text: str, *, domain: str = "general", channel: str = "") -> tuple[Finding, ...]:
        """Unlawful and risky places in order of start."""
        folded = self._folder.fold(text)
        guilty = [hit for hit in self._hits(folded.text, domain, channel) if not self._acquitted(folded.text, hit)]
        guilty.sort(key=lambda hit: hit.rule.pack != domain)
        quotes = self._buyer_quotes(text) if guilty else ()
        found = [self._finding(text, folded, hit, domain) for hit in guilty]
        found = [finding for finding in map(lambda f: _in_quotes(f, quotes), found) if finding is not None]
        found += self._own_findings(text)
        return _tidy(f for f in found if not self._excluded(text, f))

    def fix(self, text: str, *, domain: str = "general", channel: str = "") -> str:
        """``text`` with every safe replacement made; fixing twice changes nothing more."""
        for _ in range(MAX_FIX_ROUNDS):
            fixable = [f for f in self.check(text, domain=domain, channel=channel) if f.replacement is not None]
            fixed = apply_fixes(text, fixable)
            if fixed == text:
                break
            text = fixed
        return text

    def forbidden_phrases(self, domain: str = "general") -> tuple[str, ...]:
        """Phrases that are unlawful in every context (no lawful context is known to their rule)."""
        phrases = {
            word
            for rule in self.rules
            if rule.severity is Severity.UNLAWFUL and not rule.unless and rule.applies(domain, "")
            for word in rule.words
            if len(word) > 1
        }
        phrases |= {"最佳", "极品", "全网最低", "根治", "包治", "稳赚", "独一无二", "销量冠军", "国家级"}
        return tuple(sorted(phrases | set(self._own.include)))

    @cached_property
    def _folder(self) -> Folder:
        return Folder(self._lexicons)

    @cached_property
    def _contexts(self) -> dict[str, re.Pattern[str]]:
        raw = json.loads((self._lexicons / "contexts.json").read_text(encoding="utf-8"))
        return {name: re.compile(pattern) for name, pattern in raw.items()}

    @cached_property
    def _words(self) -> dict[str, list[Rule]]:
        table: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for word in rule.words:
                table.setdefault(word, []).append(rule)
        return table

    @cached_property
    def _word_pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._words, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, longest_first)))

    def _hits(self, text: str, domain: str, channel: str) -> Iterator[_Hit]:
        for match in self._word_pattern.finditer(text):
            for rule in self._words[match.group()]:
                if rule.applies(domain, channel):
                    yield _Hit(rule, match.start(), match.end())
        for rule in self.rules:
            if rule.pattern is not None and rule.applies(domain, channel):
                for match in rule.pattern.finditer(text):
                    if match.end() > match.start():
                        yield _Hit(rule, match.start(), match.end())

    def _acquitted(self, text: str, hit: _Hit) -> bool:
        left, right = max(0, hit.start - WINDOW), min(len(text), hit.end + WINDOW)
        window = text[left:right]
        start, end = hit.start - left, hit.end - left
        if any(m.start() < end and m.end() > start for p in hit.rule.unless for m in p.finditer(window)):
            return True
        if self._contexts["warning"].search(window[:start]) or self._contexts["mention"].search(window[end:]):
            return True
        if self._contexts["accused"].search(window[:start]) and self._contexts["unmasked"].search(window[end:]):
            return True
        if self._contexts["debunked"].search(window[end:]) or self._contexts["believed"].search(window[:start]):
            return True
        if self._contexts["negation"].search(window[:start]):
            return not self._contexts["double_negation"].search(window)
        return any(m.start() < start and m.end() > end for m in TITLE_PAIRS.finditer(window))

    def _finding(self, text: str, folded: Folded, hit: _Hit, domain: str) -> Finding:
        start, end = folded.span(hit.start, hit.end)
        return Finding(
            kind=FindingKind.LAW,
            severity=hit.rule.severity,
            start=start,
            end=end,
            text=text[start:end],
            rule=hit.rule.key,
            reason=hit.rule.reason,
            category=hit.rule.category,
            article=hit.rule.article_for(domain),
            replacement=hit.rule.fix,
        )

    def _buyer_quotes(self, text: str) -> tuple[tuple[int, int], ...]:
        before, after = self._contexts["buyer"], self._contexts["buyer_after"]
        return tuple(
            m.span()
            for m in QUOTE_PAIRS.finditer(text)
            if before.search(text[max(0, m.start() - 30) : m.start()]) or after.search(text[m.end() : m.end() + 16])
        )

    def _own_findings(self, text: str) -> list[Finding]:
        return [
            Finding(
                FindingKind.LAW,
                Severity.RISKY,
                m.start(),
                m.end(),
                m.group(),
                "own.include",
                "店铺自己定的禁用词",
                "店铺词表",
            )
            for phrase in self._own.include
            if phrase
            for m in re.finditer(re.escape(phrase), text, re.IGNORECASE)
        ]

    def _excluded(self, text: str, finding: Finding) -> bool:
        return any(
            m.start() < finding.end and m.end() > finding.start
            for phrase in self._own.exclude
            if phrase
            for m in re.finditer(re.escape(phrase), text)
        )


def apply_fixes(text: str, findings: Iterable[Finding]) -> str:
    """``text`` with the replacements of ``findings`` made, the first of overlapping ones winning."""
    pieces: list[str] = []
    at = 0
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if finding.replacement is None or finding.start < at or finding.start == finding.end:
            continue
        pieces += [text[at : finding.start], finding.replacement]
        at = finding.end
    return "".join([*pieces, text[at:]])


def _in_quotes(finding: Finding, quotes: tuple[tuple[int, int], ...]) -> Finding | None:
    """A marked buyer's words: nothing, or risky where the law forbids even quoting them."""
    if not any(start < finding.start and finding.end < end for start, end in quotes):
        return finding
    if finding.rule.split(".")[0] not in STRICT_IN_QUOTES:
        return None
    return replace(finding, severity=Severity.RISKY, replacement=None)


def _tidy(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for one place: the graver, then the longer one, then the trade's own wins where they overlap."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (SEVERITY_ORDER[f.severity], -(f.end - f.start), f.start)):
        if not any(finding.start < other.end and other.start < finding.end for other in kept):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda f: (f.start, f.end)))
