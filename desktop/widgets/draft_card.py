"""One draft: text edited in place, length, score with its parts, findings, what was said, and what to do with it.

While a draft is written only its text moves; score, checks and buttons appear when it is whole, in room that was kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from desktop.widgets.basics import button, clear, column, holder, label, row, set_role, tool
from desktop.widgets.card_more import CardMore, MadeBy
from desktop.widgets.counter import LengthCounter
from desktop.widgets.finding_popup import finding_look, replacement_words
from desktop.widgets.findings_edit import FindingsEdit
from desktop.widgets.flow import FlowLayout
from desktop.widgets.icons import set_icon
from desktop.widgets.reading_bar import ReadingBar
from desktop.widgets.score_panel import ScorePanel
from desktop.widgets.tokens import SPACE_1, SPACE_2, SPACE_3
from desktop.words import say, tr
from engine.domain import Channel, Draft, Finding, FindingKind, StopReason, Task

ACTIONS = {
    Task.REWRITE: ("改写", "意思不变，换一种说法"),
    Task.EXPAND: ("扩写", "写得更完整"),
    Task.CONDENSE: ("缩写", "留下要紧的"),
    Task.CLARIFY: ("澄清", "说清楚优惠、数字和指代"),
}
MADE_BY = {task: words for task, (words, _tip) in ACTIONS.items()}
STOPS = {
    StopReason.LENGTH: "写到长度上限停下了，请看看结尾",
    StopReason.LOOP: "开始重复，提前停下了",
    StopReason.CANCELLED: "您让它停下了",
    StopReason.BLOCKED: "绕不开违规词，提前停下了",
}
SHOWN_FINDINGS = 3


class DraftCard(QFrame):
    """A draft on its way and afterwards.

    Args:
        channel: whose limits count.
        task: how it came about.
        expected: characters to keep room for.
    """

    copy_wanted = Signal()
    favourite_wanted = Signal(bool)
    pin_wanted = Signal(bool)
    delete_wanted = Signal()
    action_wanted = Signal(object)
    poster_wanted = Signal()
    edited = Signal(str)
    edit_finished = Signal()

    def __init__(self, channel: Channel, task: Task, expected: int) -> None:
        super().__init__()
        self.setObjectName("card")
        self.channel = channel
        self.edit = FindingsEdit()
        self.edit.setReadOnly(True)
        self._expected = expected
        self._counter = LengthCounter(channel)
        self._badge = button("", self._toggle_score, "flat", tip="看看分数怎么来的")
        self._state = label("", "small")
        self.made_by = MadeBy()
        self.made_by.tell((MADE_BY.get(task, ""),))
        self.more = CardMore(channel)
        self._checks = label("", "ok")
        self._score = ScorePanel()
        self._heart = self._favourite_button()
        self._pin = tool("pin", "钉住，写新的时候它还在", lambda: None)
        self._pin.setCheckable(True)
        self._pin.setEnabled(False)
        self._pin.toggled.connect(self._pin_toggled)
        self.compare = tool("compare", "对比：选两条并排看", lambda: None)
        self.compare.setCheckable(True)
        self.compare.setEnabled(False)
        self.copy = button("复制", self.copy_wanted.emit, icon="copy", tip="按渠道的格式复制")
        self._poster = button("海报", self.poster_wanted.emit, "flat", tip="把这条文案放到商品图上，导出图片")
        self._findings = QVBoxLayout()
        self._coverage = FlowLayout(SPACE_1)
        self.reading = ReadingBar(channel)
        self._actions = self._action_row()
        self._lay_out()
        self.edit.edited.connect(self._text_edited)
        self.edit.left.connect(self.edit_finished)
        self.edit.replace_wanted.connect(self.edit.replace)
        self._finished = False
        self._shown: Draft | None = None
        self._findings_now: tuple[Finding, ...] = ()
        self._show_state("等着写")

    def _lay_out(self) -> None:
        self._findings.setContentsMargins(0, 0, 0, 0)
        self._findings.setSpacing(SPACE_1)
        trash = tool("trash", "删除", self.delete_wanted.emit)
        self._coverage_holder = holder(self._coverage)
        self._findings_holder = holder(self._findings)
        box = column(
            row(self._badge, self._state, self.made_by, None, self.compare, self._pin, self._heart, trash),
            self._score,
            self.edit,
            row(self._counter, None, self._checks),
            self.reading,
            self._findings_holder,
            self._coverage_holder,
            self._actions,
        )
        box.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_3)
        self.setLayout(box)
        for part in (self._badge, self._score, self._findings_holder, self._coverage_holder):
            part.hide()

    def _favourite_button(self) -> QToolButton:
        heart = tool("heart", "收藏", lambda: None)
        heart.setCheckable(True)
        heart.toggled.connect(self._heart_toggled)
        return heart

    def _action_row(self) -> QWidget:
        flow = FlowLayout(SPACE_1)
        flow.addWidget(self.copy)
        for task, (words, tip) in ACTIONS.items():
            flow.addWidget(button(words, partial(self.action_wanted.emit, task), "flat", tip=tip))
        flow.addWidget(self._poster)
        flow.addWidget(self.reading.button)
        flow.addWidget(self.more)
        actions = holder(flow)
        actions.setEnabled(False)
        return actions

    # what the presenter says

    def show_text(self, text: str) -> None:
        """The text so far."""
        self._show_state("正在写…")
        self.edit.set_text(text)
        self._counter.show_text(text)

    def show_draft(self, draft: Draft, text: str | None = None) -> None:
        """The draft is whole; ``text`` is what the seller made of it."""
        self._finished = True
        self.edit.set_text(draft.text if text is None else text)
        self.edit.setReadOnly(False)
        self._actions.setEnabled(True)
        self._pin.setEnabled(True)
        self.compare.setEnabled(True)
        self._counter.show_text(self.edit.text(), finished=True)
        self.reading.show_text(self.edit.text())
        words = STOPS.get(draft.stop, "")
        self._show_state(words)
        self._state.setVisible(bool(words))
        if self._shown is None or self._shown.findings != draft.findings:
            self.show_findings(draft.findings)
        if self._shown is None or (self._shown.covered, self._shown.missed) != (draft.covered, draft.missed):
            self._show_coverage(draft)
        self._show_score(draft)
        self._shown = draft

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Underline and list what the seller should look at."""
        self._findings_now = findings
        self.edit.set_findings(findings)
        clear(self._findings)
        for finding in findings[:SHOWN_FINDINGS]:
            self._findings.addWidget(_finding_row(finding, self.edit.replace))
        if len(findings) > SHOWN_FINDINGS:
            more = label("", "small")
            more.setText(tr("还有 {n} 处，见文中的下划线", n=len(findings) - SHOWN_FINDINGS))
            self._findings.addWidget(more)
        self._findings_holder.setVisible(bool(findings))
        lawful = not any(f.kind is FindingKind.LAW for f in findings)
        true = not any(f.kind is FindingKind.FACT for f in findings)
        marks = [tr("✓ 合规")] * lawful + [tr("✓ 属实")] * true
        self._checks.setText("  ".join(marks))

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        self._counter.show_text(self.edit.text(), finished=self._finished)
        self.made_by.show_words()
        if self._shown is not None:
            self.show_findings(self._findings_now)
            self._show_coverage(self._shown)
            self._show_score(self._shown)

    def set_favourite(self, favourite: bool) -> None:
        """Mark it without saying so again."""
        with QSignalBlocker(self._heart):
            self._heart.setChecked(favourite)
        self._show_heart(favourite)

    def set_best(self, best: bool) -> None:
        """The one that is recommended stands out."""
        if bool(self.property("best")) != best:
            self.setProperty("best", best)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_actions_enabled(self, enabled: bool) -> None:
        """Rewriting waits while something else is written; what needs no model never does."""
        free = (self.copy, self._poster, self.reading.button)
        for part in self._actions.children():
            if isinstance(part, QWidget) and part not in free:
                part.setEnabled(enabled)

    # parts

    def _show_state(self, source: str) -> None:
        say(self._state.setText, source)
        self._state.show()

    def _show_coverage(self, draft: Draft) -> None:
        clear(self._coverage)
        for role, sign, words in [("covered", "✓", draft.covered), ("missed", "○", draft.missed)]:
            for word in words:
                chip = label("", role)
                chip.setText(f"{sign} {word}")
                chip.setToolTip(tr("写到了：{word}", word=word) if sign == "✓" else tr("没写到：{word}", word=word))
                self._coverage.addWidget(chip)
        self._coverage_holder.setVisible(bool(draft.covered or draft.missed))

    def _show_score(self, draft: Draft) -> None:
        self._badge.setVisible(draft.score is not None)
        if draft.score is None:
            return
        total = round(draft.score.total)
        self._badge.setText(tr("推荐 {total}", total=total) if draft.rank == 0 else tr("{total} 分", total=total))
        set_role(self._badge, "fix" if draft.rank == 0 else "flat")
        self._score.show_score(draft.score)
        self.set_best(draft.rank == 0)

    def _toggle_score(self) -> None:
        self._score.setVisible(self._score.isHidden())

    def _text_edited(self, text: str) -> None:
        self._counter.show_text(text, finished=self._finished)
        self.reading.show_text(text)
        self.edited.emit(text)

    def _heart_toggled(self, checked: bool) -> None:
        self._show_heart(checked)
        self.favourite_wanted.emit(checked)

    def _pin_toggled(self, checked: bool) -> None:
        set_icon(self._pin, "pin_full" if checked else "pin", "accent" if checked else "quiet")
        self.pin_wanted.emit(checked)

    def _show_heart(self, checked: bool) -> None:
        set_icon(self._heart, "heart_full" if checked else "heart", "accent" if checked else "quiet")

    def resizeEvent(self, event: object) -> None:
        """Room for the expected text depends on the width."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.edit.expect_characters(0 if self._finished else self._expected)


def _finding_row(finding: Finding, replace: Callable[[Finding], None]) -> QWidget:
    sign, words, role = finding_look(finding)
    line = label("", role, wrap=True)
    line.setText(f"{sign} {finding.text}：{tr(words)}" if finding.text else f"{sign} {finding.reason}")
    line.setToolTip(f"{finding.reason}\n{finding.article}".strip())
    if finding.replacement is None:
        return holder(row(line))
    change = button("", lambda: replace(finding), "fix")
    change.setText(replacement_words(finding))
    change.setAccessibleDescription(finding.reason)
    return holder(row(line, None, change))
