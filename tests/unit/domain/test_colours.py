"""Contrast, readable shades, and the main colours of small pictures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.colours import BLACK, WHITE, Colour, contrast, distance, mix, readable
from engine.domain.palette import Thumb, main_colours, palette_of, plain_edge

parts = st.integers(0, 255)
colours = st.builds(Colour, parts, parts, parts)


def painted(*rows: str) -> Thumb:
    """A picture from letters: one letter a pixel."""
    table = {"w": (255, 255, 255), "n": (31, 58, 95), "r": (181, 72, 45), "k": (20, 20, 20)}
    return Thumb(len(rows[0]), len(rows), bytes(part for row in rows for letter in row for part in table[letter]))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21.0)
    assert contrast(Colour.of_hex("#767676"), WHITE) == pytest.approx(4.54, abs=0.01)


def test_a_colour_is_read_and_written_as_hex() -> None:
    assert Colour.of_hex("#1f3A5F").hex == "#1F3A5F"
    with pytest.raises(ValueError):
        Colour.of_hex("#123")


@given(colours, colours)
def test_a_readable_shade_is_readable_on_any_ground(ink: Colour, ground: Colour) -> None:
    assert contrast(readable(ink, ground), ground) >= 4.5


@given(colours, colours)
def test_a_colour_that_can_be_read_is_left_alone(ink: Colour, ground: Colour) -> None:
    if contrast(ink, ground) >= 4.5:
        assert readable(ink, ground) == ink


def test_mixing_goes_from_one_to_the_other() -> None:
    assert mix(BLACK, WHITE, 0.0) == BLACK and mix(BLACK, WHITE, 1.0) == WHITE
    assert mix(BLACK, WHITE, 0.5) == Colour(128, 128, 128)


def test_a_product_on_white_has_its_own_colours_and_a_ground() -> None:
    palette = palette_of(painted("wwwwwwww", "wwnnnnww", "wwnnrnww", "wwnnnnww", "wwwwwwww"))
    assert palette.ground == WHITE
    assert [main.colour.hex for main in palette.colours] == ["#1F3A5F", "#B5482D"]


def test_white_inside_the_product_is_not_its_ground() -> None:
    palette = palette_of(painted("wwwwwwww", "wwnnnnww", "wwnwwnww", "wwnnnnww", "wwwwwwww"))
    assert [main.colour.hex for main in palette.colours] == ["#1F3A5F", "#FFFFFF"]


def test_a_picture_without_a_plain_edge_has_no_ground() -> None:
    thumb = painted("wnwn", "rkrk", "nwnw", "krkr")
    assert plain_edge(thumb) is None and len(palette_of(thumb).colours) == 4


def test_a_picture_of_one_colour_keeps_it() -> None:
    palette = palette_of(painted("nnn", "nnn", "nnn"))
    assert [main.colour.hex for main in palette.colours] == ["#1F3A5F"] and palette.colours[0].share == 1.0


def test_no_pixels_have_no_colours() -> None:
    assert main_colours([]) == ()


def test_size_and_pixels_have_to_agree() -> None:
    with pytest.raises(ValueError):
        Thumb(2, 2, b"abc")


@given(st.lists(st.tuples(parts, parts, parts), min_size=1, max_size=60))
def test_main_colours_are_few_differ_and_share_the_picture(pixels: list[tuple[int, int, int]]) -> None:
    found = main_colours(pixels)
    assert 1 <= len(found) <= 5
    assert sum(main.share for main in found) <= 1.0 + 1e-9
    assert [main.share for main in found] == sorted((main.share for main in found), reverse=True)
    for place, one in enumerate(found):
        assert all(distance(one.colour, other.colour) >= 14.0 for other in found[:place])
