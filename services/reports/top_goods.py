"""What sells best: goods of paid orders, by what the buyers owed for them or by units. Listings of one SKU count together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from services.db.sums import Goods, by_listing
from services.queries.goods_name import goods_name
from services.reports.report import FROM, TO, Column, Kind, Param, Report, Span, Table, money, paid_with, percent, share
from services.search.syntax import Field, Node

if TYPE_CHECKING:
    from services.db.reading import Reading

TOP = 20

# Goods that are no SKU of ours yet go by their listing, with the minus sign to tell the two kinds of id apart.
_SKUS = "SELECT id, code, title, properties FROM sku WHERE id IN ({ids})"
_LISTINGS = "SELECT -id, code, title, properties FROM listing WHERE id IN ({ids})"


def _make(reading: Reading, report: Report, span: Span, by: str) -> Table:
    found = by_listing(reading, span.first, span.last)
    matched = dict(reading.sql("SELECT id, sku_id FROM listing WHERE sku_id IS NOT NULL")) if found else {}
    goods: dict[int, Goods] = defaultdict(Goods)
    for listing_id, sold in found.items():
        goods[matched.get(listing_id, -listing_id)] += sold
    total = sum(found.values(), Goods())
    whole = total.amount if by == "amount" else total.quantity
    ranked = sorted(goods.items(), key=lambda pair: (-_weight(pair[1], by), -pair[1].amount, pair[0]))[:TOP]
    words = {
        key: (code, title, properties)
        for key, code, title, properties in (
            *reading.each(_SKUS, [key for key, _sold in ranked if key > 0]),
            *reading.each(_LISTINGS, [-key for key, _sold in ranked if key < 0]),
        )
    }
    rows = tuple(
        (goods_name(*words[key][1:]), words[key][0], sold.quantity, sold.amount, share(_weight(sold, by), whole)) for key, sold in ranked
    )
    return Table(
        report,
        span,
        by,
        rows,
        _answer(rows, by),
        totals={"quantity": total.quantity, "amount": total.amount, "kinds": len(goods)},
        searches=tuple(paid_with(span, *_held(key > 0, *words[key])) for key, _sold in ranked),
    )


def _held(matched: bool, code: str, title: str, properties: str) -> list[Node]:
    """The search for orders with these goods: a SKU has its own code, a listing is known by all its words."""
    by_words: list[Node] = [] if matched else [Field("goods", "=", (words,)) for words in (title, properties) if words]
    return [Field("sku", "=", (code,)), *by_words] if code or not by_words else by_words


def _weight(goods: Goods, by: str) -> int:
    return goods.amount if by == "amount" else goods.quantity


def _answer(rows: tuple[tuple[str, str, int, int, int], ...], by: str) -> tuple[str, str]:
    if not rows:
        return ("No goods of paid orders are known for this time.", "这段时间没有付款订单的商品明细")
    title, code, quantity, amount, part = rows[0]
    name = title or code
    if by == "amount":
        return (f"{name}: {money(amount)}, {percent(part)} of all", f"{name} 最多，{money(amount)}，占 {percent(part)}")
    return (f"{name}: {quantity:,} pieces, {percent(part)} of all", f"{name} 最多，{quantity:,} 件，占 {percent(part)}")


TOP_GOODS = Report(
    key="top_goods",
    name=("Goods", "商品"),
    title=("What sells best?", "什么卖得好"),
    params=(FROM, TO, Param("by", ("By", "按"), (("amount", ("Amount", "金额")), ("quantity", ("Pieces", "件数"))))),
    columns=(
        Column("title", ("Goods", "商品"), Kind.TEXT),
        Column("code", ("Merchant code", "商家编码"), Kind.TEXT),
        Column("quantity", ("Pieces", "件数"), Kind.COUNT),
        Column("amount", ("Amount before refunds", "金额（未减退款）"), Kind.MONEY),
        Column("share", ("Share", "占比"), Kind.SHARE),
    ),
    chart="ranking",
    make=_make,
)
