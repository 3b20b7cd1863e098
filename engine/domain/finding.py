"""A place in a text that the seller should look at: unlawful, not in the brief, or out of form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What the finding is about: the law, the facts of the brief, the channel's form, or clearness."""

    LAW = "law"
    FACT = "fact"
    FORM = "form"
    CLARITY = "clarity"


class Severity(StrEnum):
    """``UNLAWFUL`` must not be published, ``RISKY`` better not, ``NOTE`` is worth a look."""

    UNLAWFUL = "unlawful"
    RISKY = "risky"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text.

    ``start`` and ``end`` count Python characters (code points) of the checked text; both equal len(text) when something
    is *missing*. ``rule`` is a stable key (e.g. ``absolute.zui``); ``reason`` is Chinese for the seller; ``article``
    quotes the law by number (e.g. 《广告法》第九条第三项) or is empty; ``replacement`` is None when there is no safe one,
    and "" when the words should simply go.
    """

    kind: FindingKind
    severity: Severity
    start: int
    end: int
    text: str
    rule: str
    reason: str
    category: str = ""
    article: str = ""
    replacement: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether the text may not be published as it stands."""
        return self.severity is Severity.UNLAWFUL
