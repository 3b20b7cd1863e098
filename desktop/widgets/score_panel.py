"""The parts of a score as small bars with words."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from desktop.widgets.basics import clear, label
from desktop.widgets.tokens import SPACE_1, SPACE_2
from desktop.words import say
from engine.domain import Score

PART_NAMES = {
    "law": "合规",
    "facts": "属实",
    "coverage": "卖点覆盖",
    "whole": "写完整",
    "repetition": "不重复",
    "form": "合格式",
    "length": "合字数",
    "fluency": "通顺",
    "human": "像人写的",
    "sense": "几稿一致",
    "diversity": "与众不同",
    "voice": "合口吻",
    "preference": "合您的习惯",
    "duplicate": "与另一稿几乎相同",
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
