"""The templates page as a seller uses it."""

from __future__ import annotations

import json

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import Qt

from desktop.dialogs.holes import HolesDialog
from engine.domain import Channel


@pytest.fixture
def page(qtbot, program):
    program.window.workbench.form.set_brief(SAMPLE)
    program.window.go_to("templates")
    settled(qtbot, program)
    return program.window.pages["templates"].view


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy)


def choose(view, title):
    found = view.list.findItems(title, Qt.MatchFlag.MatchContains)
    view.list.setCurrentItem(found[0])


def dialog_of(program):
    return next(w for w in program.window.children() if isinstance(w, HolesDialog) and w.isVisible())


def test_a_template_is_filled_into_the_workbench(qtbot, program, page):
    choose(page, "大促 双11/618 · 短信")
    qtbot.mouseClick(page.use, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    dialog = dialog_of(program)
    dialog.editors["力度"].setText("")
    assert not dialog.take.isEnabled()
    dialog.editors["力度"].setText("满200减30")
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window._stack.currentWidget() is program.window.workbench)
    state = program.window.workbench.form.state()
    assert state.brief.offer == "双11满200减30，11月11日截止" and state.channel is Channel.SMS
    assert state.brief.product == SAMPLE.product and state.brief.points == SAMPLE.points


def test_a_price_takes_only_a_price(qtbot, program, page):
    choose(page, "新品上市 · 朋友圈")
    qtbot.mouseClick(page.use, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    dialog = dialog_of(program)
    qtbot.keyClicks(dialog.editors["上新价"], "abc")
    assert dialog.editors["上新价"].text() == "" and not dialog.take.isEnabled()
    qtbot.keyClicks(dialog.editors["上新价"], "9.9")
    assert dialog.take.isEnabled()
    dialog.reject()


def test_a_built_in_one_is_changed_into_an_own_one_and_deleted_and_brought_back(qtbot, program, page):
    before = page.list.count()
    choose(page, "新品上市 · 短信")
    assert page.save.text() == "另存为我的模板" and not page.delete.isVisible()
    page.title.setText("我的上新")
    page.text.setPlainText("活动：{力度}")
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert page.list.count() == before + 1 and page.delete.isVisible() and "第 1 版" in page.kind.text()
    page.text.setPlainText("活动：{力度}，送袜子")
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert "第 2 版" in page.kind.text() and page.list.count() == before + 1
    qtbot.mouseClick(page.delete, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert page.list.count() == before
    program.window.toast._button.click()
    settled(qtbot, program)
    assert page.list.count() == before + 1


def test_a_template_is_made_of_the_product_at_hand(qtbot, program, page):
    page.from_form_wanted.emit()
    assert page.text.toPlainText().startswith("活动：第二件半价") and "卖点：垂坠" in page.text.toPlainText()
    assert not page.save.isEnabled()
    page.title.setText("夏装")
    assert page.save.isEnabled()


def test_the_list_is_narrowed_by_channel(page):
    page.channel_filter.setCurrentIndex(page.channel_filter.findData(Channel.SMS))
    titles = [page.list.item(i).text() for i in range(page.list.count())]
    assert titles and all("短信" in title for title in titles)


def test_templates_go_out_and_come_in(qtbot, program, page, tmp_path, monkeypatch):
    choose(page, "新品上市 · 短信")
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    path = tmp_path / "我的 模板.json"
    monkeypatch.setattr("desktop.joins.pages.choose_save", lambda *_: path)
    monkeypatch.setattr("desktop.joins.pages.choose_file", lambda *_: path)
    page.export_wanted.emit()
    settled(qtbot, program)
    entries = json.loads(path.read_text("utf-8"))
    assert len(entries) == 1
    path.write_text(json.dumps([*entries, {"title": "坏"}], ensure_ascii=False), "utf-8")
    before = page.list.count()
    page.import_wanted.emit()
    settled(qtbot, program)
    assert page.list.count() == before + 1
    dialogs = [w for w in program.window.children() if type(w).__name__ == "LinesDialog"]
    assert dialogs and dialogs[0].isVisible()
    dialogs[0].accept()
