"""The product's picture: dropped or chosen, kept with the product, its colours taken as attributes, taken away with a way back."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication
from test_geometry import clipped, nameless

from desktop.dialogs.poster import PosterDialog

EVENT = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)


def drag(widget, path: Path) -> bool:
    """Whether a file that is dragged over a widget is wanted."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, *EVENT)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(qtbot, program, path: Path) -> None:
    form = program.window.workbench.form
    assert drag(form, path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    QApplication.sendEvent(form, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, *EVENT))
    settled(qtbot, program)


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def box(program):
    return program.window.workbench.form.picture


@pytest.fixture
def paint(qapp, tmp_path: Path):
    """Makes a photo of a square of this colour on white."""

    def painted(colour: str = "#1B2845", name: str = "商品 图.jpg") -> Path:
        image = QImage(1600, 1200, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.fillRect(400, 300, 800, 600, QColor(colour))
        painter.fillRect(600, 400, 300, 400, QColor("#F4EEDF"))
        painter.end()
        assert image.save(str(tmp_path / name))
        return tmp_path / name

    return painted


def test_a_dropped_picture_is_kept_and_its_colours_become_attributes(qtbot, program, state, box, paint):
    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    assert box.add.isVisible()
    drop(qtbot, program, paint())
    assert box.view.image is not None and not box.add.isVisible()
    assert list(box.chips) == ["藏青", "米白"]
    click(qtbot, box.chips["藏青"])
    assert "颜色 藏青" in form.attributes.values() and list(box.chips) == ["米白"]
    assert form.state().product_id == 1, "the product was saved for its picture"
    kept = QImage.fromData(state.pictures[1])
    assert (kept.width(), kept.height()) == (1024, 768)


def test_where_a_photo_was_taken_is_not_kept(qtbot, program, state, paint):
    path = paint()
    plain = path.read_bytes()
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00GPS 31.23N 121.47E"
    path.write_bytes(plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:])
    program.window.workbench.form.set_brief(SAMPLE)
    drop(qtbot, program, path)
    assert state.pictures[1].startswith(b"\xff\xd8")
    assert b"GPS" not in state.pictures[1] and b"Exif" not in state.pictures[1]


def test_a_picture_is_chosen_with_the_keyboard(qtbot, program, box, paint, monkeypatch):
    monkeypatch.setattr("desktop.joins.pictures.choose_file", lambda *_asked: paint())
    box.add.setFocus()
    qtbot.keyClick(box.add, Qt.Key.Key_Space)
    settled(qtbot, program)
    assert box.view.image is not None


def test_a_picture_that_came_before_the_name_waits_for_it(qtbot, program, state, box, paint):
    drop(qtbot, program, paint())
    assert state.pictures == {} and box.view.image is not None
    form = program.window.workbench.form
    qtbot.keyClicks(form.product, "dress")
    click(qtbot, form.write)
    settled(qtbot, program)
    assert list(state.pictures) == [1] and box.view.image is not None


def test_what_is_pasted_beside_a_waiting_picture_leaves_it(qtbot, program, state, box, paint):
    drop(qtbot, program, paint())
    QGuiApplication.clipboard().setText("类型#裙*材质#雪纺*图案#碎花")
    click(qtbot, program.window.workbench.form.paste)
    settled(qtbot, program)
    assert box.view.image is not None
    click(qtbot, program.window.workbench.products.new)
    settled(qtbot, program)
    assert list(state.pictures) == [1] and box.view.image is None


def test_each_product_shows_its_own_picture(qtbot, program, box, paint):
    form, pane = program.window.workbench.form, program.window.workbench.products
    form.set_brief(SAMPLE)
    drop(qtbot, program, paint())
    click(qtbot, pane.new)
    settled(qtbot, program)
    assert box.view.image is None and box.add.isVisible() and not box.chips
    qtbot.keyClicks(form.product, "cup")
    drop(qtbot, program, paint("#C8242B", "红.jpg"))
    assert "红色" in box.chips
    index = next(i for i in range(pane.model.rowCount()) if pane.model.index(i).data() == "雪纺碎花连衣裙")
    place = pane.list.visualRect(pane.model.index(index)).center()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled(qtbot, program)
    assert list(box.chips) == ["藏青", "米白"]


def test_a_picture_that_is_taken_away_comes_back_with_undo(qtbot, program, state, box, paint):
    program.window.workbench.form.set_brief(SAMPLE)
    drop(qtbot, program, paint())
    kept = state.pictures[1]
    click(qtbot, box.remove)
    settled(qtbot, program)
    assert state.pictures == {} and box.view.image is None
    click(qtbot, program.window.toast._button)
    settled(qtbot, program)
    assert state.pictures == {1: kept} and box.view.image is not None


def test_a_waiting_picture_that_is_taken_away_comes_back_too(qtbot, program, state, box, paint):
    drop(qtbot, program, paint())
    click(qtbot, box.remove)
    click(qtbot, program.window.toast._button)
    settled(qtbot, program)
    assert box.view.image is not None
    qtbot.keyClicks(program.window.workbench.form.product, "dress")
    click(qtbot, program.window.workbench.form.write)
    settled(qtbot, program)
    assert list(state.pictures) == [1]


def test_a_bad_file_is_told_and_the_picture_stays(qtbot, program, box, paint, tmp_path):
    program.window.workbench.form.set_brief(SAMPLE)
    drop(qtbot, program, paint())
    good, bad = box.view.image, tmp_path / "坏.png"
    bad.write_bytes(b"no picture")
    drop(qtbot, program, bad)
    assert "不是 JPG、PNG 或 WebP 图片" in program.window.notice.what.text()
    assert box.view.image == good


def test_the_picture_is_there_again_after_a_restart(qtbot, start, state, paint):
    program = start()
    form = program.window.workbench.form
    drop(qtbot, program, paint())
    qtbot.keyClicks(form.product, "dress")
    program.close()
    assert list(state.pictures) == [1], "closing saves the product of a picture that waits"
    again = start()
    settled(qtbot, again)
    assert again.window.workbench.form.picture.view.image is not None
    assert len(state.products) == 1


def test_the_poster_begins_with_the_products_picture(qtbot, program, paint):
    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    drop(qtbot, program, paint())
    click(qtbot, form.write)
    settled(qtbot, program)
    pane = program.window.workbench.drafts
    pane.card(pane.shown_keys()[0]).poster_wanted.emit()
    dialog = program.window.findChildren(PosterDialog)[-1]
    qtbot.waitUntil(lambda: dialog.view.image is not None, timeout=8000)
    assert dialog.export.isEnabled()
    dialog.reject()


def test_the_sample_product_does_not_take_a_waiting_picture(qtbot, program, state, box, paint):
    drop(qtbot, program, paint())
    program.window.try_sample()
    settled(qtbot, program)
    assert box.view.image is None


def test_a_file_dragged_over_a_line_of_text_is_for_the_form(program, box, paint):
    assert drag(program.window.workbench.form.product, paint())
    assert box.view._wanted, "the frame shows where it would go"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_clipped_or_nameless_with_a_picture(qtbot, program, box, paint, language):
    program.window.use_language(language)
    try:
        program.window.resize(900, 600)
        program.window.workbench.form.set_brief(SAMPLE)
        drop(qtbot, program, paint())
        qtbot.waitUntil(lambda: clipped(program.window.workbench) == [])
        assert program.window.width() == 900 and nameless(program.window.workbench) == []
    finally:
        program.window.use_language("zh")
