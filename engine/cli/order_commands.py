"""``python -m engine orders``: an order history becomes segments of buyers in plain words."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.api import Engine
from engine.domain.preference import ColumnKind, OrderImport, OrderTrouble, Segment
from engine.progress import Ticket

SHOWN_PROBLEMS = 5

COLUMN_NAMES = {
    ColumnKind.BUYER: "顾客",
    ColumnKind.ORDER: "订单号",
    ColumnKind.TIME: "时间",
    ColumnKind.AMOUNT: "金额",
    ColumnKind.REFUND: "退款",
    ColumnKind.CATEGORY: "类目",
    ColumnKind.PRODUCT: "商品",
    ColumnKind.STATUS: "状态",
}
TROUBLES = {
    OrderTrouble.NO_BUYER: "没有顾客，没有算进去",
    OrderTrouble.NO_DAY: "没有时间，没有算进去",
    OrderTrouble.BAD_DAY: "时间读不懂，没有算进去；请写成 2026-01-05 这样",
    OrderTrouble.BAD_AMOUNT: "金额读不懂，按 0 元算；请只写数字",
    OrderTrouble.UNREADABLE: "这一行坏了（引号或格数不对），没有算进去",
}


def add_order_options(parser: argparse.ArgumentParser) -> None:
    """The file and what to do with it."""
    parser.add_argument("file", type=Path, metavar="订单.csv|.xlsx")
    parser.add_argument("--sheet", default="", help="工作表的名字，默认第一张有内容的")
    parser.add_argument("--keep", action="store_true", help="把这几类顾客存成人群，写文案时可以选")


def orders(options: argparse.Namespace, engine: Engine, ticket: Ticket) -> tuple[dict[str, Any], str]:
    """Import and, if wished, keep: facts, and the same in words."""
    found = engine.audiences.import_orders(options.file, ticket, options.sheet)
    kept = [audience.name for audience in engine.audiences.keep(found.segments)] if options.keep else []
    return _facts(found, kept), "\n".join(_lines(found, kept))


def _facts(found: OrderImport, kept: list[str]) -> dict[str, Any]:
    return {
        "rows": found.rows,
        "skipped": found.skipped,
        "not_sold": found.dead,
        "buyers": found.buyers,
        "columns": {kind.value: header for kind, header in found.columns},
        "dropped": list(found.dropped),
        "problems": [{"row": p.number, "reason": p.trouble.value} for p in found.problems],
        "segments": [_segment(segment) for segment in found.segments],
        "kept": kept,
    }


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "key": segment.key,
        "name": segment.name,
        "description": segment.description,
        "buyers": segment.buyers,
        "share": round(segment.share, 4),
        "orders_each": segment.orders_each,
        "spent_each_cents": segment.spent_each_cents,
        "days_since_last": segment.days_since_last,
        "categories": list(segment.categories),
    }


def _lines(found: OrderImport, kept: list[str]) -> list[str]:
    used = "，".join(f"{COLUMN_NAMES[kind]}＝{header}" for kind, header in found.columns)
    lines = [
        f"读了 {found.rows} 行，{found.buyers} 位顾客。",
        f"用到的列：{used}。顾客和订单号只在读的时候用，不保存。",
    ]
    if found.dropped:
        lines.append(f"没有读、也没有保存的列：{'、'.join(found.dropped)}。")
    if found.dead:
        lines.append(f"没有成交或已退款的 {found.dead} 行没有算进去。")
    lines += [f"第 {p.number} 行：{TROUBLES[p.trouble]}。" for p in found.problems[:SHOWN_PROBLEMS]]
    if len(found.problems) > SHOWN_PROBLEMS:
        lines.append("还有别的行有问题，加 --json 看全部行号。")
    lines += ["", *map(_segment_line, found.segments)]
    if not found.segments:
        lines.append("没有能分出来的顾客：至少要有两位顾客买成过。")
    if kept:
        lines.append(f"已存成人群：{'、'.join(kept)}。")
    elif found.segments:
        lines.append("要存成人群，请加 --keep。")
    return lines


def _segment_line(segment: Segment) -> str:
    taste = f"，爱买{'、'.join(segment.categories)}" if segment.categories else ""
    habits = f"平均买 {segment.orders_each:g} 次，花 {segment.spent_each_cents / 100:g} 元，{segment.days_since_last} 天前来过"
    return f"{segment.name}：{segment.buyers} 位（{segment.share:.0%}）。{segment.description}。{habits}{taste}。"
