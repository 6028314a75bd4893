"""What documents print of an order: whose words, how many units."""

from __future__ import annotations

from services.desk import Desk
from services.documents import pick_list_of
from services.queries.document_orders import OrdersToPick, SlipOrders
from tests.factories import make_order, make_sku


def test_a_slip_has_the_buyers_words_and_a_pick_list_the_shelfs(desk: Desk) -> None:
    make_sku(desk, "CUP-1", title="粗陶杯", stock=9, bin="A-1")
    long = "手作粗陶马克杯" * 8
    ids = [
        make_order(desk, number=str(number), lines=[{"title": title, "properties": "颜色:白", "code": "CUP-1", "quantity": 2}])
        for number, title in enumerate((long, "旧标题"), 1)
    ]
    slips = desk.read(SlipOrders(tuple(ids)))
    assert [line.title for slip in slips for line in slip.lines] == [long, "旧标题"]
    (line,) = pick_list_of(desk.read(OrdersToPick(tuple(ids))), "店", 0).lines
    assert (line.bin, line.code, line.title, line.quantity) == ("A-1", "CUP-1", "粗陶杯", 4)


def test_goods_without_words_of_the_platform_have_their_own(desk: Desk) -> None:
    make_sku(desk, "CUP-1", title="粗陶杯", stock=9)
    order_id = make_order(desk, lines=[{"title": "", "code": "CUP-1"}])
    assert [line.title for line in desk.read(SlipOrders((order_id,)))[0].lines] == ["粗陶杯"]
