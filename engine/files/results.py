"""The result sheet of a spreadsheet job: every row on disk before the next one counts, and a killed job goes on.

A row is one record, keyed by the number of the row that it answers (the first column, 行号).

* **CSV**: a record is one ``write`` and an ``fsync``. After a kill the file may end in a piece of a record; ``RESUME``
  finds the last whole one (CRLF outside quotes ends a record, nothing else does) and cuts there.
* **XLSX** cannot be appended to, so rows go to a journal beside it (``NAME.xlsx.jsonl``), a JSON line each with its
  ``fsync``; at pauses and at the end the workbook is built from it and put in place atomically. The journal goes only
  after the workbook is safe, and a finished workbook is read again when the job is taken up once more.

In both a row is there whole or not at all, and ``append`` refuses a number that is there: no row twice, none lost.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO

from engine.errors import FileUnreadable, FileUnwritable, reason_of
from engine.files.atomic import read_bytes, sync_folder
from engine.files.cells import restore, spreadsheet_cell
from engine.files.delimited import Record
from engine.files.sheets import BOM, csv_line, write_csv, write_xlsx

NUMBER_HEADING = "行号"
JOURNAL_SUFFIX = ".jsonl"
MAX_RESULT_BYTES = 1024 * 1024 * 1024

_log = logging.getLogger(__name__)


class OpenMode(Enum):
    """``NEW`` refuses a file that is there, ``RESUME`` goes on with it (or begins), ``REPLACE`` begins anew."""

    NEW = "new"
    RESUME = "resume"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One finished row: the number of the row in the seller's table and its cells, without the number."""

    number: int
    cells: tuple[str, ...]


class ResultSheet:
    """An output file that grows row by row; a context manager that leaves the file usable whatever happens.

    Args:
        path: ``.csv`` or ``.xlsx``.
        headings: of the cells; 行号 comes in front by itself.
        mode: what to do when the file is there.

    Raises:
        FileUnwritable: ``exists``, ``unknown_suffix``, or what the system says.
        FileUnreadable: ``other_headings`` when a file to be resumed is not this job's.
    """

    def __init__(self, path: Path, headings: Sequence[str], mode: OpenMode = OpenMode.NEW) -> None:
        if path.suffix.lower() not in _BACKENDS:
            raise FileUnwritable(path, "unknown_suffix")
        self._backend = _BACKENDS[path.suffix.lower()](path, (NUMBER_HEADING, *headings))
        if mode is OpenMode.NEW and self._backend.exists():
            raise FileUnwritable(path, "exists")
        self._width = len(headings)
        self._rows = {row.number: row for row in self._backend.open(resume=mode is OpenMode.RESUME)}

    def __enter__(self) -> ResultSheet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def done(self) -> frozenset[int]:
        """The numbers of the rows that are safely on disk."""
        return frozenset(self._rows)

    @property
    def rows(self) -> tuple[ResultRow, ...]:
        """All rows, by number."""
        return tuple(self._rows[number] for number in sorted(self._rows))

    def append(self, row: ResultRow) -> bool:
        """Write a row and wait until it is on disk; False, and nothing written, when its number is there already.

        Raises:
            FileUnwritable: the row is not on disk (and may be appended again).
        """
        if row.number in self._rows:
            return False
        if len(row.cells) != self._width:
            raise ValueError(f"{len(row.cells)} cells under {self._width} headings")
        cells = tuple(restore(spreadsheet_cell(cell)) for cell in row.cells)
        self._backend.append(row)
        self._rows[row.number] = ResultRow(row.number, cells)
        return True

    def pause(self) -> None:
        """Make the file on disk one that the seller can open now, with all rows so far."""
        self._backend.publish(self.rows)

    def finish(self) -> None:
        """Put the rows into the order of their numbers, make the file final, and take the journal away."""
        self._backend.publish(self.rows, final=True)

    def close(self) -> None:
        """Let go of the file without finishing; a later ``RESUME`` goes on."""
        self._backend.close()


