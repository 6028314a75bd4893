"""The tables besides orders, stock and after-sales, as data: a column is a name, a kind and where its value stands in the row.

A new one is a tuple of fields, how its rows are read, and its line in services.exports.registry; its titles are words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from services.exports.orders import Door
from services.exports.table import Cell, Column, Kind
from services.exports.tables import ALL, STOCK, ExportTable, Rows
from services.words import say, term
from services.words.mending import faults

if TYPE_CHECKING:
    from services.queries.import_rows import RejectedRow
    from services.queries.movement_rows import MovementRow
    from services.queries.region_counts import RegionRow

BLOCK = 1_000
"""Rows in the memory at once."""
_MOST = 1_000_000
"""Of lists that are read in one statement, so that nothing slips between two parts."""


@dataclass(frozen=True, slots=True)
class Field:
    """`at` is where the value stands in the row (dots go on; None on the way is None), `name` where it is not told; `said(row, lang)`
    makes words instead, of which a program gets the value itself. `words`: the value is a code of that kind of terms."""

    name: str
    kind: Kind = Kind.TEXT
    width: int = 14
    at: str = ""
    words: str = ""
    said: Callable[[Any, str], Cell] | None = None
    personal: bool = False
    code: Callable[[Any], Cell] | None = None


def _columns(fields: Sequence[Field]) -> Callable[[str], tuple[Column, ...]]:
    return lambda lang: tuple(_column(field, lang) for field in fields)


def _column(field: Field, lang: str) -> Column:
    place = field.at or field.name

    def plain(row: Any) -> Cell:
        try:
            found: Any = attrgetter(place)(row)
        except AttributeError:
            if "." not in place:
                raise
            return None  # a part that is not there
        return None if found == "" else found

    def worded(row: Any) -> Cell:
        found = plain(row)
        return None if found is None else term(field.words, str(found), lang)

    def said(row: Any) -> Cell:
        return None if field.said is None else field.said(row, lang)

    value = said if field.said is not None else worded if field.words else plain
    code = field.code if field.said is not None else plain if field.words else None
    width = 19 if field.kind is Kind.TIME else field.width
    return Column(field.name, term("list_column", field.name, lang), field.kind, value, width, code, field.personal)


def _table(key: str, fields: Sequence[Field], rows: Rows, ids: Callable[[Door, str], Sequence[int]] | None = None) -> ExportTable:
    return ExportTable(key, _columns(fields), rows, {ALL: tuple(field.name for field in fields)}, ids)


def _blocks(query: Callable[[tuple[int, ...]], Any]) -> Callable[[Door, Sequence[int]], Iterator[Any]]:
    """Rows of ids, a block at a time; `query(ids)` makes what is read."""

    def rows(desk: Door, ids: Sequence[int]) -> Iterator[Any]:
        for start in range(0, len(ids), BLOCK):
            yield from desk.read(query(tuple(ids[start : start + BLOCK])))

    return rows


_NUMBER = Field("number", width=22)
_CHANNEL = Field("channel", words="channel")
_STATUS = Field("status", words="status")
_BUYER = Field("buyer_nick", width=16, personal=True)
_SHIP_BY = Field("ship_by", Kind.TIME)


def _meaning(codes: Sequence[str], lang: str) -> str:
    return ("" if lang == "zh" else " ").join(term("mend_meaning", code, lang) for code in codes)


# ---- stock


def _movements(desk: Door, ids: Sequence[int]) -> Iterator[tuple[MovementRow, int]]:
    """Of these SKUs, one after the other, each movement with what was on hand after it: the ledger's sum is on hand (domain.md)."""
    from services.queries.movement_rows import MovementRows

    for sku_id in ids:
        balance = 0
        part = desk.read(MovementRows(sku_id))
        while part:
            for movement in part:
                balance += movement.units
                yield movement, balance
            part = desk.read(MovementRows(sku_id, (part[-1].at, part[-1].id)))


@dataclass(frozen=True, slots=True)
class _Moved:
    """A movement with its balance, as its columns want it."""

    row: MovementRow
    balance: int

    @property
    def case(self) -> str:
        return "" if self.row.case_id is None else f"C{self.row.case_id}"


