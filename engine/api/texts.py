"""Everything that can be asked of a text without a model: law, facts, clearness, words, differences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.domain import Brief, Channel, Finding
from engine.files.clipboard import clipboard_text
from engine.files.tables import read_table
from engine.text.checker import CopyChecker
from engine.text.cleaning import clean_text
from engine.text.compliance import OwnWords
from engine.text.diff import diff_words
from engine.text.keywords import AttributeGuess, KeywordFinder, TitleScore
from engine.text.pasted import parse_pasted
from engine.text.reviews import AspectSummary, ReviewReader, find_review_column


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """The column that was read, how many reviews, how many of them speak well, and the aspects."""

    column: str
    reviews: int
    good: int
    aspects: tuple[AspectSummary, ...]


class Texts:
    """Checks and measures texts; cheap to make, its tables are read at the first call."""

    def __init__(self, assets: Path, own: OwnWords | None = None) -> None:
        self.checker = CopyChecker(assets, own)
        self._finder = KeywordFinder(assets / "lexicons")
        self._reviews = ReviewReader(assets / "lexicons")

    def warm_up(self) -> None:
        """Read the tables now, so that the first draft need not wait for them; for a thread beside the window."""
        brief = Brief("连衣裙")
        self.checker.check("裙子", self.checker.prepare(brief))
        self.checker.ground("裙子好看。", brief, Channel.DETAIL)

    def check(
        self, text: str, brief: Brief | None, channel: Channel | None = None, domain: str = "general"
    ) -> tuple[Finding, ...]:
        """Law, fact and form findings in order of start; without a brief facts are not checked."""
        return self.checker.check(text, brief, channel=channel.value if channel else "", domain=domain)

    def fix(self, text: str, domain: str = "general") -> str:
        """The text with the safe replacements made."""
        return self.checker.fix(text, domain=domain)

    def coverage(self, text: str, brief: Brief) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Attribute values and points that the text says, and those that it leaves out."""
        return self.checker.coverage(text, brief)

    def clarity(self, text: str, brief: Brief | None = None) -> tuple[Finding, ...]:
        """What a buyer may misread."""
        return self.checker.ambiguities(text, brief)

    def parse_pasted(self, text: str) -> Brief:
        """A brief from a free text, a title, ``名称：值`` lines or ``属性#值*属性#值``."""
        return parse_pasted(text, self._finder)

    def keywords(self, text: str, limit: int = 12) -> list[str]:
        """The words that matter most, best first."""
        return [keyword.word for keyword in self._finder.tfidf(text, limit)]

    def guesses(self, text: str) -> tuple[AttributeGuess, ...]:
        """Attributes that the words of a text suggest, with the words."""
        return self._finder.guess_attributes(clean_text(text))

    def title_score(self, title: str, brief: Brief) -> TitleScore:
        """Which of the product's search words a title has."""
        return self._finder.title_coverage(clean_text(title), brief)

    def read_reviews(self, path: Path) -> ReviewReport:
        """What the buyers of a table of reviews praise and complain of.

        Raises:
            FileUnreadable: as ``engine.files.tables`` says.
        """
        table = read_table(path)
        rows = [row.cells for row in table.good_rows]
        column = find_review_column(table.headings, rows)
        reviews = [clean_text(row[column]) for row in rows if row[column]]
        good = sum(self._reviews.polarity(review) > 0 for review in reviews)
        return ReviewReport(table.headings[column], len(reviews), good, self._reviews.summarise(reviews))

    def diff(self, before: str, after: str) -> list[tuple[str, str]]:
        """Pieces ``("same" | "added" | "removed", text)`` by words."""
        return [(piece.change.value, piece.text) for piece in diff_words(before, after)]

    def clipboard(self, text: str, channel: Channel) -> str:
        """The text as the channel's platform wants it pasted."""
        return clipboard_text(channel, text)
