"""The templates page: ready-made lines for a scene and a channel; the shop's own can be written and changed here."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QPlainTextEdit, QSplitter, QWidget

from desktop.widgets.basics import LineEdit, button, column, holder, label, row, scrolled
from desktop.widgets.flow import FlowLayout
from desktop.widgets.tokens import SPACE_3, SPACE_4
from desktop.words import say, tr
from engine.domain import CHANNELS, Channel, Tone
from engine.domain.records import Template

LIST_CHARACTERS = 18
TEXT_LINES = 7
WIDTHS = (360, 720)
TONE_AUTO = "随渠道"
EMPTY = Template("", Channel.MOMENTS, "")


class TemplatesView(QWidget):
    """List on the left, the chosen template on the right."""

    use_wanted = Signal(object)
    save_wanted = Signal(object)
    delete_wanted = Signal(object)
    from_form_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._templates: list[Template] = []
        self.template = EMPTY
        self._make_list()
        self._make_editor()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._left())
        split.addWidget(scrolled(self._right()))
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 3)
        split.setSizes(WIDTHS)
        box = column(split)
        self.setLayout(box)
        self.show_words()

    def _make_list(self) -> None:
        self.list = QListWidget()
        say(self.list.setAccessibleName, "模板")
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(lambda item, _old: self._choose(item))
        self.channel_filter = QComboBox()
        say(self.channel_filter.setAccessibleName, "看哪个渠道的")
        self.channel_filter.currentIndexChanged.connect(lambda _index: self._fill_list())

    def _make_editor(self) -> None:
        self.title = LineEdit("例如：双11 · 短信")
        say(self.title.setAccessibleName, "模板名称")
        self.channel, self.tone = QComboBox(), QComboBox()
        say(self.channel.setAccessibleName, "写到哪里")
        say(self.tone.setAccessibleName, "语气")
        self.text = QPlainTextEdit()
        say(self.text.setAccessibleName, "模板内容")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(TEXT_LINES * self.fontMetrics().lineSpacing())
        self.kind = label("", "quiet", wrap=True)
        self.use = button("用这个模板", lambda: self.use_wanted.emit(self.edited()), "primary")
        self.save = button("", lambda: self.save_wanted.emit(self.edited()))
        self.delete = button("删除", lambda: self.delete_wanted.emit(self.template), icon="trash")
        for changed in (self.title.textChanged, self.text.textChanged):
            changed.connect(self._look)

    def _left(self) -> QWidget:
        self.empty = label("这个渠道还没有模板。", "quiet", wrap=True)
        buttons = FlowLayout()
        for made in (
            button("新建", lambda: self.show_template(EMPTY), icon="plus"),
            button("用现在的商品新建", self.from_form_wanted.emit, tip="把工作台上的卖点和活动做成模板"),
            button("导入", self.import_wanted.emit, icon="import"),
            button("导出自己的", self.export_wanted.emit),
        ):
            buttons.addWidget(made)
        left = holder(column(self.channel_filter, self.list, self.empty, holder(buttons)), "", SPACE_3)
        left.setMinimumWidth(LIST_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        return left

    def _right(self) -> QWidget:
        hint = label(
            "一行一条，写“活动：”“卖点：”“人群：”开头；用的时候要现填的地方写成 {名字}，例如 活动：双11{力度}。",
            "quiet",
            wrap=True,
        )
        pair = row(
            column(label("写到哪里", "field"), self.channel), column(label("语气", "field"), self.tone), spacing=SPACE_3
        )
        actions = FlowLayout()
        for made in (self.use, self.save, self.delete):
            actions.addWidget(made)
        box = column(
            label("模板名称", "field"),
            self.title,
            pair,
            label("模板内容", "field"),
            self.text,
            hint,
            self.kind,
            holder(actions),
            None,
            spacing=SPACE_3,
        )
        return holder(box, "", SPACE_4)

    # what is shown

    def show_templates(self, templates: list[Template]) -> None:
        """Show these; the chosen one stays chosen."""
        self._templates = templates
        self._fill_list()

    def show_template(self, template: Template) -> None:
        """Show one for reading and changing."""
        self.template = template
        self.title.setText(template.title)
        self.text.setPlainText(template.text)
        self.channel.setCurrentIndex(max(0, self.channel.findData(template.channel)))
        self.tone.setCurrentIndex(max(0, self.tone.findData(template.tone)))
        self._look()

    def edited(self) -> Template:
        """The template as it stands in the editor."""
        return replace(
            self.template,
            title=self.title.text().strip(),
            channel=Channel(self.channel.currentData()),
            tone=Tone(self.tone.currentData()),
            text=self.text.toPlainText().strip(),
        )

    def show_words(self) -> None:
        """Everything that is made of data, in the language of now."""
        channels = [(tr(spec.name), channel) for channel, spec in CHANNELS.items()]
        _refill(self.channel_filter, [(tr("全部渠道"), None), *channels])
        _refill(self.channel, list(channels))
        _refill(self.tone, [(tr(tone.value) if tone.value else tr(TONE_AUTO), tone) for tone in Tone])
        self._look()

    def _fill_list(self) -> None:
        wanted = self.channel_filter.currentData()
        shown = [t for t in self._templates if wanted is None or t.channel == wanted]
        with QSignalBlocker(self.list):
            self.list.clear()
            for template in shown:
                item = QListWidgetItem(template.title)
                item.setData(Qt.ItemDataRole.UserRole, template)
                self.list.addItem(item)
                if template.key and template.key == self.template.key:
                    self.list.setCurrentItem(item)
        self.empty.setVisible(not shown)
        if self.list.currentItem() is None and shown and not self.template.key:
            self.list.setCurrentRow(0)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_template(item.data(Qt.ItemDataRole.UserRole))

    def _look(self) -> None:
        whole = bool(self.title.text().strip() and self.text.toPlainText().strip())
        self.use.setEnabled(whole)
        self.save.setEnabled(whole)
        self.save.setText(tr("另存为我的模板") if self.template.built_in else tr("保存模板"))
        own = bool(self.template.key) and not self.template.built_in
        self.delete.setVisible(own)
        if self.template.built_in:
            self.kind.setText(tr("随程序附带的模板；改了可以存成自己的。"))
        elif own:
            self.kind.setText(tr("自己的模板，第 {version} 版。", version=self.template.version))
        else:
            self.kind.setText(tr("新模板，还没有保存。"))


def _refill(box: QComboBox, entries: list[tuple[str, object]]) -> None:
    """Other words for the same entries, the choice kept."""
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for words, data in entries:
            box.addItem(words, data)
        box.setCurrentIndex(max(0, box.findData(chosen)))
