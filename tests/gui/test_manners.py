"""Heartbeat while eight drafts stream, no warning in Qt's log, nothing left behind, a lazy start."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

from fake_engine import SAMPLE
from PySide6.QtCore import Qt, QTimer, qInstallMessageHandler

from engine.domain import Channel

ROOT = Path(__file__).resolve().parents[2]
LONGEST_BEAT_S = 0.150
HEAVY = ("jieba", "llama_cpp", "numpy", "peewee", "openpyxl", "docx", "huggingface_hub", "keyring", "engine.api")


def test_the_window_imports_nothing_heavy_before_it_is_painted():
    code = f"import sys, desktop.app; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"


def test_qt_has_nothing_to_complain_about(qtbot, start):
    complaints = []
    before = qInstallMessageHandler(lambda _kind, _where, words: complaints.append(words))
    try:
        program = start()
        window = program.window
        window.workbench.form.set_brief(SAMPLE)
        qtbot.mouseClick(window.workbench.form.write, Qt.MouseButton.LeftButton)
        for name in ("batch", "history", "feedback", "models", "privacy", "settings", "help", "workbench"):
            window.go_to(name)
            qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
        window.use_theme("dark")
        program.close()
    finally:
        qInstallMessageHandler(before)
    assert [words for words in complaints if "propagateSizeHints" not in words] == []


def test_the_window_beats_on_while_eight_drafts_stream(qtbot, program, state):
    """Measured in this thread's own processor time between two beats, so that a busy machine does not matter."""
    state.pause_s = 0.02
    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    form.channels.set_value(Channel.XIAOHONGSHU)
    form.count.setValue(8)
    beats: list[float] = []
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: beats.append(time.thread_time()))
    timer.start()
    qtbot.mouseClick(form.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=15000)
    timer.stop()
    assert max(after - before for before, after in pairwise(beats)) < LONGEST_BEAT_S


def test_many_rounds_leave_no_cards_behind(qtbot, program):
    from desktop.widgets.draft_card import DraftCard

    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    for _ in range(5):
        qtbot.mouseClick(form.write, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
    qtbot.wait(20)
    assert len(program.window.findChildren(DraftCard)) == 4
