"""Amounts that do not go together: of orders that wait, and of rows of files that for that reason did not come in."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.domain.amount_check import REJECTED, Amounts, amount_faults, should_be
from services.queries.worklists.common import FAR, MATTERS, accepted, digest, holding, since

if TYPE_CHECKING:
    from services.db.reading import Reading

__all__ = ["AmountIds", "AmountRow", "AmountRows", "Amounts", "count_amounts"]

WORKLIST = "amounts"
BATCHES = 50
"""So many files are looked back at, as on the Today page."""
_ROW_BASE, _BATCHES_APART, _A_BATCH, _AMONG_WARNINGS = 1 << 30, 500, 2_000_000, 1_000_000
"""Ids of rows of files stand above those of orders and below 2³¹, as a table's signals want: base + batch modulo 500 + place of the remark."""

# What files gave back or ask for; a case that was refused or withdrawn asks nothing any more.
_ASKED = """(SELECT coalesce(sum(s.amount), 0) FROM after_sale s WHERE s.order_id = o.id AND s.state NOT IN ('refused', 'withdrawn'))"""
_COLUMNS = f"o.goods_amount, o.discount, o.goods_less_discount, o.freight, o.payable, o.paid, o.refunded, {_ASKED}"
# Only what may be odd goes to the rule (services.domain.amount_check), which then judges it.
_ODD = """(o.paid <> o.payable OR o.payable < 0 OR o.goods_amount < 0 OR o.discount < 0 OR o.freight < 0 OR o.open_cases > 0
OR o.payable <> coalesce(o.goods_less_discount, o.goods_amount - o.discount) + o.freight)"""
_ALL = f"SELECT o.id, o.ship_by, o.number, o.buyer_nick, o.goods_summary, {_COLUMNS} FROM orders o WHERE {MATTERS} AND {_ODD}"  # noqa: S608
_SOME = f"""
SELECT o.id, o.ship_by, o.number, o.buyer_nick, o.goods_summary, o.status, c.code, {_COLUMNS}
FROM orders o JOIN channel c ON c.id = o.channel_id WHERE o.id IN ({{ids}})
"""  # noqa: S608 (constants)
# A remark without a code is of a batch that kept none.
_REMARKS = f"""
SELECT b.id, b.file_name, b.at, p.path, j.key, j.value
FROM (SELECT id, file_name, at, report FROM import_batch WHERE undone_at IS NULL AND at >= ? ORDER BY id DESC LIMIT {BATCHES}) b,
     (SELECT '$.rejected' AS path UNION ALL SELECT '$.warnings') p, json_each(b.report, p.path) j
WHERE j.type = 'object' AND json_extract(j.value, '$.code') IN ({", ".join(f"'{code}'" for code in REJECTED)})
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class AmountRow:
    """An order whose amounts have `faults` (services.domain.amount_check.FAULTS), or a row of a file (`batch_id` set).

    Of a row: `faults` is its one code, `value` what stands in `column`, `row` its number in the file; `number` where it is told.
    `expected` is what the parts make payable.
    """

    id: int
    number: str
    buyer_nick: str
    goods: str
    status: str
    channel: str
    ship_by: int | None
    amounts: Amounts
    expected: int | None
    faults: tuple[str, ...]
    seen: str
    batch_id: int | None = None
    file: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    at: int | None = None

    @property
    def key(self) -> str:
        return str(self.id) if self.batch_id is None else f"B{self.batch_id}:{self.row}:{self.faults[0]}"

    @property
    def order_id(self) -> int | None:
        """None for a row of a file."""
        return self.id if self.batch_id is None else None


@dataclass(frozen=True, slots=True)
class AmountIds:
    """Query: orders with odd amounts, the next to leave first, then rows of files, the latest first, that hold every word of `search`."""

    search: str = ""

    def run(self, reading: Reading) -> array[int]:
        holds = holding(self.search)
        let = accepted(reading, WORKLIST)
        orders = sorted((FAR if row[1] is None else row[1], row[0]) for row, _faults in _odd(reading, let) if holds(row[2:5]))
        rows = [one for one in _remarks(reading, let) if holds((one.file, one.number, one.value, one.column))]
        return array("q", [order_id for _ship_by, order_id in orders] + [one.id for one in rows])


@dataclass(frozen=True, slots=True)
class AmountRows:
    """Query: these rows, in the order of the ids; without those that are not odd any more."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[AmountRow, ...]:
        found = {row[0]: _row(row) for row in reading.each(_SOME, [one for one in self.ids if one < _ROW_BASE])}
        if any(one >= _ROW_BASE for one in self.ids):
            found |= {one.id: one for one in _remarks(reading, {})}
        return tuple(found[one] for one in self.ids if one in found and found[one].faults)


def count_amounts(reading: Reading) -> Counter[str]:
    """How many by their gravest fault."""
    let = accepted(reading, WORKLIST)
    counted = Counter(faults[0] for _row_, faults in _odd(reading, let))
    counted.update(one.faults[0] for one in _remarks(reading, let))
    return counted


def _odd(reading: Reading, let: dict[str, str]) -> Iterator[tuple[tuple[Any, ...], tuple[str, ...]]]:
    for row in reading.driver.execute(_ALL, (since(reading),)):
        amounts = Amounts(*row[5:])
        faults = amount_faults(amounts)
        if faults and let.get(str(row[0])) != digest(amounts):
            yield row, faults


def _row(row: tuple[Any, ...]) -> AmountRow:
    order_id, ship_by, number, buyer, goods, status, channel, *values = row
    amounts = Amounts(*values)
    faults = amount_faults(amounts)
    return AmountRow(order_id, number, buyer, goods, status, channel, ship_by, amounts, should_be(amounts), faults, digest(amounts))


def _remarks(reading: Reading, let: dict[str, str]) -> list[AmountRow]:
    """Rows of files, the latest file first; of equal remarks on one row the first."""
    found: dict[str, AmountRow] = {}
    for batch_id, file, at, path, place, text in reading.sql(_REMARKS, (since(reading),)):
        told = json.loads(text)
        facts = told.get("facts") or {}
        where = place % _AMONG_WARNINGS + (_AMONG_WARNINGS if path == "$.warnings" else 0)
        value, column = str(told.get("value") or ""), str(told.get("column") or "")
        made = AmountRow(
            _ROW_BASE + batch_id % _BATCHES_APART * _A_BATCH + where,
            str(facts.get("number") or ""),
            "",
            "",
            "",
            "",
            None,
            Amounts(),
            None,
            (str(told["code"]),),
            digest((value, column)),
            batch_id,
            file,
            int(told.get("row") or 0),
            column,
            value,
            at,
        )
        if let.get(made.key) != made.seen:
            found.setdefault(made.key, made)
    return sorted(found.values(), key=lambda one: (-(one.batch_id or 0), one.row, one.id))
