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
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.domain import InstalledModel, Timing
from engine.errors import Cancelled, ModelBroken, NotEnoughMemory, WorkerCrashed
from engine.inference import hardware, protocol
from engine.inference.failures import to_error
from engine.inference.gguf_check import check_gguf, shard_files
from engine.inference.process import GONE, WorkerProcess
from engine.ports import Generation, TextListener
from engine.progress import Ticket

log = logging.getLogger(__name__)

TICK_S = 0.02
CANCEL_GRACE_S = 0.25
MIN_CELLS = 1024
KILLED_FROM_OUTSIDE = (-9, -15)
"""Exit codes of a process that was ended by the system or a person, which says nothing about the model's file."""

STAGE_LOADING, STAGE_WRITING = "loading_model", "writing"


@dataclass(frozen=True, slots=True)
class InferenceOptions:
    """How a model is run.

    Args:
        threads: 0 chooses by the cores.
        gpu_layers: layers on the GPU; -1 chooses by its free memory, 0 keeps to the CPU.
        context_tokens: prompt and draft together at most; 0 takes the manifest's.
        slots: drafts decoded at a time.
        idle_seconds: after so long without a request the worker ends; 0 keeps it.
        adapters: LoRA GGUFs with their scales.
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


class LocalTextModel:
    """A GGUF model in a worker process."""

    def __init__(self, model: InstalledModel, options: InferenceOptions | None = None) -> None:
        self._model, self._options = model, options or InferenceOptions()
        self._adapters = self._options.adapters
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._running: set[int] = set()
        self._numbers = itertools.count(1)
        self._idle: threading.Timer | None = None
        self._gpu_failed = False

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
        return self._gpu_failed

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
            worker = self._loaded_worker(ticket)
            load_s = time.monotonic() - began
            timing = self._follow(worker, _Call(job, generation, listener, ticket))
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
        """Write with these LoRA adapters from the next step on; the model is not loaded again."""
        self._adapters = adapters
        if self._worker is not None:
            self._worker.send(protocol.UseAdapters(_adapter_messages(adapters)))

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
                    self._worker = WorkerProcess(self._load_order())
                worker = self._worker
            ticket.report(STAGE_LOADING)
            while not worker.reports.ready.wait(TICK_S):
                ticket.check()
            if worker.reports.load_error is None:
                return worker
            self._drop(worker)
            if worker.reports.gpu_layers and not self._gpu_failed:
                log.warning("loading with %d layers on the GPU failed; the CPU is used", worker.reports.gpu_layers)
                self._gpu_failed = True
                continue
            if isinstance(worker.reports.load_error, WorkerCrashed):
                if worker.exit_code in KILLED_FROM_OUTSIDE:
                    raise WorkerCrashed(worker.exit_code)
                raise ModelBroken(self.name, "refused")
            raise worker.reports.load_error

    def _load_order(self) -> protocol.Load:
        path, manifest, options = self._model.first_file, self._model.manifest, self._options
        head = check_gguf(path, self.name)
        weights = sum(shard.stat().st_size for shard in shard_files(path))
        needed, free = hardware.needed_memory(head, weights, MIN_CELLS), hardware.free_memory()
        if free and needed > free:
            raise NotEnoughMemory(needed, free)
        return protocol.Load(
            path=str(path),
            name=self.name,
            prompt_format=self.prompt_format,
            context_tokens=options.context_tokens or manifest.context_tokens,
            threads=options.threads or hardware.choose_threads(hardware.physical_cores()),
            gpu_layers=0 if self._gpu_failed else options.gpu_layers,
            slots=options.slots,
            adapters=_adapter_messages(self._adapters),
        )

    def _follow(self, worker: WorkerProcess, call: _Call) -> Timing:
        """Send the request and hand on what comes, until it has ended."""
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
                if message is not None:
                    self._hand_on(worker, call, message)
                if time.monotonic() > deadline:
                    raise Cancelled
        finally:
            worker.reports.close_inbox(call.job)

    def _hand_on(self, worker: WorkerProcess, call: _Call, message: Any) -> None:
        if isinstance(message, protocol.Change):
            text = call.texts.get(message.index, "")[: message.keep] + message.added
            call.texts[message.index] = text
            call.listener.on_text(message.index, text)
        elif isinstance(message, protocol.Done):
            call.done += 1
            call.ticket.report(STAGE_WRITING, call.done, call.generation.count)
            call.listener.on_done(message.generated)
        elif isinstance(message, protocol.Failed):
            raise to_error(message)
        elif message is GONE:
            if call.ticket.cancelled or worker.stopped:
                raise Cancelled
            self._drop(worker)
            if worker.reports.gpu_layers:
                self._gpu_failed = True
            raise WorkerCrashed(worker.exit_code)

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


def _next_message(inbox: queue.SimpleQueue[Any]) -> Any:
    try:
        return inbox.get(timeout=TICK_S)
    except queue.Empty:
        return None


def _adapter_messages(adapters: tuple[tuple[Path, float], ...]) -> tuple[protocol.Adapter, ...]:
    return tuple(protocol.Adapter(str(path), scale) for path, scale in adapters)
