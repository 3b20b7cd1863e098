"""What this computer has, and what follows: threads, layers on a GPU, whether a model fits into memory.

Plain readings of the operating system; llama.cpp is asked only for its devices, and only in the worker process or on
request, because listing them loads its libraries.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from engine.errors import NotEnoughMemory
from engine.inference.gguf_check import GgufHead

CPU_INFO = Path("/proc/cpuinfo")
MEMORY_INFO = Path("/proc/meminfo")
GROUP_LIMIT, GROUP_USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")

WORKSPACE_BYTES = 160 << 20
"""Compute buffers, vocabulary and Python beside weights and cells."""

GPU_RESERVE_BYTES = 512 << 20
"""Left free on a GPU for its buffers and the screen."""

MIN_CELLS = 1024
"""A model that has no room for so many key-value cells is not loaded."""

CELLS_A_DRAFT = 256
CELL_BYTES_AT_MOST = 1 << 30
CELL_BYTES_UNASKED = 192 << 20
"""Key-value cells where nobody tells how much memory is free."""

_KINDS = {0: "cpu", 1: "gpu", 2: "igpu", 3: "accelerator"}


@dataclass(frozen=True, slots=True)
class Device:
    """A device as llama.cpp reports it; ``kind`` is ``cpu``, ``gpu``, ``igpu`` or ``accelerator``."""

    name: str
    description: str
    kind: str
    free_bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class Hardware:
    """What was found: physical cores, memory that can be had, devices (empty when not asked for)."""

    physical_cores: int
    logical_cores: int
    free_bytes: int
    devices: tuple[Device, ...] = ()

    @property
    def gpu_free_bytes(self) -> int:
        """Free memory of the best GPU; 0 without one."""
        return max((d.free_bytes for d in self.devices if d.kind == "gpu"), default=0)


@dataclass(frozen=True, slots=True)
class MemoryPlan:
    """What a model may use: tokens a draft may have with its prompt, drafts at a time, bytes for key-value cells."""

    context_tokens: int
    slots: int
    cell_bytes: int


def survey(*, with_devices: bool = False) -> Hardware:
    """Look at the computer; ``with_devices`` loads llama.cpp into this process."""
    devices = list_devices() if with_devices else ()
    return Hardware(physical_cores(), os.cpu_count() or 1, free_memory(), devices)


def physical_cores(cpu_info: Path = CPU_INFO) -> int:
    """Cores that this process may use, two threads of one core counted once."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None
    logical = len(allowed) if allowed else os.cpu_count() or 1
    try:
        text = cpu_info.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return logical
    cores = set()
    for block in text.split("\n\n"):
        facts = dict(re.findall(r"^(processor|physical id|core id)\s*:\s*(\d+)", block, re.MULTILINE))
        if "core id" in facts and (allowed is None or int(facts.get("processor", -1)) in allowed):
            cores.add((facts.get("physical id", "0"), facts["core id"]))
    return min(len(cores), logical) if cores else logical


def choose_threads(cores: int) -> int:
    """One core is left to the window, but two cores are both used."""
    return cores if cores <= 2 else cores - 1


