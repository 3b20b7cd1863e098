"""The seller sees, carries away and erases everything."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.domain import Brief, Channel, ComposeRequest, Draft, StopReason
from engine.domain.records import Product
from engine.errors import FileUnwritable
from engine.paths import Paths
from engine.store import KeyRing, Store, VaultGone
from engine.usecases.privacy import TABLE_NAMES, Privacy


class NoVault:
    """A computer without a keyring."""

    def get(self, name: str) -> str | None:
        raise VaultGone

    def put(self, name: str, secret: str) -> None:
        raise VaultGone

    def remove(self, name: str) -> None:
        raise VaultGone


@pytest.fixture
def store(tmp_path: Path):  # type: ignore[no-untyped-def]
    paths = Paths(tmp_path / "home", tmp_path)
    with Store(paths, KeyRing(paths, NoVault())) as opened:
        opened.pictures.put(opened.products.add(Product("=cmd|围巾", Brief("围巾"))), b"jpeg")
        request_id = opened.add_request(ComposeRequest(Brief("围巾"), Channel.SMS), "m", 1)
        opened.add_draft(request_id, Draft(0, "围巾到货", 4, 1, StopReason.END))
        paths.pictures.mkdir()
        (paths.pictures / "一.png").write_bytes(b"png")
        yield opened


def test_every_table_is_named_in_chinese_and_counted(store: Store, tmp_path: Path) -> None:
    summary = {row.table: (row.name, row.rows) for row in Privacy(store, tmp_path).summary()}
    assert summary["draft"][1] == 1
    assert set(summary) == set(TABLE_NAMES)


def test_the_export_holds_everything_twice_and_the_pictures(store: Store, tmp_path: Path) -> None:
    report = Privacy(store, tmp_path / "home" / "pictures").export(tmp_path / "导出.zip")
    assert (report.rows, report.pictures) == (4, 2)
    with zipfile.ZipFile(tmp_path / "导出.zip") as archive:
        assert json.loads(archive.read("json/draft.json"))[0]["text"] == "围巾到货"
        table = list(csv.DictReader(io.StringIO(archive.read("csv/product.csv").decode("utf-8-sig"))))
        assert archive.read("pictures/一.png") == b"png"
        assert archive.read("pictures/1-=cmd 围巾.jpg") == b"jpeg"
        assert set(json.loads(archive.read("json/product_picture.json"))[0]) == {"product_id", "updated_at"}
        assert "草稿" in archive.read("说明.txt").decode()
    assert table[0]["name"] == "'=cmd|围巾"


def test_an_export_to_nowhere_is_said_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        Privacy(store, tmp_path).export(tmp_path / "none" / "a.zip")


def test_erasing_goes_by_product_time_and_everything(store: Store, tmp_path: Path) -> None:
    privacy = Privacy(store, tmp_path / "home" / "pictures")
    assert privacy.erase_period(datetime(2000, 1, 1, tzinfo=UTC), datetime(2001, 1, 1, tzinfo=UTC)).drafts == 0
    assert privacy.erase_product("围巾").drafts == 1
    assert privacy.erase_everything()
    assert [f.name for f in (tmp_path / "home").rglob("*") if f.is_file()] == ["store.lock"]
