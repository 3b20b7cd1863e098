"""The batch page: drop a table, look at what its columns mean, choose channels, start; look at rows while others run."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QFrame, QPushButton, QSpinBox, QTableView, QWidget

from desktop.shown import RowShown
from desktop.tables.row_tables import DoneRowsModel, TextTableModel
from desktop.widgets.basics import button, card, column, holder, label, page, row
from desktop.widgets.busy import BusyLine
from desktop.widgets.flow import FlowLayout
from desktop.widgets.tokens import SPACE_2
from desktop.words import say, tr
from engine.domain import CHANNELS, Channel

MAX_COUNT = 4
MIN_LINES, TABLE_LINES = 3, 9


class BatchView(QWidget):
    """Source, channels, progress, rows."""

    choose_wanted = Signal()
    dropped = Signal(object)
    start_wanted = Signal()
    pause_wanted = Signal(bool)
    stop_wanted = Signal()
    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.source = label("", "heading", wrap=True)
        self.counts = label("", "quiet", wrap=True)
        self.columns = TextTableModel(("列名", "当作", "例子"))
        self.rows = DoneRowsModel()
        self.columns_view, self.rows_view = self._table(self.columns), self._table(self.rows)
        say(self.columns_view.setAccessibleName, "表格的列")
        say(self.rows_view.setAccessibleName, "写好的行")
        self.chips: dict[Channel, QPushButton] = {}
        self.count = QSpinBox()
        self.count.setRange(1, MAX_COUNT)
        say(self.count.setAccessibleName, "每个渠道写几条")
        self.resume = QCheckBox()
        say(self.resume.setText, "接着上次没写完的")
        self.start = button("开始", self.start_wanted.emit, "primary")
        self.pause = button("暂停", self._toggle_pause)
        self.stop = button("停止", self.stop_wanted.emit, icon="stop")
        self.open = button("打开结果", self.open_wanted.emit)
        self.busy = BusyLine()
        self.rate = label("", "quiet")
        self.text = label("", wrap=True, selectable=True)
        self._paused = False
        self.setLayout(column(page("批量", self._source_card(), self._plan_card(), self._rows_card())))
        self.show_no_table()
        self.set_running(False)
        self.open.hide()
        self.rows_view.selectionModel().currentRowChanged.connect(lambda index, _old: self._show_row(index.row()))

    def _table(self, model: TextTableModel) -> QTableView:
        view = QTableView()
        view.setModel(model)
        view.verticalHeader().hide()
        view.horizontalHeader().setStretchLastSection(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        model.rowsInserted.connect(lambda *_place: self._fit(view, model))
        model.modelReset.connect(lambda: self._fit(view, model))
        self._fit(view, model)
        return view

    def _fit(self, view: QTableView, model: TextTableModel) -> None:
        """As high as its rows, within bounds."""
        lines = max(MIN_LINES, min(TABLE_LINES, model.rowCount() + 2))
        view.setFixedHeight(lines * view.verticalHeader().defaultSectionSize())

    def _source_card(self) -> QFrame:
        choose = button("选择表格", self.choose_wanted.emit, icon="import", tip="Excel、CSV 或 JSON")
        source_line = row(self.source, choose)
        source_line.setStretch(0, 1)
        return card(column(source_line, self.counts, self.columns_view, spacing=SPACE_2))

    def _plan_card(self) -> QFrame:
        flow = FlowLayout()
        for channel, spec in CHANNELS.items():
            chip = button(spec.name, lambda: None, "chip")
            chip.setCheckable(True)
            self.chips[channel] = chip
            flow.addWidget(chip)
        self.chips[Channel.TITLE].setChecked(True)
        line = row(
            label("每个渠道写几条", "field"),
            self.count,
            self.resume,
            None,
            self.start,
            self.pause,
            self.stop,
            self.open,
        )
        return card(column(label("写到哪里", "heading"), holder(flow), line, self.busy, self.rate, spacing=SPACE_2))

    def _rows_card(self) -> QFrame:
        return card(column(label("写好的行", "heading"), self.rows_view, self.text, spacing=SPACE_2))

    # what the seller chose

    def channels(self) -> tuple[Channel, ...]:
        """The chosen channels in the table's order."""
        return tuple(channel for channel, chip in self.chips.items() if chip.isChecked())

    def set_channels(self, channels: tuple[Channel, ...]) -> None:
        """Choose these."""
        for channel, chip in self.chips.items():
            chip.setChecked(channel in channels)

    # what the presenter says

    def show_no_table(self) -> None:
        """Say what to do."""
        say(self.source.setText, "把商品表格拖到这里，一行一个商品")
        say(
            self.counts.setText,
            "第一行写列名，例如：商品名称、材质、卖点、活动。写好的文案存成一张新表，原来的表不动。",
        )
        self.columns_view.hide()
        self.start.setEnabled(False)
        self.resume.hide()

    def show_table(self, source: Path, columns: list[tuple[str, str, str]], good: int, bad: int) -> None:
        """What a table holds."""
        say(self.source.setText, "{name}", name=source.name)
        words = "能写 {good} 行" if not bad else "能写 {good} 行，{bad} 行读不懂"
        say(self.counts.setText, words, good=good, bad=bad)
        self.columns.set_rows(list(columns))
        self.columns_view.resizeColumnsToContents()
        self.columns_view.show()
        self.start.setEnabled(good > 0)

    def offer_resume(self, possible: bool) -> None:
        """A result of before is there."""
        self.resume.setVisible(possible)
        self.resume.setChecked(possible)

    def set_running(self, running: bool) -> None:
        """Buttons for before and during."""
        self.start.setVisible(not running)
        for part in (self.pause, self.stop):
            part.setVisible(running)
        self._paused = False
        say(self.pause.setText, "暂停")
        if running:
            self.rows.start_anew()
            self.text.setText("")
            self.busy.begin("rows")
        else:
            self.busy.end()

    def show_progress(self, done: int, total: int, per_minute: float, seconds_left: float) -> None:
        """How fast it goes."""
        minutes = max(1, round(seconds_left / 60))
        say(
            self.rate.setText, "{done}/{total} 行 · 每分钟 {rate} 行 · 大约还要 {minutes} 分钟",
            done=done, total=total, rate=f"{per_minute:.1f}", minutes=minutes,
        )  # fmt: skip

    def show_report(self, done: int, total: int, failed: int, stopped: bool) -> None:
        """What it came to."""
        words = (
            "停在第 {done} 行，共 {total} 行；再点开始会接着写。"
            if stopped
            else "写完了 {done} 行，{failed} 行没写成。"
        )
        say(self.rate.setText, words, done=done, total=total, failed=failed)
        self.open.show()

    def add_row(self, shown: RowShown) -> None:
        """A row is done."""
        self.rows.add(shown)

    def _toggle_pause(self) -> None:
        self._paused = not self._paused
        say(self.pause.setText, "继续" if self._paused else "暂停")
        self.pause_wanted.emit(self._paused)

    def _show_row(self, place: int) -> None:
        shown = self.rows.row(place)
        if shown is not None:
            self.text.setText(shown.problem or "\n\n".join(f"【{tr(name)}】\n{text}" for name, text in shown.texts))

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The first file is the table."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths[0])
