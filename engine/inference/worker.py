"""The process that holds the model: it loads, decodes and reports until it is told to end or its parent is gone.

Two threads: the main one alternates between orders and decode steps; a reader takes orders off the pipe at any time
and raises the abort flag for a cancel, so that it works in the middle of the reading of a long prompt. When the pipe
breaks (the parent ended, or sent garbage) the process ends at once: a model without a window is of no use.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from engine.domain import Timing
from engine.errors import EngineError, ModelBroken, NotEnoughMemory
from engine.inference import hardware, protocol
from engine.inference.failures import failed
from engine.inference.gguf_check import read_head, shard_files
from engine.inference.protocol import MessageRefused
from engine.ports import Generated

log = logging.getLogger(__name__)

MAX_LOG_LINES = 200
GPU_CELLS = 4096


def run_worker(pipe: Connection) -> None:
    """The process's entry."""
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")  # a native abort shall end quickly, without a debugger
    reports = _Reports(pipe)
    logging.getLogger().addHandler(_PipeLog(reports))
    try:
        _Worker(pipe, reports).run()
    except (EOFError, OSError):
        pass  # the parent is gone
    except Exception:  # the last frame of the process: the parent is told by the exit code
        log.exception("worker ends")
        os._exit(1)
    os._exit(0)  # native threads are not waited for


class _Reports:
    """What the worker says; gathers the changes of a step into one message."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()
        self._told: dict[tuple[int, int], str] = {}
        self._changes: list[protocol.Change] = []

    def send(self, message: Any) -> None:
        with self._lock:
            self._pipe.send_bytes(protocol.encode(message))

    def text(self, job: int, index: int, text: str) -> None:
        """A draft's text so far (``batching.Events``)."""
        old = self._told.get((job, index), "")
        keep = len(old) if text.startswith(old) else _common(old, text)
        self._told[(job, index)] = text
        self._changes.append(protocol.Change(job, index, keep, text[keep:]))

    def done(self, job: int, generated: Generated) -> None:
        """A draft has ended (``batching.Events``)."""
        self.flush()
        self._told.pop((job, generated.index), None)
        self.send(protocol.Done(job, generated))

    def finished(self, job: int, timing: Timing, cancelled: bool) -> None:
        """A request has ended (``batching.Events``)."""
        self.flush()
        self.send(protocol.Finished(job, timing, cancelled))

    def flush(self) -> None:
        """Send what changed."""
        if self._changes:
            changes, self._changes = tuple(self._changes), []
            self.send(protocol.Changes(changes))


class _PipeLog(logging.Handler):
    """Warnings of the worker go to the parent's log, a bounded number of them."""

    def __init__(self, reports: _Reports) -> None:
        super().__init__(logging.WARNING)
        self._reports, self._left = reports, MAX_LOG_LINES

    def emit(self, record: logging.LogRecord) -> None:
        """Send one line."""
        if self._left > 0:
            self._left -= 1
            try:
                self._reports.send(protocol.LogLine(record.levelno, self.format(record)[:500]))
            except OSError:
                self._left = 0


