"""The fake engine's voices and audiences: kept in memory, described and grouped by the real rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.domain.preference import Audience, BrandVoice, OrderImport, Segment, Trait
from engine.files.tables import read_table
from engine.progress import Ticket
from engine.ranking import voice_traits
from engine.usecases.audiences import import_orders, make_audience

if TYPE_CHECKING:
    from fake_engine import FakeState


class FakeVoices:
    """Voices in a dict."""

    def __init__(self, state: FakeState) -> None:
        self.kept = state.voices

    def all(self) -> list[BrandVoice]:
        return sorted(self.kept.values(), key=lambda voice: voice.name)

    def save(self, voice: BrandVoice) -> BrandVoice:
        number = voice.voice_id or max(self.kept, default=0) + 1
        self.kept[number] = replace(voice, voice_id=number)
        return self.kept[number]

    def delete(self, voice_id: int) -> None:
        del self.kept[voice_id]

    def put_back(self, voice: BrandVoice) -> None:
        self.kept[voice.voice_id] = voice

    def traits(self, voice: BrandVoice) -> tuple[Trait, ...]:
        return voice_traits(voice)


class FakeAudiences:
    """Audiences in a dict."""

    def __init__(self, state: FakeState) -> None:
        self.kept = state.audiences

    def all(self) -> list[Audience]:
        return sorted(self.kept.values(), key=lambda audience: audience.name)

    def save(self, audience: Audience) -> Audience:
        number = audience.audience_id or max(self.kept, default=0) + 1
        self.kept[number] = replace(audience, audience_id=number)
        return self.kept[number]

    def delete(self, audience_id: int) -> None:
        del self.kept[audience_id]

    def put_back(self, audience: Audience) -> None:
        self.kept[audience.audience_id] = audience

    def import_orders(self, path: Path, ticket: Ticket) -> OrderImport:
        table = read_table(path)
        return import_orders([dict(zip(table.headings, r.cells, strict=True)) for r in table.good_rows], b"s" * 32)

    def from_segment(self, segment: Segment) -> Audience:
        return make_audience(segment)
