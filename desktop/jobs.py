"""Work off the window's thread; the only place that makes threads.

A ``Job`` is made, its callbacks are set, then it is started: nothing can arrive before somebody listens. Each *lane* is
one thread with a queue, so what shares a resource never runs twice at once. Results travel through one queued signal
and every callback runs on the window's thread. A job ends early only by its own ``Ticket``; threads are never killed.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.errors import Cancelled
from engine.progress import Step, Ticket

log = logging.getLogger(__name__)


class Lane(StrEnum):
    """What may not run twice at once: writing, the store, the text rules, files on disk, a table, pictures, the net."""

    WRITING = "writing"
    STORE = "store"
    TEXT = "text"
    FILES = "files"
    BATCH = "batch"
    PICTURES = "pictures"
    NETWORK = "network"


class Job:
    """One piece of work for a lane.

    Args:
        lane: where it runs.
        work: gets the job itself: ``job.ticket`` to stop and report, ``job.tell`` to send values while it runs.
        done, failed, ended: called on the window's thread; ``ended`` after either of them and after a stop.
    """

    def __init__(self, lane: Lane, work: Callable[[Job], Any], done: Callable[[Any], None] | None = None) -> None:
        self.lane = lane
        self.done = done
        self.failed: Callable[[Exception], None] | None = None
        self.told: Callable[[Any], None] | None = None
        self.stepped: Callable[[Step], None] | None = None
        self.ended: Callable[[], None] | None = None
        self.ticket = Ticket(lambda step: self._send("stepped", step))
        self._work: Callable[[Job], Any] | None = work
        self._post: Callable[[Job, str, object], None] | None = None

    def tell(self, value: object) -> None:
        """Send a value to ``told`` from the lane's thread."""
        self._send("told", value)

    def cancel(self) -> None:
        """Ask the work to end at its next check."""
        self.ticket.cancel()

    def _send(self, kind: str, value: object) -> None:
        if self._post is not None:
            self._post(self, kind, value)

    def _run(self) -> None:
        kind, value = "cancelled", None
        try:
            self.ticket.check()
            if self._work is not None:
                kind, value = "done", self._work(self)
        except Cancelled:
            pass
        except Exception as error:  # the last frame of a lane's work: everything goes home to be told
            kind, value = "failed", error
        self._work = None
        self._send(kind, value)


class Jobs(QObject):
    """Starts jobs and brings their results home.

    Args:
        on_error: hears of every failure that no job's own ``failed`` takes.
    """

    _arrived = Signal(object, str, object)
    idle = Signal()

    def __init__(self, on_error: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_error = on_error
        self._queues: dict[Lane, queue.SimpleQueue[Job | None]] = {}
        self._threads: list[threading.Thread] = []
        self._alive: set[Job] = set()
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether any job has not come home."""
        return bool(self._alive)

    def start(self, job: Job) -> Job:
        """Hand a job to its lane."""
        if self._closed:
            return job
        job._post = self._arrived.emit
        self._alive.add(job)
        self._lane(job.lane).put(job)
        return job

    def ask(self, lane: Lane, work: Callable[[], Any], done: Callable[[Any], None] | None = None) -> Job:
        """Start a short job that needs neither progress nor stopping."""
        return self.start(Job(lane, lambda _job: work(), done))

    def close(self) -> None:
        """Stop everything but what is on its way into the store, and wait until every thread has ended."""
        self._closed = True
        for job in self._alive:
            if job.lane is not Lane.STORE:
                job.cancel()
        for lane in self._queues.values():
            lane.put(None)
        for thread in self._threads:
            thread.join()
        self._alive.clear()
        self._threads.clear()
        self._queues.clear()

    def _lane(self, lane: Lane) -> queue.SimpleQueue[Job | None]:
        if lane not in self._queues:
            self._queues[lane] = queue.SimpleQueue()
            thread = threading.Thread(target=_serve, args=(self._queues[lane],), name=f"lane-{lane.value}")
            self._threads.append(thread)
            thread.start()
        return self._queues[lane]

    @Slot(object, str, object)
    def _deliver(self, job: Job, kind: str, value: Any) -> None:
        if job not in self._alive:
            return
        if kind in ("told", "stepped"):
            _call(getattr(job, kind), value)
            return
        self._alive.discard(job)
        if kind == "done":
            _call(job.done, value)
        elif kind == "failed":
            self._fail(job, value)
        if job.ended is not None:
            job.ended()
        job.done = job.failed = job.told = job.stepped = job.ended = None
        if not self._alive:
            self.idle.emit()

    def _fail(self, job: Job, error: Exception) -> None:
        log.warning("job on %s failed: %s", job.lane.value, type(error).__name__)
        (job.failed or self._on_error)(error)


def _call(function: Callable[[Any], None] | None, value: Any) -> None:
    if function is not None:
        function(value)


def _serve(waiting: queue.SimpleQueue[Job | None]) -> None:
    while (job := waiting.get()) is not None:
        job._run()
        del job
