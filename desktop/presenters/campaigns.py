"""Plans, writes, exports and reads back campaigns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.shown import Message, VersionShown
from desktop.words import tr
from engine.domain.preference import CampaignPlan, CampaignReport, Version
from engine.domain.records import Campaign

Opened = tuple[Campaign, tuple[VersionShown, ...], CampaignReport]
"""A campaign with its versions and what they brought."""


class CampaignsPresenter(QObject):
    """Between the page, the model and the store; one campaign is written at a time."""

    listed = Signal(list)
    opened = Signal(object, object, object)
    version = Signal(int, object)
    suggestions = Signal(tuple)
    writing = Signal(bool)
    step = Signal(object)
    gone = Signal()
    entry = Signal(object)
    message = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._job: Job | None = None
        self._writes = 0

    def refresh(self) -> None:
        """Show what there is, and what to try next."""
        self._jobs.ask(Lane.STORE, self._engine.campaigns.all, self.listed.emit)
        self._jobs.ask(Lane.STORE, self._engine.campaigns.suggestions, self.suggestions.emit)

    def start(self, name: str, plan: CampaignPlan) -> None:
        """Keep a new campaign and write its versions."""

        def done(campaign: Campaign) -> None:
            self.open(campaign.campaign_id)
            self.refresh()
            self.write(campaign.campaign_id)

        self._do(lambda: self._engine.campaigns.add(name, plan), done)

    def open(self, campaign_id: int) -> None:
        """Show a campaign with its versions and figures, unless it is gone (erased, or another store was put in place)."""

        def work() -> Opened | None:
            there = {campaign.campaign_id for campaign in self._engine.campaigns.all()}
            return self._read(campaign_id) if campaign_id in there else None

        self._do(work, lambda found: self.opened.emit(*found) if found else self.gone.emit())

    def write(self, campaign_id: int) -> None:
        """Write the versions that are not written yet."""
        if self._job is not None:
            return
        job = Job(Lane.WRITING, lambda job: self._write(campaign_id, job))
        job.told = lambda version: self.version.emit(campaign_id, version)
        job.stepped = self.step.emit
        job.failed = self.failed.emit
        job.ended = self._end
        self._job, self._writes = job, campaign_id
        self.writing.emit(True)
        self._jobs.start(job)

    def stop(self) -> None:
        """End what is written; versions that are whole stay."""
        if self._job is not None:
            self._job.cancel()

    def edit(self, draft_id: int) -> None:
        """Take a version's draft to the workbench."""
        self._do(lambda: self._engine.library.entry(draft_id), self.entry.emit)

    def export(self, campaign_id: int, path: Path) -> None:
        """Write the sheet."""
        self._do(
            lambda: self._engine.campaigns.export(campaign_id, path),
            lambda count: self.message.emit(Message(tr("导出了 {count} 个版本", count=count))),
        )

    def import_results(self, campaign_id: int, path: Path) -> None:
        """Take in the figures, and show all with what could not be read of this sheet."""

        def work() -> tuple[int, Opened]:
            found = self._engine.campaigns.import_results(campaign_id, path)
            campaign, versions, report = self._read(campaign_id)
            told = replace(report, unknown_codes=found.unknown_codes, bad_rows=found.bad_rows)
            return len(found.versions), (campaign, versions, told)

        def done(read: tuple[int, Opened]) -> None:
            self.message.emit(Message(tr("读到 {count} 个版本的结果", count=read[0])))
            self.opened.emit(*read[1])
            self.refresh()

        self._do(work, done)

    def delete(self, campaign: Campaign) -> None:
        """Put it away, with a way back."""
        number = campaign.campaign_id
        if number == self._writes:
            self.stop()

        def done(_none: object) -> None:
            back = Message(tr("投放“{name}”已删除", name=campaign.name), tr("撤销"), lambda: self._bring_back(number))
            self.gone.emit()
            self.message.emit(back)
            self.refresh()

        self._do(lambda: self._engine.campaigns.delete(number), done)

    def _bring_back(self, campaign_id: int) -> None:
        def done(_none: object) -> None:
            self.refresh()
            self.open(campaign_id)

        self._do(lambda: self._engine.campaigns.undelete(campaign_id), done)

    def _read(self, campaign_id: int) -> Opened:
        campaigns = self._engine.campaigns
        campaign = next(c for c in campaigns.all() if c.campaign_id == campaign_id)
        versions = tuple(map(self._checked, campaigns.versions(campaign_id)))
        return campaign, versions, campaigns.report(campaign_id)

    def _write(self, campaign_id: int, job: Job) -> int:
        return self._engine.campaigns.write(campaign_id, lambda v: job.tell(self._checked(v)), job.ticket)

    def _checked(self, version: Version) -> VersionShown:
        found = self._engine.texts.check(version.text, version.request.brief, version.channel)
        return VersionShown(version, tuple(finding.text for finding in found if finding.blocks))

    def _end(self) -> None:
        self._job, self._writes = None, 0
        self.writing.emit(False)
        self.refresh()

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        job = Job(Lane.STORE, lambda _job: work(), done)
        job.failed = self.failed.emit
        self._jobs.start(job)
