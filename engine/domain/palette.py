"""The main colours of a small picture: median cut, then a few rounds of k-means, near colours put together.

Works on a picture of some fifty pixels a side (``SMALL``): enough for its colours, and quick without any library. A picture
whose edge has one colour stands on a ground of that colour, as product pictures do; its colours are those of what stands on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.domain.colours import Colour, distance

SMALL = 48
BOXES = 8
ROUNDS = 3
SAME = 14.0
EDGE_SAME = 10.0
EDGE_SHARE = 0.93
LEAST_SHARE = 0.02
LEAST_ON_GROUND = 0.04

Pixel = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class MainColour:
    """One of the colours and its share of the picture (0 to 1)."""

    colour: Colour
    share: float


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small picture: ``pixels`` row by row, three bytes each."""

    width: int
    height: int
    pixels: bytes

    def __post_init__(self) -> None:
        if len(self.pixels) != self.width * self.height * 3:
            raise ValueError("size and pixels do not agree")

    def all(self) -> list[Pixel]:
        """Every pixel."""
        data = self.pixels
        return list(zip(data[0::3], data[1::3], data[2::3], strict=True))

    def edge(self) -> list[Pixel]:
        """The pixels of the first and last rows and columns."""
        pixels, width = self.all(), self.width
        rows = range(0, len(pixels), width)
        sides = [pixels[start + place] for start in rows for place in (0, width - 1)]
        return pixels[:width] + pixels[-width:] + sides


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture, the most frequent first; ``ground`` is that of a plain edge, or None."""

    colours: tuple[MainColour, ...]
    ground: Colour | None


def palette_of(thumb: Thumb, limit: int = 5) -> Palette:
    """The main colours of what the picture shows."""
    ground = plain_edge(thumb)
    pixels = thumb.all()
    if ground is not None:
        around = _reached(thumb, ground)
        shown = [pixel for place, pixel in enumerate(pixels) if place not in around]
        pixels = shown if len(shown) >= LEAST_ON_GROUND * len(pixels) else pixels
    return Palette(main_colours(pixels, limit), ground)


def plain_edge(thumb: Thumb) -> Colour | None:
    """The colour of the picture's edge where nearly all of it has one."""
    edge = thumb.edge()
    middle = Colour(*(sorted(part)[len(part) // 2] for part in zip(*edge, strict=True)))
    near = sum(distance(Colour(*pixel), middle) < EDGE_SAME for pixel in edge)
    return middle if near >= EDGE_SHARE * len(edge) else None


def _reached(thumb: Thumb, ground: Colour) -> set[int]:
    """Places of the pixels that belong to the ground: alike, and joined to the edge by others like them."""
    pixels, width, height = thumb.all(), thumb.width, thumb.height
    alike = [distance(Colour(*pixel), ground) < EDGE_SAME for pixel in pixels]
    edge = [*range(width), *range(width * (height - 1), width * height)]
    edge += [row * width + end for row in range(height) for end in (0, width - 1)]
    waiting = [place for place in edge if alike[place]]
    reached = set(waiting)
    while waiting:
        place = waiting.pop()
        beside = [place - 1] if place % width else []
        beside += [place + 1] if (place + 1) % width else []
        for near in (*beside, place - width, place + width):
            if 0 <= near < len(pixels) and alike[near] and near not in reached:
                reached.add(near)
                waiting.append(near)
    return reached


def main_colours(pixels: Sequence[Pixel], limit: int = 5) -> tuple[MainColour, ...]:
    """The colours that most pixels have, the most frequent first; at least one for at least one pixel."""
    if not pixels:
        return ()
    centres = [_mean(box) for box in _median_cut(list(pixels))]
    groups: list[list[Pixel]] = []
    for _round in range(ROUNDS):
        groups = [group for group in _nearest(pixels, centres) if group]
        centres = [_mean(group) for group in groups]
    counted = sorted(zip(map(len, groups), centres, strict=True), reverse=True)
    found = [MainColour(Colour(*centre), count / len(pixels)) for count, centre in counted]
    return _together(found, limit)


def _median_cut(pixels: list[Pixel]) -> list[list[Pixel]]:
    boxes = [pixels]
    while len(boxes) < BOXES:
        widest = max(boxes, key=lambda box: _spread(box)[0] * len(box))
        spread, part = _spread(widest)
        if not spread:
            break
        boxes.remove(widest)
        widest.sort(key=lambda pixel: pixel[part])
        boxes += [widest[: len(widest) // 2], widest[len(widest) // 2 :]]
    return [box for box in boxes if box]


def _spread(box: list[Pixel]) -> tuple[int, int]:
    """The widest range of a part, and which part it is."""
    ranges = [max(part) - min(part) for part in zip(*box, strict=True)]
    widest = max(range(3), key=ranges.__getitem__)
    return ranges[widest], widest


def _mean(box: Sequence[Pixel]) -> Pixel:
    red, green, blue = (round(sum(part) / len(box)) for part in zip(*box, strict=True))
    return red, green, blue


def _nearest(pixels: Sequence[Pixel], centres: list[Pixel]) -> list[list[Pixel]]:
    groups: list[list[Pixel]] = [[] for _ in centres]
    for pixel in pixels:
        red, green, blue = pixel
        far = [(red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2 for r, g, b in centres]
        groups[far.index(min(far))].append(pixel)
    return groups


def _together(found: list[MainColour], limit: int) -> tuple[MainColour, ...]:
    """Colours that pass for the same become one, that of the more frequent; rare ones go unless they are all there is."""
    kept: list[MainColour] = []
    for one in found:
        near = next((place for place, k in enumerate(kept) if distance(k.colour, one.colour) < SAME), None)
        if near is None:
            kept.append(one)
        else:
            kept[near] = MainColour(kept[near].colour, kept[near].share + one.share)
    kept.sort(key=lambda main: -main.share)
    return tuple([main for main in kept if main.share >= LEAST_SHARE][:limit] or kept[:1])
