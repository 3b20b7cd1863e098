"""Every view at 900×600 and in both languages: no label or button shows less than its words."""

from __future__ import annotations

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox

PAGES = (
    "workbench",
    "batch",
    "history",
    "templates",
    "people",
    "campaigns",
    "feedback",
    "models",
    "privacy",
    "settings",
    "help",
)


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
        for name in PAGES:
            window.go_to(name)
            qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
            qtbot.waitUntil(lambda: clipped(window._stack.currentWidget()) == [])
            assert window.width() == 900, f"{name} made the window wider"
            assert clipped(window._nav["help"].parentWidget()) == [], name
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
    for name in PAGES:
        program.window.go_to(name)
        qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)
        assert nameless(program.window) == [], name
