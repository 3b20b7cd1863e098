"""The colours of a poster, taken from its picture and moved until every word on it can be read (WCAG 4.5 : 1)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.poster.values import Ground
from engine.domain.colours import BLACK, READABLE, WHITE, Colour, contrast, mix, readable
from engine.domain.palette import Palette

COLOURFUL = 18.0
QUIET = Colour(0x6B, 0x5B, 0x4E)
TINTS = {Ground.LIGHT: (WHITE, 0.9), Ground.DARK: (BLACK, 0.68)}
INKS = {Ground.LIGHT: (BLACK, 0.72), Ground.DARK: (WHITE, 0.93)}
FIRM = 7.0
LEAST_VEIL, VEIL_STEP = 0.3, 0.02
ROUNDING = 0.15
"""More contrast than is needed, because pixels are whole numbers."""


@dataclass(frozen=True, slots=True)
class PosterColours:
    """``ground`` carries ``ink`` and ``brand``; ``accent`` carries ``on_accent``."""

    ground: Colour
    ink: Colour
    brand: Colour
    accent: Colour
    on_accent: Colour


def poster_colours(palette: Palette, ground: Ground) -> PosterColours:
    """Colours that belong to the picture."""
    strong = accent_of(palette)
    surface = mix(strong, *TINTS[ground])
    ink = readable(mix(strong, *INKS[ground]), surface, FIRM)
    accent = readable(strong, WHITE if ground is Ground.LIGHT else surface)
    on_accent = WHITE if ground is Ground.LIGHT else readable(surface, accent)
    return PosterColours(surface, ink, readable(strong, surface), accent, on_accent)


def accent_of(palette: Palette) -> Colour:
    """The colour that strikes most: colourful and not too rare; a quiet brown for pictures in grey."""
    lively = [main for main in palette.colours if main.colour.chroma >= COLOURFUL]
    if not lively:
        return QUIET
    return max(lively, key=lambda main: main.colour.chroma * main.share**0.5).colour


def veil_opacity(colours: PosterColours, darkest: Colour, lightest: Colour) -> float:
    """How thick the ground must lie over a picture for the ink to be readable on every pixel of it.

    Args:
        darkest, lightest: no pixel has a part below or above these.
    """
    opacity = LEAST_VEIL
    while opacity < 1.0:
        worst = [mix(end, colours.ground, opacity) for end in (darkest, lightest)]
        if all(contrast(colours.ink, under) >= READABLE + ROUNDING for under in worst):
            return opacity
        opacity += VEIL_STEP
    return 1.0
