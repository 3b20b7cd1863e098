"""Where everything of a poster goes: sizes and rectangles, nothing else.

Pure. ``plan_poster`` gets the wish, the picture's size, whether the picture stands on a plain ground, and how wide a line is;
every word of the result lies inside ``Plan.words`` and that inside the poster (tests hold it to that).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.poster.fitting import Fitted, Measure, Role, Room, fit_words
from desktop.poster.values import PIXELS, Arrangement, Box, PosterWish, Shape

MARGIN = 0.07
FOOT = {Shape.SQUARE: 0.07, Shape.NOTE: 0.07, Shape.TALL: 0.2}
"""Room below the words, as a share of the width; a tall poster's foot lies under the platform's own buttons."""

RULE_WIDTH, RULE_HEIGHT = 0.075, 0.0065
FULL_WORDS, FULL_FADE = 0.5, 0.16
BELOW_WORDS = {Shape.SQUARE: (0.3, 0.52), Shape.NOTE: (0.26, 0.46), Shape.TALL: (0.26, 0.46)}
SIDE_WORDS = 0.43
PLAIN_INSET = 0.06
SOFT = 0.6
"""A picture that is drawn at more than this times its pixels looks soft."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the plan needs to know of the picture: its size, and whether its edge is of one colour."""

    width: int
    height: int
    plain: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words in its box."""

    text: str
    role: Role
    size: int
    bold: bool
    box: Box


@dataclass(frozen=True, slots=True)
class Plan:
    """A poster's geometry.

    Attributes:
        room: what the picture fills, edge to edge.
        source: which part of the picture is shown (in the picture's own pixels), and
        target: where. A picture on a plain ground is shown whole, others fill the room.
        ground: the plain surface under the words, or with ``veiled`` the part of the picture that is covered for them.
        fade: above the veil, where it sets in.
        words: everything written lies in here.
        pill: the coloured ground of the offer.
        soft: the picture has too few pixels for this size.
    """

    size: tuple[int, int]
    room: Box
    source: Box
    target: Box
    ground: Box
    fade: Box
    veiled: bool
    words: Box
    rule: Box | None
    pill: Box | None
    lines: tuple[Line, ...]
    cut: tuple[Role, ...]
    soft: bool


@dataclass(frozen=True, slots=True)
class _Areas:
    """What an arrangement decides: where the picture, the ground and the words are."""

    room: Box
    ground: Box
    fade: Box
    words: Box


def plan_poster(wish: PosterWish, subject: Subject, measure: Measure) -> Plan:
    """The geometry of a poster."""
    width, height = size = PIXELS[wish.shape]
    areas, fitted = _ARRANGE[wish.arrangement](wish, width, height, measure)
    veiled = wish.arrangement is Arrangement.FULL
    shown = Box(0, 0, width, max(1, areas.ground.y)) if veiled and subject.plain else areas.room
    source, target = _placed(subject, shown, width)
    rule, pill, lines = _set_lines(fitted, areas.words, width)
    return Plan(
        size, areas.room, source, target, areas.ground, areas.fade, veiled, areas.words, rule, pill, lines,
        fitted.cut, source.width < SOFT * target.width,
    )  # fmt: skip


def _full(wish: PosterWish, width: int, height: int, measure: Measure) -> tuple[_Areas, Fitted]:
    margin, foot = round(MARGIN * width), round(FOOT[wish.shape] * width)
    fitted = fit_words(wish.words, Room(width - 2 * margin, round(FULL_WORDS * height) - foot, width), measure)
    top = height - foot - fitted.height
    above = round(margin * 0.7)
    ground = Box(0, top - above, width, height - top + above)
    fade_height = min(round(FULL_FADE * height), ground.y)
    fade = Box(0, ground.y - fade_height, width, fade_height)
    words = Box(margin, top, width - 2 * margin, fitted.height)
    return _Areas(Box(0, 0, width, height), ground, fade, words), fitted


def _below(wish: PosterWish, width: int, height: int, measure: Measure) -> tuple[_Areas, Fitted]:
    margin, foot = round(MARGIN * width), round(FOOT[wish.shape] * width)
    least, most = (round(share * height) for share in BELOW_WORDS[wish.shape])
    fitted = fit_words(wish.words, Room(width - 2 * margin, most - margin - foot, width), measure)
    panel = min(most, max(least, fitted.height + margin + foot))
    ground = Box(0, height - panel, width, panel)
    spare = panel - margin - foot - fitted.height
    words = Box(margin, ground.y + margin + spare // 2, width - 2 * margin, fitted.height)
    return _Areas(Box(0, 0, width, height - panel), ground, Box(0, ground.y, width, 0), words), fitted


def _side(wish: PosterWish, width: int, height: int, measure: Measure) -> tuple[_Areas, Fitted]:
    margin, foot = round(MARGIN * width * 0.8), round(FOOT[wish.shape] * width)
    panel = round(SIDE_WORDS * width)
    room = Room(panel - 2 * margin, height - margin - foot, width, narrow=True)
    fitted = fit_words(wish.words, room, measure)
    top = margin + (height - margin - foot - fitted.height) // 2
    words = Box(margin, top, panel - 2 * margin, fitted.height)
    return _Areas(Box(panel, 0, width - panel, height), Box(0, 0, panel, height), Box(0, 0, panel, 0), words), fitted


_ARRANGE: dict[Arrangement, Callable[[PosterWish, int, int, Measure], tuple[_Areas, Fitted]]] = {
    Arrangement.FULL: _full,
    Arrangement.BELOW: _below,
    Arrangement.SIDE: _side,
}


def _placed(subject: Subject, room: Box, width: int) -> tuple[Box, Box]:
    """Which part of the picture goes where."""
    if subject.plain:
        inner = room.inset(min(round(PLAIN_INSET * width), room.width // 4, room.height // 4))
        scale = min(inner.width / subject.width, inner.height / subject.height)
        wide, high = max(1, round(subject.width * scale)), max(1, round(subject.height * scale))
        target = Box(room.x + (room.width - wide) // 2, room.y + (room.height - high) // 2, wide, high)
        return Box(0, 0, subject.width, subject.height), target
    scale = max(room.width / subject.width, room.height / subject.height)
    wide = min(subject.width, max(1, round(room.width / scale)))
    high = min(subject.height, max(1, round(room.height / scale)))
    return Box((subject.width - wide) // 2, (subject.height - high) // 2, wide, high), room


def _set_lines(fitted: Fitted, words: Box, width: int) -> tuple[Box | None, Box | None, tuple[Line, ...]]:
    """The rule under the headline, the offer's ground, and every line in its box."""
    rule, pill, lines = None, None, []
    top = words.y
    for place, block in enumerate(fitted.blocks):
        top += block.gap if place else 0
        if block.role is Role.OFFER:
            pill = Box(words.x, top, words.width, block.height)
        if place and block.role is Role.BODY and fitted.blocks[place - 1].role is Role.HEADLINE:
            thick = max(3, round(RULE_HEIGHT * width))
            rule = Box(words.x, top - round(block.gap * 0.55) - thick // 2, round(RULE_WIDTH * width), thick)
        left = words.x + 2 * block.padding
        for number, text in enumerate(block.lines):
            box = Box(left, top + block.padding + number * block.step, words.width - 4 * block.padding, block.step)
            lines.append(Line(text, block.role, block.face.size, block.face.bold, box))
        top += block.height
    return rule, pill, tuple(lines)