MOVEMENTS = _table(
    "movements",
    (
        Field("at", Kind.TIME, at="row.at"),
        Field("code", width=16, at="row.code"),
        Field("title", width=40, at="row.title"),
        Field("properties", width=26, at="row.properties"),
        Field("kind", at="row.kind", words="movement"),
        Field("units", Kind.COUNT, at="row.units"),
        Field("balance", Kind.COUNT),
        Field("worth", Kind.MONEY, at="row.worth"),
        Field("number", width=22, at="row.number"),
        Field("case"),
        Field("note", width=30, at="row.note"),
    ),
    lambda desk, ids: (_Moved(*one) for one in _movements(desk, ids)),
    STOCK.ids,
)
"""One row a movement; its ids are those of SKUs, as one row an order's line goes by the ids of orders."""


# ---- customers


def _customers(ids: tuple[int, ...]) -> Any:
    from services.queries.customer_rows import CustomerRows

    return CustomerRows(ids)


def _customer_ids(desk: Door, search: str) -> Sequence[int]:
    from services.queries.customer_rows import CustomerIds

    found: Sequence[int] = desk.read(CustomerIds(search))
    return found


CUSTOMERS = _table(
    "customers",
    (
        _BUYER,
        _CHANNEL,
        Field("tier", words="tier"),
        Field("orders", Kind.COUNT),
        Field("closed", Kind.COUNT),
        Field("paid", Kind.MONEY),
        Field("refunded", Kind.MONEY),
        Field("first_at", Kind.TIME),
        Field("last_at", Kind.TIME),
        Field("recipient", personal=True),
        Field("phone", personal=True),
        Field("province"),
        Field("city"),
        Field("district"),
        Field("address", width=40, personal=True),
        Field("masked", Kind.YES),
        Field("note", width=30, personal=True),
    ),
    _blocks(_customers),
    _customer_ids,
)


# ---- worklists


def _worklist(tab: str, name: str) -> tuple[Callable[[Door, Sequence[int]], Iterator[Any]], Callable[[Door, str], Sequence[int]]]:
    """Rows and ids of one tab (services.queries.worklists), loaded at use."""
    from importlib import import_module

    def of(kind: str) -> Any:
        return getattr(import_module(f"services.queries.worklists.{tab}"), f"{name}{kind}")

    def ids(desk: Door, search: str) -> Sequence[int]:
        found: Sequence[int] = desk.read(of("Ids")(search))
        return found

    def rows(some: tuple[int, ...]) -> Any:
        return of("Rows")(some)

    return _blocks(rows), ids


def _likely(row: Any, _lang: str) -> str:
    from services.queries.goods_name import goods_name

    return "" if row.best is None else goods_name(row.best.title, row.best.properties, row.best.code)


def _better(row: Any, lang: str) -> str:
    """What was recognised, field by field."""
    colon, comma = ("：", "；") if lang == "zh" else (": ", "; ")
    return comma.join(f"{term('field', name, lang)}{colon}{text}" for name, text in row.correction)


GOODS = _table(
    "goods",
    (
        Field("title", width=40, at="goods.title"),
        Field("properties", width=26, at="goods.properties"),
        Field("code", width=16, at="goods.code"),
        Field("item_id", width=16, at="goods.item_id"),
        Field("channel", at="goods.channel", words="channel"),
        Field("price", Kind.MONEY),
        Field("waiting_orders", Kind.COUNT, at="goods.waiting_orders"),
        Field("waiting_units", Kind.COUNT, at="goods.waiting_units"),
        Field("lines", Kind.COUNT, at="goods.lines"),
        Field("ship_by", Kind.TIME, at="goods.ship_by"),
        Field("likely_code", width=16, at="best.code"),
        Field("likely_title", width=40, said=_likely),
        Field("alike", Kind.SHARE, said=lambda row, _lang: None if row.best is None else row.best.score * 10),
    ),
    *_worklist("goods", "Goods"),
)
ADDRESSES = _table(
    "addresses",
    (
        _NUMBER,
        _CHANNEL,
        _STATUS,
        Field("wrong", width=24, said=lambda row, lang: faults(row.faults, lang), code=lambda row: ",".join(row.faults)),
        Field("meaning", width=50, said=lambda row, lang: _meaning(row.faults, lang)),
        _BUYER,
        *(Field(name, at=f"to.{name}", personal=True) for name in ("recipient", "phone", "phone_ext", "tel")),
        *(Field(name, at=f"to.{name}") for name in ("province", "city", "district")),
        Field("address", width=40, at="to.address", personal=True),
        Field("better", width=40, said=_better, personal=True),
        Field("goods", width=40),
        _SHIP_BY,
    ),
    *_worklist("addresses", "Address"),
)


