"""The campaigns page: what there is and what to try next on the left, a new or a chosen campaign on the right."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QStackedWidget, QWidget

from desktop.shown import VersionShown
from desktop.views.campaign_panel import CampaignPanel
from desktop.views.campaign_plan import PlanForm
from desktop.widgets.basics import button, column, holder, label, row, scrolled
from desktop.widgets.tokens import SPACE_3
from desktop.words import say, tr
from engine.domain import CHANNELS, Channel
from engine.domain.preference import ArmKind, ArmReason, CampaignReport, Recommendation
from engine.domain.records import Campaign

LIST_CHARACTERS = 18
WIDTHS = (360, 720)
LIST_STRETCH = 100
"""The list takes what room there is; without one the rest stays together at the top."""
KIND_NAMES = {ArmKind.CHANNEL: "渠道", ArmKind.TONE: "语气", ArmKind.AUDIENCE: "人群", ArmKind.TEMPLATE: "模板"}
REASONS = {
    ArmReason.UNTRIED: "{kind}“{name}”：还没试过，先写几条看看。",
    ArmReason.FEW: "{kind}“{name}”：用过 {tried} 次，选中 {won} 次，次数还少，再试几次才看得准。",
    ArmReason.LESS: "{kind}“{name}”：用过 {tried} 次，选中 {won} 次，试得比别的少，再看看。",
    ArmReason.BETTER: "{kind}“{name}”：用过 {tried} 次，选中 {won} 次，比平常的 {usual} 高。",
    ArmReason.USUAL: "{kind}“{name}”：用过 {tried} 次，选中 {won} 次，和平常的 {usual} 差不多。",
    ArmReason.WORSE: "{kind}“{name}”：用过 {tried} 次，选中 {won} 次，比平常的 {usual} 低，换换口味时用。",
}


class CampaignsView(QWidget):
    """The list, and one campaign."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._suggestions: tuple[Recommendation, ...] = ()
        self.plan, self.panel = PlanForm(), CampaignPanel()
        self._right = QStackedWidget()
        self._plan_side, self._panel_side = scrolled(self.plan), scrolled(self.panel)
        self._right.addWidget(self._plan_side)
        self._right.addWidget(self._panel_side)
        self.list = QListWidget()
        say(self.list.setAccessibleName, "投放")
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(lambda item, _old: self._choose(item))
        self.list.itemClicked.connect(self._choose)
        self.new = button("新投放", self.start_new, icon="plus")
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._left())
        split.addWidget(self._right)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 3)
        split.setSizes(WIDTHS)
        self.setLayout(column(split))

    def _left(self) -> QWidget:
        self.empty = label("还没有投放。一份商品资料，按目标、渠道、人群写成几版，投出去比一比。", "quiet", wrap=True)
        self.next = label("", wrap=True, selectable=True)
        parts = (self.list, self.empty, row(self.new, None), label("接下来试试", "heading"), self.next, None)
        box = column(*parts)
        box.setStretchFactor(self.list, LIST_STRETCH)
        left = holder(box, "", SPACE_3)
        left.setMinimumWidth(LIST_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        return left

    def show_campaigns(self, campaigns: list[Campaign]) -> None:
        """These there are; the one that is shown stays marked."""
        shown = self._right.currentWidget() is self._panel_side
        with QSignalBlocker(self.list):
            self.list.clear()
            for campaign in campaigns:
                item = QListWidgetItem(campaign.name)
                item.setData(Qt.ItemDataRole.UserRole, campaign.campaign_id)
                self.list.addItem(item)
                if shown and campaign.campaign_id == self.panel.campaign.campaign_id:
                    self.list.setCurrentItem(item)
        self.empty.setVisible(not campaigns)
        self.list.setVisible(bool(campaigns))

    def show_campaign(self, campaign: Campaign, versions: tuple[VersionShown, ...], report: CampaignReport) -> None:
        """Show one."""
        self.panel.show_campaign(campaign, versions, report)
        self._right.setCurrentWidget(self._panel_side)

    def reopen(self) -> None:
        """Ask for the shown campaign again: its texts may have been changed elsewhere."""
        if self._right.currentWidget() is self._panel_side:
            self.chosen.emit(self.panel.campaign.campaign_id)

    def show_suggestions(self, suggestions: tuple[Recommendation, ...]) -> None:
        """What to try next."""
        self._suggestions = suggestions
        self.next.setText(
            "\n".join(map(suggestion_words, suggestions)) or tr("写过几条、选过几条以后，这里会说接下来试什么。")
        )

    def start_new(self) -> None:
        """Plan another one."""
        with QSignalBlocker(self.list):
            self.list.setCurrentRow(-1)
        self._right.setCurrentWidget(self._plan_side)
        self.plan.name.setFocus()

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        self.plan.show_words()
        self.panel.show_words()
        self.show_suggestions(self._suggestions)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def suggestion_words(found: Recommendation) -> str:
    """A recommendation in one sentence."""
    value = found.arm.value.split("（")[0]
    name = CHANNELS[Channel(value)].name if found.arm.kind is ArmKind.CHANNEL else value
    return tr(
        REASONS[found.why],
        kind=tr(KIND_NAMES[found.arm.kind]),
        name=name if found.arm.kind is ArmKind.AUDIENCE else tr(name),
        tried=f"{found.count.tried:.0f}",
        won=f"{found.count.won:.0f}",
        usual=f"{found.usual:.0%}",
    )
