"""Texts for the importance matrix and for the proof of a conversion, from the project's own plain rows.

``calibration.jsonl`` holds prompts with their copy from rows that were trained on, ``proof.jsonl`` those held back, so
that the divergence is measured on other text than the matrix was made from; ``lines.txt`` holds lines for comparing
token ids.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable
from pathlib import Path

from engine.prompts.brief_v1 import END_OF_TURN
from training.examples import Example, own_plain_examples

SEED = 11
MAX_LINES = 4000


def main(folder: Path) -> None:
    """Write the three files into ``folder``."""
    examples = list(own_plain_examples())
    random.Random(SEED).shuffle(examples)
    _write_texts(folder / "calibration.jsonl", (e for e in examples if not e.held_back))
    _write_texts(folder / "proof.jsonl", (e for e in examples if e.held_back))
    lines = dict.fromkeys(line for e in examples for line in e.target.splitlines() if line.strip())
    (folder / "lines.txt").write_text("\n".join(list(lines)[:MAX_LINES]) + "\n", encoding="utf-8")


def _write_texts(path: Path, examples: Iterable[Example]) -> None:
    rows = ({"text": f"{e.prompt.text}{e.target}{END_OF_TURN}\n"} for e in examples)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
