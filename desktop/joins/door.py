"""Opens the seller's data, and leads through what stands in the way: passphrase, lost key, damage, another window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.dialogs.door import DoorDialog, Way
from desktop.errors import error_words
from desktop.face import Door
from desktop.jobs import Job, Jobs, Lane
from desktop.joins.doorbell import ring
from desktop.shown import Message
from desktop.words import tr
from engine.errors import PassphraseNeeded, StoreUnusable
from engine.paths import Paths

log = logging.getLogger(__name__)

WAYS = {"no_key": Way.PHRASE, "wrong_key": Way.PHRASE, "corrupt": Way.DAMAGED}


class Opening(QObject):
    """One attempt after the other, until ``opened``.

    Args:
        door: the way into the data.
        jobs: whose store lane does it.
        paths: where the doorbell of another window hangs.
        window: over which the questions are shown.
    """

    opened = Signal(object)
    elsewhere = Signal()
    told = Signal(object)

    def __init__(self, door: Door, jobs: Jobs, paths: Paths, window: QWidget) -> None:
        super().__init__(window)
        self._door, self._jobs, self._paths, self._window = door, jobs, paths, window
        self._rang = False
        self.dialog: DoorDialog | None = None

    def start(self) -> None:
        """Try to open."""
        self._do(self._door.open, self._opened)

    def close(self) -> None:
        """Ask nothing any more."""
        if self.dialog is not None:
            dialog, self.dialog = self.dialog, None
            dialog.accept()
            dialog.deleteLater()

    def _opened(self, engine: object) -> None:
        self.close()
        self.opened.emit(engine)

    def _leave(self) -> None:
        self.close()
        self._window.close()

    def _failed(self, error: Exception) -> None:
        log.warning("the store does not open: %s", type(error).__name__)
        if isinstance(error, StoreUnusable) and error.reason == "locked" and not self._rang:
            self._rang = True
            ring(self._paths.home, self, lambda answered: self.elsewhere.emit() if answered else self._ask(error, ()))
            return
        copies: list[tuple[Any, ...]] = []
        way = self._way(error)
        if way is Way.DAMAGED:
            self._do(self._door.backups, lambda found: self._ask(error, tuple(found)))
        else:
            self._ask(error, tuple(copies))

    def _way(self, error: Exception) -> Way:
        if isinstance(error, PassphraseNeeded):
            return Way.PASSPHRASE
        if isinstance(error, StoreUnusable):
            return WAYS.get(error.reason, Way.AGAIN)
        # A wrong phrase is asked again; whatever else happens is tried again.
        return self.dialog.way if self.dialog is not None and self.dialog.way is Way.PHRASE else Way.AGAIN

    def _ask(self, error: Exception, copies: tuple[Any, ...]) -> None:
        if self.dialog is None:
            self.dialog = DoorDialog(self._window)
            door = self._door
            self.dialog.unlock_wanted.connect(lambda text: self._then_open(lambda: door.unlock(text)))
            self.dialog.recover_wanted.connect(lambda text: self._then_open(lambda: door.recover(text)))
            self.dialog.restore_wanted.connect(lambda copy: self._then_open(lambda: door.restore(copy)))
            self.dialog.salvage_wanted.connect(lambda: self._then_open(door.salvage, self._tell_salvage))
            self.dialog.anew_wanted.connect(lambda: self._then_open(door.start_anew, self._tell_aside))
            self.dialog.again_wanted.connect(self.start)
            self.dialog.leave_wanted.connect(self._leave)
        self.dialog.ask(self._way(error), error_words(error), copies)

    def _then_open(self, work: Callable[[], Any], tell: Callable[[Any], None] | None = None) -> None:
        def done(value: Any) -> None:
            if tell is not None:
                tell(value)
            self.start()

        self._do(work, done)

    def _tell_salvage(self, found: Any) -> None:
        saved = sum(found.saved.values())
        self.told.emit(Message(tr("救回 {saved} 行；损坏的文件留在备份文件夹里", saved=saved)))

    def _tell_aside(self, folder: Any) -> None:
        self.told.emit(Message(tr("原来的资料原样放在“{name}”里", name=folder.name)))

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        job = Job(Lane.STORE, lambda _job: work(), done)
        job.failed = self._failed
        self._jobs.start(job)
