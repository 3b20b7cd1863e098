"""The workbench: products, brief, drafts, side by side; the panes can be made wider and narrower."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.views.brief_form import BriefForm
from desktop.views.drafts_pane import DraftsPane
from desktop.views.product_pane import ProductPane
from desktop.widgets.basics import column

WIDTHS = (170, 340, 690)


class WorkbenchView(QWidget):
    """Three panes."""

    def __init__(self) -> None:
        super().__init__()
        self.products = ProductPane()
        self.form = BriefForm()
        self.drafts = DraftsPane()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for pane in (self.products, self.form, self.drafts):
            self.splitter.addWidget(pane)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.setSizes(list(WIDTHS))
        for place, stretch in enumerate((0, 0, 1)):
            self.splitter.setStretchFactor(place, stretch)
        self.setLayout(column(self.splitter))

    def show_words(self) -> None:
        """What is made of numbers and data, in the language of now."""
        self.form.fill_tones()
        self.form.show_words()
        self.drafts.show_words()

    def next_pane(self) -> None:
        """F6: the keyboard goes to the next pane."""
        stops: list[QWidget] = [self.products.search, self.form.product]
        stops += [self.drafts.card(key).edit for key in self.drafts.shown_keys()[:1]]
        panes = (self.products, self.form, self.drafts)
        here = next((place for place, pane in enumerate(panes) if pane.isAncestorOf(self.focusWidget() or self)), -1)
        stops[(here + 1) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
