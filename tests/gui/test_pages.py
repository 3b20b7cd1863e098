"""The pages beside the workbench, as a seller uses them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_engine import NOW, SAMPLE, FakeState
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton

from engine.domain import Channel, Draft, HistoryEntry, StopReason, Task


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)


def opened(qtbot, program, name):
    qtbot.mouseClick(program.window._nav[name], Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    return program.window.pages[name].view


def press(qtbot, widget, words):
    def found():
        return [b for b in widget.findChildren(QPushButton) if b.text() == words and b.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def entries(state: FakeState, number: int) -> None:
    for n in range(1, number + 1):
        draft = Draft(0, f"第{n}条文案", 5, 1, StopReason.END, draft_id=n)
        state.entries[n] = HistoryEntry(draft, SAMPLE, Channel.DETAIL, Task.COMPOSE, NOW, "starter")


def test_history_fetches_as_it_is_scrolled(qtbot, program, state):
    entries(state, 400)
    view = opened(qtbot, program, "history")
    assert 0 < view.model.rowCount() < 400
    for _ in range(10):
        view.list.scrollToBottom()
        settled(qtbot, program)
    assert view.model.rowCount() == 400
    assert view.model.entry(0).draft.draft_id == 400


def test_history_is_searched_and_an_old_search_never_shows(qtbot, program, state):
    entries(state, 120)
    view = opened(qtbot, program, "history")
    view.search.setFocus()
    qtbot.keyClicks(view.search, "1")
    view.search.setText("第77条")
    qtbot.waitUntil(lambda: view.model.rowCount() == 1 and not program.jobs.busy)
    assert view.text.text() == "第77条文案"
    view.search.setText("没有的")
    qtbot.waitUntil(lambda: view.empty.isVisible())
    assert "没有符合" in view.empty.text()


def test_an_entry_is_marked_rated_deleted_and_brought_back(qtbot, program, state):
    entries(state, 3)
    view = opened(qtbot, program, "history")
    press(qtbot, view, "收藏")
    view.rating.setCurrentIndex(4)
    view.rating.activated.emit(4)
    settled(qtbot, program)
    assert state.entries[3].favourite and state.entries[3].rating == 4
    press(qtbot, view, "删除")
    settled(qtbot, program)
    assert state.entries[3].deleted_at is not None and view.model.rowCount() == 2
    qtbot.mouseClick(program.window.toast._button, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert state.entries[3].deleted_at is None and view.model.rowCount() == 3


def test_an_entry_goes_back_to_the_workbench_with_its_product(qtbot, program, state):
    entries(state, 2)
    state.entries[2] = replace(state.entries[2], edited_text="改过的最显瘦文案")
    view = opened(qtbot, program, "history")
    settled(qtbot, program)
    assert "和初稿相比" in view.changes.text() and view.changes.isVisible()
    press(qtbot, view, "回到工作台")
    settled(qtbot, program)
    bench = program.window.workbench
    assert bench.isVisible() and bench.form.state().brief == SAMPLE
    card = bench.drafts.card(bench.drafts.shown_keys()[0])
    assert card.edit.text() == "改过的最显瘦文案" and card.edit.extraSelections()


def test_settings_are_made_from_the_declaration_and_count_at_once(qtbot, program, state):
    view = opened(qtbot, program, "settings")
    themes = view.editor("theme")
    assert isinstance(themes, QComboBox)
    themes.setCurrentIndex(themes.findData("dark"))
    themes.activated.emit(themes.currentIndex())
    settled(qtbot, program)
    assert state.settings.get("theme") == "dark"
    assert program.window.around.style.theme.surface == "#17181A"


def test_the_language_changes_without_a_restart(qtbot, program, state):
    bench = program.window.workbench
    view = opened(qtbot, program, "settings")
    languages = view.editor("language")
    languages.setCurrentIndex(languages.findData("en"))
    languages.activated.emit(languages.currentIndex())
    settled(qtbot, program)
    try:
        assert bench.form.write.text() == "Write 4"
        assert program.window._nav["history"].text() == "History"
        assert bench.form.channels.chip(Channel.SMS).text() == "SMS"
    finally:
        program.window.use_language("zh")
    assert bench.form.write.text() == "写 4 条"


def test_models_are_listed_checked_chosen_and_removed(qtbot, program):
    view = opened(qtbot, program, "models")
    assert "8 个核心" in view.machine.facts.text()
    press(qtbot, view, "用它来写")
    settled(qtbot, program)
    assert program.window.engine.models.name == "own"
    view.verify_wanted.emit("own")
    settled(qtbot, program)
    assert "模型文件不完整" in program.window.notice.what.text() and program.window.notice.isVisible()
    view.remove_wanted.emit("own")
    settled(qtbot, program)
    assert not any(row.name == "own" for row in view._rows)


def test_privacy_backs_up_restores_and_erases_only_after_the_word(qtbot, program, state):
    entries(state, 2)
    view = opened(qtbot, program, "privacy")
    assert "文案 2" in view.kept.text() and "钥匙串" in view.key.text()
    press(qtbot, view, "现在备份")
    settled(qtbot, program)
    press(qtbot, view, "恢复这个备份")
    settled(qtbot, program)
    assert any(call[0] == "restore" for call in state.calls)
    press(qtbot, view, "全部抹掉…")
    dialog = QGuiApplication.instance().activeModalWidget()
    assert not dialog.erase.isEnabled()
    dialog.word.setText("全部")
    assert not dialog.erase.isEnabled()
    dialog.word.setText("全部抹掉")
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert not state.entries and program.window.workbench.form.state().brief.product == ""


def test_the_recovery_phrase_is_shown_on_request(qtbot, program):
    view = opened(qtbot, program, "privacy")
    press(qtbot, view, "看恢复短语")
    settled(qtbot, program)
    dialog = QGuiApplication.instance().activeModalWidget()
    assert dialog.findChild(QPlainTextEdit).toPlainText().startswith("山水 田园")
    dialog.accept()


def test_a_bundle_needs_a_look_and_consent(qtbot, program, state, tmp_path, monkeypatch):
    view = opened(qtbot, program, "feedback")
    assert "短句" in view.learned.text() and not view.export.isEnabled() and not view.consent.isVisible()
    press(qtbot, view, "先看看里面有什么")
    settled(qtbot, program)
    assert "13800001111 → 〔电话〕" in view.preview.toPlainText()
    view.consent.click()
    target = tmp_path / "包.zip"
    monkeypatch.setattr("desktop.joins.choosing.QFileDialog.getSaveFileName", lambda *_a: (str(target), ""))
    qtbot.mouseClick(view.export, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert target.exists() and any(call[0] == "bundle" for call in state.calls)
    press(qtbot, view, "忘掉，重新学")
    settled(qtbot, program)
    assert "还没有学到" in view.learned.text() and not view.forget.isEnabled()


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "商品.csv"
    path.write_text("商品名称\n" + "\n".join(f"商品{n}" for n in range(6)) + "\n坏行\n", encoding="utf-8")
    return path


def drop(view, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(QPoint(5, 5), copy, data, left, none))


def test_a_dropped_table_is_written_row_by_row(qtbot, program, sheet):
    view = opened(qtbot, program, "batch")
    drop(view, sheet)
    settled(qtbot, program)
    assert view.source.text() == "商品.csv" and "7 行" in view.counts.text()
    view.chips[Channel.SMS].click()
    qtbot.mouseClick(view.start, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert view.rows.rowCount() == 7 and "没有商品资料" in view.rows.data(view.rows.index(6, 2))
    view.rows_view.selectRow(0)
    assert "【商品标题】" in view.text.text() and "【短信】" in view.text.text()


def test_a_table_is_paused_stopped_and_gone_on_with(qtbot, start, state, sheet):
    program = start()
    state.pause_s = 0.1
    view = opened(qtbot, program, "batch")
    drop(view, sheet)
    settled(qtbot, program)
    qtbot.mouseClick(view.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.rows.rowCount() >= 1)
    qtbot.mouseClick(view.pause, Qt.MouseButton.LeftButton)
    assert view.pause.text() == "继续"
    qtbot.mouseClick(view.stop, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert view.start.isVisible() and view.resume.isChecked() and "停在" in view.rate.text()
    program.close()
    again = start()
    view = opened(qtbot, again, "batch")
    assert view.source.text() == "商品.csv" and view.resume.isVisible()
    qtbot.mouseClick(view.start, Qt.MouseButton.LeftButton)
    settled(qtbot, again)
    assert [call[2].resume for call in state.calls if call[0] == "batch"] == [False, True]


def test_the_sample_is_one_click_away(qtbot, program):
    view = opened(qtbot, program, "help")
    press(qtbot, view, "拿样品试试")
    assert program.window.workbench.form.product.text() == "雪纺碎花连衣裙"


def test_consent_is_shown_and_withdrawn(qtbot, program, state, tmp_path, monkeypatch):
    program.window.go_to("feedback")
    settled(qtbot, program)
    view = program.window.pages["feedback"].view
    assert not view.withdraw.isVisible() and "没有同意" in view.agreed.text()
    monkeypatch.setattr("desktop.joins.pages.choose_save", lambda *_: tmp_path / "b.zip")
    view.export_wanted.emit()
    settled(qtbot, program)
    assert view.withdraw.isVisible() and "同意导出" in view.agreed.text()
    qtbot.mouseClick(view.withdraw, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert not view.withdraw.isVisible()


def test_a_choice_is_kept_out_of_bundles(qtbot, program, state):
    program.window.workbench.form.set_brief(SAMPLE)
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    program.window.go_to("history")
    settled(qtbot, program)
    view = program.window.pages["history"].view
    qtbot.waitUntil(lambda: view._entry is not None)
    view.withhold_wanted.emit(view._entry)
    settled(qtbot, program)
    assert ("withdraw", view._entry.draft.draft_id) in state.calls
