"""A table's rows become briefs: which column is which field, shown to the seller before anything is written.

``guess_mapping`` reads the headings; the seller may change any column (``Mapping.with_target``); ``preview`` shows what
comes of it; ``rows_to_briefs`` goes through the rows. A row that makes no brief is a ``RowProblem`` with its number, so
that in a job of thousands every row is accounted for: as many results as the table has rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from engine.domain.brief import Attribute, Brief, parse_attribute_line
from engine.domain.channels import Tone
from engine.errors import BriefInvalid, NotFound
from engine.files.headings import (
    FIELD_TITLES,
    PRICE_NAME,
    SINGLE_FIELDS,
    BriefField,
    attribute_name,
    field_of_heading,
    is_price,
    unit_of_heading,
)
from engine.files.tables import BadRow, Table, TableRow

PREVIEW_ROWS = 5
SAMPLE_CHARACTERS = 40

_NOTHING = frozenset(
    {"", "无", "暂无", "没有", "待补充", "未填", "-", "--", "—", "/", "n/a", "na", "null", "none", "nan", "undefined"}
)
_POINT_BREAK = re.compile(r"[\n；;|]+")
_POINT_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.、)）](?!\d)|[①-⑳]|[-•·●▪◆★✅]+)\s*")
_PACKED_BREAK = re.compile(r"[\n；;|]+")
_PACKED_PAIR = re.compile(r"^\s*(?P<name>[^:：=]{1,30})[:：=](?P<value>.+)$", re.S)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")

_TONE_WORDS: tuple[tuple[str, Tone], ...] = (
    *((tone.value, tone) for tone in Tone if tone.value),
    ("温暖", Tone.WARM),
    ("温馨", Tone.WARM),
    ("友好", Tone.WARM),
    ("warm", Tone.WARM),
    ("friendly", Tone.WARM),
    ("权威", Tone.EXPERT),
    ("professional", Tone.EXPERT),
    ("expert", Tone.EXPERT),
    ("俏皮", Tone.LIVELY),
    ("幽默", Tone.LIVELY),
    ("可爱", Tone.LIVELY),
    ("lively", Tone.LIVELY),
    ("playful", Tone.LIVELY),
    ("诗意", Tone.LITERARY),
    ("literary", Tone.LITERARY),
    ("简短", Tone.TERSE),
    ("直接", Tone.TERSE),
    ("terse", Tone.TERSE),
    ("concise", Tone.TERSE),
    ("热烈", Tone.EAGER),
    ("激情", Tone.EAGER),
    ("eager", Tone.EAGER),
    ("高端", Tone.REFINED),
    ("奢华", Tone.REFINED),
    ("refined", Tone.REFINED),
    ("潮流", Tone.FASHION),
    ("fashion", Tone.FASHION),
)


@dataclass(frozen=True, slots=True)
class ColumnTarget:
    """One column: its heading, the field it fills, and for an attribute its name and the unit of bare numbers."""

    heading: str
    field: BriefField
    attribute: str = ""
    unit: str = ""

    @property
    def title(self) -> str:
        """What the mapping dialog shows: 商品名称, or 属性：材质."""
        return f"属性：{self.attribute}" if self.field is BriefField.ATTRIBUTE else FIELD_TITLES[self.field]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A target for each column of a table, in the table's order."""

    targets: tuple[ColumnTarget, ...]

    @property
    def knows_product(self) -> bool:
        """Whether some column is the product's name; without one the seller should look at the mapping."""
        return any(target.field is BriefField.PRODUCT for target in self.targets)

    def with_target(self, heading: str, field: BriefField, attribute: str = "") -> Mapping:
        """The mapping with one column changed.

        Raises:
            NotFound: no column has this heading.
        """
        if heading not in (target.heading for target in self.targets):
            raise NotFound("column", heading)
        name = (attribute or attribute_name(heading)) if field is BriefField.ATTRIBUTE else ""
        changed = ColumnTarget(heading, field, name, unit_of_heading(heading))
        return Mapping(tuple(changed if target.heading == heading else target for target in self.targets))


@dataclass(frozen=True, slots=True)
class RowBrief:
    """A row that can be written from."""

    number: int
    brief: Brief


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that cannot, and why: a ``BadRow``'s reason, ``empty``, ``no_name``, ``too_long`` or ``tone_unknown``."""

    number: int
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """One column as the mapping dialog shows it, with the first cell that holds anything."""

    target: ColumnTarget
    sample: str


@dataclass(frozen=True, slots=True)
class MappingPreview:
    """The columns, what becomes of the first rows, and how many rows can and cannot be read."""

    columns: tuple[ColumnPreview, ...]
    first: tuple[RowBrief | RowProblem, ...]
    good_count: int
    bad_count: int


def guess_mapping(headings: Sequence[str]) -> Mapping:
    """The likeliest mapping: whole names before pieces, the first column of a meaning before a later one."""
    taken: set[BriefField] = set()
    targets = []
    for heading in headings:
        found = field_of_heading(heading)
        if found is None or (found in SINGLE_FIELDS and found in taken):
            targets.append(_attribute_target(heading))
        else:
            taken.add(found)
            targets.append(ColumnTarget(heading, found, unit=unit_of_heading(heading)))
    return Mapping(tuple(targets))


def has_headings(table: Table) -> bool:
    """Whether the first line names columns; a bare list of products does not (``Table.without_headings`` then)."""
    return any(field_of_heading(heading) or is_price(heading) for heading in table.headings)


