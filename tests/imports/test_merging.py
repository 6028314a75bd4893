"""Files that overlap and contradict each other, as a merchant brings them in day by day."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from services.desk import Desk
from tests.commands.test_imports import NUMBER, SENT, bring, order, sound
from tests.imports.sample import order_row


@pytest.mark.parametrize("turn", list(itertools.permutations((0, 1))))
def test_a_number_without_its_carrier_is_the_same_parcel(desk: Desk, tmp_path: Path, turn: tuple[int, ...]) -> None:
    """A seller may tick the number and not the carrier."""
    sent = {"订单状态": SENT, "发货时间": "2026-11-10 10:00:00", "物流单号": "YT0000000004476"}
    files = (order_row(**sent, 物流公司="圆通速递"), order_row(**sent, 物流公司=""))
    for place in turn:
        bring(desk, tmp_path, files[place], day=12 + place)
    assert order(desk)["parcels"] == [{"carrier": "YTO", "carrier_name": "圆通速递", "number": "YT0000000004476"}]
    assert order(desk)["number"] == NUMBER
    again = bring(desk, tmp_path, files[1], day=14)
    assert (again.orders_updated, again.orders_unchanged) == (0, 1)
    sound(desk)
