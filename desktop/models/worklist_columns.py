"""The worklists as data: the columns of each tab and where its rows come from (services.queries.worklists)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language, later, tr
from desktop.models.column import Column, Due, Figure, Goods, Kind, Pill
from desktop.models.conflict_columns import conflict_columns, held_columns
from desktop.models.order_columns import left_tone, short_span
from desktop.models.paged_table import Sort
from desktop.models.stock_columns import goods_words
from services.words import term

if TYPE_CHECKING:
    from services.desk import Desk
    from services.queries.worklists.addresses import AddressRow
    from services.queries.worklists.amounts import AmountRow
    from services.queries.worklists.duplicates import DuplicateRow, Twin
    from services.queries.worklists.goods import GoodsRow

GRAVE = frozenset({"refund_above_paid", "negative", "phone_missing", "street_missing", "recipient_missing", "case_over_paid"})
"""Faults that are told in red: with these nothing may leave, or money is lost."""
_QUERIES = {
    "goods": ("GoodsIds", "GoodsRows"),
    "addresses": ("AddressIds", "AddressRows"),
    "amounts": ("AmountIds", "AmountRows"),
    "duplicates": ("DuplicateIds", "DuplicateRows"),
    "conflicts": ("UndecidedIds", "UndecidedRows"),
    "held": ("HeldIds", "HeldRowsOf"),
}


class WorklistSource:
    """The rows of one tab, in the order in which they are to be mended."""

    def __init__(self, tab: str) -> None:
        self.tab = tab

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Desk], Any]:
        return lambda desk: desk.read(ids_of(self.tab, search))

    def rows(self, ids: Sequence[int]) -> Callable[[Desk], Any]:
        wanted = tuple(ids)
        return lambda desk: desk.read(rows_of(self.tab, wanted))


def ids_of(tab: str, search: str) -> Any:
    """The query for the ids of a tab; imported at use."""
    return getattr(import_module(f"services.queries.worklists.{tab}"), _QUERIES[tab][0])(search)


def rows_of(tab: str, ids: tuple[int, ...]) -> Any:
    """The query for rows of a tab."""
    return getattr(import_module(f"services.queries.worklists.{tab}"), _QUERIES[tab][1])(ids)


def fault_pills(codes: Sequence[str]) -> tuple[Pill, ...]:
    return tuple(Pill(term("mend", code, language()), "bad" if code in GRAVE else "warn") for code in codes)


def place_words(row: AddressRow) -> str:
    """Who and where in one line, as it stands."""
    to = row.to
    where = "".join(part for part in (to.province, to.city if to.city != to.province else "", to.district, to.address) if part)
    return " ".join(part for part in (to.recipient, to.phone or to.tel, where) if part) or tr("Nothing known")


def correction_words(row: AddressRow) -> str:
    """What it would become, in one line."""
    return " ".join(text for _name, text in row.correction if text) or formats.DASH


def amount_words(row: AmountRow) -> str:
    """The amounts that do not go together, in one line."""
    of, money = row.amounts, formats.money
    if row.batch_id is not None:
        return tr("row {row}: {column} {value} · {file}", file=row.file, row=row.row, column=row.column, value=row.value)
    match row.faults[0]:
        case "paid_above_payable":
            return tr("{amount} more than owed", amount=money((of.paid or 0) - (of.payable or 0)))
        case "sum_differs":
            return tr("the parts make {amount}", amount=money(row.expected))
        case "refund_netted":
            return tr(
                "{amount} less than owed, refunded {back}",
                amount=money((of.payable or 0) - (of.paid or 0)),
                back=money(max(of.refunded, of.asked)),
            )
        case "refund_above_paid":
            return tr("{amount} is to go back", amount=money(max(of.refunded, of.asked)))
        case _:
            return tr("an amount is below zero")


def twin_words(of: Twin) -> str:
    return of.goods or tr("Goods not known yet")


def columns_of(tab: str, now: Callable[[], int], zone: Callable[[], str]) -> tuple[Column, ...]:
    """`now` for the time that is left, `zone` for written times."""

    def left(ship_by: int | None) -> Due:
        if ship_by is None:
            return Due(formats.DASH)
        time = ship_by - now()
        if time < 0:
            return Due(tr("{time} late", time=short_span(-time)), "bad", pill=True)
        return Due(formats.span(time), left_tone(time))

    check = Column("check", "", Kind.CHECK, width=36)
    if tab == "held":
        return held_columns(now, zone)
    if tab == "conflicts":
        return (check, *conflict_columns(now, zone))
    return (check, *{"goods": _goods, "addresses": _addresses, "amounts": _amounts, "duplicates": _duplicates}[tab](left))


_Left = Callable[[int | None], Due]


def _goods(left: _Left) -> tuple[Column, ...]:
    def likely(row: GoodsRow) -> str:
        return goods_name_of(row) or tr("Nothing like it")

    def score(row: GoodsRow) -> Figure:
        if row.best is None:
            return Figure(formats.DASH, "muted")
        return Figure(f"{row.best.score}%", "ok" if row.sure is not None else "text2", bold=row.sure is not None)

    return (
        Column("goods", later("Goods on the platform"), Kind.GOODS, lambda row: Goods(goods_words(row.goods)), width=0),
        Column("code", later("Merchant code"), Kind.CODE, lambda row: row.goods.code or formats.DASH, width=108),
        Column("channel", later("Channel"), Kind.SOFT, lambda row: term("channel", row.goods.channel, language()), width=64),
        Column("orders", later("Orders"), Kind.QUANTITY, lambda row: row.goods.waiting_orders, width=62),
        Column("units", later("Units"), Kind.QUANTITY, lambda row: row.goods.waiting_units, width=62),
        Column("likely", later("Most likely"), Kind.TEXT, likely, width=150),
        Column("score", later("Alike"), Kind.FIGURE, score, width=58),
        Column("left", later("Time left"), Kind.DUE, lambda row: left(row.goods.ship_by), width=96),
    )


def goods_name_of(row: GoodsRow) -> str:
    """The likeliest of our goods in one line."""
    from services.queries.goods_name import goods_name

    return goods_name(row.best.title, row.best.properties, row.best.code) if row.best is not None else ""


def _addresses(left: _Left) -> tuple[Column, ...]:
    return (
        Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, width=154),
        Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer_nick, width=96),
        Column("wrong", later("What is wrong"), Kind.PILLS, lambda row: fault_pills(row.faults[:2]), width=150),
        Column("now", later("As it is"), Kind.SOFT, place_words, width=0),
        Column("better", later("Recognised"), Kind.TEXT, correction_words, width=180),
        Column("left", later("Time left"), Kind.DUE, lambda row: left(row.ship_by), width=96),
    )


def _amounts(left: _Left) -> tuple[Column, ...]:
    def number(row: AmountRow) -> str:
        return row.number or formats.DASH

    return (
        Column("number", later("Order no."), Kind.NUMBER, number, width=154),
        Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer_nick, width=96),
        Column("wrong", later("What is wrong"), Kind.PILLS, lambda row: fault_pills(row.faults[:2]), width=156),
        Column("how", later("How it differs"), Kind.SOFT, amount_words, width=0),
        Column("payable", later("Payable"), Kind.MONEY, lambda row: row.amounts.payable, width=88),
        Column("paid", later("Paid"), Kind.MONEY, lambda row: row.amounts.paid, width=88),
        Column("left", later("Time left"), Kind.DUE, lambda row: left(row.ship_by), width=96),
    )


def _duplicates(_left: _Left) -> tuple[Column, ...]:
    def apart(row: DuplicateRow) -> str:
        return tr("{time} later", time=formats.span(row.second.created_at - row.first.created_at))

    return (
        Column("number", later("Order no."), Kind.NUMBER, lambda row: row.second.number, width=154),
        Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.second.buyer_nick, width=96),
        Column("first", later("Repeats"), Kind.NUMBER, lambda row: row.first.number, width=154),
        Column("apart", later("Placed"), Kind.SOFT, apart, width=100),
        Column("goods", later("Goods"), Kind.GOODS, lambda row: Goods(twin_words(row.second)), width=0),
        Column("wrong", later("What it looks like"), Kind.PILLS, lambda row: fault_pills((row.code,)), width=116),
        Column("payable", later("Payable"), Kind.MONEY, lambda row: row.second.payable, width=88),
    )
