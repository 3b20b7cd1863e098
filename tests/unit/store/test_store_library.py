"""Products, templates, voices, audiences, jobs, feedback, campaigns, consents, blobs, locks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HandClock, MemoryVault, add_draft, make_draft, make_request

from engine.domain import Attribute, Brief, Channel, Tone
from engine.domain.preference import Audience, BrandVoice, CampaignPlan, Goal, VersionResult
from engine.domain.records import (
    Campaign,
    CampaignResult,
    ConsentScope,
    Feedback,
    Job,
    JobRow,
    JobState,
    Product,
    RatingReason,
    Template,
    Variable,
    VariableType,
)
from engine.errors import NotFound, StoreUnusable
from engine.paths import Paths
from engine.store import InstanceLock, KeyRing, Store


def test_a_product_is_kept_found_changed_and_deleted(store: Store, clock: HandClock) -> None:
    product = Product(
        "羊绒围巾", Brief("羊绒围巾", attributes=(Attribute("材质", "羊绒"),)), "A-01", 19900, "a.png", ("冬款",)
    )
    number = store.products.add(product)
    kept = store.products.get(number)
    assert replace(kept, product_id=0, created_at=None, updated_at=None) == product
    assert [p.product_id for p in store.products.find("羊绒")] == [number]
    assert store.products.by_code("A-01") == kept
    clock.move(minutes=1)
    store.products.update(replace(kept, name="棉围巾", brief=Brief("棉围巾"), tags=()))
    assert store.products.find("羊绒") == []
    assert store.products.count("棉围巾") == 1
    store.products.delete(number)
    assert store.products.find() == []
    store.products.undelete(number)
    assert store.products.count() == 1


def test_a_product_that_is_not_there_is_said(store: Store) -> None:
    for call in (store.products.get, store.products.delete, store.products.undelete):
        with pytest.raises(NotFound):
            call(9)


def test_templates_keep_their_versions(store: Store) -> None:
    variable = Variable("价格", VariableType.CHOICE, choices=("九折", "八折"))
    first = store.templates.save(
        Template("上新", Channel.SMS, "{价格}上新", (variable,), tone=Tone.WARM, must_say=("包邮",))
    )
    second = store.templates.save(replace(first, text="新品{价格}"))
    assert (first.version, second.version) == (1, 2)
    assert store.templates.all() == [second]
    assert store.templates.get(first.key, 1) == first
    assert [t.text for t in store.templates.versions(first.key)] == ["{价格}上新", "新品{价格}"]
    store.templates.delete(first.key)
    assert store.templates.all() == []
    store.templates.undelete(first.key)
    assert store.templates.all() == [second]
    with pytest.raises(NotFound):
        store.templates.get("none")


def test_voices_and_audiences_come_back_as_they_were(store: Store) -> None:
    voice = store.voices.save(BrandVoice("老店", ("实在",), ("街坊",), ("亲们",), ("范文",)))
    audience = store.audiences.save(Audience("上班族", "赶时间", ("女装",), from_orders=True))
    assert store.voices.get(voice.voice_id) == voice
    assert store.audiences.all() == [audience]
    changed = store.voices.save(replace(voice, name="新店"))
    assert store.voices.all() == [changed]
    store.voices.delete(voice.voice_id)
    with pytest.raises(NotFound):
        store.voices.get(voice.voice_id)
    store.voices.put_back(voice)
    store.audiences.delete(audience.audience_id)
    store.audiences.put_back(audience)
    assert store.voices.get(voice.voice_id).voice_id == voice.voice_id
    assert [kept.told for kept in store.audiences.all()] == ["上班族（赶时间，爱买女装）"]


def test_a_job_goes_on_where_it_stopped(store: Store, paths: Paths, vault: MemoryVault) -> None:
    job_id = store.jobs.add(Job("batch", "春款.xlsx", '{"channel":"sms"}'), ['{"a":1}', "{}", "{}"])
    store.jobs.set_state(job_id, JobState.RUNNING)
    first, second, _ = store.jobs.waiting_rows(job_id)
    store.jobs.save_row(job_id, replace(first, state=JobState.DONE, result='{"text":"好"}'))
    store.jobs.save_row(job_id, replace(second, state=JobState.RUNNING))
    store.close()
    with Store(paths, KeyRing(paths, vault)) as again:
        assert [job.state for job in again.jobs.unfinished()] == [JobState.PAUSED]
        assert [row.number for row in again.jobs.waiting_rows(job_id)] == [1, 2]
        assert again.jobs.progress(job_id).left == 2
        again.jobs.save_row(job_id, JobRow(1, "{}", JobState.FAILED, error="少了商品名"))
        assert again.jobs.progress(job_id).failed == 1
        assert again.jobs.retry_failed(job_id) == 1
        again.jobs.delete(job_id)
        with pytest.raises(NotFound):
            again.jobs.get(job_id)


def test_feedback_grows_call_by_call(store: Store) -> None:
    draft_id = add_draft(store, "稿")
    assert store.feedback.get(draft_id) == Feedback(draft_id)
    store.feedback.pick(draft_id, seconds_to_accept=12.5)
    store.feedback.rate(draft_id, 4, (RatingReason.VIVID, RatingReason.TOO_LONG), "略长")
    store.feedback.set_final_text(draft_id, "定稿")
    said = store.feedback.get(draft_id)
    expected = Feedback(
        draft_id, True, 4, (RatingReason.VIVID, RatingReason.TOO_LONG), "略长", "定稿", 12.5, said.updated_at
    )
    assert said == expected
    with pytest.raises(NotFound):
        store.feedback.pick(99)


def test_records_hold_the_whole_choice_and_leave_out_the_withdrawn(store: Store) -> None:
    request_id = store.add_request(make_request(), "shop-1", 7)
    ids = [store.add_draft(request_id, make_draft(text, index)) for index, text in enumerate(("甲", "乙"))]
    add_draft(store, "无人理会")
    store.feedback.pick(ids[1])
    (record,) = store.feedback.records()
    assert [(c.draft.text, c.feedback.picked) for c in record.candidates] == [("甲", False), ("乙", True)]
    key = store.feedback.withdraw(request_id)
    assert list(store.feedback.records()) == []
    assert len(list(store.feedback.records(withdrawn=True))) == 1
    store.eraser.product("雪纺连衣裙")
    assert store.feedback.withdrawn_keys() == [key]


def test_campaigns_collect_results(store: Store) -> None:
    draft_id = add_draft(store, "投放")
    number = store.campaigns.save(Campaign("春促", Channel.FEED_AD))
    result_id = store.campaigns.add_result(CampaignResult(number, draft_id, 1000, 50, 3, 29900))
    (result,) = store.campaigns.results(number)
    assert (result.result_id, result.clicks, result.revenue_cents) == (result_id, 50, 29900)
    store.campaigns.save(Campaign("夏促", campaign_id=number))
    assert [c.name for c in store.campaigns.all()] == ["夏促"]
    store.campaigns.delete(number)
    assert store.campaigns.all() == []
    store.campaigns.undelete(number)
    assert [c.name for c in store.campaigns.all()] == ["夏促"]
    with pytest.raises(NotFound):
        store.campaigns.get(99)


PLAN = CampaignPlan(Brief("雪纺连衣裙"), (Goal.CLICK, Goal.BRAND), (Channel.SMS,), ("上班族",), 2, 3)


def test_a_campaign_keeps_its_plan_its_versions_and_their_newest_figures(store: Store) -> None:
    number = store.campaigns.save(Campaign("春促", plan=PLAN))
    assert store.campaigns.get(number).plan == PLAN
    draft_id = add_draft(store, "投放")
    store.campaigns.set_version(number, "C01", draft_id)
    assert store.campaigns.versions(number) == {"C01": draft_id}
    for clicks in (5, 9):
        store.campaigns.add_result(CampaignResult(number, draft_id, 100, clicks, 1, code="C01"))
    assert store.campaigns.latest(number) == [VersionResult("C01", 100, 9, 1)]


def test_a_campaign_goes_with_its_erased_product_and_after_its_days_in_the_recycle_list(
    store: Store, clock: HandClock
) -> None:
    number = store.campaigns.save(Campaign("春促", plan=PLAN))
    store.campaigns.set_version(number, "C01", add_draft(store, "投放"))
    kept = store.campaigns.save(Campaign("别家", plan=replace(PLAN, brief=Brief("锅"))))
    store.eraser.product("雪纺连衣裙")
    assert [c.campaign_id for c in store.campaigns.all()] == [kept] and store.campaigns.versions(number) == {}
    store.campaigns.delete(kept)
    clock.move(days=31)
    store.maintain()
    with pytest.raises(NotFound):
        store.campaigns.get(kept)


def test_consent_is_absent_given_and_withdrawn(store: Store) -> None:
    assert store.consents.current() is None
    given = store.consents.give("2026-1", (ConsentScope.CHOICES,))
    assert store.consents.current() == given and given.holds
    store.consents.withdraw()
    assert store.consents.current() is None
    assert len(store.consents.all()) == 1


def test_the_installation_number_stays_until_it_is_rotated(store: Store) -> None:
    first = store.consents.installation_id()
    assert store.consents.installation_id() == first
    assert store.consents.rotate_installation_id() != first


def test_blobs_are_bytes_by_name(store: Store) -> None:
    store.blobs.put("preference", b"\0\1")
    assert store.blobs.get("preference") == b"\0\1"
    store.blobs.remove("preference")
    assert store.blobs.get("preference") is None


def test_the_lock_has_one_owner_at_a_time(tmp_path: Path) -> None:
    import os

    first, second = InstanceLock(tmp_path / "lock"), InstanceLock(tmp_path / "lock")
    first.acquire()
    with pytest.raises(StoreUnusable):
        second.acquire()
    assert second.owner() == os.getpid()
    first.release()
    second.acquire()
    assert second.held and not first.held
    second.release()
