"""The card of this computer: what it has, and how fast it writes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.widgets.basics import button, column, label, row
from desktop.widgets.busy import BusyLine
from desktop.widgets.tokens import SPACE_2, SPACE_4
from desktop.words import date_words, tr
from engine.domain import Speed

CHARACTERS_A_TOKEN = 1.4
BOTH_RATES = "一次写 {count} 条约 {all} 秒 · 每秒读约 {read} 字、写约 {write} 字 · {date}测"
WRITE_RATE = "一次写 {count} 条约 {all} 秒 · 每秒写约 {write} 字 · {date}测"
QUICK_S, PATIENT_S = 3.0, 10.0
"""Seconds a draft: up to the first a seller hardly waits; after the second she does something else meanwhile."""


class MachineCard(QFrame):
    """Words about the computer, and a button that measures it."""

    measure_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._speed: Speed | None = None
        self._model = ""
        self.facts = label("", "quiet", wrap=True)
        self.felt = label("", "heading", wrap=True)
        self.rates = label("", "quiet", wrap=True)
        self.measure = button("测一测写得多快", self.measure_wanted.emit, tip="用现在的模型试写，一般十几秒")
        self.stop = button("停止", self.stop_wanted.emit, icon="stop")
        self.busy = BusyLine()
        going = row(self.busy, self.stop)
        going.setStretch(0, 1)
        box = column(
            label("这台电脑", "heading"), self.facts, self.felt, self.rates, row(self.measure, None), going,
            spacing=SPACE_2,
        )  # fmt: skip
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)
        self.stop.hide()
        self.show_words()

    def show_facts(self, words: str) -> None:
        """What it has."""
        self.facts.setText(words)

    def show_speed(self, speed: Speed | None, model: str) -> None:
        """The last measurement (None: never), and the model that writes now."""
        self._speed, self._model = speed, model
        self.show_words()

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        speed = self._speed
        self.felt.setVisible(speed is not None)
        if speed is None:
            self.rates.setText(tr("还没有测过这台电脑写得多快。"))
            return
        each = speed.seconds / speed.drafts
        pace = (
            "很快，几乎不用等"
            if each <= QUICK_S
            else "要等一会儿"
            if each <= PATIENT_S
            else "有点慢，换小一点的模型会快些"
        )
        self.felt.setText(tr("一条约 {n} 秒：{pace}", n=_number(each), pace=tr(pace)))
        rates = tr(
            BOTH_RATES if speed.read_tokens_s else WRITE_RATE,
            count=speed.drafts,
            all=_number(speed.seconds),
            read=_number(speed.read_tokens_s * CHARACTERS_A_TOKEN),
            write=_number(speed.write_tokens_s * CHARACTERS_A_TOKEN),
            date=date_words(speed.measured_at),
        )
        other = tr("这是用别的模型测的，现在的模型请再测一次。") if self._model not in ("", speed.model) else ""
        self.rates.setText("\n".join(line for line in (rates, other) if line))

    def set_busy(self, busy: bool) -> None:
        """While it is measured."""
        self.measure.setEnabled(not busy)
        self.stop.setVisible(busy)
        if busy:
            self.busy.begin("speed")
        else:
            self.busy.end()


def machine_words(cores: int, threads: int, free: str, gpus: tuple[str, ...]) -> str:
    """One line about the computer."""
    words = tr("{cores} 个核心，用 {threads} 个来写 · 空闲内存 {free}", cores=cores, threads=threads, free=free)
    return f"{words} · {'、'.join(gpus)}" if gpus else words


def _number(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"