def choose_gpu_layers(hardware: Hardware, layers: int, weight_bytes: int, cell_bytes: int) -> int:
    """Layers that fit on the best GPU: all (with the output, one more), some, or none."""
    room = hardware.gpu_free_bytes - GPU_RESERVE_BYTES - cell_bytes
    if room <= 0 or layers <= 0:
        return 0
    if room >= weight_bytes:
        return layers + 1
    return int(room * layers // max(1, weight_bytes))


def needed_memory(head: GgufHead, weight_bytes: int, cells: int) -> int:
    """Bytes for weights, ``cells`` key-value cells at F16, and the rest."""
    return weight_bytes + cells * cell_size(head) + WORKSPACE_BYTES


def plan_memory(head: GgufHead, weight_bytes: int, free_bytes: int, wished: MemoryPlan) -> MemoryPlan:
    """``wished`` (its ``cell_bytes`` does not count) cut to the memory: half of what weights leave goes to the cells."""
    cell = cell_size(head)
    if not free_bytes or not cell:
        return MemoryPlan(wished.context_tokens, wished.slots, CELL_BYTES_UNASKED)
    left = (free_bytes - weight_bytes - WORKSPACE_BYTES) // 2
    cell_bytes = max(MIN_CELLS * cell, min(left, CELL_BYTES_AT_MOST))
    cells = cell_bytes // cell
    context = min(wished.context_tokens, cells) if wished.context_tokens else cells
    return MemoryPlan(context, max(1, min(wished.slots, cells // CELLS_A_DRAFT)), cell_bytes)


def refuse_if_too_large(head: GgufHead, weight_bytes: int) -> None:
    """Raise ``NotEnoughMemory`` when there is no room for the weights and a few cells."""
    needed, free = needed_memory(head, weight_bytes, MIN_CELLS), free_memory()
    if free and needed > free:
        raise NotEnoughMemory(needed, free)


def fingerprint(cpu_info: Path = CPU_INFO) -> str:
    """What tells this computer, with this build of llama.cpp, from another (no serial number, nothing of its owner)."""
    try:
        named = re.search(
            r"^model name\s*:\s*(.+)$", cpu_info.read_text(encoding="utf-8", errors="replace"), re.MULTILINE
        )
    except OSError:
        named = None
    try:
        build = metadata.version("llama_cpp_python")
    except metadata.PackageNotFoundError:
        build = ""
    facts = (sys.platform, platform.machine(), named[1] if named else platform.processor(), build)
    cores = (physical_cores(cpu_info), os.cpu_count() or 1)
    return hashlib.sha256(repr((facts, cores)).encode()).hexdigest()[:16]


def cell_size(head: GgufHead) -> int:
    """Bytes of one key-value cell at F16, from a model's metadata; 0 when it does not tell."""
    heads = head.number("attention.head_count")
    width = head.number("embedding_length") // heads if heads else 0
    keys, values = head.number("attention.key_length", width), head.number("attention.value_length", width)
    return head.number("block_count") * head.number("attention.head_count_kv", heads) * (keys + values) * 2


def free_memory() -> int:
    """Bytes that a new process can have without swapping, within a container's limit; 0 if nobody tells."""
    system = _windows_free() if sys.platform == "win32" else _unix_free()
    group = _group_free()
    return min(system, group) if group is not None else system


def list_devices() -> tuple[Device, ...]:
    """The devices of llama.cpp's backends."""
    from engine.inference.llama import library

    library()
    return tuple(_read_device(ggml, ggml.ggml_backend_dev_get(i)) for ggml in [_ggml()] for i in _indices(ggml))


def _ggml() -> Any:
    import llama_cpp._ggml as ggml_module

    ggml = ggml_module.libggml
    ggml.ggml_backend_dev_count.restype = ctypes.c_size_t
    ggml.ggml_backend_dev_get.restype = ctypes.c_void_p
    ggml.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    for function in ("ggml_backend_dev_name", "ggml_backend_dev_description"):
        getattr(ggml, function).restype = ctypes.c_char_p
        getattr(ggml, function).argtypes = [ctypes.c_void_p]
    ggml.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    ggml.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
    ggml.ggml_backend_dev_memory.restype = None
    return ggml


def _indices(ggml: Any) -> Sequence[int]:
    return range(ggml.ggml_backend_dev_count())


def _read_device(ggml: Any, device: int) -> Device:
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    ggml.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
    name, about = ggml.ggml_backend_dev_name(device), ggml.ggml_backend_dev_description(device)
    kind = _KINDS.get(ggml.ggml_backend_dev_type(device), "accelerator")
    return Device(name.decode(), about.decode("utf-8", "replace").strip(), kind, free.value, total.value)


def _unix_free() -> int:
    try:
        match = re.search(r"^MemAvailable:\s+(\d+) kB", MEMORY_INFO.read_text(encoding="utf-8"), re.MULTILINE)
        if match:
            return int(match[1]) * 1024
    except OSError:
        pass
    try:  # macOS tells no free number that means anything; half of the memory is what a program may count on
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (ValueError, OSError):
        return 0


def _group_free() -> int | None:
    try:
        limit = GROUP_LIMIT.read_text(encoding="utf-8").strip()
        return None if limit == "max" else int(limit) - int(GROUP_USED.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


class _MemoryStatus(ctypes.Structure):
    _fields_ = (
        ("length", ctypes.c_ulong), ("load", ctypes.c_ulong), ("total", ctypes.c_ulonglong),
        ("free", ctypes.c_ulonglong), ("total_page", ctypes.c_ulonglong), ("free_page", ctypes.c_ulonglong),
        ("total_virtual", ctypes.c_ulonglong), ("free_virtual", ctypes.c_ulonglong),
        ("free_extended", ctypes.c_ulonglong),
    )  # fmt: skip


def _windows_free() -> int:
    status = _MemoryStatus()
    status.length = ctypes.sizeof(status)
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 (absent from the types of other systems)
    return int(status.free) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else 0
