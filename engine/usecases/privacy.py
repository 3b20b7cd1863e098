"""The seller's rights over the data: see, carry away, erase. (PIPL articles 44 to 48; nothing leaves without this.)

The export is one zip that needs no program to read: a JSON and a CSV file for each kind of thing, the product pictures,
and a page in Chinese that says what is what. Cells that a spreadsheet would take for a formula get an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from engine.domain.records import ProductPicture, TableDump
from engine.errors import FileUnwritable
from engine.progress import Ticket

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

NOT_IN_NAMES = re.compile(r'[\x00-\x1f\\/:*?"<>|\s]+')
NAME_CHARACTERS = 40

TABLE_NAMES: dict[str, str] = {
    "product": "商品",
    "product_picture": "商品图片",
    "request": "写稿请求（商品资料、渠道、设置、种子、模型）",
    "draft": "草稿（每一条候选、次序、检查结果、得分）",
    "version": "修改版本",
    "tag": "标签",
    "feedback": "选用、评分、理由、定稿、用时",
    "template": "模板",
    "template_version": "模板的各版内容",
    "voice": "品牌口吻",
    "audience": "人群",
    "job": "批量任务",
    "job_row": "批量任务的每一行",
    "campaign": "活动",
    "campaign_version": "活动的各个版本用了哪条草稿",
    "result": "活动效果",
    "consent": "同意记录",
    "withdrawal": "已撤回的记录编号",
}


class Removed(Protocol):
    """What an erase took away."""

    @property
    def drafts(self) -> int:
        """Drafts removed."""
        ...

    @property
    def backups(self) -> int:
        """Copies of the store removed."""
        ...


class DataEraser(Protocol):
    """Erases parts of the data."""

    def product(self, name: str) -> Removed:
        """Everything about products of this name."""
        ...

    def period(self, since: datetime, until: datetime) -> Removed:
        """Every request and draft of a time."""
        ...


class PictureShelf(Protocol):
    """The products' pictures."""

    def all(self) -> Iterator[ProductPicture]:
        """One after the other."""
        ...


class DataOwner(Protocol):
    """The store, as far as the seller's rights go."""

    @property
    def eraser(self) -> DataEraser:
        """Erases parts."""
        ...

    def dump(self) -> list[TableDump]:
        """Everything kept, table by table."""
        ...

    @property
    def pictures(self) -> PictureShelf:
        """Holds the products' pictures."""
        ...

    def erase_everything(self) -> bool:
        """Remove all data and the key."""
        ...


@dataclass(frozen=True, slots=True)
class DataSummary:
    """What is kept: a table's key, its Chinese name, how many rows."""

    table: str
    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote."""

    path: Path
    rows: int
    pictures: int


class Privacy:
    """See, export, erase."""

    def __init__(self, owner: DataOwner, pictures: Path) -> None:
        self._owner, self._pictures = owner, pictures

    def summary(self) -> list[DataSummary]:
        """What is kept about the seller's work."""
        return [DataSummary(t.name, TABLE_NAMES.get(t.name, t.name), len(t.rows)) for t in self._owner.dump()]

    def export(self, path: Path, ticket: Ticket | None = None) -> ExportReport:
        """Write everything into one zip, whole or not at all.

        Raises:
            FileUnwritable: the place cannot be written.
        """
        ticket = ticket or Ticket()
        tables = self._owner.dump()
        part = path.with_name(path.name + ".part")
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                for done, table in enumerate(tables):
                    ticket.check()
                    ticket.report("export", done, len(tables))
                    archive.writestr(f"json/{table.name}.json", _json(table))
                    archive.writestr(f"csv/{table.name}.csv", _csv(table))
                pictures = self._add_pictures(archive, ticket)
                archive.writestr("说明.txt", _explain(tables, pictures))
            _sync(part)
            os.replace(part, path)
        except OSError as error:
            raise FileUnwritable(path, error.strerror or "io") from error
        finally:
            part.unlink(missing_ok=True)
        return ExportReport(path, sum(len(t.rows) for t in tables), pictures)

    def erase_product(self, name: str) -> Removed:
        """Erase everything about products of this name, in every copy too."""
        return self._owner.eraser.product(name)

    def erase_period(self, since: datetime, until: datetime) -> Removed:
        """Erase every request and draft of a time, in every copy too."""
        return self._owner.eraser.period(since, until)

    def erase_everything(self) -> bool:
        """Erase all data and the key; False when the keyring is away and kept the key."""
        return self._owner.erase_everything()

    def _add_pictures(self, archive: zipfile.ZipFile, ticket: Ticket) -> int:
        files = sorted(f for f in self._pictures.rglob("*") if f.is_file()) if self._pictures.is_dir() else []
        for file in files:
            ticket.check()
            archive.write(file, f"pictures/{file.relative_to(self._pictures).as_posix()}")
        kept = 0
        for picture in self._owner.pictures.all():
            ticket.check()
            name = NOT_IN_NAMES.sub(" ", picture.name).strip()[:NAME_CHARACTERS]
            archive.writestr(f"pictures/{picture.product_id}-{name}.jpg", picture.content)
            kept += 1
        return len(files) + kept


def _json(table: TableDump) -> str:
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _csv(table: TableDump) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return buffer.getvalue().encode("utf-8-sig")


def _cell(value: str | int | float | None) -> str | int | float:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


def _explain(tables: Sequence[TableDump], pictures: int) -> str:
    lines = [
        "这里是您在“掌柜文案”里的全部数据。",
        "json 文件夹和 csv 文件夹内容相同：json 方便程序读，csv 可以用表格软件打开。时间都是协调世界时（UTC）。",
        "csv 里以 = + - @ 开头的文字前面加了一个单引号，防止被表格软件当成公式；json 里是原样。",
        "",
        *(f"{t.name}：{TABLE_NAMES.get(t.name, t.name)}，{len(t.rows)} 行" for t in tables),
        f"pictures：商品图片，{pictures} 个",
    ]
    return "\r\n".join(lines) + "\r\n"


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
