"""The fake engine's campaigns: kept in memory, planned and judged by the real rules, written by the fake model."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.domain.preference import CampaignPlan, CampaignReport, Recommendation, Version, VersionResult
from engine.domain.records import Campaign
from engine.progress import Ticket
from engine.usecases.campaign_run import try_next, write_versions
from engine.usecases.campaigns import judge_campaign, read_results, sheet_rows, versions_of

if TYPE_CHECKING:
    from fake_engine import FakeState


class FakeCampaigns:
    """Campaigns in a dict."""

    def __init__(self, state: FakeState, writer: Any) -> None:
        self.state, self.writer = state, writer
        self.kept, self.gone = state.campaigns, dict[int, Campaign]()
        self.written: dict[tuple[int, str], Version] = {}
        self.results: dict[int, tuple[VersionResult, ...]] = {}

    def all(self) -> list[Campaign]:
        return sorted(self.kept.values(), key=lambda campaign: -campaign.campaign_id)

    def add(self, name: str, plan: CampaignPlan) -> Campaign:
        versions_of(plan)
        number = len(self.kept) + len(self.gone) + 1
        self.kept[number] = Campaign(name, started_at=datetime(2026, 11, 11, tzinfo=UTC), campaign_id=number, plan=plan)
        return self.kept[number]

    def delete(self, campaign_id: int) -> None:
        self.gone[campaign_id] = self.kept.pop(campaign_id)

    def undelete(self, campaign_id: int) -> None:
        self.kept[campaign_id] = self.gone.pop(campaign_id)

    def versions(self, campaign_id: int) -> tuple[Version, ...]:
        plan = (self.kept | self.gone)[campaign_id].plan
        assert plan is not None
        return tuple(self.written.get((campaign_id, v.code), v) for v in versions_of(plan))

    def write(self, campaign_id: int, on_version: Callable[[Version], None], ticket: Ticket) -> int:
        def keep(version: Version) -> None:
            self.written[campaign_id, version.code] = version
            on_version(version)

        return write_versions(self.versions(campaign_id), self.writer, keep, ticket)

    def export(self, campaign_id: int, path: Path) -> int:
        rows = sheet_rows([v for v in self.versions(campaign_id) if v.text])
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, rows[0])
            sheet.writeheader()
            sheet.writerows(rows)
        return len(rows)

    def import_results(self, campaign_id: int, path: Path) -> CampaignReport:
        found, bad = read_results(csv.DictReader(path.read_text("utf-8").splitlines()))
        self.results[campaign_id] = found
        return replace(self.report(campaign_id), bad_rows=bad)

    def report(self, campaign_id: int) -> CampaignReport:
        return judge_campaign(self.versions(campaign_id), self.results.get(campaign_id, ()))

    def suggestions(self) -> tuple[Recommendation, ...]:
        return try_next(self.state.entries.values(), map(self.report, self.kept), self.state.audiences.values(), 1)
