"""What a map would bring, as rows of the preview: columns by what the table holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop import formats
from desktop.i18n import language, later
from desktop.models.column import Column, Kind
from desktop.models.import_columns import NEW_GOODS, NEW_ORDERS
from desktop.models.import_rows import NewGoods, new_order
from services.imports.records import CountRecord, GoodsRecord, WaybillRecord


@dataclass(frozen=True, slots=True)
class NewParcel:
    """A row of a tracking file."""

    id: int
    row: int
    number: str
    tracking: str
    carrier: str


@dataclass(frozen=True, slots=True)
class NewCount:
    """A row of a stocktake."""

    id: int
    row: int
    code: str
    barcode: str
    counted: int
    expected: int | None


def _row(row: NewParcel | NewCount) -> str:
    return formats.count(row.row)


_COLUMNS: dict[str, tuple[Column, ...]] = {
    "orders": NEW_ORDERS,
    "goods": NEW_GOODS,
    "tracking": (
        Column("row", later("Row"), Kind.TEXT, _row, width=76),
        Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, width=220),
        Column("tracking", later("Tracking number"), Kind.CODE, lambda row: row.tracking, width=220),
        Column("carrier", later("Carrier"), Kind.TEXT, lambda row: row.carrier, width=0),
    ),
    "stocktake": (
        Column("row", later("Row"), Kind.TEXT, _row, width=76),
        Column("code", later("Merchant code"), Kind.TEXT, lambda row: row.code, width=0),
        Column("barcode", later("Barcode"), Kind.CODE, lambda row: row.barcode, width=200),
        Column("counted", later("Counted"), Kind.QUANTITY, lambda row: row.counted, width=120),
        Column("expected", later("Expected"), Kind.QUANTITY, lambda row: row.expected, width=120),
    ),
}


def preview_columns(kind: str) -> tuple[Column, ...]:
    """Columns of a table that holds this (a map's option `kind`)."""
    return _COLUMNS[kind]


def preview_rows(records: Sequence[Any]) -> Iterator[Any]:
    """The records of a preview as rows for these columns."""
    for place, one in enumerate(records):
        if isinstance(one, WaybillRecord):
            yield NewParcel(place, one.row, one.order, one.parcel.number, _carrier(one))
        elif isinstance(one, GoodsRecord):
            title = " ".join(part for part in (one.title, one.properties) if part)
            yield NewGoods(place, one.code, title, one.barcode or "", one.cost, one.price, one.stock)
        elif isinstance(one, CountRecord):
            yield NewCount(place, one.row, one.code, one.barcode, one.counted, one.expected)
        else:
            yield new_order(place, one)


def _carrier(one: WaybillRecord) -> str:
    from services.queries.ship_rows import carrier_names

    code, names = one.parcel.carrier, dict(carrier_names(language()))
    return one.parcel.carrier_name if code == "OTHER" else names.get(code, code)
