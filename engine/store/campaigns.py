"""Campaigns with their results, consents, and small named blobs (the preference model)."""

from __future__ import annotations

import json
import secrets
from typing import Any

from engine.domain import Brief, Channel
from engine.domain.preference import CampaignPlan, Goal, VersionResult
from engine.domain.records import Campaign, CampaignResult, Consent, ConsentScope
from engine.errors import NotFound
from engine.ports import Clock
from engine.store.codec import from_time, text_or_none, time_or_none, to_json, to_time
from engine.store.schema import TABLES
from engine.store.session import Session

CAMPAIGN, RESULT, CONSENT = TABLES["campaign"], TABLES["result"], TABLES["consent"]
VERSION = TABLES["campaign_version"]

INSTALLATION = "installation_id"


class Campaigns:
    """Promotions and what the texts brought."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def save(self, campaign: Campaign) -> int:
        """Keep a campaign, new (number 0) or changed; returns its number."""
        values = {
            "name": campaign.name,
            "channel": campaign.channel.value if campaign.channel else None,
            "note": campaign.note,
            "started_at": text_or_none(campaign.started_at),
            "ended_at": text_or_none(campaign.ended_at),
            "plan": _plan_to_text(campaign.plan),
        }
        if not campaign.campaign_id:
            return int(self._session.run(CAMPAIGN.insert(**values)))
        if not self._session.run(CAMPAIGN.update(**values).where(CAMPAIGN.id == campaign.campaign_id)):
            raise NotFound("campaign", str(campaign.campaign_id))
        return campaign.campaign_id

    def all(self) -> list[Campaign]:
        """Every campaign that was not deleted, newest first."""
        query = CAMPAIGN.select().where(CAMPAIGN.deleted_at.is_null()).order_by(CAMPAIGN.id.desc())
        return [_campaign(row) for row in self._session.rows(query)]

    def get(self, campaign_id: int) -> Campaign:
        """One campaign; raises ``NotFound``."""
        row = self._session.row(CAMPAIGN.select().where(CAMPAIGN.id == campaign_id))
        if row is None:
            raise NotFound("campaign", str(campaign_id))
        return _campaign(row)

    def delete(self, campaign_id: int) -> None:
        """Move a campaign to the recycle list; ``undelete`` brings it back."""
        self._mark(campaign_id, to_time(self._clock.now()))

    def undelete(self, campaign_id: int) -> None:
        """Bring it back with its versions and results."""
        self._mark(campaign_id, None)

    def _mark(self, campaign_id: int, moment: str | None) -> None:
        if not self._session.run(CAMPAIGN.update(deleted_at=moment).where(CAMPAIGN.id == campaign_id)):
            raise NotFound("campaign", str(campaign_id))

    def set_version(self, campaign_id: int, code: str, draft_id: int) -> None:
        """This draft is the version of this code."""
        self._session.sql("INSERT OR REPLACE INTO campaign_version VALUES (?, ?, ?)", (campaign_id, code, draft_id))

    def versions(self, campaign_id: int) -> dict[str, int]:
        """Drafts by version code; a version whose draft was erased is not written."""
        rows = self._session.rows(VERSION.select().where(VERSION.campaign_id == campaign_id))
        return {row["code"]: row["draft_id"] for row in rows}

    def latest(self, campaign_id: int) -> list[VersionResult]:
        """The newest reading of every version."""
        newest = {result.code: result for result in self.results(campaign_id) if result.code}
        return [VersionResult(r.code, r.shown, r.clicks, r.orders) for r in newest.values()]

    def add_result(self, result: CampaignResult) -> int:
        """Keep one reading of the platform's figures; returns its number."""
        values = {
            "campaign_id": result.campaign_id,
            "draft_id": result.draft_id,
            "shown": result.shown,
            "clicks": result.clicks,
            "orders": result.orders,
            "revenue_cents": result.revenue_cents,
            "code": result.code,
            "measured_at": to_time(result.measured_at or self._clock.now()),
        }
        return int(self._session.run(RESULT.insert(**values)))

    def results(self, campaign_id: int) -> list[CampaignResult]:
        """All readings of a campaign, oldest first."""
        rows = self._session.rows(RESULT.select().where(RESULT.campaign_id == campaign_id).order_by(RESULT.id))
        return [_result(row) for row in rows]


