"""Colours in the words that Chinese shops use for them: the nearest of a table (assets/lexicons/colours.json)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.domain.colours import Colour, distance
from engine.domain.palette import MainColour

TABLE = "colours.json"
MOST = 3
LEAST_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class NamedColour:
    """A colour and what it is called."""

    name: str
    colour: Colour


def read_colour_names(lexicons: Path) -> tuple[NamedColour, ...]:
    """The table of names."""
    rows = json.loads((lexicons / TABLE).read_text(encoding="utf-8"))
    return tuple(NamedColour(name, Colour.of_hex(code)) for name, code in rows.items())


def colour_words(colours: Sequence[MainColour], names: Sequence[NamedColour]) -> tuple[str, ...]:
    """What the main colours are called, each name once, the most frequent first; rare colours are passed over."""
    wanted = [main for main in colours if main.share >= LEAST_SHARE]
    found = [min(names, key=lambda one: distance(one.colour, main.colour)).name for main in wanted]
    return tuple(dict.fromkeys(found))[:MOST]
