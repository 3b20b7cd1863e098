"""Tuned threads and a failing GPU: found once, told once, remembered until the computer or the wish changes.

The GPU is a worker that says it loads layers on one and then fails in a way of its own; on the CPU it is the real one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from engine.api.machine import NotesFile
from engine.api.models import SettingsBox
from engine.domain import Sampling
from engine.errors import NotEnoughMemory
from engine.inference import InferenceOptions, LocalTextModel, hardware, protocol
from engine.inference.failures import failed
from engine.inference.machine_notes import MachineNotes
from engine.inference.process import WorkerProcess
from engine.inference.worker import run_worker
from engine.paths import Paths
from engine.ports import Generated, Generation, TextListener
from engine.progress import Step, Ticket
from engine.prompts import Prompt
from tests.tiny_model import install_tiny_model

REQUEST = Generation(Prompt("商品：", "雪纺连衣裙"), 2, 5, Sampling(), 8)
AUTO = InferenceOptions(threads=1, idle_seconds=0)


def gpu_dies_at_loading(pipe: Connection) -> None:
    """The driver ends the process."""
    _say_loading(pipe)
    os._exit(3)


def gpu_has_no_memory(pipe: Connection) -> None:
    """The first request does not fit."""
    _say_loading(pipe)
    pipe.send_bytes(protocol.encode(protocol.Loaded(0.1, 20, 1)))
    order = protocol.decode(pipe.recv_bytes())
    pipe.send_bytes(protocol.encode(failed(order.job, NotEnoughMemory(0, 0))))
    pipe.recv_bytes()


def _say_loading(pipe: Connection) -> None:
    pipe.recv_bytes()
    pipe.send_bytes(protocol.encode(protocol.Loading(20)))


class Computer:
    """Starts workers; on the GPU they fail."""

    def __init__(self, failing: Callable[[Connection], None]) -> None:
        self.failing, self.layers = failing, []

    def start(self, order: protocol.Load) -> WorkerProcess:
        self.layers.append(order.gpu_layers)
        return WorkerProcess(order, self.failing if order.gpu_layers else run_worker)


@pytest.fixture
def installed(tmp_path):
    return install_tiny_model(tmp_path / "m")


def write(model: LocalTextModel) -> tuple[list[Generated], list[str]]:
    """The drafts, and the stages told."""
    done: list[Generated] = []
    stages: list[Step] = []
    try:
        model.generate(REQUEST, TextListener(lambda _i, _t: None, done.append), Ticket(stages.append))
    finally:
        model.close()
    return done, [step.stage for step in stages]


@pytest.mark.parametrize("failing", [gpu_dies_at_loading, gpu_has_no_memory])
def test_a_gpu_that_fails_costs_nothing_is_told_once_and_not_tried_again(installed, tmp_path, failing):
    computer, notes = Computer(failing), NotesFile(tmp_path / "machine.json")
    done, stages = write(LocalTextModel(installed, AUTO, notes, computer.start))
    assert len(done) == 2 and stages.count("gpu_failed") == 1 and computer.layers == [-1, 0]
    later = LocalTextModel(installed, AUTO, NotesFile(tmp_path / "machine.json"), computer.start)
    done, stages = write(later)
    assert len(done) == 2 and "gpu_failed" not in stages and computer.layers == [-1, 0, 0]
    assert later.fell_back_to_cpu


def test_a_failure_of_another_computer_does_not_count(installed, tmp_path, monkeypatch):
    notes = NotesFile(tmp_path / "machine.json")
    notes.save(MachineNotes("another", 3, True))
    computer = Computer(run_worker)
    model = LocalTextModel(installed, AUTO, notes, computer.start)
    assert not model.fell_back_to_cpu
    assert len(write(model)[0]) == 2 and computer.layers == [-1]


def test_choosing_the_gpu_again_tries_it_again(private_home):
    paths = Paths.default()
    NotesFile(paths.machine).save(MachineNotes(hardware.fingerprint(), 2, True))
    SettingsBox(paths).set("gpu", "auto")
    assert NotesFile(paths.machine).load() == MachineNotes()


def test_threads_are_tuned_at_the_first_loading_and_kept(installed, tmp_path):
    notes, options = NotesFile(tmp_path / "machine.json"), InferenceOptions(gpu_layers=0, idle_seconds=0)
    assert len(write(LocalTextModel(installed, options, notes))[0]) == 2
    found = notes.load()
    assert 1 <= found.threads <= hardware.physical_cores() and found.fingerprint == hardware.fingerprint()
    orders: list[protocol.Load] = []

    def start(order: protocol.Load) -> WorkerProcess:
        orders.append(order)
        return WorkerProcess(order)

    write(LocalTextModel(installed, options, notes, start))
    assert orders[0].threads == found.threads


@pytest.mark.parametrize("content", [b"", b"[]", b"{\xff", b'{"fingerprint": 1, "threads": "x", "gpu_failed": 0}'])
def test_a_broken_file_is_as_good_as_none(tmp_path: Path, content: bytes):
    (tmp_path / "machine.json").write_bytes(content)
    assert NotesFile(tmp_path / "machine.json").load() == MachineNotes()
