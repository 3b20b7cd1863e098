"""A window on a fake engine, closed after each test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake_engine import FakeDoor, FakeState

from desktop.app import Program
from engine.paths import Paths

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., Program]


@pytest.fixture
def state() -> FakeState:
    return FakeState()


@pytest.fixture
def start(qtbot, qapp, state: FakeState, private_home: Path) -> Iterator[Start]:
    """Opens windows one after the other on the same data folder."""
    from desktop.app import prepare

    prepare(qapp)
    running: list[Program] = []

    def open_window(*, toured: bool = True) -> Program:
        program = Program(Paths(private_home, ROOT / "assets"), FakeDoor(state))
        if toured:
            program.window.around.session.put("toured", True)
        running.append(program)
        program.start()
        qtbot.waitUntil(lambda: program.window.engine is not None and not program.jobs.busy)
        return program

    yield open_window
    for program in running:
        program.close()
        program.window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def program(start: Start) -> Program:
    return start()
