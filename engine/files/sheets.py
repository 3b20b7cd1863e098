"""Rows of text written as CSV (UTF-8 with BOM, so that Excel shows Chinese) or XLSX, in one atomic step."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from engine.files.atomic import atomic_writer
from engine.files.cells import spreadsheet_cell

BOM = b"\xef\xbb\xbf"
LINE_END = "\r\n"

_HEADING_WIDTHS = ((4, 10.0), (8, 16.0))
_TEXT_WIDTH = 60.0
_LONG_TEXT = 40
_SHEET_NAME = "文案"


def csv_line(cells: Sequence[str]) -> bytes:
    """One CSV record as bytes, its end included; inner line breaks are LF, so that CRLF ends a record and nothing else."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator=LINE_END).writerow([spreadsheet_cell(cell) for cell in cells])
    return buffer.getvalue().encode("utf-8", errors="replace")


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A CSV file for Excel; raises ``FileUnwritable``."""
    with atomic_writer(path) as file:
        file.write(BOM + csv_line(headings))
        for row in rows:
            file.write(csv_line(row))
    return path


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A workbook of one sheet: headings bold and frozen, texts wrapped, every cell text and none a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_SHEET_NAME)
    gathered = [tuple(row) for row in rows]
    sheet.freeze_panes = "A2"
    _set_widths(sheet, headings, gathered)
    sheet.append([_text_cell(sheet, heading, bold=True) for heading in headings])
    for row in gathered:
        sheet.append([_text_cell(sheet, cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    with atomic_writer(path) as file:
        file.write(buffer.getvalue())
    return path


def _text_cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, value=spreadsheet_cell(text))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    elif len(text) > _LONG_TEXT or "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _set_widths(sheet: Any, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from openpyxl.utils import get_column_letter

    for index, heading in enumerate(headings):
        longest = max((len(row[index]) for row in rows[:200] if index < len(row)), default=0)
        needed = max(longest, len(heading))
        width = next((width for limit, width in _HEADING_WIDTHS if needed <= limit), min(_TEXT_WIDTH, needed * 2.0 + 2))
        sheet.column_dimensions[get_column_letter(index + 1)].width = width