AMOUNTS = _table(
    "amounts",
    (
        _NUMBER,
        _CHANNEL,
        _STATUS,
        Field("wrong", width=24, said=lambda row, lang: faults(row.faults, lang), code=lambda row: ",".join(row.faults)),
        Field("meaning", width=50, said=lambda row, lang: _meaning(row.faults, lang)),
        _BUYER,
        Field("goods", width=40),
        Field("goods_amount", Kind.MONEY, at="amounts.goods"),
        Field("discount", Kind.MONEY, at="amounts.discount"),
        Field("freight", Kind.MONEY, at="amounts.freight"),
        Field("payable", Kind.MONEY, at="amounts.payable"),
        Field("expected", Kind.MONEY),
        Field("paid", Kind.MONEY, at="amounts.paid"),
        Field("refunded", Kind.MONEY, at="amounts.refunded"),
        Field("asked", Kind.MONEY, at="amounts.asked"),
        _SHIP_BY,
        Field("file", width=32),
        Field("row", Kind.COUNT, said=lambda row, _lang: row.row or None),
        Field("column", width=18),
        Field("value", width=18),
        Field("imported_at", Kind.TIME, at="at"),
    ),
    *_worklist("amounts", "Amount"),
)
DUPLICATES = _table(
    "duplicates",
    (
        Field("number", width=22, at="second.number"),
        Field("first_number", width=22, at="first.number"),
        Field("wrong", width=16, at="code", words="mend"),
        Field("channel", at="second.channel", words="channel"),
        Field("status", at="second.status", words="status"),
        Field("buyer_nick", width=16, at="second.buyer_nick", personal=True),
        Field("recipient", at="second.recipient", personal=True),
        Field("phone", at="second.phone", personal=True),
        Field("address", width=40, at="second.address", personal=True),
        Field("goods", width=40, at="second.goods"),
        Field("quantity", Kind.COUNT, at="second.quantity"),
        Field("payable", Kind.MONEY, at="second.payable"),
        Field("paid", Kind.MONEY, at="second.paid"),
        Field("created_at", Kind.TIME, at="second.created_at"),
        Field("first_channel", at="first.channel", words="channel"),
        Field("first_status", at="first.status", words="status"),
        Field("first_payable", Kind.MONEY, at="first.payable"),
        Field("first_paid", Kind.MONEY, at="first.paid"),
        Field("first_created_at", Kind.TIME, at="first.created_at"),
    ),
    *_worklist("duplicates", "Duplicate"),
)


# ---- of imported files


def _all_conflicts(desk: Door, state: str) -> Sequence[Any]:
    from services.queries.conflict_rows import ConflictRows

    found: Sequence[Any] = desk.read(ConflictRows(state=state, limit=_MOST))
    return found


def _conflict_ids(desk: Door, search: str) -> Sequence[int]:
    from services.queries.worklists.common import holding

    holds = holding(search)
    return [row.id for row in _all_conflicts(desk, "open") if holds((row.number, row.ours, row.theirs, row.file_name))]


def _conflicts(desk: Door, ids: Sequence[int]) -> Iterator[Any]:
    found = {row.id: row for row in _all_conflicts(desk, "")}
    return (found[one] for one in ids if one in found)


def conflict_table(zone: str) -> ExportTable:
    """Conflicts of imports; their values are told in the shop's time."""
    from services.words.trail import value

    def side(name: str) -> Field:
        return Field(
            name,
            width=30,
            said=lambda row, lang: value("orders", row.field, getattr(row, name), lang, zone) if getattr(row, name) else "",
            code=lambda row: getattr(row, name) or None,
            personal=True,
        )

    return _table(
        "conflicts",
        (
            _NUMBER,
            _CHANNEL,
            Field("field", words="field"),
            Field("part", Kind.COUNT, said=lambda row, _lang: row.part or None),
            side("ours"),
            side("theirs"),
            Field("state", words="conflict_state"),
            Field("file", width=32, at="file_name"),
            Field("row", Kind.COUNT),
            Field("file_time", Kind.TIME),
            Field("batch"),
            Field("found_at", Kind.TIME),
            Field("edited_by", words="actor"),
            Field("edited_at", Kind.TIME),
            Field("decided_by", words="actor"),
            Field("decided_at", Kind.TIME),
        ),
        _conflicts,
        _conflict_ids,
    )


