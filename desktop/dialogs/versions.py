"""What a draft was before: each earlier version with what has changed since, and the way back to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QWidget

from desktop.shown import FormerText
from desktop.widgets.basics import button, card, column, label, row
from desktop.widgets.changes import MarkedText, Pieces, changes_html, own_words
from desktop.widgets.tokens import SPACE_3, SPACE_4
from desktop.words import date_words, say, tr
from engine.domain import count_characters

SHARE_PERCENT = 90
LIST_CHARACTERS = 20


class VersionsDialog(QDialog):
    """Versions on the left, the newest first; the chosen one beside the present text on the right."""

    chosen = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, parent: QWidget, versions: tuple[FormerText, ...]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self.setWindowTitle, "以前的版本")
        self._versions = versions
        self.list = QListWidget()
        say(self.list.setAccessibleName, "以前的版本，新的在上面")
        self.list.setWordWrap(True)
        self.list.setFixedWidth(LIST_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        self.list.addItems([_title(version) for version in versions])
        self.text = MarkedText()
        say(self.text.setAccessibleName, "这一版和现在相比")
        self.restore = button("换回这一版", self._restore, "primary", tip="现在的文字也会留着，随时能换回来")
        legend = label("＋ 是后来加上的，－ 是后来去掉的。", "quiet", wrap=True)
        right = column(
            legend, card(column(self.text)), row(None, self.restore, button("关闭", self.reject)), spacing=SPACE_3
        )
        right.setStretch(1, 1)
        box = row(self.list, right, spacing=SPACE_4)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)
        self.resize(parent.size() * SHARE_PERCENT / 100)
        self.list.currentRowChanged.connect(lambda place: self.chosen.emit(self._versions[place]))

    def begin(self) -> None:
        """Choose the newest one, when somebody listens."""
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def show_changes(self, version: FormerText, pieces: Pieces) -> None:
        """What has changed since a version; one that is not looked at any more is passed over."""
        if version is not self._versions[self.list.currentRow()]:
            return
        self.text.show_marked(changes_html(pieces))
        added, removed = ("、".join(own_words(pieces, kind)) for kind in ("added", "removed"))
        self.text.setAccessibleDescription(
            tr("后来加上的：{added}；后来去掉的：{removed}", added=added, removed=removed)
        )

    def _restore(self) -> None:
        version = self._versions[self.list.currentRow()]
        self.accept()
        self.restore_wanted.emit(version)


def _title(version: FormerText) -> str:
    length = tr("{n} 字", n=count_characters(version.text))
    when = [date_words(version.when)] if version.when is not None else []
    return "\n".join([tr(version.name), " · ".join([*when, length])])
