"""Many products at once, against llama.cpp's own server; the bare decoding, against llama.cpp's own batched benchmark.

    python -m benchmarks.serving MODEL.gguf --products RECORDS.json --server PATH --batched-bench PATH [--limit 64]

The peers are built from the llama.cpp that llama-cpp-python carries, with the flags of ``scripts/set_up.sh`` (targets
``llama-server`` and ``llama-batched-bench``). Same file, threads, prompts, sampling, tokens at most; one after the other
in one run, the file read into the page cache before. Prints one JSON line with tokens a second and the ratios.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.drafts import SAMPLING
from engine.domain import Channel, Timing
from engine.inference import hardware
from engine.inference.batching import BatchedDecoder, DecoderOptions
from engine.inference.llama import LlamaModel
from engine.ports import Generated, Generation
from engine.prompts import BRIEF_V1, Prompt, render_brief_v1
from training.evaluate import product_brief

SLOTS, TOKENS, PORT = 16, 96, 18080
PATIENCE_S = 120.0
SEQUENCES = 8
ROW = re.compile(r"^\|\s*\d+\s*\|.*\|$", re.M)


class _Count:
    """Counts tokens and keeps the last timing."""

    def __init__(self) -> None:
        self.tokens, self.timing = 0, Timing()

    def text(self, job: int, index: int, text: str) -> None:
        """Not measured."""

    def done(self, job: int, generated: Generated) -> None:
        """Count."""
        self.tokens += generated.tokens

    def finished(self, job: int, timing: Timing, cancelled: bool) -> None:
        """Keep."""
        self.timing = timing


def prompts(records: Path, limit: int) -> list[str]:
    """A prompt for each record, the channels in turn."""
    rng, channels = random.Random(5), list(Channel)
    found = json.loads(records.read_text(encoding="utf-8"))
    briefs = [product_brief(found[n % len(found)], rng) for n in range(limit)]
    return [render_brief_v1(brief, channels[n % len(channels)]).text for n, brief in enumerate(briefs)]


def ours(model: LlamaModel, threads: int, texts: list[str]) -> float:
    """Tokens a second over all requests, sixteen slots."""
    count = _Count()
    decoder = BatchedDecoder(model, DecoderOptions(threads, SLOTS, prompt_format=BRIEF_V1), count)
    began = time.perf_counter()
    for number, text in enumerate(texts):
        decoder.submit(number, Generation(Prompt("", text), 1, number, SAMPLING, TOKENS))
    while decoder.busy:
        decoder.step()
    decoder.drop_all()
    return count.tokens / (time.perf_counter() - began)


def our_decoding(model: LlamaModel, threads: int, text: str) -> float:
    """Tokens a second of eight sequences after their prompt is read, none ending by itself."""
    count = _Count()
    decoder = BatchedDecoder(model, DecoderOptions(threads, SLOTS, prompt_format=BRIEF_V1), count)
    wish = Generation(Prompt("", text), SEQUENCES, 1, SAMPLING, TOKENS, min_characters=TOKENS * 4)
    rates = []
    for number in range(3):
        decoder.submit(number, wish)
        while decoder.busy:
            decoder.step()
        rates.append(count.timing.tokens_per_second)
    decoder.drop_all()
    return sorted(rates)[1]


@contextmanager
def server(program: Path, model: Path, threads: int) -> Iterator[str]:
    """llama-server with sixteen slots; its address."""
    command = [
        program,
        "-m",
        model,
        "-np",
        SLOTS,
        "-c",
        SLOTS * 512,
        "-t",
        threads,
        "-tb",
        threads,
        "--port",
        PORT,
        "-ngl",
        0,
    ]
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{PORT}"
    try:
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                urllib.request.urlopen(f"{address}/health").close()
                break
            except (urllib.error.URLError, ConnectionError):
                assert time.monotonic() < end and process.poll() is None, "the server did not start"
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()


def served(address: str, texts: list[str]) -> float:
    """Tokens a second of sixteen clients."""

    def ask(numbered: tuple[int, str]) -> int:
        number, text = numbered
        body = {
            "prompt": text, "n_predict": TOKENS, "seed": number, "temperature": SAMPLING.temperature,
            "top_p": SAMPLING.top_p, "top_k": SAMPLING.top_k, "min_p": SAMPLING.min_p, "repeat_penalty": 1.0,
            "cache_prompt": True,
        }  # fmt: skip
        request = urllib.request.Request(
            f"{address}/completion", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            return int(json.load(answer)["tokens_predicted"])

    began = time.perf_counter()
    with ThreadPoolExecutor(SLOTS) as clients:
        tokens = sum(clients.map(ask, enumerate(texts)))
    return tokens / (time.perf_counter() - began)


def bench(program: Path, model: Path, threads: int, prompt: int) -> float:
    """Decoding rate (S_TG) of llama-batched-bench with a shared prompt of so many tokens."""
    command = [program, "-m", model, "-c", 2048, "-b", 512, "-ub", 512, "-npp", prompt, "-ntg", TOKENS, "-npl", SEQUENCES,
               "-t", threads, "-tb", threads, "-pps", "-ngl", 0]  # fmt: skip
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    cells = [cell.strip() for cell in ROW.findall(done.stdout)[-1].strip("|").split("|")]
    return float(cells[7])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--products", type=Path, required=True)
    parser.add_argument("--server", type=Path)
    parser.add_argument("--batched-bench", type=Path)
    parser.add_argument("--threads", type=int, default=hardware.choose_threads(hardware.physical_cores()))
    parser.add_argument("--limit", type=int, default=64)
    args = parser.parse_args()
    *texts, warm = prompts(args.products, args.limit + 1)
    model = LlamaModel(args.model, args.model.name, 0)
    found: dict[str, Any] = {"benchmark": "serving", "products": len(texts), "threads": args.threads}
    if args.batched_bench:
        size = len(model.tokenize(texts[0], special=True))
        found["decoding"] = round(our_decoding(model, args.threads, texts[0]), 1)
        found["batched_bench"] = round(bench(args.batched_bench, args.model, args.threads, size), 1)
        found["decoding_ratio"] = round(found["decoding"] / found["batched_bench"], 3)
    if args.server:
        with server(args.server, args.model, args.threads) as address:
            served(address, [warm])  # a product of its own: a slot keeps what it has read
            found["server"] = round(served(address, texts), 1)
        found["ours"] = round(ours(model, args.threads, texts), 1)
        found["serving_ratio"] = round(found["ours"] / found["server"], 3)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
