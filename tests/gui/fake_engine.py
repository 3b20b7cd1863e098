"""An engine without a model or a store: real domain values, drafts that stream with small pauses.

It satisfies the protocols of ``desktop.face``; what it was asked stands in ``calls``.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fake_campaigns import FakeCampaigns
from fake_groups import FakeBatch, FakeDesk, FakeFeedback, FakeModels, FakePrivacy, FakeSettings, FakeTemplates
from fake_machine import FakeAdapters, FakeSpeedometer
from fake_people import FakeAudiences, FakeVoices
from fake_pictures import FakePictures
from fake_texts import FakeTexts, check_words

from engine.domain import (
    CHANNELS,
    AdapterFile,
    Attribute,
    Brief,
    ComposeRequest,
    ComposeResult,
    Draft,
    HistoryEntry,
    Score,
    ScorePart,
    Speed,
    StopReason,
    Timing,
)
from engine.domain.preference import Audience, BrandVoice
from engine.domain.records import Campaign, Product
from engine.errors import Cancelled, EngineError, NotFound, PassphraseNeeded, RecoveryPhraseWrong, WorkerCrashed
from engine.progress import Ticket

NOW = datetime(2026, 11, 11, 8, 30, tzinfo=UTC)

TEXTS = (
    "地铁口的风，也吹得动这条裙子🌿\n{product}，面料轻软垂坠，走动时裙摆自然散开。\n碎花不大，颜色干净，上班见客户都合适。\n收到后挂一晚，褶就平了。\n#通勤穿搭 #连衣裙",
    "衣柜里缺的那条裙子\n{product}，轻薄不透，里面有衬。腰线往上收一点，最显瘦也舒服。\n配一件针织开衫，早晚都能穿。\n#连衣裙 #春夏穿搭",
    "早上多睡十分钟的办法\n一条{product}就是一身。拉链在侧面，穿脱方便；有口袋，放得下手机。\n洗了不用烫，出差带着省心。\n#懒人穿搭 #通勤",
    "同事问了三次链接\n{product}是长款，坐下来也不用总扯裙摆。雪纺不贴身，走起来凉快。\n小个子选短一档的裙长。\n#好物分享 #连衣裙",
)


@dataclass
class FakeState:
    """What the fake store holds, and what was asked of it."""

    entries: dict[int, HistoryEntry] = field(default_factory=dict)
    products: dict[int, Product] = field(default_factory=dict)
    deleted_products: dict[int, Product] = field(default_factory=dict)
    pictures: dict[int, bytes] = field(default_factory=dict)
    voices: dict[int, BrandVoice] = field(default_factory=dict)
    audiences: dict[int, Audience] = field(default_factory=dict)
    campaigns: dict[int, Campaign] = field(default_factory=dict)
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    desk: dict[str, Any] = field(default_factory=dict)
    passphrase: str = ""
    locked: bool = False
    error: EngineError | None = None
    crash_after: int = 0
    download_error: EngineError | None = None
    speed: Speed | None = None
    writes_with: str = "starter"
    adapters: dict[str, AdapterFile] = field(default_factory=dict)
    pause_s: float = 0.002
    hold: threading.Event | None = None
    settings: FakeSettings = field(default_factory=FakeSettings)
    versions: dict[int, list[tuple[datetime, str]]] = field(default_factory=dict)


class FakeWriting:
    """Streams the same four texts about any product."""

    def __init__(self, state: FakeState) -> None:
        self.state = state

    def compose(self, request: ComposeRequest, listener: Any, ticket: Ticket) -> ComposeResult:
        self.state.calls.append(("compose", request))
        if self.state.error is not None:
            raise self.state.error
        ticket.report("load")
        texts = [TEXTS[i % len(TEXTS)].format(product=request.brief.product or "它") for i in range(request.count)]
        drafts: list[Draft] = []
        try:
            self._stream(request, texts, drafts, listener, ticket)
        except (Cancelled, WorkerCrashed):
            self._rank(drafts)
            raise
        return ComposeResult(request, self._rank(drafts), Timing(), "starter", 1)

    def _rank(self, drafts: list[Draft]) -> tuple[Draft, ...]:
        ranked = [
            replace(d, rank=rank, score=_score(92 - 6 * rank))
            for rank, d in enumerate(sorted(drafts, key=lambda d: -d.index))
        ]
        for draft in ranked:
            entry = self.state.entries[draft.draft_id]
            self.state.entries[draft.draft_id] = replace(entry, draft=draft)
        return tuple(ranked)

    def _stream(
        self, request: ComposeRequest, texts: list[str], drafts: list[Draft], listener: Any, ticket: Ticket
    ) -> None:
        for step in range(0, max(map(len, texts)) + 8, 8):
            ticket.check()
            self._crash_if_due(drafts)
            ticket.report("write", step, max(map(len, texts)))
            for index, text in enumerate(texts):
                if step < len(text):
                    listener.on_text(index, text[: step + 8])
                elif not any(d.index == index for d in drafts):
                    drafts.append(self._store(request, index, text))
                    listener.on_draft(drafts[-1])
            if self.state.hold is not None:
                self.state.hold.wait(0.02)
            threading.Event().wait(self.state.pause_s)
        for index, text in enumerate(texts):
            if not any(d.index == index for d in drafts):
                drafts.append(self._store(request, index, text))
                listener.on_draft(drafts[-1])
        self._crash_if_due(drafts)

    def _crash_if_due(self, drafts: list[Draft]) -> None:
        if self.state.crash_after and len(drafts) >= self.state.crash_after:
            self.state.crash_after = 0
            raise WorkerCrashed(-9)

    def _store(self, request: ComposeRequest, index: int, text: str) -> Draft:
        number = len(self.state.entries) + 1
        values = [a.value for a in request.brief.attributes] + list(request.brief.points)
        draft = Draft(
            index,
            text,
            len(text),
            1,
            StopReason.END,
            -0.5,
            check_words(text),
            None,
            0,
            number,
            tuple(v for v in values if v in text),
            tuple(v for v in values if v not in text),
        )
        self.state.entries[number] = HistoryEntry(draft, request.brief, request.channel, request.task, NOW, "starter")
        return draft

    def stop_draft(self, index: int) -> None:
        self.state.calls.append(("stop_draft", index))

    def warm_up(self, ticket: Ticket) -> None:
        ticket.check()

    def model_name(self) -> str:
        return self.state.writes_with


def _score(total: float) -> Score:
    names = ("coverage", "law", "facts", "form")
    return Score(total, tuple(ScorePart(name, total / 100, 1.0) for name in names))


class FakeLibrary:
    """Drafts in a dict."""

    def __init__(self, state: FakeState) -> None:
        self.state = state

    def history(
        self, search: str = "", *, limit: int = 50, offset: int = 0, favourites: bool = False, deleted: bool = False
    ) -> list[HistoryEntry]:
        self.state.calls.append(("history", search, limit, offset))
        found = [
            e
            for e in reversed(self.state.entries.values())
            if (e.deleted_at is not None) == deleted
            and search in e.current_text + e.brief.product
            and (e.favourite or not favourites)
        ]
        return found[offset : offset + limit]

    def entry(self, draft_id: int) -> HistoryEntry:
        if draft_id not in self.state.entries:
            raise NotFound("draft", str(draft_id))
        return self.state.entries[draft_id]

    def edit(self, draft_id: int, text: str) -> None:
        self.state.calls.append(("edit", draft_id, text))
        self.state.versions.setdefault(draft_id, []).append((NOW, text))
        self._change(draft_id, edited_text=text)

    def versions(self, draft_id: int) -> list[tuple[datetime, str]]:
        return [(NOW, self.entry(draft_id).draft.text), *self.state.versions.get(draft_id, [])]

    def set_favourite(self, draft_id: int, favourite: bool) -> None:
        self._change(draft_id, favourite=favourite)

    def pick(self, draft_id: int, final_text: str) -> None:
        self.state.calls.append(("pick", draft_id, final_text))
        self._change(draft_id, picked=True)

    def rate(self, draft_id: int, rating: int | None, reason: str = "") -> None:
        self._change(draft_id, rating=rating)

    def tag(self, draft_id: int, tags: tuple[str, ...]) -> None:
        self._change(draft_id, tags=tags)

    def delete(self, draft_id: int) -> None:
        self._change(draft_id, deleted_at=NOW)

    def undelete(self, draft_id: int) -> None:
        self._change(draft_id, deleted_at=None)

    def export(self, draft_ids: Sequence[int], path: Path) -> None:
        path.write_text("\n\n".join(self.entry(i).current_text for i in draft_ids), encoding="utf-8")

    def _change(self, draft_id: int, **changes: Any) -> None:
        self.state.entries[draft_id] = replace(self.entry(draft_id), **changes)


@dataclass(frozen=True, slots=True)
class FakeImportReport:
    added: int
    problems: tuple[tuple[int, str], ...]


class FakeProducts:
    """Products in a dict."""

    def __init__(self, state: FakeState) -> None:
        self.state = state

    def list(self, search: str = "", *, limit: int = 200) -> list[Product]:
        return [p for p in reversed(self.state.products.values()) if search in p.brief.all_text()][:limit]

    def save(self, brief: Brief, product_id: int = 0) -> int:
        number = product_id or len(self.state.products) + len(self.state.deleted_products) + 1
        self.state.products.pop(number, None)
        self.state.products[number] = Product(brief.product, brief, product_id=number, updated_at=NOW)
        return number

    def delete(self, product_id: int) -> None:
        self.state.deleted_products[product_id] = self.state.products.pop(product_id)

    def undelete(self, product_id: int) -> None:
        self.state.products[product_id] = self.state.deleted_products.pop(product_id)

    def import_table(self, path: Path, ticket: Ticket) -> FakeImportReport:
        rows = path.read_text(encoding="utf-8").splitlines()[1:]
        for row in rows:
            ticket.check()
            self.save(Brief(row))
        return FakeImportReport(len(rows), ((3, "没有商品名称"),))

    def import_text(self, text: str, ticket: Ticket) -> FakeImportReport:
        for row in text.splitlines()[1:]:
            self.save(Brief(row.split("\t")[0]))
        return FakeImportReport(len(text.splitlines()) - 1, ())


class FakeEngine:
    """All groups on one state."""

    def __init__(self, state: FakeState | None = None) -> None:
        self.state = state or FakeState()
        self.writing = FakeWriting(self.state)
        self.library = FakeLibrary(self.state)
        self.products = FakeProducts(self.state)
        self.texts = FakeTexts(self.state)
        self.models = FakeModels(self.state)
        self.speed, self.adapters = FakeSpeedometer(self.state), FakeAdapters(self.state)
        self.feedback = FakeFeedback(self.state)
        self.privacy = FakePrivacy(self.state)
        self.settings = self.state.settings
        self.batch = FakeBatch(self.state)
        self.desk = FakeDesk(self.state)
        self.pictures = FakePictures(self.state)
        self.templates = FakeTemplates(self.state)
        self.voices, self.audiences = FakeVoices(self.state), FakeAudiences(self.state)
        self.campaigns = FakeCampaigns(self.state, self.writing)
        self.closed = False

    def maintain(self) -> None:
        self.state.calls.append(("maintain",))

    def lock(self) -> None:
        self.closed = self.state.locked = True

    def close(self) -> None:
        self.closed = True


class FakeDoor:
    """Opens the fake engine, unless something stands in the way: ``errors`` are raised first, one an opening."""

    def __init__(self, state: FakeState, *errors: Exception) -> None:
        self.state, self.errors = state, list(errors)
        self.copies = [Path("20261111-daily-v1.db"), Path("20261110-daily-v1.db")]

    def open(self) -> FakeEngine:
        if self.errors:
            raise self.errors[0]
        if self.state.locked:
            raise PassphraseNeeded(wrong=False)
        return FakeEngine(self.state)

    def unlock(self, passphrase: str) -> None:
        self.state.calls.append(("unlock", passphrase))
        if passphrase != self.state.passphrase:
            raise PassphraseNeeded(wrong=True)
        self.state.locked = False

    def recover(self, phrase: str) -> None:
        self.state.calls.append(("recover", phrase))
        if not phrase.startswith("abc"):
            raise RecoveryPhraseWrong("checksum")
        self.errors.clear()
        self.state.locked = False

    def backups(self) -> list[Path]:
        return self.copies

    def restore(self, backup: Path) -> None:
        self.state.calls.append(("restore", backup))
        self.errors.clear()

    def salvage(self) -> Any:
        self.state.calls.append(("salvage",))
        self.errors.clear()
        return SimpleNamespace(saved={"draft": 7}, unreadable=1)

    def start_anew(self) -> Path:
        self.state.calls.append(("start_anew",))
        self.errors.clear()
        return Path("set-aside-1")


SAMPLE = Brief(
    "雪纺碎花连衣裙",
    attributes=(Attribute("材质", "雪纺"), Attribute("图案", "碎花"), Attribute("裙长", "长款")),
    points=("垂坠", "不透"),
    audience="通勤的她",
    offer="第二件半价，11月11日前",
)
CHANNEL_NAMES = [spec.name for spec in CHANNELS.values()]
