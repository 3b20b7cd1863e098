"""Two drafts side by side: the words that only one of them has are marked; one is copied or kept from here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QPushButton, QWidget

from desktop.shown import ComparedDraft
from desktop.widgets.basics import button, card, column, label, row
from desktop.widgets.changes import MarkedText, Pieces, own_words, side_html
from desktop.widgets.counter import LengthCounter
from desktop.widgets.tokens import SPACE_3, SPACE_4
from desktop.words import say, tr
from engine.domain import CHANNELS

SHARE_PERCENT = 90
"""How much of the window it covers, so that two texts have room."""


class CompareDialog(QDialog):
    """Both texts with what tells them apart.

    Args:
        sides: left and right, in the order of the table.
        pieces: from the left text to the right one.
    """

    copy_wanted = Signal(int)
    keep_wanted = Signal(int, int)
    """The key of the draft that stays, the key of the one that goes."""

    def __init__(self, parent: QWidget, sides: tuple[ComparedDraft, ComparedDraft], pieces: Pieces) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self.setWindowTitle, "对比两条文案")
        left, right = sides
        self._copies: list[QPushButton] = []
        same = all(kind == "same" for kind, _piece in pieces)
        self.legend = label(
            "两条一字不差。" if same else "粗体加下划线的，是只有这一条里才有的字。", "quiet", wrap=True
        )
        self.cards = (self._side(left, right, pieces, "removed"), self._side(right, left, pieces, "added"))
        both = row(*self.cards, spacing=SPACE_3)
        box = column(self.legend, both, row(None, button("关闭", self.reject)), spacing=SPACE_3)
        box.setStretch(1, 1)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)
        self._copies[0].setFocus()
        self.resize(parent.size() * SHARE_PERCENT / 100)

    def _side(self, draft: ComparedDraft, other: ComparedDraft, pieces: Pieces, own: str) -> QFrame:
        title = label("", "heading")
        title.setText(tr("第 {n} 条 · {channel}", n=draft.place, channel=tr(CHANNELS[draft.channel].name)))
        score = label("", "badge")
        score.setText(tr("{total} 分", total=round(draft.score or 0)))
        if draft.score is None:
            score.hide()
        counter = LengthCounter(draft.channel)
        counter.show_text(draft.text, finished=True)
        checks = label("", "warn" if draft.findings else "ok")
        checks.setText(tr("⚠ {n} 处要看", n=draft.findings) if draft.findings else tr("✓ 没有要改的"))
        text = MarkedText()
        text.show_marked(side_html(pieces, own))
        text.setAccessibleName(title.text())
        text.setAccessibleDescription(tr("只有这条有：{words}", words="、".join(own_words(pieces, own))))
        copy = button("复制这条", lambda: self._copy(draft.key), "primary", icon="copy")
        keep = button("只留这条", lambda: self._keep(draft.key, other.key), tip="另一条放进回收站，可以撤销")
        self._copies.append(copy)
        for part in (copy, keep):
            part.setAccessibleDescription(title.text())
        return card(column(row(title, None, score), text, row(counter, None, checks), row(copy, keep, None)))

    def _copy(self, key: int) -> None:
        self.accept()
        self.copy_wanted.emit(key)

    def _keep(self, key: int, other: int) -> None:
        self.accept()
        self.keep_wanted.emit(key, other)
