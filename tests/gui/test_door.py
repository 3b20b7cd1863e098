"""What a seller meets when the data will not open: passphrase, lost key, damage, another window; and the lock."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_engine import SAMPLE, FakeDoor
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app import Program, prepare
from desktop.dialogs.confirm import EraseDialog
from desktop.dialogs.door import DoorDialog, Way
from desktop.dialogs.passphrase import PassphraseDialog
from engine.errors import PassphraseNeeded, StoreUnusable
from engine.paths import Paths

ROOT = Path(__file__).resolve().parents[2]
STORE = Path("store.db")


@pytest.fixture
def begin(qtbot, qapp, state, private_home):
    """Starts a program at a door that raises these."""
    prepare(qapp)
    running: list[Program] = []

    def started(*errors: Exception, door: FakeDoor | None = None) -> Program:
        program = Program(Paths(private_home, ROOT / "assets"), door or FakeDoor(state, *errors))
        running.append(program)
        program.start()
        return program

    yield started
    for program in running:
        program.close()
        program.window.deleteLater()
    qapp.processEvents()


def asked(qtbot, program) -> DoorDialog:
    qtbot.waitUntil(lambda: program.opening.dialog is not None and program.opening.dialog.main.isEnabled())
    return program.opening.dialog


def opened(qtbot, program):
    qtbot.waitUntil(lambda: program.window.engine is not None and not program.jobs.busy)
    assert program.opening.dialog is None


def test_a_wrong_passphrase_is_told_and_the_right_one_opens(qtbot, begin, state):
    state.passphrase, state.locked = "甲乙丙丁", True
    program = begin()
    dialog = asked(qtbot, program)
    assert dialog.way is Way.PASSPHRASE and dialog.field.echoMode() is dialog.field.EchoMode.Password
    qtbot.keyClicks(dialog.field, "xx")
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "不对" in dialog.what.text() and dialog.main.isEnabled())
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "Escape does not lead past the passphrase"
    dialog.field.setText("甲乙丙丁")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    opened(qtbot, program)


def test_a_forgotten_passphrase_gives_way_to_the_phrase(qtbot, begin, state):
    state.passphrase, state.locked = "甲乙丙丁", True
    program = begin()
    dialog = asked(qtbot, program)
    qtbot.mouseClick(dialog.side["phrase"], Qt.MouseButton.LeftButton)
    assert dialog.way is Way.PHRASE and dialog.field.isVisible() and dialog.field.text() == ""
    dialog.field.setText("nonsense")
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "恢复短语不对" in dialog.what.text() and dialog.main.isEnabled())
    assert dialog.way is Way.PHRASE
    dialog.field.setText("abc def")
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    opened(qtbot, program)


@pytest.mark.parametrize("reason", ["no_key", "wrong_key"])
def test_a_lost_key_is_asked_for(qtbot, begin, reason):
    program = begin(StoreUnusable(STORE, reason))
    dialog = asked(qtbot, program)
    assert dialog.way is Way.PHRASE and dialog.side["anew"].isVisible() and not dialog.side["salvage"].isVisible()
    dialog.field.setText("abc")
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    opened(qtbot, program)


@pytest.mark.parametrize("way", ["restore", "salvage", "anew"])
def test_a_damaged_file_has_three_ways_out(qtbot, begin, state, way):
    program = begin(StoreUnusable(STORE, "corrupt"))
    dialog = asked(qtbot, program)
    assert dialog.way is Way.DAMAGED and dialog.copies.isVisible() and dialog.copies.count() == 2
    chosen = dialog.main if way == "restore" else dialog.side[way]
    qtbot.mouseClick(chosen, Qt.MouseButton.LeftButton)
    opened(qtbot, program)
    assert any(call[0] in (way, f"start_{way}") for call in state.calls)


def test_damage_without_a_copy_offers_no_copy(qtbot, begin, state):
    door = FakeDoor(state, StoreUnusable(STORE, "corrupt"))
    door.copies = []
    dialog = asked(qtbot, begin(door=door))
    assert not dialog.copies.isVisible() and dialog.main.text() == "再试一次" and dialog.side["salvage"].isVisible()


def test_the_seller_may_leave_without_opening(qtbot, begin, state):
    program = begin(StoreUnusable(STORE, "no_key"))
    dialog = asked(qtbot, program)
    qtbot.mouseClick(dialog.leave, Qt.MouseButton.LeftButton)
    assert not program.window.isVisible() and not dialog.isVisible()


@pytest.mark.parametrize("reason", ["disk_full", "read_only", "io_error"])
def test_what_the_seller_mends_outside_is_tried_again(qtbot, begin, state, reason):
    door = FakeDoor(state, StoreUnusable(STORE, reason))
    program = begin(door=door)
    dialog = asked(qtbot, program)
    assert dialog.way is Way.AGAIN and dialog.what.text() and dialog.advice.text()
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    asked(qtbot, program)
    door.errors.clear()
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    opened(qtbot, program)


def test_what_was_typed_before_the_opening_stays(qtbot, begin, state):
    state.desk = {"form": {}}
    door = FakeDoor(state, StoreUnusable(STORE, "disk_full"))
    program = begin(door=door)
    dialog = asked(qtbot, program)
    program.window.workbench.form.set_brief(SAMPLE)
    door.errors.clear()
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    opened(qtbot, program)
    assert program.window.workbench.form.state().brief == SAMPLE


def test_a_second_start_brings_the_first_window_forward_and_goes(qtbot, begin, state, private_home):
    private_home.mkdir(parents=True)
    first = begin()
    opened(qtbot, first)
    first.window.showMinimized()
    second = begin(door=FakeDoor(state, StoreUnusable(STORE, "locked")))
    with qtbot.waitSignal(second.elsewhere, timeout=8000):
        pass
    assert not first.window.isMinimized() and second.opening.dialog is None


def test_data_in_use_by_no_window_is_said(qtbot, begin, state, private_home):
    private_home.mkdir(parents=True)
    program = begin(door=FakeDoor(state, StoreUnusable(STORE, "locked")))
    qtbot.waitUntil(lambda: program.opening.dialog is not None, timeout=8000)
    assert "另一个窗口" in program.opening.dialog.what.text()
    assert not list(private_home.glob("window.call"))


def test_the_window_locks_after_the_quiet_and_shows_nothing(qtbot, begin, state):
    program = begin()
    opened(qtbot, program)
    program.window.workbench.form.set_brief(SAMPLE)
    program._engine.settings.set("lock_minutes", 2)
    old = program.window
    idle = next(child for child in old.children() if type(child).__name__ == "Idle")
    for _ in range(3):
        idle.minute_passed()
    assert program.window is old, "without a passphrase there is nothing to lock with"
    state.passphrase = "甲乙丙丁"
    qtbot.waitUntil(lambda: not program.jobs.busy)
    QTest.keyClick(old.windowHandle(), Qt.Key.Key_Shift)
    idle.minute_passed()
    assert program.window is old, "a touch began the quiet anew"
    old.workbench.form.product.setFocus()
    idle.minute_passed()
    QApplication.sendEvent(old.workbench.form.product, QInputMethodEvent("裙", []))
    idle.minute_passed()
    assert program.window is old, "an input method speaks to the field alone"
    idle.minute_passed()
    assert program.window is not old and not old.isVisible()
    dialog = asked(qtbot, program)
    assert program.window.workbench.form.product.text() == ""
    dialog.field.setText("甲乙丙丁")
    qtbot.mouseClick(dialog.main, Qt.MouseButton.LeftButton)
    opened(qtbot, program)
    assert program.window.workbench.form.state().brief == SAMPLE


def test_the_passphrase_is_set_changed_and_taken_away(qtbot, program, state):
    program.window.go_to("privacy")
    view = program.window.pages["privacy"].view
    qtbot.waitUntil(lambda: not program.jobs.busy)
    assert not view.drop_guard.isVisible()
    qtbot.mouseClick(view.set_guard, Qt.MouseButton.LeftButton)
    dialog = next(w for w in program.window.children() if isinstance(w, PassphraseDialog))
    dialog.first.setText("abc")
    dialog.second.setText("abc")
    assert not dialog.take.isEnabled()
    dialog.first.setText("abcd")
    assert not dialog.take.isEnabled() and "不一样" in dialog.hint.text()
    dialog.second.setText("abcd")
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.drop_guard.isVisible())
    assert state.passphrase == "abcd"
    qtbot.mouseClick(view.drop_guard, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not view.drop_guard.isVisible())
    assert state.passphrase == ""


def test_a_part_is_erased_only_after_the_word(qtbot, program, state):
    program.window.go_to("privacy")
    view = program.window.pages["privacy"].view
    qtbot.waitUntil(lambda: not program.jobs.busy)
    view.product.setText("雪纺裙")
    view.product_line.itemAt(1).widget().click()
    dialog = next(w for w in program.window.children() if isinstance(w, EraseDialog))
    assert not dialog.erase.isEnabled()
    dialog.word.setText("雪纺裙")
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("erase_product", "雪纺裙") in state.calls)
    view.since.setDate(QDate(2026, 11, 1))
    view.until.setDate(QDate(2026, 11, 2))
    qtbot.waitUntil(lambda: not program.jobs.busy)
    view._erase_period()
    dialog = [w for w in program.window.children() if isinstance(w, EraseDialog)][-1]
    dialog.word.setText("抹掉")
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(call[0] == "erase_period" for call in state.calls))
    since, until = next(call[1:] for call in state.calls if call[0] == "erase_period")
    assert (since.day, until.day) == (1, 3) and (until - since).days == 2


def test_every_error_of_the_opening_has_words():
    from desktop.errors import error_words

    for error in (PassphraseNeeded(wrong=False), PassphraseNeeded(wrong=True)):
        assert error_words(error).what
