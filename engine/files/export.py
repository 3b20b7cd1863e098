"""Drafts leave the program: TXT, Markdown, CSV, XLSX, DOCX, each written in one atomic step.

One table names the formats; the texts are the seller's current ones (edited where edited). TXT is UTF-8 with a BOM, as
Windows Notepad of every age shows it rightly.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from engine.domain.channels import CHANNELS, TASK_NAMES, count_characters
from engine.domain.draft import HistoryEntry
from engine.files.atomic import write_bytes, write_text
from engine.files.cells import printable
from engine.files.sheets import write_csv, write_xlsx

TABLE_HEADINGS = ("商品", "类目", "渠道", "任务", "文案", "字数", "评分", "收藏", "标签", "时间", "模型")

_MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|~"})


class ExportFormat(StrEnum):
    """A way to take drafts away; the value is the file's suffix without the dot."""

    TXT = "txt"
    MARKDOWN = "md"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"


FORMAT_TITLES: dict[ExportFormat, str] = {
    ExportFormat.TXT: "文本文件",
    ExportFormat.MARKDOWN: "Markdown 文档",
    ExportFormat.CSV: "CSV 表格（Excel 可打开）",
    ExportFormat.XLSX: "Excel 工作簿",
    ExportFormat.DOCX: "Word 文档",
}


def export_drafts(entries: Sequence[HistoryEntry], path: Path, form: ExportFormat) -> Path:
    """Write the drafts to ``path``, replacing what lay there; returns ``path``.

    Raises:
        FileUnwritable: no permission, disk full, or the file is open in another program.
    """
    return _WRITERS[form](entries, path)


def table_row(entry: HistoryEntry) -> tuple[str, ...]:
    """One draft as the cells of ``TABLE_HEADINGS``."""
    score = entry.draft.score
    return (
        product_title(entry),
        entry.brief.category,
        CHANNELS[entry.channel].name,
        TASK_NAMES[entry.task],
        entry.current_text,
        str(count_characters(entry.current_text)),
        f"{score.total:.0f}" if score else "",
        "是" if entry.favourite else "",
        "、".join(entry.tags),
        _local_time(entry),
        entry.model_name,
    )


def product_title(entry: HistoryEntry) -> str:
    """What to call the product: its name, else the first thing the seller said."""
    return entry.brief.product or entry.brief.all_text().split("\n", 1)[0][:30] or "未命名商品"


def _local_time(entry: HistoryEntry) -> str:
    return entry.created_at.astimezone().strftime("%Y-%m-%d %H:%M")


def _head(entry: HistoryEntry) -> str:
    return f"{product_title(entry)} · {CHANNELS[entry.channel].name}"


def _write_txt(entries: Sequence[HistoryEntry], path: Path) -> Path:
    parts = [f"【{_head(entry)}】\n{printable(entry.current_text)}\n" for entry in entries]
    return write_text(path, "\n".join(parts).replace("\r\n", "\n").replace("\n", "\r\n"), "utf-8-sig")


def _write_markdown(entries: Sequence[HistoryEntry], path: Path) -> Path:
    parts = ["# 文案", ""]
    for entry in entries:
        lines = printable(entry.current_text).replace("\r\n", "\n").split("\n")
        body = "\n".join(f"{_markdown_line(line)}  " if line.strip() else "" for line in lines)
        parts += [f"## {_head(entry).translate(_MARKDOWN_SIGNS)}", "", body, "", f"<sub>{_local_time(entry)}</sub>", ""]
    return write_text(path, "\n".join(parts))


def _markdown_line(line: str) -> str:
    """The line as Markdown shows it letter for letter: signs escaped, no list, quotation or heading by accident."""
    text = line.strip().translate(_MARKDOWN_SIGNS)
    return f"\\{text}" if text[:1] in "+-=>" else text


def _write_csv(entries: Sequence[HistoryEntry], path: Path) -> Path:
    return write_csv(path, TABLE_HEADINGS, map(table_row, entries))


def _write_xlsx(entries: Sequence[HistoryEntry], path: Path) -> Path:
    return write_xlsx(path, TABLE_HEADINGS, map(table_row, entries))


def _write_docx(entries: Sequence[HistoryEntry], path: Path) -> Path:
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    fonts = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "宋体")
    for entry in entries:
        document.add_heading(printable(_head(entry)), level=2)
        for line in printable(entry.current_text).replace("\r\n", "\n").split("\n"):
            document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return write_bytes(path, buffer.getvalue())


_WRITERS: dict[ExportFormat, Callable[[Sequence[HistoryEntry], Path], Path]] = {
    ExportFormat.TXT: _write_txt,
    ExportFormat.MARKDOWN: _write_markdown,
    ExportFormat.CSV: _write_csv,
    ExportFormat.XLSX: _write_xlsx,
    ExportFormat.DOCX: _write_docx,
}
