"""One audience by hand, and the groups of buyers that an order history holds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.widgets.basics import LineEdit, button, card, clear, column, holder, label, row
from desktop.widgets.chips import ChipsEdit
from desktop.widgets.flow import FlowLayout
from desktop.widgets.tokens import SPACE_2, SPACE_3, SPACE_4
from desktop.words import say, tr
from engine.domain.preference import Audience, OrderImport, Segment

EMPTY = Audience("")


class AudienceEditor(QWidget):
    """Shows an audience."""

    save_wanted = Signal(object)
    delete_wanted = Signal(object)
    use_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.audience = self._shown = EMPTY
        self.name = LineEdit("例如：通勤的她")
        say(self.name.setAccessibleName, "人群名称")
        self.description = LineEdit("例如：早上赶时间，怕麻烦")
        say(self.description.setAccessibleName, "他们是谁")
        self.categories = ChipsEdit("＋ 爱买的", "女装")
        self.origin = label("", "quiet", wrap=True)
        self.save = button("保存人群", lambda: self.save_wanted.emit(self.edited()))
        self.use = button("写给这群人", lambda: self.use_wanted.emit(self.edited()), "primary")
        self.delete = button("删除", lambda: self.delete_wanted.emit(self.audience), icon="trash")
        self.name.textChanged.connect(self._look)
        actions = FlowLayout()
        for made in (self.use, self.save, self.delete):
            actions.addWidget(made)
        parts = (
            label("人群名称", "field"), self.name,
            label("他们是谁", "field"), self.description,
            label("爱买的", "field"), self.categories,
            self.origin, holder(actions), None,
        )  # fmt: skip
        box = column(*parts, spacing=SPACE_2)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)
        self._look()

    def show_audience(self, audience: Audience) -> None:
        """Show one for reading and changing."""
        self.audience = audience
        for line, text in ((self.name, audience.name), (self.description, audience.description)):
            line.setText(text)
            line.setCursorPosition(0)
        self.categories.set_values(audience.categories)
        self._shown = self.edited()
        self._look()

    def edited(self) -> Audience:
        """The audience as it stands here."""
        return replace(
            self.audience,
            name=self.name.text().strip(),
            description=self.description.text().strip(),
            categories=self.categories.values(),
        )

    def unsaved(self) -> Audience | None:
        """The audience as it stands here, when it has a name and was changed since it was shown."""
        edited = self.edited()
        return edited if edited.name and edited != self._shown else None

    def show_kept(self, kept: Audience) -> None:
        """An audience was kept; when it is the one that stands here, it has its number from now on."""
        if replace(self.edited(), audience_id=kept.audience_id, updated_at=kept.updated_at) == kept:
            self.show_audience(kept)

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        self._look()

    def _look(self) -> None:
        named = bool(self.name.text().strip())
        self.save.setEnabled(named)
        self.use.setEnabled(named)
        self.delete.setVisible(bool(self.audience.audience_id))
        self.origin.setText(tr("来自导入的订单。") if self.audience.from_orders else "")
        self.origin.setVisible(self.audience.from_orders)


class SegmentsPanel(QWidget):
    """Groups of buyers, largest first, each with a button that makes an audience of it."""

    keep_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._found: OrderImport | None = None
        self.summary = label("", "quiet", wrap=True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(SPACE_3)
        box = column(label("订单里的人群", "heading"), self.summary, self._cards, None, spacing=SPACE_3)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)

    def show_import(self, found: OrderImport) -> None:
        """Show what an order history came to."""
        self._found = found
        self.show_words()

    def show_words(self) -> None:
        """Everything, in the language of now."""
        if self._found is None:
            return
        self.summary.setText(_summary(self._found))
        clear(self._cards)
        for segment in self._found.segments:
            self._cards.addWidget(self._card(segment))

    def _card(self, segment: Segment) -> QFrame:
        name, told, figures = label("", "heading", wrap=True), label("", wrap=True), label("", "quiet", wrap=True)
        name.setText(tr(segment.name))
        told.setText(tr(segment.description))
        figures.setText(segment_words(segment))
        keep = button("存为人群", partial(self.keep_wanted.emit, segment))
        keep.setAccessibleName(f"{tr('存为人群')} {name.text()}")
        return card(column(name, told, figures, row(keep, None), spacing=SPACE_2))


def segment_words(segment: Segment) -> str:
    """How many they are, how often and for how much they buy, and what."""
    number = QLocale()
    words = tr(
        "{buyers} 人，占 {share}。平均每人 {orders} 单，花 {spent} 元，上次来是 {days} 天前。",
        buyers=number.toString(segment.buyers),
        share=f"{segment.share:.0%}",
        orders=f"{segment.orders_each:.1f}",
        spent=number.toString(segment.spent_each_cents / 100, "f", 2),
        days=segment.days_since_last,
    )
    return words + (tr("爱买{things}。", things="、".join(segment.categories)) if segment.categories else "")


def _summary(found: OrderImport) -> str:
    number = QLocale()
    words = tr(
        "{rows} 行订单，{buyers} 位顾客；{skipped} 行没有算进来（没付款、退了，或缺时间和顾客）。",
        rows=number.toString(found.rows),
        buyers=number.toString(found.buyers),
        skipped=number.toString(found.skipped),
    )
    if found.dropped:
        words += tr("这些列没有读：{columns}。", columns="、".join(found.dropped))
    return words + tr("顾客的名字和电话都没有存下来。")
