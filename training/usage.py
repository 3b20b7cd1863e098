"""``assets/lexicons/usage.json.gz``: what the project's own plain copy says of which attribute, value and product; and
``shapes.bin`` beside it: how it says so.

Whole clauses are taken from texts written for this project alone; of the research sets (``FORMULA``) only the words are
counted. No product that is held back is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.domain.channels import Channel
from engine.text.grounds import (
    ANY_NAME,
    CLAUSES,
    KNOWN_VALUE,
    MARKS,
    NO_NAME,
    SENTENCES,
    Fact,
    Grounds,
    Shapes,
    Usage,
    name_end,
)
from training.examples import Example

MIN_BY_NAME, MIN_BY_VALUE, MIN_BY_KIND = 2, 1, 3
"""How often a word must go with an attribute's name, a value, a kind of product to be known of it."""

MIN_LIFT = 1.0
"""And how often against chance: what is seldom said of 产地 (方便), often as it is said, is not known of it."""

FORMULA = ("adgen", "taodescribe")
MAX_CLAUSE = 14
MAX_SHAPE = 16
MIN_OF_FORMULA = 2
MANY_NAMES = 3

KINDS_OF_TYPE = {
    "裙": "连衣裙 半身裙 裙子 长裙 短裙",
    "裤": "裤子 牛仔裤 阔腿裤 休闲裤 长裤",
    "上衣": "上衣 衬衫 卫衣 外套 毛衣 针织衫 T恤",
}
"""What the market's clothing copy, which names a type only, is said of."""

KINDS_OF_A_CLAUSE = 3
"""The last nouns of a product's name say best what it is."""


def count_usage(examples: Iterable[Example]) -> Usage:
    """Count over all running copy (titles say nothing in sentences)."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    values: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    clauses: dict[str, set[str]] = defaultdict(set)
    usual: Counter[str] = Counter()
    for example in examples:
        if example.channel is Channel.TITLE or example.held_back:
            continue
        grounds = Grounds(example.brief)
        for line in example.target.split("\n"):
            for sentence in SENTENCES.findall(line):
                facts = grounds.facts_in(sentence)
                for clause in CLAUSES.findall(sentence):
                    words = [word for word in grounds.extra_words(clause) if " " not in word]
                    bare = MARKS.sub("", clause)
                    not_own = example.source in FORMULA or any(grounds.covered(clause))
                    if not not_own and 0 < len(bare) <= MAX_CLAUSE:
                        clauses[bare].update(grounds.kinds[-KINDS_OF_A_CLAUSE:])
                    usual.update(words)
                    for word in words:
                        for name, value in facts:
                            names[name][word] += 1
                            values[value][word] += 1
                        for kind in (*grounds.kinds, *KINDS_OF_TYPE.get(example.brief.product, "").split()):
                            kinds[kind][word] += 1
    known = {value: words for value, words in values.items() if KNOWN_VALUE.fullmatch(value)}
    return Usage(
        _frequent(names, usual, MIN_BY_NAME),
        _frequent(known, usual, MIN_BY_VALUE),
        _frequent(kinds, usual, MIN_BY_KIND),
        {clause: f" {' '.join(sorted(of))} " for clause, of in clauses.items() if of},
    )


def count_shapes(examples: Iterable[Example]) -> Shapes:
    """The shapes of all clauses of running copy, with the names of the facts that they say (or follow).

    Those of the research sets count when they were seen twice of a name; a shape of several names is said of any.
    """
    seen: dict[bool, Counter[tuple[str, str]]] = {True: Counter(), False: Counter()}
    for example in examples:
        if example.channel is Channel.TITLE or example.held_back:
            continue
        grounds = Grounds(example.brief)
        for sentence in (s for line in example.target.split("\n") for s in SENTENCES.findall(line)):
            before: list[Fact] = []
            for clause in CLAUSES.findall(sentence):
                own, shape = grounds.facts_in(clause), grounds.shape(clause)
                if 0 < len(shape) <= MAX_SHAPE:
                    names = {name for name, _ in own or before} or {NO_NAME}
                    seen[example.source in FORMULA].update((shape, name) for name in names)
                before += own
    pairs = {*seen[False], *(pair for pair, count in seen[True].items() if count >= MIN_OF_FORMULA)}
    ends: dict[str, set[str]] = defaultdict(set)
    for shape, name in pairs:
        ends[shape].add(name_end(name))
    return Shapes.of(
        [
            *pairs,
            *((shape, end) for shape, found in ends.items() for end in found),
            *((shape, ANY_NAME) for shape, found in ends.items() if len(found) >= MANY_NAMES),
        ]
    )


def write_usage(examples: Sequence[Example], path: Path) -> tuple[Usage, Shapes]:
    """Count and write (the shapes beside ``path``); returns what was counted."""
    usage, shapes = count_usage(examples), count_shapes(examples)
    usage.write(path)
    shapes.write(path.with_name("shapes.bin"))
    return usage, shapes


def _frequent(table: dict[str, Counter[str]], usual: Counter[str], least: int) -> dict[str, str]:
    kept = {}
    for key, words in table.items():
        share = MIN_LIFT * words.total() / usual.total()
        known = sorted(word for word, count in words.items() if count >= least and count >= share * usual[word])
        if known and " " not in key:
            kept[key] = f" {' '.join(known)} "
    return kept
