"""The keyboard of the whole window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.widgets.basics import focus_is_composing

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


def join_keys(window: MainWindow) -> None:
    """Make the shortcuts work; none fires while an input method holds a word."""
    bench = window.workbench
    table: dict[str, Callable[[], object]] = {
        "Ctrl+Return": partial(_write, window),
        "Ctrl+Enter": partial(_write, window),
        "Esc": bench.form.stop_wanted.emit,
        "Ctrl+K": partial(_search, window),
        "F6": bench.next_pane,
        "Ctrl+D": partial(_favourite, window),
        "F1": partial(window.go_to, "help"),
    }
    table |= {f"Alt+{place}": partial(_copy, window, place) for place in range(1, 10)}
    for key, act in table.items():
        QShortcut(QKeySequence(key), window).activated.connect(partial(_unless_composing, act))


def _unless_composing(act: Callable[[], object]) -> None:
    if not focus_is_composing():
        act()


def _write(window: MainWindow) -> None:
    if window.workbench.form.write.isVisible():
        window.workbench.form.write_wanted.emit()


def _search(window: MainWindow) -> None:
    if window.workbench.isVisible():
        window.workbench.products.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
    else:
        window.go_to("history")


def _copy(window: MainWindow, place: int) -> None:
    keys = window.workbench.drafts.shown_keys()
    if place <= len(keys):
        window.workbench.drafts.copy_wanted.emit(keys[place - 1])


def _favourite(window: MainWindow) -> None:
    key = window.workbench.drafts.focused_key()
    if key is not None and window.engine is not None:
        window.workbench_joined.drafts.toggle_favourite(key)
