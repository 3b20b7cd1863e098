"""Drafts leave in every format, safe to open, and a file is either the old one or the whole new one."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from engine.domain import Brief, Channel, Draft, HistoryEntry, StopReason, Task
from engine.errors import ChoiceUnknown, FileUnwritable
from engine.files.atomic import atomic_writer, write_text
from engine.files.cells import FORMULA_SIGNS, neutralise, printable, restore, tidy_cell
from engine.files.clipboard import clipboard_text
from engine.files.export import TABLE_HEADINGS, ExportFormat, export_drafts
from engine.files.names import NameFacts, free_path, name_from_template, safe_name
from engine.files.tables import read_table

WHEN = datetime(2024, 5, 1, 4, 0, tzinfo=UTC)
ATTACKS = ["=1+1", '=HYPERLINK("http://x")', "+86 13800000000", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "\r=1"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "C盘 我的 文件"
    path.mkdir()
    return path


def entry(text: str, product: str = "羊毛衫", channel: Channel = Channel.DETAIL) -> HistoryEntry:
    draft = Draft(0, text, 9, 1, StopReason.END)
    return HistoryEntry(draft, Brief(product), channel, Task.COMPOSE, WHEN, "starter")


def test_a_csv_opens_in_excel_with_chinese_right(folder: Path) -> None:
    path = export_drafts([entry("第一行\n第二行")], folder / "文 案.csv", ExportFormat.CSV)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == TABLE_HEADINGS
    assert rows[1][0] == "羊毛衫" and rows[1][2] == "详情页" and rows[1][4] == "第一行\n第二行" and rows[1][5] == "6"


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_format_for_spreadsheets_carries_a_formula(folder: Path, attack: str) -> None:
    entries = [entry(attack, product=attack)]
    cells = list(
        csv.reader(io.StringIO(export_drafts(entries, folder / "a.csv", ExportFormat.CSV).read_text("utf-8-sig")))
    )
    book = load_workbook(export_drafts(entries, folder / "a.xlsx", ExportFormat.XLSX))
    for value in (cells[1][0], cells[1][4], book.active.cell(2, 1).value, book.active.cell(2, 5).value):
        assert value.startswith("'")
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


@given(st.text(max_size=20))
def test_a_neutralised_text_never_begins_with_a_sign_and_comes_back(text: str) -> None:
    assert neutralise(text)[:1] not in tuple(FORMULA_SIGNS)
    assert restore(neutralise(text)) == text


def test_an_exported_table_can_be_imported_again(folder: Path) -> None:
    texts = ["=轻", "'平常", '引"号', "逗,号", "两\n行"]
    for form in (ExportFormat.CSV, ExportFormat.XLSX):
        path = export_drafts([entry(text) for text in texts], folder / f"a.{form}", form)
        assert [row.cells[4] for row in read_table(path).good_rows] == texts


def test_a_workbook_takes_characters_that_xml_forbids(folder: Path) -> None:
    path = export_drafts([entry("好\x00\x0b\ud800用\ufffe" + "长" * 40_000)], folder / "a.xlsx", ExportFormat.XLSX)
    assert str(load_workbook(path).active.cell(2, 5).value).startswith("好用长")


def test_a_word_document_holds_headings_and_every_line(folder: Path) -> None:
    from docx import Document

    path = export_drafts(
        [entry("第一行\n第二行"), entry("短信\x07", channel=Channel.SMS)], folder / "a.docx", ExportFormat.DOCX
    )
    texts = [paragraph.text for paragraph in Document(str(path)).paragraphs]
    assert texts == ["羊毛衫 · 详情页", "第一行", "第二行", "羊毛衫 · 短信", "短信"]


def test_markdown_shows_the_text_letter_for_letter(folder: Path) -> None:
    text = export_drafts([entry("# 不是标题\n- 不是列表\n*星*")], folder / "a.md", ExportFormat.MARKDOWN).read_text(
        "utf-8"
    )
    assert "\\# 不是标题" in text and "\\- 不是列表" in text and "\\*星\\*" in text


def test_a_text_file_has_windows_line_ends_and_a_bom(folder: Path) -> None:
    content = export_drafts([entry("一\n二")], folder / "a.txt", ExportFormat.TXT).read_bytes()
    assert content == "\ufeff【羊毛衫 · 详情页】\r\n一\r\n二\r\n".encode()


def test_the_edited_text_is_exported_not_the_models(folder: Path) -> None:
    from dataclasses import replace

    path = export_drafts([replace(entry("旧"), edited_text="新")], folder / "a.txt", ExportFormat.TXT)
    assert "新" in path.read_text("utf-8-sig") and "旧" not in path.read_text("utf-8-sig")


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(folder: Path) -> None:
    path = write_text(folder / "a.txt", "旧")
    with pytest.raises(RuntimeError), atomic_writer(path) as file:
        file.write("新".encode())
        raise RuntimeError
    assert path.read_text("utf-8") == "旧"
    assert list(folder.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file_and_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_text(folder / "a.txt", "旧")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileUnwritable) as caught:
        write_text(path, "新")
    assert caught.value.reason == "disk_full"
    assert path.read_text("utf-8") == "旧" and list(folder.iterdir()) == [path]


def test_a_target_that_is_a_folder_is_refused(folder: Path) -> None:
    with pytest.raises(FileUnwritable):
        write_text(folder, "x")


def test_a_note_for_xiaohongshu_has_paragraphs_and_one_line_of_topics() -> None:
    text = "标题✨\n第一段。\n\n\n第二段。\n＃羊毛衫＃秋冬穿搭\n#羊毛衫 #通勤#"
    assert clipboard_text(Channel.XIAOHONGSHU, text) == "标题✨\n\n第一段。\n\n第二段。\n\n#羊毛衫 #秋冬穿搭 #通勤"


def test_a_title_and_a_text_message_are_one_line() -> None:
    assert clipboard_text(Channel.TITLE, " 羊毛衫\r\n女秋冬 ") == "羊毛衫女秋冬"
    assert clipboard_text(Channel.SMS, "【店】新品\n50% off\nnow\n拒收请回复R") == "【店】新品50% off now拒收请回复R"


@given(st.sampled_from(list(Channel)), st.text(max_size=80))
def test_the_clipboard_changes_only_space_and_hash_signs(channel: Channel, text: str) -> None:
    once = clipboard_text(channel, text)
    assert clipboard_text(channel, once) == once
    if "#" not in text and "＃" not in text:
        words = "".join(unicodedata.normalize("NFC", printable(text.replace("\r", "\n"))).split())
        assert "".join(once.split()) == words


def test_a_line_that_only_begins_with_a_topic_keeps_its_words() -> None:
    assert clipboard_text(Channel.XIAOHONGSHU, "标题\n#好物，推荐给你") == "标题\n\n#好物，推荐给你"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("羊毛衫/女", "羊毛衫_女"),
        ('a<b>:"c|?*', "a_b_c_"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("名字. .", "名字"),
        ("", "文案"),
        ("???", "文案"),
        ("..", "文案"),
        ("a\nb", "a_b"),
    ],
)
def test_a_name_is_safe_on_windows(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_any_name_can_be_made_into_a_file_name(name: str) -> None:
    safe = safe_name(name)
    assert safe and len(safe.encode()) <= 201 and not set(safe) & set('<>:"/\\|?*\0\n') and safe == safe.rstrip(". ")


def test_a_template_fills_in_the_products_facts() -> None:
    facts = NameFacts("保温/杯", "详情页", WHEN, 3)
    assert name_from_template("{商品}_{渠道}_{数量}条", facts) == "保温_杯_详情页_3条"
    with pytest.raises(ChoiceUnknown) as caught:
        name_from_template("{价格}", facts)
    assert "商品" in caught.value.choices


def test_a_taken_name_gets_a_number(folder: Path) -> None:
    for expected in ("文案.csv", "文案 (2).csv", "文案 (3).csv"):
        path = free_path(folder, "文案", ".csv")
        assert path.name == expected
        path.touch()


def test_a_tidied_cell_stays_tidy() -> None:
    assert tidy_cell(" \u3000'=1\x00 ") == "=1"
