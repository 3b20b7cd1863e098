"""The shop's buyers from its order history: segments in plain words, and nothing that names a person.

Rows come already parsed (one mapping a row). Columns are found by their headers and, failing that, by what stands in
them. Only those few are read (``ColumnKind``); all others (names, telephone numbers, addresses, remarks) are dropped
unread. A buyer's identifier is hashed at once with the shop's own salt (keyed BLAKE2b) and the hashes are used to
group orders, then forgotten: what is returned are counts and medians. A category that looks like it holds a number of
a person, or that only a single buyer has, is not kept.

Segments come of recency, frequency and money (RFM) by a table of rules, the first that fits; days are fixed, what
is much money is relative to this shop (its upper fifth).
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.domain.preference import Audience, ColumnKind, OrderImport, OrderProblem, OrderTrouble, Segment
from engine.errors import TableUnusable
from engine.progress import Ticket
from engine.usecases.order_history import (
    detect_columns,
    guess_category,
    hash_buyer,
    is_dead,
    list_headers,
    parse_cents,
    parse_day,
    read_text,
)

CHECK_EVERY = 1000
MIN_SEGMENT = 2
"""Segments and categories of fewer buyers are left out: they would speak of a person."""

MAX_CATEGORIES = 3
MAX_PROBLEMS = 50
CATEGORY_LIFT = 1.15
NEEDED = (ColumnKind.BUYER, ColumnKind.TIME)


@dataclass(frozen=True, slots=True)
class Buyer:
    """One buyer without a name: days since the last and the first order, orders, cents, what was bought most."""

    recency: int
    age: int
    orders: int
    cents: int
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is much in this shop: where the upper fifth of buyers begins, in cents."""

    much_cents: float


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """A segment's key and words, and who belongs to it."""

    key: str
    name: str
    description: str
    holds: Callable[[Buyer, Bounds], bool]


RULES: tuple[SegmentRule, ...] = (
    SegmentRule(
        "loyal_big",
        "常来又舍得花的老主顾",
        "最近还在买，买过三次以上，花得也多",
        lambda b, s: b.orders >= 3 and b.recency <= 90 and b.cents >= s.much_cents,
    ),
    SegmentRule("loyal", "常来的老顾客", "最近还在买，买过三次以上", lambda b, s: b.orders >= 3 and b.recency <= 90),
    SegmentRule(
        "lost_loyal", "很久没来的老顾客", "以前常买，三个月以上没来了", lambda b, s: b.orders >= 3 and b.recency > 90
    ),
    SegmentRule(
        "big_once", "一次买很多的顾客", "来得不多，但花得多", lambda b, s: b.cents >= s.much_cents and b.recency <= 180
    ),
    SegmentRule("new", "刚来的新顾客", "一个月内第一次买", lambda b, s: b.orders == 1 and b.age <= 30),
    SegmentRule("returning", "买过两次的顾客", "回来买过第二次", lambda b, s: b.orders == 2 and b.recency <= 90),
    SegmentRule("once", "只买过一次的顾客", "买过一次，还没有回来", lambda b, s: b.orders == 1 and b.recency <= 180),
    SegmentRule("asleep", "半睡着的顾客", "买过一两次，很久没来了", lambda b, s: True),
)


def import_orders(
    rows: Iterable[Mapping[str, Any]],
    salt: bytes,
    *,
    numbers: Sequence[int] = (),
    today: date | None = None,
    ticket: Ticket | None = None,
) -> OrderImport:
    """Segments of an order history.

    Args:
        rows: cells by header.
        salt: the shop's own (``new_salt``).
        numbers: the rows' numbers in the seller's file, for problems; 1, 2, … unless given.
        today: the newest order's day unless given.
        ticket: reports and stops.

    Raises:
        TableUnusable: no column of buyers or of times.
        Cancelled: by the ticket.
    """
    table = list(rows)
    columns = detect_columns(table)
    missing = tuple(kind.value for kind in NEEDED if kind not in columns)
    headers = list_headers(table)
    if missing:
        raise TableUnusable(missing, tuple(headers))
    ledger = _Ledger(columns, salt)
    ledger.read(table, numbers or range(1, len(table) + 1), ticket or Ticket())
    buyers = ledger.buyers(today)
    return OrderImport(
        segments=segment_buyers(buyers),
        columns=tuple(columns.items()),
        dropped=tuple(header for header in headers if header not in columns.values()),
        rows=len(table),
        skipped=ledger.skipped,
        buyers=len(buyers),
        dead=ledger.dead,
        problems=tuple(ledger.problems),
    )


def segment_buyers(buyers: Sequence[Buyer]) -> tuple[Segment, ...]:
    """The segments that are in use, largest first."""
    if not buyers:
        return ()
    bounds = _measure_bounds(buyers)
    groups: dict[str, list[Buyer]] = defaultdict(list)
    for buyer in buyers:
        groups[next(rule.key for rule in RULES if rule.holds(buyer, bounds))].append(buyer)
    overall = _category_counts(buyers)
    found = [
        _make_segment(rule, groups[rule.key], len(buyers), overall)
        for rule in RULES
        if len(groups[rule.key]) >= MIN_SEGMENT
    ]
    return tuple(sorted(found, key=lambda segment: -segment.buyers))


