"""Has texts read aloud, one card at a time, and keeps the pace."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.aloud import Voice, find_speech
from desktop.face import EngineFace
from desktop.jobs import Jobs, Lane
from desktop.widgets.tokens import SAVE_MS
from engine.domain.speaking import sentences

NO_VOICE = "这台电脑没有装中文语音，读不出来，时长按语速估算。"
VOICE_FAILED = "语音没有响应，读不出来，时长按语速估算。"
NOBODY = 0


class ReadingPresenter(QObject):
    """``reading`` tells of a card's key whether it is read; ``voiceless`` why nothing can be heard."""

    reading = Signal(int, bool)
    voiceless = Signal(int, str)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._voice: Voice | None = None
        self._asked = False
        self._key = NOBODY
        self._text = ""
        self.pace = int(engine.settings.get("pace"))
        self._keep = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._keep.timeout.connect(self._keep_pace)

    def toggle(self, key: int, text: str) -> None:
        """Read this card's text, or stop when it is the one being read."""
        again = key == self._key
        self.stop()
        if again:
            return
        self._key, self._text = key, text
        self.reading.emit(key, True)
        if self._asked:
            self._speak()
        else:
            self._jobs.ask(Lane.FILES, find_speech, self._found)

    def stop(self) -> None:
        """Be silent."""
        key, self._key = self._key, NOBODY
        if self._voice is not None:
            self._voice.stop()
        if key != NOBODY:
            self.reading.emit(key, False)

    def forget(self, keys: tuple[int, ...]) -> None:
        """These cards are gone."""
        if self._key in keys:
            self.stop()

    def set_pace(self, pace: int) -> None:
        """Another pace, for the next sentence and every later text."""
        self.pace = pace
        if self._voice is not None:
            self._voice.set_pace(pace)
        self._keep.start()

    def _found(self, module: Any) -> None:
        """Runs on the window's thread: a voice has to be made here."""
        self._asked = True
        voice = Voice(module, self) if module is not None else None
        if voice is not None and voice.usable:
            self._voice = voice
            voice.ended.connect(self.stop)
            voice.failed.connect(lambda: self._give_up(VOICE_FAILED))
        self._speak()

    def _speak(self) -> None:
        if self._key == NOBODY:
            return
        if self._voice is None:
            self._give_up(NO_VOICE)
        else:
            self._voice.speak(sentences(self._text), self.pace)

    def _give_up(self, words: str) -> None:
        key = self._key
        self.stop()
        if key != NOBODY:
            self.voiceless.emit(key, words)

    def _keep_pace(self) -> None:
        pace = self.pace
        if self._engine.settings.get("pace") != pace:
            self._jobs.ask(Lane.FILES, lambda: self._engine.settings.set("pace", pace))
