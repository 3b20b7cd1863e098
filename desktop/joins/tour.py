"""The tour of a minute: five tips on the real window with the sample product, at the first start and from the help page.

It never stands in the way: every control works while it is shown, and who writes without it is taken along. Who skips or
finishes it does not see it again unless she asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.widgets.tour_tip import TourTip
from engine.domain.sample import sample_brief

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

SEEN = "toured"


@dataclass(frozen=True, slots=True)
class TourStep:
    """One tip (Chinese source words): what it says, at what it points, and what happens before the next one."""

    title: str
    words: str
    target: Callable[[MainWindow], QWidget]
    go_on: str = "下一步"
    act: Callable[[MainWindow], None] | None = None


def _fill_sample(window: MainWindow) -> None:
    """The sample product, unless the seller has typed something."""
    form = window.workbench.form
    if not form.state().brief.all_text().strip():
        form.set_brief(sample_brief())


def _write_or_stop(window: MainWindow) -> QWidget:
    form = window.workbench.form
    return form.stop if form.stop.isVisible() else form.write


def _write(window: MainWindow) -> None:
    """Drafts to talk about, unless there are some."""
    if not window.workbench.drafts.shown_keys():
        window.workbench.form.write_wanted.emit()


def _first_copy(window: MainWindow) -> QWidget:
    """The button of the first card, once there is one in sight."""
    pane = window.workbench.drafts
    keys = pane.shown_keys()
    if not keys:
        return pane
    copy = pane.card(keys[0]).copy
    return copy if not copy.visibleRegion().isEmpty() else pane


def _show_first_copy(window: MainWindow) -> None:
    pane = window.workbench.drafts
    keys = pane.shown_keys()
    if keys:
        pane.area.ensureWidgetVisible(pane.card(keys[0]).copy)


STEPS = (
    TourStep(
        "欢迎来到掌柜文案",
        "花一分钟，拿一件样品走一遍？不想看就跳过，以后在“帮助”里随时能看。",
        lambda window: window.workbench.form.product,
        "开始",
        _fill_sample,
    ),
    TourStep(
        "卖什么",
        "这里写商品名称。有整段资料的，复制过来点“粘贴资料，自动填好”，属性和卖点会自动分好。",
        lambda window: window.workbench.form.product,
    ),
    TourStep(
        "发到哪里",
        "选一个渠道，字数、格式和平台的规矩都跟着它走。",
        lambda window: window.workbench.form.channels,
    ),
    TourStep(
        "点这里就写",
        "也可以按 Ctrl+回车。下一步就写给您看，文案在这台电脑上写出来，不联网。",
        _write_or_stop,
        "写给我看",
        _write,
    ),
    TourStep(
        "挑一条，看一眼",
        "最推荐的排在前面。画了线的字点一下：红色违规，黄色有风险，蓝色资料里没有，一下就能换掉。也可以直接改字。",
        lambda window: window.workbench.drafts,
        act=_show_first_copy,
    ),
    TourStep(
        "拿走",
        "点“复制”，按渠道的格式复制好，粘贴到平台上就行。写过的都在“历史”里。",
        _first_copy,
        "完成",
    ),
)
WRITE_STEP = 3


class Tour(QObject):
    """Leads through the steps.

    Args:
        window: with its workbench and its engine.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._tip, self._at = window, TourTip(window), 0
        self._tip.next_wanted.connect(self._next)
        self._tip.back_wanted.connect(self._back)
        self._tip.skip_wanted.connect(self.end)
        window.workbench_joined.writing.opened.connect(lambda _cards, _keep: self._written())
        window.workbench.installEventFilter(self)

    @property
    def tip(self) -> TourTip:
        """The bubble."""
        return self._tip

    def start(self) -> None:
        """From the beginning."""
        self._window.go_to("workbench")
        self._show(0)

    def start_once(self) -> None:
        """At the first start only: not for who has seen it, nor for who has written already."""
        session, bench = self._window.around.session, self._window.workbench
        if not session.get(SEEN) and not session.get("drafts") and bench.isVisible() and bench.form.write.isVisible():
            self.start()

    def end(self) -> None:
        """Skipped or finished: never again by itself."""
        if not self._tip.isHidden():
            self._tip.end()
            self._window.around.session.put(SEEN, True)
            self._window.remember()
            self._window.workbench.form.product.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Who goes to another page has left the tour."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous() and self._window.isVisible():
            self.end()
        return False

    def _show(self, place: int) -> None:
        self._at = place
        step = STEPS[place]
        self._tip.back.setVisible(place > 0)
        self._tip.skip.setVisible(place < len(STEPS) - 1)
        number = f"{place} / {len(STEPS) - 1}" if place else ""
        self._tip.show_step(number, step.title, step.words, step.go_on)
        self._tip.point_at(lambda: step.target(self._window))

    def _next(self) -> None:
        here = self._at
        act = STEPS[here].act
        if act is not None:
            act(self._window)
        if here + 1 == len(STEPS):
            self.end()
        elif self._at == here:  # unless writing has taken the tour along
            self._show(here + 1)

    def _back(self) -> None:
        self._show(max(0, self._at - 1))

    def _written(self) -> None:
        if not self._tip.isHidden() and self._at <= WRITE_STEP:
            self._show(WRITE_STEP + 1)
