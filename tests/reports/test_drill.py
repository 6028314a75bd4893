"""M10: what a row of a report tells is what the orders hold that its search finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.commands.demo import FillDemo
from services.commands.edits import EditOrders
from services.db.reading import Reading
from services.desk import Desk
from services.queries.order_rows import OrderIds, OrderTotals
from services.reports import REPORTS, RunReport, report_named, report_query
from services.search.parser import parse
from services.search.writer import say, write
from tests.factories import at, make_order
from tests.frozen import START, FrozenClock

TODAY = 739_942
"""2026-11-22."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk.open(tmp_path_factory.mktemp("drill") / "shop", clock=FrozenClock(START)) as desk:
        desk.perform(FillDemo(orders=240, seed=7))
        # Days that are not summed, a province that nobody told, one that needs quotes.
        ids = list(desk.read(OrderIds("paid_at:90d")))
        desk.perform(EditOrders(tuple(ids[:3]), {"province": ""}), reason="test")
        desk.perform(EditOrders((ids[4],), {"province": '新 "区"'}), reason="test")
        yield desk


class _Sold:
    """(pieces, what buyers owed) of goods named by SKU code or listing title in these orders."""

    def __init__(self, ids: list[int], code: str, title: str) -> None:
        self.ids, self.code, self.title = ids, code, title

    def run(self, reading: Reading) -> tuple[int, int]:
        rows = reading.each(
            "SELECT l.quantity, coalesce(l.payable, l.price * l.quantity), coalesce(s.code, g.code), coalesce(s.title, g.title) "
            "FROM order_line l JOIN listing g ON g.id = l.listing_id LEFT JOIN sku s ON s.id = g.sku_id WHERE l.order_id IN ({ids})",
            self.ids,
        )
        found = [(pieces, owed) for pieces, owed, code, title in rows if code == self.code and self.title.startswith(title)]
        return sum(pieces for pieces, _owed in found), sum(owed for _pieces, owed in found)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.key)
def test_every_row_has_its_search_in_both_languages(demo: Desk, report: Any) -> None:
    for by in report.bys or ("",):
        table = demo.read(RunReport(report, TODAY - 89, TODAY, by))
        assert len(table.searches) == len(table.rows) > 0
        for node in table.searches:
            assert write(parse(say(node, "zh"))) == write(parse(say(node, "en"))) == write(node)
            assert "paid_at" not in say(node, "zh")


@pytest.mark.parametrize(("key", "by"), [("sales_by_day", "day"), ("sales_by_day", "week"), ("sales_by_day", "month"), ("sales_by_hour", ""),
                                         ("regions", "orders"), ("regions", "paid")])  # fmt: skip
def test_m10_paid_orders_and_money_are_those_of_the_orders_found(demo: Desk, key: str, by: str) -> None:
    table = demo.read(RunReport(report_named(key), TODAY - 59, TODAY, by))
    places = {column.key: place for place, column in enumerate(table.columns)}
    whole = 0
    for row, node in zip(table.rows, table.searches, strict=True):
        totals = demo.read(OrderTotals(say(node, "zh")))
        assert (totals.count, totals.paid) == (row[places["orders"]], row[places["paid"]]), write(node)
        whole += totals.count
    assert whole == table.totals["orders"] > 50


def test_m10_goods_are_those_of_the_orders_found(demo: Desk) -> None:
    table = demo.read(report_query("top_goods", {"from": "2026-09", "to": "2026-11"}))
    for (title, code, pieces, amount, _share), node in zip(table.rows, table.searches, strict=True):
        ids = list(demo.read(OrderIds(say(node, "zh"))))
        assert demo.read(_Sold(ids, str(code), str(title))) == (pieces, amount), write(node)
        assert all(demo.read(_Sold([order], str(code), str(title)))[0] for order in ids), write(node)


def test_an_order_belongs_to_the_weekday_and_hour_of_its_payment(desk: Desk) -> None:
    late = make_order(desk, number="1", paid_at=at("2026-11-01 23:59:59"))
    early = make_order(desk, number="2", paid_at=at("2026-11-02 00:00:00"))
    make_order(desk, number="3", paid_at=None, paid=None, status="awaiting_payment")
    found = {
        "星期:周日": [late],
        "weekday:monday": [early],
        "weekday:1,7": [early, late],
        "hour:23": [late],
        "时段:0": [early],
        "hour>=20": [late],
        "hour:20..23 weekday:sun": [late],
        "-hour:0..23": [3],
        "hour:24": [],
    }
    assert {text: list(desk.read(OrderIds(text, "-number"))) for text in found} == {
        text: sorted(ids, reverse=True) for text, ids in found.items()
    }
