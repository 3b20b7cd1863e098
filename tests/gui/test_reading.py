"""Reading aloud: time and pace on the cards, a voice where there is one, a sentence where there is none."""

from __future__ import annotations

import subprocess
import sys
from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest
from fake_engine import SAMPLE
from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor

from desktop.aloud import MODULE, rate_of
from engine.domain import Channel
from engine.domain.speaking import speaking_seconds

ROOT = Path(__file__).resolve().parents[2]


class State(Enum):
    """As Qt's."""

    Ready = 0
    Speaking = 1
    Error = 4


class FakeSpeech(QObject):
    """Says a sentence in a moment; ``spoken`` has every one with its rate. Its names are Qt's own (hence the noqa)."""

    State = State
    stateChanged = Signal(object)  # noqa: N815
    spoken: list[tuple[str, float]] = []  # noqa: RUF012
    locales = (QLocale("en_US"), QLocale("zh_TW"), QLocale("zh_CN"))
    engines = ("speechd", "mock")
    breaks = False
    pause_ms = 20

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rate = 0.0
        self._end = QTimer(self, singleShot=True, interval=self.pause_ms)
        self._end.timeout.connect(lambda: self.stateChanged.emit(State.Error if self.breaks else State.Ready))

    @classmethod
    def availableEngines(cls):  # noqa: N802
        return list(cls.engines)

    def availableLocales(self):  # noqa: N802
        return list(self.locales)

    def setLocale(self, locale):  # noqa: N802
        type(self).chosen = locale

    def setRate(self, rate):  # noqa: N802
        self._rate = rate

    def say(self, text):
        self.spoken.append((text, self._rate))
        self.stateChanged.emit(State.Speaking)
        self._end.start()

    def stop(self):
        self._end.stop()
        self.stateChanged.emit(State.Ready)


@pytest.fixture
def speech(monkeypatch) -> type[FakeSpeech]:
    """A system with a voice."""
    kind = type("QTextToSpeech", (FakeSpeech,), {"spoken": []})
    module = ModuleType(MODULE)
    module.QTextToSpeech = kind
    monkeypatch.setitem(sys.modules, MODULE, module)
    return kind


@pytest.fixture
def no_speech(monkeypatch) -> None:
    """A system without Qt's speech module."""
    monkeypatch.setitem(sys.modules, MODULE, None)


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=8000)


def write(qtbot, program, channel=Channel.SHORT_VIDEO):
    form = program.window.workbench.form
    form.set_brief(SAMPLE)
    qtbot.mouseClick(form.channels.chip(channel), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.write, Qt.MouseButton.LeftButton)
    settled(qtbot, program)
    pane = program.window.workbench.drafts
    return [pane.card(key) for key in pane.shown_keys()]


def press(qtbot, card):
    qtbot.mouseClick(card.reading.button, Qt.MouseButton.LeftButton)


def test_a_script_tells_how_long_it_takes_and_how_that_is_reckoned(qtbot, program):
    card = write(qtbot, program)[0]
    seconds = speaking_seconds(card.edit.text(), 240)
    assert card.reading.isVisible() and card.reading.time.text() == f"念完约 {seconds} 秒"
    assert "每分钟 240 字" in card.reading.time.toolTip()
    card.edit.setFocus()
    card.edit.insertPlainText("大家好" * 80)
    assert card.reading.time.text().startswith("念完约 1 分")


def test_other_texts_show_it_when_they_are_to_be_read(qtbot, program, speech):
    card = write(qtbot, program, Channel.MOMENTS)[0]
    assert not card.reading.isVisible()
    press(qtbot, card)
    assert card.reading.isVisible()
    qtbot.waitUntil(lambda: bool(speech.spoken))


def test_a_text_is_read_sentence_by_sentence_to_its_end(qtbot, program, speech):
    card = write(qtbot, program)[0]
    press(qtbot, card)
    assert card.reading.button.text() == "停止朗读"
    qtbot.waitUntil(lambda: card.reading.button.text() == "朗读")
    said = "".join(text for text, _rate in speech.spoken)
    assert said.startswith(card.edit.text()[:6]) and "#" not in said and len(speech.spoken) > 2
    assert speech.chosen.territory() == QLocale.Country.China
    assert not card.reading.voiceless.isVisible()


