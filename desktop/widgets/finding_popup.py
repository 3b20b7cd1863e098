"""What a finding says when the seller looks at it: what, why, which article, and one button."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from desktop.widgets.basics import button, column, label, row
from desktop.widgets.tokens import SPACE_1, SPACE_3, Theme
from desktop.words import tr
from engine.domain import Finding, FindingKind, Severity

POPUP_CHARACTERS = 24

_SEVERITY = {
    Severity.UNLAWFUL: ("⛔", "违规，不能发布", "bad"),
    Severity.RISKY: ("⚠", "有风险，最好改掉", "warn"),
    Severity.NOTE: ("ⓘ", "建议看一眼", "warn"),
}
_KIND = {
    FindingKind.FACT: ("ℹ", "资料里没有", "fact"),
    FindingKind.FORM: ("⚠", "格式不合适", "warn"),
    FindingKind.CLARITY: ("ⓘ", "可以更清楚", "warn"),
}


def finding_look(finding: Finding) -> tuple[str, str, str]:
    """Sign, words (Chinese source) and colour name of a finding; never colour alone."""
    if finding.kind is FindingKind.LAW:
        return _SEVERITY[finding.severity]
    return _KIND[finding.kind]


def finding_colour(finding: Finding, theme: Theme) -> str:
    """The colour of its underline."""
    return theme.as_dict()[finding_look(finding)[2]]


def replacement_words(finding: Finding) -> str:
    """Words of the button that puts the replacement in."""
    if finding.replacement:
        return tr("换成“{text}”", text=finding.replacement)
    return tr("去掉这几个字")


class FindingPopup(QFrame):
    """A small window beside the underlined words that does not take the focus."""

    replace_wanted = Signal(object)

    def __init__(self, finding: Finding, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.finding = finding
        self.setObjectName("popup")
        sign, words, role = finding_look(finding)
        head = label("", role)
        head.setText(f"{sign} {tr(words)}：{finding.text}" if finding.text else f"{sign} {tr(words)}")
        reason = label("", wrap=True)
        reason.setText(finding.reason)
        article = label("", "small", wrap=True)
        article.setText(finding.article)
        article.setVisible(bool(finding.article))
        box = column(head, reason, article, spacing=SPACE_1)
        if finding.replacement is not None:
            change = button("", self._replace, "fix")
            change.setText(replacement_words(finding))
            box.addLayout(row(change, None))
        box.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        self.setLayout(box)
        self.setFixedWidth(POPUP_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))

    def show_under(self, place: QRect) -> None:
        """Show it under a place of the screen, inside the screen."""
        self.adjustSize()
        screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        x = max(area.left(), min(place.left(), area.right() - self.width()))
        below = place.bottom() + SPACE_1
        y = below if below + self.height() <= area.bottom() else place.top() - self.height() - SPACE_1
        self.move(x, y)
        self.show()

    def _replace(self) -> None:
        self.close()
        self.replace_wanted.emit(self.finding)
