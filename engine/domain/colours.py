"""Colours as numbers: how light, how far apart, and shades in which a text can be read.

Contrast is that of WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio): 4.5 for text. Distance is that of CIE L*a*b*
(D65), in which equal steps look about equally large.
"""

from __future__ import annotations

from dataclasses import dataclass

READABLE = 4.5
STEPS = 50


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue from 0 to 255, as sRGB has them."""

    red: int
    green: int
    blue: int

    @classmethod
    def of_hex(cls, text: str) -> Colour:
        """``#RRGGBB`` as a colour; raises ``ValueError``."""
        digits = text.removeprefix("#")
        if len(digits) != 6:
            raise ValueError(text)
        return cls(*bytes.fromhex(digits))

    @property
    def hex(self) -> str:
        """The colour as ``#RRGGBB``."""
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"

    @property
    def parts(self) -> tuple[int, int, int]:
        """Red, green, blue."""
        return self.red, self.green, self.blue

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 for black and 1 for white."""
        red, green, blue = (_linear(part) for part in self.parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @property
    def lab(self) -> tuple[float, float, float]:
        """CIE L*, a*, b*."""
        red, green, blue = (_linear(part) for part in self.parts)
        x = _bent((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
        y = _bent(self.luminance)
        z = _bent((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
        return 116 * y - 16, 500 * (x - y), 200 * (y - z)

    @property
    def chroma(self) -> float:
        """How colourful: 0 for greys, about 100 for the strongest."""
        _light, a, b = self.lab
        return float((a * a + b * b) ** 0.5)


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def distance(one: Colour, other: Colour) -> float:
    """How different two colours look; under 10 they pass for the same."""
    return float(sum((a - b) ** 2 for a, b in zip(one.lab, other.lab, strict=True)) ** 0.5)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """``one`` with a share (0 to 1) of ``other`` laid over it."""
    return Colour(*(round(a + (b - a) * share) for a, b in zip(one.parts, other.parts, strict=True)))


def readable(ink: Colour, ground: Colour, least: float = READABLE) -> Colour:
    """``ink``, or the nearest shade of it that has this contrast on ``ground``; on any ground black or white has 4.5."""
    toward = max((BLACK, WHITE), key=lambda end: contrast(end, ground))
    shades = (mix(ink, toward, step / STEPS) for step in range(STEPS + 1))
    return next((shade for shade in shades if contrast(shade, ground) >= least), toward)


def _linear(part: int) -> float:
    value = part / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _bent(value: float) -> float:
    return float(value ** (1 / 3)) if value > 216 / 24389 else value * 841 / 108 + 4 / 29
