"""Only listed moves; closed is the end; a file walks forward and never back."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from services.domain.blockers import HARD, ORDER, OrderFacts, blockers_of
from services.domain.order_states import MOVES, RANK, Status, StockEffect, move_between, way

LEGAL = {
    ("awaiting_payment", "awaiting_shipment"),
    ("awaiting_payment", "closed"),
    ("awaiting_shipment", "shipped"),
    ("awaiting_shipment", "closed"),
    ("shipped", "completed"),
    ("shipped", "closed"),
    ("completed", "closed"),
}


@pytest.mark.parametrize(("source", "target"), list(product(Status, Status)))
def test_o1_only_the_table_s_moves_exist(source: Status, target: Status) -> None:
    assert (move_between(source, target) is not None) == ((source.value, target.value) in LEGAL)


@pytest.mark.parametrize(("source", "target"), list(product(Status, Status)))
def test_a_file_walks_forward_only_and_every_step_is_a_move(source: Status, target: Status) -> None:
    walked = way(source, target)
    if source is target:
        assert walked == ()
    elif RANK[target] < RANK[source]:
        assert walked is None
    else:
        assert walked
        assert walked[0].source is source
        assert walked[-1].target is target
        assert all(first.target is second.source for first, second in pairwise(walked))


def test_o1_closed_is_terminal_and_only_a_file_closes_what_is_completed() -> None:
    assert not [move for move in MOVES if move.source is Status.CLOSED]
    assert [move.source for move in MOVES if move.platform_only] == [Status.COMPLETED]


def test_stock_follows_the_moves() -> None:
    effects = {(move.source.value, move.target.value): move.stock for move in MOVES}
    assert effects["awaiting_payment", "awaiting_shipment"] is StockEffect.RESERVE
    assert effects["awaiting_shipment", "shipped"] is StockEffect.DEDUCT
    assert effects["awaiting_shipment", "closed"] is StockEffect.RELEASE


def facts(**changes: object) -> OrderFacts:
    good: dict[str, object] = {
        "status": "awaiting_shipment",
        "masked": False,
        "recipient": "林一",
        "phone": "15400000001",
        "province": "浙江省",
        "address": "文三路 1 号",
        "lines_unknown": False,
        "shortage": 0,
        "unmatched": 0,
        "open_cases": 0,
    }
    return OrderFacts(**{**good, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ()),
        ({"status": "awaiting_payment", "shortage": 3}, ("not_paid",)),
        ({"status": "shipped"}, ("already_shipped",)),
        ({"status": "completed"}, ("completed",)),
        ({"status": "closed", "address": ""}, ("closed",)),
        ({"open_cases": 1, "shortage": 2}, ("after_sale_open", "shortage")),
        ({"unmatched": 1}, ("goods_unmatched",)),
        ({"lines_unknown": True}, ("lines_unknown",)),
        ({"recipient": ""}, ("address_missing",)),
        ({"masked": True, "recipient": "林*", "phone": "154****0001", "address": "文三路*号"}, ()),
    ],
)
def test_what_blocks_an_order(changes: dict[str, object], codes: tuple[str, ...]) -> None:
    assert blockers_of(facts(**changes)) == codes


def test_hard_blockers_are_blockers() -> None:
    assert set(ORDER) >= HARD
