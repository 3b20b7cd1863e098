"""Scores the *installed GGUF* through the engine: AdvertiseGen, held-back corpus rows, and briefs to be read.

Everything a model writes here goes the way of the app: ``engine.api``, the same prompt, decoding, checks and ranking.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean, pstdev
from typing import Any

from engine.api import ComposeListener, Engine
from engine.domain import CHANNELS, Brief, Channel, ComposeRequest, Draft, Sampling, Task, count_characters
from engine.domain.finding import FindingKind, Severity
from engine.paths import Paths
from engine.progress import Ticket
from training.examples import Example, adgen_brief, adgen_examples, read_jsonl
from training.metrics import CUT_CHARACTERS, as_row, measure_habits, score_overlap

IN_FLIGHT = 2
STOCK_PHRASE = "，穿着舒适，时尚百搭，展现优雅气质。"
VISIBLE_ATTRIBUTES = (
    "材质",
    "颜色",
    "图案",
    "风格",
    "版型",
    "裙长",
    "裤长",
    "衣长",
    "袖长",
    "领型",
    "裙型",
    "裤型",
    "袖型",
)


@dataclass(frozen=True, slots=True)
class Decoding:
    """How drafts are made for a score: ``candidates`` decoded in one batch, the consensus of them scored."""

    candidates: int = 8
    temperature: float = 0.3
    seed: int = 1


class Writer:
    """Writes many requests with an engine of its own (a temporary store), a few at a time to keep the batch full."""

    def __init__(self, folder: Path | None = None) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="zhanggui-evaluate-")
        paths = Paths(Path(self._home.name), Paths.default().assets)
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the key of a store that lives minutes
        self._engine = Engine.open(paths)
        if folder is not None:
            installed = self._engine.models.import_from(folder, Ticket())
            self._engine.models.set_default(installed.manifest.name)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.close()
        self._home.cleanup()

    def keep_everything(self, on: bool) -> None:
        """Whether what stands on nothing is left in (the app leaves it out): the formula is scored as the model writes it."""
        self._engine.settings.set("grounded", not on)

    def write(self, requests: Sequence[ComposeRequest], told: Callable[[int], None]) -> list[Draft]:
        """The first draft of each request, in order."""
        done = 0

        def one(request: ComposeRequest) -> Draft:
            nonlocal done
            result = self._engine.writing.compose(request, ComposeListener(_ignore, _ignore), Ticket())
            done += 1
            told(done)
            return result.drafts[0]

        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            return list(pool.map(one, requests))


def request_for(
    brief: Brief, channel: Channel, task: Task, decoding: Decoding, length: int | None = None
) -> ComposeRequest:
    """A request for one scored draft."""
    return ComposeRequest(
        brief,
        channel,
        task,
        count=1,
        candidates=decoding.candidates,
        seed=decoding.seed,
        length=length,
        sampling=Sampling(temperature=decoding.temperature),
        consensus=decoding.candidates > 1,
    )


def evaluate_adgen(
    dev: Path, train: Path, writer: Writer, decodings: Sequence[Decoding], limit: int, told: Callable[[str], None]
) -> dict[str, Any]:
    """AdvertiseGen rows for the model (a row a seed, mean and spread) and the two baselines, cut and full."""
    items = list(read_jsonl(dev))[: limit or None]
    references = [str(item["summary"]) for item in items]
    briefs = [adgen_brief(str(item["content"])) for item in items]
    values = [[a.value for a in brief.attributes] for brief in briefs]
    rivals = _rivals(briefs, _value_lists(train))

    def rows(name: str, texts: Sequence[str]) -> list[dict[str, Any]]:
        habits = measure_habits(texts, values, rivals)
        cut = score_overlap(texts, references, CUT_CHARACTERS)
        return [
            as_row(f"{name} (cut)", cut, habits),
            as_row(f"{name} (full)", score_overlap(texts, references), habits),
        ]

    writer.keep_everything(True)
    table = rows("template", [_template(brief) for brief in briefs]) + rows("nearest", _nearest(briefs, train))
    outputs: dict[str, list[str]] = {}
    for decoding in decodings:
        requests = [request_for(brief, Channel.DETAIL, Task.COMPOSE, decoding) for brief in briefs]
        texts = [
            draft.text for draft in writer.write(requests, partial(_tell_seed, told, decoding.seed, len(requests)))
        ]
        outputs[str(decoding.seed)] = texts
        table += rows(f"model seed {decoding.seed}", texts)
    return {"items": len(items), "rows": table, "spread": _spread(table), "outputs": outputs}


def evaluate_corpus(
    examples: Sequence[Example], writer: Writer, decoding: Decoding, told: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Held-back corpus rows: per channel and task, form kept, length kept, invented facts, unlawful words."""
    writer.keep_everything(False)
    requests = [
        request_for(
            e.brief, e.channel, e.task, decoding, None if e.task is Task.COMPOSE else count_characters(e.target)
        )
        for e in examples
    ]
    drafts = writer.write(requests, lambda done: told(f"{done}/{len(requests)}"))
    groups: dict[tuple[str, str], list[tuple[ComposeRequest, Draft]]] = defaultdict(list)
    for request, draft in zip(requests, drafts, strict=True):
        groups[(request.task.value, request.channel.value)].append((request, draft))
    return [{"task": task, "channel": channel, **_kept(found)} for (task, channel), found in sorted(groups.items())]


