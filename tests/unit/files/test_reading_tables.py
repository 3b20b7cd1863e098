"""A seller's table in any encoding and form becomes rows; what is broken is named and the rest goes on."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from engine.errors import FileUnreadable
from engine.files.tables import BadRow, Table, TableRow, read_clipboard, read_table

ROWS = "商品名称,价格,卖点\n羊毛衫,299,柔软不扎\n保温杯,59,长效保温\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "C盘 我的 文件"
    path.mkdir()
    return path


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def workbook(folder: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "商品 表.xlsx")
    return folder / "商品 表.xlsx"


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.good_rows]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_a_csv_is_read_in_whatever_encoding_it_was_saved(folder: Path, encoding: str, named: str) -> None:
    table = read_table(put(folder, "商品.csv", ROWS.encode(encoding)))
    assert table.headings == ("商品名称", "价格", "卖点")
    assert cells(table) == [("羊毛衫", "299", "柔软不扎"), ("保温杯", "59", "长效保温")]
    assert table.encoding == named


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_delimiter_and_line_end_are_found_out(folder: Path, delimiter: str, line_end: str) -> None:
    text = ROWS.replace(",", delimiter).replace("\n", line_end)
    assert cells(read_table(put(folder, "商品.csv", text.encode()))) == [
        ("羊毛衫", "299", "柔软不扎"),
        ("保温杯", "59", "长效保温"),
    ]


def test_a_tsv_keeps_commas_inside_cells(folder: Path) -> None:
    table = read_table(put(folder, "a.tsv", "品名\t卖点\n杯子\t轻,薄,透\n".encode()))
    assert cells(table) == [("杯子", "轻,薄,透")]


def test_full_width_commas_of_a_hand_typed_table_count_as_delimiters() -> None:
    assert cells(read_clipboard("品名，价格\n杯子，9.9\n碗，5\n")) == [("杯子", "9.9"), ("碗", "5")]


def test_a_quoted_cell_may_hold_line_breaks_quotes_and_delimiters() -> None:
    table = read_clipboard('品名,卖点\n"杯子","轻\n薄, ""透"""\n碗,深\n')
    assert table.rows == (TableRow(2, ("杯子", '轻\n薄, "透"')), TableRow(4, ("碗", "深")))


def test_a_quote_that_never_closes_costs_its_own_row_only() -> None:
    table = read_clipboard('品名,卖点\n杯子,"轻\n碗,深\n筷子,直\n')
    assert table.bad_rows == (BadRow(2, "unclosed_quote"),)
    assert [row.number for row in table.good_rows] == [3, 4]


def test_a_quote_closed_in_a_later_row_does_not_swallow_that_row() -> None:
    table = read_clipboard('品名,卖点\n杯子,"轻\n碗,"深"\n筷子,直\n')
    assert table.bad_rows == (BadRow(2, "unclosed_quote"),)
    assert cells(table) == [("碗", "深"), ("筷子", "直")]


def test_inch_marks_inside_a_cell_are_no_quotes() -> None:
    assert cells(read_clipboard('品名,尺寸\n显示器,27" 屏\n平板,11" 屏\n')) == [
        ("显示器", '27" 屏'),
        ("平板", '11" 屏'),
    ]


def test_a_row_with_too_many_cells_is_reported_and_a_short_one_is_filled() -> None:
    table = read_clipboard("品名,价格\n杯子,9,多,余\n碗\n盘,5,,\n")
    assert table.rows == (BadRow(2, "too_many_cells", "4/2"), TableRow(3, ("碗", "")), TableRow(4, ("盘", "5")))


def test_one_damaged_byte_costs_one_row_of_an_utf8_table(folder: Path) -> None:
    content = ROWS.encode().replace("柔软".encode(), b"\xe6\x9f\xff")
    table = read_table(put(folder, "商品.csv", content))
    assert table.bad_rows == (BadRow(2, "bad_bytes"),)
    assert cells(table) == [("保温杯", "59", "长效保温")]


def test_a_huge_cell_is_reported_and_an_empty_one_is_fine() -> None:
    table = read_clipboard(f"品名,卖点\n杯子,{'轻' * 150_000}\n碗,\n")
    assert table.bad_rows == (BadRow(2, "cell_too_long"),)
    assert cells(table) == [("碗", "")]


def test_blank_lines_are_passed_over_and_numbers_stay_those_of_the_file() -> None:
    table = read_clipboard("\n品名,价格\n\n杯子,9\n,\n碗,5\n")
    assert [row.number for row in table.rows] == [4, 6]
    assert table.first_number == 2


def test_headings_are_unique_and_empty_ones_get_a_name() -> None:
    assert read_clipboard("品名,,卖点,卖点,\na,b,c,d\n").headings == ("品名", "列2", "卖点", "卖点 2")


def test_a_workbook_is_read_from_its_first_sheet_that_holds_anything(folder: Path) -> None:
    path = workbook(folder, ("空", []), ("商品", [["品名", "价格"], [None, None], ["杯子", 29.0], ["碗", 9.9]]))
    table = read_table(path)
    assert (table.sheet, table.sheets) == ("商品", ("空", "商品"))
    assert table.rows == (TableRow(3, ("杯子", "29")), TableRow(4, ("碗", "9.9")))


