"""The text checker of the app: law, facts and form in one call (``engine.ports.TextChecker``).

Ambiguity is asked for by itself (``engine.text.clarity``): a draft is not less lawful for a long sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path

from engine.domain.brief import Brief
from engine.domain.channels import Channel
from engine.domain.finding import Finding
from engine.text.clarity import find_ambiguities
from engine.text.compliance import LawChecker, OwnWords
from engine.text.facts import FactChecker, coverage
from engine.text.form import check_form
from engine.text.grounding import Grounder
from engine.text.prepare import prepare_brief


class CopyChecker:
    """Checks copy against the law, its brief and its channel; made from the assets folder, cheap until first used."""

    def __init__(self, assets: Path, own: OwnWords | None = None) -> None:
        lexicons = assets / "lexicons"
        self._law = LawChecker(lexicons, own)
        self._facts = FactChecker(lexicons)
        self._grounder: Grounder | None = Grounder(lexicons)

    def check(
        self,
        text: str,
        brief: Brief | None,
        *,
        channel: str = "",
        domain: str = "general",
        must_say: tuple[str, ...] = (),
    ) -> tuple[Finding, ...]:
        """Law, fact and form findings in order of start; without a brief, facts are not checked."""
        found = [*self._law.check(text, domain=domain, channel=channel), *check_form(text, channel)]
        if brief is not None:
            found += self._facts.check(text, brief, must_say)
        return tuple(sorted(found, key=lambda f: (f.start, f.end, f.rule)))

    def forbidden_phrases(self, domain: str = "general") -> tuple[str, ...]:
        """Phrases that are unlawful in every context, for the decoder."""
        return self._law.forbidden_phrases(domain)

    def prepare(self, brief: Brief, *, whole_name: bool = False) -> Brief:
        """The brief as the model should read it (``engine.text.prepare``)."""
        return prepare_brief(brief, self._law.check, whole_name=whole_name)

    def fix(self, text: str, *, channel: str = "", domain: str = "general") -> str:
        """``text`` with the safe replacements of the law's findings made; idempotent."""
        return self._law.fix(text, domain=domain, channel=channel)

    def coverage(self, text: str, brief: Brief) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Attribute values and points that the text says, and those that it leaves out."""
        return coverage(text, brief)

    def without_grounding(self) -> CopyChecker:
        """The same checks for drafts that are left as they were written."""
        other = copy(self)
        other._grounder = None
        return other

    def ground(self, text: str, brief: Brief, channel: Channel, *, leniently: bool = False) -> str:
        """``text`` without what stands on nothing (``engine.text.grounding``)."""
        return self._grounder.ground(text, brief, channel, leniently=leniently) if self._grounder else text

    def complete(self, text: str, others: Sequence[str], brief: Brief, channel: Channel, least: int = 0) -> str:
        """A too short ``text`` with what it lacks from other drafts of the brief."""
        return self._grounder.complete(text, others, brief, channel, least) if self._grounder else text

    def ambiguities(self, text: str, brief: Brief | None = None) -> tuple[Finding, ...]:
        """What a buyer may misread."""
        return find_ambiguities(text, brief)
