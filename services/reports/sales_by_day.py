"""How much is sold each day, week or month; days without a sale are rows too."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from services.db.sums import Sales, by_day, weekday_of
from services.reports.report import FROM, TO, Column, Kind, Param, Report, Span, Table, money, paid_in, short_day

if TYPE_CHECKING:
    from services.db.reading import Reading


def _make(reading: Reading, report: Report, span: Span, by: str) -> Table:
    before = span.before()
    days = by_day(reading, before.first, span.last)
    sales: dict[int, Sales] = defaultdict(Sales)
    earlier: dict[int, int] = defaultdict(int)
    for day in span.each():
        start = max(span.first, _start(day, by))
        sales[start] += days.get(day, Sales())
        earlier[start] += days.get(day - span.days, Sales()).paid
    rows = tuple((start, day.orders, day.paid, day.refunded, day.paid - day.refunded, earlier[start]) for start, day in sales.items())
    return Table(
        report,
        span,
        by,
        rows,
        _answer(sales, by),
        totals=_totals([days[day] for day in days if day >= span.first]),
        before=_totals([days[day] for day in days if day < span.first]),
        searches=tuple(paid_in(start, end - 1) for start, end in pairwise([*sales, span.last + 1])),
    )


def _start(day: int, by: str) -> int:
    """The day with which its week (Monday) or month begins."""
    if by == "week":
        return day - weekday_of(day)
    return date.fromordinal(day).replace(day=1).toordinal() if by == "month" else day


def _totals(sales: list[Sales]) -> dict[str, int]:
    total = sum(sales, Sales())
    average = (2 * total.paid + total.orders) // (2 * total.orders) if total.orders else 0
    return {
        "orders": total.orders,
        "paid": total.paid,
        "refunded": total.refunded,
        "net": total.paid - total.refunded,
        "average": average,
    }


_BEST = {
    "day": ("best day {day}, {best}", "{day} 最多，{best}"),
    "week": ("best week from {day}, {best}", "{day} 起的一周最多，{best}"),
    "month": ("best month from {day}, {best}", "{day} 起的一个月最多，{best}"),
}


def _answer(sales: dict[int, Sales], by: str) -> tuple[str, str]:
    total = sum(sales.values(), Sales())
    if not total.orders:
        return ("No order was paid in this time.", "这段时间没有付款的订单")
    best = max(sales, key=lambda start: (sales[start].paid, -start))
    english, chinese = (words.format(day=short_day(best), best=money(sales[best].paid)) for words in _BEST[by])
    return (f"{money(total.paid)} from {total.orders:,} orders; {english}", f"{total.orders:,} 单共 {money(total.paid)}，{chinese}")


SALES_BY_DAY = Report(
    key="sales_by_day",
    name=("By day", "按天"),
    title=("How much is sold each day?", "每天卖多少"),
    params=(FROM, TO, Param("by", ("By", "按"), (("day", ("Day", "天")), ("week", ("Week", "周")), ("month", ("Month", "月"))))),
    columns=(
        Column("day", ("Day", "日期"), Kind.DAY),
        Column("orders", ("Paid orders", "付款订单"), Kind.COUNT),
        Column("paid", ("Paid", "实付"), Kind.MONEY),
        Column("refunded", ("Refunded", "退款"), Kind.MONEY),
        Column("net", ("Paid less refunds", "实付减退款"), Kind.MONEY),
        Column("before", ("Paid before", "前一段实付"), Kind.MONEY),
    ),
    chart="bars",
    make=_make,
)
