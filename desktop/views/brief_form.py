"""The middle of the workbench: what the seller tells about a product, and the button that writes.

Three things are enough: a name (or a paste), a channel (the last one is kept), the button. The rest is optional.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLayout, QSpinBox, QWidget

from desktop.shown import DEFAULT_COUNT, FormState
from desktop.widgets.basics import LineEdit, button, column, holder, label, row, scrolled
from desktop.widgets.busy import BusyLine
from desktop.widgets.channel_bar import ChannelBar
from desktop.widgets.chips import ChipsEdit
from desktop.widgets.length_slider import LengthSlider
from desktop.widgets.people import AudienceBox, VoiceBox
from desktop.widgets.picture_box import COLOUR, PictureBox
from desktop.widgets.tokens import SPACE_1, SPACE_3, SPACE_4
from desktop.words import say, tr
from engine.domain import MAX_DRAFTS, Attribute, Brief, Channel, Tone

FORM_CHARACTERS = 24
PAIR_MARKS = ("#", "：", ":", "=", " ")
TONE_AUTO = "随渠道"


def read_pair(text: str) -> str:
    """``材质：雪纺``, ``材质#雪纺``, ``材质 雪纺`` as ``材质 雪纺``; a lone value is refused."""
    tidy = text.strip()
    for mark in PAIR_MARKS:
        name, found, value = tidy.partition(mark)
        if found and name.strip() and value.strip():
            return f"{name.strip()} {value.strip()}"
    return ""