class Consents:
    """The seller's agreements to bundles, and the random number under which bundles come from this computer."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def give(self, version: str, scope: tuple[ConsentScope, ...]) -> Consent:
        """Keep an agreement; the earlier one ends with it."""
        with self._session.transaction():
            self.withdraw()
            values = {"version": version, "scope": to_json(scope), "given_at": to_time(self._clock.now())}
            self._session.run(CONSENT.insert(**values))
        return self.all()[-1]

    def withdraw(self) -> None:
        """End the agreement that holds, if any."""
        ended = {"withdrawn_at": to_time(self._clock.now())}
        self._session.run(CONSENT.update(**ended).where(CONSENT.withdrawn_at.is_null()))

    def current(self) -> Consent | None:
        """The agreement that holds."""
        holding = [consent for consent in self.all() if consent.holds]
        return holding[-1] if holding else None

    def all(self) -> list[Consent]:
        """Every agreement ever given, oldest first."""
        rows = self._session.rows(CONSENT.select().order_by(CONSENT.id))
        return [_consent(row) for row in rows]

    def installation_id(self) -> str:
        """The random number under which bundles come from here; made when first asked."""
        found = self._session.scalar("SELECT value FROM meta WHERE key = ?", (INSTALLATION,))
        return str(found) if found else self.rotate_installation_id()

    def rotate_installation_id(self) -> str:
        """A new number; later bundles cannot be joined to earlier ones."""
        new = secrets.token_hex(16)
        self._session.sql("INSERT OR REPLACE INTO meta VALUES (?, ?)", (INSTALLATION, new))
        return new


class Blobs:
    """Named bytes, such as the preference model."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes under a name, in place of what was there."""
        self._session.sql("INSERT OR REPLACE INTO blob VALUES (?, ?, ?)", (name, data, to_time(self._clock.now())))

    def get(self, name: str) -> bytes | None:
        """The bytes of a name, None when there are none."""
        found = self._session.scalar("SELECT data FROM blob WHERE name = ?", (name,))
        return None if found is None else bytes(found)

    def remove(self, name: str) -> None:
        """Forget a name."""
        self._session.sql("DELETE FROM blob WHERE name = ?", (name,))


def _campaign(row: dict[str, Any]) -> Campaign:
    channel = Channel(row["channel"]) if row["channel"] else None
    start, end = time_or_none(row["started_at"]), time_or_none(row["ended_at"])
    return Campaign(row["name"], channel, row["note"], start, end, row["id"], _plan_from_text(row["plan"]))


def _plan_to_text(plan: CampaignPlan | None) -> str:
    if plan is None:
        return "{}"
    return to_json(
        {
            "brief": plan.brief.to_dict(),
            "goals": plan.goals,
            "channels": plan.channels,
            "audiences": plan.audiences,
            "each": plan.each,
            "voice_id": plan.voice_id,
        }
    )


def _plan_from_text(column: str) -> CampaignPlan | None:
    data = json.loads(column)
    if not data:
        return None
    return CampaignPlan(
        Brief.from_dict(data["brief"]),
        tuple(Goal(name) for name in data["goals"]),
        tuple(Channel(name) for name in data["channels"]),
        tuple(data["audiences"]),
        data["each"],
        data["voice_id"],
    )


def _result(row: dict[str, Any]) -> CampaignResult:
    figures = (row["shown"], row["clicks"], row["orders"], row["revenue_cents"])
    measured = from_time(row["measured_at"])
    return CampaignResult(row["campaign_id"], row["draft_id"], *figures, measured, row["id"], row["code"])


def _consent(row: dict[str, Any]) -> Consent:
    scope = tuple(ConsentScope(name) for name in json.loads(row["scope"]))
    return Consent(row["version"], scope, from_time(row["given_at"]), time_or_none(row["withdrawn_at"]), row["id"])