def prepare_table(table: Table) -> tuple[Table, Mapping]:
    """The table and its guessed mapping; one without headings gets some, its first column being the product."""
    if has_headings(table):
        return table, guess_mapping(table.headings)
    bare = table.without_headings()
    mapping = guess_mapping(bare.headings)
    return bare, mapping.with_target(bare.headings[0], BriefField.PRODUCT)


def rows_to_briefs(table: Table, mapping: Mapping) -> Iterator[RowBrief | RowProblem]:
    """One outcome for each row of the table, in its order."""
    for row in table.rows:
        yield RowProblem(row.number, row.reason, row.detail) if isinstance(row, BadRow) else _outcome(row, mapping)


def preview(table: Table, mapping: Mapping, limit: int = PREVIEW_ROWS) -> MappingPreview:
    """What the mapping makes of the table: samples, the first ``limit`` rows, and counts of all."""
    columns = []
    for index, target in enumerate(mapping.targets):
        cells = (row.cells[index] for row in table.good_rows if index < len(row.cells))
        sample = next((cell for cell in cells if _present(cell)), "")
        columns.append(ColumnPreview(target, sample[:SAMPLE_CHARACTERS]))
    outcomes = list(rows_to_briefs(table, mapping))
    good = sum(isinstance(outcome, RowBrief) for outcome in outcomes)
    return MappingPreview(tuple(columns), tuple(outcomes[:limit]), good, len(outcomes) - good)


@dataclass(slots=True)
class _Parts:
    """A brief while its cells are gathered."""

    texts: dict[BriefField, list[str]] = field(default_factory=dict)
    points: list[str] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    tone: Tone = Tone.NONE

    def text(self, name: BriefField, joiner: str = "，") -> str:
        return joiner.join(self.texts.get(name, ()))

    def brief(self) -> Brief:
        return Brief(
            product=self.text(BriefField.PRODUCT, " "),
            category=self.text(BriefField.CATEGORY, "/"),
            attributes=tuple(dict.fromkeys(self.attributes)),
            points=tuple(dict.fromkeys(self.points)),
            audience=self.text(BriefField.AUDIENCE, "、"),
            tone=self.tone,
            offer=self.text(BriefField.OFFER),
            source=self.text(BriefField.SOURCE, "\n"),
        )


def _outcome(row: TableRow, mapping: Mapping) -> RowBrief | RowProblem:
    parts = _Parts()
    for target, cell in zip(mapping.targets, row.cells, strict=False):
        if _present(cell) and not _take(parts, target, cell.strip()):
            return RowProblem(row.number, "tone_unknown", cell.strip()[:SAMPLE_CHARACTERS])
    try:
        brief = parts.brief().checked()
    except BriefInvalid as problem:
        return RowProblem(row.number, problem.reason, problem.detail)
    if mapping.knows_product and not brief.product:
        return RowProblem(row.number, "no_name")  # a model would make one up
    return RowBrief(row.number, brief)


def _take(parts: _Parts, target: ColumnTarget, cell: str) -> bool:
    """Put a cell where it belongs; False when it is a tone that nobody knows."""
    match target.field:
        case BriefField.IGNORE:
            return True
        case BriefField.TONE:
            tone = _tone(cell)
            parts.tone = tone or Tone.NONE
            return tone is not None
        case BriefField.POINTS:
            parts.points += _points(cell)
        case BriefField.ATTRIBUTES:
            parts.attributes += _packed(cell)
        case BriefField.ATTRIBUTE:
            parts.attributes.append(Attribute(target.attribute, _with_unit(_one_line(cell), target.unit)))
        case BriefField.SOURCE:
            parts.texts.setdefault(target.field, []).append(_plain(cell))
        case BriefField.PRODUCT | BriefField.CATEGORY | BriefField.AUDIENCE | BriefField.OFFER:
            parts.texts.setdefault(target.field, []).append(_one_line(cell))
        case _:
            assert_never(target.field)
    return True


def _attribute_target(heading: str) -> ColumnTarget:
    price = is_price(heading)
    unit = unit_of_heading(heading) or ("元" if price else "")
    return ColumnTarget(heading, BriefField.ATTRIBUTE, PRICE_NAME if price else attribute_name(heading), unit)


def _present(cell: str) -> bool:
    return cell.strip().lower() not in _NOTHING


def _tone(cell: str) -> Tone | None:
    text = cell.lower()
    return next((tone for word, tone in _TONE_WORDS if word in text), None)


def _points(cell: str) -> list[str]:
    pieces = (_POINT_NUMBER.sub("", piece).strip() for piece in _POINT_BREAK.split(_plain(cell)))
    return [piece for piece in pieces if _present(piece)]


def _packed(cell: str) -> list[Attribute]:
    """Pairs of one cell: 材质#棉*颜色#红, or 材质：棉；颜色：红, or one a line; other pieces are kept as 参数."""
    if "#" in cell:
        return list(parse_attribute_line(cell))
    pairs = []
    for piece in _PACKED_BREAK.split(cell):
        match = _PACKED_PAIR.match(piece)
        if match:
            pairs.append(Attribute(match["name"].strip(), match["value"].strip()))
        elif _present(piece):
            pairs.append(Attribute("参数", piece.strip()))
    return pairs


def _plain(cell: str) -> str:
    """The text of a cell that may be HTML, as shop systems export descriptions."""
    return _TAG.sub("\n", cell).replace("&nbsp;", " ").replace("&amp;", "&") if "<" in cell or "&" in cell else cell


def _one_line(cell: str) -> str:
    lines = (line.strip() for line in cell.split("\n"))
    return "、".join(line for line in lines if line)


def _with_unit(value: str, unit: str) -> str:
    return value + unit if unit and _NUMBER.match(value) else value
