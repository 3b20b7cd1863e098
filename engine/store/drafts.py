"""Requests and drafts: kept as they land, shown as history, found by full text and filters."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from engine.domain import ComposeRequest, Draft, HistoryEntry
from engine.domain.records import HistoryFilter
from engine.errors import NotFound
from engine.ports import Clock
from engine.store.codec import (
    brief_to_text,
    draft_from_row,
    draft_to_row,
    from_time,
    ranking_to_row,
    request_from_row,
    settings_to_text,
    texts,
    time_or_none,
    to_time,
)
from engine.store.schema import TABLES
from engine.store.search import DraftIndex
from engine.store.session import Session

REQUEST, DRAFT = TABLES["request"], TABLES["draft"]

ENTRY_NAMES = (
    "id", "place", "text", "tokens", "seed", "stop", "logprob", "findings", "score", "score_parts", "rank", "covered", "missed",
    "edited_text", "favourite", "tags", "created_at", "deleted_at", "brief", "channel", "task", "settings", "model_name",
    "picked", "rating",
)  # fmt: skip
ENTRY_TABLES = ("draft",) * 18 + ("request",) * 5 + ("feedback",) * 2
ENTRY_COLUMNS = ", ".join(f"{table}.{name}" for table, name in zip(ENTRY_TABLES, ENTRY_NAMES, strict=True))

FILTERS: tuple[tuple[str, str], ...] = (
    ("channel", "request.channel = ?"),
    ("task", "request.task = ?"),
    ("tag", "EXISTS (SELECT 1 FROM tag WHERE tag.draft_id = draft.id AND tag.name = ?)"),
    ("product", "request.product_name = ?"),
    ("model_name", "request.model_name = ?"),
    ("since", "draft.created_at >= ?"),
    ("until", "draft.created_at < ?"),
    ("min_rating", "feedback.rating >= ?"),
)
"""Fields of ``HistoryFilter`` that carry a value, with their condition."""

FLAGS: tuple[tuple[str, str], ...] = (("favourites", "draft.favourite = 1"), ("picked", "feedback.picked = 1"))


class Drafts:
    """The part of the store that is about drafts; every call is committed when it returns."""

    def __init__(self, session: Session, clock: Clock, index: DraftIndex) -> None:
        self._session, self._clock, self._index = session, clock, index

    def add_request(
        self,
        request: ComposeRequest,
        model_name: str,
        seed: int,
        *,
        model_sha256: str = "",
        product_id: int | None = None,
    ) -> int:
        """Keep a request; returns its number."""
        row = {
            "record_key": secrets.token_hex(12),
            "product_id": product_id,
            "product_name": request.brief.product,
            "brief": brief_to_text(request.brief),
            "channel": request.channel.value,
            "task": request.task.value,
            "settings": settings_to_text(request),
            "seed": seed,
            "model_name": model_name,
            "model_sha256": model_sha256,
            "created_at": to_time(self._clock.now()),
        }
        return int(self._session.run(REQUEST.insert(**row)))

    def add_draft(self, request_id: int, draft: Draft) -> int:
        """Keep a draft as it lands; returns its number.

        Raises:
            NotFound: no such request.
        """
        with self._session.transaction():
            product = self._session.scalar("SELECT product_name FROM request WHERE id = ?", (request_id,))
            if product is None:
                raise NotFound("request", str(request_id))
            now = to_time(self._clock.now())
            row = {"request_id": request_id, "created_at": now, "favourite": 0, "tags": "[]", **draft_to_row(draft)}
            draft_id = int(self._session.run(DRAFT.insert(**row)))
            self._index.put(draft_id, (draft.text, str(product)))
        return draft_id

    def set_ranking(self, request_id: int, drafts: Sequence[Draft]) -> None:
        """Keep the order shown, the scores and the findings; drafts are known by number, else by ``index``."""
        with self._session.transaction():
            for draft in drafts:
                known = (DRAFT.id == draft.draft_id) if draft.draft_id else (DRAFT.place == draft.index)
                self._session.run(DRAFT.update(**ranking_to_row(draft)).where((DRAFT.request_id == request_id) & known))

    def get(self, draft_id: int) -> HistoryEntry:
        """One draft with its brief; raises ``NotFound``."""
        found = self._entries("draft.id = ?", (draft_id,), 1, 0)
        if not found:
            raise NotFound("draft", str(draft_id))
        return found[0]

    def of_request(self, request_id: int) -> list[HistoryEntry]:
        """The drafts of a request that were shown, in that order."""
        found = self._entries("draft.request_id = ? AND draft.rank >= 0", (request_id,), -1, 0)
        return sorted(found, key=lambda entry: (entry.draft.rank, entry.draft.index))

    def request_id(self, draft_id: int) -> int:
        """The request that a draft answers; raises ``NotFound``."""
        found = self._session.scalar("SELECT request_id FROM draft WHERE id = ?", (draft_id,))
        if found is None:
            raise NotFound("draft", str(draft_id))
        return int(found)

    def request(self, request_id: int) -> ComposeRequest:
        """A kept request; raises ``NotFound``."""
        row = self._session.row(REQUEST.select().where(REQUEST.id == request_id))
        if row is None:
            raise NotFound("request", str(request_id))
        return request_from_row(row)

    def find(self, wanted: HistoryFilter, *, limit: int = 50, offset: int = 0) -> list[HistoryEntry]:
        """Drafts that fit, newest first."""
        where, values = self._condition(wanted)
        return self._entries(where, values, limit, offset)

    def count(self, wanted: HistoryFilter) -> int:
        """How many drafts fit."""
        where, values = self._condition(wanted)
        return int(self._session.scalar(f"SELECT count(*) {_joins(where)} WHERE {where}", values))

    def _condition(self, wanted: HistoryFilter) -> tuple[str, tuple[Any, ...]]:
        parts = ["draft.rank >= 0", "draft.deleted_at IS NOT NULL" if wanted.deleted else "draft.deleted_at IS NULL"]
        values: list[Any] = []
        if wanted.search.strip():
            expression = self._index.match(wanted.search)
            parts.append("draft_fts MATCH ?" if expression else "0")
            values.extend([expression] if expression else [])
        for name, condition in FILTERS:
            value = getattr(wanted, name)
            if value not in (None, ""):
                parts.append(condition)
                values.append(to_time(value) if name in ("since", "until") else value)
        parts += [condition for name, condition in FLAGS if getattr(wanted, name)]
        return " AND ".join(parts), tuple(values)

    def _entries(self, where: str, values: tuple[Any, ...], limit: int, offset: int) -> list[HistoryEntry]:
        order = "draft_fts.rowid" if "draft_fts" in where else "draft.id"
        # The page's numbers are found first, on indexes alone; whole drafts are read for those only.
        page = f"SELECT draft.id {_joins(where)} WHERE {where} ORDER BY {order} DESC LIMIT ? OFFSET ?"
        text = f"SELECT {ENTRY_COLUMNS} {_joins('')} WHERE draft.id IN ({page}) ORDER BY draft.id DESC"
        found = self._session.sql(text, (*values, limit, offset))
        return [_entry(dict(zip(ENTRY_NAMES, row, strict=True))) for row in found]


def _joins(where: str) -> str:
    """The tables that a condition speaks of; without one (the empty text), all that an entry is made of."""
    # CROSS JOIN fixes the order: from the hits, newest first, to their drafts and requests, never the other way round
    hits = "draft_fts" in where
    parts = ["FROM draft_fts CROSS JOIN draft ON draft.id = draft_fts.rowid" if hits else "FROM draft"]
    if not where or "request." in where:
        parts.append(f"{'CROSS ' if hits else ''}JOIN request ON request.id = draft.request_id")
    if not where or "feedback." in where:
        parts.append("LEFT JOIN feedback ON feedback.draft_id = draft.id")
    return " ".join(parts)


def _entry(row: dict[str, Any]) -> HistoryEntry:
    request = request_from_row(row)
    return HistoryEntry(
        draft=draft_from_row(row),
        brief=request.brief,
        channel=request.channel,
        task=request.task,
        created_at=from_time(row["created_at"]),
        model_name=row["model_name"],
        edited_text=row["edited_text"],
        favourite=bool(row["favourite"]),
        picked=bool(row["picked"]),
        rating=row["rating"],
        tags=texts(row["tags"]),
        deleted_at=time_or_none(row["deleted_at"]),
    )
