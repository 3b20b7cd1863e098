"""Campaigns: versions of one brief for goals, audiences and channels, their A/B sheet, their results, what to try next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from engine.domain import HistoryEntry
from engine.domain.preference import CampaignPlan, CampaignReport, Recommendation, Version
from engine.domain.records import Campaign, CampaignResult, HistoryFilter
from engine.errors import BriefInvalid, ChoiceUnknown, NotFound
from engine.files.sheets import write_csv, write_xlsx
from engine.files.tables import read_table
from engine.progress import Ticket
from engine.store import Store
from engine.usecases.campaign_run import Writer, try_next, write_versions
from engine.usecases.campaigns import (
    SHEET_HEADERS,
    judge_campaign,
    read_results,
    sheet_rows,
    versions_of,
    with_text,
)

SHEETS = {".csv": write_csv, ".xlsx": write_xlsx}
HISTORY = 2000
"""Newest drafts that a recommendation looks at."""


class Campaigns:
    """The shop's campaigns."""

    def __init__(self, store: Store, writer: Callable[[], Writer]) -> None:
        self._store, self._writer = store, writer

    def all(self) -> list[Campaign]:
        """Every campaign with a plan, newest first."""
        return [campaign for campaign in self._store.campaigns.all() if campaign.plan is not None]

    def add(self, name: str, plan: CampaignPlan) -> Campaign:
        """Keep a new campaign; raises ``BriefInvalid`` when its plan makes no version."""
        versions_of(plan)
        number = self._store.campaigns.save(Campaign(name, started_at=datetime.now(UTC), plan=plan))
        return self._store.campaigns.get(number)

    def delete(self, campaign_id: int) -> None:
        """Move it to the recycle list."""
        self._store.campaigns.delete(campaign_id)

    def undelete(self, campaign_id: int) -> None:
        """Bring it back."""
        self._store.campaigns.undelete(campaign_id)

    def versions(self, campaign_id: int) -> tuple[Version, ...]:
        """All its versions in their order, with the texts as the seller left them where they were written."""
        plan = self._store.campaigns.get(campaign_id).plan
        if plan is None:
            raise NotFound("campaign", str(campaign_id))
        drafts = self._store.campaigns.versions(campaign_id)
        return tuple(self._written(version, drafts.get(version.code, 0)) for version in versions_of(plan))

    def write(self, campaign_id: int, on_version: Callable[[Version], None], ticket: Ticket) -> int:
        """Write the versions that are not written yet; each is on disk when ``on_version`` gets it.

        Raises:
            Cancelled, and what ``Composer.compose`` raises: what was written stays, and a second call goes on.
        """

        def keep(version: Version) -> None:
            self._store.campaigns.set_version(campaign_id, version.code, version.draft_id)
            on_version(version)

        return write_versions(self.versions(campaign_id), self._writer(), keep, ticket)

    def export(self, campaign_id: int, path: Path) -> int:
        """Write the A/B sheet (.xlsx, .csv) of the written versions; how many.

        Raises:
            BriefInvalid: nothing is written yet.
            ChoiceUnknown, FileUnwritable: as they say.
        """
        write = SHEETS.get(path.suffix.lower())
        if write is None:
            raise ChoiceUnknown("format", path.suffix, tuple(SHEETS))
        written = [version for version in self.versions(campaign_id) if version.text]
        if not written:
            raise BriefInvalid("versions", "empty")
        write(path, SHEET_HEADERS, [tuple(row.values()) for row in sheet_rows(written)])
        return len(written)

    def import_results(self, campaign_id: int, path: Path) -> CampaignReport:
        """Take the figures of a filled sheet over those of before, and judge.

        Raises:
            FileUnreadable, TableUnusable: as they say.
        """
        table = read_table(path)
        rows = [dict(zip(table.headings, row.cells, strict=True)) for row in table.good_rows]
        results, bad = read_results(rows)
        drafts = self._store.campaigns.versions(campaign_id)
        codes = {version.code for version in self.versions(campaign_id)}
        for found in results:
            if found.code in codes:
                counts = (found.impressions, found.clicks, found.orders)
                kept = CampaignResult(campaign_id, drafts.get(found.code), *counts, code=found.code)
                self._store.campaigns.add_result(kept)
        return judge_campaign(self.versions(campaign_id), results, tuple(table.good_rows[n - 1].number for n in bad))

    def report(self, campaign_id: int) -> CampaignReport:
        """The newest figures of every version, judged."""
        return judge_campaign(self.versions(campaign_id), self._store.campaigns.latest(campaign_id))

    def suggestions(self) -> tuple[Recommendation, ...]:
        """A channel, a tone and an audience to try next; the same until something new happens."""
        history = self._own_choices()
        reports = list(self._reports())
        seed = len(history) + sum(len(report.versions) for report in reports)
        return try_next(history, reports, self._store.audiences.all(), seed)

    def _own_choices(self) -> list[HistoryEntry]:
        """The newest drafts that the seller chose among; a campaign's versions are judged by their results instead."""
        versions = {number for c in self.all() for number in self._store.campaigns.versions(c.campaign_id).values()}
        found = self._store.drafts.find(HistoryFilter(), limit=HISTORY)
        return [entry for entry in found if entry.picked or entry.draft.draft_id not in versions]

    def _reports(self) -> Iterator[CampaignReport]:
        for campaign in self.all():
            yield self.report(campaign.campaign_id)

    def _written(self, version: Version, draft_id: int) -> Version:
        if not draft_id:
            return version
        return with_text(version, self._store.drafts.get(draft_id).current_text, draft_id)
