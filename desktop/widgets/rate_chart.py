"""Rates with their intervals: for every version a dot on a line, the interval around it, the numbers in words.

All bars of one kind of rate in a group have one scale, so that intervals that overlap are seen to overlap. Colour says
nothing that the words do not say.
"""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from desktop.widgets.basics import clear, label
from desktop.widgets.style import current_theme
from desktop.widgets.tokens import SPACE_1, SPACE_2, SPACE_3
from desktop.words import tr
from engine.domain import CHANNELS
from engine.domain.preference import GOAL_NAMES, CampaignReport, Interval, VersionReport

BAR_CHARACTERS = 8
ROOM = 1.1
"""The scale ends a little beyond the highest interval."""


class IntervalBar(QWidget):
    """One rate, 0 at the left and ``top`` at the right; its words are its name for a screen reader.

    Args:
        rate: the rate and its interval.
        top: where the scale ends, above 0.
        words: what the picture says.
    """

    def __init__(self, rate: Interval, top: float, words: str) -> None:
        super().__init__()
        self._rate, self._top = rate, top
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line of text high."""
        return QSize(BAR_CHARACTERS * self.fontMetrics().horizontalAdvance("字"), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """As small as it can be read."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scale, the interval, the rate."""
        theme, middle = current_theme(), self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        thick = QPen(QColor(theme.fact), SPACE_1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(thick)
        painter.drawLine(QPointF(self._x(self._rate.low), middle), QPointF(self._x(self._rate.high), middle))
        painter.setPen(QPen(QColor(theme.card), 1))
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(QPointF(self._x(self._rate.rate), middle), SPACE_1 + 1, SPACE_1 + 1)
        painter.end()

    def _x(self, share: float) -> float:
        room = self.width() - 2 * SPACE_2
        return SPACE_2 + room * min(share / self._top, 1.0)


class RateChart(QWidget):
    """Every measured version of a campaign, in groups that may be compared."""

    def __init__(self) -> None:
        super().__init__()
        self._report = CampaignReport(())
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_3)
        self._grid.setVerticalSpacing(SPACE_2)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(self._grid)

    def show_report(self, report: CampaignReport) -> None:
        """Show these figures."""
        self._report = report
        self.show_words()

    def show_words(self) -> None:
        """Everything, in the language of now."""
        clear(self._grid)
        for (goal, channel), items in groupby(self._report.versions, lambda r: (r.version.goal, r.version.channel)):
            title = label("", "heading", wrap=True)
            title.setText(f"{tr(GOAL_NAMES[goal])} · {tr(CHANNELS[channel].name)}")
            self._add_line(title)
            self._add_group(list(items))

    def _add_group(self, items: list[VersionReport]) -> None:
        tops = [max(rate.high for rate in rates) * ROOM for rates in zip(*map(_rates, items), strict=True)]
        for item in items:
            title = label("", wrap=True)
            title.setText(f"{version_name(item)}  {tr(item.verdict)}")
            self._add_line(title)
            for name, rate, top in zip((tr("点击率"), tr("成交率")), _rates(item), tops, strict=True):
                self._add_rate(name, rate, top)

    def _add_line(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 3)

    def _add_rate(self, name: str, rate: Interval, top: float) -> None:
        caption, numbers = label("", "small"), label("", "small")
        caption.setText(name)
        numbers.setText(rate_words(rate))
        line = self._grid.rowCount()
        bar = IntervalBar(rate, top, f"{name} {rate_words(rate)}")
        for place, widget in enumerate((caption, bar, numbers)):
            self._grid.addWidget(widget, line, place)


def version_name(item: VersionReport) -> str:
    """A version's code and its audience's name."""
    audience = item.version.audience.split("（")[0]
    return f"{item.version.code} · {audience}" if audience else item.version.code


def rate_words(rate: Interval) -> str:
    """A rate with its interval in words."""
    if not rate.of:
        return tr("还没有数据")
    return tr(
        "{rate}，多半在 {low} 到 {high} 之间", rate=_share(rate.rate), low=_share(rate.low), high=_share(rate.high)
    )


def _rates(item: VersionReport) -> tuple[Interval, Interval]:
    return item.clicks, item.orders


def _share(value: float) -> str:
    return f"{value:.1%}"
