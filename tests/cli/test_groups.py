"""Groups on the command line: their orders by name, and the shop's shipping order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from services.clock import MS_AN_HOUR
from services.commands.groups import AddGroup
from services.desk import Desk
from tests.cli.conftest import Run
from tests.frozen import START


@pytest.fixture
def filled(folder: Path, add: Callable[..., None]) -> Path:
    add(number="1001", seller_memo="加急", ship_by=START + 9 * MS_AN_HOUR)
    add(number="1002", seller_memo="加急", status="shipped")
    add(number="1003", ship_by=START + 2 * MS_AN_HOUR)
    with Desk.open(folder) as desk:
        desk.perform(AddGroup("急件", "备注:加急 OR 旗:红", "-number"))
    return folder


def numbers(run: Run, *words: str) -> list[str]:
    return [order["number"] for order in run("orders", "--json", *words).json["orders"]]


def test_a_groups_orders_in_its_own_order(run: Run, filled: Path) -> None:
    assert numbers(run, "--group", "急件") == ["1002", "1001"]
    assert numbers(run, "--group", "急件", "--sort", "number") == ["1001", "1002"]
    assert numbers(run, "--group", "急件", "状态:待发货") == ["1001"]
    assert numbers(run, "--group", "加急") == numbers(run, "--group", "rush") == ["1001"]


def test_an_unknown_group_names_the_nearest(run: Run, filled: Path) -> None:
    answer = run("--lang", "zh", "orders", "--group", "急")
    assert answer.code == 1
    assert "急件" in answer.err


def test_what_waits_comes_in_shipping_order(run: Run, filled: Path) -> None:
    assert numbers(run, "status:awaiting_shipment", "--sort", "shipping") == ["1003", "1001"]
    assert numbers(run, "--sort", "shipping")[-1] == "1002"