class _Worker:
    """Orders in, steps of the decoder, reports out."""

    def __init__(self, pipe: Connection, reports: _Reports) -> None:
        self._pipe, self._reports = pipe, reports
        self._orders: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._decoder: Any = None
        self._model: Any = None
        self._loaded_adapters: dict[tuple[str, int], Any] = {}
        self._adapter_problem: EngineError | None = None
        self._later: list[Any] = []

    def run(self) -> None:
        """Load, then work until told to end."""
        first = protocol.decode(self._pipe.recv_bytes(protocol.MAX_BYTES))
        if not isinstance(first, protocol.Load):
            raise MessageRefused("name", type(first).__name__)
        try:
            self._load(first)
        except EngineError as error:
            self._reports.send(failed(0, error))
            return
        threading.Thread(target=self._read_orders, name="orders", daemon=True).start()
        while self._obey():
            self._step()

    def _load(self, order: protocol.Load) -> None:
        from engine.inference.batching import BatchedDecoder, DecoderOptions
        from engine.inference.llama import LlamaModel

        began = time.monotonic()
        gpu_layers = order.gpu_layers if order.gpu_layers >= 0 else _fitting_layers(Path(order.path), order.name)
        self._reports.send(protocol.Loading(gpu_layers))
        _refuse_if_too_large(Path(order.path), order.name, gpu_layers)
        self._model = LlamaModel(Path(order.path), order.name, gpu_layers)
        threads = order.threads or self._tuned_threads(gpu_layers)
        options = DecoderOptions(
            threads,
            order.slots,
            order.context_tokens,
            order.prompt_format,
            order.cell_bytes or hardware.CELL_BYTES_UNASKED,
        )
        self._decoder = BatchedDecoder(self._model, options, self._reports)
        self._slots = order.slots
        self._use_adapters(order.adapters)
        self._reports.send(protocol.Loaded(time.monotonic() - began, gpu_layers, threads))

    def _tuned_threads(self, gpu_layers: int) -> int:
        """Threads tried out; the usual number where a GPU computes, or where there is no memory to try."""
        from engine.inference.tuning import tune_threads

        cores = hardware.physical_cores()
        try:
            return hardware.choose_threads(cores) if gpu_layers else tune_threads(self._model, cores)
        except MemoryError:
            return hardware.choose_threads(cores)

    def _use_adapters(self, adapters: tuple[protocol.Adapter, ...]) -> None:
        """Put these on; where one cannot be, requests are refused with its problem until other adapters come."""
        try:
            self._decoder.set_adapters([(self._adapter(Path(a.path)), a.scale) for a in adapters])
            self._adapter_problem = None
        except ModelBroken as error:
            self._adapter_problem = error

    def _adapter(self, path: Path) -> Any:
        """The adapter of a file, read once (and again when the file has changed)."""
        try:
            key = (str(path), path.stat().st_mtime_ns)
        except OSError:
            raise ModelBroken(path.name, "file_missing") from None
        if key not in self._loaded_adapters:
            self._loaded_adapters[key] = self._model.load_adapter(path)
        return self._loaded_adapters[key]

    def _read_orders(self) -> None:
        try:
            while True:
                order = protocol.decode(self._pipe.recv_bytes(protocol.MAX_BYTES))
                self._orders.put(order)
                if isinstance(order, protocol.Cancel):
                    self._decoder.abort.set(True)
        except (EOFError, OSError):
            os._exit(0)
        except MessageRefused:
            os._exit(2)

    def _obey(self) -> bool:
        """Carry out what was ordered; waits while there is nothing to decode. False at the end.

        The flag is lowered *before* the orders are looked at: a cancel that comes later raises it again, so at worst
        a step is done twice, and no cancel is lost.
        """
        self._decoder.abort.set(False)
        while True:
            if not self._decoder.busy:
                self._catch_up()
            if self._decoder.busy and self._orders.empty():
                return True
            order = self._orders.get()
            if isinstance(order, protocol.Shutdown):
                return False
            self._carry_out(order)

    def _catch_up(self) -> None:
        later, self._later = self._later, []
        for order in later:
            self._carry_out(order)

    def _carry_out(self, order: Any) -> None:
        """Other adapters wait until nothing is being written, and what comes after them waits with them."""
        waits = isinstance(order, protocol.UseAdapters) and self._decoder.busy
        if waits or (self._later and isinstance(order, (protocol.UseAdapters, protocol.Generate))):
            self._later.append(order)
            return
        try:
            if isinstance(order, protocol.Generate):
                self._begin(order)
            elif isinstance(order, protocol.Cancel):
                self._cancel(order.job)
            elif isinstance(order, protocol.StopDraft):
                self._decoder.stop(order.job, order.index)
            elif isinstance(order, protocol.UseAdapters):
                self._use_adapters(order.adapters)
        except EngineError as error:
            self._reports.send(failed(getattr(order, "job", 0), error))

    def _begin(self, order: protocol.Generate) -> None:
        if self._adapter_problem is not None:
            raise self._adapter_problem
        self._decoder.submit(order.job, protocol.checked_generation(order.generation, self._slots))

    def _cancel(self, job: int) -> None:
        waiting = [o for o in self._later if isinstance(o, protocol.Generate) and o.job == job]
        if waiting:
            self._later.remove(waiting[0])
            self._reports.finished(job, Timing(), cancelled=True)
        self._decoder.cancel(job)

    def _step(self) -> None:
        try:
            self._decoder.step()
            self._reports.flush()
        except EngineError as error:
            self._fail_all(error)
        except MemoryError:
            self._fail_all(NotEnoughMemory(0, 0))

    def _fail_all(self, error: EngineError) -> None:
        self._reports.flush()
        for job in self._decoder.drop_all():
            self._reports.send(failed(job, error))


def _fitting_layers(path: Path, name: str) -> int:
    """Layers for the GPU by its free memory; 0 without one."""
    found = hardware.survey(with_devices=True)
    head = read_head(path, name)
    weights = sum(shard.stat().st_size for shard in shard_files(path))
    return hardware.choose_gpu_layers(found, head.number("block_count"), weights, GPU_CELLS * hardware.cell_size(head))


def _refuse_if_too_large(path: Path, name: str, gpu_layers: int) -> None:
    """Raises ``NotEnoughMemory`` for what stays on the CPU."""
    head = read_head(path, name)
    weights = sum(shard.stat().st_size for shard in shard_files(path))
    layers = head.number("block_count") + 1
    hardware.refuse_if_too_large(head, weights * max(0, layers - gpu_layers) // layers)


def _common(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
