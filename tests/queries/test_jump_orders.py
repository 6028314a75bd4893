"""From digits to orders: whole number, end, beginning; the newest first, few, and by indexes alone."""

from __future__ import annotations

from typing import Any

import pytest

from services.clock import MS_AN_HOUR
from services.desk import Desk
from services.queries.jump_orders import JumpOrders
from tests.factories import make_orders
from tests.frozen import START
from tests.queries.statements import statements

NUMBERS = ("3021446902117743108", "3021446902117747764", "3021447188230047764", "7764", "WX20261122007764", "3108")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    make_orders(desk, [{"number": number, "created_at": START - place * MS_AN_HOUR} for place, number in enumerate(NUMBERS)])
    return desk


@pytest.mark.parametrize(
    ("digits", "found"),
    [
        ("3021446902117743108", ["3021446902117743108"]),
        ("7764", ["7764", "3021446902117747764", "3021447188230047764", "WX20261122007764"]),
        ("47764", ["3021446902117747764", "3021447188230047764"]),
        ("1177", []),
        ("30214469", ["3021446902117743108", "3021446902117747764"]),
        ("3021446902117747764", ["3021446902117747764"]),
        ("776", []),
        ("77６4", []),
        ("77%4", []),
        ("", []),
    ],
)
def test_an_order_is_found_by_its_number(shop: Desk, digits: str, found: list[str]) -> None:
    assert [hit.number for hit in shop.read(JumpOrders(digits))] == found


def test_few_are_enough_and_each_is_told_once(shop: Desk) -> None:
    make_orders(shop, [{"number": f"55500{place:03d}7764", "created_at": START + place} for place in range(9)])
    assert [hit.number for hit in shop.read(JumpOrders("7764"))] == ["7764", *(f"55500{place:03d}7764" for place in (8, 7, 6, 5))]
    (hit,) = shop.read(JumpOrders("3108", most=1))
    assert (hit.number, hit.buyer, hit.status) == ("3108", "tb0001", "awaiting_shipment")


class Plan:
    def __init__(self, statement: str) -> None:
        self.statement = statement

    def run(self, reading: Any) -> list[str]:
        return [row[3] for row in reading.sql(f"EXPLAIN QUERY PLAN {self.statement}")]


def test_no_order_is_looked_at_that_does_not_fit(shop: Desk) -> None:
    with statements(shop) as asked:
        shop.read(JumpOrders("30214469"))
    assert len(asked) == 1
    steps = [step for step in shop.read(Plan(asked[0])) if " orders" in step]
    assert len(steps) == 3
    assert all("USING INDEX ix_orders_number" in step for step in steps), steps
