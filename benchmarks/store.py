"""The store's speed: search, opening, a page of history, size, and the cost of encryption against plain SQLite.

    python benchmarks/store.py [--drafts 100000] [--clock wall|cpu]

Each figure is the median or the 95th percentile of repeated calls in one process. Plain SQLite is the same program
with an empty key, so the ratio is of encryption alone. ``--clock cpu`` counts the processor's time instead of the wall's:
on a busy machine the only figure that means anything, though it leaves out waiting for the disk.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from engine.domain import Brief, Channel, ComposeRequest, Draft, StopReason
from engine.domain.records import HistoryFilter
from engine.paths import Paths
from engine.store import KeyRing, Store, VaultGone

WORDS = (
    "雪纺 连衣裙 显瘦 羊绒 围巾 加厚 保暖 咖啡 冻干 无糖 空调 变频 静音 加湿器 卧室 通勤 百搭 宽松 束脚 牛皮 方头 一脚蹬 实木 餐边柜 "
    "收纳 现代 简约 指甲油 快干 透明 化妆刷 软毛 套装 厚实 耐磨 春秋 外穿 新款 到货 老板 街坊 上班族 妈妈 孩子 送礼 家用 小店 现货"
).split()
SEARCHES = (*WORDS[:24], "连衣裙 显瘦", "咖啡 无糖", "裙", "实木餐边柜", "没有这个词", "shop 9", "街坊 送礼 现货")


class NoVault:
    """A computer without a keyring."""

    def get(self, name: str) -> str | None:
        """No keyring."""
        raise VaultGone

    def put(self, name: str, secret: str) -> None:
        """No keyring."""
        raise VaultGone

    def remove(self, name: str) -> None:
        """No keyring."""
        raise VaultGone


class PlainKeys(KeyRing):
    """An empty key: plain SQLite."""

    def obtain(self, *, store_exists: bool) -> str:
        """No key."""
        return ""


CLOCKS: dict[str, Callable[[], float]] = {"wall": time.perf_counter, "cpu": time.process_time}
now = time.perf_counter


def fill(store: Store, count: int, source: random.Random) -> float:
    """Put drafts in, eight a request, in large transactions; seconds."""
    started = now()
    for first in range(0, count, 2000):
        with store._session.transaction():
            for at in range(first, min(first + 2000, count), 8):
                product = source.choice(WORDS) + source.choice(WORDS)
                request_id = store.add_request(
                    ComposeRequest(Brief(product), source.choice(list(Channel))), "shop-1", at
                )
                for index in range(min(8, count - at)):
                    text = "".join(source.choice(WORDS) + source.choice("，。的是有") for _ in range(30))
                    store.add_draft(request_id, Draft(index, text, 60, at, StopReason.END, rank=index))
    return now() - started


def times_ms(call: Callable[[], object], repeats: int) -> list[float]:
    """Milliseconds of each call, sorted."""
    found = []
    for _ in range(repeats):
        started = now()
        call()
        found.append((now() - started) * 1000)
    return sorted(found)


def p95(found: list[float]) -> float:
    """The 95th percentile."""
    return found[min(len(found) - 1, int(len(found) * 0.95))]


def searches_ms(store: Store, rounds: int) -> list[float]:
    """Milliseconds of every search."""
    found: list[float] = []
    for _ in range(rounds):
        for search in SEARCHES:
            found += times_ms(lambda text=search: store.history(text), 1)  # type: ignore[misc]
    return sorted(found)


def commits_ms(store: Store, repeats: int) -> list[float]:
    """Milliseconds of keeping one draft, on the disk."""
    request_id = store.add_request(ComposeRequest(Brief("围巾"), Channel.SMS), "shop-1", 1)
    return times_ms(lambda: store.add_draft(request_id, Draft(0, "围巾到货" * 20, 60, 1, StopReason.END)), repeats)


def open_ms(store: Store) -> float:
    """Median milliseconds of opening."""

    def again() -> None:
        store.close()
        store.open()

    return statistics.median(times_ms(again, 5))


def report(store: Store, file: Path, drafts: int) -> dict[str, float]:
    """Measure one store."""
    found = searches_ms(store, 3)
    wanted = HistoryFilter(channel=Channel.SMS)
    return {
        "open_ms": open_ms(store),
        "page_first_p95_ms": p95(times_ms(store.history, 30)),
        "page_deep_p95_ms": p95(times_ms(lambda: store.history(offset=drafts // 2), 10)),
        "page_channel_p95_ms": p95(times_ms(lambda: store.drafts.find(wanted), 20)),
        "search_p50_ms": statistics.median(found),
        "search_p95_ms": p95(found),
        "commit_p50_ms": statistics.median(commits_ms(store, 60)),
        "size_mb": file.stat().st_size / 1e6,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Speed of the store")
    parser.add_argument("--drafts", type=int, default=100_000)
    parser.add_argument("--clock", choices=CLOCKS, default="wall")
    arguments = parser.parse_args()
    global now
    drafts, now = arguments.drafts, CLOCKS[arguments.clock]
    with tempfile.TemporaryDirectory() as folder:
        figures: dict[str, dict[str, float]] = {}
        for name, keys in (("encrypted", KeyRing), ("plain", PlainKeys)):
            paths = Paths(Path(folder) / name, Path(folder))
            with Store(paths, keys(paths, NoVault())) as store:
                fill_s = fill(store, drafts, random.Random(1))
                store._session.sql("PRAGMA wal_checkpoint(TRUNCATE)")
                figures[name] = {"fill_s": fill_s, **report(store, paths.store, drafts)}
    print(f"{drafts} drafts, {arguments.clock} time\tencrypted\tplain\tratio")
    for name, value in figures["encrypted"].items():
        plain = figures["plain"][name]
        print(f"{name}\t{value:.2f}\t{plain:.2f}\t{value / plain:.2f}")


if __name__ == "__main__":
    main()
