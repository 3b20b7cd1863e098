"""A new campaign: what is to be reached, where, with whom; how many versions that makes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from desktop.shown import FormState
from desktop.widgets.basics import LineEdit, button, column, label, row
from desktop.widgets.choice_chips import ChoiceChips
from desktop.widgets.tokens import SPACE_2, SPACE_4
from desktop.words import say, tr
from engine.domain import CHANNELS, Channel
from engine.domain.preference import GOAL_NAMES, Audience, CampaignPlan, Goal

MOST_EACH = 4
MOST_VERSIONS = 60
"""More than that no small shop's budget tells apart."""


class PlanForm(QWidget):
    """The matrix of goals, channels and audiences for the product on the workbench."""

    start_wanted = Signal(str, object)
    product_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state, self._audiences = FormState(), list[Audience]()
        self.product = label("", wrap=True)
        self.to_product = button("去填商品", self.product_wanted.emit)
        self.name = LineEdit("例如：双11 裙子")
        say(self.name.setAccessibleName, "投放名称")
        self.goals, self.channels, self.audiences = ChoiceChips(), ChoiceChips(), ChoiceChips()
        self.nobody = label("还没有存好的人群，就写给商品资料里的人群。", "small", wrap=True)
        self.each = QSpinBox()
        self.each.setRange(1, MOST_EACH)
        say(self.each.setAccessibleName, "每种写几条")
        self.sum = label("", "quiet", wrap=True)
        self.start = button("", self._start, "primary")
        self._lay_out()
        self._watch()

    def _lay_out(self) -> None:
        parts = (
            label("新的投放", "heading"), self.product, row(self.to_product, None),
            label("投放名称", "field"), self.name,
            label("想要什么", "field"), self.goals,
            label("投到哪里", "field"), self.channels,
            label("给谁看", "field"), self.audiences, self.nobody,
            label("每种写几条", "field"), row(self.each, None),
            self.sum, row(self.start, None), None,
        )  # fmt: skip
        box = column(*parts, spacing=SPACE_2)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)

    def _watch(self) -> None:
        self.show_words()
        self.goals.set_values((Goal.CLICK,))
        self.channels.set_values((Channel.FEED_AD,))
        for chips in (self.goals, self.channels, self.audiences):
            chips.changed.connect(self._look)
        self.name.textChanged.connect(self._look)
        self.each.valueChanged.connect(self._look)
        self._look()

    def show_product(self, state: FormState) -> None:
        """What stands on the workbench: its brief and voice are what is written about."""
        self._state = state
        self._look()

    def show_audiences(self, audiences: list[Audience]) -> None:
        """Whom it can be written for."""
        self._audiences = audiences
        self.audiences.show_choices([(audience.name, audience.told) for audience in audiences])
        self.audiences.setVisible(bool(audiences))
        self.nobody.setVisible(not audiences)

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        self.goals.show_choices([(tr(name), goal) for goal, name in GOAL_NAMES.items()])
        self.channels.show_choices([(tr(spec.name), channel) for channel, spec in CHANNELS.items()])
        self.show_audiences(self._audiences)
        self._look()

    def plan(self) -> CampaignPlan:
        """What is asked for."""
        return CampaignPlan(
            self._state.brief,
            tuple(Goal(str(goal)) for goal in self.goals.values()),
            tuple(Channel(str(channel)) for channel in self.channels.values()),
            tuple(map(str, self.audiences.values())),
            self.each.value(),
            self._state.voice_id or None,
        )

    def _start(self) -> None:
        self.start_wanted.emit(self.name.text().strip() or self._state.brief.product.strip(), self.plan())

    def _look(self) -> None:
        product = self._state.brief.product.strip()
        plan = self.plan()
        cells = (len(plan.goals), len(plan.channels), max(1, len(plan.audiences)), plan.each)
        count = cells[0] * cells[1] * cells[2] * cells[3]
        self.product.setText(
            tr("写工作台上的商品：{product}", product=product) if product else tr("工作台上还没有商品，先去填一个。")
        )
        self.to_product.setVisible(not product)
        self.start.setText(tr("写这 {n} 条", n=count))
        self.start.setEnabled(bool(product) and 0 < count <= MOST_VERSIONS)
        self.sum.setText(self._sum_words(cells, count))

    def _sum_words(self, cells: tuple[int, int, int, int], count: int) -> str:
        if not count:
            return tr("至少选一个目标和一个渠道。")
        if count > MOST_VERSIONS:
            return tr("一共 {n} 条，太多了分不出好坏。少选几样，到 {most} 条以内。", n=count, most=MOST_VERSIONS)
        goals, channels, people, each = cells
        return tr(
            "{goals} 个目标 × {channels} 个渠道 × {people} 个人群 × {each} 条",
            goals=goals,
            channels=channels,
            people=people,
            each=each,
        )
