"""What a card offers beyond its own text, as a seller would click it."""

from __future__ import annotations

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from test_workbench_story import button_of, drafts, settled, write_sample

from engine.domain import Channel, Task, Tone


def choose(qtbot, card: QWidget, *names: str) -> None:
    """Open 更多 and click the entries one after the other, through the menus."""
    qtbot.mouseClick(button_of(card, "更多 ▾"), Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    for name in names:
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if action.text() == name)
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        if action.menu() is not None:
            menu = action.menu()
            qtbot.waitUntil(menu.isVisible)


def last_request(state):
    return [call[1] for call in state.calls if call[0] == "compose"][-1]


def test_more_of_a_kind_come_before_the_card(qtbot, program, state):
    program.window.workbench.form.length.set_value(200)
    write_sample(qtbot, program)
    asked, old = last_request(state), drafts(program)
    choose(qtbot, old[1], "再来几条")
    settled(qtbot, program)
    again = last_request(state)
    assert (again.brief, again.channel, again.task) == (SAMPLE, Channel.XIAOHONGSHU, Task.COMPOSE)
    assert again.length == asked.length and again.seed is None
    assert drafts(program)[2:] == old
    assert drafts(program)[0].made_by.text() == "再来几条"


def test_more_of_a_rewritten_draft_are_rewritten_from_the_same_text(qtbot, program, state):
    write_sample(qtbot, program)
    qtbot.mouseClick(button_of(drafts(program)[0], "扩写"), Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    first = last_request(state)
    choose(qtbot, drafts(program)[0], "再来几条")
    settled(qtbot, program)
    assert (last_request(state).task, last_request(state).brief) == (Task.EXPAND, first.brief)


def test_a_draft_goes_to_another_channel(qtbot, program, state):
    write_sample(qtbot, program)
    card = drafts(program)[0]
    text = card.edit.text()
    choose(qtbot, card, "换渠道", "朋友圈")
    settled(qtbot, program)
    request = last_request(state)
    assert (request.channel, request.task, request.brief.source) == (Channel.MOMENTS, Task.REWRITE, text)
    assert request.length is None
    new = drafts(program)[0]
    assert new.channel is Channel.MOMENTS and new.made_by.text() == "换渠道 · 朋友圈"
    assert "小红书" in program.window.workbench.drafts.hint.text()


def test_a_text_that_is_too_short_for_the_other_channel_grows(qtbot, program, state):
    write_sample(qtbot, program)
    choose(qtbot, drafts(program)[0], "换渠道", "直播话术")
    settled(qtbot, program)
    assert last_request(state).length == 120


def test_a_draft_is_said_in_another_tone(qtbot, program, state):
    write_sample(qtbot, program)
    choose(qtbot, drafts(program)[0], "换语气", "活泼")
    settled(qtbot, program)
    request = last_request(state)
    assert (request.brief.tone, request.channel, request.task) == (Tone.LIVELY, Channel.XIAOHONGSHU, Task.REWRITE)
    assert drafts(program)[0].made_by.text() == "换语气 · 活泼"


def test_the_menu_is_reached_by_keyboard_and_leaves_out_the_cards_own_channel(qtbot, program, state):
    write_sample(qtbot, program)
    more = button_of(drafts(program)[0], "更多 ▾")
    assert more.accessibleName() == "更多"
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    channels = next(action.menu() for action in menu.actions() if action.text() == "换渠道")
    assert "小红书" not in [action.text() for action in channels.actions()]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settled(qtbot, program)
    assert drafts(program)[0].made_by.text() == "再来几条"


def test_the_menu_rests_while_something_is_written(qtbot, program, state):
    write_sample(qtbot, program)
    state.pause_s = 0.05
    old = drafts(program)[0]
    choose(qtbot, old, "再来几条")
    assert not old.more.isEnabled()
    settled(qtbot, program)
    assert old.more.isEnabled()


@pytest.mark.parametrize(("language", "words"), [("zh", "换渠道 · 朋友圈"), ("en", "Other channel · Moments")])
def test_how_a_draft_came_about_is_told_in_the_language_of_the_window(qtbot, program, language, words):
    write_sample(qtbot, program)
    choose(qtbot, drafts(program)[0], "换渠道", "朋友圈")
    settled(qtbot, program)
    program.window.use_language(language)
    try:
        assert drafts(program)[0].made_by.text() == words
    finally:
        program.window.use_language("zh")
