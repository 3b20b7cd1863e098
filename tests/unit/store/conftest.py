"""A store in a temporary folder with a keyring in memory and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.domain import Brief, Channel, ComposeRequest, Draft, StopReason
from engine.paths import Paths
from engine.store import KeyRing, Store, VaultGone


class MemoryVault:
    """A keyring that can be taken away."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.there = True

    def _check(self) -> None:
        if not self.there:
            raise VaultGone

    def get(self, name: str) -> str | None:
        self._check()
        return self.secrets.get(name)

    def put(self, name: str, secret: str) -> None:
        self._check()
        self.secrets[name] = secret

    def remove(self, name: str) -> None:
        self._check()
        self.secrets.pop(name, None)


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def move(self, **delta: float) -> None:
        self.time += timedelta(**delta)


class PlainKeys(KeyRing):
    """No encryption, so that a test can read every byte."""

    def obtain(self, *, store_exists: bool) -> str:
        return ""


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "店 铺", tmp_path / "assets")


@pytest.fixture
def keys(paths: Paths, vault: MemoryVault) -> KeyRing:
    return KeyRing(paths, vault)


@pytest.fixture
def store(paths: Paths, keys: KeyRing, clock: HandClock) -> Iterator[Store]:
    with Store(paths, keys, clock=clock) as opened:
        yield opened


@pytest.fixture
def plain_store(paths: Paths, vault: MemoryVault, clock: HandClock) -> Iterator[Store]:
    with Store(paths, PlainKeys(paths, vault), clock=clock) as opened:
        yield opened


def make_request(product: str = "雪纺连衣裙", channel: Channel = Channel.TITLE) -> ComposeRequest:
    return ComposeRequest(Brief(product), channel, seed=7, must_say=("包邮",))


def make_draft(text: str, index: int = 0) -> Draft:
    return Draft(index, text, len(text), 7 + index, StopReason.END, logprob=-1.5)


def add_draft(store: Store, text: str, product: str = "雪纺连衣裙") -> int:
    """A request with one draft; the draft's number."""
    return store.add_draft(store.add_request(make_request(product), "shop-1", 7), make_draft(text))
