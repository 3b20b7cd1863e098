"""What the seller made of the drafts, and whole choices as records for ranking and for bundles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from engine.domain.records import Candidate, ChoiceRecord, Feedback, RatingReason
from engine.errors import NotFound
from engine.ports import Clock
from engine.store.codec import draft_from_row, from_time, request_from_row, time_or_none, to_json, to_time
from engine.store.schema import TABLES
from engine.store.session import Session

FEEDBACK, REQUEST, DRAFT = TABLES["feedback"], TABLES["request"], TABLES["draft"]


class FeedbackNotes:
    """The part of the store that is about picks, ratings, reasons and final texts; each call is committed."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def pick(self, draft_id: int, *, picked: bool = True, seconds_to_accept: float | None = None) -> None:
        """The seller took this draft (or took that back); the time since the drafts were shown, in seconds."""
        self._note(draft_id, {"picked": int(picked), "seconds_to_accept": seconds_to_accept})

    def rate(self, draft_id: int, rating: int | None, reasons: tuple[RatingReason, ...] = (), note: str = "") -> None:
        """1 to 5 with reasons and a free word; None takes the rating back."""
        self._note(draft_id, {"rating": rating, "reasons": to_json(reasons), "note": note})

    def set_final_text(self, draft_id: int, text: str | None) -> None:
        """What was published in the end."""
        self._note(draft_id, {"final_text": text})

    def get(self, draft_id: int) -> Feedback:
        """What is known about a draft; an empty ``Feedback`` when nothing was said."""
        row = self._session.row(FEEDBACK.select().where(FEEDBACK.draft_id == draft_id))
        return _feedback(draft_id, row)

    def records(self, *, after_request: int = 0, withdrawn: bool = False) -> Iterator[ChoiceRecord]:
        """Whole choices, oldest first, of requests in which the seller said or did something; withdrawn ones only if asked.

        Deleted drafts are left out; a request whose every draft is deleted does not come.
        """
        text = (
            "SELECT DISTINCT request.id FROM request JOIN draft ON draft.request_id = request.id "
            "LEFT JOIN feedback ON feedback.draft_id = draft.id WHERE request.id > ? AND draft.deleted_at IS NULL "
            "AND (feedback.draft_id IS NOT NULL OR draft.edited_text IS NOT NULL OR draft.favourite = 1) "
            f"AND (request.withdrawn_at IS NULL OR {int(withdrawn)}) ORDER BY request.id"
        )
        for (request_id,) in self._session.sql(text, (after_request,)):
            yield self.record(request_id)

    def record(self, request_id: int) -> ChoiceRecord:
        """One whole choice; raises ``NotFound``."""
        row = self._session.row(REQUEST.select().where(REQUEST.id == request_id))
        if row is None:
            raise NotFound("request", str(request_id))
        return ChoiceRecord(
            record_key=row["record_key"],
            request_id=request_id,
            request=request_from_row(row),
            seed=row["seed"],
            model_name=row["model_name"],
            model_sha256=row["model_sha256"],
            created_at=from_time(row["created_at"]),
            candidates=self._candidates(request_id),
            withdrawn_at=time_or_none(row["withdrawn_at"]),
        )

    def withdraw(self, request_id: int) -> str:
        """Keep a choice out of every later bundle and list it for removal; returns its record key.

        Raises:
            NotFound: no such request.
        """
        now = to_time(self._clock.now())
        with self._session.transaction():
            key = self._session.scalar("SELECT record_key FROM request WHERE id = ?", (request_id,))
            if key is None:
                raise NotFound("request", str(request_id))
            self._session.run(REQUEST.update(withdrawn_at=now).where(REQUEST.id == request_id))
            self._session.sql("INSERT OR IGNORE INTO withdrawal VALUES (?, ?)", (key, now))
        return str(key)

    def withdrawn_keys(self) -> list[str]:
        """Record keys that whoever got a bundle must remove; they outlive the erased records."""
        return [str(row[0]) for row in self._session.sql("SELECT record_key FROM withdrawal ORDER BY record_key")]

    def _candidates(self, request_id: int) -> tuple[Candidate, ...]:
        where = (DRAFT.request_id == request_id) & DRAFT.deleted_at.is_null() & (DRAFT.rank >= 0)
        rows = self._session.rows(DRAFT.select().where(where).order_by(DRAFT.rank, DRAFT.place))
        return tuple(
            Candidate(draft_from_row(row), self.get(row["id"]), row["edited_text"], bool(row["favourite"]))
            for row in rows
        )

    def _note(self, draft_id: int, values: dict[str, Any]) -> None:
        with self._session.transaction():
            if self._session.scalar("SELECT 1 FROM draft WHERE id = ?", (draft_id,)) is None:
                raise NotFound("draft", str(draft_id))
            values["updated_at"] = to_time(self._clock.now())
            if not self._session.run(FEEDBACK.update(**values).where(FEEDBACK.draft_id == draft_id)):
                empty = {"picked": 0, "reasons": "[]", "note": ""}
                self._session.run(FEEDBACK.insert(**{"draft_id": draft_id, **empty, **values}))


def _feedback(draft_id: int, row: dict[str, Any] | None) -> Feedback:
    if row is None:
        return Feedback(draft_id)
    return Feedback(
        draft_id=draft_id,
        picked=bool(row["picked"]),
        rating=row["rating"],
        reasons=tuple(RatingReason(reason) for reason in json.loads(row["reasons"])),
        note=row["note"],
        final_text=row["final_text"],
        seconds_to_accept=row["seconds_to_accept"],
        updated_at=from_time(row["updated_at"]),
    )
