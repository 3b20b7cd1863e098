"""Whether the planted ambiguity itself is named, and false alarms on plain human copy; prints one JSON object.

    python -m benchmarks.clarity --corpus FOLDER [--part fresh|develop]

``clarity_cases.tsv`` holds for rows of the corpus's ``clarify`` task the words that were planted to be misread (several,
with | between, where a row has several; written by hand from source and target) and the part they belong to.
``first`` is the share of rows whose first-listed words are touched by a finding, ``any`` that of rows in which one of the
listed is, ``planted`` the share of all listed words. A touch alone is cheap, so ``covered`` tells how much of the
source's characters findings cover. Alarms are measured on the mended targets, and on the targets of ``compose`` rows,
of which half is ``develop`` by a hash of the id. Misses were looked at in ``develop`` alone; but whoever labelled
``fresh`` read its sources and wrote some of the later rules, so its figure flatters: rows of other products are the proof.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.text_checks import brief_of
from engine.domain import Finding
from engine.text import find_ambiguities

CASES = Path(__file__).resolve().parent / "clarity_cases.tsv"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--part", choices=("develop", "fresh"), default="fresh")
    parser.add_argument("--show", action="store_true", help="what was missed (develop only)")
    options = parser.parse_args()
    rows = [json.loads(line) for path in sorted(options.corpus.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    report = named(rows, options.part, options.show)
    report |= alarms([row for row in rows if part_of(row["id"]) == options.part], options.show)
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1 if options.show else None) + "\n")


def part_of(name: str) -> str:
    """The half that a row belongs to."""
    return "develop" if zlib.crc32(name.encode()) % 2 else "fresh"


def named(rows: list[dict[str, Any]], part: str, show: bool) -> dict[str, Any]:
    """How many planted ambiguities are touched by a finding."""
    by_id = {row["id"]: row for row in rows}
    lines = (line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines())
    cases = [(by_id[name], words.split("|")) for name, words, its_part in lines if its_part == part]
    first, any_of, listed, hits, missed = 0, 0, 0, 0, []
    covered: list[float] = []
    for row, words in cases:
        findings = [f for f in find_ambiguities(row["source"], brief_of(row)) if f.end > f.start]
        told = [word for word in words if _touched(row["source"], word, findings)]
        first, any_of = first + (words[0] in told), any_of + bool(told)
        listed, hits = listed + len(words), hits + len(told)
        covered.append(_covered(row["source"], findings))
        if not told:
            missed.append([row["id"], words, row["source"], row["attributes"], row["offer"]])
    report: dict[str, Any] = {
        "rows": len(cases),
        "first": round(first / len(cases), 4),
        "any": round(any_of / len(cases), 4),
        "planted": round(hits / listed, 4),
        "covered": round(sum(covered) / len(covered), 4),
    }
    return report | ({"missed": missed} if show else {})


def alarms(rows: list[dict[str, Any]], show: bool) -> dict[str, Any]:
    """Findings on copy that people wrote to be clear."""
    report: dict[str, Any] = {}
    for name, task in (("mended", "clarify"), ("plain", "compose")):
        found = [find_ambiguities(row["target"], brief_of(row)) for row in rows if row["task"] == task]
        rules = Counter(f.rule for findings in found for f in findings)
        report[name] = {
            "texts": len(found),
            "with_findings": round(sum(map(bool, found)) / len(found), 4),
            "each": round(sum(map(len, found)) / len(found), 3),
            "rules": dict(rules.most_common()),
        }
        if show:
            words = Counter(f"{f.rule[8:]}:{f.text[:12]}" for findings in found for f in findings)
            report[name]["words"] = " ".join(f"{word}{n}" for word, n in words.most_common(70))
    return report


def _touched(source: str, word: str, findings: list[Finding]) -> bool:
    start = source.find(word)
    return start >= 0 and any(f.start < start + len(word) and f.end > start for f in findings)


def _covered(source: str, findings: list[Finding]) -> float:
    places = {place for f in findings for place in range(f.start, f.end)}
    return len(places) / len(source)


if __name__ == "__main__":
    main()
