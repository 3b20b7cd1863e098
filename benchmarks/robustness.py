"""What must not break, tried many times: kills, garbage, loading and unloading, cancels, forbidden phrases.

Each trial is a function that returns its figures and raises ``AssertionError`` at the first thing that is not as it must
be; tests/integration/test_robustness.py runs the same functions with small counts. Without a model folder a tiny model
is made. Prints one JSON line.

    python -m benchmarks.robustness kill|protocol|gguf|unload|cancel|forbidden [--count N] [--model FOLDER] [--seed 1]
"""

from __future__ import annotations

import argparse
import collections
import csv
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from engine.api import BatchOptions, Engine
from engine.domain import Channel, InstalledModel, Sampling, StopReason, Timing
from engine.errors import EngineError, WorkerCrashed
from engine.files.manifest import read_manifest
from engine.inference import InferenceOptions, LocalTextModel, protocol
from engine.inference.process import GONE, Reports, WorkerProcess
from engine.inference.protocol import MessageRefused
from engine.paths import Paths
from engine.ports import Generated, Generation, TextListener
from engine.progress import Ticket
from engine.prompts import Prompt
from engine.text.checker import CopyChecker
from tests.tiny_model import install_tiny_model

OPTIONS = InferenceOptions(gpu_layers=0, idle_seconds=0)
PROMPT = Prompt("<|im_start|>user\n商品：雪纺连衣裙", "文案<|im_end|>\n<|im_start|>assistant\n")
WARM = Sampling(temperature=1.2, top_p=1.0, top_k=0, min_p=0.0, dry_multiplier=0.0)
REQUEST = Generation(PROMPT, 4, 5, Sampling(temperature=1.0), 40)
UNHEARD = TextListener(lambda _i, _t: None, lambda _g: None)
COUNTS = {"kill": 200, "protocol": 100_000, "gguf": 500, "unload": 50, "cancel": 200, "forbidden": 2000}
LIMIT_S = 60.0
"""What takes longer than this hangs."""

STRANGE = (None, True, -1, 0, 1, 2**31, 2**53, 2**70, 0.5, -1e9, 1e300, "", "a" * 5000, "\x00", "\ud800", [], {}, [[1]])
MESSAGES = (
    protocol.Load("/模型/a b.gguf", "小模型", "brief-v1", 4096, 2, -1, 16, (protocol.Adapter("a.gguf", 0.5),), 0),
    protocol.Generate(1, replace(REQUEST, grammar='root ::= "a"', forbidden=("最好", "第一"))),
    protocol.Cancel(1),
    protocol.StopDraft(1, 2),
    protocol.UseAdapters((protocol.Adapter("a.gguf", 0.5),)),
    protocol.Shutdown(),
    protocol.Loading(3),
    protocol.Loaded(1.5, 0, 2),
    protocol.Changes((protocol.Change(1, 2, 3, "好看\n“”"),)),
    protocol.Done(1, Generated(0, "文案", 5, 7, StopReason.LOOP, -1.25)),
    protocol.Finished(1, Timing(total_s=2.5), False),
    protocol.Failed(1, "ContextOverflow", (5, 4), ()),
    protocol.LogLine(10, "x"),
)


def kill(model: InstalledModel, folder: Path, count: int, dice: random.Random) -> dict[str, Any]:
    """``kill -9`` for the worker at ``count`` random moments of a batch of ``count`` rows: each row stands there once."""
    source, target = folder / "in.csv", folder / "out.csv"
    source.write_text("商品名称,材质\n" + "".join(f"连衣裙{n},雪纺\n" for n in range(count)), encoding="utf-8")
    text_model, row_came, ended = LocalTextModel(model, OPTIONS), threading.Event(), threading.Event()
    kills: list[int] = []

    def killer() -> None:
        while len(kills) < count and not ended.is_set():
            if dice.random() < 0.75:  # a row a kill in the mean, so that the kills spread over the batch
                row_came.wait(LIMIT_S)
                row_came.clear()
                ended.wait(dice.uniform(0, 0.05))
            else:
                ended.wait(dice.uniform(0, 0.5))
            pid = text_model.worker_pid
            if pid is not None and pid not in kills:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    kills.append(pid)

    thread = threading.Thread(target=killer)
    thread.start()
    resumed = -1
    stopped = True
    with Engine.open(Paths(folder / "home", Paths.default().assets), text_model=text_model) as engine:
        while stopped:
            resumed += 1
            try:
                options = BatchOptions((Channel.TITLE,), seed=1, resume=resumed > 0)
                report = engine.batch.run(source, target, options, Ticket(), lambda _r, _p: row_came.set())
                stopped = report.stopped
            except WorkerCrashed:
                pass
        ended.set()
        thread.join()
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert len(rows) == len({row[0] for row in rows}) == count, "a row is missing, or there twice"
    skipped = sum("完成" not in row for row in rows)
    return {"kills": len(kills), "rows": len(rows), "skipped_rows": skipped, "resumed": resumed}


