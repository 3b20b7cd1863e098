"""Campaigns, as a protocol."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from engine.domain.preference import CampaignPlan, CampaignReport, Recommendation, Version
from engine.domain.records import Campaign
from engine.progress import Ticket


class Campaigns(Protocol):
    """Versions of one brief for goals, audiences and channels, and what they brought."""

    def all(self) -> list[Campaign]:
        """Newest first."""
        ...

    def add(self, name: str, plan: CampaignPlan) -> Campaign:
        """Keep a new one."""
        ...

    def delete(self, campaign_id: int) -> None:
        """Move it to the recycle list."""
        ...

    def undelete(self, campaign_id: int) -> None:
        """Bring it back."""
        ...

    def versions(self, campaign_id: int) -> tuple[Version, ...]:
        """All its versions, written or not."""
        ...

    def write(self, campaign_id: int, on_version: Callable[[Version], None], ticket: Ticket) -> int:
        """Write those that are not written; each is kept when it is heard of."""
        ...

    def export(self, campaign_id: int, path: Path) -> int:
        """The A/B sheet; how many versions."""
        ...

    def import_results(self, campaign_id: int, path: Path) -> CampaignReport:
        """Figures from a filled sheet, judged."""
        ...

    def report(self, campaign_id: int) -> CampaignReport:
        """The newest figures, judged."""
        ...

    def suggestions(self) -> tuple[Recommendation, ...]:
        """What to try next."""
        ...
