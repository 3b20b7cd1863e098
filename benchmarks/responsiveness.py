"""How the window behaves while it works: heartbeat, typing, a long history, memory. Prints one JSON line.

    python -m benchmarks.responsiveness [--drafts 100000] [--model]

* ``heartbeat``: a timer of 10 ms on the window's thread while eight drafts stream (``--model``: by the model that ships,
  else by one that replays words as fast as it can) and rows of a table are written: how late its ticks come.
* ``typing``: from a key to the end of its handling, in a draft of 2,000 characters with live checks.
* ``history``: each step of scrolling and of searching among ``--drafts`` drafts, on the window's thread.
* ``memory_mib``: this process with the window, after all that, without the process that holds the model.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest import mock

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from benchmarks.store import fill, p95
from desktop.app import Program, make_application
from engine.api import StoreDoor
from engine.domain import StopReason, Timing
from engine.domain.sample import sample_brief
from engine.paths import Paths
from engine.ports import Generated, Generation, TextListener
from engine.progress import Ticket
from engine.store import KeyRing, Store

ROOT = Path(__file__).resolve().parent.parent
TICK_MS, PATIENCE_S = 10, 300.0
LONG_TEXT = "雪纺碎花连衣裙，面料轻软，走动时裙摆散开，上班见客户都合适。碎花颜色干净，春夏都能穿。" * 48
ROWS, DRAFTS = 12, 8
SENTENCE = "雪纺碎花连衣裙，面料轻软，走动时裙摆散开，上班见客户都合适。" * 3


class QuickModel:
    """Replays words faster than any model writes, without a model's load on the processor."""

    name, prompt_format = "quick", "plain-v1"

    def generate(self, generation: Generation, listener: TextListener, ticket: Ticket) -> Timing:
        """Every draft a character a millisecond."""
        for end in range(1, len(SENTENCE) + 1):
            ticket.check()
            time.sleep(0.001)
            for index in range(generation.count):
                listener.on_text(index, SENTENCE[:end])
        for index in range(generation.count):
            done = Generated(index, SENTENCE, 60, generation.seed + index, StopReason.END, -0.4)
            listener.on_done(done)
        return Timing()

    def stop_sequence(self, index: int) -> None:
        """Not asked for here."""

    def close(self) -> None:
        """Nothing to give back."""


class Heartbeat:
    """Milliseconds from each tick to the next, beyond the ten that were asked for."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(interval=TICK_MS, timeout=self._tick)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.start()
        self._timer.start()

    def _tick(self) -> None:
        self.late_ms.append(max(0.0, self._clock.nsecsElapsed() / 1e6 - TICK_MS))
        self._clock.restart()

    def stop(self) -> dict[str, float]:
        """What was seen."""
        self._timer.stop()
        ordered = sorted(self.late_ms)
        at = min(len(ordered) - 1, int(len(ordered) * 0.999))
        return {
            "ticks": len(ordered),
            "late_p99.9_ms": round(ordered[at], 1),
            "latest_ms": round(ordered[-1], 1),
            "over_50_ms": sum(late > 50 for late in ordered),
        }


def until(reached: Callable[[], bool]) -> None:
    """Turn the event loop until then."""
    end = time.monotonic() + PATIENCE_S
    while not reached():
        assert time.monotonic() < end, "it took too long"
        QApplication.processEvents()
        time.sleep(0.001)


def heartbeat(program: Program, folder: Path) -> dict[str, float]:
    """While drafts stream and a table is written."""
    table = folder / "商品.csv"
    table.write_text("商品名称,材质\n" + "".join(f"连衣裙{n},雪纺\n" for n in range(ROWS)), encoding="utf-8")
    window = program.window
    window.go_to("batch")
    until(lambda: "batch" in window.pages and not program.jobs.busy)
    page = window.pages["batch"]
    with mock.patch.object(QFileDialog, "getOpenFileName", return_value=(str(table), "")):
        page.view.choose_wanted.emit()
    until(lambda: not program.jobs.busy)
    window.go_to("workbench")
    form = window.workbench.form
    form.set_state(replace(form.state(), brief=sample_brief(), count=DRAFTS))
    beat = Heartbeat()
    page.view.start.click()
    form.write_wanted.emit()
    until(lambda: program.jobs.busy)
    until(lambda: not program.jobs.busy)
    found = beat.stop()
    written, drafted = page.view.rows.rowCount(), len(window.workbench.drafts.shown_keys())
    assert (written, drafted) == (ROWS, DRAFTS), f"rows and drafts written: {written}, {drafted}"
    return found


def typing(program: Program) -> dict[str, float]:
    """Keys into a long draft, each with the checks that it starts."""
    pane = program.window.workbench.drafts
    edit = pane.card(pane.shown_keys()[0]).edit
    edit.setPlainText(LONG_TEXT[:2000])
    until(lambda: not program.jobs.busy)
    found = []
    for number in range(200):
        began = time.perf_counter()
        QTest.keyClick(edit, Qt.Key(ord("A") + number % 26))
        QApplication.processEvents()
        found.append((time.perf_counter() - began) * 1000)
        QTest.qWait(15)
    found.sort()
    return {
        "keys": len(found),
        "p50_ms": round(found[100], 2),
        "p95_ms": round(p95(found), 2),
        "worst_ms": round(found[-1], 2),
    }


def history(program: Program) -> dict[str, float]:
    """Scrolling down in pages, then searching a letter at a time."""
    window = program.window
    window.go_to("history")
    until(lambda: "history" in window.pages and not program.jobs.busy)
    view = window.pages["history"].view
    beat = Heartbeat()
    for _ in range(60):
        bar = view.list.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        QTest.qWait(20)
    until(lambda: not program.jobs.busy)
    for search in ("雪", "雪纺", "", "咖啡", "没有这个词", ""):
        view.search.setText(search)
        QTest.qWait(400)
        until(lambda: not program.jobs.busy)
    return beat.stop() | {"rows_shown": view.model.rowCount()}


def _fill(paths: Paths, drafts: int) -> None:
    with Store(paths, KeyRing(paths)) as store:
        fill(store, drafts, random.Random(1))


def memory_mib() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drafts", type=int, default=100_000)
    parser.add_argument("--model", action="store_true", help="the model that ships writes")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the key of a store that lives minutes
    app = make_application([sys.argv[0]])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        paths = Paths(Path(name) / "home", ROOT / "assets")
        filling = get_context("spawn").Process(target=_fill, args=(paths, options.drafts))
        filling.start()  # elsewhere, so that its garbage is not counted as the window's memory
        filling.join()
        program = Program(paths, StoreDoor(paths, text_model=None if options.model else QuickModel()))
        program.window.around.session.put("toured", True)
        program.window.resize(1280, 800)
        program.start()
        until(lambda: program.window.engine is not None and not program.jobs.busy)
        found: dict[str, Any] = {"benchmark": "responsiveness", "drafts": options.drafts, "model": options.model}
        found["heartbeat"] = heartbeat(program, Path(name))
        found["typing"] = typing(program)
        found["history"] = history(program)
        found["memory_mib"] = memory_mib()
        program.close()
        app.processEvents()
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
