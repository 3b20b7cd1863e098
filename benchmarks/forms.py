"""Whether drafts keep to what was asked: the form of their channel, a named length, a phrase that must be said.

    python -m benchmarks.forms --products RECORDS.json [--limit 10] [--candidates 4]

For each product record one draft in every channel; for the channels of free length one more at each of three lengths;
every draft must say a phrase. Prints one JSON line: per channel the share without findings on form, the mean distance
from the wanted length and the share within a fifth of it, and the share with the phrase.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.domain import Channel, FindingKind, Task, count_characters
from training.evaluate import Decoding, Writer, product_brief, request_for

PHRASE = "支持七天无理由退换"
LENGTHS = {
    Channel.DETAIL: (80, 120, 180),
    Channel.MOMENTS: (50, 80, 110),
    Channel.BRAND: (100, 150, 200),
    Channel.XIAOHONGSHU: (120, 180, 240),
}
NEAR = 0.2


def main() -> None:
    """Write and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--candidates", type=int, default=4)
    parser.add_argument("--drafts", type=Path, help="keep the drafts here as JSON lines")
    options = parser.parse_args()
    records = json.loads(options.products.read_text(encoding="utf-8"))[: options.limit]
    rng, decoding = random.Random(5), Decoding(candidates=options.candidates, seed=1, temperature=0.3)
    wishes = [(channel, None) for channel in Channel]
    wishes += [(channel, length) for channel, lengths in LENGTHS.items() for length in lengths]
    requests = [
        replace(request_for(product_brief(record, rng), channel, Task.COMPOSE, decoding, length), must_say=(PHRASE,))
        for record in records
        for channel, length in wishes
    ]
    with Writer() as writer:
        drafts = writer.write(requests, lambda done: print(f"\r{done}/{len(requests)}", end="", file=sys.stderr))
    if options.drafts:
        lines = (
            json.dumps([r.channel, r.length, r.brief.product, d.text], ensure_ascii=False)
            for r, d in zip(requests, drafts, strict=True)
        )
        options.drafts.write_text("\n".join(lines), encoding="utf-8")
    formed: dict[str, list[bool]] = defaultdict(list)
    off: dict[str, list[float]] = defaultdict(list)
    for request, draft in zip(requests, drafts, strict=True):
        if request.length is None:
            formed[request.channel].append(not any(f.kind is FindingKind.FORM for f in draft.findings))
        else:
            off[request.channel].append(abs(count_characters(draft.text) / request.length - 1))
    found: dict[str, Any] = {"benchmark": "forms", "products": len(records), "candidates": options.candidates}
    found["form_kept"] = {channel: _share(kept) for channel, kept in formed.items()}
    found["length_off"] = {channel: round(sum(d) / len(d), 3) for channel, d in off.items()}
    found["length_near"] = {channel: _share([x <= NEAR for x in d]) for channel, d in off.items()}
    found["said"] = _share([PHRASE in draft.text for draft in drafts])
    sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


def _share(kept: list[bool]) -> float:
    return round(sum(kept) / len(kept), 3)


if __name__ == "__main__":
    main()
