"""The page of voices and audiences: two lists on the left, what is chosen on the right."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QSplitter, QStackedWidget, QWidget

from desktop.views import audience_editor, voice_editor
from desktop.views.audience_editor import AudienceEditor, SegmentsPanel
from desktop.views.voice_editor import VoiceEditor
from desktop.widgets.basics import button, column, holder, label, scrolled
from desktop.widgets.busy import BusyLine
from desktop.widgets.flow import FlowLayout
from desktop.widgets.tokens import SPACE_3
from desktop.words import say
from engine.domain.preference import Audience, BrandVoice, OrderImport

LIST_CHARACTERS = 18
WIDTHS = (360, 720)
LIST_STRETCH = 100
"""The lists take what room there is; without one the rest stays together at the top."""


class PeopleView(QWidget):
    """Who speaks, and who is spoken to."""

    import_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.voice, self.audience, self.segments = VoiceEditor(), AudienceEditor(), SegmentsPanel()
        self._sides: dict[QWidget, QScrollArea] = {}
        self._right = QStackedWidget()
        for editor in (self.voice, self.audience, self.segments):
            self._sides[editor] = scrolled(editor)
            self._right.addWidget(self._sides[editor])
        self._make_lists()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._left())
        split.addWidget(self._right)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 3)
        split.setSizes(WIDTHS)
        self.setLayout(column(split))

    def _make_lists(self) -> None:
        self.voices, self.audiences = QListWidget(), QListWidget()
        say(self.voices.setAccessibleName, "店铺的口吻")
        say(self.audiences.setAccessibleName, "人群")
        for shown, open_one in ((self.voices, self.open_voice), (self.audiences, self.open_audience)):
            shown.setWordWrap(True)
            shown.itemClicked.connect(lambda item, act=open_one: act(_content(item)))
            shown.currentItemChanged.connect(lambda item, _old, act=open_one: item and act(_content(item)))
        self.new_voice = button("新口吻", lambda: self.open_voice(voice_editor.EMPTY), icon="plus")
        self.new_audience = button("新人群", lambda: self.open_audience(audience_editor.EMPTY), icon="plus")
        self.orders = button(
            "从订单里找人群", self.import_wanted.emit, icon="import", tip="平台导出的订单表；名字、电话、地址不会存下来"
        )
        self.busy = BusyLine()
        self.stop = button("停止", self.stop_wanted.emit, icon="stop")
        self.stop.hide()

    def _left(self) -> QWidget:
        self.no_voice = label("还没有口吻。加一个，写出来的就更像你家。", "quiet", wrap=True)
        self.no_audience = label("还没有人群。自己写，或从订单里找。", "quiet", wrap=True)
        buttons = FlowLayout()
        for made in (self.new_audience, self.orders, self.stop):
            buttons.addWidget(made)
        parts = (
            label("店铺的口吻", "heading"), self.voices, self.no_voice, holder(_flow(self.new_voice)),
            label("人群", "heading"), self.audiences, self.no_audience, self.busy, holder(buttons), None,
        )  # fmt: skip
        box = column(*parts)
        for shown in (self.voices, self.audiences):
            box.setStretchFactor(shown, LIST_STRETCH)
        left = holder(box, "", SPACE_3)
        left.setMinimumWidth(LIST_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        return left

    # what is shown

    def show_voices(self, voices: list[BrandVoice]) -> None:
        """These there are; the one in the editor stays marked."""
        _fill(self.voices, [(v.name, v, v.voice_id == self.voice.voice.voice_id) for v in voices])
        self.no_voice.setVisible(not voices)
        self.voices.setVisible(bool(voices))

    def show_audiences(self, audiences: list[Audience]) -> None:
        """These there are; the one in the editor stays marked."""
        chosen = self.audience.audience.audience_id
        _fill(self.audiences, [(a.name, a, a.audience_id == chosen) for a in audiences])
        self.no_audience.setVisible(not audiences)
        self.audiences.setVisible(bool(audiences))

    def open_voice(self, voice: BrandVoice) -> None:
        """Read and change a voice; what was changed in the one before is kept."""
        if not (voice.voice_id and voice.voice_id == self.voice.voice.voice_id and self.voice.unsaved()):
            self._keep_changes()
            self.voice.show_voice(voice)
        self._right.setCurrentWidget(self._sides[self.voice])
        if not voice.voice_id:
            _mark_none(self.voices)
            self.voice.name.setFocus()

    def open_audience(self, audience: Audience) -> None:
        """Read and change an audience; what was changed in the one before is kept."""
        own = self.audience.audience.audience_id
        if not (audience.audience_id and audience.audience_id == own and self.audience.unsaved()):
            self._keep_changes()
            self.audience.show_audience(audience)
        self._right.setCurrentWidget(self._sides[self.audience])
        if not audience.audience_id:
            _mark_none(self.audiences)
            self.audience.name.setFocus()

    def _keep_changes(self) -> None:
        for editor in (self.voice, self.audience):
            if (changed := editor.unsaved()) is not None:
                editor.save_wanted.emit(changed)

    def close_voice(self) -> None:
        """The voice in the editor is gone."""
        self.voice.show_voice(voice_editor.EMPTY)

    def close_audience(self) -> None:
        """The audience in the editor is gone."""
        self.audience.show_audience(audience_editor.EMPTY)

    def show_import(self, found: OrderImport) -> None:
        """Show the groups of buyers."""
        self.segments.show_import(found)
        self._right.setCurrentWidget(self._sides[self.segments])

    def set_importing(self, on: bool) -> None:
        """An order history is read, or was."""
        self.stop.setVisible(on)
        self.orders.setEnabled(not on)
        if on:
            self.busy.begin("orders")
        else:
            self.busy.end()

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        self.audience.show_words()
        self.segments.show_words()
        self.voice.changed.emit(self.voice.edited())


def _flow(*buttons: QWidget) -> FlowLayout:
    made = FlowLayout()
    for one in buttons:
        made.addWidget(one)
    return made


def _fill(shown: QListWidget, entries: list[tuple[str, object, bool]]) -> None:
    with QSignalBlocker(shown):
        shown.clear()
        for name, content, chosen in entries:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, content)
            shown.addItem(item)
            if chosen:
                shown.setCurrentItem(item)


def _content(item: QListWidgetItem) -> object:
    return item.data(Qt.ItemDataRole.UserRole)


def _mark_none(shown: QListWidget) -> None:
    with QSignalBlocker(shown):
        shown.setCurrentRow(-1)
