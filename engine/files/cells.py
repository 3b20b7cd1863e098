"""What may stand in a cell: no formula that a spreadsheet would run, no character that a file format forbids.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return (or the full-width forms that Excel also
takes for a formula) gets an apostrophe in front, in CSV and XLSX alike, so that a later save in the other format is
safe as well. ``tidy_cell`` takes that apostrophe off again when a table comes back.
"""

from __future__ import annotations

import re

FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"
MAX_EXCEL_CELL = 32_767

_GUARDED = re.compile(r"'(?=['=+\-@\t\r\n＝＋－＠])")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACE = " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)


def neutralise(text: str) -> str:
    """The text as no spreadsheet runs it; a leading apostrophe before a sign is doubled so that it comes back."""
    if text[:1] and text[0] in FORMULA_SIGNS:
        return "'" + text
    return "'" + text if _GUARDED.match(text) else text


def restore(text: str) -> str:
    """The text before ``neutralise``."""
    return text[1:] if _GUARDED.match(text) else text


def printable(text: str) -> str:
    """The text without control characters, lone surrogates and non-characters, which XML and printers refuse."""
    return _FORBIDDEN.sub("", text)


def spreadsheet_cell(text: str) -> str:
    """What is written for ``text`` into a CSV or XLSX cell: LF for line breaks, printable, neutralised, bounded."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    return neutralise(printable(unix))[:MAX_EXCEL_CELL]


def tidy_cell(text: str) -> str:
    """What is taken from a read cell: no outer space, no guard apostrophe, no forbidden characters."""
    unix = printable(text).replace("\r\n", "\n").replace("\r", "\n")
    return restore(unix.strip(_SPACE)).strip(_SPACE)
