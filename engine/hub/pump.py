"""Blocking network calls made cancellable: they run in a thread of their own, the caller polls and may leave.

A stalled connection can hold a read for half a minute. The seller's 取消 must not wait for it, so the caller takes items
from a small queue and looks at its ticket ten times a second; the thread ends by itself at its next item or time-out.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from engine.progress import Ticket

POLL_S = 0.1
QUEUE_ITEMS = 8

Item = TypeVar("Item")


class PumpStopped(Exception):
    """Raised in the pumping thread when nobody listens any more."""


class _Pump(Generic[Item]):
    """One thread that runs ``work`` and hands over what it puts."""

    def __init__(self, work: Callable[[Callable[[Item], None]], None]) -> None:
        """Nothing runs until ``items`` is iterated."""
        self._work = work
        self._queue: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue(QUEUE_ITEMS)
        self._stop = threading.Event()

    def items(self, ticket: Ticket) -> Generator[Item, None, None]:
        """What the work puts, as it comes; its exception, if it raises one."""
        threading.Thread(target=self._run, name="hub-pump", daemon=True).start()
        try:
            while True:
                ticket.check()
                with contextlib.suppress(queue.Empty):
                    item, error = self._queue.get(timeout=POLL_S)
                    if error is not None:
                        raise error
                    if item is None:
                        return
                    yield item
        finally:
            self._stop.set()

    def _run(self) -> None:
        try:
            self._work(lambda item: self._put(item, None))
            self._put(None, None)
        except PumpStopped:
            return
        except BaseException as error:  # the last frame of this thread: whatever it is, the caller raises it
            with contextlib.suppress(PumpStopped):
                self._put(None, error)

    def _put(self, item: Item | None, error: BaseException | None) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(queue.Full):
                self._queue.put((item, error), timeout=POLL_S)
                return
        raise PumpStopped


def pumped(work: Callable[[Callable[[Item], None]], None], ticket: Ticket) -> Generator[Item, None, None]:
    """Run ``work(put)`` in a thread and yield what it puts; raises its exception, or ``Cancelled`` within 0.1 s.

    Whoever leaves early closes the generator (``contextlib.closing``), which ends the thread.
    """
    return _Pump(work).items(ticket)
