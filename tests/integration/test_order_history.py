"""An order list goes through the command line; what names a person is nowhere in the data folder."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from engine.__main__ import main
from engine.api import StoreDoor
from engine.api.people import SALT_BLOB
from engine.cli.words import BAD_FILE, OK
from engine.files.tables import read_table
from engine.usecases.order_history import hash_buyer

HEADERS = (
    "\ufeff订单编号 ", "买家 会员名", "收货人姓名", "联系手机", "收货地址", "付款时间（北京）", "买家实际支付金额(元)", "退款金额",
    "宝贝标题", "订单状态", "买家留言",
)  # fmt: skip
PERSONAL = (0, 1, 2, 3, 4, 10)
DAY_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y年%m月%d日", "%Y%m%d", "%m/%d/%Y", "%Y.%m.%d")
PRODUCTS = ("碎花连衣裙", "每日坚果零食", "无线耳机", "玻璃保鲜盒")


def order_rows(count: int = 400) -> list[tuple[str, ...]]:
    """Orders of a shop with every personal column filled, days and money in changing forms."""
    rng = random.Random(3)
    rows = []
    for i in range(count):
        buyer = rng.randint(0, count // 4)
        day = date(2026, 6, 30) - timedelta(days=rng.randint(0, 300))
        yuan = rng.uniform(20, 2000)
        rows.append(
            (
                f"2606300077{i:06d}",
                f"tb_风吹麦浪{buyer:05d}",
                f"欧阳澹台{buyer:04d}",
                f"1387654{buyer:04d}",
                f"浙江省湖州市织里镇浜湖路{buyer + 1000}号",
                day.strftime(DAY_FORMS[i % len(DAY_FORMS)]),
                (f"¥{yuan:,.2f}", f"{yuan:.2f}元", f"{yuan:.2f}", f"￥ {yuan:,.0f}")[i % 4],
                f"{yuan:.2f}" if i % 20 == 0 else "",
                PRODUCTS[buyer % 4],
                "交易关闭" if i % 25 == 1 else "交易成功",
                f"放门卫老秦处，回电1391122{i:04d}",
            )
        )
    return rows


def write_orders(path: Path, rows: list[tuple[str, ...]], encoding: str = "gb18030") -> Path:
    if path.suffix == ".xlsx":
        book = Workbook(write_only=True)
        sheet = book.create_sheet("订单")
        for row in ([h.strip("\ufeff") for h in HEADERS], *rows):
            sheet.append(list(row))
        book.save(path)
        return path
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[h.strip("\ufeff") for h in HEADERS], *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def traces(content: bytes, values: set[str]) -> list[str]:
    """The values that stand in the bytes in any encoding that a program might use."""
    return [v for v in values if any(v.encode(code) in content for code in ("utf-8", "gb18030", "utf-16-le"))]


def stored_bytes(folder: Path) -> bytes:
    """Everything the data folder holds, the encrypted store once more in the clear."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    with StoreDoor().open() as engine:
        shown = engine._store.blobs.get(SALT_BLOB) or b""
        with zipfile.ZipFile(engine.privacy.export_all(folder.parent)) as archive:
            files += [archive.read(name) for name in archive.namelist()]
        rows = [engine._store._session.sql(f"SELECT * FROM {t}") for t in ("meta", "audience", "blob")]
    return b"\0".join([*files, shown, repr(rows).encode()])


@pytest.mark.parametrize("name", ["订单.csv", "订单.xlsx"])
def test_no_personal_value_is_in_the_data_folder(name, tmp_path, private_home, capsys):
    rows = order_rows()
    path = write_orders(tmp_path / name, rows)
    assert main(["orders", str(path), "--keep", "--json"]) == OK
    found = json.loads(capsys.readouterr().out)
    assert found["kept"] and found["buyers"] > 50 and found["problems"] == []
    content = stored_bytes(private_home)
    assert traces(content, {found["kept"][0]}), "the search itself must find what is kept"
    assert traces(content, {row[column] for row in rows for column in PERSONAL}) == []
    with StoreDoor().open() as engine:
        salt = engine._store.blobs.get(SALT_BLOB)
    assert traces(content, {hash_buyer(row[1], salt) for row in rows}) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_gives_the_same_segments(encoding, tmp_path, private_home, capsys):
    rows = order_rows()
    told = []
    for path, code in ((tmp_path / "a.xlsx", ""), (tmp_path / "b.csv", encoding)):
        assert main(["orders", str(write_orders(path, rows, code)), "--json"]) == OK
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]


def test_a_shop_keeps_one_salt_and_another_shop_has_another(tmp_path, private_home, monkeypatch):
    path = write_orders(tmp_path / "a.csv", order_rows(40))
    salts = []
    for home in ("甲", "甲", "乙"):
        monkeypatch.setenv("ZHANGGUI_HOME", str(tmp_path / home))
        assert main(["orders", str(path)]) == OK
        with StoreDoor().open() as engine:
            salts.append(engine._store.blobs.get(SALT_BLOB))
    assert salts[0] == salts[1] != salts[2] and len(salts[0]) == 32


def test_refunds_and_closed_orders_are_told_and_not_counted(tmp_path, private_home, capsys):
    rows = order_rows()
    assert main(["orders", str(write_orders(tmp_path / "a.csv", rows)), "--json"]) == OK
    found = json.loads(capsys.readouterr().out)
    gone = sum(bool(row[7]) or row[9] == "交易关闭" for row in rows)
    assert found["not_sold"] == found["skipped"] == gone


def test_rows_with_trouble_are_named_by_their_number_and_without_their_content(tmp_path, private_home, capsys):
    rows = [list(row) for row in order_rows(60)]
    rows[0][5], rows[2][1], rows[3][6], rows[4][5] = "上回", "", "面议", ""
    path = write_orders(tmp_path / "a.csv", [tuple(row) for row in rows])
    assert main(["orders", str(path)]) == OK
    shown = capsys.readouterr().out
    for line in ("第 2 行：时间读不懂", "第 4 行：没有顾客", "第 5 行：金额读不懂", "第 6 行：没有时间"):
        assert line in shown
    assert "面议" not in shown and "上回" not in shown and "1387654" not in shown


def test_a_table_without_buyers_says_which_columns_are_wanted(tmp_path, private_home, capsys):
    path = tmp_path / "a.csv"
    path.write_text("标题,库存\n裙子,3\n", encoding="utf-8")
    assert main(["orders", str(path)]) == BAD_FILE
    assert "买家会员名" in capsys.readouterr().err
    assert read_table(path).headings == ("标题", "库存")
