"""XLSX workbooks read row by row with openpyxl's read-only mode, within bounds.

A workbook is a zip of XML that anyone may have written: the unpacked size is checked before anything is unpacked, row
numbers beyond Excel's own limit end the reading, and every way in which openpyxl is known to fail on a damaged file
comes out as ``FileUnreadable(not_xlsx)``.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import FileUnreadable
from engine.files.delimited import BrokenRecord, Record
from engine.files.jsonrows import number_text

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
EXCEL_LAST_ROW = 1_048_576
MAX_BLANK_ROWS = 100_000

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = b"PK\x03\x04"

_DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
    AssertionError,
)
"""What openpyxl, zipfile and the XML parser raise on damaged files (ParseError is a SyntaxError, InvalidFileException
is caught as its own below; NotImplementedError and RecursionError are RuntimeErrors)."""


@dataclass(frozen=True, slots=True)
class SheetRecords:
    """One sheet's records, its name and the names of all."""

    sheet: str
    sheets: tuple[str, ...]
    records: tuple[Record | BrokenRecord, ...]


def is_zip(content: bytes) -> bool:
    """Whether the file is a zip, as every XLSX is."""
    return content.startswith(_ZIP_MAGIC)


def is_old_office_file(content: bytes) -> bool:
    """Whether the file is an OLE container: an XLS of before 2007, or an XLSX with a password."""
    return content.startswith(_OLE_MAGIC)


def read_workbook(path: Path, content: bytes, sheet: str, *, max_rows: int, max_columns: int) -> SheetRecords:
    """The records of ``sheet``, or of the first sheet that holds anything.

    Raises:
        FileUnreadable: ``not_xlsx``, ``too_large``, ``no_sheet``, ``empty``.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_unpacked_size(path, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                return _first_filled(path, book, sheet, max_rows, max_columns)
            finally:
                book.close()
    except (InvalidFileException, *_DAMAGE) as error:
        raise FileUnreadable(path, "not_xlsx") from error


def _check_unpacked_size(path: Path, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise FileUnreadable(path, "too_large")


def _first_filled(path: Path, book: Any, sheet: str, max_rows: int, max_columns: int) -> SheetRecords:
    names = tuple(str(page.title) for page in book.worksheets)
    if sheet and sheet not in names:
        raise FileUnreadable(path, "no_sheet")
    for page in book.worksheets:
        if sheet and page.title != sheet:
            continue
        records = tuple(_bounded(path, _records(page, max_columns), max_rows))
        if records:
            return SheetRecords(str(page.title), names, records)
    raise FileUnreadable(path, "empty")


def _bounded(path: Path, records: Iterator[Record], max_rows: int) -> Iterator[Record]:
    for count, record in enumerate(records):
        if count > max_rows:
            raise FileUnreadable(path, "too_large")
        yield record


def _records(page: Any, max_columns: int) -> Iterator[Record]:
    page.reset_dimensions()
    blanks = 0
    for number, values in enumerate(page.iter_rows(values_only=True), 1):
        cells = _texts(values[:max_columns])
        blanks = 0 if any(cells) else blanks + 1
        if number > EXCEL_LAST_ROW or blanks > MAX_BLANK_ROWS:
            return
        if not blanks:
            yield Record(number, cells)


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(_text(value) for value in values)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d" if value.time() == dt.time() else "%Y-%m-%d %H:%M")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)
