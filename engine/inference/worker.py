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
from engine.errors import EngineError, NotEnoughMemory
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
        self._model = LlamaModel(Path(order.path), order.name, gpu_layers)
        options = DecoderOptions(order.threads, order.slots, order.context_tokens, order.prompt_format)
        self._decoder = BatchedDecoder(self._model, options, self._reports)
        self._slots = order.slots
        self._use_adapters(order.adapters)
        self._reports.send(protocol.Loaded(time.monotonic() - began, gpu_layers, order.threads))

    def _use_adapters(self, adapters: tuple[protocol.Adapter, ...]) -> None:
        self._decoder.set_adapters([(self._model.load_adapter(Path(a.path)), a.scale) for a in adapters])

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
        while not self._decoder.busy or not self._orders.empty():
            order = self._orders.get()
            if isinstance(order, protocol.Shutdown):
                return False
            self._carry_out(order)
        return True

    def _carry_out(self, order: Any) -> None:
        try:
            if isinstance(order, protocol.Generate):
                self._decoder.submit(order.job, protocol.checked_generation(order.generation, self._slots))
            elif isinstance(order, protocol.Cancel):
                self._decoder.cancel(order.job)
            elif isinstance(order, protocol.StopDraft):
                self._decoder.stop(order.job, order.index)
            elif isinstance(order, protocol.UseAdapters):
                self._use_adapters(order.adapters)
        except EngineError as error:
            self._reports.send(failed(getattr(order, "job", 0), error))

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


def _common(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
