"""A monkey at the window: clicks and keys at random, on every page and in every dialog. No exception, no lost draft, no hang.

``ZHANGGUI_MONKEY=5000`` plays so many turns with each of three seeds; without it a short while.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from test_real_engine import ReplayedModel

from desktop.app import Program, prepare
from desktop.main_window import TITLES
from engine.api import StoreDoor
from engine.domain.records import HistoryFilter
from engine.paths import Paths

ROOT = Path(__file__).resolve().parents[2]
TURNS = int(os.environ.get("ZHANGGUI_MONKEY", "100"))
LONGEST_TURN_S = 20.0
PLAYTHINGS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit,
)  # fmt: skip
LEFT_ALONE = ("抹", "锁", "恢复到", "恢复这", "恢复备份", "口令")
"""What empties the shop, brings back an old copy or locks the door: each has a story of its own."""

WORDS = ("dress", "59", "全国第一的裙子", "雪纺#轻", "\t", "😀👗", "a" * 300, "满99减20")
KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_PageDown,
)  # fmt: skip
SHORTCUTS = (Qt.Key.Key_Return, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_F, Qt.Key.Key_V, Qt.Key.Key_A, Qt.Key.Key_N)


class Monkey(QObject):
    """Plays from timers, so that it plays on in the event loop of a dialog."""

    def __init__(self, program: Program, seed: int, turns: int) -> None:
        super().__init__()
        self._program, self._dice, self.left = program, random.Random(seed), turns
        self.slowest = 0.0
        QTimer.singleShot(0, self._turn)

    def _turn(self) -> None:
        self.left -= 1
        if self.left < 0:
            for dialog in QApplication.topLevelWidgets():
                if dialog.isModal() and dialog.isVisible():
                    dialog.close()
            return
        QTimer.singleShot(1, self._turn)  # before the move: a dialog that it opens has an event loop of its own
        began = time.monotonic()
        popup = QApplication.activePopupWidget()
        room = popup or QApplication.activeModalWidget() or self._program.window
        if popup is not None and self._dice.random() < 0.5:
            popup.close()
        elif room is not self._program.window and self._dice.random() < 0.15:
            QTest.keyClick(room, Qt.Key.Key_Escape)
        elif self._dice.random() < 0.05 and room is self._program.window:
            self._program.window.go_to(self._dice.choice(tuple(TITLES)))
        else:
            self._touch(room)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def _touch(self, room: QWidget) -> None:
        things = [
            w for w in room.findChildren(QWidget) if isinstance(w, PLAYTHINGS) and w.isVisible() and w.isEnabled()
        ]
        things = [w for w in things if not any(word in _told(w) for word in LEFT_ALONE)]
        if not things:
            QTest.keyClick(room, Qt.Key.Key_Escape)
            return
        thing, way = self._dice.choice(things), self._dice.random()
        if way < 0.6:
            width, height = max(thing.width(), 1), max(thing.height(), 1)
            place = QPoint(self._dice.randrange(width), self._dice.randrange(height))
            if self._dice.random() < 0.1:
                QTest.mouseDClick(thing, Qt.MouseButton.LeftButton, pos=place)
            else:
                QTest.mouseClick(thing, Qt.MouseButton.LeftButton, pos=place)
        elif way < 0.75:
            QTest.keyClick(thing, self._dice.choice(KEYS))
        elif way < 0.8:
            QTest.keyClick(thing, self._dice.choice(SHORTCUTS), Qt.KeyboardModifier.ControlModifier)
        elif isinstance(thing, QLineEdit):
            thing.insert(self._dice.choice(WORDS))
        elif isinstance(thing, (QPlainTextEdit, QTextEdit)) and not thing.isReadOnly():
            thing.insertPlainText(self._dice.choice(WORDS))


def _told(widget: QWidget) -> str:
    return (widget.text() if isinstance(widget, QAbstractButton) else "") + widget.accessibleName()


@pytest.fixture
def program(qtbot, qapp, private_home: Path, monkeypatch) -> Iterator[Program]:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    # No monkey in the files of this computer.
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    prepare(qapp)
    paths = Paths(private_home, ROOT / "assets")
    opened = Program(paths, StoreDoor(paths, text_model=ReplayedModel()))
    opened.start()
    qtbot.waitUntil(lambda: opened.window.engine is not None and not opened.jobs.busy, timeout=60000)
    yield opened
    opened.close()
    opened.window.deleteLater()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_breaks_and_no_draft_is_lost(qtbot, program, seed):
    landed: list[int] = []
    engine = program.window.engine
    add, store = engine._store.drafts.add_draft, engine._store.drafts

    def kept(request_id, draft):
        landed.append(add(request_id, draft))
        return landed[-1]

    store.add_draft = kept
    program.window.workbench.form.product.setText("雪纺裙")
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(landed), timeout=60_000)  # else its first move may be to stop them all
    monkey = Monkey(program, seed, TURNS)
    qtbot.waitUntil(lambda: monkey.left < 0, timeout=int(TURNS * 1000 + 60_000))
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=120_000)
    there = {e.draft.draft_id for gone in (False, True) for e in store.find(HistoryFilter(deleted=gone), limit=100_000)}
    hidden = {n for n in landed if n not in there and store.get(n).draft.rank < 0}
    assert landed and set(landed) <= there | hidden
    assert monkey.slowest < LONGEST_TURN_S
