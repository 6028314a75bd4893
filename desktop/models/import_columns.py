"""The lists of the dialog before an import as data: one tuple of columns for each part of a file."""

from __future__ import annotations

from desktop import formats
from desktop.i18n import language, later
from desktop.models.column import Column, Goods, Kind, Pill, Status
from desktop.models.import_rows import NewOrder, Place, SheetRow
from desktop.models.order_columns import GLYPHS, region, status_of
from services.imports.headings import OF_ORDERS
from services.words import term


def _status(row: NewOrder) -> Status | None:
    return status_of(row.status) if row.status in GLYPHS else None


def _goods(row: NewOrder) -> Goods:
    return Goods(row.title, max(0, row.kinds - 1))


def _row(row: Place) -> str:
    return formats.count(row.row) if row.row is not None else ""


NEW_ORDERS = (
    Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=164),
    Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer, sort="buyer", width=140),
    Column("region", later("Region"), Kind.SOFT, lambda row: region(row.province, row.city), width=120),
    Column("goods", later("Goods"), Kind.GOODS, _goods, width=0),
    Column("quantity", later("Qty"), Kind.QUANTITY, lambda row: row.quantity, sort="quantity", width=56),
    Column("paid", later("Amount"), Kind.MONEY, lambda row: row.paid, sort="paid", width=100),
    Column("status", later("Status"), Kind.STATUS, _status, sort="status", width=120),
)
NEW_GOODS = (
    Column("code", later("Merchant code"), Kind.TEXT, lambda row: row.code, sort="code", width=170),
    Column("title", later("Goods"), Kind.TEXT, lambda row: row.title, sort="title", width=0),
    Column("barcode", later("Barcode"), Kind.CODE, lambda row: row.barcode, width=130),
    Column("cost", later("Cost"), Kind.MONEY, lambda row: row.cost, sort="cost", width=100),
    Column("price", later("Price"), Kind.MONEY, lambda row: row.price, sort="price", width=100),
    Column("stock", later("Stock"), Kind.QUANTITY, lambda row: row.stock, sort="stock", width=90),
)
CHANGES = (
    Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=164),
    Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer, sort="buyer", width=120),
    Column("field", later("Field"), Kind.TEXT, lambda row: row.field, sort="field", width=150),
    Column("here", later("Here now"), Kind.SOFT, lambda row: row.here, sort="here", width=220),
    Column("told", later("Becomes"), Kind.TEXT, lambda row: row.told, sort="told", width=0),
)
GOODS_CHANGES = (
    Column("number", later("Merchant code"), Kind.TEXT, lambda row: row.number, sort="number", width=170),
    Column("buyer", later("Goods"), Kind.TEXT, lambda row: row.buyer, sort="buyer", width=0),
    Column("field", later("Field"), Kind.TEXT, lambda row: row.field, sort="field", width=120),
    Column("here", later("Here now"), Kind.SOFT, lambda row: row.here, sort="here", width=160),
    Column("told", later("Becomes"), Kind.TEXT, lambda row: row.told, sort="told", width=160),
)
CONFLICTS = (
    Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=164),
    Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer, sort="buyer", width=110),
    Column("field", later("Field"), Kind.TEXT, lambda row: row.field, sort="field", width=110),
    Column("here", later("Here (stays for now)"), Kind.TEXT, lambda row: row.here, sort="here", width=210),
    Column("by", later("Edited here"), Kind.CODE, lambda row: row.by, sort="by", width=130),
    Column("told", later("In the file"), Kind.SOFT, lambda row: row.told, sort="told", width=0),
)
REJECTED = (
    Column("row", later("Row"), Kind.TEXT, _row, sort="row", width=76),
    Column("column", later("Column"), Kind.TEXT, lambda row: row.column, sort="column", width=120),
    Column("value", later("What stands there"), Kind.TEXT, lambda row: row.value, sort="value", width=160),
    Column("why", later("Why it stays out"), Kind.SOFT, lambda row: row.why, sort="why", width=0),
)
PLACES = (
    Column("row", later("Row"), Kind.TEXT, _row, sort="row", width=76),
    Column("why", later("What to know"), Kind.TEXT, lambda row: row.why, sort="why", width=0),
)


DOUBTS = (
    Column("row", later("Row"), Kind.TEXT, _row, sort="row", width=76),
    Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=164),
    Column("why", later("What is in doubt"), Kind.TEXT, lambda row: row.why, sort="why", width=0),
)


def _then(row: SheetRow) -> Pill | None:
    return Pill(term("import_then", row.then, language()), _TONES.get(row.then, "muted")) if row.then else None


_TONES = {"new": "ok", "changed": "info", "kept": "warn"}
SHEET = (
    Column("field", later("Field"), Kind.SOFT, lambda row: row.field, width=150),
    Column("here", later("Here now"), Kind.TEXT, lambda row: row.here, width=260),
    Column("told", later("In the file"), Kind.TEXT, lambda row: row.told, width=0),
    Column("then", later("What happens"), Kind.PILLS, _then, width=170),
)
CELLS = (
    Column("field", later("Column"), Kind.SOFT, lambda row: row.field, width=220),
    Column("told", later("What stands there"), Kind.TEXT, lambda row: row.told, width=0),
)


def columns_of(part: str, kind: str) -> tuple[Column, ...]:
    """The columns of a part of a file of this kind."""
    goods = kind == "goods"
    if kind not in {*OF_ORDERS, "goods"} and part in {"new", "updated", "unchanged"}:
        return PLACES
    found: dict[str, tuple[Column, ...]] = {
        "new": NEW_GOODS if goods else NEW_ORDERS,
        "updated": GOODS_CHANGES if goods else CHANGES,
        "conflict": CONFLICTS,
        "rejected": REJECTED,
        "held": PLACES,
        "unchanged": NEW_GOODS if goods else NEW_ORDERS,
        "doubt": DOUBTS,
        "notice": PLACES,
    }
    return found.get(part, ())
