"""The poster as a seller makes it: from a card, with a picture that is dropped or chosen, to a PNG file."""

from __future__ import annotations

import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QPushButton
from test_geometry import clipped, nameless

from desktop.dialogs.poster import PosterDialog
from desktop.poster.values import PIXELS, Arrangement, Ground, Shape

LONGEST_BEAT_S = 0.050


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)


def write_sample(qtbot, program):
    program.window.workbench.form.set_brief(SAMPLE)
    qtbot.mouseClick(program.window.workbench.form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)


def card(program):
    pane = program.window.workbench.drafts
    return pane.card(pane.shown_keys()[0])


def open_poster(qtbot, program) -> PosterDialog:
    button = next(b for b in card(program).findChildren(QPushButton) if b.text() in ("海报", "Poster"))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(PosterDialog)))
    return program.window.findChildren(PosterDialog)[-1]


def drop(widget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    some = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(9, 9), *some))
    QApplication.sendEvent(widget, QDropEvent(QPointF(9, 9), *some))


def seen(qtbot, dialog, shape=Shape.NOTE):
    """Wait until a poster of this shape is shown."""
    width, height = PIXELS[shape]

    def right() -> bool:
        image = dialog.view.image
        return image is not None and abs(image.width() / image.height() - width / height) < 0.02

    qtbot.waitUntil(right, timeout=8000)
    return dialog.view.image


def at_rest(qtbot, program, dialog):
    """Wait until nothing is drawn any more: a dialog that has just opened may still find its size."""
    qtbot.waitUntil(lambda: not (dialog._pause.isActive() or program.jobs.busy), timeout=8000)


@pytest.fixture
def photo(qapp, tmp_path: Path) -> Path:
    image = QImage(1400, 1400, QImage.Format.Format_RGB32)
    image.fill(QColor("#d9c7a8"))
    painter = QPainter(image)
    painter.fillRect(0, 0, 900, 700, QColor("#7a4a2b"))
    painter.fillRect(500, 500, 400, 500, QColor("#b5482d"))
    painter.end()
    path = tmp_path / "商品 图.jpg"
    assert image.save(str(path))
    return path


@pytest.fixture
def save_at(monkeypatch, tmp_path: Path):
    """Where the system's own dialog would say that a file goes; the names that it was asked with."""
    asked: list[str] = []

    def to(path: Path | None) -> list[str]:
        def answer(_window, _title, name, _kinds):
            asked.append(name)
            return path

        monkeypatch.setattr("desktop.joins.poster.choose_save", answer)
        return asked

    return to


def test_a_poster_is_made_from_a_card_with_a_dropped_picture(qtbot, program, photo, save_at, tmp_path):
    write_sample(qtbot, program)
    text = card(program).edit.text()
    dialog = open_poster(qtbot, program)
    assert dialog.headline.text() == text.splitlines()[0]
    assert dialog.offer.text() == SAMPLE.offer and "#" not in dialog.body.toPlainText()
    assert not dialog.export.isEnabled() and "先选一张" in dialog.note.text()
    drop(dialog.view, photo)
    seen(qtbot, dialog)
    assert "1080 × 1440" in dialog.note.text()
    asked = save_at(tmp_path / "我的海报")
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    image = QImage(str(tmp_path / "我的海报.png"))
    assert (image.width(), image.height()) == (1080, 1440)
    assert asked == ["雪纺碎花连衣裙-海报.png"]
    assert "海报已存好" in program.window.toast._label.text() and program.window.toast._button.isVisible()
    assert [f.name for f in tmp_path.iterdir() if f.suffix == ".part"] == []
    qtbot.waitUntil(lambda: not program.window.findChildren(PosterDialog))


def test_a_picture_is_chosen_with_the_button(qtbot, program, photo, monkeypatch):
    write_sample(qtbot, program)
    dialog = open_poster(qtbot, program)
    monkeypatch.setattr("desktop.joins.poster.choose_file", lambda *_asked: photo)
    qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    seen(qtbot, dialog)
    dialog.reject()


def test_every_layout_and_size_is_drawn_as_it_is_chosen(qtbot, program, photo):
    write_sample(qtbot, program)
    dialog = open_poster(qtbot, program)
    drop(dialog, photo)
    pictures = []
    for arrangement in Arrangement:
        for shape in Shape:
            qtbot.mouseClick(dialog.arrangement.chip(arrangement), Qt.MouseButton.LeftButton)
            qtbot.mouseClick(dialog.shape.chip(shape), Qt.MouseButton.LeftButton)
            settled(qtbot, program)
            pictures.append(seen(qtbot, dialog, shape))
    qtbot.mouseClick(dialog.ground.chip(Ground.DARK), Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    assert dialog.view.image != pictures[-1]
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[:place])
    dialog.reject()


def test_layouts_are_chosen_with_the_arrow_keys(qtbot, program, photo):
    write_sample(qtbot, program)
    dialog = open_poster(qtbot, program)
    chip = dialog.arrangement.chip(Arrangement.BELOW)
    dialog.activateWindow()
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    qtbot.keyClick(chip, Qt.Key.Key_Right)
    assert dialog.arrangement.value() is Arrangement.FULL and dialog.wish().arrangement is Arrangement.FULL
    dialog.reject()


