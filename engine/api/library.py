"""What exists: drafts with their history, and products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from engine.domain import Brief, HistoryEntry
from engine.domain.records import HistoryFilter, Product
from engine.errors import ChoiceUnknown
from engine.files.columns import RowBrief, prepare_table, rows_to_briefs
from engine.files.export import ExportFormat, export_drafts
from engine.files.tables import Table, read_clipboard, read_table
from engine.progress import Ticket
from engine.store import Store
from engine.usecases.taste import Taste


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import came to: products added, and row numbers with the reason in Chinese."""

    added: int
    problems: tuple[tuple[int, str], ...]


class Library:
    """Drafts that exist, and what the seller makes of them; every call is on disk when it returns."""

    def __init__(self, store: Store, taste: Taste) -> None:
        self._store, self._taste = store, taste

    def history(
        self, search: str = "", *, limit: int = 50, offset: int = 0, favourites: bool = False, deleted: bool = False
    ) -> list[HistoryEntry]:
        """Drafts, newest first; ``search`` is full text over text, product and tags."""
        return self.find(
            HistoryFilter(search=search, favourites=favourites, deleted=deleted), limit=limit, offset=offset
        )

    def find(self, wanted: HistoryFilter, *, limit: int = 50, offset: int = 0) -> list[HistoryEntry]:
        """Drafts that fit a filter, newest first."""
        return self._store.drafts.find(wanted, limit=limit, offset=offset)

    def entry(self, draft_id: int) -> HistoryEntry:
        """One draft with its brief; raises ``NotFound``."""
        return self._store.drafts.get(draft_id)

    def siblings(self, draft_id: int) -> list[HistoryEntry]:
        """All drafts of the same click, in shown order."""
        return self._store.drafts.of_request(self._store.drafts.request_id(draft_id))

    def edit(self, draft_id: int, text: str) -> None:
        """Keep the seller's text as a new version."""
        self._store.edits.edit(draft_id, text)

    def versions(self, draft_id: int) -> list[tuple[datetime, str]]:
        """All versions, oldest first, the model's own as the first."""
        return [(version.created_at, version.text) for version in self._store.edits.versions(draft_id)]

    def set_favourite(self, draft_id: int, favourite: bool) -> None:
        """Mark or unmark."""
        self._store.edits.set_favourite(draft_id, favourite)

    def pick(self, draft_id: int, final_text: str) -> None:
        """The seller takes this one, as ``final_text``; the shop's taste learns from it."""
        known = self._store.feedback.get(draft_id)
        waited = (datetime.now(UTC) - self._store.drafts.get(draft_id).created_at).total_seconds()
        seconds = known.seconds_to_accept if known.picked else max(0.0, waited)
        self._store.feedback.pick(draft_id, seconds_to_accept=seconds)
        self._store.feedback.set_final_text(draft_id, final_text)
        self._taste.learn_pick(draft_id, final_text)

    def rate(self, draft_id: int, rating: int | None, reason: str = "") -> None:
        """Keep 1 to 5, or take the rating back."""
        self._store.feedback.rate(draft_id, rating, note=reason)

    def tag(self, draft_id: int, tags: tuple[str, ...]) -> None:
        """Set the tags."""
        self._store.edits.set_tags(draft_id, tags)

    def delete(self, draft_id: int) -> None:
        """Move to the recycle list; ``undelete`` brings it back within 30 days."""
        self._store.edits.delete([draft_id])

    def undelete(self, draft_id: int) -> None:
        """Bring back from the recycle list."""
        self._store.edits.undelete([draft_id])

    def export(self, draft_ids: Sequence[int], path: Path) -> None:
        """Write drafts to a file of the suffix's form: .txt .md .csv .xlsx .docx."""
        forms = {f".{form.value}": form for form in ExportFormat}
        form = forms.get(path.suffix.lower())
        if form is None:
            raise ChoiceUnknown("format", path.suffix, tuple(forms))
        export_drafts([self.entry(draft_id) for draft_id in draft_ids], path, form)


class Products:
    """The seller's products."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, search: str = "", *, limit: int = 200) -> list[Product]:
        """Products, last touched first."""
        return self._store.products.find(search, limit=limit)

    def save(self, brief: Brief, product_id: int = 0) -> int:
        """Keep a product; 0 makes a new one. Returns its number."""
        product = Product(name=brief.product or brief.category, brief=brief, product_id=product_id)
        if not product_id:
            return self._store.products.add(product)
        self._store.products.update(product)
        return product_id

    def delete(self, product_id: int) -> None:
        """Move to the recycle list."""
        self._store.products.delete(product_id)

    def undelete(self, product_id: int) -> None:
        """Bring back."""
        self._store.products.undelete(product_id)

    def import_table(self, path: Path, ticket: Ticket) -> ImportReport:
        """Add every row of a table; broken rows are named, the others go on.

        Raises:
            FileUnreadable, Cancelled: as they say; rows added before a stop stay.
        """
        return self._import(read_table(path), ticket)

    def import_text(self, text: str, ticket: Ticket) -> ImportReport:
        """Add every row of a table that was copied out of a spreadsheet; as ``import_table`` otherwise."""
        return self._import(read_clipboard(text), ticket)

    def _import(self, read: Table, ticket: Ticket) -> ImportReport:
        table, mapping = prepare_table(read)
        added, problems = 0, []
        for row in rows_to_briefs(table, mapping):
            ticket.check()
            if not isinstance(row, RowBrief):
                problems.append((row.number, row.reason))
            elif not (row.brief.product or row.brief.category):
                problems.append((row.number, "no_name"))  # nobody could find it again in the list
            else:
                self.save(row.brief)
                added += 1
            ticket.report("rows", added + len(problems), len(table.rows))
        return ImportReport(added, tuple(problems))
