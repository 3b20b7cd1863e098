"""Whatever bytes a file holds, reading ends with rows, named bad rows, or one FileUnreadable: never with a crash.

``ZHANGGUI_FUZZ=40`` tries forty times as many files.
"""

from __future__ import annotations

import io
import os
import random
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from engine.errors import FileUnreadable
from engine.files.columns import prepare_table, rows_to_briefs
from engine.files.decoding import decode_text
from engine.files.tables import BadRow, TableRow, read_table

TIMES = int(os.environ.get("ZHANGGUI_FUZZ", "1"))

SUFFIXES = st.sampled_from([".csv", ".tsv", ".xlsx", ".jsonl", ".txt", ""])
PIECES = st.sampled_from(
    [
        *("品名", "价格", "卖点", "杯子", "9.9", "=1+1", "好" * 300, "😀", "null", '"a"'),
        *(",", ",", "\t", ";", '"', '""', "\n", "\n", "\r\n", "\r", "\0", "\x0b", "\u2028", "\ufeff"),
        *("{", "}", "[", "]", ":", "'", " ", "#", "*"),
    ]
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
REASONS = {"empty", "encoding", "not_xlsx", "old_xls", "encrypted", "not_table", "too_large"}
ROW_REASONS = {
    "too_many_cells", "unclosed_quote", "cell_too_long", "bad_bytes", "cell_error", "not_json", "not_object",
}  # fmt: skip


@cache
def small_workbook() -> bytes:
    book = Workbook()
    for row in (["品名", "价格"], ["杯子", 9.5], ["碗", "=1+1"], [None, True]):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read_and_account(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"C盘 我的 文件{suffix}"
        path.write_bytes(content)
        try:
            table = read_table(path)
        except FileUnreadable as problem:
            assert problem.reason in REASONS
            return
    numbers = [row.number for row in table.rows]
    assert numbers == sorted(set(numbers)), "each row has a number of its own"
    for row in table.rows:
        if isinstance(row, BadRow):
            assert row.reason in ROW_REASONS
        else:
            assert isinstance(row, TableRow) and len(row.cells) == len(table.headings)
    ready, mapping = prepare_table(table)
    assert [outcome.number for outcome in rows_to_briefs(ready, mapping)] == [row.number for row in ready.rows]


@settings(max_examples=150 * TIMES, deadline=None)
@given(st.lists(PIECES, max_size=60), ENCODINGS, SUFFIXES)
def test_any_text_is_read_or_refused_in_words(pieces: list[str], encoding: str, suffix: str) -> None:
    read_and_account("".join(pieces).encode(encoding), suffix)


@settings(max_examples=100 * TIMES, deadline=None)
@given(st.binary(max_size=400), SUFFIXES)
def test_any_bytes_are_read_or_refused_in_words(content: bytes, suffix: str) -> None:
    read_and_account(content, suffix)


@settings(max_examples=60 * TIMES, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_a_damaged_workbook_is_read_or_refused_in_words(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    content = bytearray(small_workbook())
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.randrange(256)
    read_and_account(bytes(content[: chance.choice([len(content), chance.randrange(len(content))])]), ".xlsx")


@settings(max_examples=200 * TIMES, deadline=None)
@given(st.text(alphabet="商品名称价格卖点保温杯柔软的很好,，\n0123456789abc ", min_size=1), ENCODINGS)
def test_a_chinese_text_comes_back_from_its_encoding(text: str, encoding: str) -> None:
    content = ("商品名称,价格,卖点\n保温杯长效保温,59,轻\n" + text).encode(encoding)
    decoded = decode_text(content)
    assert decoded is not None and decoded.text == "商品名称,价格,卖点\n保温杯长效保温,59,轻\n" + text