class BriefForm(QWidget):
    """The brief as it stands, and the wish to write."""

    changed = Signal()
    write_wanted = Signal()
    stop_wanted = Signal()
    paste_wanted = Signal()
    pasted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("form")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._product_id = 0
        self._category, self._source = "", ""
        self._make_fields()
        self._make_buttons()
        outer = column(scrolled(self._body()), self._foot(), spacing=0)
        self.setLayout(outer)
        self._watch()

    # building

    def _make_fields(self) -> None:
        self.product = LineEdit("例如：雪纺碎花连衣裙", self._take_paste)
        say(self.product.setAccessibleName, "商品名称")
        self.picture = PictureBox(self)
        self.attributes = ChipsEdit("＋ 属性", "材质 雪纺", read_pair)
        self.points = ChipsEdit("＋ 卖点", "垂坠感好")
        self.audience = LineEdit("例如：通勤的她")
        say(self.audience.setAccessibleName, "写给谁看")
        self.audiences, self.voice = AudienceBox(self.audience), VoiceBox()
        self.tone = QComboBox()
        say(self.tone.setAccessibleName, "语气")
        self.fill_tones()
        self.offer = LineEdit("例如：第二件半价，11月11日前")
        say(self.offer.setAccessibleName, "活动")
        self.channels = ChannelBar()
        self.count = QSpinBox()
        self.count.setRange(1, MAX_DRAFTS)
        self.count.setValue(DEFAULT_COUNT)
        say(self.count.setAccessibleName, "写几条")
        self.length = LengthSlider(self.channels.value())

    def _make_buttons(self) -> None:
        self.paste = button(
            "粘贴资料，自动填好",
            self.paste_wanted.emit,
            icon="paste",
            tip="把商品资料整段复制过来，自动分成名称、属性和卖点",
        )
        self.write = button("", self.write_wanted.emit, "primary")
        say(self.write.setToolTip, "Ctrl+回车")
        self.stop = button("停止", self.stop_wanted.emit, "stop", icon="stop", tip="Esc")
        self.stop.hide()
        self.more = button("更多 ▸", self._toggle_more, "flat")
        self.busy = BusyLine()

    def _body(self) -> QWidget:
        self._more_box = holder(column(self.length))
        self._more_box.hide()
        box = column(
            row(label("商品名称", "field"), None, self.paste),
            self.product,
            self.picture,
            *self._field("属性", self.attributes),
            *self._field("卖点", self.points),
            *self._field("写到哪里", self.channels),
            self._pair("写给谁看", self.audiences, "语气", self.tone),
            self._pair("活动", self.offer, "口吻", self.voice),
            row(self.more, None),
            self._more_box,
            None,
        )
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_3)
        body = QWidget()
        body.setLayout(box)
        body.setMinimumWidth(FORM_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        return body

    def _foot(self) -> QWidget:
        self._count_label = label("条数", "field")
        line = row(self._count_label, self.count, self.write, self.stop)
        line.setStretch(2, 1)
        line.setStretch(3, 1)
        return holder(column(self.busy, line), "pane", SPACE_3)

    def _field(self, name: str, widget: QWidget) -> tuple[QLabel, QWidget]:
        return label(name, "field"), widget

    def _pair(self, name: str, widget: QWidget, other_name: str, other: QWidget) -> QHBoxLayout:
        sides: list[QLayout] = [
            column(label(name, "field"), widget, spacing=SPACE_1),
            column(label(other_name, "field"), other, spacing=SPACE_1),
        ]
        box = row(*sides)
        box.setStretch(0, 3)
        box.setStretch(1, 2)
        return box

    def _watch(self) -> None:
        for line in (self.product, self.audience, self.offer):
            line.textChanged.connect(lambda _text: self.changed.emit())
        for chips in (self.attributes, self.points):
            chips.changed.connect(self.changed)
        self.picture.colour_taken.connect(lambda name: self.attributes.add(f"{COLOUR} {name}"))
        self.tone.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.voice.changed.connect(self.changed)
        self.count.valueChanged.connect(self._count_changed)
        self.channels.changed.connect(self._channel_changed)
        self.length.changed.connect(self.changed)
        self.show_words()

    def fill_tones(self) -> None:
        """Names of the tones in the language of now; the chosen one stays."""
        with QSignalBlocker(self.tone):
            chosen = self.tone.currentData()
            self.tone.clear()
            for tone in Tone:
                self.tone.addItem(tr(tone.value or TONE_AUTO), tone)
            self.tone.setCurrentIndex(max(0, self.tone.findData(chosen)))

    def show_words(self) -> None:
        """What depends on numbers and language."""
        self.write.setText(tr("写 {n} 条", n=self.count.value()))
        self.voice.show_words()

    # state

    def state(self) -> FormState:
        """What stands in the form."""
        brief = Brief(
            product=self.product.text(),
            category=self._category,
            attributes=tuple(Attribute(*pair.split(" ", 1)) for pair in self.attributes.values()),
            points=self.points.values(),
            audience=self.audience.text(),
            tone=Tone(self.tone.currentData() or ""),
            offer=self.offer.text(),
            source=self._source,
        )
        return FormState(
            brief,
            self.channels.value(),
            self.count.value(),
            self.length.value(),
            self._product_id,
            self.voice.value(),
        )

    def set_state(self, state: FormState) -> None:
        """Show a whole state, e.g. of the last time."""
        with QSignalBlocker(self):
            self.channels.set_value(state.channel)
            self.count.setValue(state.count)
            self.length.fit(state.channel)
            self.length.set_value(state.length)
            self._set_brief(state.brief)
            self._product_id = state.product_id
            self.voice.set_value(state.voice_id)
        self.show_words()
        self.changed.emit()

    def set_brief(self, brief: Brief, product_id: int = 0) -> None:
        """Show another brief; channel, number and length stay."""
        with QSignalBlocker(self):
            self._set_brief(brief)
            self._product_id = product_id
        self.changed.emit()

    def set_product_id(self, product_id: int) -> None:
        """The brief was kept under this number."""
        self._product_id = product_id

    def _set_brief(self, brief: Brief) -> None:
        self.product.setText(brief.product)
        self.product.setCursorPosition(0)
        self._category, self._source = brief.category, brief.source
        self.attributes.set_values(tuple(f"{a.name.replace(' ', '')} {a.value}" for a in brief.attributes))
        self.points.set_values(brief.points)
        self.audience.setText(brief.audience)
        self.tone.setCurrentIndex(max(0, self.tone.findData(brief.tone)))
        self.offer.setText(brief.offer)

    def set_writing(self, writing: bool, stage: str = "load") -> None:
        """The button writes, or stops what is written."""
        self.write.setVisible(not writing)
        self.stop.setVisible(writing)
        if writing:
            self.busy.begin(stage)
        else:
            self.busy.end()

    # small reactions

    def _take_paste(self, text: str) -> bool:
        self.pasted.emit(text)
        return True

    def _toggle_more(self) -> None:
        opened = self._more_box.isHidden()
        self._more_box.setVisible(opened)
        say(self.more.setText, "更多 ▾" if opened else "更多 ▸")

    def _count_changed(self) -> None:
        self.show_words()
        self.changed.emit()

    def _channel_changed(self, channel: Channel) -> None:
        self.length.fit(channel)
        self.changed.emit()
