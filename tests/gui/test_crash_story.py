"""The model's process ends in the middle of a request: what is whole stays, one button asks for the rest."""

from __future__ import annotations

import os
import signal

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import Qt
from test_real_engine import open_window  # noqa: F401 (a fixture)

from desktop.main_window import MainWindow
from engine.domain import Channel
from engine.errors import ProcessorUnfit
from engine.inference import InferenceOptions, LocalTextModel
from tests.tiny_model import install_tiny_model


def drafts(program):
    pane = program.window.workbench.drafts
    return [pane.card(key) for key in pane.shown_keys()]


def settled(qtbot, program, timeout=8000):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=timeout)


def write(qtbot, window: MainWindow):
    window.workbench.form.set_brief(SAMPLE)
    qtbot.mouseClick(window.workbench.form.write, Qt.MouseButton.LeftButton)


def requests(state):
    return [call[1] for call in state.calls if call[0] == "compose"]


@pytest.mark.parametrize("finished", [1, 3])
def test_one_click_writes_only_what_a_crash_left_unfinished(qtbot, program, state, finished):
    state.crash_after = finished
    write(qtbot, program.window)
    settled(qtbot, program)
    kept = [card.edit.text() for card in drafts(program)]
    assert finished <= len(kept) < 4
    assert drafts(program)[0]._badge.text() == "推荐 92", "what is whole has its score"
    notice, missing = program.window.notice, 4 - len(kept)
    assert "写作程序意外停了" in notice.what.text()
    assert notice.act.text() == f"再写没写完的 {missing} 条" and notice.act.hasFocus()
    qtbot.keyClick(notice.act, Qt.Key.Key_Space)
    settled(qtbot, program)
    assert not notice.isVisible()
    first, again = requests(state)
    assert (again.brief, again.channel, again.length) == (first.brief, first.channel, first.length)
    assert again.count == missing and again.candidates < first.candidates
    texts = [card.edit.text() for card in drafts(program)]
    assert len(texts) == 4 and all(text in texts for text in kept)
    assert len(state.entries) == 4, "nothing is written twice"


def test_a_crash_that_comes_after_the_last_draft_costs_nothing(qtbot, program, state):
    state.crash_after = 4
    write(qtbot, program.window)
    settled(qtbot, program)
    assert len(drafts(program)) == 4
    assert program.window.notice.isVisible() and not program.window.notice.act.isVisible()


def test_writing_something_else_takes_the_offer_back(qtbot, program, state):
    state.crash_after = 1
    write(qtbot, program.window)
    settled(qtbot, program)
    assert program.window.notice.act.isVisible()
    write(qtbot, program.window)
    settled(qtbot, program)
    assert not program.window.notice.isVisible()
    program.window.workbench_joined.writing.write_unfinished()
    settled(qtbot, program)
    assert len(requests(state)) == 2


def test_a_processor_that_cannot_write_is_not_tried_again(qtbot, program, state):
    state.error = ProcessorUnfit(-4)
    write(qtbot, program.window)
    settled(qtbot, program)
    assert program.window.notice.isVisible() and not program.window.notice.act.isVisible()


def test_a_killed_worker_is_started_again_by_the_same_click(qtbot, open_window, tmp_path):  # noqa: F811
    installed = install_tiny_model(tmp_path / "模型", prompt_format="plain-v1")
    model = LocalTextModel(installed, InferenceOptions(threads=1, gpu_layers=0, idle_seconds=0))
    program = open_window(model)
    window = program.window
    window.workbench.form.channels.chip(Channel.DETAIL).click()
    killed = []

    def kill(_key, _text):
        if not killed and model.worker_pid:
            killed.append(model.worker_pid)
            os.kill(model.worker_pid, signal.SIGKILL)

    window.workbench_joined.writing.text.connect(kill)
    write(qtbot, window)
    settled(qtbot, program, 60000)
    assert killed and "写作程序意外停了" in window.notice.what.text()
    kept = [card.edit.text() for card in drafts(program)]
    assert len(kept) < 4
    qtbot.mouseClick(window.notice.act, Qt.MouseButton.LeftButton)
    settled(qtbot, program, 60000)
    assert not window.notice.isVisible(), window.notice.what.text() + window.notice.details.text()
    texts = [card.edit.text() for card in drafts(program)]
    assert len(texts) > len(kept) and all(text in texts for text in kept)
    assert model.worker_pid not in killed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_notice_has_room_in_a_small_window(qtbot, program, state, language):
    from test_geometry import clipped

    window = program.window
    window.resize(900, 600)
    window.use_language(language)
    try:
        state.crash_after = 1
        write(qtbot, window)
        settled(qtbot, program)
        qtbot.waitUntil(lambda: clipped(window.notice) == [])
        assert window.notice.act.isVisible() and window.width() == 900
    finally:
        window.use_language("zh")
