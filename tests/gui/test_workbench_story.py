"""The workbench as a seller uses it: clicks and keys in, what is seen out."""

from __future__ import annotations

import threading

import pytest
from fake_engine import SAMPLE, FakeState
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPushButton

from engine.domain import Channel, Task
from engine.errors import BriefInvalid, ModelBroken, ModelMissing, WorkerCrashed


def drafts(program):
    pane = program.window.workbench.drafts
    return [pane.card(key) for key in pane.shown_keys()]


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)


def write_sample(qtbot, program):
    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    qtbot.mouseClick(form.channels.chip(Channel.XIAOHONGSHU), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)


def button_of(widget, words):
    return next(b for b in widget.findChildren(QPushButton) if b.text() == words and b.isVisible())


def test_three_actions_lead_to_the_first_drafts(qtbot, program):
    form = program.window.workbench.form
    qtbot.keyClicks(form.product, "dress")
    qtbot.mouseClick(form.channels.chip(Channel.MOMENTS), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert len(drafts(program)) == 4
    assert all("dress" in card.edit.text() for card in drafts(program))


def test_drafts_stream_side_by_side_and_settle_once(qtbot, program, state):
    state.pause_s = 0.1
    pane, orders = program.window.workbench.drafts, []
    program.window.workbench_joined.writing.order.connect(orders.append)
    program.window.workbench.form.set_brief(SAMPLE)
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    first = pane.shown_keys()
    qtbot.waitUntil(lambda: all(card.edit.text() for card in drafts(program)))
    assert pane.shown_keys() == first, "cards may not move while they are written"
    assert program.window.workbench.form.stop.isVisible()
    settled(qtbot, program)
    assert len(orders) == 1
    assert pane.shown_keys() == tuple(reversed(first))
    assert [card._badge.text() for card in drafts(program)] == ["推荐 92", "86 分", "80 分", "74 分"]


def test_frames_do_not_jump_while_text_comes(qtbot, program, state):
    state.hold = threading.Event()
    program.window.workbench.form.set_brief(SAMPLE)
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    heights = set()

    def texts_are_long():
        heights.add(drafts(program)[0].edit.height())
        return len(drafts(program)[0].edit.text()) > 30

    qtbot.waitUntil(texts_are_long)
    heights.discard(min(heights)) if len(heights) > 1 else None
    assert len(heights) == 1
    settled(qtbot, program)


def test_text_is_shown_at_most_twenty_times_a_second(qtbot, program, state):
    state.pause_s = 0.001
    seen = []
    program.window.workbench_joined.writing.text.connect(lambda key, text: seen.append(key))
    write_sample(qtbot, program)
    assert len(seen) <= 4 * 12


def test_stop_ends_the_writing_and_keeps_what_is_whole(qtbot, program, state):
    state.pause_s = 0.05
    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    qtbot.mouseClick(form.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(card.edit.text() for card in drafts(program)))
    qtbot.mouseClick(form.stop, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert form.write.isVisible()
    assert not program.window.notice.isVisible(), "stopping is not an error"
    assert all(card.edit.text() for card in drafts(program))


def test_escape_stops_and_ctrl_enter_writes(qtbot, program, state):
    state.pause_s = 0.05
    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    form.product.setFocus()
    qtbot.keyClick(form.product, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: form.stop.isVisible())
    qtbot.keyClick(form.product, Qt.Key.Key_Escape)
    settled(qtbot, program)
    assert form.write.isVisible()


def test_enter_never_writes_while_an_input_method_holds_a_word(qtbot, program, state):
    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    form.product.setFocus()
    QApplication.sendEvent(form.product, QInputMethodEvent("lian yi", []))
    qtbot.keyClick(form.product, Qt.Key.Key_Return)
    qtbot.keyClick(form.product, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not [call for call in state.calls if call[0] == "compose"]
    done = QInputMethodEvent("", [])
    done.setCommitString("连衣裙")
    QApplication.sendEvent(form.product, done)
    assert form.product.text().endswith("连衣裙") or "连衣裙" in form.product.text()
    qtbot.keyClick(form.product, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, program)
    assert [call for call in state.calls if call[0] == "compose"]


def test_an_input_methods_enter_does_not_finish_a_chip(qtbot, program):
    chips = program.window.workbench.form.points
    chips.begin_new()
    QApplication.sendEvent(chips._line, QInputMethodEvent("chui zhui", []))
    qtbot.keyClick(chips._line, Qt.Key.Key_Return)
    assert chips._line.isVisible() and not chips._chips
    done = QInputMethodEvent("", [])
    done.setCommitString("垂坠")
    QApplication.sendEvent(chips._line, done)
    qtbot.keyClick(chips._line, Qt.Key.Key_Return)
    assert chips.values() == ("垂坠",)


def test_copy_gives_the_channels_form_and_counts_as_a_pick(qtbot, program, state):
    write_sample(qtbot, program)
    card = drafts(program)[0]
    qtbot.mouseClick(button_of(card, "复制"), Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert QGuiApplication.clipboard().text() == card.edit.text().replace("\n", "\n\n")
    assert any(call[0] == "pick" and call[2] == card.edit.text() for call in state.calls)
    assert "已复制" in program.window.toast._label.text()


def test_alt_and_a_number_copies_that_draft(qtbot, program):
    write_sample(qtbot, program)
    qtbot.keyClick(program.window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, program)
    assert QGuiApplication.clipboard().text().startswith(drafts(program)[1].edit.text()[:6])


def test_an_edit_is_checked_live_and_kept(qtbot, program, state):
    write_sample(qtbot, program)
    card = drafts(program)[0]
    assert not card.edit.extraSelections()
    card.edit.setFocus()
    card.edit.moveCursor(card.edit.textCursor().MoveOperation.End)
    card.edit.insertPlainText("🌿最显瘦")
    qtbot.waitUntil(lambda: len(card.edit.extraSelections()) == 1)
    assert card.edit.extraSelections()[0].cursor.selectedText() == "最显瘦"
    qtbot.waitUntil(lambda: any(c[0] == "edit" and c[2].endswith("最显瘦") for c in state.calls))


def test_one_click_replaces_a_finding_and_undo_brings_it_back(qtbot, program):
    write_sample(qtbot, program)
    card = next(card for card in drafts(program) if "最显瘦" in card.edit.text())
    qtbot.mouseClick(button_of(card, "换成“显瘦”"), Qt.MouseButton.LeftButton)
    assert "最显瘦" not in card.edit.text() and "显瘦" in card.edit.text()
    qtbot.waitUntil(lambda: not card.edit.extraSelections() and "✓ 合规" in card._checks.text())
    qtbot.keyClick(card.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "最显瘦" in card.edit.text()


def test_the_popup_says_what_why_and_which_article(qtbot, program):
    write_sample(qtbot, program)
    card = next(card for card in drafts(program) if "最显瘦" in card.edit.text())
    finding = card.edit._findings[0]
    card.edit._show_popup(finding)
    words = " ".join(label.text() for label in card.edit._popup.findChildren(type(card._state)))
    assert "违规" in words and "绝对化用语" in words and "第九条" in words
    qtbot.mouseClick(button_of(card.edit._popup, "换成“显瘦”"), Qt.MouseButton.LeftButton)
    assert "最显瘦" not in card.edit.text()


def test_a_deleted_draft_comes_back_with_undo(qtbot, program, state):
    write_sample(qtbot, program)
    first = drafts(program)[0]
    first.delete_wanted.emit()
    settled(qtbot, program)
    assert first not in drafts(program) and len(drafts(program)) == 3
    qtbot.mouseClick(program.window.toast._button, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert drafts(program)[0] is first and first.isVisible()
    assert all(entry.deleted_at is None for entry in state.entries.values())


def test_a_favourite_is_kept(qtbot, program, state):
    write_sample(qtbot, program)
    qtbot.mouseClick(drafts(program)[0]._heart, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert sum(entry.favourite for entry in state.entries.values()) == 1


def test_a_pinned_draft_stays_below_new_ones_until_it_is_let_go(qtbot, program):
    write_sample(qtbot, program)
    kept, let_go = drafts(program)[2], drafts(program)[0]
    text = kept.edit.text()
    qtbot.mouseClick(kept._pin, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(let_go._pin, Qt.MouseButton.LeftButton)
    let_go._pin.setFocus()
    qtbot.keyClick(let_go._pin, Qt.Key.Key_Space)
    write_sample(qtbot, program)
    assert len(drafts(program)) == 5
    assert drafts(program)[-1] is kept and kept.edit.text() == text
    qtbot.mouseClick(button_of(kept, "复制"), Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert QGuiApplication.clipboard().text().startswith(text[:6])
    qtbot.mouseClick(kept._pin, Qt.MouseButton.LeftButton)
    write_sample(qtbot, program)
    assert len(drafts(program)) == 4 and kept not in drafts(program)


def test_a_deleted_draft_does_not_come_back_because_it_was_pinned(qtbot, program):
    write_sample(qtbot, program)
    gone = drafts(program)[1]
    qtbot.mouseClick(gone._pin, Qt.MouseButton.LeftButton)
    gone.delete_wanted.emit()
    settled(qtbot, program)
    write_sample(qtbot, program)
    assert len(drafts(program)) == 4 and gone not in drafts(program)


def test_rewriting_brings_new_cards_before_the_old_ones(qtbot, program, state):
    write_sample(qtbot, program)
    old = drafts(program)
    text = old[0].edit.text()
    qtbot.mouseClick(button_of(old[0], "改写"), Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    request = [call[1] for call in state.calls if call[0] == "compose"][-1]
    assert request.task is Task.REWRITE and request.brief.source == text
    assert drafts(program)[2:] == old


def test_a_paste_fills_the_form_and_can_be_undone(qtbot, program):
    form = program.window.workbench.form
    qtbot.keyClicks(form.product, "old")
    QGuiApplication.clipboard().setText("类型#裙*材质#雪纺*图案#碎花")
    qtbot.mouseClick(form.paste, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert form.product.text() == "裙"
    assert form.attributes.values() == ("材质 雪纺", "图案 碎花")
    qtbot.mouseClick(program.window.toast._button, Qt.MouseButton.LeftButton)
    assert form.product.text() == "old" and not form.attributes.values()


def test_pasting_many_lines_into_the_name_fills_the_form(qtbot, program):
    form = program.window.workbench.form
    QGuiApplication.clipboard().setText("挂耳咖啡\n烘焙：中度\n独立包装")
    form.product.setFocus()
    qtbot.keyClick(form.product, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, program)
    assert form.product.text() == "挂耳咖啡"
    assert form.attributes.values() == ("烘焙 中度",) and form.points.values() == ("独立包装",)


def test_chips_are_added_edited_and_removed(qtbot, program):
    chips = program.window.workbench.form.attributes
    qtbot.mouseClick(chips._add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(chips._line, "a:b")
    qtbot.keyClick(chips._line, Qt.Key.Key_Return)
    qtbot.keyClicks(chips._line, "c=d")
    qtbot.keyClick(chips._line, Qt.Key.Key_Return)
    qtbot.keyClicks(chips._line, "e=f")
    qtbot.keyClick(chips._line, Qt.Key.Key_Escape)
    assert chips.values() == ("a b", "c d") and not chips._line.isVisible()
    qtbot.keyClick(chips._chips[0], Qt.Key.Key_Return)
    qtbot.keyClicks(chips._line, "a x")
    qtbot.keyClick(chips._line, Qt.Key.Key_Return)
    assert chips.values() == ("a x", "c d")
    qtbot.keyClick(chips._chips[1], Qt.Key.Key_Delete)
    assert chips.values() == ("a x",)


@pytest.mark.parametrize(
    ("error", "words", "page"),
    [
        (ModelMissing("starter"), "还没有可用的模型", "models"),
        (ModelBroken("starter", "truncated"), "模型文件不完整", "models"),
        (BriefInvalid("product", "too_long", "4000/3000"), "太长了", ""),
        (WorkerCrashed(-9), "已写好的文案都在", "models"),
    ],
)
def test_errors_come_in_words_with_a_way_on(qtbot, program, state: FakeState, error, words, page):
    state.error = error
    write_sample(qtbot, program)
    notice = program.window.notice
    assert notice.isVisible() and words in notice.what.text() and notice.advice.text()
    assert not notice.details.isVisible() and type(error).__name__ in notice.details.text()
    assert notice._go.isVisible() == bool(page)
    assert program.window.workbench.form.write.isVisible()


def test_an_empty_form_says_what_to_do(qtbot, program):
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    assert "还没有商品资料" in program.window.notice.what.text()
    qtbot.keyClicks(program.window.workbench.form.product, "x")
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert not program.window.notice.isVisible()


def test_inputs_and_drafts_are_there_again_after_a_restart(qtbot, start):
    program = start()
    write_sample(qtbot, program)
    texts = [card.edit.text() for card in drafts(program)]
    state_before = program.window.workbench.form.state()
    program.close()
    again = start()
    settled(qtbot, again)
    assert again.window.workbench.form.state() == state_before
    assert sorted(card.edit.text() for card in drafts(again)) == sorted(texts)


def test_unfinished_inputs_survive_a_crash(qtbot, start, state, private_home):
    program = start()
    program.window.workbench.form.set_brief(SAMPLE)
    qtbot.waitUntil(lambda: "form" in state.desk and (private_home / "window.json").exists())
    again = start()
    assert again.window.workbench.form.state().brief == SAMPLE
    assert "雪纺" not in (private_home / "window.json").read_text(), "the seller's words lie in the store alone"


@pytest.mark.parametrize("kept", [{"form": {"brief": 3}}, {"form": "甲"}, {}])
def test_a_broken_memory_starts_empty(start, state, private_home, kept):
    private_home.mkdir(parents=True)
    (private_home / "window.json").write_text('{"form": {"brief": {"product": "旧版写下的"}}}')
    state.desk = kept
    program = start()
    assert program.window.workbench.form.state().brief.product == ""
    program.close()
    assert "旧版写下的" not in (private_home / "window.json").read_text()


def test_products_are_kept_chosen_deleted_and_brought_back(qtbot, program, state):
    write_sample(qtbot, program)
    pane = program.window.workbench.products
    assert pane.model.rowCount() == 1
    qtbot.mouseClick(pane.new, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert program.window.workbench.form.product.text() == ""
    index = pane.model.index(0)
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=pane.list.visualRect(index).center())
    assert program.window.workbench.form.state().brief == SAMPLE
    qtbot.mouseClick(pane.delete, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert pane.model.rowCount() == 0 and pane.empty.isVisible()
    qtbot.mouseClick(program.window.toast._button, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert pane.model.rowCount() == 1


def test_what_is_typed_while_scores_are_on_their_way_stays(qtbot, program):
    write_sample(qtbot, program)
    pane = program.window.workbench.drafts
    key = pane.shown_keys()[0]
    card = pane.card(key)
    draft = program.window.workbench_joined.slots.get(key).draft
    pane.show_draft(key, draft, None)
    qtbot.keyClicks(card.edit, "AB")
    typed = card.edit.text()
    assert "AB" in typed
    assert pane.card(key).edit.text() == typed, "the card's turn took away what the seller wrote"
