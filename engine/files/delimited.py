"""CSV and its relatives, read so that one broken row costs one row.

The ``csv`` module swallows the rest of a file after a quote that never closes. Here a record's extent is found first:
a line whose quotes are balanced is a record; an open quote takes following lines, up to a bound; when no sound record
comes of it, the *first* line alone is broken and reading goes on with the next.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CELL_CHARACTERS = 100_000
MAX_RECORD_LINES = 200

_DELIMITERS = ("\t", ",", ";", "|", "，")
_SNIFFED_RECORDS = 50
_FULL_WIDTH_HEADING = 12
_LINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and the line it starts on."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A line that is no record, and why."""

    number: int
    reason: str


def sniff_delimiter(text: str, preferred: str = "") -> str:
    """The delimiter that splits the first records most evenly into more than one cell; a comma when none does."""
    if preferred and preferred in text:
        return preferred
    scores = {delimiter: _evenness(text, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0.0, 0) else ","


def read_records(text: str, delimiter: str) -> Iterator[Record | BrokenRecord]:
    """All records in order; blank ones included."""
    lines = _LINE.split(text)
    width = 0
    start = 0
    while start < len(lines):
        if not lines[start].strip():
            start += 1
            continue
        record, taken = _record_at(lines, start, delimiter, width)
        if isinstance(record, Record) and not width:
            width = len(record.cells)
        yield record
        start += taken


def _record_at(lines: list[str], start: int, delimiter: str, width: int) -> tuple[Record | BrokenRecord, int]:
    """The record that begins at line ``start`` and how many lines it takes."""
    taken, inside = 1, _quote_open(lines[start], delimiter, False)
    while inside and taken < MAX_RECORD_LINES and start + taken < len(lines):
        inside = _quote_open(lines[start + taken], delimiter, True)
        taken += 1
    if inside:
        return BrokenRecord(start + 1, "unclosed_quote"), 1
    cells = _split("\n".join(lines[start : start + taken]), delimiter, strict=taken > 1)
    if cells is None:
        return BrokenRecord(start + 1, "unclosed_quote" if taken > 1 else "cell_too_long"), 1
    if taken > 1 and width and len(cells) != width:
        return BrokenRecord(start + 1, "unclosed_quote"), 1
    return Record(start + 1, cells), taken


def _quote_open(line: str, delimiter: str, inside: bool) -> bool:
    """Whether a quoted cell is open at the end of ``line``; quotes within an unquoted cell (15" 屏) mean nothing."""
    if '"' not in line:
        return inside
    at_start = not inside
    index = 0
    while index < len(line):
        character = line[index]
        if inside:
            if character == '"':
                if line[index + 1 : index + 2] == '"':
                    index += 1
                else:
                    inside = False
        elif character == '"' and at_start:
            inside = True
        at_start = not inside and character == delimiter
        index += 1
    return inside


def _split(chunk: str, delimiter: str, *, strict: bool) -> tuple[str, ...] | None:
    lines = [line + "\n" for line in chunk.split("\n")]
    try:
        records = list(csv.reader(lines, delimiter=delimiter, strict=strict))
    except csv.Error:
        return None
    return tuple(records[0]) if len(records) == 1 else None


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """Share of the first records that are as wide as the very first, and that width; (0, 0) when nothing is split."""
    head = "\n".join(_LINE.split(text[:200_000])[: _SNIFFED_RECORDS * 2])
    records = [record for record in read_records(head, delimiter) if isinstance(record, Record)][:_SNIFFED_RECORDS]
    counts = [len(record.cells) for record in records]
    if not counts or counts[0] < 2:
        return (0.0, 0)
    share = counts.count(counts[0]) / len(counts)
    if delimiter == "，" and (share < 1 or len(counts) < 2 or max(map(len, records[0].cells)) > _FULL_WIDTH_HEADING):
        return (0.0, 0)
    return (share, counts[0])
