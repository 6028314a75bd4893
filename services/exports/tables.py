"""The tables that can be exported: their columns, how their rows are read, and sets of columns ready to take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.errors import BadInput
from services.exports import columns as made_of
from services.exports.audit import trail_columns, trail_rows
from services.exports.orders import Door, line_rows, order_rows
from services.exports.pipeline import Written, format_of, write_file
from services.exports.table import Column, columns_of_report
from services.progress import SILENT, Progress

if TYPE_CHECKING:
    from services.reports.report import Table

Rows = Callable[[Door, Sequence[int]], Iterable[Any]]
ALL = "all"
STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class ExportTable:
    """`columns(lang)` are all there are; `sets` are keys by the code of a set (words: `export_set`), the first is taken at first.

    `rows(desk, ids)` reads in blocks. `key` is how choices are remembered. `ids(desk, search)` are those that a search finds, None where
    there is nothing to be searched.
    """

    key: str
    columns: Callable[[str], tuple[Column, ...]]
    rows: Rows
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ids: Callable[[Door, str], Sequence[int]] | None = None


def _orders(desk: Door, search: str) -> Sequence[int]:
    from services.queries.order_rows import OrderIds

    found: Sequence[int] = desk.read(OrderIds(search))
    return found


def _skus(desk: Door, search: str) -> Sequence[int]:
    from services.queries.stock_rows import StockIds

    found: Sequence[int] = desk.read(StockIds(search))
    return found


def _cases(desk: Door, search: str) -> Sequence[int]:
    from services.queries.case_rows import CaseIds

    found: Sequence[int] = desk.read(CaseIds("all", search))
    return found


def _entries(desk: Door, search: str) -> Sequence[int]:
    from services.queries.audit_trail import AuditFilter, AuditIds

    found: Sequence[int] = desk.read(AuditIds(AuditFilter(text=search)))
    return found


_USUAL = (
    "number", "channel", "status", "flag", "tags", "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district",
    "address", "postcode", "goods", "quantity", "goods_amount", "discount", "freight", "payable", "paid", "refunded", "created_at", "paid_at",
    "ship_by", "shipped_at", "completed_at", "closed_at", "carrier", "tracking_number", "close_reason", "seller_memo", "buyer_message",
)  # fmt: skip
_PARCEL = ("number", "recipient", "phone", "phone_ext", "province", "city", "district", "address", "postcode", "goods", "quantity", "seller_memo",
           "carrier", "tracking_number")  # fmt: skip
_MONEY = ("number", "channel", "status", "created_at", "paid_at", "goods_amount", "discount", "freight", "payable", "paid", "refunded",
          "platform_discount", "income", "paid_out", "payment_number")  # fmt: skip
_USUAL_LINE = (
    "number", "channel", "status", "line.title", "line.properties", "line.code", "line.sku", "line.quantity", "line.price", "line.payable",
    "line.paid", "line.refunded", "line.refund_state", "line.status", "line.shortage", "buyer_nick", "recipient", "phone", "province", "city",
    "district", "address", "created_at", "paid_at", "ship_by", "carrier", "tracking_number", "seller_memo", "buyer_message",
)  # fmt: skip

ORDERS = ExportTable(
    "orders", made_of.order_columns, order_rows, {STANDARD: _USUAL, ALL: made_of.ORDER_KEYS, "parcel": _PARCEL, "money": _MONEY}, _orders
)
LINES = ExportTable(
    "lines",
    made_of.line_columns,
    line_rows,
    {STANDARD: _USUAL_LINE, ALL: tuple(column.key for column in made_of.line_columns("en"))},
    _orders,
)
STOCK = ExportTable("stock", made_of.stock_columns, made_of.stock_rows, {ALL: made_of.STOCK_KEYS}, _skus)
CASES = ExportTable("cases", made_of.case_columns, made_of.case_rows, {ALL: made_of.CASE_KEYS}, _cases)


def trail_table(zone: str) -> ExportTable:
    """The audit trail, whose values are told in the shop's time."""
    return ExportTable("audit", lambda lang: trail_columns(zone, lang), trail_rows, ids=_entries)


def report_table(table: Table) -> ExportTable:
    """A report that was made already."""
    return ExportTable(f"report-{table.report.key}", lambda lang: columns_of_report(table, lang), lambda _desk, _ids: table.rows)


def chosen_columns(table: ExportTable, keys: Sequence[str], lang: str) -> tuple[Column, ...]:
    """These columns in this order; none means those of the first set. Raises BadInput("export_column_unknown") with the nearest key."""
    there = {column.key: column for column in table.columns(lang)}
    if not keys:
        first = next(iter(table.sets.values()), tuple(there))
        return tuple(there[key] for key in first)
    for key in keys:
        if key not in there:
            from services.search.fields import nearest

            raise BadInput("export_column_unknown", word=key, suggestion=nearest(key, tuple(there)))
    return tuple(there[key] for key in dict.fromkeys(keys))


def export_table(
    desk: Door,
    table: ExportTable,
    ids: Sequence[int],
    path: Path,
    lang: str,
    progress: Progress = SILENT,
    *,
    keys: Sequence[str] = (),
    headings: bool = True,
    replace: bool = True,
) -> Written:
    """Write these rows to `path`, in the order of the ids. Raises Refused("not_permitted"), what `chosen_columns` and `write_file` raise."""
    desk.must("export")
    format_of(path)
    columns = chosen_columns(table, keys, lang)
    # Several rows an id are counted as they come: how many there are, nobody knows before.
    total = len(ids) if len(ids) and table.key not in {"lines", "movements"} else None
    rows = table.rows(desk, ids)
    return write_file(
        path, columns, rows, zone=desk.shop.zone, lang=lang, total=total, progress=progress, headings=headings, replace=replace
    )
