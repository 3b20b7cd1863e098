"""The result sheet of a batch job: killed at any byte and taken up again, no row is doubled and none is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine.errors import FileUnreadable, FileUnwritable
from engine.files.results import OpenMode, ResultRow, ResultSheet, whole_records_end
from engine.files.tables import read_table

HEADINGS = ("商品", "文案1", "状态")
NASTY = ['引"号"，逗,号', "两\n行\r\n三", "=1+1", "", "'撇", "\u2028行", "尾空 "]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "C盘 我的 文件"
    path.mkdir()
    return path


def row(number: int) -> ResultRow:
    return ResultRow(number, (f"商品{number}", NASTY[number % len(NASTY)], "完成"))


def numbers(path: Path) -> list[int]:
    return [int(found.cells[0]) for found in read_table(path).good_rows]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_rows_are_there_in_order_after_finishing(folder: Path, suffix: str) -> None:
    path = folder / f"结 果{suffix}"
    with ResultSheet(path, HEADINGS) as sheet:
        for number in (3, 2, 5, 4):
            assert sheet.append(row(number))
        sheet.finish()
    assert read_table(path).headings == ("行号", *HEADINGS)
    assert numbers(path) == [2, 3, 4, 5]
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_row_is_never_written_twice(folder: Path, suffix: str) -> None:
    path = folder / f"a{suffix}"
    with ResultSheet(path, HEADINGS) as sheet:
        assert sheet.append(row(2)) and not sheet.append(row(2))
    with ResultSheet(path, HEADINGS, OpenMode.RESUME) as sheet:
        assert sheet.done == {2} and not sheet.append(row(2)) and sheet.append(row(3))
        sheet.finish()
    with ResultSheet(path, HEADINGS, OpenMode.RESUME) as sheet:
        assert sheet.done == {2, 3} and sheet.append(row(4))
        sheet.finish()
    assert numbers(path) == [2, 3, 4]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_cells_come_back_as_they_were_given(folder: Path, suffix: str) -> None:
    path = folder / f"a{suffix}"
    rows = [ResultRow(n, (text, text, text)) for n, text in enumerate(NASTY, 1)]
    with ResultSheet(path, HEADINGS) as sheet:
        for one in rows:
            sheet.append(one)
        before = sheet.rows
    with ResultSheet(path, HEADINGS, OpenMode.RESUME) as sheet:
        assert sheet.rows == before
        sheet.finish()
    with ResultSheet(path, HEADINGS, OpenMode.RESUME) as sheet:
        assert sheet.rows == before
    assert [found.cells[0] for found in before] == [text.replace("\r\n", "\n") for text in NASTY]


@pytest.mark.parametrize(("suffix", "growing"), [(".csv", "a.csv"), (".xlsx", "a.xlsx.jsonl")])
def test_a_file_cut_at_any_byte_resumes_with_its_whole_rows(folder: Path, suffix: str, growing: str) -> None:
    path = folder / f"a{suffix}"
    with ResultSheet(path, HEADINGS) as sheet:
        ends = [os.path.getsize(folder / growing)]
        for number in range(1, 9):
            sheet.append(row(number))
            ends.append(os.path.getsize(folder / growing))
    content = (folder / growing).read_bytes()
    for cut in random.Random(1).sample(range(len(content)), 60):
        (folder / growing).write_bytes(content[:cut])
        with ResultSheet(path, HEADINGS, OpenMode.RESUME) as sheet:
            whole = max(0, sum(end <= cut for end in ends) - 1)
            assert sheet.done == set(range(1, whole + 1)), cut
            for number in range(1, 9):
                sheet.append(row(number))
            assert len(sheet.rows) == 8
        assert (folder / growing).read_bytes() == content


WRITER = """
import sys
from pathlib import Path
from engine.files.results import OpenMode, ResultRow, ResultSheet
sheet = ResultSheet(Path(sys.argv[1]), ("文案",), OpenMode.RESUME)
print("ready", flush=True)
for number in range(1, 2001):
    sheet.append(ResultRow(number, ('两\\n行 "引" ' * 20,)))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is the system's own word")
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_killed_writer_has_every_row_that_it_reported(folder: Path, suffix: str) -> None:
    path = folder / f"a{suffix}"
    reported = 0
    for kill_after in (3, 7, 1):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "ready"
            for _ in range(kill_after):
                reported = max(reported, int(process.stdout.readline()))
            process.kill()
        with ResultSheet(path, ("文案",), OpenMode.RESUME) as sheet:
            assert sheet.done == set(range(1, max(sheet.done) + 1))
            assert max(sheet.done) >= reported
            reported = max(sheet.done)
    with ResultSheet(path, ("文案",), OpenMode.RESUME) as sheet:
        sheet.finish()
    assert numbers(path) == list(range(1, reported + 1))


def test_a_paused_workbook_can_be_opened_and_the_job_goes_on(folder: Path) -> None:
    path = folder / "a.xlsx"
    with ResultSheet(path, HEADINGS) as sheet:
        sheet.append(row(2))
        sheet.pause()
        assert load_workbook(path).active.max_row == 2
        sheet.append(row(3))
        sheet.finish()
    assert numbers(path) == [2, 3]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_existing_result_is_not_overwritten_unasked(folder: Path, suffix: str) -> None:
    path = folder / f"a{suffix}"
    with ResultSheet(path, HEADINGS) as sheet:
        sheet.append(row(2))
        sheet.finish()
    with pytest.raises(FileUnwritable) as caught:
        ResultSheet(path, HEADINGS)
    assert caught.value.reason == "exists" and numbers(path) == [2]
    with ResultSheet(path, HEADINGS, OpenMode.REPLACE) as sheet:
        assert not sheet.done


@pytest.mark.parametrize(
    "content", ["别的,表\n1,2\n", "行号,商品\r\n1,2\r\n", "\ufeff行号,商品,文案1,状态\r\n甲,2,3,4\r\n"]
)
def test_a_file_that_is_not_this_jobs_is_left_alone(folder: Path, content: str) -> None:
    path = folder / "a.csv"
    path.write_bytes(content.encode())
    with pytest.raises(FileUnreadable) as caught:
        ResultSheet(path, HEADINGS, OpenMode.RESUME)
    assert caught.value.reason == "other_headings" and path.read_bytes() == content.encode()


def test_a_full_disk_leaves_whole_rows_and_the_row_can_be_written_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "a.csv"
    real: Callable[[int], None] = os.fsync

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with ResultSheet(path, HEADINGS) as sheet:
        sheet.append(row(2))
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(FileUnwritable) as caught:
            sheet.append(row(3))
        assert caught.value.reason == "disk_full" and sheet.done == {2}
        monkeypatch.setattr(os, "fsync", real)
        assert sheet.append(row(3))
    assert numbers(path) == [2, 3]


def test_an_unknown_suffix_is_refused(folder: Path) -> None:
    with pytest.raises(FileUnwritable):
        ResultSheet(folder / "a.doc", HEADINGS)


def test_a_record_ends_only_outside_quotes() -> None:
    assert whole_records_end(b'1,"a\r\nb"\r\n2,"c\r\n') == len(b'1,"a\r\nb"\r\n')
    assert whole_records_end(b"1,a") == 0