def evaluate_briefs(
    briefs: Sequence[Brief], writer: Writer, decoding: Decoding, told: Callable[[str], None]
) -> list[dict[str, Any]]:
    """One consensus draft for each brief, the channels in turn: for reading."""
    writer.keep_everything(False)
    channels = list(Channel)
    requests = [request_for(b, channels[i % len(channels)], Task.COMPOSE, decoding) for i, b in enumerate(briefs)]
    drafts = writer.write(requests, lambda done: told(f"{done}/{len(requests)}"))
    return [
        {
            "channel": request.channel.value,
            "brief": request.brief.to_dict(),
            "text": draft.text,
            "stop": draft.stop.value,
            "findings": [f"{f.rule}:{f.text}" for f in draft.findings],
        }
        for request, draft in zip(requests, drafts, strict=True)
    ]


def product_brief(record: dict[str, Any], rng: random.Random) -> Brief:
    """A brief from a raw product record (title, attributes as lists), as an importer would make it."""
    pairs = [(name, "、".join(values[:3])) for name, values in record["attributes"].items() if values]
    useful = [(n, v) for n, v in pairs if v not in ("其他", "其他/other", "否") and n not in ("货号", "型号", "品牌")]
    attributes = [[n, v] for n, v in useful[:6]]
    offers = ["", "", "59元包邮", "第二件半价", "满99减20"]
    return Brief.from_dict({"product": record["title"], "attributes": attributes, "offer": rng.choice(offers)})


def _kept(found: Sequence[tuple[ComposeRequest, Draft]]) -> dict[str, float | int]:
    def share(test: Callable[[ComposeRequest, Draft], bool]) -> float:
        return round(mean(test(request, draft) for request, draft in found), 3)

    return {
        "texts": len(found),
        "form_kept": share(
            lambda _, d: not any(f.kind is FindingKind.FORM and f.severity is not Severity.NOTE for f in d.findings)
        ),
        "length_kept": share(_length_kept),
        "ends_itself": share(lambda _, d: d.stop.value == "end"),
        "invented": share(lambda _, d: any(f.kind is FindingKind.FACT for f in d.findings)),
        "unlawful": share(lambda _, d: any(f.kind is FindingKind.LAW and f.blocks for f in d.findings)),
    }


def _length_kept(request: ComposeRequest, draft: Draft) -> bool:
    spec, length = CHANNELS[request.channel], count_characters(draft.text)
    if request.task is Task.CONDENSE:
        return length <= 0.5 * count_characters(request.brief.source)
    return spec.min_length <= length <= spec.max_length


def _value_lists(train: Path) -> dict[str, set[str]]:
    lists: dict[str, set[str]] = defaultdict(set)
    for row in read_jsonl(train):
        for attribute in adgen_brief(str(row["content"])).attributes:
            if attribute.name in VISIBLE_ATTRIBUTES and len(attribute.value) > 1:
                lists[attribute.name].add(attribute.value)
    return lists


def _rivals(briefs: Sequence[Brief], lists: dict[str, set[str]]) -> list[Iterable[str]]:
    """For each brief the values of its own attributes' kinds that no part of it has (and that are not ordinary words)."""
    found: list[Iterable[str]] = []
    for brief in briefs:
        own = brief.all_text()
        names = {a.name for a in brief.attributes}
        found.append(
            [v for name in names for v in lists.get(name, ()) if v not in own and not any(p in own for p in (v[:2],))]
        )
    return found


def _template(brief: Brief) -> str:
    said = "，".join(f"{a.value}{a.name}" for a in brief.attributes)
    return f"这款{brief.product}，{said}{STOCK_PHRASE}"


def _nearest(briefs: Sequence[Brief], train: Path) -> list[str]:
    known = [(_pairs(e.brief), e.target) for e in adgen_examples(train)]

    def best(wanted: set[tuple[str, str]]) -> str:
        return max(known, key=lambda k: len(wanted & k[0]) / len(wanted | k[0]))[1]

    return [best(_pairs(brief)) for brief in briefs]


def _tell_seed(told: Callable[[str], None], seed: int, total: int, done: int) -> None:
    told(f"seed {seed}: {done}/{total}")


def _pairs(brief: Brief) -> set[tuple[str, str]]:
    return {("类型", brief.product), *((a.name, a.value) for a in brief.attributes)}


def _spread(table: Sequence[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in ("cut", "full"):
        rows = [row for row in table if str(row["name"]).startswith("model") and kind in str(row["name"])]
        keys = [key for key in rows[0] if key != "name"] if rows else []
        found[kind] = {k: [round(mean(r[k] for r in rows), 3), round(pstdev(r[k] for r in rows), 3)] for k in keys}
    return found


def _ignore(*_: object) -> None:
    return None
