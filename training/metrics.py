"""Figures for generated copy, computed as the field publishes them.

BLEU-4: nltk ``sentence_bleu`` on characters with ``SmoothingFunction().method3``; ROUGE: ``rouge_chinese`` on jieba
tokens joined by spaces, F; all × 100, each the mean over items (ChatGLM-6B's ``ptuning`` scores so). The rest counts
what those cannot see: attributes said, attributes invented, variety, loops.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import mean

CUT_CHARACTERS = 100
"""The published references were cut to 64 tokens, about this many characters."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Likeness to references, × 100."""

    bleu4: float
    rouge1: float
    rouge2: float
    rouge_l: float


@dataclass(frozen=True, slots=True)
class Habits:
    """Counts over a set of texts; shares from 0 to 1, length in characters."""

    coverage: float
    invented_rate: float
    distinct4: float
    repetition4: float
    length: float


def score_overlap(texts: Sequence[str], references: Sequence[str], cut: int | None = None) -> Overlap:
    """Mean likeness of each text to its reference; both cut to ``cut`` characters if given."""
    import jieba
    from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
    from rouge_chinese import Rouge

    jieba.setLogLevel(60)
    smooth, rouge = SmoothingFunction().method3, Rouge()
    rows: list[tuple[float, float, float, float]] = []
    for text, reference in zip(texts, references, strict=True):
        text, reference = text.replace("\n", "")[:cut] or "空", reference.replace("\n", "")[:cut]
        words = [" ".join(jieba.cut(t)) for t in (text, reference)]
        found = rouge.get_scores(words[0], words[1])[0]
        bleu = sentence_bleu([list(reference)], list(text), smoothing_function=smooth)
        rows.append((bleu, found["rouge-1"]["f"], found["rouge-2"]["f"], found["rouge-l"]["f"]))
    return Overlap(*(100 * mean(column) for column in zip(*rows, strict=True)))


def measure_habits(texts: Sequence[str], values: Sequence[Sequence[str]], rivals: Sequence[Iterable[str]]) -> Habits:
    """Counts over texts.

    Args:
        values: attribute values that each text should say.
        rivals: for each text, values of the same attributes that its product does *not* have; a text that says one of
            them has invented an attribute.
    """
    said = [
        sum(value in text for value in wanted) / len(wanted)
        for text, wanted in zip(texts, values, strict=True)
        if wanted
    ]
    invented = [any(rival in text for rival in others) for text, others in zip(texts, rivals, strict=True)]
    grams = [_grams(text) for text in texts]
    every = [gram for found in grams for gram in found]
    loops = [1 - len(set(found)) / len(found) for found in grams if found]
    return Habits(
        mean(said) if said else 1.0,
        mean(invented),
        len(set(every)) / max(1, len(every)),
        mean(loops) if loops else 0.0,
        mean(len(t) for t in texts),
    )


def as_row(name: str, *parts: Overlap | Habits) -> dict[str, float | str]:
    """One line of a table: the name and every figure, rounded."""
    row: dict[str, float | str] = {"name": name}
    for part in parts:
        row |= {key: round(value, 4 if isinstance(part, Habits) else 2) for key, value in asdict(part).items()}
    return row


def _grams(text: str, size: int = 4) -> list[str]:
    flat = text.replace("\n", "")
    return [flat[i : i + size] for i in range(len(flat) - size + 1)]
