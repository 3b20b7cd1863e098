"""The privacy page: what is kept, where, and how to take it away, put it aside, bring it back or erase it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from desktop.widgets.basics import LineEdit, button, card, column, label, page, row
from desktop.widgets.tokens import SPACE_2
from desktop.words import say, tr

KEY_PLACES = {"keyring": "资料已加密，钥匙在系统的钥匙串里。", "file": "资料已加密，钥匙在只有您能读的文件里。"}

GUARDED = "每次打开都要输口令。可以在“设置”里选离开几分钟后自动锁上。"
UNGUARDED = "现在打开程序不用口令。店里几个人共用电脑时，可以设一个。"


class PrivacyView(QWidget):
    """A card for each right over the data."""

    export_wanted = Signal()
    backup_wanted = Signal()
    restore_wanted = Signal(object)
    phrase_wanted = Signal()
    erase_wanted = Signal()
    passphrase_wanted = Signal()
    no_passphrase_wanted = Signal()
    erase_product_wanted = Signal(str)
    erase_period_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._make_guard()
        self._make_parts()
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
            (label("启动口令", "heading"), self.guard, row(self.set_guard, self.drop_guard, None)),
            (label("抹掉一部分", "heading"), label("从资料、备份和学到的偏好里一起去掉，找不回来。", "quiet", wrap=True),
             self.product_line, self.period_line),
            (label("全部抹掉", "heading"), label("商品、文案、备份和钥匙都会删除，找不回来。", "quiet", wrap=True),
             row(button("全部抹掉…", self.erase_wanted.emit, "danger"), None)),
        )  # fmt: skip
        made = [card(column(*parts, spacing=SPACE_2)) for parts in cards]
        self.setLayout(column(page("隐私", *made)))
        self.show_backups(())

    def _make_guard(self) -> None:
        self.guard = label("", "quiet", wrap=True)
        self.set_guard = button("设启动口令…", self.passphrase_wanted.emit)
        self.drop_guard = button("不再用口令", self.no_passphrase_wanted.emit)
        self._guarded = False

    def _make_parts(self) -> None:
        self.product = LineEdit()
        say(self.product.setPlaceholderText, "商品名称")
        say(self.product.setAccessibleName, "商品名称")
        erase_product = button("抹掉这个商品…", self._erase_product, "danger")
        self.product_line = row(self.product, erase_product)
        self.product_line.setStretch(0, 1)
        today = QDate.currentDate()
        self.since, self.until = _day(today.addMonths(-1), "从这一天"), _day(today, "到这一天")
        erase_period = button("抹掉这些天的文案…", self._erase_period, "danger")
        self.period_line = row(label("从"), self.since, label("到"), self.until, None, erase_period)

    def _erase_product(self) -> None:
        if self.product.text().strip():
            self.erase_product_wanted.emit(self.product.text().strip())
        else:
            self.product.setFocus()

    def _erase_period(self) -> None:
        first, last = self.since.date(), self.until.date()
        since = datetime(first.year(), first.month(), first.day()).astimezone()
        until = datetime(last.year(), last.month(), last.day()).astimezone() + timedelta(days=1)
        self.erase_period_wanted.emit(since, until)

    def show_summary(self, summary: dict[str, int], place: str, guarded: bool) -> None:
        """What is kept, where the key lies, and whether a passphrase is asked."""
        self._summary, self._place, self._guarded = summary, place, guarded
        self.show_words()

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        parts = [f"{tr(name)} {count}" for name, count in self._summary.items() if count]
        self.kept.setText("、".join(parts) if parts else tr("现在还没有资料。"))
        self.key.setText(tr(KEY_PLACES[self._place]) if self._place in KEY_PLACES else "")
        self.guard.setText(tr(GUARDED if self._guarded else UNGUARDED))
        self.set_guard.setText(tr("换一个口令…") if self._guarded else tr("设启动口令…"))
        self.drop_guard.setVisible(self._guarded)

    def show_backups(self, paths: tuple[Path, ...]) -> None:
        """The copies that can be brought back."""
        self.backups.clear()
        for path in paths:
            self.backups.addItem(path.name, path)
        for part in (self.backups, self.restore):
            part.setVisible(bool(paths))
        self.no_backup.setVisible(not paths)


def _day(date: QDate, name: str) -> QDateEdit:
    made = QDateEdit(date)
    made.setCalendarPopup(True)
    say(made.setAccessibleName, name)
    return made
