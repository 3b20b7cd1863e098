"""How long an order history of 100,000 rows takes to import, as CSV (GBK) and as XLSX; prints one JSON object.

    python -m benchmarks.order_history [--rows 100000]

The whole way is timed: from opening the file to the segments. For comparison the same run reads the file's cells alone
(``read_table``), so that a slow machine shows in both. ``found`` must be 0: personal values of the file (buyers,
names, telephones, addresses, remarks) that stand in what the import returns.
"""

from __future__ import annotations

import argparse
import csv
import json
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from engine.files.tables import read_table
from engine.progress import Ticket
from engine.usecases.audiences import import_orders
from engine.usecases.order_history import new_salt

HEADERS = (
    "订单编号 买家会员名 收货人姓名 联系手机 收货地址 付款时间 实付金额 退款金额 宝贝标题 订单状态 买家留言".split()
)
PERSONAL = (1, 2, 3, 4, 10)
PRODUCTS = "碎花连衣裙 每日坚果零食 无线蓝牙耳机 玻璃保鲜盒 纯棉四件套 冻干猫粮 氨基酸洗面奶 儿童积木".split()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    rows = _make_rows(options.rows)
    with tempfile.TemporaryDirectory() as folder:
        files = {"csv": Path(folder) / "订单.csv", "xlsx": Path(folder) / "订单.xlsx"}
        _write_csv(files["csv"], rows)
        _write_xlsx(files["xlsx"], rows)
        report = {name: _measure(path, rows) for name, path in files.items()}
    sys.stdout.write(json.dumps({"rows": options.rows, **report}, ensure_ascii=False) + "\n")


def _measure(path: Path, rows: list[tuple[str, ...]]) -> dict[str, Any]:
    reading, table = _timed(lambda: read_table(path))
    good = [dict(zip(table.headings, row.cells, strict=False)) for row in table.good_rows]
    counting, found = _timed(lambda: import_orders(good, new_salt(), ticket=Ticket()))
    kept = pickle.dumps(found)
    personal = {row[column] for row in rows[:: max(1, len(rows) // 5000)] for column in PERSONAL}
    return {
        "seconds": round(reading + counting, 2),
        "reading": round(reading, 2),
        "counting": round(counting, 2),
        "buyers": found.buyers,
        "segments": len(found.segments),
        "found": sum(value.encode() in kept for value in personal),
    }


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _make_rows(count: int) -> list[tuple[str, ...]]:
    rng = random.Random(5)
    rows = []
    for i in range(count):
        buyer = min(rng.randint(0, count // 3), rng.randint(0, count // 3))
        day = date(2026, 6, 30) - timedelta(days=rng.randint(0, 700))
        rows.append(
            (
                f"26063000{i:010d}",
                f"tb_风吹麦浪{buyer}",
                f"欧阳澹台{buyer}",
                f"138{buyer:08d}",
                f"浙江省湖州市织里镇浜湖路{buyer}号",
                f"{day} {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:00",
                f"¥{rng.uniform(9, 1500):,.2f}",
                "",
                rng.choice(PRODUCTS) + f" {rng.randint(1, 900)}款",
                "交易关闭" if i % 30 == 0 else "交易成功",
                f"回电139{i:08d}",
            )
        )
    return rows


def _write_csv(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows([HEADERS, *rows])


def _write_xlsx(path: Path, rows: list[tuple[str, ...]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("订单")
    for row in (HEADERS, *rows):
        sheet.append(list(row))
    book.save(path)


if __name__ == "__main__":
    main()