def test_a_second_press_stops_and_another_card_takes_over(qtbot, program, speech):
    speech.pause_ms = 500
    first, second = write(qtbot, program)[:2]
    press(qtbot, first)
    qtbot.waitUntil(lambda: len(speech.spoken) == 1)
    press(qtbot, second)
    assert (first.reading.on, second.reading.on) == (False, True)
    assert speech.spoken[-1][0] in second.edit.text()
    press(qtbot, second)
    assert not second.reading.on
    count = len(speech.spoken)
    qtbot.wait(50)
    assert len(speech.spoken) == count


def test_only_what_is_selected_is_read(qtbot, program, speech):
    card = write(qtbot, program)[0]
    cursor = card.edit.textCursor()
    cursor.setPosition(0)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, 4)
    card.edit.setTextCursor(cursor)
    press(qtbot, card)
    qtbot.waitUntil(lambda: not card.reading.on)
    assert [text for text, _rate in speech.spoken] == [card.edit.text()[:4]]


def test_the_pace_is_one_for_all_cards_and_is_kept(qtbot, program, state, speech):
    cards = write(qtbot, program)
    before = cards[1].reading.time.text()
    cards[0].reading.slider.setFocus()
    for _ in range(4):
        qtbot.keyClick(cards[0].reading.slider, Qt.Key.Key_Right)
    assert [card.reading.pace() for card in cards] == [280] * 4
    assert cards[1].reading.time.text() != before
    qtbot.waitUntil(lambda: state.settings.get("pace") == 280)
    press(qtbot, cards[0])
    qtbot.waitUntil(lambda: bool(speech.spoken))
    assert speech.spoken[0][1] == pytest.approx(rate_of(280)) and rate_of(280) > 0
    press(qtbot, cards[0])
    again = write(qtbot, program)
    assert again[0].reading.pace() == 280


def test_the_pace_of_the_settings_page_counts_at_once(qtbot, program):
    cards = write(qtbot, program)
    program.window.go_to("settings")
    settled(qtbot, program)
    program.window.pages["settings"].view.editor("pace").setValue(200)
    settled(qtbot, program)
    assert cards[0].reading.pace() == 200


def test_without_a_voice_the_time_stands_alone_and_a_sentence_says_so(qtbot, program, no_speech):
    card = write(qtbot, program, Channel.MOMENTS)[0]
    press(qtbot, card)
    qtbot.waitUntil(lambda: card.reading.voiceless.isVisible())
    assert "没有装中文语音" in card.reading.voiceless.text() and card.reading.time.text().startswith("念完约")
    assert not card.reading.on


@pytest.mark.parametrize("missing", [{"locales": (QLocale("en_US"),)}, {"engines": ("mock",)}, {"breaks": True}])
def test_a_voice_that_cannot_speak_chinese_or_fails_is_told(qtbot, program, speech, missing):
    for name, value in missing.items():
        setattr(speech, name, value)
    card = write(qtbot, program)[0]
    press(qtbot, card)
    qtbot.waitUntil(lambda: card.reading.voiceless.isVisible())
    assert "读不出来" in card.reading.voiceless.text() and not card.reading.on


def test_a_card_that_goes_is_not_read_on(qtbot, program, speech):
    speech.pause_ms = 500
    card = write(qtbot, program)[0]
    press(qtbot, card)
    qtbot.waitUntil(lambda: bool(speech.spoken))
    card.delete_wanted.emit()
    settled(qtbot, program)
    assert not card.reading.on


def test_escape_stops_reading(qtbot, program, speech):
    speech.pause_ms = 500
    card = write(qtbot, program)[0]
    press(qtbot, card)
    qtbot.waitUntil(lambda: bool(speech.spoken))
    qtbot.keyClick(card.reading.button, Qt.Key.Key_Escape)
    assert not card.reading.on


def test_the_start_does_not_ask_for_a_voice():
    code = f"import sys, desktop.joins.bench; assert {MODULE!r} not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
