"""Requests, drafts, history, versions, tags."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import HandClock, add_draft, make_draft, make_request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.domain import Brief, Channel, Finding, FindingKind, Sampling, Score, ScorePart, Severity
from engine.domain.records import Author, HistoryFilter
from engine.errors import NotFound
from engine.ports import DraftStore
from engine.store import Store


def test_the_store_is_a_draft_store(store: Store) -> None:
    port: DraftStore = store
    assert port.history() == []


def test_a_request_and_its_drafts_come_back_as_they_were(store: Store) -> None:
    request = replace(make_request(), sampling=Sampling(temperature=0.9), never_say=("最",), length=30)
    request_id = store.add_request(request, "shop-1", 7)
    finding = Finding(FindingKind.LAW, Severity.UNLAWFUL, 0, 1, "最", "absolute.zui", "绝对化用语", replacement="")
    score = Score(81.5, (ScorePart("coverage", 0.5, 2.0),))
    draft = replace(make_draft("最美雪纺连衣裙"), findings=(finding,), score=score, covered=("颜色",), missed=("材质",))
    draft_id = store.add_draft(request_id, draft)
    assert store.drafts.request(request_id) == request
    assert store.drafts.get(draft_id).draft == replace(draft, draft_id=draft_id)


def test_ranking_is_kept_and_shown_in_order(store: Store) -> None:
    request_id = store.add_request(make_request(), "shop-1", 7)
    ids = [store.add_draft(request_id, make_draft(text, index)) for index, text in enumerate(("甲", "乙", "丙"))]
    drafts = [
        replace(make_draft("", index), draft_id=ids[index], rank=2 - index, score=Score(index)) for index in range(3)
    ]
    store.set_ranking(request_id, drafts)
    shown = store.drafts.of_request(request_id)
    assert [entry.draft.text for entry in shown] == ["丙", "乙", "甲"]
    assert [entry.draft.score.total for entry in shown if entry.draft.score] == [2, 1, 0]


def test_a_draft_without_its_request_is_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        store.add_draft(99, make_draft("无主"))


@pytest.mark.parametrize("search", ["连衣裙", "裙", "雪纺", "夏季 显瘦", "iPho", "ＩＰＨＯＮＥ１５", "2.5L", "显瘦！"])
def test_chinese_and_mixed_searches_find(store: Store, search: str) -> None:
    add_draft(store, "冬款毛衣", "毛衣")
    wanted = add_draft(store, "夏季雪纺连衣裙，显瘦；iPhone15 壳 2.5L")
    assert [entry.draft.draft_id for entry in store.history(search)] == [wanted]


@pytest.mark.parametrize("search", ["毛裤", "裤", "！！", '"', "NEAR(", "连衣裙 毛裤", "*"])
def test_searches_without_an_answer_find_nothing(store: Store, search: str) -> None:
    add_draft(store, "夏季雪纺连衣裙，显瘦")
    assert store.history(search) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(search=st.text(min_size=1, max_size=20))
def test_no_search_text_breaks_the_query(store: Store, search: str) -> None:
    assert isinstance(store.history(search), list)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_text_comes_back_unchanged(store: Store, text: str) -> None:
    assert store.drafts.get(add_draft(store, text)).draft.text == text


def test_history_pages_newest_first(store: Store) -> None:
    ids = [add_draft(store, f"文案{number}") for number in range(7)]
    pages = [[e.draft.draft_id for e in store.history(limit=3, offset=at)] for at in (0, 3, 6)]
    assert [number for page in pages for number in page] == ids[::-1]
    assert store.drafts.count(HistoryFilter()) == 7


def test_filters_narrow_the_history(store: Store, clock: HandClock) -> None:
    first = add_draft(store, "甲文案")
    clock.move(days=1)
    request_id = store.add_request(make_request("毛衣", Channel.SMS), "other", 1)
    second = store.add_draft(request_id, make_draft("乙文案"))
    store.feedback.rate(second, 4)
    store.feedback.pick(second)
    store.edits.set_tags(first, ["春款", "春款", " "])
    found = {
        "channel": HistoryFilter(channel=Channel.SMS),
        "product": HistoryFilter(product="毛衣"),
        "model_name": HistoryFilter(model_name="other"),
        "since": HistoryFilter(since=clock.now()),
        "min_rating": HistoryFilter(min_rating=4),
        "picked": HistoryFilter(picked=True),
        "search": HistoryFilter(search="文案", product="毛衣"),
    }
    assert {name: [e.draft.draft_id for e in store.drafts.find(f)] for name, f in found.items()} == {
        name: [second] for name in found
    }
    assert [e.draft.draft_id for e in store.drafts.find(HistoryFilter(tag="春款"))] == [first]
    assert [e.draft.draft_id for e in store.drafts.find(HistoryFilter(until=clock.now()))] == [first]
    assert store.edits.tags() == ["春款"]


def test_edits_make_versions_that_can_be_restored(store: Store) -> None:
    draft_id = add_draft(store, "原稿")
    store.edits.edit(draft_id, "改一", Author.SUGGESTION)
    store.edits.edit(draft_id, "改二")
    store.edits.edit(draft_id, "改二")
    store.edits.restore_version(draft_id, 0)
    versions = store.edits.versions(draft_id)
    assert [(v.number, v.text) for v in versions] == [(0, "原稿"), (1, "改一"), (2, "改二"), (3, "原稿")]
    assert [v.author for v in versions[:3]] == [Author.MODEL, Author.SUGGESTION, Author.SELLER]
    assert store.drafts.get(draft_id).current_text == "原稿"
    with pytest.raises(NotFound):
        store.edits.restore_version(draft_id, 9)


def test_an_edit_is_found_by_its_new_words_only(store: Store) -> None:
    draft_id = add_draft(store, "显瘦长裙")
    store.edits.edit(draft_id, "宽松卫衣")
    assert len(store.history("卫衣")) == 1
    assert store.history("显瘦") == []


def test_a_deleted_draft_comes_back(store: Store) -> None:
    draft_id = add_draft(store, "要删的")
    store.edits.delete([draft_id])
    assert store.history() == []
    assert len(store.history(deleted=True)) == 1
    store.edits.undelete([draft_id])
    assert len(store.history("要删")) == 1


def test_deleting_many_is_all_or_nothing(store: Store) -> None:
    draft_id = add_draft(store, "留着")
    with pytest.raises(NotFound):
        store.edits.delete([draft_id, 999])
    assert len(store.history()) == 1


def test_the_recycle_bin_is_emptied_after_thirty_days(store: Store, clock: HandClock) -> None:
    draft_id = add_draft(store, "旧的")
    store.edits.delete([draft_id])
    clock.move(days=29)
    store.maintain()
    assert len(store.history(deleted=True)) == 1
    clock.move(days=2)
    store.maintain()
    assert store.history(deleted=True) == []


def test_a_clock_set_back_changes_neither_order_nor_bin(store: Store, clock: HandClock) -> None:
    first = add_draft(store, "先")
    clock.move(days=-400)
    second = add_draft(store, "后")
    store.edits.delete([first])
    store.maintain()
    assert [e.draft.draft_id for e in store.history()] == [second]
    assert len(store.history(deleted=True)) == 1


def test_favourites_have_their_own_list(store: Store) -> None:
    draft_id = add_draft(store, "好")
    add_draft(store, "平")
    store.edits.set_favourite(draft_id, True)
    assert [e.draft.draft_id for e in store.history(favourites=True)] == [draft_id]


def test_a_brief_survives_with_all_its_fields(store: Store) -> None:
    brief = Brief.from_dict(
        {"product": "锅", "attributes": [["材质", "铁"]], "points": ["不粘"], "tone": "亲切", "offer": "九折"}
    )
    request_id = store.add_request(replace(make_request(), brief=brief), "m", 1)
    assert store.drafts.request(request_id).brief == brief


def test_a_ranking_of_another_request_touches_nothing(store: Store) -> None:
    draft_id = add_draft(store, "原样")
    store.set_ranking(999, [replace(make_draft("别的"), draft_id=draft_id, rank=5)])
    assert store.drafts.get(draft_id).draft.rank == 0
