"""A byte-level BPE tokenizer cut down to the tokens that Chinese shop copy uses.

Kept are the commonest tokens of the given texts *with the closure of their merges* (both halves of each merge, down to
single bytes), so that every text can still be written; the merges are filtered to kept pieces and everything is
renumbered. A text that needs a lost token is spelt with shorter ones.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class PrunedVocabulary:
    """The smaller tokenizer as JSON, and for each new id the old one."""

    tokenizer_json: str
    old_ids: tuple[int, ...]


def count_tokens(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    """How often each token id stands in the texts."""
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text, add_special_tokens=False).ids)
    return counts


def gb2312_characters() -> list[str]:
    """All characters of GB2312: symbols and the 6,763 commonest Chinese characters."""
    rows = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return [text for raw in rows if (text := raw.decode("gb2312", errors="ignore"))]


def prune_vocabulary(
    tokenizer: Tokenizer, counts: Counter[int], size: int, specials: tuple[str, ...]
) -> PrunedVocabulary:
    """Keep about ``size`` tokens by count; ``specials`` always stay, the other added tokens go."""
    model = json.loads(tokenizer.to_str())
    vocabulary: dict[str, int] = model["model"]["vocab"]
    merges = [tuple(m) if isinstance(m, list) else tuple(m.split(" ")) for m in model["model"]["merges"]]
    parts = _first_merges(merges)
    pieces = {token for token in vocabulary if len(token) == 1}
    names = {number: token for token, number in vocabulary.items()}
    for number, _ in counts.most_common():
        token = names.get(number)
        if token is None or token in specials:
            continue
        wanted = _closure(token, parts) - pieces
        if len(pieces) + len(wanted) + len(specials) > size:
            continue
        pieces |= wanted
    return _rebuild(model, vocabulary, merges, pieces, specials)


def _first_merges(merges: list[tuple[str, ...]]) -> dict[str, tuple[str, str]]:
    parts: dict[str, tuple[str, str]] = {}
    for left, right in merges:
        parts.setdefault(left + right, (left, right))
    return parts


def _closure(token: str, parts: dict[str, tuple[str, str]]) -> set[str]:
    found, waiting = set[str](), [token]
    while waiting:
        piece = waiting.pop()
        if piece in found:
            continue
        found.add(piece)
        waiting.extend(parts.get(piece, ()))
    return found


def _rebuild(
    model: dict[str, Any],
    vocabulary: dict[str, int],
    merges: list[tuple[str, ...]],
    pieces: set[str],
    specials: tuple[str, ...],
) -> PrunedVocabulary:
    added = {entry["content"]: entry["id"] for entry in model["added_tokens"]}
    kept = sorted(
        (token for token in pieces if token in vocabulary and token not in added), key=lambda t: vocabulary[t]
    )
    names = [*kept, *specials]
    old_ids = [added[t] if t in added else vocabulary[t] for t in names]
    model["model"]["vocab"] = {token: number for number, token in enumerate(names)}
    model["model"]["merges"] = [list(m) for m in merges if m[0] in pieces and m[1] in pieces and m[0] + m[1] in pieces]
    numbers = model["model"]["vocab"]
    model["added_tokens"] = [
        {**entry, "id": numbers[entry["content"]]} for entry in model["added_tokens"] if entry["content"] in specials
    ]
    return PrunedVocabulary(json.dumps(model, ensure_ascii=False), tuple(old_ids))
