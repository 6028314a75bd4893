"""A list is walked along the index of its order: SQLite's own choice, without statistics, reads all orders and sorts them."""

from __future__ import annotations

from typing import Any

import pytest

from services.desk import Desk
from services.queries.order_rows import FirstOrders
from tests.factories import make_orders
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
    ],
)
def test_first_rows_come_along_the_index_of_their_order(desk: Desk, search: str, sort: str, index: str) -> None:
    make_orders(desk, [{"number": "1"}])
    with statements(desk) as asked:
        desk.read(FirstOrders(search, sort))
    plan = desk.read(_Plan(asked[-1]))
    assert f"INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan.replace("USE TEMP B-TREE FOR LAST TERM OF ORDER BY", "")
