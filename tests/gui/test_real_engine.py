"""The window on the real engine and store, with a text model that replays words: one whole story of a seller."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTextEdit

from desktop.app import Program, prepare
from engine.api import StoreDoor
from engine.domain import Channel, StopReason, Timing
from engine.paths import Paths
from engine.ports import Generated, Generation, TextListener
from engine.progress import Ticket

ROOT = Path(__file__).resolve().parents[2]
WORDS = (
    "雪纺碎花连衣裙，面料轻软，走动时裙摆散开，上班见客户都合适。碎花颜色干净，春夏都能穿，收到挂一晚褶就平了。",
    "这条雪纺连衣裙轻薄不透，碎花耐看，通勤逛街都能穿，长裙不挑身材，配开衫早晚也不冷，洗了晾干就能再穿。",
)


class ReplayedModel:
    """Says the same sentences in small pieces."""

    name = "replayed"
    prompt_format = "brief-v1"

    def generate(self, generation: Generation, listener: TextListener, ticket: Ticket) -> Timing:
        for index in range(generation.count):
            text = WORDS[index % len(WORDS)]
            for end in range(6, len(text) + 6, 6):
                ticket.check()
                listener.on_text(index, text[:end])
            listener.on_done(Generated(index, text, len(text), generation.seed + index, StopReason.END, -0.4))
        return Timing()

    def stop_sequence(self, index: int) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def open_window(qtbot, qapp, private_home: Path) -> Iterator:
    prepare(qapp)
    running: list[Program] = []
    paths = Paths(private_home, ROOT / "assets")

    def opened(model: ReplayedModel | None) -> Program:
        program = Program(paths, StoreDoor(paths, text_model=model))
        program.window.around.session.put("toured", True)
        running.append(program)
        program.start()
        qtbot.waitUntil(lambda: program.window.engine is not None and not program.jobs.busy, timeout=60000)
        return program

    yield opened
    for program in running:
        program.close()
        program.window.deleteLater()


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=60000)


def test_paste_write_fix_copy_and_find_again(qtbot, open_window):
    program = open_window(ReplayedModel())
    window = program.window
    QGuiApplication.clipboard().setText("类型#裙*材质#雪纺*图案#碎花*裙长#长裙")
    qtbot.mouseClick(window.workbench.form.paste, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert "材质 雪纺" in window.workbench.form.attributes.values()
    qtbot.mouseClick(window.workbench.form.channels.chip(Channel.DETAIL), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.workbench.form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    pane = window.workbench.drafts
    cards = [pane.card(key) for key in pane.shown_keys()]
    assert len(cards) == 4 and cards[0]._badge.text().startswith("推荐")
    cards[1].edit.insertPlainText("全国第一的裙子，")
    qtbot.waitUntil(lambda: bool(cards[1].edit.extraSelections()), timeout=20000)
    assert "✓ 合规" not in cards[1]._checks.text()
    cards[0].copy_wanted.emit()
    settled(qtbot, program)
    assert "雪纺" in QGuiApplication.clipboard().text()
    window.go_to("history")
    view = window.pages["history"].view
    view.search.setText("雪纺")
    qtbot.waitUntil(lambda: view.model.rowCount() >= 4 and not program.jobs.busy, timeout=20000)
    for name in ("feedback", "models", "privacy", "settings"):
        window.go_to(name)
        settled(qtbot, program)
    assert not window.notice.isVisible(), window.notice.what.text() + window.notice.details.text()
    program.close()
    again = open_window(ReplayedModel())
    settled(qtbot, again)
    assert len(again.window.workbench.drafts.shown_keys()) == 4


def test_without_a_model_the_words_lead_to_the_models_page(qtbot, open_window):
    program = open_window(None)
    if list(Paths.default().shipped_models.glob("*/manifest.json")):
        pytest.skip("a model is shipped here")
    program.window.workbench.form.product.setText("裙")
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert "模型" in program.window.notice.what.text()
    qtbot.mouseClick(program.window.notice._go, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert program.window.pages["models"].view.isVisible()


def test_a_copied_table_becomes_products_and_no_word_lies_open(qtbot, open_window, private_home):
    program = open_window(ReplayedModel())
    window = program.window
    QGuiApplication.clipboard().setText("商品名称\t材质\t价格\n雪纺长裙\t雪纺\t59\n羊绒围巾\t羊绒\t99\n\t棉\t9\n")
    qtbot.mouseClick(window.workbench.form.paste, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    qtbot.waitUntil(lambda: window.workbench.products.model.rowCount() == 2, timeout=20000)
    window.workbench.form.product.setText("独家雪纺裙")
    qtbot.mouseClick(window.workbench.form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    window.workbench.form.audience.setText("老街坊王阿姨")
    window.remember()
    qtbot.wait(900)
    settled(qtbot, program)
    program.close()
    found = [path.name for path in private_home.rglob("*") if path.is_file() and _holds_words(path.read_bytes())]
    assert found == [], "readable outside the encrypted store"
    again = open_window(ReplayedModel())
    settled(qtbot, again)
    assert again.window.workbench.form.audience.text() == "老街坊王阿姨"


def test_a_voice_an_audience_and_a_campaign_live_on_after_a_restart(
    qtbot, open_window, private_home, tmp_path, monkeypatch
):
    program = open_window(ReplayedModel())
    window = program.window
    window.workbench.form.product.setText("雪纺碎花连衣裙")
    window.go_to("people")
    people = window.pages["people"].view
    for button, editor, name in (
        (people.new_voice, people.voice, "街坊老店"),
        (people.new_audience, people.audience, "通勤的她"),
    ):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        editor.name.insert(name)
        qtbot.mouseClick(editor.save, Qt.MouseButton.LeftButton)
        settled(qtbot, program)
    window.workbench.form.voice.setCurrentIndex(1)
    window.go_to("campaigns")
    settled(qtbot, program)
    view = window.pages["campaigns"].view
    qtbot.mouseClick(view.plan.audiences.chip("通勤的她"), Qt.MouseButton.LeftButton)
    view.plan.each.setValue(2)
    qtbot.mouseClick(view.plan.start, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    sheet = tmp_path / "投放.xlsx"
    monkeypatch.setattr("desktop.joins.campaigns.choose_save", lambda *_: sheet)
    qtbot.mouseClick(view.panel.export, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert sheet.stat().st_size and not window.notice.isVisible()
    program.close()
    found = [path.name for path in private_home.rglob("*") if path.is_file() and _holds_words(path.read_bytes())]
    assert found == [], "readable outside the encrypted store"
    again = open_window(ReplayedModel())
    assert again.window.workbench.form.voice.currentText() == "街坊老店"
    again.window.go_to("campaigns")
    settled(qtbot, again)
    view = again.window.pages["campaigns"].view
    view.list.setCurrentRow(0)
    settled(qtbot, again)
    assert [row[0] for row in view.panel.model._rows] == ["C01", "C02"] and view.panel.export.isEnabled()
    assert "通勤的她" in view.next.text()


def test_a_draft_goes_back_to_what_it_was_after_a_restart_and_two_are_compared_word_by_word(qtbot, open_window):
    program = open_window(ReplayedModel())
    program.window.workbench.form.product.setText("雪纺碎花连衣裙")
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    pane = program.window.workbench.drafts
    first = pane.card(pane.shown_keys()[0])
    text = first.edit.text()
    first.edit.insertPlainText("新到的")
    program.close()
    again = open_window(ReplayedModel())
    pane = again.window.workbench.drafts
    cards = [pane.card(key) for key in pane.shown_keys()]
    card = next(card for card in cards if card.edit.text() == "新到的" + text)
    card.more.versions_wanted.emit()
    settled(qtbot, again)
    dialog = QApplication.activeModalWidget()
    assert "＋新到的" in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    settled(qtbot, again)
    number = again.window.workbench_joined.slots.get(pane.shown_keys()[cards.index(card)]).draft.draft_id
    assert [kept for _when, kept in again.window.engine.library.versions(number)] == [text, "新到的" + text, text]
    other = next(card for card in cards if card.edit.text() not in (text, "新到的" + text))
    for chosen in (card, other):
        qtbot.mouseClick(chosen.compare, Qt.MouseButton.LeftButton)
    settled(qtbot, again)
    dialog = QApplication.activeModalWidget()
    assert all("只有这条有：" in side.findChild(QTextEdit).accessibleDescription() for side in dialog.cards)
    dialog.close()


def _holds_words(data: bytes) -> bool:
    words = ("雪纺", "羊绒", "老街坊", "王阿姨", "通勤")
    escaped = [word.encode("unicode_escape") for word in words]
    return any(
        piece in data for piece in [*(w.encode() for w in words), *(w.encode("utf-16-le") for w in words), *escaped]
    )
