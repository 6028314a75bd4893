"""The refunds page: cases by tab, a card that shows what may still be given back – the same figures that the command keeps to."""

from __future__ import annotations

import pytest

from services.commands.aftersales import MoveCase, RefundLine, RefundOrder
from services.db.ceilings import ceilings_of
from services.db.reading import Reading
from services.desk import Desk
from services.errors import NotFound, Refused
from services.queries.case_card import CaseCard, RefundCard
from services.queries.case_rows import SORTS, TABS, CaseIds, CaseRow, CaseRows, CountCases
from services.words import trail
from tests.factories import ZONE, make_order, make_orders
from tests.frozen import FrozenClock
from tests.queries.statements import statements


def rows(desk: Desk, tab: str = "open", search: str = "") -> list[CaseRow]:
    return list(desk.read(CaseRows(tuple(desk.read(CaseIds(tab, search))))))


@pytest.fixture
def order(desk: Desk) -> int:
    """Paid 236 + 6 freight: two cups at 69, one tea at 98."""
    return make_order(
        desk,
        number="3021984455667763345",
        buyer_nick="晚风与猫",
        status="completed",
        freight=600,
        payable=24200,
        paid=24200,
        lines=[
            {"title": "白瓷盖碗", "properties": "150ml", "code": "GW", "quantity": 2, "price": 6900, "shipped": 2},
            {"title": "桂花乌龙", "code": "GH", "price": 9800, "shipped": 1},
        ],
    )


def lines_of(desk: Desk, order_id: int) -> list[int]:
    return [line.id for line in desk.read(RefundCard(order_id)).lines]


def test_an_order_shows_what_may_be_given_back(desk: Desk, order: int) -> None:
    card = desk.read(RefundCard(order))
    assert (card.ceiling, card.freight_ceiling, card.order.number) == (24200, 600, "3021984455667763345")
    assert [(line.title, line.properties, line.ceiling, line.units_left) for line in card.lines] == [
        ("白瓷盖碗", "150ml", 13800, 2),
        ("桂花乌龙", "", 9800, 1),
    ]
    assert [(move.kind, move.amount) for move in card.money] == [("payment", 24200)]


def test_a_waiting_case_holds_its_money_and_shows_in_the_open_tab(desk: Desk, order: int, frozen_clock: FrozenClock) -> None:
    cup, _tea = lines_of(desk, order)
    made = desk.perform(RefundOrder(order, "return_and_refund", (RefundLine(cup, 1),), waiting=True), reason="杯口破损").value
    (row,) = rows(desk)
    assert (row.label, row.goods, row.more, row.units, row.amount, row.buyer, row.state, row.open) == (
        f"C{made.case_id}",
        "白瓷盖碗",
        0,
        1,
        6900,
        "晚风与猫",
        "requested",
        True,
    )
    assert row.reason == "杯口破损"
    card = desk.read(CaseCard(made.case_id))
    assert [(line.units, line.amount, line.ceiling, line.units_left) for line in card.refund.lines] == [(1, 6900, 6900, 1), (0, 0, 9800, 1)]
    assert card.refund.ceiling == 24200 - 6900
    frozen_clock.advance(hours=1)
    desk.perform(MoveCase(made.case_id, "refunded"))
    assert rows(desk) == []
    (done,) = rows(desk, "done")
    assert (done.state, done.order_refunded) == ("refunded", 6900)
    card = desk.read(CaseCard(made.case_id))
    assert [(move.kind, move.amount) for move in card.refund.money] == [("payment", 24200), ("refund", -6900)]
    assert trail.sentence(card.trail[0], "zh").startswith("处理售后：")
    assert trail.sentence(card.trail[-1], "zh") == "退款：新增售后单"
    assert "杯口破损" in trail.details(card.trail[-1], "zh", ZONE)


class Command:
    def __init__(self, order_id: int) -> None:
        self.order_id = order_id

    def run(self, reading: Reading) -> object:
        found = ceilings_of(reading, self.order_id)
        return (found.order, found.freight, [(line.line_id, line.paid, line.refunded, line.back) for line in found.lines])


def test_m5_the_card_and_the_command_know_the_same_ceilings(desk: Desk, order: int) -> None:
    cup, tea = lines_of(desk, order)
    for amount, line, waiting in ((100, cup, True), (6900, cup, False), (9800, tea, True), (50, cup, False)):
        desk.perform(RefundOrder(order, "refund_only", (RefundLine(line, 0),), amount=amount, waiting=waiting), reason="补偿")
        card = desk.read(RefundCard(order))
        assert desk.read(Command(order)) == (
            card.ceiling,
            card.freight_ceiling,
            [(line.id, line.paid, line.refunded, line.quantity - line.units_left) for line in card.lines],
        )
        with pytest.raises(Refused):
            desk.perform(RefundOrder(order, "refund_only", amount=card.ceiling + 1), reason="太多")


@pytest.fixture
def shop(desk: Desk) -> Desk:
    states = ("requested", "agreed", "goods_back", "refunded", "exchanged", "resent", "refused", "withdrawn")
    make_orders(
        desk,
        [
            {
                "number": f"90{place}",
                "buyer_nick": f"买家{place}",
                "lines": [{"title": "茶叶罐", "code": "CG"}],
                "cases": [{"state": state, "amount": 100 * place, "reason": "七天无理由" if place % 2 else "少件"}],
            }
            for place, state in enumerate(states)
        ],
    )
    return desk


def test_tabs_count_what_they_list(shop: Desk) -> None:
    counts = shop.read(CountCases())
    assert (counts["open"], counts["done"], counts["refused"], counts["all"], counts["agreed"]) == (3, 3, 2, 8, 1)
    for tab in (*TABS, *TABS["all"]):
        assert len(rows(shop, tab)) == counts[tab]
    assert [row.goods for row in rows(shop)] == ["茶叶罐"] * 3


def test_cases_are_found_by_their_words_and_their_id(shop: Desk) -> None:
    assert [row.buyer for row in rows(shop, "all", "买家3")] == ["买家3"]
    assert {row.reason for row in rows(shop, "all", "无理由")} == {"七天无理由"}
    (first,) = rows(shop, "all", "c1")
    assert (first.id, first.label) == (1, "C1")
    assert [row.number for row in rows(shop, "all", "905")] == ["905"]
    assert rows(shop, "all", "%") == []


def test_every_sort_works_and_the_latest_come_first(shop: Desk) -> None:
    assert [row.id for row in rows(shop, "all")] == [8, 7, 6, 5, 4, 3, 2, 1]
    for sort in SORTS:
        assert sorted(shop.read(CaseIds("all", sort=sort, descending=False))) == list(range(1, 9))
    assert [row.amount for row in shop.read(CaseRows(tuple(shop.read(CaseIds("all", sort="amount", limit=2)))))] == [700, 600]


def test_the_table_asks_two_statements_a_page_and_a_card_a_fixed_number(shop: Desk) -> None:
    ids = tuple(shop.read(CaseIds("all")))
    with statements(shop) as asked:
        shop.read(CaseRows(ids))
    assert len(asked) == 2
    with statements(shop) as asked:
        shop.read(CaseCard(1))
    assert len(asked) == 10


def test_what_is_not_there_is_said(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.read(CaseCard(7))
    with pytest.raises(NotFound):
        desk.read(RefundCard(7))
