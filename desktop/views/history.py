"""The history: what was written, found again in full text; one entry is read beside the list and goes on from there."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QListView, QSplitter, QWidget

from desktop.tables.history_delegate import HistoryDelegate
from desktop.tables.history_list import HistoryListModel, entry_facts, entry_title
from desktop.widgets.basics import LineEdit, button, column, holder, label, row, scrolled
from desktop.widgets.changes import changes_html
from desktop.widgets.flow import FlowLayout
from desktop.widgets.tokens import CHECK_MS, SPACE_3, SPACE_4
from desktop.words import say, tr
from engine.domain import HistoryEntry

WHICH = ("全部", "收藏", "回收站")
RATINGS = ("未评分", "1 分", "2 分", "3 分", "4 分", "5 分")
LIST_CHARACTERS = 26
WIDTHS = (480, 720)


class HistoryView(QWidget):
    """List on the left, one entry on the right."""

    wanted = Signal(str, bool, bool)
    chosen = Signal(object)
    copy_wanted = Signal(object)
    restore_wanted = Signal(object)
    favourite_wanted = Signal(object, bool)
    rate_wanted = Signal(object, int)
    delete_wanted = Signal(object)
    undelete_wanted = Signal(object)
    export_wanted = Signal(list)
    withhold_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._entry: HistoryEntry | None = None
        self.search = LineEdit("搜索文案、商品、标签")
        self.search.setClearButtonEnabled(True)
        say(self.search.setAccessibleName, "搜索历史")
        self.which = QComboBox()
        say(self.which.setAccessibleName, "看哪些")
        self.model = HistoryListModel()
        self.list = self._made_list()
        self.empty = label("还没有文案。到工作台写几条，就会都留在这里。", "quiet", wrap=True)
        self.empty.hide()
        self.export = button("导出选中的", self._export, tip="存成 txt、md、csv、xlsx 或 docx")
        self._make_detail()
        left = holder(column(row(self.search, self.which), self.list, self.empty, row(self.export, None)), "", SPACE_3)
        left.setMinimumWidth(LIST_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(scrolled(self._detail))
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes(list(WIDTHS))
        self.setLayout(column(split))
        self.show_words()
        self._wire()

    def _made_list(self) -> QListView:
        made = QListView()
        made.setModel(self.model)
        made.setItemDelegate(HistoryDelegate(made))
        made.setUniformItemSizes(True)
        made.setMouseTracking(True)
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        say(made.setAccessibleName, "历史文案")
        return made

    def _make_detail(self) -> None:
        self.title = label("", "heading", wrap=True)
        self.facts = label("", "small", wrap=True)
        self.text = label("", "draft", wrap=True, selectable=True)
        self.changes = label("", "quiet", wrap=True)
        self.changes.setTextFormat(Qt.TextFormat.RichText)
        self.favourite = button("收藏", self._toggle_favourite)
        self.rating = QComboBox()
        say(self.rating.setAccessibleName, "评分")
        self.remove = button("删除", self._remove, icon="trash")
        self.bring_back = button("放回历史", lambda: self.undelete_wanted.emit(self._entry), icon="restore")
        actions = FlowLayout()
        for part in (
            button("复制", lambda: self.copy_wanted.emit(self._entry), icon="copy"),
            button("回到工作台", lambda: self.restore_wanted.emit(self._entry), icon="pen", tip="带着商品资料接着改"),
            self.favourite,
            self.rating,
            button("不进反馈包", lambda: self.withhold_wanted.emit(self._entry), tip="以后导出的反馈包里没有它"),
            self.remove,
            self.bring_back,
        ):
            actions.addWidget(part)
        self._actions = holder(actions)
        box = column(self.title, self.facts, self.text, self._actions, self.changes, None, spacing=SPACE_3)
        self._detail = holder(box, "page", SPACE_4)
        self._show_nothing()

    def _wire(self) -> None:
        self._pause = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._pause.timeout.connect(self.ask)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.which.currentIndexChanged.connect(lambda _index: self.ask())
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.doubleClicked.connect(lambda _index: self.restore_wanted.emit(self._entry))
        self.rating.activated.connect(lambda value: self.rate_wanted.emit(self._entry, value))
        self.model.modelReset.connect(self._show_nothing)

    def show_words(self) -> None:
        """Names of choices in the language of now."""
        for box, names in ((self.which, WHICH), (self.rating, RATINGS)):
            with QSignalBlocker(box):
                place = max(0, box.currentIndex())
                box.clear()
                box.addItems([tr(name) for name in names])
                box.setCurrentIndex(place)
        if self._entry is not None:
            self.show_entry(self._entry)

    def ask(self) -> None:
        """Ask for what the search and the choice say."""
        which = self.which.currentIndex()
        self.wanted.emit(self.search.text().strip(), which == WHICH.index("收藏"), which == WHICH.index("回收站"))

    # what the presenter says

    def start_anew(self) -> None:
        """Another search begins."""
        self.empty.hide()
        self.model.start_anew()

    def append(self, entries: list[HistoryEntry]) -> None:
        """A page of entries."""
        self.model.append(entries)
        nothing = not self.model.rowCount()
        self.empty.setVisible(nothing)
        searched = bool(self.search.text().strip()) or self.which.currentIndex() > 0
        say(self.empty.setText, "没有符合的文案。" if searched else "还没有文案。到工作台写几条，就会都留在这里。")
        if not nothing and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def entry_changed(self, entry: HistoryEntry) -> None:
        """An entry is different now."""
        self.model.replace(entry)
        if self._entry is not None and self._entry.draft.draft_id == entry.draft.draft_id:
            self.show_entry(entry)

    def entry_gone(self, draft_id: int) -> None:
        """An entry left this list."""
        self.model.remove(draft_id)
        self.empty.setVisible(not self.model.rowCount())
        if not self.model.rowCount():
            self._show_nothing()

    def show_changes(self, pieces: list[tuple[str, str]]) -> None:
        """What the seller changed, added and removed marked by sign and style."""
        self.changes.setText(f"<p>{escape(tr('和初稿相比：'))}</p><p>{changes_html(pieces)}</p>")
        self.changes.setVisible(any(kind != "same" for kind, _piece in pieces))

    # one entry

    def _current_changed(self) -> None:
        entry = self.model.entry(self.list.currentIndex().row())
        if entry is not None:
            self.show_entry(entry)
            self.chosen.emit(entry)

    def show_entry(self, entry: HistoryEntry) -> None:
        """Read one."""
        self._entry = entry
        self.title.setText(entry_title(entry))
        self.facts.setText(entry_facts(entry))
        self.text.setText(entry.current_text)
        say(self.favourite.setText, "取消收藏" if entry.favourite else "收藏")
        self.rating.setCurrentIndex(entry.rating or 0)
        deleted = entry.deleted_at is not None
        for part, shown in ((self.remove, not deleted), (self.bring_back, deleted), (self._actions, True)):
            part.setVisible(shown)
        self.changes.hide()
        self.export.setEnabled(True)

    def _show_nothing(self) -> None:
        self._entry = None
        for words in (self.title, self.facts, self.text, self.changes):
            words.setText("")
        self._actions.hide()
        self.export.setEnabled(False)

    def _toggle_favourite(self) -> None:
        if self._entry is not None:
            self.favourite_wanted.emit(self._entry, not self._entry.favourite)

    def _remove(self) -> None:
        if self._entry is not None:
            self.delete_wanted.emit(self._entry)

    def _export(self) -> None:
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        entries = [self.model.entry(place) for place in rows]
        self.export_wanted.emit([entry.draft.draft_id for entry in entries if entry is not None])
