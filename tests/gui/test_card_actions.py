"""What a card offers beyond its own text, as a seller would click it."""

from __future__ import annotations

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
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


def text_menu(qtbot, card) -> QMenu:
    """The menu of a card's text, as the menu key opens it."""
    card.edit.setFocus()
    QApplication.sendEvent(card.edit, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def select(card, words):
    """Select these words of a card."""
    place = card.edit.text().index(words)
    cursor = card.edit.textCursor()
    cursor.setPosition(place)
    cursor.setPosition(place + len(words), QTextCursor.MoveMode.KeepAnchor)
    card.edit.setTextCursor(cursor)


def test_a_selected_part_is_rewritten_alone(qtbot, program, state):
    write_sample(qtbot, program)
    card = drafts(program)[0]
    text, part = card.edit.text(), card.edit.text().split("\n")[1]
    select(card, part)
    menu = text_menu(qtbot, card)
    action = next(action for action in menu.actions() if action.text() == "缩写选中的")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    settled(qtbot, program)
    assert (last_request(state).task, last_request(state).brief.source) == (Task.CONDENSE, part)
    assert last_request(state).channel is Channel.DETAIL, "a part needs neither a title nor topics"
    assert drafts(program)[0].made_by.text() == "缩写 · 选中的一段"
    assert card.edit.text() == text, "the whole text stays as it is"


def test_a_selected_part_is_said_in_another_tone(qtbot, program, state):
    write_sample(qtbot, program)
    card = drafts(program)[0]
    select(card, card.edit.text()[:6])
    menu = text_menu(qtbot, card)
    tones = next(action.menu() for action in menu.actions() if action.text() == "选中的换语气")
    tones.actions()[0].trigger()
    menu.close()
    settled(qtbot, program)
    request = last_request(state)
    assert (request.task, request.brief.tone, len(request.brief.source)) == (Task.REWRITE, Tone.WARM, 6)


def test_without_a_selection_the_text_menu_is_as_it_was(qtbot, program, state):
    write_sample(qtbot, program)
    menu = text_menu(qtbot, drafts(program)[0])
    assert not [action for action in menu.actions() if "选中的" in action.text()]
    menu.close()
