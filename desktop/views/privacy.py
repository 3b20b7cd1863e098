"""The privacy page: what is kept, where, and how to take it away, put it aside, bring it back or erase it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.widgets.basics import button, card, column, label, page, row
from desktop.widgets.tokens import SPACE_2
from desktop.words import say, tr

KEY_PLACES = {"keyring": "资料已加密，钥匙在系统的钥匙串里。", "file": "资料已加密，钥匙在只有您能读的文件里。"}


class PrivacyView(QWidget):
    """Four cards."""

    export_wanted = Signal()
    backup_wanted = Signal()
    restore_wanted = Signal(object)
    phrase_wanted = Signal()
    erase_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kept = label("", "quiet", wrap=True)
        self.key = label("", "quiet", wrap=True)
        self.backups = QComboBox()
        say(self.backups.setAccessibleName, "备份")
        self.backups.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.restore = button(
            "恢复这个备份", lambda: self.restore_wanted.emit(self.backups.currentData()), icon="restore"
        )
        self.no_backup = label("还没有备份。", "quiet")
        self._backups: tuple[Path, ...] = ()
        self._summary: dict[str, int] = {}
        self._place = ""
        line = row(self.backups, self.restore)
        line.setStretch(0, 1)
        cards = (
            (label("都在这台电脑上", "heading"), self.kept, self.key, row(button("把我的资料都导出", self.export_wanted.emit, icon="import"), None)),
            (label("备份", "heading"), label("备份是一份加密的副本，换电脑或出错时用它恢复。", "quiet", wrap=True),
             row(button("现在备份", self.backup_wanted.emit), None), line, self.no_backup),
            (label("恢复短语", "heading"), label("这几个词能在别的电脑上打开您的资料。请抄下来收好，不要拍照、不要发给别人。", "quiet", wrap=True),
             row(button("看恢复短语", self.phrase_wanted.emit), None)),
            (label("全部抹掉", "heading"), label("商品、文案、备份和钥匙都会删除，找不回来。", "quiet", wrap=True),
             row(button("全部抹掉…", self.erase_wanted.emit, "danger"), None)),
        )  # fmt: skip
        made = [card(column(*parts, spacing=SPACE_2)) for parts in cards]
        self.setLayout(column(page("隐私", *made)))
        self.show_backups(())

    def show_summary(self, summary: dict[str, int], place: str) -> None:
        """What is kept, and where the key lies."""
        self._summary, self._place = summary, place
        self.show_words()

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        parts = [f"{tr(name)} {count}" for name, count in self._summary.items() if count]
        self.kept.setText("、".join(parts) if parts else tr("现在还没有资料。"))
        self.key.setText(tr(KEY_PLACES[self._place]) if self._place in KEY_PLACES else "")

    def show_backups(self, paths: tuple[Path, ...]) -> None:
        """The copies that can be brought back."""
        self.backups.clear()
        for path in paths:
            self.backups.addItem(path.name, path)
        for part in (self.backups, self.restore):
            part.setVisible(bool(paths))
        self.no_backup.setVisible(not paths)
