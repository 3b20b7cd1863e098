"""The models page: does it fit, fetch one from the net, how fast is this computer, adapters."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from engine.errors import DownloadFailed, ModelMissing

REPO = "shop/model-GGUF"


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)


@pytest.fixture
def view(qtbot, program):
    program.window.go_to("models")
    settled(qtbot, program)
    return program.window.pages["models"].view


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def agree(qtbot, card):
    card.agree.setFocus()
    qtbot.keyClick(card.agree, Qt.Key.Key_Space)


def asked(state, kind):
    return [call for call in state.calls if call[0] == kind]


def look(qtbot, program, view):
    agree(qtbot, view.fetch)
    qtbot.keyClicks(view.fetch.repo, REPO)
    click(qtbot, view.fetch.look)
    settled(qtbot, program)


def test_each_model_says_in_words_whether_it_fits(view):
    words = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert any("✓ 内存够用" in text for text in words)
    assert any("⛔ 内存不够" in text and "请换小一点的" in text for text in words)


def test_nothing_goes_on_line_before_the_seller_agreed(qtbot, program, state, view):
    qtbot.keyClicks(view.fetch.repo, REPO)
    assert not view.fetch.look.isEnabled()
    qtbot.keyClick(view.fetch.repo, Qt.Key.Key_Return)
    click(qtbot, view.fetch.look)
    settled(qtbot, program)
    assert not asked(state, "offers")
    agree(qtbot, view.fetch)
    qtbot.keyClick(view.fetch.repo, Qt.Key.Key_Return)
    settled(qtbot, program)
    assert asked(state, "offers") == [("offers", REPO)]


def test_a_model_is_looked_up_downloaded_and_listed(qtbot, program, state, view):
    look(qtbot, program, view)
    card = view.fetch
    assert card.choice.count() == 2 and "△ 内存有点紧" in card.choice.itemText(1)
    card.choice.setFocus()
    qtbot.keyClick(card.choice, Qt.Key.Key_Down)
    state.pause_s = 0.03
    click(qtbot, card.fetch)
    assert program.window.connection.text() == "● 正在联网" and card.busy.isVisible() and card.stop.isVisible()
    settled(qtbot, program)
    assert asked(state, "download") == [("download", REPO, "shop-7b-q4-00001-of-00002.gguf")]
    assert program.window.connection.text() == "● 离线"
    assert any(row.title == "下载的模型" for row in view._rows)
    assert not card.agree.isChecked() and not card.look.isEnabled(), "the next time she is asked again"


def test_a_download_is_stopped_and_taken_up_again(qtbot, program, state, view):
    look(qtbot, program, view)
    state.pause_s = 0.05
    click(qtbot, view.fetch.fetch)
    qtbot.waitUntil(lambda: view.fetch.busy._step.done > 0)
    click(qtbot, view.fetch.stop)
    settled(qtbot, program)
    assert "下载好的部分留着" in view.fetch.told.text() and not program.window.notice.isVisible()
    assert view.fetch.fetch.text() == "接着下载"
    state.pause_s = 0.0
    click(qtbot, view.fetch.fetch)
    settled(qtbot, program)
    assert len(asked(state, "download")) == 2 and any(row.title == "下载的模型" for row in view._rows)


def test_an_unfinished_download_is_remembered_after_a_restart(qtbot, start, state):
    first = start()
    first.window.go_to("models")
    settled(qtbot, first)
    look(qtbot, first, first.window.pages["models"].view)
    state.download_error = DownloadFailed("m", "offline")
    click(qtbot, first.window.pages["models"].view.fetch.fetch)
    settled(qtbot, first)
    first.close()
    again = start()
    again.window.go_to("models")
    settled(qtbot, again)
    card = again.window.pages["models"].view.fetch
    assert card.repo.text() == REPO and not card.agree.isChecked()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("offline", "连不上网"),
        ("not_found", "网上没有"),
        ("forbidden", "要登录"),
        ("no_models", "没有能用的模型文件"),
        ("not_gguf", "上网登录页"),
        ("disk_full", "磁盘满了"),
        ("something", "下载中断了"),
    ],
)
def test_what_goes_wrong_on_the_net_is_said_in_words(qtbot, program, state, view, reason, words):
    state.download_error = DownloadFailed(REPO, reason)
    look(qtbot, program, view)
    notice = program.window.notice
    assert notice.isVisible() and words in notice.what.text() and notice.advice.text()
    assert program.window.connection.text() == "● 离线" and view.fetch.look.isEnabled()


def test_the_computer_is_measured_and_the_number_means_something(qtbot, program, state, view):
    card = view.machine
    assert "还没有测过" in card.rates.text() and not card.felt.isVisible()
    click(qtbot, card.measure)
    settled(qtbot, program)
    assert card.felt.text() == "一条约 2.0 秒：很快，几乎不用等"
    assert "一次写 4 条约 8.0 秒" in card.rates.text() and "2026" in card.rates.text()
    assert "token" not in card.rates.text().lower()
    program.window.engine.models.set_default("own")
    program.window.go_to("models")
    settled(qtbot, program)
    assert "再测一次" in card.rates.text()


def test_a_measurement_that_fails_says_why(qtbot, program, state, view):
    state.error = ModelMissing("starter")
    click(qtbot, view.machine.measure)
    settled(qtbot, program)
    assert "还没有可用的模型" in program.window.notice.what.text() and view.machine.measure.isEnabled()


def test_an_adapter_is_added_turned_down_switched_off_and_removed(qtbot, program, state, view, monkeypatch):
    card = view.adapters
    assert card.empty.isVisible()
    monkeypatch.setattr("desktop.joins.models.choose_file", lambda *_: Path("店铺口吻.gguf"))
    card.add_wanted.emit()
    settled(qtbot, program)
    assert card.switches["店铺口吻"].isChecked() and state.adapters["店铺口吻"].scale == 1.0
    card.scales["店铺口吻"].stepDown()
    settled(qtbot, program)
    assert round(state.adapters["店铺口吻"].scale, 1) == 0.9
    card.switches["店铺口吻"].setFocus()
    qtbot.keyClick(card.switches["店铺口吻"], Qt.Key.Key_Space)
    settled(qtbot, program)
    assert state.adapters["店铺口吻"].scale == 0.0 and not card.scales["店铺口吻"].isEnabled()
    assert card.switches["店铺口吻"].hasFocus(), "the keyboard stays where it was"
    card.remove_wanted.emit("店铺口吻")
    settled(qtbot, program)
    assert not state.adapters and card.empty.isVisible()


def test_an_adapter_for_another_model_says_so_and_stays_off(qtbot, program, state, view, monkeypatch):
    monkeypatch.setattr("desktop.joins.models.choose_file", lambda *_: Path("other.gguf"))
    view.adapters.add_wanted.emit()
    settled(qtbot, program)
    assert not view.adapters.switches["other"].isEnabled() and not asked(state, "put_on")
    assert any("对不上" in label.text() for label in view.adapters.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_clipped_when_the_page_is_full(qtbot, program, state, view, language):
    from test_geometry import clipped, nameless

    program.window.resize(900, 600)
    program.window.use_language(language)
    try:
        look(qtbot, program, view)
        click(qtbot, view.machine.measure)
        for name in ("one.gguf", "other.gguf"):
            program.window.pages["models"].parts[2].add(Path(name))
        settled(qtbot, program)
        qtbot.waitUntil(lambda: clipped(program.window._stack.currentWidget()) == [])
        assert nameless(program.window) == [] and program.window.width() == 900
    finally:
        program.window.use_language("zh")
