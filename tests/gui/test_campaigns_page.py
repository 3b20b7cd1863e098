"""The campaigns page as a seller uses it: plan, write, sheet out, figures in, what they say."""

from __future__ import annotations

import csv
import threading

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from desktop.widgets.rate_chart import IntervalBar, rate_words
from engine.domain import Channel
from engine.domain.preference import Audience, Goal, Interval


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)


def click(qtbot, program, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(qtbot, program)


@pytest.fixture
def page(qtbot, program, state):
    state.audiences[1] = Audience("早八人", "赶地铁", audience_id=1)
    state.audiences[2] = Audience("宝妈", audience_id=2)
    program.window.workbench.form.set_brief(SAMPLE)
    program.window.go_to("campaigns")
    settled(qtbot, program)
    return program.window.pages["campaigns"].view


def write_four(qtbot, program, page):
    """Two goals for one audience, two versions of each."""
    page.plan.name.setText("双11")
    for chip in (page.plan.goals.chip(Goal.PURCHASE), page.plan.audiences.chip("早八人（赶地铁）")):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    page.plan.each.setValue(2)
    click(qtbot, program, page.plan.start)


def fill(path, figures):
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, rows[0])
        sheet.writeheader()
        for row in rows:
            shown, clicks, orders = figures.get(row["版本号"], ("", "", ""))
            sheet.writerow({**row, "曝光": shown, "点击": clicks, "成交": orders})


def test_a_matrix_is_planned_counted_and_written(qtbot, program, state, page):
    assert SAMPLE.product in page.plan.product.text() and page.plan.start.text() == "写这 1 条"
    write_four(qtbot, program, page)
    panel = page.panel
    assert panel.isVisible() and panel.title.text() == "双11" and page.list.count() == 1
    assert [panel.model._rows[i][:3] for i in range(4)] == [
        ("C01", "点击", "早八人"),
        ("C02", "点击", "早八人"),
        ("P01", "下单", "早八人"),
        ("P02", "下单", "早八人"),
    ]
    assert all(SAMPLE.product in row[5] or "地铁" in row[5] for row in panel.model._rows)
    asked = [call[1] for call in state.calls if call[0] == "compose"]
    assert [(r.count, r.brief.audience) for r in asked] == [(2, "早八人（赶地铁）")] * 2
    assert not panel.write.isVisible() and panel.export.isEnabled()


def test_without_a_product_the_way_to_one_is_shown(qtbot, program):
    program.window.go_to("campaigns")
    settled(qtbot, program)
    plan = program.window.pages["campaigns"].view.plan
    assert not plan.start.isEnabled()
    click(qtbot, program, plan.to_product)
    assert program.window._stack.currentWidget() is program.window.workbench


def test_no_goal_and_too_many_versions_are_told(qtbot, program, page):
    qtbot.mouseClick(page.plan.goals.chip(Goal.CLICK), Qt.MouseButton.LeftButton)
    assert not page.plan.start.isEnabled() and "至少选一个目标" in page.plan.sum.text()
    page.plan.goals.set_values(tuple(Goal))
    page.plan.channels.set_values(tuple(Channel))
    page.plan.each.setValue(4)
    assert not page.plan.start.isEnabled() and "太多" in page.plan.sum.text()


