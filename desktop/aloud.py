"""Reads aloud with a voice of the system, where Qt's speech module and a Chinese voice are there.

The module is an add-on that may be missing (docs/adr/0006): ``find_speech`` imports it, in a job, when something is first to
be read. Sentences are given to the voice one by one, so another pace counts from the next sentence on.
"""

from __future__ import annotations

import importlib
import math
from typing import Any

from PySide6.QtCore import QLocale, QObject, Signal

from engine.domain.speaking import USUAL

MODULE = "PySide6.QtTextToSpeech"
SILENT_ENGINES = frozenset({"mock"})


def find_speech() -> Any | None:
    """Qt's speech module, or None where it is not installed; slow at its first call."""
    try:
        return importlib.import_module(MODULE)
    except ImportError:
        return None


def rate_of(pace: int) -> float:
    """Qt's rate for a pace: 0 is the voice's own, ±1 about twice or half as fast."""
    return max(-1.0, min(1.0, math.log2(pace / USUAL)))


class Voice(QObject):
    """A voice that speaks Chinese.

    Args:
        module: what ``find_speech`` found.
    """

    ended = Signal()
    failed = Signal()

    def __init__(self, module: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._states = module.QTextToSpeech.State
        self._waiting: list[str] = []
        self._pace = USUAL
        self._speaking = False
        engines = [name for name in module.QTextToSpeech.availableEngines() if name not in SILENT_ENGINES]
        self._speech: Any = module.QTextToSpeech(self) if engines else None
        self.usable = False
        if self._speech is not None and self._choose_language():
            self.usable = True
            self._speech.stateChanged.connect(self._state_changed)

    def _choose_language(self) -> bool:
        """Speak Chinese, of the mainland where there is a choice; whether that can be had."""
        chinese = [at for at in self._speech.availableLocales() if at.language() == QLocale.Language.Chinese]
        chinese.sort(key=lambda at: at.territory() != QLocale.Country.China)
        if not chinese:
            return False
        self._speech.setLocale(chinese[0])
        return True

    def speak(self, sentences: tuple[str, ...], pace: int) -> None:
        """Say these one after the other in place of what is being said."""
        self.stop()
        self._waiting, self._pace, self._speaking = list(sentences), pace, True
        self._say_next()

    def set_pace(self, pace: int) -> None:
        """Another pace from the next sentence on."""
        self._pace = pace

    def stop(self) -> None:
        """Be silent; ``ended`` is not said for that."""
        self._waiting.clear()
        if self._speaking:
            self._speaking = False
            self._speech.stop()

    def _say_next(self) -> None:
        if not self._waiting:
            self._speaking = False
            self.ended.emit()
            return
        self._speech.setRate(rate_of(self._pace))
        self._speech.say(self._waiting.pop(0))

    def _state_changed(self, state: object) -> None:
        if not self._speaking:
            return
        if state == self._states.Ready:
            self._say_next()
        elif state == self._states.Error:
            self._speaking = False
            self._waiting.clear()
            self.failed.emit()