class _CsvBackend:
    """Rows appended to the CSV itself."""

    def __init__(self, path: Path, headings: tuple[str, ...]) -> None:
        self._path, self._headings = path, headings
        self._file: IO[bytes] | None = None
        self._in_order = True
        self._last = 0

    def exists(self) -> bool:
        """Whether there is a result already."""
        return _has_content(self._path)

    def open(self, *, resume: bool) -> list[ResultRow]:
        """Begin the file, or cut it after its last whole record and return the rows that it holds."""
        rows: list[ResultRow] = []
        start = BOM + csv_line(self._headings)
        size = 0
        if resume and self.exists():
            content = read_bytes(self._path, MAX_RESULT_BYTES)
            size = whole_records_end(content)
            rows = _csv_rows(self._path, content[:size], self._headings) if size else []
            if not size and not start.startswith(content):
                raise FileUnreadable(self._path, "other_headings")
        self._file = _open_at(self._path, size)
        if not size:
            _put(self._path, self._file, start)
        for row in rows:
            self._note(row.number)
        return rows

    def append(self, row: ResultRow) -> None:
        """One record, on disk when this returns."""
        _put(self._path, self._opened(), csv_line((str(row.number), *row.cells)))
        self._note(row.number)

    def publish(self, rows: Sequence[ResultRow], *, final: bool = False) -> None:
        """Nothing to build; at the end the records are sorted if they came out of order."""
        if final and not self._in_order:
            self.close()
            write_csv(self._path, self._headings, ((str(row.number), *row.cells) for row in rows))
            self._in_order = True

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = _open_at(self._path, self._path.stat().st_size)
        return self._file

    def _note(self, number: int) -> None:
        self._in_order = self._in_order and number > self._last
        self._last = number


class _XlsxBackend:
    """Rows appended to a journal, from which the workbook is built."""

    def __init__(self, path: Path, headings: tuple[str, ...]) -> None:
        self._path, self._headings = path, headings
        self._journal = path.with_name(path.name + JOURNAL_SUFFIX)
        self._file: IO[bytes] | None = None

    def exists(self) -> bool:
        """Whether there is a result, or a journal of one, already."""
        return _has_content(self._path) or _has_content(self._journal)

    def open(self, *, resume: bool) -> list[ResultRow]:
        """Begin the journal, or cut it after its last whole line; rows of a finished workbook come first."""
        rows: dict[int, ResultRow] = {}
        start = _json_line(self._headings)
        size = 0
        if not resume:
            _remove(self._path)
        if resume and _has_content(self._path):
            rows = {row.number: row for row in _xlsx_rows(self._path, self._headings)}
        if resume and _has_content(self._journal):
            content = read_bytes(self._journal, MAX_RESULT_BYTES)
            size = content.rfind(b"\n") + 1
            if size:
                rows |= {row.number: row for row in _journal_rows(self._journal, content[:size], self._headings)}
            elif not start.startswith(content):
                raise FileUnreadable(self._journal, "other_headings")
        self._file = _open_at(self._journal, size)
        if not size:
            _put(self._journal, self._file, start)
        return list(rows.values())

    def append(self, row: ResultRow) -> None:
        """One line of the journal, on disk when this returns."""
        if self._file is None:
            self._file = _open_at(self._journal, self._journal.stat().st_size if self._journal.exists() else 0)
            if not self._file.tell():
                _put(self._journal, self._file, _json_line(self._headings))
        _put(self._journal, self._file, _json_line((row.number, *row.cells)))

    def publish(self, rows: Sequence[ResultRow], *, final: bool = False) -> None:
        """Build the workbook; at the end the journal goes, after the workbook is safe."""
        write_xlsx(self._path, self._headings, ((str(row.number), *row.cells) for row in rows))
        if final:
            self.close()
            self._journal.unlink(missing_ok=True)
            sync_folder(self._path.parent)

    def close(self) -> None:
        """Close the journal."""
        if self._file is not None:
            self._file.close()
            self._file = None


