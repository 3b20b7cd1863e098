"""Check the hand-written plain rows: form, length, lawful words, and facts that stand in the brief.

A file holds one JSON object a line: a brief (``product``, ``category``, ``attributes``, ``points``, ``audience``,
``tone``, ``offer``) with ``targets``, a mapping from channel to finished copy. A row with ``task`` and ``source``
besides is one of the four tasks on an existing text. Run ``python -m training corpus-check FILES`` (or this file).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

CHANNEL_LENGTHS: dict[str, tuple[int, int]] = {
    "title": (13, 30),
    "selling_points": (30, 200),
    "detail": (60, 200),
    "xiaohongshu": (100, 290),
    "moments": (35, 115),
    "short_video": (70, 220),
    "live_script": (120, 320),
    "feed_ad": (36, 96),
    "sms": (34, 70),
    "brand": (80, 240),
}
TASKS = ("compose", "rewrite", "expand", "condense", "clarify")
BANNED = re.compile(
    "第一(?!次|步|代|遍|眼|口|时间)|顶级|国家级|极品|唯一|全网|百分百|100%(?!棉|羊毛|桑蚕丝|聚酯|纯|亚麻|锦纶|真丝|涤纶|羊绒|山羊绒|粘)|绝对|永久|万能|史上|首选|王牌|根治|治疗|治愈|降血[压糖脂]|排毒|"
    "抗癌|减肥|药用|祛斑|世界级|销量冠军|零风险|无副作用|包过|(?<!不)最(?!近|后|初|终)|完美|极致|神器"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


def problems(row: dict[str, object]) -> Iterator[str]:
    """Yield what is wrong with one row, in words."""
    task = str(row.get("task", "compose"))
    targets = row.get("targets")
    if not isinstance(targets, dict) or not targets:
        yield "targets missing"
        return
    if task not in TASKS:
        yield f"unknown task {task}"
    if (task == "compose") != (not row.get("source")):
        yield "source must be there for the four text tasks and only for them"
    facts = json.dumps({k: v for k, v in row.items() if k != "targets"}, ensure_ascii=False)
    for channel, text in targets.items():
        for problem in _target_problems(task, channel, text, facts, len(str(row.get("source", "")))):
            yield f"{channel}: {problem}"


def _target_problems(task: str, channel: str, text: str, facts: str, source_length: int) -> Iterator[str]:
    if channel not in CHANNEL_LENGTHS:
        yield "unknown channel"
        return
    length, (low, high) = len(text.replace("\n", "")), CHANNEL_LENGTHS[channel]
    if task == "condense":
        if length > 0.55 * source_length:
            yield f"condensed to {length} of {source_length}"
    elif not low <= length <= high:
        yield f"length {length} not in {low}..{high}"
    if banned := BANNED.search(text):
        yield f"forbidden word {banned.group()}"
    if extra := set(NUMBER.findall(text)) - set(NUMBER.findall(facts)):
        yield f"numbers not in the brief {sorted(extra)}"
    if task != "condense":
        yield from _form_problems(channel, text)


def _form_problems(channel: str, text: str) -> Iterator[str]:
    lines = text.split("\n")
    if any(not line.strip() for line in lines):
        yield "empty line"
    if channel == "title" and (text[-1] in "。！!？?" or EMOJI.search(text) or len(lines) > 1):
        yield "a title is one line without final mark or emoji"
    if channel == "selling_points" and not (3 <= len(lines) <= 5 and all("：" in line[:12] for line in lines)):
        yield "needs 3 to 5 lines 小标题：一句话"
    if channel == "feed_ad" and len(lines) != 3:
        yield "needs three lines"
    if channel == "sms" and not (text.startswith("【") and text.endswith("拒收请回复R")):
        yield "needs 【店名】 and 拒收请回复R"
    if channel == "xiaohongshu" and not (lines[-1].startswith("#") and len(lines[0]) <= 20 and EMOJI.search(text)):
        yield "needs a title line of at most 20, emoji and a last line of hashtags"
    if channel == "short_video" and not 3 <= len(lines) <= 7:
        yield "needs 3 to 6 short lines"


def main(paths: list[str]) -> int:
    """Print every problem and a count by channel; 1 when there is a problem."""
    bad, counts, seen = 0, Counter[str](), set[str]()
    for path in paths:
        for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                print(f"{path}:{number}: {error}")
                bad += 1
                continue
            found = list(problems(row))
            for text in row.get("targets", {}).values():
                if text in seen:
                    found.append("target stands twice")
                seen.add(text)
            counts.update(row.get("targets", {}).keys())
            for problem in found:
                print(f"{path}:{number}: {row.get('product', '')[:12]}: {problem}")
            bad += len(found)
    print(f"{sum(counts.values())} targets, {bad} problems: {dict(counts)}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
