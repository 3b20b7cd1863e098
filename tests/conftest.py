"""What holds for every test: a data folder of its own, no network, no window on the screen, nothing left alive.

The folder and the closed network are autouse so that a test cannot forget them; ``QT_QPA_PLATFORM`` is a default, so
``QT_QPA_PLATFORM=xcb make test`` shows the windows.
"""

from __future__ import annotations

import gc
import ipaddress
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

LEFTOVER_WAIT_S = 5.0


class NetworkForbiddenError(AssertionError):
    """A test tried to reach another computer."""


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder for this test alone; a Chinese name with a space, as sellers have them."""
    home = tmp_path / "掌柜 数据"
    monkeypatch.setenv("ZHANGGUI_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine; loopback and Unix sockets stay open."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_remote(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_remote(self.family, address)
        return connect_ex(self, address)

    def guarded_resolve(host: Any, *rest: Any, **options: Any) -> Any:
        if host is not None and not _is_loopback(host):
            raise NetworkForbiddenError(f"name look-up of {host!r} in a test")
        return resolve(host, *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)


@pytest.fixture(autouse=True)
def nothing_left_alive(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a child process or a visible window behind it."""
    threads, children = set(threading.enumerate()), set(multiprocessing.active_children())
    yield
    if request.node.get_closest_marker("keeps_threads"):
        return
    _wait_until_gone(threads, children)
    assert not _new_threads(threads), f"threads left alive: {_new_threads(threads)}"
    assert not _new_children(children), f"processes left alive: {_new_children(children)}"
    assert not _visible_windows(), f"windows left open: {_visible_windows()}"


def _refuse_remote(family: int, address: Any) -> None:
    unix = getattr(socket, "AF_UNIX", None)
    if family != unix and not _is_loopback(address[0]):
        raise NetworkForbiddenError(f"connection to {address!r} in a test")


def _is_loopback(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _wait_until_gone(threads: set[threading.Thread], children: set[Any]) -> None:
    deadline = time.monotonic() + LEFTOVER_WAIT_S
    for thread in _new_threads(threads):
        thread.join(max(0.0, deadline - time.monotonic()))
    for child in _new_children(children):
        child.join(max(0.0, deadline - time.monotonic()))


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """Python's own threads; those of Qt's pool appear as dummies and belong to Qt."""
    return [t for t in threading.enumerate() if t not in before and not isinstance(t, threading._DummyThread)]


def _new_children(before: set[Any]) -> list[Any]:
    return [child for child in multiprocessing.active_children() if child not in before]


def _visible_windows() -> list[Any]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    gc.collect()
    return [widget for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]
