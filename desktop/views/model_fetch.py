"""The card that fetches a model from the net: a repository's name, an agreement to go on-line, a choice, a download.

Nothing is asked of the net before the seller has ticked the agreement, and the tick is gone after each download.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QSizePolicy, QVBoxLayout

from desktop.widgets.basics import LineEdit, button, column, holder, label, row
from desktop.widgets.busy import BusyLine
from desktop.widgets.fit_label import fit_label, fit_words
from desktop.widgets.tokens import SPACE_2, SPACE_4
from desktop.words import say, size_words, tr
from engine.domain import OfferedModel

EXAMPLE = "例如 Qwen/Qwen2.5-1.5B-Instruct-GGUF"
NAME_CHARACTERS = 20


class FetchCard(QFrame):
    """Asks, shows what there is, and how far the download is."""

    look_wanted = Signal(str)
    download_wanted = Signal(object)
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._offers: tuple[OfferedModel, ...] = ()
        self._running = self._paused = False
        self.repo = LineEdit(EXAMPLE)
        say(self.repo.setAccessibleName, "仓库名")
        self.agree = QCheckBox()
        say(self.agree.setText, "同意这台电脑为这次下载联网")
        self.look = button("看看有哪些", self._look, icon="search")
        self.choice = QComboBox()
        say(self.choice.setAccessibleName, "要下载的模型")
        self.choice.setMinimumContentsLength(NAME_CHARACTERS)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fetch = button("下载", self._fetch, icon="import")
        self.stop = button("停下", self.stop_wanted.emit, icon="stop")
        self.busy = BusyLine()
        self.told = label("", "quiet", wrap=True)
        self._fit = QVBoxLayout()
        self._lay_out()
        self.repo.textChanged.connect(lambda _text: self._other_repo())
        self.repo.returnPressed.connect(self._look)
        self.agree.toggled.connect(lambda _on: self._enable())
        self.choice.currentIndexChanged.connect(lambda _index: self._chosen())
        self._enable()

    def _lay_out(self) -> None:
        about = label(
            "网上的模型仓库里有许多现成的模型（GGUF）。只取模型文件，您的商品和文案不会上传。下载地址可以在“设置”里换。",
            "quiet",
            wrap=True,
        )
        ask = row(self.repo, self.look)
        ask.setStretch(0, 1)
        take = row(self.choice, self.fetch)
        take.setStretch(0, 1)
        self._found = holder(column(take, self._fit, spacing=SPACE_2))
        self._found.hide()
        going = row(self.busy, self.stop)
        going.setStretch(0, 1)
        box = column(
            label("从网上下载", "heading"), about, self.agree, ask, self._found, going, self.told, spacing=SPACE_2
        )
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)
        self.stop.hide()
        self.told.hide()

    # what the presenter says

    def show_offers(self, offers: tuple[OfferedModel, ...]) -> None:
        """What the repository has, the smallest first."""
        self._offers = offers
        self._paused = False
        self.show_words()
        self.choice.setFocus()

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        here = max(0, self.choice.currentIndex())
        self.choice.clear()
        for offer in self._offers:
            facts = (offer.filename, size_words(offer.size), fit_words(offer.fit))
            self.choice.addItem(" · ".join(fact for fact in facts if fact), offer)
        self.choice.setCurrentIndex(min(here, self.choice.count() - 1))
        self._found.setVisible(bool(self._offers))
        self._chosen()

    def set_busy(self, stage: str) -> None:
        """The net is used for this, or "" when it is not any more."""
        self._running = bool(stage)
        self.stop.setVisible(self._running)
        if stage:
            self.told.hide()
            self.busy.begin(stage)
        else:
            self.busy.end()
        self._enable()

    def show_paused(self) -> None:
        """A download was stopped or broke off: what has come is kept."""
        self._paused = True
        self._tell("停下了，下载好的部分留着。点“接着下载”就从那里继续。")
        self._enable()

    def show_arrived(self) -> None:
        """The model is here: the agreement has served its turn."""
        self._offers, self._paused = (), False
        self.agree.setChecked(False)
        self.repo.clear()
        self.show_words()
        self._tell("下载好了，文件核对过。在上面点“用它来写”就换成它。")

    # what the seller does

    def _look(self) -> None:
        if self.look.isEnabled():
            self.look_wanted.emit(self.repo.text().strip())

    def _fetch(self) -> None:
        offer = self.choice.currentData()
        if isinstance(offer, OfferedModel):
            self.download_wanted.emit(offer)

    def _other_repo(self) -> None:
        if self._offers:
            self._offers, self._paused = (), False
            self.show_words()
        self._enable()

    def _chosen(self) -> None:
        while (item := self._fit.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        offer = self.choice.currentData()
        made = fit_label(offer.fit) if isinstance(offer, OfferedModel) else None
        if made is not None:
            self._fit.addWidget(made)
        self._enable()

    def _tell(self, source: str) -> None:
        say(self.told.setText, source)
        self.told.show()

    def _enable(self) -> None:
        free = self.agree.isChecked() and not self._running
        self.look.setEnabled(free and bool(self.repo.text().strip()))
        self.fetch.setEnabled(free and bool(self._offers))
        self.repo.setEnabled(not self._running)
        self.choice.setEnabled(not self._running)
        self.fetch.setText(tr("接着下载") if self._paused else tr("下载"))
        self.agree.setEnabled(not self._running)
