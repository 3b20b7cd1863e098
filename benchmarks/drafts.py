"""Eight drafts of one brief in one batch against eight calls one after the other, on one model file.

The peer is the usual way: the package's high-level class and ``create_completion`` in a loop (it keeps the prompt's
cells between calls, so that is not held against it). Same file, threads, prompt, seeds, sampling, tokens. Both are
warmed up first; rounds alternate, and the medians count. Prints one JSON line.

    python benchmarks/drafts.py MODEL.gguf [--threads N] [--drafts 8] [--tokens 96] [--rounds 3] [--gpu-layers 0] [--cpu-time]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engine.domain import Attribute, Brief, Channel, Sampling, StopReason, Timing
from engine.inference import hardware
from engine.inference.batching import BatchedDecoder, DecoderOptions
from engine.inference.llama import LlamaModel
from engine.ports import Generated, Generation
from engine.prompts import BRIEF_V1, Prompt, render_brief_v1

SAMPLING = Sampling(temperature=0.9, top_p=0.92, top_k=40, min_p=0.05, repeat_penalty=1.0, dry_multiplier=0.0)
BRIEF = Brief(
    "雪纺连衣裙", attributes=(Attribute("材质", "雪纺"), Attribute("颜色", "雾蓝"), Attribute("版型", "收腰"))
)


class _Count:
    """Counts the tokens of finished drafts."""

    def __init__(self) -> None:
        self.tokens = 0

    def text(self, job: int, index: int, text: str) -> None:
        """Not measured."""

    def done(self, job: int, generated: Generated) -> None:
        """Count."""
        self.tokens += generated.tokens
        assert generated.stop in (StopReason.END, StopReason.LENGTH, StopReason.LOOP)

    def finished(self, job: int, timing: Timing, cancelled: bool) -> None:
        """Not measured."""


def batched(args: argparse.Namespace, prompt: Prompt) -> Callable[[int], tuple[int, float]]:
    """A round of this project's decoder: tokens made, seconds."""
    model = LlamaModel(args.model, args.model.name, args.gpu_layers)
    count = _Count()
    decoder = BatchedDecoder(model, DecoderOptions(args.threads, prompt_format=BRIEF_V1), count)

    def run(seed: int) -> tuple[int, float]:
        before, began = count.tokens, args.clock()
        decoder.submit(seed, Generation(prompt, args.drafts, seed, SAMPLING, args.tokens))
        while decoder.busy:
            decoder.step()
        return count.tokens - before, args.clock() - began

    return run


def sequential(args: argparse.Namespace, prompt: Prompt) -> Callable[[int], tuple[int, float]]:
    """A round of the peer."""
    import llama_cpp

    peer: Any = llama_cpp.Llama(
        str(args.model), n_ctx=1024, n_threads=args.threads, n_threads_batch=args.threads,
        n_gpu_layers=args.gpu_layers, verbose=False,
    )  # fmt: skip

    def run(seed: int) -> tuple[int, float]:
        tokens, began = 0, args.clock()
        for index in range(args.drafts):
            answer = peer.create_completion(
                prompt.text, max_tokens=args.tokens, temperature=SAMPLING.temperature, top_p=SAMPLING.top_p,
                top_k=SAMPLING.top_k, min_p=SAMPLING.min_p, repeat_penalty=1.0, seed=seed + index, stop=["<|im_end|>"],
            )  # fmt: skip
            tokens += answer["usage"]["completion_tokens"]
        return tokens, args.clock() - began

    return run


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--threads", type=int, default=hardware.choose_threads(hardware.physical_cores()))
    parser.add_argument("--drafts", type=int, default=8)
    parser.add_argument("--tokens", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gpu-layers", type=int, default=0)
    parser.add_argument(
        "--cpu-time", action="store_true", help="count processor seconds: for a machine that is not idle"
    )
    args = parser.parse_args()
    args.clock = time.process_time if args.cpu_time else time.perf_counter
    prompt = render_brief_v1(BRIEF, Channel.DETAIL)
    ways = {"batched": batched(args, prompt), "sequential": sequential(args, prompt)}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for run in ways.values():
        run(1)
    for number in range(args.rounds):
        for name, run in ways.items():
            tokens, seconds = run(1000 * (number + 1))
            rates[name].append(tokens / seconds)
    middle = {name: statistics.median(values) for name, values in rates.items()}
    result = {
        "benchmark": "drafts", "model": args.model.name, "drafts": args.drafts, "tokens": args.tokens,
        "threads": args.threads, "rounds": args.rounds, "clock": "processor" if args.cpu_time else "wall",
        "batched_tokens_per_second": round(middle["batched"], 1),
        "sequential_tokens_per_second": round(middle["sequential"], 1),
        "ratio": round(middle["batched"] / middle["sequential"], 2),
    }  # fmt: skip
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
