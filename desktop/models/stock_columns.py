"""The tables of the stock page as data: SKUs with what they have, and platform goods that no SKU stands for yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language, later, tr
from desktop.models.column import Bar, Column, Due, Figure, Goods, Kind, Pill
from desktop.models.paged_table import Sort
from services.queries.goods_name import goods_name
from services.words import term

if TYPE_CHECKING:
    from services.desk import Desk
    from services.queries.stock_rows import StockRow, UnmatchedRow

TABS = ("all", "short", "low", "none")
"""Tabs of the SKUs, in the order of the page; `unmatched` is another table."""
SHORT_COVER = 7
"""Days of cover at and below which the figure is coloured."""


def goods_words(row: StockRow | UnmatchedRow) -> str:
    """Title and what the properties add to it, as one line; the code where there is no title."""
    return goods_name(row.title, row.properties, row.code)


def _available(row: StockRow) -> Figure:
    return Figure(formats.count(row.available), "bad" if row.available < 0 else "text", bold=True)


def _bar(row: StockRow) -> Bar | None:
    """Available against twice the reorder point, the tick in the middle; none without a reorder point."""
    if not row.reorder_point or row.virtual:
        return None
    share = max(0.0, min(1.0, row.available / (2 * row.reorder_point)))
    low = row.available < row.reorder_point
    words = tr("{n} available, reorder point {point}", n=row.available, point=row.reorder_point)
    return Bar(share, 0.5, "warn" if low else "muted", words)


def _daily(row: StockRow) -> Figure:
    return Figure(f"{row.daily / 10:.1f}" if row.daily else formats.DASH, "text2" if row.daily else "muted")


def _cover(row: StockRow) -> Figure:
    if row.cover is None:
        return Figure(formats.DASH, "muted")
    return Figure(tr("{n} d", n=formats.count(row.cover)), "warn" if row.cover <= SHORT_COVER else "text2")


def state_pill(row: StockRow) -> Pill | None:
    """Only what differs from normal: missing, low, none there, no count yet, no stock by nature."""
    if row.shortage:
        return Pill(tr("{n} short", n=formats.count(row.shortage)), "bad")
    if row.virtual:
        return Pill(tr("Virtual"))
    if not row.begun:
        return Pill(tr("Not counted"))
    if row.status == "low":
        return Pill(tr("Low"), "warn")
    return Pill(tr("None left")) if row.status == "none" else None


STOCK_COLUMNS = (
    Column("goods", later("Goods · properties"), Kind.TEXT, goods_words, sort="title", width=0),
    Column("code", later("Merchant code"), Kind.CODE, lambda row: row.code, sort="code", width=100),
    Column("bin", later("Bin"), Kind.CODE, lambda row: row.bin or formats.DASH, sort="bin", width=62),
    Column("on_hand", later("On hand"), Kind.QUANTITY, lambda row: row.on_hand, sort="on_hand", width=66),
    Column("reserved", later("Reserved"), Kind.QUANTITY, lambda row: row.reserved, sort="reserved", width=72),
    Column("available", later("Available"), Kind.FIGURE, _available, sort="available", width=76),
    Column("level", later("To reorder point"), Kind.BAR, _bar, width=116),
    Column("daily", later("A day"), Kind.FIGURE, _daily, width=54),
    Column("cover", later("Lasts"), Kind.FIGURE, _cover, width=58),
    Column("state", later("State"), Kind.PILLS, state_pill, sort="status", width=82),
)


def unmatched_columns(now: Callable[[], int]) -> tuple[Column, ...]:
    """Columns of the goods to match; `now` for the time left of the first order that waits."""

    def left(row: UnmatchedRow) -> Due:
        if row.ship_by is None:
            return Due(formats.DASH)
        time = row.ship_by - now()
        return Due(formats.span(time), "bad" if time < 2 * formats.MS_AN_HOUR else "warn" if time <= 12 * formats.MS_AN_HOUR else "muted")

    return (
        Column("check", "", Kind.CHECK, width=36),
        Column("goods", later("Goods on the platform"), Kind.GOODS, lambda row: Goods(goods_words(row)), width=0),
        Column("code", later("Merchant code"), Kind.CODE, lambda row: row.code or formats.DASH, width=150),
        Column("channel", later("Channel"), Kind.SOFT, lambda row: term("channel", row.channel, language()), width=90),
        Column("orders", later("Waiting orders"), Kind.QUANTITY, lambda row: row.waiting_orders, width=108),
        Column("units", later("Waiting units"), Kind.QUANTITY, lambda row: row.waiting_units, width=108),
        Column("lines", later("Order lines"), Kind.QUANTITY, lambda row: row.lines, width=90),
        Column("left", later("Time left"), Kind.DUE, left, width=110),
    )


class StockSource:
    """SKUs of the tab chosen on the page. Unsorted, the most urgent come first."""

    def __init__(self) -> None:
        self.tab = "all"

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Desk], Any]:
        tab = self.tab

        def find(desk: Desk) -> Any:
            from services.queries.stock_rows import StockIds

            return desk.read(StockIds(search, tab, sort.key, sort.descending, limit))

        return find

    def rows(self, ids: Sequence[int]) -> Callable[[Desk], Any]:
        def read(desk: Desk) -> Any:
            from services.queries.stock_rows import StockRows

            return desk.read(StockRows(tuple(ids)))

        return read


class UnmatchedSource:
    """Platform goods without a SKU, those that most orders wait for first."""

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Desk], Any]:
        def find(desk: Desk) -> Any:
            from services.queries.stock_rows import UnmatchedIds

            return desk.read(UnmatchedIds(search, limit))

        return find

    def rows(self, ids: Sequence[int]) -> Callable[[Desk], Any]:
        def read(desk: Desk) -> Any:
            from services.queries.stock_rows import UnmatchedRows

            return desk.read(UnmatchedRows(tuple(ids)))

        return read
