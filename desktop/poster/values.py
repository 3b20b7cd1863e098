"""What a seller wishes of a poster, and rectangles."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Arrangement(StrEnum):
    """How picture and words share the poster."""

    FULL = "full"
    BELOW = "below"
    SIDE = "side"


class Shape(StrEnum):
    """The platforms' sizes."""

    SQUARE = "square"
    NOTE = "note"
    TALL = "tall"


class Ground(StrEnum):
    """Whether the words stand on a light or a dark ground."""

    LIGHT = "light"
    DARK = "dark"


PIXELS: dict[Shape, tuple[int, int]] = {
    Shape.SQUARE: (800, 800),
    Shape.NOTE: (1080, 1440),
    Shape.TALL: (1080, 1920),
}
"""Width and height of each shape."""


@dataclass(frozen=True, slots=True)
class PosterWords:
    """What is written on the poster; what is empty is left out."""

    headline: str = ""
    body: str = ""
    brand: str = ""
    offer: str = ""


@dataclass(frozen=True, slots=True)
class PosterWish:
    """A whole poster without its picture."""

    words: PosterWords = field(default_factory=PosterWords)
    arrangement: Arrangement = Arrangement.BELOW
    shape: Shape = Shape.NOTE
    ground: Ground = Ground.LIGHT


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the finished poster."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column beyond it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row beyond it."""
        return self.y + self.height

    def inset(self, by: int) -> Box:
        """Smaller on all sides."""
        return Box(self.x + by, self.y + by, max(0, self.width - 2 * by), max(0, self.height - 2 * by))

    def holds(self, other: Box) -> bool:
        """Whether the other lies inside."""
        inside_wide = self.x <= other.x and other.right <= self.right
        return inside_wide and self.y <= other.y and other.bottom <= self.bottom
