"""The page of voices and audiences as a seller uses it, and the choices in the brief form."""

from __future__ import annotations

import re

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.domain.preference import Audience, BrandVoice

ORDERS = "买家会员名,付款时间,实付金额,宝贝标题,收货人,手机号\n" + "\n".join(
    f"买家{n},2026-10-{1 + k:02d} 10:00,{40 + n},雪纺连衣裙,王{n},1380000{n:04d}" for n in range(6) for k in range(4)
)


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy)


def click(qtbot, program, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(qtbot, program)


@pytest.fixture
def page(qtbot, program):
    program.window.workbench.form.set_brief(SAMPLE)
    program.window.go_to("people")
    settled(qtbot, program)
    return program.window.pages["people"].view


def type_chip(qtbot, chips, word):
    qtbot.mouseClick(chips._add, Qt.MouseButton.LeftButton)
    chips._line.insert(word)
    qtbot.keyClick(chips._line, Qt.Key.Key_Return)
    qtbot.keyClick(chips._line, Qt.Key.Key_Escape)


def test_a_voice_is_made_and_what_it_teaches_is_told(qtbot, program, state, page):
    assert page.no_voice.isVisible() and not page.voice.save.isEnabled()
    click(qtbot, program, page.new_voice)
    page.voice.name.insert("小甜铺")
    type_chip(qtbot, page.voice.adjectives, "活泼")
    type_chip(qtbot, page.voice.never, "廉价")
    page.voice.samples.setPlainText("宝，这条裙子真好穿呀！\n\n姐妹们，今天又上新啦！")
    qtbot.waitUntil(lambda: "一句约" in page.voice.learned.text() and "活泼" in page.voice.learned.text())
    click(qtbot, program, page.voice.save)
    (kept,) = state.voices.values()
    assert (kept.name, kept.adjectives, kept.never, len(kept.samples)) == ("小甜铺", ("活泼",), ("廉价",), 2)
    assert page.voices.count() == 1 and page.voices.isVisible() and page.voice.delete.isVisible()


def test_a_voice_is_changed_deleted_and_brought_back(qtbot, program, state, page):
    state.voices[3] = BrandVoice("老店", ("朴实",), voice_id=3)
    program.window.go_to("people")
    settled(qtbot, program)
    page.voices.setCurrentRow(0)
    assert page.voice.name.text() == "老店"
    page.voice.name.setText("老街老店")
    click(qtbot, program, page.voice.save)
    assert state.voices[3].name == "老街老店" and page.voices.item(0).text() == "老街老店"
    click(qtbot, program, page.voice.delete)
    assert not state.voices and page.no_voice.isVisible() and page.voice.name.text() == ""
    program.window.toast._button.click()
    settled(qtbot, program)
    assert state.voices[3].name == "老街老店" and page.voices.count() == 1


def test_changes_are_kept_when_another_one_is_opened(qtbot, program, state, page):
    state.voices[3], state.voices[4] = BrandVoice("甲", voice_id=3), BrandVoice("乙", samples=("一\n\n二",), voice_id=4)
    program.window.go_to("people")
    settled(qtbot, program)
    page.voices.setCurrentRow(1)
    page.voice.name.insert("家")
    page.voices.setCurrentRow(0)
    settled(qtbot, program)
    assert {v.name for v in state.voices.values()} == {"乙", "甲家"}
    assert page.voice.voice.voice_id != 0
    page.voice.name.insert("改")
    item = page.voices.visualItemRect(page.voices.item(0)).center()
    qtbot.mouseClick(page.voices.viewport(), Qt.MouseButton.LeftButton, pos=item)
    assert "改" in page.voice.name.text(), "a click on the one that is open takes nothing away"
    page.voice.name.setText("乙")
    before = dict(state.voices)
    page.voices.setCurrentRow(1)
    page.voices.setCurrentRow(0)
    settled(qtbot, program)
    assert state.voices == before, "looking changes nothing"
    click(qtbot, program, page.new_audience)
    page.audience.name.insert("宝妈")
    click(qtbot, program, page.new_voice)
    assert [a.name for a in state.audiences.values()] == ["宝妈"] and page.voice.name.text() == ""


def test_a_chosen_voice_goes_into_the_request_and_into_rewrites(qtbot, program, state):
    state.voices[3] = BrandVoice("老店", voice_id=3)
    program.window.workbench_joined.people.refresh()
    settled(qtbot, program)
    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    form.voice.setFocus()
    QTest.keyClick(form.voice, Qt.Key.Key_Down)
    assert form.voice.currentText() == "老店" and form.state().voice_id == 3
    click(qtbot, program, form.write)
    requests = [call[1] for call in state.calls if call[0] == "compose"]
    assert requests[-1].voice_id == 3
    from engine.domain import Task

    key = program.window.workbench.drafts.shown_keys()[0]
    program.window.workbench_joined.reworking.work_on(key, Task.REWRITE)
    settled(qtbot, program)
    assert [call[1] for call in state.calls if call[0] == "compose"][-1].voice_id == 3


def test_the_chosen_voice_is_there_after_a_restart_and_gone_when_it_is_deleted(qtbot, start, state):
    state.voices[3] = BrandVoice("老店", voice_id=3)
    first = start()
    first.window.workbench.form.voice.set_value(3)
    first.close()
    again = start()
    form = again.window.workbench.form
    assert form.state().voice_id == 3 and form.voice.currentText() == "老店"
    again.window.go_to("people")
    settled(qtbot, again)
    page = again.window.pages["people"].view
    page.voices.setCurrentRow(0)
    click(qtbot, again, page.voice.delete)
    assert form.state().voice_id == 0


def test_an_audience_by_hand_is_written_for(qtbot, program, state, page):
    click(qtbot, program, page.new_audience)
    page.audience.name.insert("早八人")
    page.audience.description.insert("赶地铁，怕麻烦")
    click(qtbot, program, page.audience.save)
    assert next(iter(state.audiences.values())).name == "早八人"
    click(qtbot, program, page.audience.use)
    form = program.window.workbench.form
    assert program.window._stack.currentWidget() is program.window.workbench
    assert form.state().brief.audience == "早八人（赶地铁，怕麻烦）"
    form.audience.setText("谁都行")
    form.audiences.setCurrentIndex(0)
    form.audiences.activated.emit(0)
    assert form.state().brief.audience == "早八人（赶地铁，怕麻烦）"
    form.audience.insert("！")
    assert form.state().brief.audience.startswith("！")


def test_an_audience_is_deleted_and_brought_back(qtbot, program, state, page):
    state.audiences[2] = Audience("早八人", audience_id=2)
    program.window.go_to("people")
    settled(qtbot, program)
    page.audiences.setCurrentRow(0)
    click(qtbot, program, page.audience.delete)
    assert not state.audiences and page.no_audience.isVisible()
    program.window.toast._button.click()
    settled(qtbot, program)
    assert 2 in state.audiences and page.audiences.isVisible()


def test_groups_of_buyers_come_out_of_an_order_list_without_a_name(qtbot, program, state, page, tmp_path, monkeypatch):
    path = tmp_path / "我的 订单.csv"
    path.write_text(ORDERS, "utf-8")
    monkeypatch.setattr("desktop.joins.people.choose_file", lambda *_: path)
    click(qtbot, program, page.orders)
    assert page.segments.isVisible() and "手机号" in page.segments.summary.text()
    keep = next(b for b in page.segments.findChildren(QPushButton) if b.isVisible())
    click(qtbot, program, keep)
    (kept,) = state.audiences.values()
    assert kept.from_orders and kept.categories == ("女装",)
    assert page.segments.isVisible(), "another group can be kept too"
    page.audiences.setCurrentRow(0)
    assert page.audience.origin.isVisible() and page.audience.name.text() == kept.name


def test_a_table_without_buyers_is_told_with_what_to_do(qtbot, program, page, tmp_path, monkeypatch):
    path = tmp_path / "库存.csv"
    path.write_text("标题,库存\n裙子,3\n", "utf-8")
    monkeypatch.setattr("desktop.joins.people.choose_file", lambda *_: path)
    click(qtbot, program, page.orders)
    assert program.window.notice.isVisible() and page.orders.isEnabled()


def test_the_page_speaks_english(qtbot, program, page):
    program.window.use_language("en")
    try:
        assert page.new_voice.text() == "New voice" and page.voice.save.text() == "Save voice"
        assert program.window.workbench.form.voice.itemText(0) == "No voice"
        page.voice.samples.setPlainText("收到后挂一晚，褶就平了。\n\n有口袋，放得下手机。")
        qtbot.waitUntil(lambda: "characters a sentence" in page.voice.learned.text())
        assert not re.search("[\u4e00-\u9fff]", page.voice.learned.text())
    finally:
        program.window.use_language("zh")