def test_what_is_typed_is_drawn_and_kept_for_the_next_time(qtbot, program, photo):
    write_sample(qtbot, program)
    dialog = open_poster(qtbot, program)
    drop(dialog.view, photo)
    before = seen(qtbot, dialog)
    dialog.headline.selectAll()
    qtbot.keyClicks(dialog.headline, "Spring")
    qtbot.waitUntil(lambda: dialog.view.image != before)
    qtbot.mouseClick(dialog.shape.chip(Shape.TALL), Qt.MouseButton.LeftButton)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not program.window.findChildren(PosterDialog))
    again = open_poster(qtbot, program)
    assert again.headline.text() == "Spring" and again.shape.value() is Shape.TALL
    again.reject()


def test_a_text_that_does_not_fit_is_told_in_words(qtbot, program, photo):
    write_sample(qtbot, program)
    dialog = open_poster(qtbot, program)
    drop(dialog.view, photo)
    seen(qtbot, dialog)
    dialog.body.setPlainText("说不完的话，" * 80)
    qtbot.waitUntil(lambda: "正文后面省略了" in dialog.note.text(), timeout=8000)
    dialog.reject()


def test_an_unlawful_word_is_told_while_it_is_typed(qtbot, program, photo):
    write_sample(qtbot, program)
    dialog = open_poster(qtbot, program)
    settled(qtbot, program)
    assert not dialog.findings.isVisible()
    dialog.headline.setText("最显瘦的裙子")
    qtbot.waitUntil(lambda: dialog.findings.isVisible(), timeout=8000)
    assert "最显瘦：违规" in dialog.findings.text() and "第九条" in dialog.findings.toolTip()
    dialog.headline.setText("显瘦的裙子")
    qtbot.waitUntil(lambda: not dialog.findings.isVisible(), timeout=8000)
    dialog.reject()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "里面没有内容"), (b"not a picture at all", "不是 JPG、PNG 或 WebP 图片"), (None, "图片不完整")],
)
def test_a_bad_picture_is_told_and_the_good_one_stays(qtbot, program, photo, tmp_path, content, words):
    write_sample(qtbot, program)
    dialog = open_poster(qtbot, program)
    drop(dialog.view, photo)
    seen(qtbot, dialog)
    at_rest(qtbot, program, dialog)
    good = dialog.view.image
    bad = tmp_path / "坏图.jpg"
    bad.write_bytes(photo.read_bytes()[:400] if content is None else content)
    drop(dialog.view, bad)
    qtbot.waitUntil(lambda: words in dialog.note.text(), timeout=8000)
    assert "坏图.jpg" in dialog.note.text() and dialog.view.image == good and dialog.export.isEnabled()
    dialog.view.resized.emit()
    qtbot.waitUntil(dialog._pause.isActive)
    at_rest(qtbot, program, dialog)
    assert words in dialog.note.text(), "a drawing that was still on its way took the words away"
    dialog.headline.setText("换个标题")
    at_rest(qtbot, program, dialog)
    assert words not in dialog.note.text()
    dialog.reject()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders without a name are a matter of POSIX")
def test_a_place_that_cannot_be_written_is_told(qtbot, program, photo, save_at, tmp_path):
    write_sample(qtbot, program)
    dialog = open_poster(qtbot, program)
    drop(dialog.view, photo)
    seen(qtbot, dialog)
    (tmp_path / "文件").write_bytes(b"")
    save_at(tmp_path / "文件" / "海报.png")
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "写不了文件" in dialog.note.text(), timeout=8000)
    assert dialog.isVisible() and dialog.export.isEnabled()
    dialog.reject()


def test_a_dialog_that_is_closed_at_once_leaves_nothing_behind(qtbot, program, photo):
    write_sample(qtbot, program)
    for _ in range(3):
        dialog = open_poster(qtbot, program)
        drop(dialog.view, photo)
        dialog.reject()
        qtbot.waitUntil(lambda: not program.window.findChildren(PosterDialog))
    settled(qtbot, program)
    assert not program.window.notice.isVisible()


def test_the_window_beats_on_while_posters_are_drawn(qtbot, program, photo):
    """In this thread's own processor time between two beats, so that a busy machine does not matter."""
    write_sample(qtbot, program)
    dialog = open_poster(qtbot, program)
    drop(dialog.view, photo)
    seen(qtbot, dialog)
    beats: list[float] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: beats.append(time.thread_time()))
    timer.start()
    for shape in (*Shape, *Shape):
        qtbot.mouseClick(dialog.shape.chip(shape), Qt.MouseButton.LeftButton)
        settled(qtbot, program)
    timer.stop()
    assert max(after - before for before, after in pairwise(beats)) < LONGEST_BEAT_S
    dialog.reject()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_clipped_or_nameless_in_the_smallest_window(qtbot, program, photo, language):
    program.window.use_language(language)
    try:
        program.window.resize(900, 600)
        write_sample(qtbot, program)
        dialog = open_poster(qtbot, program)
        drop(dialog.view, photo)
        seen(qtbot, dialog)
        assert dialog.width() <= 900 and dialog.height() <= 600
        qtbot.waitUntil(lambda: clipped(dialog) == [])
        assert nameless(dialog) == []
        dialog.reject()
    finally:
        program.window.use_language("zh")
