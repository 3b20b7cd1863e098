"""Colours get the names that shops use."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain.colours import Colour
from engine.domain.palette import MainColour
from engine.usecases.colour_words import colour_words, read_colour_names

NAMES = read_colour_names(Path(__file__).resolve().parents[3] / "assets" / "lexicons")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("#FFFFFF", "白色"),
        ("#F2ECDD", "米白"),
        ("#1B2845", "藏青"),
        ("#111111", "黑色"),
        ("#C8242B", "红色"),
        ("#8FA3B3", "雾霾蓝"),
    ],
)
def test_a_colour_has_the_nearest_name(code: str, name: str) -> None:
    assert colour_words([MainColour(Colour.of_hex(code), 1.0)], NAMES) == (name,)


def test_each_name_comes_once_and_rare_colours_do_not() -> None:
    parts = [("#1B2845", 0.5), ("#22304F", 0.3), ("#F2ECDD", 0.15), ("#C8242B", 0.01)]
    assert colour_words([MainColour(Colour.of_hex(code), share) for code, share in parts], NAMES) == ("藏青", "米白")


def test_every_name_in_the_table_is_its_own_nearest() -> None:
    for one in NAMES:
        assert colour_words([MainColour(one.colour, 1.0)], NAMES) == (one.name,)
