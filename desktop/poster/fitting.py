"""Words fitted into a box: smaller type first, then fewer lines, then an ellipsis. Nothing is ever wider or higher than the box.

Pure: what a line measures is asked of ``measure``. What had to be left out is told in ``Fitted.cut``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from desktop.poster.breaking import balanced, break_lines, shortened
from desktop.poster.values import PosterWords


class Role(StrEnum):
    """What a block of lines is."""

    BRAND = "brand"
    HEADLINE = "headline"
    BODY = "body"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Face:
    """Type: its size in pixels and whether it is bold."""

    size: int
    bold: bool


Measure = Callable[[str, Face], float]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one role; ``step`` is the distance from line to line, ``gap`` the room above the block."""

    role: Role
    lines: tuple[str, ...]
    face: Face
    step: int
    gap: int
    padding: int = 0

    @property
    def height(self) -> int:
        """Without the gap."""
        return len(self.lines) * self.step + 2 * self.padding


@dataclass(frozen=True, slots=True)
class Fitted:
    """Blocks from top to bottom, and the roles of which something had to be left out."""

    blocks: tuple[Block, ...]
    cut: tuple[Role, ...] = ()

    @property
    def height(self) -> int:
        """Of all blocks with the gaps between them."""
        return sum(block.height + block.gap for block in self.blocks) - (self.blocks[0].gap if self.blocks else 0)


HEADLINE_SIZES = (82, 74, 66, 58, 52, 46)
BODY_SIZES = (37, 35, 33, 31, 29, 28)
MOST_LINES = {Role.BRAND: 1, Role.HEADLINE: 3, Role.BODY: 8, Role.OFFER: 2}
MOST_LINES_NARROW = {Role.BRAND: 1, Role.HEADLINE: 4, Role.BODY: 12, Role.OFFER: 3}
LINE_STEPS = {Role.BRAND: 1.5, Role.HEADLINE: 1.34, Role.BODY: 1.66, Role.OFFER: 1.45}
GAPS = {Role.BRAND: 0.0, Role.HEADLINE: 0.35, Role.BODY: 1.5, Role.OFFER: 0.95}
"""Room above a block, in its own type sizes."""

CLAUSE_ENDS = frozenset("，。！？；、!?;”’」』）)")
LONE = 2
OFFER_PADDING = 0.3
"""Room inside the offer's coloured ground, in its own type sizes; twice that at its sides."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where the words have to go: a width and a height, the width of the whole poster, to which the sizes of type belong,
    and whether it is a narrow column, in which lines are many and short."""

    width: int
    height: int
    poster: int
    narrow: bool = False


def fit_words(words: PosterWords, room: Room, measure: Measure) -> Fitted:
    """The largest type in which everything fits; failing that the smallest with the end left out."""
    measure = lru_cache(maxsize=None)(measure)
    tried = [_set(words, room, step, measure) for step in range(len(HEADLINE_SIZES))]
    fitting = [fitted for fitted in tried if not fitted.cut and fitted.height <= room.height]
    if fitting:
        return next(filter(_breaks_well, fitting), fitting[0])
    for smaller in _fewer_lines(tried[-1], room, measure):
        if smaller.height <= room.height:
            return smaller
    return Fitted((), tuple(Role))


def _breaks_well(fitted: Fitted) -> bool:
    """Whether every line of the headline but the last ends with a clause, and no line of the text is a lone character."""
    lines = {block.role: block.lines for block in fitted.blocks}
    at_clauses = all(line[-1] in CLAUSE_ENDS for line in lines.get(Role.HEADLINE, ())[:-1])
    return at_clauses and all(len(line) > LONE for line in lines.get(Role.BODY, ()))


def _set(words: PosterWords, room: Room, step: int, measure: Measure) -> Fitted:
    """All words in the sizes of one step, each role in at most its number of lines."""
    body, headline = _scaled(BODY_SIZES[step], room), _scaled(HEADLINE_SIZES[step], room)
    faces = {
        Role.BRAND: Face(max(_scaled(26, room), round(body * 0.85)), True),
        Role.HEADLINE: Face(headline, True),
        Role.BODY: Face(body, False),
        Role.OFFER: Face(round(body * 1.06), True),
    }
    blocks, cut = [], []
    for role, face in faces.items():
        text = getattr(words, role.value).strip()
        if text:
            block, whole = _block(role, text, face, room, measure)
            blocks.append(block)
            cut += [] if whole else [role]
    return Fitted(tuple(blocks), tuple(cut))


def _scaled(size: int, room: Room) -> int:
    return max(1, round(size * room.poster / 1000))


def _block(role: Role, text: str, face: Face, room: Room, measure: Measure) -> tuple[Block, bool]:
    """A block, and whether it holds all of its text."""
    padding = round(face.size * OFFER_PADDING) if role is Role.OFFER else 0
    inner = room.width - 4 * padding
    breaking = balanced if role in (Role.HEADLINE, Role.OFFER) else break_lines
    lines = breaking(text, inner, lambda line: measure(line, face))
    most = (MOST_LINES_NARROW if room.narrow else MOST_LINES)[role]
    block = Block(role, lines, face, round(face.size * LINE_STEPS[role]), round(face.size * GAPS[role]), padding)
    if len(lines) > most:
        return _with_lines(block, most, inner, measure), False
    return block, all(measure(line, face) <= inner for line in lines)


def _with_lines(block: Block, count: int, width: float, measure: Measure) -> Block:
    """The first lines of a block, with an ellipsis at their end."""
    kept = block.lines[:count]
    last = shortened(kept[-1], width, lambda line: measure(line, block.face))
    return replace(block, lines=(*kept[:-1], last))


def _fewer_lines(fitted: Fitted, room: Room, measure: Measure) -> Iterator[Fitted]:
    """The same with the end left out: lines of the body first, then the brand, lines of the headline, the offer."""
    yield fitted
    for role, least in ((Role.BODY, 0), (Role.BRAND, 0), (Role.HEADLINE, 1), (Role.OFFER, 0)):
        block = next((block for block in fitted.blocks if block.role is role), None)
        for count in range(len(block.lines) - 1, least - 1, -1) if block is not None else ():
            assert block is not None
            kept = (_with_lines(block, count, room.width - 4 * block.padding, measure),) if count else ()
            place = fitted.blocks.index(next(one for one in fitted.blocks if one.role is role))
            blocks = fitted.blocks[:place] + kept + fitted.blocks[place + 1 :]
            fitted = Fitted(blocks, tuple(dict.fromkeys((*fitted.cut, role))))
            yield fitted
