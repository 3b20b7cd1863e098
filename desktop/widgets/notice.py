"""A bar under the navigation that says what went wrong and what to do; details stay folded, and it stays until closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from desktop.errors import ErrorWords
from desktop.widgets.basics import button, column, label, row
from desktop.widgets.tokens import SPACE_1, SPACE_2, SPACE_4
from desktop.words import tr

PAGE_BUTTONS = {"models": "去模型页", "privacy": "去隐私页"}


class Notice(QFrame):
    """Hidden while all is well."""

    page_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._page = ""
        self._action: Callable[[], Any] | None = None
        self.what = label("", "heading", wrap=True)
        self.advice = label("", wrap=True)
        self.details = label("", "small", wrap=True, selectable=True)
        self.act = button("", self._do)
        self._go = button("", self._go_to_page)
        self._more = button("详情", self._toggle_details, "flat")
        self._copy = button("复制详情", self._copy_details, "flat")
        self._close = button("知道了", self.hide)
        line = row(column(self.what, self.advice, spacing=SPACE_1), None, self.act, self._go, self._more, self._close)
        line.setStretch(0, 1)
        line.setStretch(1, 0)
        box = column(line, row(self.details, self._copy))
        box.setContentsMargins(SPACE_4, SPACE_2, SPACE_2, SPACE_2)
        self.setLayout(box)
        self.hide()

    def tell(self, words: ErrorWords, action_words: str = "", action: Callable[[], Any] | None = None) -> None:
        """Show what happened, with a button when something can be done about it here and now."""
        self._action = action
        self.act.setText(action_words)
        self.act.setVisible(action is not None)
        self.what.setText(words.what)
        self.advice.setText(words.advice)
        self.details.setText(words.details)
        self._page = words.page
        self._go.setVisible(words.page in PAGE_BUTTONS)
        if words.page in PAGE_BUTTONS:
            self._go.setText(tr(PAGE_BUTTONS[words.page]))
        self.details.hide()
        self._copy.hide()
        self.show()

    def _do(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            action()

    def _toggle_details(self) -> None:
        opened = self.details.isHidden()
        self.details.setVisible(opened)
        self._copy.setVisible(opened)

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self.details.text())

    def _go_to_page(self) -> None:
        self.hide()
        self.page_wanted.emit(self._page)
