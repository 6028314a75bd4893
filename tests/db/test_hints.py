"""A list is walked along the index that it is told to: SQLite's own choice, without statistics, reads all orders and sorts them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from services.db.schema import Order
from services.desk import Desk
from services.queries.order_rows import FirstOrders
from tests.queries.statements import statements

T = Order.__table__


class _Hinted:
    def run(self, reading):  # type: ignore[no-untyped-def]
        statement = select(T.c.id).with_hint(T, "INDEXED BY ix_orders_paid_at", "sqlite")
        return str(statement.compile(reading.connection))


def test_a_hint_reaches_sqlite(desk: Desk) -> None:
    assert "INDEXED BY ix_orders_paid_at" in desk.read(_Hinted())


@pytest.mark.parametrize(
    ("search", "sort", "index"),
    [
        ("paid>=100", "-created_at", "ix_orders_created_at"),
        ("paid>=100", "number", "ix_orders_number"),
        ("paid>=100", "-paid_at", "ix_orders_paid_at"),
    ],
)
def test_first_rows_come_along_the_index_of_their_order(desk: Desk, search: str, sort: str, index: str) -> None:
    with statements(desk) as asked:
        desk.read(FirstOrders(search, sort))
    plan = " / ".join(row[3] for row in desk.read(_Plan(asked[-1])))
    assert f"USING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan.replace("USE TEMP B-TREE FOR LAST TERM OF ORDER BY", "")


class _Plan:
    def __init__(self, statement: str) -> None:
        self.statement = statement

    def run(self, reading):  # type: ignore[no-untyped-def]
        return reading.sql(f"EXPLAIN QUERY PLAN {self.statement}")