def test_another_sheet_is_read_when_asked_for(folder: Path) -> None:
    path = workbook(folder, ("甲", [["品名"], ["杯子"]]), ("乙", [["品名"], ["碗"]]))
    assert cells(read_table(path, "乙")) == [("碗",)]
    with pytest.raises(FileUnreadable) as caught:
        read_table(path, "丙")
    assert caught.value.reason == "no_sheet"


def test_numbers_dates_and_switches_of_a_workbook_read_as_a_seller_writes_them(folder: Path) -> None:
    from datetime import date

    path = workbook(
        folder,
        ("表", [["品名", "条码", "日期", "现货", "价"], ["杯", 6901234567892, date(2024, 5, 1), True, 0.1 + 0.2]]),
    )
    assert cells(read_table(path)) == [("杯", "6901234567892", "2024-05-01", "是", "0.3")]


def test_an_error_cell_of_a_workbook_is_reported(folder: Path) -> None:
    table = read_table(workbook(folder, ("表", [["品名", "价"], ["杯", "#N/A"], ["碗", 5]])))
    assert table.bad_rows == (BadRow(2, "cell_error"),)


def test_a_workbook_called_csv_is_read_as_what_it_is(folder: Path) -> None:
    path = workbook(folder, ("表", [["品名"], ["杯子"]]))
    assert cells(read_table(path.rename(folder / "表.csv"))) == [("杯子",)]


def test_json_lines_become_columns_attributes_included(folder: Path) -> None:
    lines = b'{"product": "cup", "attributes": {"\xe6\x9d\x90\xe8\xb4\xa8": "\xe9\x99\xb6"}, "points": ["a", "b"]}\n[1]\noops\n{"product": "bowl"}\n'
    table = read_table(put(folder, "a.jsonl", lines))
    assert table.headings == ("product", "材质", "points")
    assert table.rows == (
        TableRow(1, ("cup", "陶", "a\nb")),
        BadRow(2, "not_object"),
        BadRow(3, "not_json"),
        TableRow(4, ("bowl", "", "")),
    )


def test_a_json_array_of_objects_is_a_table_too() -> None:
    assert cells(read_clipboard('[{"品名": "杯子", "价格": 9.0}, {"品名": "碗"}]')) == [("杯子", "9"), ("碗", "")]


def test_a_guard_apostrophe_comes_off_when_our_own_csv_is_read_again() -> None:
    assert cells(read_clipboard("品名,卖点\n杯子,'=1+1\n碗,'平常\n")) == [("杯子", "=1+1"), ("碗", "'平常")]


def test_headings_of_unprintable_space_are_no_headings() -> None:
    assert read_clipboard("\u2028,\x00\u2003\n品名,价格\n杯子,9\n").headings == ("品名", "价格")


def ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def not_a_workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b" \r\n\r\n", "empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n", "empty"),
        ("a.csv", bytes(range(256)) * 40, "encoding"),
        ("a.xlsx", ROWS.encode(), "not_xlsx"),
        ("a.xlsx", not_a_workbook(), "not_xlsx"),
        ("a.xlsx", b"PK\x03\x04broken", "not_xlsx"),
        ("a.xlsx", ole(), "encrypted"),
        ("a.xls", ole(), "old_xls"),
        ("a.jsonl", b"not json\nat all\n", "not_table"),
    ],
)
def test_an_unreadable_file_says_precisely_why(folder: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(FileUnreadable) as caught:
        read_table(put(folder, name, content))
    assert caught.value.reason == reason


def test_a_missing_file_and_a_folder_are_told_apart(folder: Path) -> None:
    for path, reason in ((folder / "没有.csv", "missing"), (folder, "is_folder")):
        with pytest.raises(FileUnreadable) as caught:
            read_table(path)
        assert caught.value.reason == reason


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_named_so(folder: Path) -> None:
    path = put(folder, "a.csv", ROWS.encode())
    path.chmod(0)
    with pytest.raises(FileUnreadable) as caught:
        read_table(path)
    assert caught.value.reason == "permission"


def test_a_file_over_the_limit_is_refused_before_it_is_parsed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.files.tables.MAX_FILE_BYTES", 50)
    monkeypatch.setattr("engine.files.workbook.MAX_UNPACKED_BYTES", 50)
    with pytest.raises(FileUnreadable) as caught:
        read_table(put(folder, "a.csv", ROWS.encode()))
    assert caught.value.reason == "too_large"


def test_a_workbook_that_unpacks_to_too_much_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.files.workbook.MAX_UNPACKED_BYTES", 50)
    with pytest.raises(FileUnreadable) as caught:
        read_table(workbook(folder, ("表", [["品名"], ["杯子"]])))
    assert caught.value.reason == "too_large"


def test_too_many_rows_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.files.tables.MAX_ROWS", 3)
    for path in (put(folder, "a.csv", b"a,b\n" + b"1,2\n" * 9), workbook(folder, ("表", [["a"]] * 9))):
        with pytest.raises(FileUnreadable) as caught:
            read_table(path)
        assert caught.value.reason == "too_large"
