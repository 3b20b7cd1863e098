"""Every view at 900×600 and in both languages: no label or button shows less than its words."""

from __future__ import annotations

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox

from desktop.main_window import TITLES


def clipped(root):
    """Visible texts that need more room than they have."""
    found = []
    for widget in [*root.findChildren(QLabel), *root.findChildren(QPushButton)]:
        if not widget.isVisible() or not widget.text():
            continue
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        high, wide = (
            widget.heightForWidth(widget.width()) - widget.height(),
            widget.minimumSizeHint().width() - widget.width(),
        )
        missing = high if wraps else wide
        outside = widget.mapTo(root, widget.rect().topRight()).x() > root.width()
        if missing > 1 or outside:
            found.append((widget.text()[:30], missing, outside))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_clipped_at_the_smallest_size(qtbot, program, language, theme):
    window = program.window
    window.use_theme(theme)
    window.use_language(language)
    try:
        window.resize(900, 600)
        window.workbench.form.set_brief(SAMPLE)
        qtbot.mouseClick(window.workbench.form.write, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
        for name in TITLES:
            window.go_to(name)
            qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
            qtbot.waitUntil(lambda: clipped(window._stack.currentWidget()) == [])
            assert window.width() == 900, f"{name} made the window wider"
            assert clipped(window._nav["help"].parentWidget()) == [], name
    finally:
        window.use_language("zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_campaign_and_groups_of_buyers_are_not_clipped_at_the_smallest_size(qtbot, program, tmp_path, language):
    window = program.window
    window.use_language(language)
    window.resize(900, 600)
    window.workbench.form.set_brief(SAMPLE)
    try:
        window.go_to("campaigns")
        view = window.pages["campaigns"].view
        view.plan.each.setValue(2)
        qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
        qtbot.mouseClick(view.plan.start, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
        sheet = tmp_path / "t.csv"
        sheet.write_text("版本号,曝光,点击,成交\nC01,1000,90,5\nC02,1000,40,2\nX9,5,1,0\nC03,1,2,3\n", "utf-8")
        window.pages["campaigns"].parts[0].import_results(1, sheet)
        orders = tmp_path / "o.csv"
        orders.write_text("买家,付款时间,金额\n" + "".join(f"甲{n},2026-11-0{n + 1},99\n" for n in range(8)), "utf-8")
        for name, shown in (("campaigns", view), ("people", None)):
            window.go_to(name)
            if shown is None:
                window.workbench_joined.people.import_orders(orders)
            qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
            qtbot.waitUntil(lambda: clipped(window._stack.currentWidget()) == [])
            assert window.width() == 900
        assert nameless(window) == []
    finally:
        window.use_language("zh")


def nameless(root):
    """Visible controls that a screen reader could not name."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QSpinBox)
    return [
        widget
        for kind in kinds
        for widget in root.findChildren(kind)
        if widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", lambda: "")() or widget.toolTip())
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parentWidget(), QLineEdit)
    ]


def test_every_control_has_a_name_for_a_screen_reader(qtbot, program):
    for name in TITLES:
        program.window.go_to(name)
        qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
        assert nameless(program.window) == [], name
