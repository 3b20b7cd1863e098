"""``LocalTextModel``: a model behind ``engine.ports.TextModel``, living in a child process of this one.

The process is started at the first request, given orders through ``protocol``, stopped after an idle time, and started
again when it is needed after a crash. Any number of threads may have a request running; their drafts are decoded
together. A listener is called in the thread that called ``generate``.

What must stay true: what the worker finished before it died has been delivered; a cancel returns within
``CANCEL_GRACE_S`` whatever the worker does; a GPU that brings the worker down while loading is not tried again.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.domain import InstalledModel, Timing
from engine.errors import Cancelled, EngineError, ModelBroken, NotEnoughMemory, ProcessorUnfit, WorkerCrashed
from engine.inference import hardware, protocol
from engine.inference.adapters import check_adapters
from engine.inference.failures import to_error
from engine.inference.gguf_check import check_gguf, shard_files
from engine.inference.machine_notes import MachineNotes, NoteKeeper, NotKept
from engine.inference.process import GONE, WorkerProcess
from engine.ports import Generation, TextListener
from engine.progress import Ticket

log = logging.getLogger(__name__)

TICK_S = 0.02
CANCEL_GRACE_S = 0.25
KILLED_FROM_OUTSIDE = (-9, -15, None)
"""Exit codes of a process that was ended by the system or a person (or nobody knows how), which says nothing about the
model's file."""

ILLEGAL_INSTRUCTION = (-4, 0xC000001D, 0xC000001D - 2**32)
"""Exit codes of a process that met an instruction unknown to the processor (POSIX, Windows)."""

STAGE_LOADING, STAGE_WRITING, STAGE_GPU_FAILED = "loading_model", "writing", "gpu_failed"


@dataclass(frozen=True, slots=True)
class InferenceOptions:
    """How a model is run.

    Args:
        threads: 0 tries out once which number is best here.
        gpu_layers: layers on the GPU; -1 chooses by its free memory, 0 keeps to the CPU.
        context_tokens: prompt and draft together at most; 0 takes the manifest's. Less where memory is short.
        slots: drafts decoded at a time; fewer where memory is short.
        idle_seconds: after so long without a request the worker ends; 0 keeps it.
        adapters: LoRA GGUFs with their scales, all of them at once.
    """

    threads: int = 0
    gpu_layers: int = -1
    context_tokens: int = 0
    slots: int = 16
    idle_seconds: float = 600.0
    adapters: tuple[tuple[Path, float], ...] = ()


@dataclass(slots=True)
class _Call:
    """A running ``generate``."""

    job: int
    generation: Generation
    listener: TextListener
    ticket: Ticket
    texts: dict[int, str] = field(default_factory=dict)
    done: int = 0


class KnownMachine:
    """What was learnt of this computer, read anew each time: another window may have learnt more."""

    def __init__(self, notes: NoteKeeper) -> None:
        self._notes, self._fingerprint = notes, ""

    def known(self) -> MachineNotes:
        """What was learnt; empty notes if it was on another computer."""
        self._fingerprint = self._fingerprint or hardware.fingerprint()
        notes = self._notes.load()
        return notes if notes.fingerprint == self._fingerprint else MachineNotes(self._fingerprint)

    def note(self, *, threads: int = 0, gpu_failed: bool = False) -> None:
        """Keep what was found, if it is new."""
        known = self.known()
        found = replace(known, threads=known.threads or threads, gpu_failed=known.gpu_failed or gpu_failed)
        if found != known:
            self._notes.save(found)


