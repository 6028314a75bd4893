"""What worklists end in: goods matched or made, addresses put right each its own way, findings let stand and taken back."""

from __future__ import annotations

import pytest

from services.commands.edits import EditOrders
from services.commands.mending import AcceptFindings, AddressFix, Finding, MakeSku, MatchEach, MendAddresses, ReopenFindings
from services.desk import Desk
from services.errors import BadInput, Conflict, NotFound, Refused
from services.queries.audit_trail import AuditFilter, AuditIds, AuditRows
from services.queries.order_card import OrderCard
from services.queries.stock_rows import StockIds, StockRows, UnmatchedIds
from services.words import trail
from tests.factories import ZONE, make_order, make_sku


@pytest.fixture
def goods(desk: Desk) -> tuple[Desk, int, int]:
    """A shop with two strange goods, two orders waiting for the first."""
    tray, cup = {"title": "竹制茶盘 40cm", "price": 12800}, {"title": "品茗杯", "code": "PM"}
    make_order(desk, number="1001", unmatched=1, lines=[tray | {"quantity": 2}])
    make_order(desk, number="1002", unmatched=1, lines=[tray])
    make_order(desk, number="1003", unmatched=1, lines=[cup])
    first, second = desk.read(UnmatchedIds())
    return desk, first, second


def test_a_sku_made_of_platform_goods_frees_all_that_wait(goods: tuple[Desk, int, int]) -> None:
    desk, tray, cup = goods
    sku_id = desk.perform(MakeSku((tray,), " ZP-40 ", "竹制茶盘", "尺寸:40cm", 12800)).value
    (row,) = desk.read(StockRows((sku_id,)))
    assert (row.code, row.title, row.properties, row.price, row.begun) == ("ZP-40", "竹制茶盘", "尺寸:40cm", 12800, False)
    assert row.shortage == 3
    assert list(desk.read(UnmatchedIds())) == [cup]
    assert all("goods_unmatched" not in desk.read(OrderCard(order)).blockers for order in (1, 2))


def test_a_new_sku_with_the_platform_s_own_code(goods: tuple[Desk, int, int]) -> None:
    desk, _tray, cup = goods
    desk.perform(MakeSku((cup,), "PM", ""))
    assert desk.read(StockRows(tuple(desk.read(StockIds("PM")))))[0].title == "PM"
    assert cup not in desk.read(UnmatchedIds())


@pytest.mark.parametrize(
    ("code", "title", "price", "why"),
    [
        ("", "茶盘", None, "code_empty"),
        ("x" * 65, "茶盘", None, "value_too_long"),
        ("A\x01", "茶盘", None, "value_unprintable"),
        ("A", "茶盘", -1, "price_negative"),
    ],
)
def test_what_is_no_sku_is_refused(goods: tuple[Desk, int, int], code: str, title: str, price: int | None, why: str) -> None:
    desk, tray, _cup = goods
    with pytest.raises(BadInput) as refused:
        desk.perform(MakeSku((tray,), code, title, price=price))
    assert refused.value.code == why
    assert len(desk.read(StockIds())) == 0


def test_a_code_that_there_is_and_goods_that_are_matched_are_conflicts(goods: tuple[Desk, int, int]) -> None:
    desk, tray, _cup = goods
    make_sku(desk, "ZP-40")
    with pytest.raises(Conflict, match="code_taken"):
        desk.perform(MakeSku((tray,), "ZP-40", "茶盘"))
    desk.perform(MatchEach(((tray, 1),)))
    with pytest.raises(Conflict, match="listing_matched"):
        desk.perform(MatchEach(((tray, 1),)))
    with pytest.raises(NotFound, match="listing_not_found"):
        desk.perform(MatchEach(((999, 1),)))


def test_several_goods_are_matched_each_with_its_own(goods: tuple[Desk, int, int]) -> None:
    desk, tray, cup = goods
    board, mug = make_sku(desk, "ZP-40", stock=5), make_sku(desk, "PM-1", stock=5)
    assert desk.perform(MatchEach(((tray, board), (cup, mug)))).value == 3
    assert not len(desk.read(UnmatchedIds()))
    assert [row.reserved for row in desk.read(StockRows((board, mug)))] == [3, 1]


def test_addresses_are_mended_each_its_own_way_or_none(desk: Desk) -> None:
    one = make_order(desk, number="1001", city="南京市", district="玄武区")
    two = make_order(desk, number="1002", phone="")
    fixes = (AddressFix(one, 1, {"province": "江苏省"}), AddressFix(two, 1, {"phone": "13812345678", "phone_ext": ""}))
    with pytest.raises(Refused, match="reason_needed"):
        desk.perform(MendAddresses(fixes))
    desk.perform(EditOrders((two,), {"phone": "13812340000"}), reason="更正")
    with pytest.raises(Conflict, match="order_changed"):
        desk.perform(MendAddresses((fixes[0], AddressFix(two, 1, {"phone": "1"}))), reason="更正")
    desk.perform(EditOrders((two,), {"phone": ""}), reason="更正")
    assert desk.read(OrderCard(one)).province == "浙江省"
    assert desk.perform(MendAddresses(fixes), reason="按识别结果更正：省市不符").value == 2
    card = desk.read(OrderCard(one))
    assert (card.province, "province" in card.locked) == ("江苏省", True)
    entries = desk.read(AuditRows(tuple(desk.read(AuditIds(AuditFilter(number="1001"))))))
    assert {(entry.action, entry.field, entry.reason) for entry in entries if entry.action == "mend_addresses"} == {
        ("mend_addresses", "province", "按识别结果更正：省市不符")
    }


def test_what_is_let_stand_is_noted_once_and_can_be_taken_back(desk: Desk) -> None:
    order = make_order(desk, number="1001")
    finding = Finding("addresses", str(order), "street_short,phone_missing", "abc", order)
    (first,) = desk.perform(AcceptFindings((finding, finding)), reason="看过").value
    assert desk.perform(AcceptFindings((Finding("addresses", str(order), "street_short", "def", order),))).value == (first,)
    entries = desk.read(AuditRows(tuple(desk.read(AuditIds(AuditFilter(number="1001"))))))
    new = next(entry for entry in entries if entry.entity == "accepted" and entry.field is None)
    assert "清单 地址" in trail.details(new, "zh", ZONE)
    assert "缺门牌号、缺电话" in trail.details(new, "zh", ZONE)
    assert desk.perform(ReopenFindings((first, 99))).value == 1
    assert desk.perform(AcceptFindings((finding,))).value == (first,)


def test_only_worklists_that_there_are(desk: Desk) -> None:
    with pytest.raises(BadInput, match="worklist_unknown"):
        desk.perform(AcceptFindings((Finding("goods", "1", "x", "y"),)))
    with pytest.raises(BadInput, match="findings_too_many"):
        desk.perform(AcceptFindings((Finding("amounts", "1", "x", "y"),) * 5_001))
