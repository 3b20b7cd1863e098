"""A seller's table (CSV, TSV, XLSX, JSON Lines, the clipboard) becomes headings and rows of text.

Everything that can be read is read: a broken row is kept in its place as a ``BadRow`` with its number and a reason, and
the rows after it go on. Only a file of which nothing can be read raises ``FileUnreadable``. Numbers are those that the
seller sees: the row in Excel, the line in a text file. Cells are plain text without outer space; an apostrophe that our own
writers put before a formula sign is taken off again.

Reasons of a ``BadRow``: ``too_many_cells``, ``unclosed_quote``, ``cell_too_long``, ``bad_bytes``, ``cell_error``,
``not_json``, ``not_object``. Reasons of ``FileUnreadable``: ``missing``, ``permission``, ``is_folder``, ``encoding``,
``not_xlsx``, ``old_xls``, ``encrypted``, ``empty``, ``too_large``, ``not_table``, ``no_sheet``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import FileUnreadable
from engine.files.atomic import read_bytes
from engine.files.cells import tidy_cell
from engine.files.decoding import DAMAGED, decode_text
from engine.files.delimited import MAX_CELL_CHARACTERS, BrokenRecord, Record, read_records, sniff_delimiter
from engine.files.jsonrows import read_json_rows
from engine.files.workbook import is_old_office_file, is_zip, read_workbook

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 512
CLIPBOARD = Path("剪贴板")
TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab", ".jsonl", ".ndjson", ".json", ""})
WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as the seller numbers it; exactly one cell for each heading."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read, and why; ``detail`` is the offending piece or the limit."""

    number: int
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, rows in the file's order, and where they came from; ``sheets`` names a workbook's sheets."""

    headings: tuple[str, ...]
    rows: tuple[TableRow | BadRow, ...]
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    first_number: int = 1

    @property
    def good_rows(self) -> tuple[TableRow, ...]:
        """The rows that could be read."""
        return tuple(row for row in self.rows if isinstance(row, TableRow))

    @property
    def bad_rows(self) -> tuple[BadRow, ...]:
        """The rows that could not."""
        return tuple(row for row in self.rows if isinstance(row, BadRow))

    def without_headings(self) -> Table:
        """The same table when its first line is already a product: headings become 列1, 列2 and the line a row."""
        names = tuple(f"列{index}" for index in range(1, len(self.headings) + 1))
        return replace(self, headings=names, rows=(TableRow(self.first_number, self.headings), *self.rows))


def read_table(path: Path, sheet: str = "") -> Table:
    """Read a file by what it is, not by what it is called.

    Args:
        path: the file.
        sheet: a workbook's sheet; the first one that holds anything when empty.

    Raises:
        FileUnreadable: see the module's list of reasons.
    """
    content = read_bytes(path, MAX_FILE_BYTES)
    if not content.strip(b"\0 \t\r\n"):
        raise FileUnreadable(path, "empty")
    if is_old_office_file(content):
        raise FileUnreadable(path, "encrypted" if path.suffix.lower() in WORKBOOK_SUFFIXES else "old_xls")
    if is_zip(content):
        return _workbook_table(path, content, sheet)
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        raise FileUnreadable(path, "not_xlsx")
    decoded = decode_text(content)
    if decoded is None:
        raise FileUnreadable(path, "encoding")
    return replace(_text_table(path, decoded.text), encoding=decoded.encoding)


def read_clipboard(text: str) -> Table:
    """A table copied out of Excel, WPS or a web page (tabs), or CSV or JSON Lines pasted as text.

    Raises:
        FileUnreadable: ``empty``, ``too_large``, ``not_table``.
    """
    if not text.strip():
        raise FileUnreadable(CLIPBOARD, "empty")
    if len(text) > MAX_FILE_BYTES:
        raise FileUnreadable(CLIPBOARD, "too_large")
    return _text_table(CLIPBOARD, text.removeprefix("\ufeff"))


def _workbook_table(path: Path, content: bytes, sheet: str) -> Table:
    found = read_workbook(path, content, sheet, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
    return replace(_assemble(path, found.records), sheet=found.sheet, sheets=found.sheets)


def _text_table(path: Path, text: str) -> Table:
    wants_json = path.suffix.lower() in {".jsonl", ".ndjson", ".json"}
    if wants_json or text.lstrip()[:1] == "{" or text.lstrip()[:2] == "[{":
        return _json_table(path, text)
    delimiter = sniff_delimiter(text, preferred="\t" if path.suffix.lower() in {".tsv", ".tab"} else "")
    return _assemble(path, read_records(text, delimiter))


def _json_table(path: Path, text: str) -> Table:
    found = read_json_rows(text)
    if found is None:
        raise FileUnreadable(path, "not_table")
    if not found.headings:
        raise FileUnreadable(path, "empty")
    if len(found.rows) + len(found.broken) > MAX_ROWS or len(found.headings) > MAX_COLUMNS:
        raise FileUnreadable(path, "too_large")
    rows: list[TableRow | BadRow] = [BadRow(number, reason) for number, reason in found.broken]
    for number, values in found.rows:
        cells = (tidy_cell(values.get(name, "")) for name in found.headings)
        rows.append(_checked_row(number, tuple(cells)))
    return Table(found.headings, tuple(sorted(rows, key=lambda row: row.number)))


def _assemble(path: Path, records: Iterable[Record | BrokenRecord]) -> Table:
    """The first record with any content is the headings; blank records are passed over."""
    headings: tuple[str, ...] | None = None
    first_number = 1
    rows: list[TableRow | BadRow] = []
    for record in records:
        if isinstance(record, BrokenRecord):
            rows.append(BadRow(record.number, record.reason))
        elif not any(map(tidy_cell, record.cells)):
            continue
        elif headings is None:
            headings, first_number = _tidy_headings(record.cells), record.number
        else:
            cells = _fitted(record.cells, len(headings))
            rows.append(_too_wide(record.number, cells, len(headings)) or _checked_row(record.number, cells))
        if len(rows) > MAX_ROWS or len(headings or ()) > MAX_COLUMNS:
            raise FileUnreadable(path, "too_large")
    if headings is None:
        raise FileUnreadable(path, "not_table" if rows else "empty")
    return Table(headings, tuple(rows), first_number=first_number)


def _tidy_headings(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Headings without line breaks; trailing empty ones go, inner empty ones and doubles get a name of their own."""
    names = [" ".join(tidy_cell(cell).split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    seen: dict[str, int] = {}
    unique = []
    for index, name in enumerate(names, 1):
        name = name or f"列{index}"
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return tuple(unique)


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Cells padded to ``width``; trailing empty cells beyond it go, full ones stay to be reported."""
    tidy = [tidy_cell(cell) for cell in cells]
    while len(tidy) > width and not tidy[-1]:
        tidy.pop()
    return tuple(tidy + [""] * (width - len(tidy)))


def _too_wide(number: int, cells: tuple[str, ...], width: int) -> BadRow | None:
    return BadRow(number, "too_many_cells", f"{len(cells)}/{width}") if len(cells) > width else None


def _checked_row(number: int, cells: tuple[str, ...]) -> TableRow | BadRow:
    for fault, reason in _CELL_FAULTS:
        if any(fault(cell) for cell in cells):
            return BadRow(number, reason)
    return TableRow(number, cells)


_ERROR_CELLS = frozenset({"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})

_CELL_FAULTS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda cell: len(cell) > MAX_CELL_CHARACTERS, "cell_too_long"),
    (lambda cell: DAMAGED in cell, "bad_bytes"),
    (lambda cell: cell in _ERROR_CELLS, "cell_error"),
)
