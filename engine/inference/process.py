"""A worker process from its parent's side: start, orders, inboxes for each request, the end.

One reader thread takes the worker's messages off the pipe and sorts them by request. A pipe that closes, or brings what
is no message, is the worker's end: every inbox then gets ``GONE``, after whatever was sent before.
"""

from __future__ import annotations

import logging
import multiprocessing
import queue
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from engine.errors import EngineError, WorkerCrashed
from engine.inference import protocol
from engine.inference.failures import to_error
from engine.inference.protocol import MessageRefused
from engine.inference.worker import run_worker

log = logging.getLogger(__name__)

STOP_GRACE_S = 1.0
EXIT_POLL_S = 0.01
GONE = object()
"""What every inbox gets when the worker has ended."""

_FOR_A_REQUEST = (protocol.Done, protocol.Finished, protocol.Failed)


class Reports:
    """What a worker has said: whether its model is ready, and each request's messages in an inbox of its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inboxes: dict[int, queue.SimpleQueue[Any]] = {}
        self.gone = False
        self.ready = threading.Event()
        self.load_error: EngineError | None = None
        self.gpu_layers = 0
        self.threads = 0

    def open_inbox(self, job: int) -> queue.SimpleQueue[Any]:
        """Where a request's messages come in."""
        inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        with self._lock:
            self._inboxes[job] = inbox
            if self.gone:
                inbox.put(GONE)
        return inbox

    def close_inbox(self, job: int) -> None:
        """The request's messages are not wanted any more."""
        with self._lock:
            self._inboxes.pop(job, None)

    def sort(self, message: Any) -> None:
        """Take a message in.

        Raises:
            MessageRefused: it is one that only a parent may send.
        """
        if isinstance(message, protocol.Loading):
            self.gpu_layers = message.gpu_layers
        elif isinstance(message, protocol.Loaded):
            self.threads = message.threads
            self.ready.set()
        elif isinstance(message, protocol.Changes):
            for change in message.changes:
                self._put(change.job, change)
        elif isinstance(message, protocol.LogLine):
            log.log(message.level, "worker: %s", message.text)
        elif isinstance(message, protocol.Failed) and not self.ready.is_set():
            self.load_error = to_error(message)
            self.ready.set()
        elif isinstance(message, _FOR_A_REQUEST):
            self._put(message.job, message)
        else:
            raise MessageRefused("name", type(message).__name__)

    def end(self) -> None:
        """The worker says nothing more."""
        with self._lock:
            self.gone = True
            for inbox in self._inboxes.values():
                inbox.put(GONE)
        if not self.ready.is_set():
            self.load_error = self.load_error or WorkerCrashed(None)
            self.ready.set()

    def _put(self, job: int, message: Any) -> None:
        with self._lock:
            inbox = self._inboxes.get(job)
        if inbox is not None:
            inbox.put(message)


class WorkerProcess:
    """A started worker that is loading, or has loaded, a model; ``entry`` is what runs in it."""

    def __init__(self, order: protocol.Load, entry: Callable[[Connection], None] = run_worker) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=entry, args=(theirs,), name="zhanggui-model", daemon=True)
        self._process.start()
        theirs.close()
        self._sending = threading.Lock()
        self.reports = Reports()
        self.stopped = False
        self._reader = threading.Thread(target=self._read, name="model-reports", daemon=True)
        self._reader.start()
        self.send(order)

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the worker can still be talked to."""
        return not self.reports.gone and self._process.is_alive()

    @property
    def exit_code(self) -> int | None:
        """How the process ended; None if it has not.

        Another thread may be the one that is told by the system, and need a moment to write it down.
        """
        deadline = time.monotonic() + STOP_GRACE_S
        while self._process.exitcode is None and time.monotonic() < deadline:
            self._process.join(EXIT_POLL_S)
            time.sleep(EXIT_POLL_S)
        return self._process.exitcode

    def send(self, order: Any) -> None:
        """Give an order; a worker that is gone says so through the inboxes."""
        try:
            with self._sending:
                self._pipe.send_bytes(protocol.encode(order))
        except OSError:
            log.debug("order to a worker that is gone")

    def stop(self) -> None:
        """End the process: by order, then by force."""
        self.stopped = True
        if self._process.is_alive():
            self.send(protocol.Shutdown())
            self._process.join(STOP_GRACE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        if threading.current_thread() is not self._reader:
            self._reader.join(STOP_GRACE_S)

    def _read(self) -> None:
        try:
            while True:
                self.reports.sort(protocol.decode(self._pipe.recv_bytes(protocol.MAX_BYTES)))
        except MessageRefused as error:
            log.warning("the worker sent no message: %s", error.reason)
            self._process.kill()
        except (EOFError, OSError):
            pass
        finally:
            self.reports.end()
            self._pipe.close()
