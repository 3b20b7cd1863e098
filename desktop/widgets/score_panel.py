"""The parts of a score as small bars with words."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from desktop.widgets.basics import clear, label
from desktop.widgets.tokens import SPACE_1, SPACE_2
from desktop.words import say
from engine.domain import Score

PART_NAMES = {
    "coverage": "写到卖点",
    "law": "合规",
    "facts": "属实",
    "form": "格式",
    "length": "长度",
    "fluency": "通顺",
    "variety": "不重复",
    "preference": "合您的口味",
    "consensus": "稳妥",
    "clarity": "清楚",
    "keywords": "搜索词",
}


class ScorePanel(QWidget):
    """Folded until the seller asks for it."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE_2)
        self._grid.setVerticalSpacing(SPACE_1)
        self.setLayout(self._grid)

    def show_score(self, score: Score) -> None:
        """One line for each part."""
        clear(self._grid)
        for line, part in enumerate(score.parts):
            name, value, bar = label("", "small"), label("", "small"), QProgressBar()
            say(name.setText, PART_NAMES.get(part.name, part.name))
            bar.setRange(0, 100)
            bar.setValue(round(part.value * 100))
            bar.setTextVisible(False)
            value.setText(f"{part.value:.0%}")
            for place, widget in enumerate((name, bar, value)):
                self._grid.addWidget(widget, line, place)
        self._grid.setColumnStretch(1, 1)
