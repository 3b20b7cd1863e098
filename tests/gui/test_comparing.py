"""Drafts beside each other, and a draft beside what it was, as a seller would look at them."""

from __future__ import annotations

from fake_engine import SAMPLE
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel
from test_card_actions import choose
from test_geometry import clipped, nameless
from test_workbench_story import button_of, drafts, settled, write_sample

from desktop.dialogs.compare import CompareDialog
from desktop.dialogs.versions import VersionsDialog
from desktop.widgets.changes import MarkedText, changes_html, side_html


def compared(qtbot, program, first, second) -> CompareDialog:
    qtbot.mouseClick(drafts(program)[first].compare, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(drafts(program)[second].compare, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CompareDialog)
    return dialog


def words_of(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def marked(widget) -> list[str]:
    """What is underlined or struck out in the texts of a widget."""
    found = []
    for text in widget.findChildren(MarkedText):
        block = text.document().begin()
        while block.isValid():
            pieces = [fragment.fragment() for fragment in block]
            found += [p.text() for p in pieces if p.charFormat().fontUnderline() or p.charFormat().fontStrikeOut()]
            block = block.next()
    return found


def gone(qtbot, dialog):
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not dialog)


def test_two_drafts_stand_side_by_side_with_what_tells_them_apart(qtbot, program):
    write_sample(qtbot, program)
    qtbot.mouseClick(drafts(program)[2].compare, Qt.MouseButton.LeftButton)
    assert "再点一条" in program.window.toast._label.text()
    qtbot.mouseClick(drafts(program)[0].compare, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    dialog = QApplication.activeModalWidget()
    left, right = dialog.cards
    assert "第 1 条 · 小红书" in words_of(left) and "第 3 条 · 小红书" in words_of(right), "as they lie on the table"
    assert "92 分" in words_of(left) and "⚠ 1 处要看" in words_of(right) and "✓ 没有要改的" in words_of(left)
    assert button_of(left, "复制这条").hasFocus()
    for side in (left, right):
        assert marked(side), "by more than a colour"
    assert clipped(dialog) == [] and nameless(dialog) == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    gone(qtbot, dialog)
    assert not any(card.compare.isChecked() for card in drafts(program))


def test_one_of_two_is_copied_as_its_channel_wants_it(qtbot, program, state):
    write_sample(qtbot, program)
    text = drafts(program)[1].edit.text()
    dialog = compared(qtbot, program, 0, 1)
    qtbot.mouseClick(button_of(dialog.cards[1], "复制这条"), Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    gone(qtbot, dialog)
    assert QGuiApplication.clipboard().text() == text.replace("\n", "\n\n")
    assert any(call[0] == "pick" and call[2] == text for call in state.calls)


def test_the_other_of_two_goes_and_comes_back_with_undo(qtbot, program):
    write_sample(qtbot, program)
    before = drafts(program)
    dialog = compared(qtbot, program, 1, 3)
    qtbot.mouseClick(button_of(dialog.cards[0], "只留这条"), Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert drafts(program) == before[:3]
    qtbot.mouseClick(program.window.toast._button, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert drafts(program) == before


def test_what_the_seller_changed_is_compared_not_what_was_written(qtbot, program):
    write_sample(qtbot, program)
    card = drafts(program)[0]
    card.edit.setFocus()
    qtbot.keyClicks(card.edit, "ABC")
    dialog = compared(qtbot, program, 0, 1)
    assert any("ABC" in words for words in marked(dialog.cards[0]))
    assert not any("ABC" in words for words in marked(dialog.cards[1]))
    dialog.close()


def test_a_deleted_draft_is_not_compared(qtbot, program):
    write_sample(qtbot, program)
    qtbot.mouseClick(drafts(program)[0].compare, Qt.MouseButton.LeftButton)
    drafts(program)[0].delete_wanted.emit()
    qtbot.mouseClick(drafts(program)[0].compare, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert QApplication.activeModalWidget() is None
    qtbot.mouseClick(drafts(program)[1].compare, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()


def test_a_choice_is_taken_back_by_keyboard(qtbot, program):
    write_sample(qtbot, program)
    first, second = drafts(program)[0].compare, drafts(program)[1].compare
    for tool in (first, first, second):
        tool.setFocus()
        qtbot.keyClick(tool, Qt.Key.Key_Space)
    settled(qtbot, program)
    assert QApplication.activeModalWidget() is None and second.isChecked() and not first.isChecked()


def test_a_draft_on_its_way_cannot_be_compared(qtbot, program, state):
    state.pause_s = 0.05
    program.window.workbench.form.set_brief(SAMPLE)
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    assert not any(card.compare.isEnabled() for card in drafts(program))
    settled(qtbot, program)
    assert all(card.compare.isEnabled() for card in drafts(program))


def test_signs_of_the_text_are_text():
    pieces = [("same", "a<b\n"), ("removed", "&"), ("added", "\n<")]
    assert changes_html(pieces) == "a&lt;b<br><s>－&amp;</s><u>＋<br>&lt;</u>"
    assert side_html(pieces, "removed").startswith("a&lt;b<br><span") and "＋" not in side_html(pieces, "added")


def append(qtbot, state, card, words):
    """Type at the end of a card and rest until it is kept."""
    card.edit.setFocus()
    card.edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(card.edit, words)
    kept = card.edit.text()
    qtbot.waitUntil(lambda: any(call[0] == "edit" and call[2] == kept for call in state.calls), timeout=3000)


def versions_of(qtbot, program, card) -> VersionsDialog:
    choose(qtbot, card, "以前的版本")
    settled(qtbot, program)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, VersionsDialog)
    return dialog


def titles(dialog):
    return [dialog.list.item(place).text().split("\n")[0] for place in range(dialog.list.count())]


def test_an_earlier_version_is_looked_at_and_fetched_back(qtbot, program, state):
    write_sample(qtbot, program)
    card = drafts(program)[0]
    first = card.edit.text()
    append(qtbot, state, card, "AAA")
    append(qtbot, state, card, "BBB")
    dialog = versions_of(qtbot, program, card)
    assert titles(dialog) == ["改过的", "初稿"] and dialog.list.currentRow() == 0 and dialog.list.hasFocus()
    assert marked(dialog) == ["＋BBB"]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    settled(qtbot, program)
    assert marked(dialog) == ["＋AAABBB"] and "AAABBB" in dialog.text.accessibleDescription()
    assert clipped(dialog) == [] and nameless(dialog) == []
    qtbot.mouseClick(button_of(dialog, "换回这一版"), Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert card.edit.text() == first
    assert [call for call in state.calls if call[0] == "edit"][-1][2] == first, "it is in the store at once"


def test_going_back_is_itself_undone_by_the_bar_and_by_the_keyboard(qtbot, program, state):
    write_sample(qtbot, program)
    card = drafts(program)[0]
    first = card.edit.text()
    append(qtbot, state, card, "AAA")
    for undo in ("bar", "keyboard"):
        dialog = versions_of(qtbot, program, card)
        qtbot.mouseClick(button_of(dialog, "换回这一版"), Qt.MouseButton.LeftButton)
        assert card.edit.text() == first
        if undo == "bar":
            qtbot.mouseClick(program.window.toast._button, Qt.MouseButton.LeftButton)
        else:
            qtbot.keyClick(card.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert card.edit.text() == first + "AAA"
        settled(qtbot, program)
    qtbot.waitUntil(lambda: state.versions[max(state.versions)][-1][1] == first + "AAA")


def test_the_text_that_a_draft_was_rewritten_from_is_its_oldest_version(qtbot, program, state):
    write_sample(qtbot, program)
    source = drafts(program)[0].edit.text()
    qtbot.mouseClick(button_of(drafts(program)[0], "缩写"), Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    card = next(card for card in drafts(program)[:2] if card.edit.text() != source)
    append(qtbot, state, card, "AAA")
    dialog = versions_of(qtbot, program, card)
    assert titles(dialog) == ["初稿", "原文"]
    qtbot.keyClick(dialog.list, Qt.Key.Key_End)
    settled(qtbot, program)
    qtbot.mouseClick(button_of(dialog, "换回这一版"), Qt.MouseButton.LeftButton)
    assert card.edit.text() == source


def test_a_draft_that_was_never_changed_says_so(qtbot, program):
    write_sample(qtbot, program)
    choose(qtbot, drafts(program)[0], "以前的版本")
    settled(qtbot, program)
    assert QApplication.activeModalWidget() is None
    assert "没有以前的版本" in program.window.toast._label.text()


def test_versions_are_there_again_after_a_restart(qtbot, start, state):
    program = start()
    write_sample(qtbot, program)
    append(qtbot, state, drafts(program)[0], "AAA")
    changed = drafts(program)[0].edit.text()
    program.close()
    again = start()
    settled(qtbot, again)
    card = next(card for card in drafts(again) if card.edit.text() == changed)
    dialog = versions_of(qtbot, again, card)
    assert titles(dialog) == ["初稿"]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    gone(qtbot, dialog)
    assert card.edit.text() == changed
