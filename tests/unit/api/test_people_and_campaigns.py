"""Voices, audiences and campaigns through the engine's face: on the real store, with a text model that replays words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.api import Engine
from engine.domain import Attribute, Brief, Channel, StopReason, Timing
from engine.domain.preference import ArmKind, Audience, BrandVoice, CampaignPlan, Goal
from engine.errors import BriefInvalid, Cancelled, TableUnusable
from engine.paths import Paths
from engine.ports import Generated
from engine.progress import Ticket

ROOT = Path(__file__).resolve().parents[3]
BRIEF = Brief("雪纺碎花连衣裙", attributes=(Attribute("材质", "雪纺"),), offer="第二件半价")
PLAN = CampaignPlan(BRIEF, (Goal.CLICK, Goal.PURCHASE), (Channel.FEED_AD,), ("上班族", "宝妈"), 2)
ORDERS = "买家会员名,付款时间,实付金额,宝贝标题,收货人\n" + "\n".join(
    f"buyer_{n},2026-10-{day:02d} 10:00,88.50,雪纺连衣裙,诸葛大力" for n in range(4) for day in (1, 9, 20)
)


class ReplayedModel:
    """Says the same sentence, numbered, and remembers what it was asked."""

    name, prompt_format = "replayed", "brief-v1"

    def __init__(self) -> None:
        self.asked = []

    def generate(self, generation, listener, ticket):
        ticket.check()
        self.asked.append(generation)
        for index in range(generation.count):
            text = f"雪纺碎花连衣裙第{len(self.asked)}组，轻软好穿。\n上班见客户都合适。\n早晚都能穿。{index}"
            listener.on_done(Generated(index, text, len(text), 1, StopReason.END, -0.5))
        return Timing()

    def stop_sequence(self, index): ...

    def close(self): ...


@pytest.fixture
def model() -> ReplayedModel:
    return ReplayedModel()


@pytest.fixture
def engine(private_home: Path, model: ReplayedModel) -> Iterator[Engine]:
    with Engine.open(Paths(private_home, ROOT / "assets"), text_model=model) as opened:
        yield opened


def write_all(engine: Engine) -> int:
    campaign = engine.campaigns.add("双11", PLAN)
    engine.campaigns.write(campaign.campaign_id, lambda _v: None, Ticket())
    return campaign.campaign_id


def fill(path: Path, figures: dict[str, tuple[int, int, int]]) -> None:
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, rows[0])
        sheet.writeheader()
        for row in rows:
            shown, clicks, orders = figures.get(row["版本号"], ("", "", ""))
            sheet.writerow({**row, "曝光": shown, "点击": clicks, "成交": orders})


def test_every_version_is_written_once_and_a_second_run_has_nothing_to_do(engine, model) -> None:
    number = write_all(engine)
    versions = engine.campaigns.versions(number)
    assert [v.code for v in versions] == ["C01", "C02", "C03", "C04", "P01", "P02", "P03", "P04"]
    assert all(v.text and v.draft_id for v in versions) and len({v.draft_id for v in versions}) == 8
    assert len(model.asked) == 4, "one request a cell"
    assert engine.campaigns.write(number, lambda _v: None, Ticket()) == 0


def test_a_stopped_run_goes_on_where_it_stopped(engine, model) -> None:
    number, ticket, written = engine.campaigns.add("双11", PLAN).campaign_id, Ticket(), []

    def hear(version) -> None:
        written.append(version.code)
        ticket.cancel()

    with pytest.raises(Cancelled):
        engine.campaigns.write(number, hear, ticket)
    assert written == ["C01", "C02"]
    engine.campaigns.write(number, lambda v: written.append(v.code), Ticket())
    assert written == ["C01", "C02", "C03", "C04", "P01", "P02", "P03", "P04"] and len(model.asked) == 4


def test_the_sellers_edit_goes_into_the_sheet_and_results_come_back(engine, tmp_path) -> None:
    number = write_all(engine)
    first = engine.campaigns.versions(number)[0]
    engine.library.edit(first.draft_id, "改过的第一版，更好读。")
    sheet = tmp_path / "投放.csv"
    assert engine.campaigns.export(number, sheet) == 8
    assert "改过的第一版" in sheet.read_text("utf-8-sig")
    fill(sheet, {"C01": (1000, 90, 5), "C02": (1000, 40, 2), "C03": (100, 900, 0)})
    report = engine.campaigns.import_results(number, sheet)
    assert report.bad_rows == (4,) and [r.version.code for r in report.versions] == ["C01", "C02"]
    assert report.versions[0].better > 0.95 and report.versions[0].clicks.low < 0.09 < report.versions[0].clicks.high
    fill(sheet, {"C01": (2000, 90, 5)})
    engine.campaigns.import_results(number, sheet)
    figures = {r.version.code: r.result.impressions for r in engine.campaigns.report(number).versions}
    assert figures == {"C01": 2000, "C02": 1000}, "newer figures take the place of older ones"


def test_what_to_try_next_has_one_of_every_kind_and_stays_the_same(engine) -> None:
    engine.audiences.save(Audience("上班族"))
    found = engine.campaigns.suggestions()
    assert [r.arm.kind for r in found] == [ArmKind.CHANNEL, ArmKind.TONE, ArmKind.AUDIENCE]
    assert engine.campaigns.suggestions() == found and all(r.reason for r in found)


def test_a_version_that_nobody_measured_is_no_defeat(engine) -> None:
    before = {r.arm.kind: r.count.tried for r in engine.campaigns.suggestions()}
    write_all(engine)
    found = {r.arm.kind: r.count.tried for r in engine.campaigns.suggestions()}
    assert found[ArmKind.CHANNEL] == before[ArmKind.CHANNEL] == 0.0


def test_an_empty_plan_and_an_unwritten_sheet_are_refused(engine, tmp_path) -> None:
    with pytest.raises(BriefInvalid):
        engine.campaigns.add("空", CampaignPlan(BRIEF, (), (Channel.SMS,)))
    number = engine.campaigns.add("新", PLAN).campaign_id
    with pytest.raises(BriefInvalid):
        engine.campaigns.export(number, tmp_path / "投放.csv")
    (tmp_path / "别的.csv").write_text("标题,库存\n裙,3\n", "utf-8")
    with pytest.raises(TableUnusable):
        engine.campaigns.import_results(number, tmp_path / "别的.csv")
    engine.campaigns.delete(number)
    assert engine.campaigns.all() == []
    engine.campaigns.undelete(number)
    assert [c.name for c in engine.campaigns.all()] == ["新"]


def test_a_campaign_speaks_in_its_voice(engine, model) -> None:
    voice = engine.voices.save(BrandVoice("老店", ("朴实",), never=("廉价",)))
    plan = CampaignPlan(BRIEF, (Goal.CLICK,), (Channel.SMS,), voice_id=voice.voice_id)
    engine.campaigns.write(engine.campaigns.add("春", plan).campaign_id, lambda _v: None, Ticket())
    assert "廉价" in model.asked[0].forbidden


def test_of_an_order_history_no_personal_word_is_kept(engine, private_home, tmp_path) -> None:
    path = tmp_path / "订单.csv"
    path.write_text(ORDERS, "utf-8")
    found = engine.audiences.import_orders(path, Ticket())
    assert found.buyers == 4 and "收货人" in found.dropped
    kept = engine.audiences.save(engine.audiences.from_segment(found.segments[0]))
    assert kept.from_orders
    plain = "\n".join(map(str, engine._store._session.sql("SELECT * FROM audience")))
    assert "诸葛大力" not in plain and "buyer_" not in plain
    salt = engine._store.blobs.get("order_salt")
    engine.audiences.import_orders(path, Ticket())
    assert engine._store.blobs.get("order_salt") == salt and len(salt) == 32
