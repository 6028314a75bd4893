"""At what hour of which weekday the paid orders come in: 7 × 24 cells, the empty ones too. By the time of payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.db.sums import Sales, by_weekday_and_hour
from services.reports.report import FROM, TO, Column, Kind, Report, Span, Table, paid_with, percent, share
from services.search.syntax import Field

if TYPE_CHECKING:
    from services.db.reading import Reading

WEEKDAYS = (
    ("Monday", "周一"),
    ("Tuesday", "周二"),
    ("Wednesday", "周三"),
    ("Thursday", "周四"),
    ("Friday", "周五"),
    ("Saturday", "周六"),
    ("Sunday", "周日"),
)
_EARLY = 8


def _make(reading: Reading, report: Report, span: Span, by: str) -> Table:
    found = by_weekday_and_hour(reading, span.first, span.last)
    cells = [(weekday, hour, found.get((weekday, hour), Sales())) for weekday in range(7) for hour in range(24)]
    total = sum(found.values(), Sales())
    return Table(
        report,
        span,
        by,
        tuple((weekday, hour, sales.orders, sales.paid, sales.refunded) for weekday, hour, sales in cells),
        _answer(found, total),
        totals={"orders": total.orders, "paid": total.paid, "refunded": total.refunded},
        searches=tuple(
            paid_with(span, Field("weekday", ":", (WEEKDAYS[weekday][0].lower(),)), Field("hour", ":", (str(hour),)))
            for weekday, hour, _sales in cells
        ),
    )


def _answer(found: dict[tuple[int, int], Sales], total: Sales) -> tuple[str, str]:
    if not total.orders:
        return ("No order was paid in this time.", "这段时间没有付款的订单")
    weekday, hour = max(found, key=lambda cell: (found[cell].orders, -cell[0], -cell[1]))
    best = found[weekday, hour].orders
    early = sum(sales.orders for (_weekday, at), sales in found.items() if at < _EARLY)
    part = percent(share(early, total.orders))
    english, chinese = WEEKDAYS[weekday]
    return (
        f"Most on {english} at {hour}:00, {best:,} orders; {part} before {_EARLY} in the morning",
        f"{chinese} {hour} 点最旺，{best:,} 单；早 {_EARLY} 点前占 {part}",
    )


SALES_BY_HOUR = Report(
    key="sales_by_hour",
    name=("By hour", "时段"),
    title=("When do buyers order most?", "几点下单最多"),
    params=(FROM, TO),
    columns=(
        Column("weekday", ("Weekday", "星期"), Kind.WEEKDAY),
        Column("hour", ("Hour", "时"), Kind.HOUR),
        Column("orders", ("Paid orders", "付款订单"), Kind.COUNT),
        Column("paid", ("Paid", "实付"), Kind.MONEY),
        Column("refunded", ("Refunded", "退款"), Kind.MONEY),
    ),
    chart="heat",
    make=_make,
)