def test_a_stopped_campaign_goes_on(qtbot, program, state, page):
    state.hold = threading.Event()
    page.plan.goals.set_values((Goal.CLICK, Goal.PURCHASE))
    qtbot.mouseClick(page.plan.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.panel.stop.isVisible() and any(c[0] == "compose" for c in state.calls))
    qtbot.mouseClick(page.panel.stop, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    state.hold.set()
    assert page.panel.write.isVisible() and not page.panel.stop.isVisible()
    click(qtbot, program, page.panel.write)
    assert not page.panel.write.isVisible() and all(v.version.text for v in page.panel._versions)


def test_the_sheet_goes_out_and_the_figures_come_back_as_a_chart(qtbot, program, page, tmp_path, monkeypatch):
    write_four(qtbot, program, page)
    path = tmp_path / "投放 表.csv"
    monkeypatch.setattr("desktop.joins.campaigns.choose_save", lambda *_: path)
    monkeypatch.setattr("desktop.joins.campaigns.choose_file", lambda *_: path)
    assert page.panel.no_results.isVisible()
    click(qtbot, program, page.panel.export)
    fill(path, {"C01": (1000, 90, 5), "C02": (1000, 30, 1), "P01": (10, 20, 1)})
    click(qtbot, program, page.panel.results)
    words = " ".join(label.text() for label in page.panel.chart.findChildren(QLabel))
    assert "C01 · 早八人" in words and "9.0%，多半在" in words and "明显更好，可以多投" in words
    bars = page.panel.chart.findChildren(IntervalBar)
    assert len(bars) == 4 and "点击率 9.0%" in bars[0].accessibleName()
    assert page.panel.problems.isVisible() and "3" in page.panel.problems.text()
    assert not page.panel.no_results.isVisible()
    assert "早八人" in page.next.text() or "宝妈" in page.next.text()


def test_a_chosen_version_is_read_and_copied(qtbot, program, page):
    write_four(qtbot, program, page)
    page.panel.table.selectRow(2)
    click(qtbot, program, page.panel.copy)
    copied = QGuiApplication.clipboard().text()
    assert copied and copied == page.panel._versions[2].version.text


def test_a_version_with_an_unlawful_word_is_marked_and_mended_on_the_workbench(qtbot, program, page):
    write_four(qtbot, program, page)
    rows = {row[0]: row for row in page.panel.model._rows}
    bad = next(code for code, row in rows.items() if "最显瘦" in row[5])
    assert rows[bad][4] == "✕ 不能发" and "✓ 可以发" in {row[4] for row in rows.values()}
    page.panel.table.selectRow(list(rows).index(bad))
    assert page.panel.unlawful.isVisible() and "最显瘦" in page.panel.unlawful.text()
    click(qtbot, program, page.panel.edit)
    drafts = program.window.workbench.drafts
    assert program.window._stack.currentWidget() is program.window.workbench and len(drafts.shown_keys()) == 1


def test_a_campaign_is_deleted_and_brought_back(qtbot, program, state, page):
    write_four(qtbot, program, page)
    click(qtbot, program, page.panel.delete)
    assert page.empty.isVisible() and page.plan.isVisible() and not state.campaigns
    program.window.toast._button.click()
    settled(qtbot, program)
    assert page.list.count() == 1 and page.panel.isVisible()
    assert all(v.version.text for v in page.panel._versions)


def test_a_campaign_that_was_erased_meanwhile_makes_room_for_a_new_one(qtbot, program, state, page):
    write_four(qtbot, program, page)
    program.window.go_to("workbench")
    state.campaigns.clear()
    program.window.go_to("campaigns")
    settled(qtbot, program)
    assert page.plan.isVisible() and page.empty.isVisible() and not program.window.notice.isVisible()


def test_the_keyboard_chooses_a_campaign_and_its_goals(qtbot, program, page):
    chip = page.plan.goals.chip(Goal.BRAND)
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert Goal.BRAND in page.plan.plan().goals and chip.accessibleName() == "品牌"
    click(qtbot, program, page.plan.start)
    click(qtbot, program, page.new)
    assert page.plan.isVisible()
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    settled(qtbot, program)
    assert page.panel.isVisible()


def test_it_speaks_english(qtbot, program, page):
    write_four(qtbot, program, page)
    program.window.use_language("en")
    try:
        assert page.panel.model._rows[0][1] == "Clicks" and page.panel.export.text() == "Export sheet…"
        assert "Try" not in page.next.text() and "Channel" in page.next.text()
        assert rate_words(Interval(0.09, 0.07, 0.11, 1000)) == "9.0%, probably 7.0% to 11.0%"
    finally:
        program.window.use_language("zh")