_BACKENDS: dict[str, type[_CsvBackend] | type[_XlsxBackend]] = {".csv": _CsvBackend, ".xlsx": _XlsxBackend}


def whole_records_end(content: bytes) -> int:
    """Where the last whole record of one of our CSV files ends; 0 when there is none.

    Quotes are doubled inside cells and cells hold no CR, so a CRLF after an even count of quotes ends a record.
    """
    end = position = quotes = 0
    while (found := content.find(b"\r\n", position)) >= 0:
        quotes += content.count(b'"', position, found)
        position = found + 2
        if quotes % 2 == 0:
            end = position
    return end


def _open_at(path: Path, size: int) -> IO[bytes]:
    """The file open for writing at ``size``, everything behind it cut off."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b", buffering=0)
        file.truncate(size)
        file.seek(size)
        sync_folder(path.parent)
    except OSError as error:
        raise FileUnwritable(path, reason_of(error)) from error
    return file


def _put(path: Path, file: IO[bytes], record: bytes) -> None:
    """Append ``record`` whole, or leave the file as it was (disk full writes a piece, which is cut off again)."""
    start = file.tell()
    try:
        written = 0
        while written < len(record):
            written += file.write(record[written:])
        os.fsync(file.fileno())
    except OSError as error:
        _cut_back(file, start)
        raise FileUnwritable(path, reason_of(error)) from error


def _cut_back(file: IO[bytes], size: int) -> None:
    try:
        file.truncate(size)
        file.seek(size)
    except OSError:
        _log.warning("a piece of a record could not be cut off; it is cut at the next start")


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise FileUnwritable(path, reason_of(error)) from error


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _csv_rows(path: Path, content: bytes, headings: tuple[str, ...]) -> list[ResultRow]:
    text = content.removeprefix(BOM).decode("utf-8", errors="replace")
    records = list(csv.reader(io.StringIO(text, newline="")))
    return _checked_rows(path, records, headings)


def _xlsx_rows(path: Path, headings: tuple[str, ...]) -> list[ResultRow]:
    from engine.files.workbook import read_workbook

    content = read_bytes(path, MAX_RESULT_BYTES)
    found = read_workbook(path, content, "", max_rows=1_048_576, max_columns=len(headings))
    width = len(headings)
    rows = [record.cells for record in found.records if isinstance(record, Record)]
    records = [(*cells, *[""] * (width - len(cells))) for cells in rows]
    return _checked_rows(path, records, headings)


def _journal_rows(path: Path, content: bytes, headings: tuple[str, ...]) -> list[ResultRow]:
    try:
        values = [json.loads(line) for line in content.split(b"\n") if line.strip()]
    except ValueError as error:
        raise FileUnreadable(path, "other_headings") from error
    records = [[spreadsheet_cell(str(cell)) for cell in value] for value in values if isinstance(value, list)]
    return _checked_rows(path, records, headings)


def _checked_rows(path: Path, records: Sequence[Sequence[str]], headings: tuple[str, ...]) -> list[ResultRow]:
    """The rows under our own headings; anything else is another program's file and is left alone."""
    expected = [restore(spreadsheet_cell(heading)) for heading in headings]
    if not records or [restore(cell) for cell in records[0]] != expected:
        raise FileUnreadable(path, "other_headings")
    rows = []
    for record in records[1:]:
        if len(record) != len(headings) or not record[0].isdecimal():
            raise FileUnreadable(path, "other_headings")
        rows.append(ResultRow(int(record[0]), tuple(restore(cell) for cell in record[1:])))
    return rows


def _json_line(values: Sequence[str | int]) -> bytes:
    return json.dumps(list(values)).encode("ascii") + b"\n"
