"""A list is walked along the index of its order: SQLite's own choice, without statistics, reads all orders and sorts them."""

from __future__ import annotations

from typing import Any

import pytest

from services.desk import Desk
from services.queries.order_rows import CountOrders, FirstOrders, OrderIds
from services.queries.region_counts import RegionCounts
from tests.factories import make_order, make_orders
from tests.queries.statements import statements


class _Plan:
    def __init__(self, statement: str) -> None:
        self.statement = statement

    def run(self, reading: Any) -> str:
        return " / ".join(row[3] for row in reading.sql(f"EXPLAIN QUERY PLAN {self.statement}"))


@pytest.mark.parametrize(
    ("search", "sort", "index"),
    [
        ("paid>=100", "-created_at", "ix_orders_created_at"),
        ("channel:taobao", "-created_at", "ix_orders_created_at"),
        ("paid_at:none", "-created_at", "ix_orders_created_at"),
        ("paid>=100", "number", "ix_orders_number"),
        ("paid>=100", "-paid_at", "ix_orders_paid_at"),
        ("checked:yes", "-created_at", "ix_orders_checked"),
    ],
)
def test_first_rows_come_along_the_index_of_their_order(desk: Desk, search: str, sort: str, index: str) -> None:
    make_orders(desk, [{"number": "1"}])
    with statements(desk) as asked:
        desk.read(FirstOrders(search, sort))
    plan = desk.read(_Plan(asked[-1]))
    assert f"INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan.replace("USE TEMP B-TREE FOR LAST TERM OF ORDER BY", "")


@pytest.mark.parametrize("key", ["completed_at", "closed_at"])
@pytest.mark.parametrize("limit", [1, 3, 50])
def test_what_has_no_such_moment_comes_last_either_way(desk: Desk, key: str, limit: int) -> None:
    """The index holds only what has one."""
    moments = [5, None, 3, None, 4]
    ids = make_orders(desk, [{"number": str(place), key: at} for place, at in enumerate(moments)])
    up = [ids[place] for place in (2, 4, 0, 1, 3)]
    down = [ids[place] for place in (0, 4, 2, 3, 1)]
    assert list(desk.read(FirstOrders("", key, limit))) == up[:limit]
    assert list(desk.read(FirstOrders("", f"-{key}", limit))) == down[:limit]
    assert [list(desk.read(OrderIds("status:awaiting_shipment", way + key))) for way in ("", "-")] == [up, down]
    with statements(desk) as asked:
        desk.read(FirstOrders("", f"-{key}", 1))
    assert f"INDEX ix_orders_{key}" in desk.read(_Plan(asked[-1]))


def test_cases_are_found_from_their_own_end(desk: Desk) -> None:
    """Rare among a million: neither the orders nor all cases of a state are gone through for each."""
    order = make_order(desk, number="1", status="shipped", cases=[{"state": "exchanged", "kind": "exchange"}])
    with statements(desk) as asked:
        assert list(desk.read(FirstOrders("case:exchanged"))) == [order]
        assert desk.read(CountOrders("case:exchanged")) == 1
    for one in asked:
        plan = desk.read(_Plan(one))
        assert "SCAN orders" not in plan
        assert "SEARCH after_sale USING INDEX ix_after_sale_state (state=?) / CORRELATED" not in plan


@pytest.mark.parametrize("search", ["carrier:SF", "case:any", "桂花"])
def test_a_group_is_counted_from_its_index_alone(desk: Desk, search: str) -> None:
    """Where the index says all, no order is looked at; an order that it names twice counts once."""
    parcels = [{"carrier": "SF", "tracking_number": f"SF{place}"} for place in range(2)]
    lines = [{"title": "桂花乌龙"}, {"title": "桂花糕"}]
    make_order(desk, number="1", status="shipped", cases=[{}, {}], lines=lines, parcels=parcels)
    make_order(desk, number="2", status="shipped")
    with statements(desk) as asked:
        assert desk.read(CountOrders(search, 10)) == 1
    assert " orders" not in desk.read(_Plan(asked[-1]))


def test_regions_of_all_orders_are_added_up_from_their_index_alone(desk: Desk) -> None:
    make_order(desk, number="1")
    with statements(desk) as asked:
        desk.read(RegionCounts())
    assert desk.read(_Plan(asked[-1])) == "SCAN orders USING COVERING INDEX ix_orders_region"