def _all_imports(desk: Door) -> Sequence[Any]:
    from services.queries.import_rows import ImportRows

    found: Sequence[Any] = desk.read(ImportRows(_MOST))
    return found


def _import_ids(desk: Door, search: str) -> Sequence[int]:
    from services.queries.worklists.common import holding

    holds = holding(search)
    return [row.id for row in _all_imports(desk) if holds((row.label, row.file_name, row.format))]


def _imports(desk: Door, ids: Sequence[int]) -> Iterator[Any]:
    found = {row.id: row for row in _all_imports(desk)}
    return (found[one] for one in ids if one in found)


def _format_words(row: Any, lang: str) -> str:
    from services.words.imports import format_words

    return format_words(row.format, lang)


IMPORTS = _table(
    "imports",
    (
        Field("batch", at="label"),
        Field("imported_at", Kind.TIME, at="at"),
        Field("file", width=36, at="file_name"),
        Field("format", width=20, said=_format_words, code=lambda row: row.format),
        Field("encoding"),
        *(
            Field(name, Kind.COUNT)
            for name in ("rows", "orders_new", "orders_updated", "orders_unchanged", "lines", "conflicts", "held", "rejected", "warnings")
        ),
        Field("undone_at", Kind.TIME),
        Field("undone_by", words="actor"),
    ),
    _imports,
    _import_ids,
)


def why_words(row: RejectedRow, lang: str) -> str:
    """In the language asked for; of a batch that kept no facts in the words of its day."""
    told = say(row.code, lang, **row.facts) if row.code else ""
    return row.why if not told or "{" in told else told


def _rejected(desk: Door, _ids: Sequence[int]) -> Iterable[Any]:
    from services.queries.import_rows import RejectedRows

    found: Iterable[Any] = desk.read(RejectedRows(_MOST))
    return found


REJECTED = _table(
    "rejected",
    (
        Field("file", width=36),
        Field("row", Kind.COUNT, said=lambda row, _lang: row.row or None),
        Field("column", width=18),
        Field("value", width=24, personal=True),
        Field("why", width=60, said=why_words, code=lambda row: row.code or row.why),
    ),
    _rejected,
)
"""What Today counts: rows of the files imported since yesterday."""


def _held(desk: Door, _ids: Sequence[int]) -> Iterable[Any]:
    from services.queries.held_rows import HeldRows

    found: Iterable[Any] = desk.read(HeldRows(batches=_MOST))
    return found


HELD = _table(
    "held",
    (
        Field("batch"),
        Field("file", width=36, at="file_name"),
        Field("imported_at", Kind.TIME),
        Field("row", Kind.COUNT),
        _NUMBER,
        Field("column", width=18),
        Field("value", width=24),
        Field("why", width=40, said=lambda row, lang: say(row.code, lang, value=row.value), code=lambda row: row.code),
        Field("cells", width=60, said=lambda row, _lang: "; ".join(f"{name}: {cell}" for name, cell in row.cells), personal=True),
    ),
    _held,
)


# ---- what has its rows at hand


@dataclass(frozen=True, slots=True)
class _Place:
    province: str
    city: str
    orders: int
    quantity: int
    paid: int


def region_table(rows: Sequence[RegionRow]) -> ExportTable:
    """Provinces and their cities as they were counted: one row a city, and one for a province that names none."""
    places = [
        _Place(province.name, city.name, city.orders, city.units, city.paid)
        for province in rows
        for city in (province.cities or (type(province)("", province.orders, province.units, province.paid),))
    ]
    fields = (
        Field("province"),
        Field("city"),
        Field("orders", Kind.COUNT),
        Field("quantity", Kind.COUNT),
        Field("paid", Kind.MONEY),
    )
    return _table("regions", fields, lambda _desk, _ids: places)


def _tags(desk: Door, _ids: Sequence[int]) -> Iterable[Any]:
    from services.queries.tag_rows import TagRows

    found: Iterable[Any] = desk.read(TagRows())
    return found


TAGS = _table("tags", (Field("tag", width=20, at="name"), Field("orders", Kind.COUNT)), _tags)
