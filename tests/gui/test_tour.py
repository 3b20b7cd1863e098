"""The tour of a minute: at the first start, from the help page, with the keyboard, and never in the way."""

from __future__ import annotations

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication

from desktop.joins.tour import STEPS
from desktop.widgets.tour_tip import beside
from engine.domain.sample import sample_brief


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)


@pytest.fixture
def fresh(start):
    return start(toured=False)


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def hole(program):
    tip = program.window.tour.tip
    place = tip.veil.hole
    return QRect(program.window.mapToGlobal(place.topLeft()), place.size())


def points_at(program, widget):
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()).contains(hole(program).center())


def test_the_first_start_leads_through_the_sample_by_keyboard(qtbot, fresh, state):
    window, tip = fresh.window, fresh.window.tour.tip
    bench = window.workbench
    assert tip.isVisible() and tip.next.hasFocus() and points_at(fresh, bench.form.product)
    press(qtbot, Qt.Key.Key_Return)
    assert bench.form.state().brief == sample_brief() and tip.place.text() == "1 / 5"
    press(qtbot, Qt.Key.Key_Space)
    assert points_at(fresh, bench.form.channels)
    press(qtbot, Qt.Key.Key_Return)
    assert points_at(fresh, bench.form.write) and tip.next.text() == "写给我看"
    press(qtbot, Qt.Key.Key_Return)
    settled(qtbot, fresh)
    assert len(bench.drafts.shown_keys()) == 4 and points_at(fresh, bench.drafts)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: points_at(fresh, bench.drafts.card(bench.drafts.shown_keys()[0]).copy))
    assert tip.next.text() == "完成" and not tip.skip.isVisible()
    press(qtbot, Qt.Key.Key_Return)
    assert not tip.isVisible() and not tip.veil.isVisible()
    assert len([call for call in state.calls if call[0] == "compose"]) == 1


@pytest.mark.parametrize("by_keyboard", [True, False])
def test_who_skips_it_never_sees_it_again(qtbot, start, by_keyboard):
    first = start(toured=False)
    tip = first.window.tour.tip
    if by_keyboard:
        press(qtbot, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(tip.skip, Qt.MouseButton.LeftButton)
    assert not tip.isVisible() and first.window.workbench.form.product.hasFocus()
    assert not first.window.workbench.form.state().brief.product, "skipping leaves the form alone"
    settled(qtbot, first)
    first.close()
    again = start(toured=False)
    assert not again.window.tour.tip.isVisible()


def test_the_help_page_starts_it_again_and_keeps_what_was_typed(qtbot, program):
    window = program.window
    assert not window.tour.tip.isVisible()
    window.workbench.form.set_brief(SAMPLE)
    window.go_to("help")
    qtbot.mouseClick(window.pages["help"].view.tour, Qt.MouseButton.LeftButton)
    assert window.workbench.isVisible() and window.tour.tip.isVisible()
    press(qtbot, Qt.Key.Key_Return)
    assert window.workbench.form.state().brief == SAMPLE
    qtbot.mouseClick(window.tour.tip.back, Qt.MouseButton.LeftButton)
    assert window.tour.tip.title.text() == STEPS[0].title
    window.go_to("history")
    assert not window.tour.tip.isVisible() and not window.tour.tip.veil.isVisible()
    settled(qtbot, program)


def test_it_stands_in_nobodys_way(qtbot, fresh):
    form, tip = fresh.window.workbench.form, fresh.window.tour.tip
    point = form.product.mapTo(fresh.window, form.product.rect().center())
    assert fresh.window.childAt(point) is form.product or form.product.isAncestorOf(fresh.window.childAt(point))
    qtbot.keyClicks(form.product, "dress")
    qtbot.mouseClick(form.write, Qt.MouseButton.LeftButton)
    assert tip.title.text() == STEPS[4].title, "who writes without the tour is taken along"
    settled(qtbot, fresh)
    assert "dress" in fresh.window.workbench.drafts.card(fresh.window.workbench.drafts.shown_keys()[0]).edit.text()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(900, 600), (1200, 760)])
def test_every_tip_is_whole_and_inside_the_window(qtbot, fresh, language, size):
    from test_geometry import clipped, nameless

    window, tip = fresh.window, fresh.window.tour.tip
    window.resize(*size)
    window.use_language(language)
    try:
        for place in range(len(STEPS)):
            qtbot.waitUntil(lambda: window.rect().contains(tip.geometry()))
            qtbot.waitUntil(lambda: clipped(tip) == [])
            if place != 4:
                assert not tip.geometry().intersects(tip.veil.hole), f"step {place} hides what it points at"
            assert tip.accessibleName() and tip.next.accessibleDescription() and nameless(tip) == []
            press(qtbot, Qt.Key.Key_Return)
            settled(qtbot, fresh)
    finally:
        window.use_language("zh")
    assert not tip.isVisible()


def test_a_bubble_finds_the_free_side():
    room, size = QSize(1000, 700), QSize(200, 100)
    assert beside(QRect(100, 100, 200, 40), size, room).y() > 140
    assert beside(QRect(100, 600, 200, 90), size, room).y() < 500
    assert beside(QRect(10, 20, 300, 670), size, room).x() > 310
    assert beside(QRect(500, 20, 490, 670), size, room).x() < 300
    assert room.width() > beside(QRect(0, 0, 1000, 700), size, room).x() > 0
