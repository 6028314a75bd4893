"""Where the paid orders go, by province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.db.sums import Sales, by_province
from services.reports.report import FROM, TO, Column, Kind, Param, Report, Span, Table, money, paid_with, percent, share
from services.search.syntax import Field

if TYPE_CHECKING:
    from services.db.reading import Reading

_TOP = 3


def _make(reading: Reading, report: Report, span: Span, by: str) -> Table:
    found = by_province(reading, span.first, span.last)
    total = sum(found.values(), Sales())
    whole = total.orders if by == "orders" else total.paid
    ranked = sorted(found.items(), key=lambda pair: (-_weight(pair[1], by), pair[0]))
    return Table(
        report,
        span,
        by,
        tuple((province, sales.orders, sales.paid, sales.refunded, share(_weight(sales, by), whole)) for province, sales in ranked),
        _answer([(province, sales) for province, sales in ranked if province], by, whole),
        totals={"orders": total.orders, "paid": total.paid, "refunded": total.refunded},
        searches=tuple(paid_with(span, Field("province", "=", (province,))) for province, _sales in ranked),
    )


def _weight(sales: Sales, by: str) -> int:
    return sales.orders if by == "orders" else sales.paid


def _answer(ranked: list[tuple[str, Sales]], by: str, whole: int) -> tuple[str, str]:
    if not ranked:
        return ("No paid order of this time tells its province.", "这段时间没有写明省份的付款订单")
    province, best = ranked[0]
    part = percent(share(sum(_weight(sales, by) for _province, sales in ranked[:_TOP]), whole))
    top = min(_TOP, len(ranked))
    if by == "orders":
        return (
            f"Most to {province}, {best.orders:,} orders; the first {top} take {part}",
            f"{province}最多，{best.orders:,} 单；前 {top} 名占 {part}",
        )
    return (
        f"Most from {province}, {money(best.paid)}; the first {top} bring {part}",
        f"{province}最多，{money(best.paid)}；前 {top} 名占 {part}",
    )


REGIONS = Report(
    key="regions",
    name=("Regions", "地区"),
    title=("Where does it go?", "卖到哪里"),
    params=(FROM, TO, Param("by", ("By", "按"), (("orders", ("Orders", "订单数")), ("paid", ("Paid", "实付"))))),
    columns=(
        Column("province", ("Province", "省份"), Kind.TEXT),
        Column("orders", ("Paid orders", "付款订单"), Kind.COUNT),
        Column("paid", ("Paid", "实付"), Kind.MONEY),
        Column("refunded", ("Refunded", "退款"), Kind.MONEY),
        Column("share", ("Share", "占比"), Kind.SHARE),
    ),
    chart="map",
    make=_make,
)
