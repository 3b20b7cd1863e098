"""What follows from a computer's hardware."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.inference import hardware, worker
from engine.inference.gguf_check import read_head
from engine.inference.hardware import Device, Hardware, choose_gpu_layers, choose_threads, physical_cores
from tests.tiny_model import write_tiny_model

GIB = 1 << 30


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (4, 3), (16, 15)])
def test_one_core_is_left_free_where_there_are_more_than_two(cores: int, threads: int) -> None:
    assert choose_threads(cores) == threads


def test_two_threads_of_one_core_count_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hardware.os, "sched_getaffinity", lambda _pid: {0, 1, 2, 3}, raising=False)
    blocks = [f"processor\t: {n}\nphysical id\t: 0\ncore id\t\t: {n % 2}\n" for n in range(4)]
    path = tmp_path / "cpuinfo"
    path.write_text("\n".join(blocks))
    assert physical_cores(path) == 2


def gpu(free: int) -> Hardware:
    return Hardware(8, 16, 32 * GIB, (Device("CPU", "x", "cpu", GIB, GIB), Device("GPU0", "y", "gpu", free, 24 * GIB)))


def test_a_model_that_fits_goes_to_the_gpu_whole_and_a_bigger_one_in_part() -> None:
    assert choose_gpu_layers(gpu(8 * GIB), 24, GIB, GIB) == 25
    assert 0 < choose_gpu_layers(gpu(3 * GIB), 24, 4 * GIB, GIB) < 24
    assert choose_gpu_layers(gpu(GIB // 4), 24, GIB, GIB) == 0
    assert choose_gpu_layers(Hardware(8, 16, GIB), 24, GIB, GIB) == 0


def test_the_memory_of_a_cell_comes_from_the_models_metadata(tmp_path: Path) -> None:
    head = read_head(write_tiny_model(tmp_path / "t.gguf"), "t")
    assert hardware.cell_size(head) == 2 * 2 * (16 + 16) * 2
    assert hardware.needed_memory(head, 1000, 10) == 1000 + 10 * 256 + hardware.WORKSPACE_BYTES


def test_free_memory_is_a_sensible_number() -> None:
    assert 1 << 20 < hardware.free_memory() < 1 << 50


def test_context_and_drafts_at_a_time_are_cut_to_the_memory(tmp_path: Path) -> None:
    head = read_head(write_tiny_model(tmp_path / "t.gguf"), "t")
    cell = hardware.cell_size(head)
    wished = hardware.MemoryPlan(4096, 16, 0)

    def plan(cells: int) -> hardware.MemoryPlan:
        return hardware.plan_memory(head, 1000, 1000 + hardware.WORKSPACE_BYTES + 2 * cells * cell, wished)

    assert plan(20_000) == hardware.MemoryPlan(4096, 16, 20_000 * cell)
    assert plan(2048) == hardware.MemoryPlan(2048, 8, 2048 * cell)
    assert plan(10) == hardware.MemoryPlan(1024, 4, 1024 * cell)
    assert plan(1 << 30).cell_bytes == hardware.CELL_BYTES_AT_MOST
    assert hardware.plan_memory(head, 1000, 0, wished) == hardware.MemoryPlan(4096, 16, hardware.CELL_BYTES_UNASKED)


def test_the_layers_for_a_gpu_follow_from_the_listing_of_devices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_tiny_model(tmp_path / "t.gguf")
    for devices, layers in (((), 0), (gpu(8 * GIB).devices, 3), (gpu(GIB // 4).devices, 0)):
        monkeypatch.setattr(hardware, "list_devices", lambda found=devices: found)
        assert worker._fitting_layers(path, "t") == layers


def test_the_fingerprint_changes_with_the_processor(tmp_path: Path) -> None:
    prints = set()
    for name in ("Core A", "Core B"):
        (tmp_path / name).write_text(f"processor\t: 0\nmodel name\t: {name}\nphysical id\t: 0\ncore id\t\t: 0\n")
        prints.add(hardware.fingerprint(tmp_path / name))
    assert len(prints) == 2 and hardware.fingerprint() == hardware.fingerprint()
