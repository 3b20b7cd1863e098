"""The feedback page: what was learned from the seller's choices, and the bundle that can be given away."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from desktop.widgets.basics import button, card, column, label, page, row
from desktop.widgets.tokens import SPACE_2
from desktop.words import date_words, say, tr

COUNT_NAMES = {"drafts": "文案", "picks": "选用", "edits": "修改", "ratings": "评分", "favourites": "收藏"}
PREVIEW_LINES = 7


class FeedbackView(QWidget):
    """What was learned, how much there is, and the export."""

    forget_wanted = Signal()
    preview_wanted = Signal()
    export_wanted = Signal()
    withdraw_wanted = Signal()
    new_number_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self._learned = ""
        self.learned = label("", wrap=True)
        self.counts = label("", "quiet", wrap=True)
        self.forget = button("忘掉，重新学", self.forget_wanted.emit)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        say(self.preview.setAccessibleName, "反馈包里的内容")
        self.preview.setMinimumHeight(PREVIEW_LINES * self.fontMetrics().lineSpacing())
        self.preview.hide()
        self.consent = QCheckBox()
        say(self.consent.setText, "我看过了，同意导出")
        self.export = button("导出反馈包…", self.export_wanted.emit, "primary")
        self.consent.toggled.connect(self.export.setEnabled)
        self.consent.hide()
        self.export.setEnabled(False)
        self.agreed = label("", "quiet", wrap=True)
        self.withdraw = button("撤回同意", self.withdraw_wanted.emit)
        self.withdraw.hide()
        number = button("换一个编号", self.new_number_wanted.emit, tip="以后的反馈包和以前的对不上号")
        self._agreed_on: datetime | None = None
        why = label(
            "反馈包是一个文件，交给做模型的人，能让下一版写得更合您的口味。电话、地址、姓名会先涂掉。不导出，就什么也不会离开这台电脑。",
            "quiet",
            wrap=True,
        )
        cards = (
            card(column(label("学到了什么", "heading"), self.learned, self.counts, row(self.forget, None), spacing=SPACE_2)),
            card(column(label("反馈包", "heading"), why, row(button("先看看里面有什么", self.preview_wanted.emit), None),
                        self.preview, self.consent, row(self.export, None), spacing=SPACE_2)),
            card(column(label("同意与撤回", "heading"), self.agreed, row(self.withdraw, number, None), spacing=SPACE_2)),
        )  # fmt: skip
        self.setLayout(column(page("反馈", *cards)))

    def show_learned(self, learned: str, counts: dict[str, int]) -> None:
        """What was learned, and from how much."""
        self._learned, self._counts = learned, counts
        self.show_words()

    def show_consent(self, agreed_on: datetime | None) -> None:
        """Since when the seller agrees, or None."""
        self._agreed_on = agreed_on
        self.withdraw.setVisible(agreed_on is not None)
        self.show_words()

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        if self._agreed_on is None:
            self.agreed.setText(tr("现在没有同意导出。每次导出前都会再问。"))
        else:
            day = date_words(self._agreed_on)
            self.agreed.setText(tr("{day} 同意导出。撤回后不再导出；单条文案可以在“历史”里选“不进反馈包”。", day=day))
        self.learned.setText(self._learned or tr("还没有学到什么。复制、收藏、评分和修改，都会让推荐更合您的口味。"))
        self.forget.setEnabled(bool(self._learned))
        parts = [tr(COUNT_NAMES.get(name, name)) + f" {count}" for name, count in self._counts.items()]
        self.counts.setText(" · ".join(parts))

    def show_preview(self, records: int, hits: tuple[tuple[str, str, str], ...]) -> None:
        """What a bundle would hold, with every place that is blacked out."""
        lines = [tr("一共 {n} 条选择。", n=records)]
        lines += [
            tr("{kind}：{before} → {after}", kind=tr(kind), before=before, after=after) for kind, before, after in hits
        ]
        if not hits:
            lines.append(tr("没有发现电话、地址等个人信息。"))
        self.preview.setPlainText("\n".join(lines))
        self.preview.show()
        self.consent.setChecked(False)
        self.consent.setVisible(records > 0)
