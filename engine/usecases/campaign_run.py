"""A campaign's versions written one cell after the other, and what its results are worth to later choices.

A cell (one goal, channel and audience) is one request with as many drafts as the cell has versions still to be written;
each version is kept as soon as its cell is done, so a stop or a crash loses at most one cell and a second run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Protocol

from engine.domain import Channel, ComposeRequest, ComposeResult, HistoryEntry, Tone
from engine.domain.preference import Arm, ArmCount, ArmKind, Audience, CampaignReport, Recommendation, Version
from engine.progress import Ticket
from engine.usecases.campaigns import credit_versions, with_text
from engine.usecases.compose import ComposeListener
from engine.usecases.recommend import count_history, merge_counts, recommend_arms

SILENT = ComposeListener(lambda _index, _text: None, lambda _draft: None)
TRIED_KINDS = (ArmKind.CHANNEL, ArmKind.TONE, ArmKind.AUDIENCE)


class Writer(Protocol):
    """Writes the drafts of a request."""

    def compose(self, request: ComposeRequest, listener: ComposeListener, ticket: Ticket) -> ComposeResult:
        """As ``engine.usecases.compose.Composer.compose``."""
        ...


class CellTicket(Ticket):
    """The right to write one cell: stopped with the whole, silent about its own steps."""

    def __init__(self, whole: Ticket) -> None:
        super().__init__()
        self._whole = whole

    @property
    def cancelled(self) -> bool:
        """Whether the whole was asked to end."""
        return self._whole.cancelled

    def check(self) -> None:
        """Raise ``Cancelled`` when the whole was asked to end."""
        self._whole.check()


def write_versions(
    versions: Sequence[Version], writer: Writer, on_version: Callable[[Version], None], ticket: Ticket
) -> int:
    """Write the versions that have no text; ``on_version`` gets each with its text. Returns how many were written.

    Raises:
        Cancelled, and what the writer raises: versions that were handed on stay.
    """
    waiting = [version for version in versions if not version.text]
    done = 0
    for _cell, group in groupby(waiting, key=lambda v: (v.goal, v.channel, v.audience)):
        cell = list(group)
        ticket.check()
        ticket.report("versions", done, len(waiting))
        request = replace(cell[0].request, count=len(cell))
        result = writer.compose(request, SILENT, CellTicket(ticket))
        for version, draft in zip(cell, result.drafts, strict=False):
            on_version(with_text(version, draft.text, draft.draft_id))
        done += len(cell)
    ticket.report("versions", done, len(waiting))
    return done


def try_next(
    history: Iterable[HistoryEntry], reports: Iterable[CampaignReport], audiences: Iterable[Audience], seed: int
) -> tuple[Recommendation, ...]:
    """The first choice of every kind: channel, tone, audience; picks of the history and results of campaigns count."""
    known = count_history(history)
    credits = [count for report in reports for count in credit_versions(report)]
    possible = [Arm(ArmKind.CHANNEL, channel.value) for channel in Channel]
    possible += [Arm(ArmKind.TONE, tone.value) for tone in Tone if tone is not Tone.NONE]
    possible += [Arm(ArmKind.AUDIENCE, audience.told) for audience in audiences]
    counts = merge_counts((*known, *credits, *map(ArmCount, possible)))
    return tuple(found for kind in TRIED_KINDS for found in recommend_arms(counts, kind, seed=seed, most=1))