def mutated(data: bytes, dice: random.Random) -> bytes:
    """``data`` with bytes changed, cut out, doubled, or cut off."""
    found = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        place, size = dice.randrange(len(found) or 1), dice.randint(1, 8)
        way = dice.randrange(5)
        if way <= 1 and found:
            found[place] = dice.choice(b'0123456789-"{}[],:.eE\x00\xff') if way else dice.randrange(256)
        elif way == 2:
            del found[place : place + size]
        elif way == 3:
            found[place:place] = found[place : place + size]
        elif dice.random() < 0.2:
            del found[place:]
    return bytes(found)


def mutated_message(dice: random.Random, kinds: Sequence[Any] = MESSAGES) -> bytes:
    """A message whose bytes, or one of whose values, are not what they were."""
    data = protocol.encode(dice.choice(kinds))
    if dice.random() < 0.5:
        return mutated(data, dice)
    body = json.loads(data)
    _change_a_value(body, dice)
    return json.dumps(body).encode()


def _change_a_value(value: Any, dice: random.Random) -> None:
    """One value, however deep, becomes another."""
    places = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not places:
        return
    place = dice.choice(places)
    if isinstance(value[place], (dict, list)) and dice.random() < 0.8:
        _change_a_value(value[place], dice)
    else:
        value[place] = dice.choice(STRANGE)


def babble(pipe: Connection) -> None:
    """A worker that says mutated messages until it is not listened to any more (the seed is its order's)."""
    dice = random.Random(protocol.decode(pipe.recv_bytes()).threads)
    with suppress(OSError):
        for _ in range(200):
            pipe.send_bytes(mutated_message(dice, MESSAGES[5:]))


