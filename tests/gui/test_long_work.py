"""A message when long work has ended and the seller was elsewhere; none otherwise."""

from __future__ import annotations

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QSystemTrayIcon
from test_pages import drop, opened, settled

from desktop.joins import long_work
from engine.errors import FileUnwritable, WorkerCrashed


@pytest.fixture
def signs(monkeypatch) -> list[str]:
    """What the seller was shown, on a computer without a place for messages."""
    seen: list[str] = []
    monkeypatch.setattr(long_work, "LONG_MS", 0)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    monkeypatch.setattr(QApplication, "alert", lambda window: seen.append(type(window).__name__))
    return seen


@pytest.fixture
def messages(signs, monkeypatch) -> list[tuple[str, str]]:
    """The same with such a place."""
    seen: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _tray: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _tray, title, words, *_: seen.append((title, words)))
    return seen


@pytest.fixture
def away(monkeypatch) -> None:
    """The seller looks at another program."""
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationInactive)


@pytest.fixture
def table(qtbot, program, tmp_path):
    """The batch page with a table on it."""
    path = tmp_path / "商品.csv"
    path.write_text("商品名称\n裙\n包\n", encoding="utf-8")
    view = opened(qtbot, program, "batch")
    drop(view, path)
    settled(qtbot, program)
    return view


def write(qtbot, program, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(qtbot, program)


def test_a_written_table_is_told_by_the_system(qtbot, program, table, messages, signs, away):
    write(qtbot, program, table.start)
    assert messages == [("掌柜文案", "表格写好了，可以回来看了")] and not signs


def test_without_a_place_for_messages_the_window_gives_a_sign(qtbot, program, table, signs, away):
    write(qtbot, program, table.start)
    assert signs == ["MainWindow"]


def test_a_click_on_the_message_brings_the_window_forward(qtbot, program, table, messages, away, monkeypatch):
    write(qtbot, program, table.start)
    program.window.showMinimized()
    watch = next(part for part in program.window.pages["batch"].parts if isinstance(part, long_work.LongWork))
    watch._tray.messageClicked.emit()
    assert not program.window.isMinimized()
    hidden = []
    monkeypatch.setattr(QSystemTrayIcon, "hide", lambda tray: hidden.append(tray))
    QGuiApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert hidden == [watch._tray], "the sign goes when the seller is back"


def test_nothing_is_told_to_one_who_looks(qtbot, program, table, messages, signs, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationActive)
    write(qtbot, program, table.start)
    assert not messages and not signs


def test_short_work_is_not_told(qtbot, program, table, messages, away, monkeypatch):
    monkeypatch.setattr(long_work, "LONG_MS", 20_000)
    write(qtbot, program, table.start)
    assert not messages


def test_what_the_seller_stopped_is_not_told(qtbot, program, table, state, messages, away):
    state.pause_s = 0.1
    qtbot.mouseClick(table.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: table.rows.rowCount() >= 1)
    write(qtbot, program, table.stop)
    assert not messages


def test_a_table_that_broke_off_is_told_as_such(qtbot, program, table, messages, away, monkeypatch, tmp_path):
    def fail(*_args):
        raise FileUnwritable(tmp_path, "full")

    monkeypatch.setattr(type(program.window.engine.batch), "run", fail)
    write(qtbot, program, table.start)
    assert messages == [("掌柜文案", "表格没有写完，请回来看看")]


def test_a_campaign_is_told_in_the_language_of_the_window(qtbot, program, state, messages, away):
    program.window.workbench.form.set_brief(SAMPLE)
    view = opened(qtbot, program, "campaigns")
    program.window.use_language("en")
    try:
        write(qtbot, program, view.plan.start)
        state.error = WorkerCrashed(-9)
        view.start_new()
        write(qtbot, program, view.plan.start)
    finally:
        program.window.use_language("zh")
    assert [words for _title, words in messages] == [
        "The versions of the campaign are written, come and see",
        "The campaign is not finished, please come and look",
    ]


def test_a_setting_switches_it_off(qtbot, program, table, messages, signs, away):
    page = opened(qtbot, program, "settings")
    switch = next(box for box in page.findChildren(QCheckBox) if "写完提醒" in box.text() + box.accessibleName())
    assert switch.isChecked()
    switch.setFocus()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    settled(qtbot, program)
    program.window.go_to("batch")
    write(qtbot, program, table.start)
    assert not messages and not signs
