"""What the seller does to drafts: edit in versions, mark, tag, delete with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.domain.records import Author, DraftVersion
from engine.errors import NotFound
from engine.ports import Clock
from engine.store.codec import from_time, to_json, to_time
from engine.store.drafts import Drafts
from engine.store.schema import TABLES
from engine.store.search import DraftIndex
from engine.store.session import Session

DRAFT, VERSION, TAG = TABLES["draft"], TABLES["version"], TABLES["tag"]


class Edits:
    """The part of the store in which drafts change; every call is committed when it returns."""

    def __init__(self, session: Session, clock: Clock, index: DraftIndex, drafts: Drafts) -> None:
        self._session, self._clock, self._index, self._drafts = session, clock, index, drafts

    def edit(self, draft_id: int, text: str, author: Author = Author.SELLER) -> DraftVersion:
        """Keep a new version of a draft's text; the same text again makes none."""
        with self._session.transaction():
            entry = self._drafts.get(draft_id)
            latest = self.versions(draft_id)[-1]
            if latest.text == text:
                return latest
            version = DraftVersion(draft_id, latest.number + 1, text, author, self._clock.now())
            row = {"draft_id": draft_id, "number": version.number, "text": text, "author": author.value}
            self._session.run(VERSION.insert(**{**row, "created_at": to_time(version.created_at)}))
            self._session.run(DRAFT.update(edited_text=text).where(DRAFT.id == draft_id))
            self._index.put(draft_id, (text, entry.brief.product, *entry.tags))
        return version

    def versions(self, draft_id: int) -> list[DraftVersion]:
        """Every state of the text, number 0 being what the model wrote."""
        entry = self._drafts.get(draft_id)
        first = DraftVersion(draft_id, 0, entry.draft.text, Author.MODEL, entry.created_at)
        found = self._session.rows(VERSION.select().where(VERSION.draft_id == draft_id).order_by(VERSION.number))
        return [first] + [
            DraftVersion(draft_id, row["number"], row["text"], Author(row["author"]), from_time(row["created_at"]))
            for row in found
        ]

    def restore_version(self, draft_id: int, number: int) -> DraftVersion:
        """Go back to an earlier state; the way there stays in the list."""
        for version in self.versions(draft_id):
            if version.number == number:
                return self.edit(draft_id, version.text)
        raise NotFound("version", f"{draft_id}/{number}")

    def set_favourite(self, draft_id: int, favourite: bool) -> None:
        """Put a draft among the favourites, or take it out."""
        self._update(draft_id, {"favourite": int(favourite)})

    def set_tags(self, draft_id: int, tags: Sequence[str]) -> None:
        """Replace a draft's tags."""
        names = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
        with self._session.transaction():
            self._update(draft_id, {"tags": to_json(names)})
            self._session.run(TAG.delete().where(TAG.draft_id == draft_id))
            for name in names:
                self._session.run(TAG.insert(**{"draft_id": draft_id, "name": name}))
            entry = self._drafts.get(draft_id)
            self._index.put(draft_id, (entry.current_text, entry.brief.product, *names))

    def tags(self) -> list[str]:
        """All tags in use, the commonest first."""
        text = "SELECT name FROM tag GROUP BY name ORDER BY count(*) DESC, name"
        return [str(row[0]) for row in self._session.sql(text)]

    def delete(self, draft_ids: Sequence[int]) -> None:
        """Put drafts into the recycle bin; ``undelete`` fetches them back for 30 days."""
        self._set_deleted(draft_ids, to_time(self._clock.now()))

    def undelete(self, draft_ids: Sequence[int]) -> None:
        """Fetch drafts back from the recycle bin."""
        self._set_deleted(draft_ids, None)

    def _set_deleted(self, draft_ids: Sequence[int], moment: str | None) -> None:
        with self._session.transaction():
            for draft_id in draft_ids:
                self._update(draft_id, {"deleted_at": moment})

    def _update(self, draft_id: int, values: dict[str, Any]) -> None:
        if not self._session.run(DRAFT.update(**values).where(DRAFT.id == draft_id)):
            raise NotFound("draft", str(draft_id))
