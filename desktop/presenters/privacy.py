"""Exports, backs up, restores and erases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Jobs, Lane
from desktop.shown import Message
from desktop.words import tr


class PrivacyPresenter(QObject):
    """Works on the store's lane, so nothing is written while a copy is put in its place."""

    summary = Signal(dict, str, bool)
    backups = Signal(tuple)
    phrase = Signal(str)
    message = Signal(object)
    replaced = Signal()

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs

    def refresh(self) -> None:
        """Look at what is kept."""
        privacy = self._engine.privacy

        def look() -> tuple[dict[str, int], str, bool, tuple[Path, ...]]:
            return privacy.summary(), privacy.key_place(), privacy.guarded, tuple(privacy.backups())

        def show(found: tuple[dict[str, int], str, bool, tuple[Path, ...]]) -> None:
            self.summary.emit(*found[:3])
            self.backups.emit(found[3])

        self._jobs.ask(Lane.STORE, look, show)

    def export(self, folder: Path) -> None:
        """Everything as readable files."""
        self._do(lambda: self._engine.privacy.export_all(folder), lambda path: tr("已导出到“{name}”", name=path.name))

    def backup(self) -> None:
        """A copy now."""
        self._do(self._engine.privacy.backup_now, lambda path: tr("已备份：{name}", name=path.name))

    def restore(self, backup: Path) -> None:
        """Put a copy in place; what is there now becomes a copy itself."""
        self._do(
            lambda: self._engine.privacy.restore(backup),
            lambda _none: tr("已恢复，原来的资料也留了一份备份"),
            replaced=True,
        )

    def show_phrase(self) -> None:
        """The words to write down."""
        self._jobs.ask(Lane.STORE, self._engine.privacy.recovery_phrase, self.phrase.emit)

    def guard(self, passphrase: str) -> None:
        """Ask for this passphrase at the next start; "" for none."""
        words = "下次打开要输口令" if passphrase else "下次打开不用口令"
        self._do(lambda: self._engine.privacy.set_passphrase(passphrase), lambda _none: tr(words))

    def erase_product(self, name: str) -> None:
        """A product with its drafts gone."""
        self._do(
            lambda: self._engine.privacy.erase_product(name),
            lambda _none: tr("“{name}”和它的文案已抹掉", name=name),
            replaced=True,
        )

    def erase_period(self, since: datetime, until: datetime) -> None:
        """What was written in this time gone."""
        self._do(
            lambda: self._engine.privacy.erase_period(since, until),
            lambda _none: tr("这些天的文案已抹掉"),
            replaced=True,
        )

    def erase(self) -> None:
        """Everything gone."""
        self._do(self._engine.privacy.erase_everything, lambda _none: tr("已全部抹掉"), replaced=True)

    def _do(self, work: Callable[[], Any], words: Callable[[Any], str], *, replaced: bool = False) -> None:
        def done(value: Any) -> None:
            self.message.emit(Message(words(value)))
            self.refresh()
            if replaced:
                self.replaced.emit()

        self._jobs.ask(Lane.STORE, work, done)