def make_audience(segment: Segment) -> Audience:
    """An audience to write for, from a segment; its description holds no count that a prompt could repeat as a fact."""
    taste = f"，爱买{'、'.join(segment.categories)}" if segment.categories else ""
    return Audience(segment.name, segment.description + taste, categories=segment.categories, from_orders=True)


@dataclass(slots=True)
class _Account:
    days: set[date] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)
    cents: int = 0
    categories: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Ledger:
    """Accounts by hash; lives only while an import runs."""

    columns: Mapping[ColumnKind, str]
    salt: bytes
    accounts: dict[str, _Account] = field(default_factory=dict)
    skipped: int = 0
    dead: int = 0
    problems: list[OrderProblem] = field(default_factory=list)

    def read(self, rows: Sequence[Mapping[str, Any]], numbers: Sequence[int], ticket: Ticket) -> None:
        """Count every row in."""
        for place, row in enumerate(rows):
            if place % CHECK_EVERY == 0:
                ticket.check()
                ticket.report("orders", place, len(rows))
            self._read_row({kind: row.get(header) for kind, header in self.columns.items()}, numbers[place])
        ticket.report("orders", len(rows), len(rows))

    def buyers(self, today: date | None) -> list[Buyer]:
        """Everyone who bought; refunds do not make a sum fall below zero."""
        accounts = [account for account in self.accounts.values() if account.days]
        if not accounts:
            return []
        newest = today or max(max(a.days) for a in accounts)
        return [
            Buyer(
                recency=max((newest - max(a.days)).days, 0),
                age=max((newest - min(a.days)).days, 0),
                orders=len(a.orders) or len(a.days),
                cents=max(a.cents, 0),
                categories=tuple(name for name, _ in a.categories.most_common(2)),
            )
            for a in accounts
        ]

    def _read_row(self, values: Mapping[ColumnKind, Any], number: int) -> None:
        buyer, time = read_text(values[ColumnKind.BUYER]), values[ColumnKind.TIME]
        day = parse_day(time)
        if is_dead(read_text(values.get(ColumnKind.STATUS))):
            self.dead += 1
            self.skipped += 1
        elif not buyer:
            self._skip(number, OrderTrouble.NO_BUYER)
        elif day is None:
            self._skip(number, OrderTrouble.BAD_DAY if read_text(time) else OrderTrouble.NO_DAY)
        else:
            account = self.accounts.setdefault(hash_buyer(buyer, self.salt), _Account())
            self._book(account, day, values, number)

    def _book(self, account: _Account, day: date, values: Mapping[ColumnKind, Any], number: int) -> None:
        amount = values.get(ColumnKind.AMOUNT)
        cents = parse_cents(amount)
        if cents is None and read_text(amount):
            self._note(number, OrderTrouble.BAD_AMOUNT)
        paid, back = cents or 0, abs(parse_cents(values.get(ColumnKind.REFUND)) or 0)
        account.cents += paid - min(back, max(paid, 0))
        if paid < 0 or (paid and back >= paid):
            self.dead += 1
            self.skipped += 1
            return
        account.days.add(day)
        if order := read_text(values.get(ColumnKind.ORDER)):
            account.orders.add(hash_buyer(order, self.salt))
        category = guess_category(read_text(values.get(ColumnKind.CATEGORY)), read_text(values.get(ColumnKind.PRODUCT)))
        if category:
            account.categories[category] += 1

    def _skip(self, number: int, trouble: OrderTrouble) -> None:
        self.skipped += 1
        self._note(number, trouble)

    def _note(self, number: int, trouble: OrderTrouble) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(OrderProblem(number, trouble))


def _measure_bounds(buyers: Sequence[Buyer]) -> Bounds:
    spent = sorted(buyer.cents for buyer in buyers)
    much = spent[int(len(spent) * 0.8)] if spent[-1] > spent[0] else float("inf")
    return Bounds(much)


def _category_counts(buyers: Sequence[Buyer]) -> Counter[str]:
    return Counter(name for buyer in buyers for name in buyer.categories)


def _make_segment(rule: SegmentRule, group: Sequence[Buyer], everyone: int, overall: Counter[str]) -> Segment:
    return Segment(
        key=rule.key,
        name=rule.name,
        description=rule.description,
        buyers=len(group),
        share=len(group) / everyone,
        orders_each=round(statistics.fmean(b.orders for b in group), 2),
        spent_each_cents=round(statistics.median(b.cents for b in group)),
        days_since_last=round(statistics.median(b.recency for b in group)),
        categories=_preferred_categories(group, everyone, overall),
    )


def _preferred_categories(group: Sequence[Buyer], everyone: int, overall: Counter[str]) -> tuple[str, ...]:
    """What this group buys more of than the rest, else simply most of; never what fewer than ``MIN_SEGMENT`` buy."""
    own = Counter({name: n for name, n in _category_counts(group).items() if n >= MIN_SEGMENT})
    if not own:
        return ()
    lifted = [
        name
        for name, n in own.items()
        if n / len(group) >= CATEGORY_LIFT * overall[name] / everyone and n >= len(group) * 0.05
    ]
    chosen = sorted(lifted, key=lambda name: -own[name]) or [own.most_common(1)[0][0]]
    return tuple(chosen[:MAX_CATEGORIES])