class LocalTextModel:
    """A GGUF model in a worker process."""

    def __init__(
        self,
        model: InstalledModel,
        options: InferenceOptions | None = None,
        notes: NoteKeeper | None = None,
        start: Callable[[protocol.Load], WorkerProcess] = WorkerProcess,
    ) -> None:
        self._model, self._options, self._start = model, options or InferenceOptions(), start
        usual = hardware.choose_threads(hardware.physical_cores())
        self._machine = KnownMachine(notes or NotKept(MachineNotes(hardware.fingerprint(), usual)))
        self._adapters = self._options.adapters
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._running: set[int] = set()
        self._numbers = itertools.count(1)
        self._idle: threading.Timer | None = None
        self._gpu_failed_now = False

    @property
    def name(self) -> str:
        """The manifest's name."""
        return self._model.manifest.name

    @property
    def prompt_format(self) -> str:
        """The manifest's prompt format."""
        return self._model.manifest.prompt_format

    @property
    def fell_back_to_cpu(self) -> bool:
        """Whether a GPU failed and the CPU is used instead (to be told and remembered)."""
        return self._machine.known().gpu_failed

    @property
    def worker_pid(self) -> int | None:
        """The worker's process number while it runs."""
        return self._worker.pid if self._worker else None

    def generate(self, generation: Generation, listener: TextListener, ticket: Ticket) -> Timing:
        """Decode (see ``engine.ports.TextModel``)."""
        ticket.check()
        began = time.monotonic()
        job = next(self._numbers)
        with self._lock:
            self._running.add(job)
            self._cancel_idle()
        try:
            call, timing = _Call(job, generation, listener, ticket), None
            while timing is None:
                worker = self._loaded_worker(ticket)
                load_s = time.monotonic() - began
                timing = self._follow(worker, call)
            return replace(
                timing,
                load_s=load_s,
                first_token_s=timing.first_token_s + load_s,
                total_s=time.monotonic() - began,
            )
        finally:
            with self._lock:
                self._running.discard(job)
                self._start_idle()

    def stop_sequence(self, index: int) -> None:
        """End draft ``index`` of every running request."""
        worker = self._worker
        if worker is not None:
            for job in list(self._running):
                worker.send(protocol.StopDraft(job, index))

    def set_adapters(self, adapters: tuple[tuple[Path, float], ...]) -> None:
        """Write with these LoRA adapters from the next request on; the model is not loaded again.

        Raises:
            FileUnreadable, ModelBroken: as ``check_adapters`` says.
        """
        check_adapters(self._model.first_file, self.name, tuple(path for path, _ in adapters))
        with self._lock:
            changed, self._adapters = adapters != self._adapters, adapters
            worker = self._worker
        if changed and worker is not None:
            worker.send(protocol.UseAdapters(_adapter_messages(adapters)))

    def close(self) -> None:
        """End the worker; running requests end as cancelled."""
        with self._lock:
            self._cancel_idle()
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _loaded_worker(self, ticket: Ticket) -> WorkerProcess:
        """The worker with its model ready; starts it if need be, once more without a GPU that failed."""
        while True:
            with self._lock:
                if self._worker is None or not self._worker.alive:
                    self._worker = self._start(self._load_order())
                worker = self._worker
            ticket.report(STAGE_GPU_FAILED if self._gpu_failed_now else STAGE_LOADING)
            while not worker.reports.ready.wait(TICK_S):
                ticket.check()
            if worker.reports.load_error is None:
                if not self._options.threads:  # a number that was given is no finding
                    self._machine.note(threads=worker.reports.threads)
                self._gpu_failed_now = False
                return worker
            self._drop(worker)
            if self._gpu_is_to_blame(worker, worker.reports.load_error):
                self._give_up_gpu()
                continue
            if isinstance(worker.reports.load_error, WorkerCrashed):
                if worker.exit_code in KILLED_FROM_OUTSIDE + ILLEGAL_INSTRUCTION:
                    raise _crash(worker.exit_code)
                raise ModelBroken(self.name, "refused")
            raise worker.reports.load_error

    def _load_order(self) -> protocol.Load:
        path, manifest, options = self._model.first_file, self._model.manifest, self._options
        head = check_gguf(path, self.name)
        weights = sum(shard.stat().st_size for shard in shard_files(path))
        check_adapters(path, self.name, tuple(adapter for adapter, _ in self._adapters))
        known = self._machine.known()
        gpu_layers = 0 if known.gpu_failed else options.gpu_layers
        if gpu_layers == 0:
            hardware.refuse_if_too_large(head, weights)  # before a process is started; what a GPU takes off, it knows
        wished = hardware.MemoryPlan(options.context_tokens or manifest.context_tokens, options.slots, 0)
        plan = hardware.plan_memory(head, weights, hardware.free_memory(), wished)
        return protocol.Load(
            path=str(path),
            name=self.name,
            prompt_format=self.prompt_format,
            context_tokens=plan.context_tokens,
            threads=options.threads or known.threads,
            gpu_layers=gpu_layers,
            slots=plan.slots,
            adapters=_adapter_messages(self._adapters),
            cell_bytes=plan.cell_bytes,
        )

    def _gpu_is_to_blame(self, worker: WorkerProcess, error: EngineError) -> bool:
        """Whether the same may work without the GPU."""
        native = isinstance(error, (ModelBroken, NotEnoughMemory, WorkerCrashed))
        killed = isinstance(error, WorkerCrashed) and worker.exit_code in KILLED_FROM_OUTSIDE + ILLEGAL_INSTRUCTION
        return worker.reports.gpu_layers > 0 and native and not killed

    def _give_up_gpu(self) -> None:
        log.warning("the GPU failed; the CPU is used from now on")
        self._machine.note(gpu_failed=True)
        self._gpu_failed_now = True  # told while the model is loaded again

    def _follow(self, worker: WorkerProcess, call: _Call) -> Timing | None:
        """Send the request and hand on what comes, until it has ended; None when it is to be sent again (to the CPU)."""
        inbox = worker.reports.open_inbox(call.job)
        try:
            worker.send(protocol.Generate(call.job, call.generation))
            deadline = float("inf")
            while True:
                message = _next_message(inbox)
                if call.ticket.cancelled and deadline == float("inf"):
                    worker.send(protocol.Cancel(call.job))
                    deadline = time.monotonic() + CANCEL_GRACE_S
                if isinstance(message, protocol.Finished):
                    call.ticket.check()
                    return message.timing
                if message is GONE or isinstance(message, protocol.Failed):
                    self._end_badly(worker, call, message)
                    return None
                if message is not None:
                    _hand_on(call, message)
                if time.monotonic() > deadline:
                    raise Cancelled
        finally:
            worker.reports.close_inbox(call.job)

    def _end_badly(self, worker: WorkerProcess, call: _Call, message: Any) -> None:
        """Raise what happened; returns when it was the GPU and nothing is lost by beginning again without it."""
        if message is GONE and (call.ticket.cancelled or worker.stopped):
            raise Cancelled
        error = _crash(worker.exit_code) if message is GONE else to_error(message)
        by_gpu = self._gpu_is_to_blame(worker, error)
        if message is GONE or by_gpu:
            self._drop(worker)
        if by_gpu:
            self._give_up_gpu()
        if not by_gpu or call.done:
            raise error

    def _drop(self, worker: WorkerProcess) -> None:
        with self._lock:
            if self._worker is worker:
                self._worker = None
        worker.stop()

    def _start_idle(self) -> None:
        if not self._running and self._worker is not None and self._options.idle_seconds > 0:
            self._cancel_idle()
            self._idle = threading.Timer(self._options.idle_seconds, self._end_if_idle)
            self._idle.daemon = True
            self._idle.start()

    def _cancel_idle(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _end_if_idle(self) -> None:
        with self._lock:
            if self._running:
                return
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()


def _crash(exit_code: int | None) -> WorkerCrashed:
    return (ProcessorUnfit if exit_code in ILLEGAL_INSTRUCTION else WorkerCrashed)(exit_code)


def _hand_on(call: _Call, message: Any) -> None:
    if isinstance(message, protocol.Change):
        text = call.texts.get(message.index, "")[: message.keep] + message.added
        call.texts[message.index] = text
        call.listener.on_text(message.index, text)
    elif isinstance(message, protocol.Done):
        call.done += 1
        call.ticket.report(STAGE_WRITING, call.done, call.generation.count)
        call.listener.on_done(message.generated)


def _next_message(inbox: queue.SimpleQueue[Any]) -> Any:
    try:
        return inbox.get(timeout=TICK_S)
    except queue.Empty:
        return None


def _adapter_messages(adapters: tuple[tuple[Path, float], ...]) -> tuple[protocol.Adapter, ...]:
    return tuple(protocol.Adapter(str(path), scale) for path, scale in adapters)
