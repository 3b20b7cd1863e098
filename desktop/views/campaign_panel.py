"""One campaign: its versions, the sheet that goes out and the figures that come back, and what they say."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPlainTextEdit, QTableView, QWidget

from desktop.shown import VersionShown
from desktop.tables.row_tables import TextTableModel
from desktop.widgets.basics import button, column, holder, label
from desktop.widgets.busy import BusyLine
from desktop.widgets.flow import FlowLayout
from desktop.widgets.rate_chart import RateChart
from desktop.widgets.tokens import SPACE_2, SPACE_4
from desktop.words import date_words, say, tr
from engine.domain import CHANNELS
from engine.domain.preference import GOAL_NAMES, CampaignReport
from engine.domain.records import Campaign

HEADINGS = ("版本号", "目标", "人群", "渠道", "检查", "文案")
TABLE_LINES, TEXT_LINES = 9, 5


class CampaignPanel(QWidget):
    """Shows a campaign; every wish is about the one that is shown."""

    write_wanted = Signal(int)
    stop_wanted = Signal()
    export_wanted = Signal(int, str)
    import_wanted = Signal(int)
    delete_wanted = Signal(object)
    copy_wanted = Signal(str)
    edit_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.campaign = Campaign("")
        self._versions: list[VersionShown] = []
        self._report = CampaignReport(())
        self._writing = False
        self._make_table()
        self._make_buttons()
        self.title, self.facts = label("", "heading", wrap=True), label("", "quiet", wrap=True)
        self.busy, self.chart = BusyLine(), RateChart()
        self.no_results = label(
            "导出投放表，投完把曝光、点击、成交填回去，再导入，就能看出哪条好。", "quiet", wrap=True
        )
        self.unlawful = label("", "bad", wrap=True)
        self.unlawful.hide()
        self.problems = label("", "warn", wrap=True)
        self.problems.hide()
        self._lay_out()

    def _make_table(self) -> None:
        self.model, self.table = TextTableModel(HEADINGS), QTableView()
        self.table.setModel(self.model)
        say(self.table.setAccessibleName, "投放的版本")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setMinimumHeight(TABLE_LINES * self.fontMetrics().lineSpacing())
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        say(self.text.setAccessibleName, "选中的文案")
        self.text.setMinimumHeight(TEXT_LINES * self.fontMetrics().lineSpacing())

    def _make_buttons(self) -> None:
        self.copy = button("复制", lambda: self.copy_wanted.emit(self.text.toPlainText()), icon="copy")
        self.edit = button("到工作台修改", self._edit, icon="pen")
        self.write = button("", lambda: self.write_wanted.emit(self.campaign.campaign_id), "primary")
        self.stop = button("停止", self.stop_wanted.emit, "stop", icon="stop")
        self.export = button(
            "导出投放表…", lambda: self.export_wanted.emit(self.campaign.campaign_id, self.campaign.name)
        )
        self.results = button("导入结果…", lambda: self.import_wanted.emit(self.campaign.campaign_id), icon="import")
        self.delete = button("删除", lambda: self.delete_wanted.emit(self.campaign), icon="trash")

    def _lay_out(self) -> None:
        actions = FlowLayout()
        for made in (self.write, self.stop, self.copy, self.edit, self.export, self.results, self.delete):
            actions.addWidget(made)
        parts = (
            self.title, self.facts, self.busy, self.table, self.text, self.unlawful, holder(actions),
            label("效果", "heading"), self.no_results, self.problems, self.chart, None,
        )  # fmt: skip
        box = column(*parts, spacing=SPACE_2)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)

    # what is shown

    def show_campaign(self, campaign: Campaign, versions: tuple[VersionShown, ...], report: CampaignReport) -> None:
        """Show a whole campaign."""
        other = campaign.campaign_id != self.campaign.campaign_id
        self.campaign, self._versions = campaign, list(versions)
        if other:
            self.table.selectRow(0)
        self.show_report(report)

    def add_version(self, campaign_id: int, shown: VersionShown) -> None:
        """A version was written."""
        if campaign_id == self.campaign.campaign_id:
            code = shown.version.code
            self._versions = [shown if own.version.code == code else own for own in self._versions]
            self.show_words()

    def show_report(self, report: CampaignReport) -> None:
        """What the versions brought."""
        self._report = report
        self.show_words()

    def set_writing(self, writing: bool) -> None:
        """Something is written, or was."""
        self._writing = writing
        if writing:
            self.busy.begin("load")
        else:
            self.busy.end()
        self._look()

    def show_words(self) -> None:
        """Everything, in the language of now."""
        chosen = self.table.currentIndex().row()
        self.model.set_rows([_cells(shown) for shown in self._versions])
        self.table.selectRow(max(chosen, 0))
        self.title.setText(self.campaign.name)
        self.facts.setText(self._facts())
        self.chart.show_report(self._report)
        self.no_results.setVisible(not self._report.versions)
        self._show_problems()
        self._look()

    def _facts(self) -> str:
        plan, started = self.campaign.plan, self.campaign.started_at
        if plan is None or started is None:
            return ""
        return f"{plan.brief.product} · {date_words(started)}"

    def _show_problems(self) -> None:
        words = []
        if self._report.bad_rows:
            rows = "、".join(map(str, self._report.bad_rows))
            words.append(tr("第 {rows} 行的数字对不上（点击比曝光多，或成交比点击多），没有算。", rows=rows))
        if self._report.unknown_codes:
            codes = "、".join(self._report.unknown_codes)
            words.append(tr("这些版本号不是这次投放的，没有算：{codes}。", codes=codes))
        self.problems.setText(" ".join(words))
        self.problems.setVisible(bool(words))

    def _look(self) -> None:
        left = sum(not shown.version.text for shown in self._versions)
        self.write.setText(tr("接着写 {n} 条", n=left))
        self.write.setVisible(bool(left) and not self._writing)
        self.stop.setVisible(self._writing)
        written = left < len(self._versions)
        self.export.setEnabled(written)
        self.results.setEnabled(written)
        self._look_at_text()

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self._versions):
            self.text.setPlainText(self._versions[index.row()].version.text)
        self._look_at_text()

    def _look_at_text(self) -> None:
        chosen = self._chosen()
        written = chosen is not None and bool(chosen.version.text)
        self.copy.setEnabled(written)
        self.edit.setEnabled(written)
        words = "、".join(chosen.unlawful) if chosen else ""
        self.unlawful.setText(tr("有不能发的词：{words}。点“到工作台修改”改掉它。", words=words))
        self.unlawful.setVisible(bool(words))

    def _chosen(self) -> VersionShown | None:
        row = self.table.currentIndex().row()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def _edit(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.edit_wanted.emit(chosen.version.draft_id)


def _cells(shown: VersionShown) -> tuple[str, ...]:
    version = shown.version
    checked = tr("✕ 不能发") if shown.unlawful else tr("✓ 可以发")
    return (
        version.code,
        tr(GOAL_NAMES[version.goal]),
        version.audience.split("（")[0] or tr("不限"),
        tr(CHANNELS[version.channel].name),
        checked if version.text else "",
        " ".join(version.text.split()) or tr("还没有写"),
    )