def messages(model: InstalledModel, count: int, dice: random.Random) -> dict[str, Any]:
    """Mutated messages to the reader, to parents (from babbling children) and to real workers: refused, nothing hangs."""
    refused, slowest = collections.Counter[str](), 0.0
    reports = Reports()
    inbox = reports.open_inbox(1)
    for _ in range(count):
        data, began = mutated_message(dice), time.perf_counter()
        try:
            message = protocol.decode(data)
            if isinstance(message, protocol.Generate):
                protocol.checked_generation(message.generation, 16)
            reports.sort(message)
        except MessageRefused as error:
            refused[error.reason] += 1
        slowest = max(slowest, time.perf_counter() - began)
    processes = max(2, count // 2000)
    for number in range(processes):
        _babbling_child(number)
        _fuzzed_worker(model, dice)
    return {
        "messages": count, "read": count - refused.total(), "refused": dict(refused), "in_inbox": inbox.qsize(),
        "slowest_ms": round(slowest * 1000, 1), "babbling_children": processes, "fuzzed_workers": processes,
    }  # fmt: skip


def _order(file: Path, threads: int = 1, context: int = 2048) -> protocol.Load:
    return protocol.Load(str(file), "m", "brief-v1", context, threads, 0, 16, (), 0)


def _babbling_child(seed: int) -> None:
    worker = WorkerProcess(_order(Path(), threads=seed + 1), babble)
    inbox = worker.reports.open_inbox(1)
    assert worker.reports.ready.wait(LIMIT_S), "the parent hangs"
    while inbox.get(timeout=LIMIT_S) is not GONE:
        pass
    worker.stop()
    assert worker.exit_code is not None


def _fuzzed_worker(model: InstalledModel, dice: random.Random) -> None:
    """A loaded worker gets mutated orders; it goes on, or ends, but does not hang."""
    worker = WorkerProcess(_order(model.first_file))
    assert worker.reports.ready.wait(LIMIT_S) and worker.reports.load_error is None
    with suppress(OSError):
        for _ in range(30):
            worker._pipe.send_bytes(mutated_message(dice, MESSAGES[1:5]))
    inbox = worker.reports.open_inbox(99)
    worker.send(protocol.Generate(99, replace(REQUEST, max_tokens=2)))
    answer: Any = None
    while answer is not GONE and not isinstance(answer, (protocol.Finished, protocol.Failed)):
        answer = inbox.get(timeout=LIMIT_S)
    worker.stop()


def ggufs(folder: Path, count: int, dice: random.Random) -> dict[str, Any]:
    """Mutated model files: each is refused as an ``EngineError``, or loads (what changed was a weight)."""
    model = install_tiny_model(folder / "fuzzed")
    whole, results, slowest = model.first_file.read_bytes(), collections.Counter[str](), 0.0
    for _ in range(count):
        model.first_file.write_bytes(_mutated_gguf(whole, dice))
        local, began = LocalTextModel(model, OPTIONS), time.monotonic()
        try:
            local.generate(replace(REQUEST, max_tokens=4), UNHEARD, Ticket())
            results["loaded"] += 1
        except EngineError as error:
            results[f"{type(error).__name__} {getattr(error, 'reason', '')}".strip()] += 1
        finally:
            local.close()
        slowest = max(slowest, time.monotonic() - began)
        assert slowest < LIMIT_S, "a mutated file hangs"
    return {"files": count, "results": dict(results), "slowest_s": round(slowest, 1)}


def _mutated_gguf(whole: bytes, dice: random.Random) -> bytes:
    """Mostly the head (metadata and tensor table) is hit, which is where files lie."""
    head = whole.find(b"output_norm.weight") + 4096
    way = dice.randrange(6)
    if way == 0:
        return whole[: dice.randrange(len(whole))]
    if way == 1:
        return whole[:head] + mutated(whole[head:], dice)
    if way == 2:
        start = dice.randrange(head)
        return whole[:start] + mutated(whole[start : start + 200], dice) + whole[start + 200 :]
    found = bytearray(whole)
    for _ in range(dice.randint(1, 12)):
        place = dice.randrange(64 if way == 3 else head)
        found[place] = dice.choice((0, 1, 0x7F, 0xFF, dice.randrange(256)))
    return bytes(found)


def unload(model: InstalledModel, count: int) -> dict[str, Any]:
    """Load, write, unload ``count`` times: the memory of this process stays where it was."""
    local = LocalTextModel(model, OPTIONS)
    before, sizes = _own_memory(), []
    for number in range(count):
        local.generate(replace(REQUEST, count=2, max_tokens=8, seed=number), UNHEARD, Ticket())
        pid = local.worker_pid
        local.close()
        assert pid is not None and not Path(f"/proc/{pid}").exists(), "the worker is still there"
        sizes.append(_own_memory())
    middle = sizes[len(sizes) // 2 :]
    return {
        "loads": count, "before_mib": round(before, 1), "after_first_mib": round(sizes[0], 1),
        "after_last_mib": round(sizes[-1], 1), "growth_second_half_mib": round(middle[-1] - middle[0], 2),
    }  # fmt: skip


def _own_memory() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def cancels(model: InstalledModel, count: int, dice: random.Random) -> dict[str, Any]:
    """From the cancel to the worker's word that nothing runs any more, half in prompt reading and half in decoding."""
    context = 4096 if model.manifest.context_tokens >= 4096 else 2048
    worker = WorkerProcess(_order(model.first_file, threads=2, context=context))
    assert worker.reports.ready.wait(LIMIT_S) and worker.reports.load_error is None
    found: dict[str, list[float]] = {"reading": [], "decoding": []}
    number = 0
    while min(map(len, found.values())) < count // 2:
        number += 1
        where = "reading" if number % 2 else "decoding"
        digits = "".join(dice.choice("0123456789") for _ in range(context - 260 if where == "reading" else 40))
        inbox = worker.reports.open_inbox(number)
        wanted = replace(
            REQUEST, prompt=Prompt("", digits), count=1 if where == "reading" else 16, max_tokens=200, seed=number
        )
        worker.send(protocol.Generate(number, wanted))
        if where == "decoding":
            first = inbox.get(timeout=LIMIT_S)
            if not isinstance(first, protocol.Change):
                continue
        time.sleep(dice.uniform(0, 0.5 if context > 2048 else 0.02))
        began = time.perf_counter()
        worker.send(protocol.Cancel(number))
        message: Any = None
        while not isinstance(message, protocol.Finished):
            message = inbox.get(timeout=LIMIT_S)
            assert message is not GONE and not isinstance(message, protocol.Failed), message
        if message.cancelled:
            found[where].append((time.perf_counter() - began) * 1000)
        worker.reports.close_inbox(number)
    worker.stop()
    return {where: _spread(times) for where, times in found.items()}


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "count": len(ordered),
        "median_ms": round(statistics.median(ordered), 1),
        "worst_of_99_in_100_ms": round(ordered[max(0, int(len(ordered) * 0.99) - 1)], 1),
        "worst_ms": round(ordered[-1], 1),
        "over_300_ms": sum(t > 300 for t in ordered),
    }


def forbidden(model: InstalledModel, count: int, tokens: int = 32) -> dict[str, Any]:
    """``count`` drafts at temperature 1.2 with 300 phrases, in turn with as many free ones: none contains a phrase.

    Half of the phrases are such as the model likes to write (pieces of its own free drafts), the others unlawful words.
    """
    local, prompt = LocalTextModel(model, OPTIONS), Prompt("", PROMPT.text)
    ask = Generation(prompt, 16, 1, WARM, tokens)
    free, _ = _write(local, replace(ask, count=32))
    lawless = CopyChecker(Paths.default().assets).forbidden_phrases("general")
    pieces = collections.Counter(text[i : i + 2] for text in free for i in range(len(text) - 1))
    likely = [piece for piece, _ in pieces.most_common() if piece.strip() == piece][20 : 20 + 300 - len(lawless)]
    hard = (*lawless, *likely)
    rare = (*lawless, *(f"{a}{b}第{n}" for n, (a, b) in enumerate(zip(lawless * 6, likely * 2, strict=False))))[:300]
    rates: dict[str, list[float]] = {"free": [], "rare": [], "hard": []}
    blocked = rounds = 0
    while rounds * 32 < count:
        rounds += 1
        for name, phrases in (("free", ()), ("rare", rare), ("hard", hard)):
            texts, (rate, stops) = _write(local, replace(ask, seed=1000 * rounds, count=16, forbidden=phrases))
            rates[name].append(rate)
            blocked += stops
            low = [text.lower() for text in texts]
            assert not [p for p in phrases for text in low if p.lower() in text], "a forbidden phrase stands in a draft"
    local.close()
    middle = {name: statistics.median(values) for name, values in rates.items()}
    return {
        "drafts_with_phrases": rounds * 32, "phrases": len(hard), "blocked": blocked,
        "cost_of_a_list": round(1 - middle["rare"] / middle["free"], 3),
        "cost_of_likely_words": round(1 - middle["hard"] / middle["free"], 3),
    }  # fmt: skip


def _write(local: LocalTextModel, wanted: Generation) -> tuple[list[str], tuple[float, int]]:
    done: list[Generated] = []
    timing = local.generate(wanted, TextListener(lambda _i, _t: None, done.append), Ticket())
    blocked = sum(g.stop is StopReason.BLOCKED for g in done)
    return [g.text for g in done], (timing.tokens_per_second, blocked)


def main() -> None:
    """Run one trial and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trial", choices=sorted(COUNTS))
    parser.add_argument("--count", type=int, default=0, help="how often; the full number without it")
    parser.add_argument("--model", type=Path, help="a model folder")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    count, dice = options.count or COUNTS[options.trial], random.Random(options.seed)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        model = _model(options.model) if options.model else install_tiny_model(folder / "tiny")
        trials: dict[str, Callable[[], dict[str, Any]]] = {
            "kill": lambda: kill(model, folder, count, dice),
            "protocol": lambda: messages(model, count, dice),
            "gguf": lambda: ggufs(folder, count, dice),
            "unload": lambda: unload(model, count),
            "cancel": lambda: cancels(model, count, dice),
            "forbidden": lambda: forbidden(model, count),
        }
        began = time.monotonic()
        figures = trials[options.trial]()
    facts = {"benchmark": "robustness", "trial": options.trial, "model": model.manifest.name, **figures}
    sys.stdout.write(json.dumps({**facts, "seconds": round(time.monotonic() - began)}, ensure_ascii=False) + "\n")


def _model(folder: Path) -> InstalledModel:
    return InstalledModel(folder.resolve(), read_manifest(folder), shipped=True)


if __name__ == "__main__":
    main()
