"""A morning's orders: the platform's lists come in, goods are received, slips printed, parcels sent, one refund, and it all adds up."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from services.commands.aftersales import RefundLine, RefundOrder
from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.commands.parcels import Shipment, ShipOrders
from services.commands.prints import MarkPrinted
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.documents import pick_list_of, render_labels, render_pick_list, render_slips
from services.errors import Refused
from services.queries.audit_trail import AuditFilter, AuditTrail
from services.queries.document_orders import LabelOrders, OrdersToPick, SlipOrders
from services.queries.order_numbers import FindNumber, LinesOfOrder
from services.queries.order_rows import OrderIds, OrderPage
from services.queries.stock_rows import StockIds, StockRow, StockRows
from services.queries.verify import Verify
from services.reports import report_query
from tests.imports.sample import LINE_HEADINGS, line_row, order_row, write

FIRST, SECOND, UNPAID = "5016165517148046476", "5016165517148046484", "5016165517148046492"


def lists(folder: Path) -> list[Path]:
    """What the merchant downloads at nine: two paid orders and one that waits for its payment, then the goods of them."""
    unpaid: dict[str, str] = {"订单状态": "等待买家付款", "买家实际支付金额": "0.00", "订单付款时间": "", "买家会员名": "还没付"}
    orders = [order_row(FIRST), order_row(SECOND, 买家会员名="山野来信", 收货人姓名="周小舟"), order_row(UNPAID, **unpaid)]
    waiting = {"订单状态": "等待买家付款", "买家实付金额": "0.00", "订单付款时间": ""}
    lines = [
        line_row(FIRST, FIRST[:-1] + "7"),
        line_row(SECOND, SECOND[:-1] + "5"),
        line_row(UNPAID, UNPAID[:-1] + "3", **waiting),
    ]
    return [
        write(folder / "ExportOrderList202611091200.csv", orders),
        write(folder / "ExportOrderDetailList202611091200.csv", lines, LINE_HEADINGS),
    ]


def rows(desk: Desk, search: str) -> dict[str, Any]:
    return {row.number: row for row in desk.read(OrderPage(search))}


def stock(desk: Desk) -> StockRow:
    (row,) = desk.read(StockRows(tuple(desk.read(StockIds()))))
    return row


@pytest.fixture
def morning(desk: Desk, tmp_path: Path) -> tuple[Desk, list[Path]]:
    files = lists(tmp_path)
    for file in files:
        import_file(desk, file)
    return desk, files


def test_from_the_export_file_to_the_parcel(morning: tuple[Desk, list[Path]]) -> None:
    desk, files = morning

    # Nine o'clock: what is to be shipped, and what keeps it from being shipped.
    to_ship = rows(desk, "status:awaiting_shipment")
    assert set(to_ship) == {FIRST, SECOND}
    assert all(row.blockers == ("goods_unmatched",) for row in to_ship.values())

    # The goods come in: their code matches by itself, the waiting orders get them by deadline.
    desk.perform(ReceiveGoods("CUP-01-350", 3, 1250, title="马克杯 米白"))
    blocked = {number: row.blockers for number, row in rows(desk, "status:awaiting_shipment").items()}
    assert sorted(blocked.values()) == [(), ("shortage",)]
    desk.perform(ReceiveGoods("CUP-01-350", 7, 1250))
    assert all(not row.blockers for row in rows(desk, "status:awaiting_shipment").values())
    level = stock(desk)
    assert (level.on_hand, level.reserved, level.shortage) == (10, 4, 0)

    # Paper: what to fetch, what goes into the parcel, what goes on it. What is printed is on record.
    ids = tuple(desk.read(OrderIds("status:awaiting_shipment", "paid_at")))
    pick = pick_list_of(desk.read(OrdersToPick(ids)), desk.shop.name, desk.clock.now())
    assert [(line.code, line.quantity) for line in pick.lines] == [("CUP-01-350", 4)]
    assert render_pick_list(pick, "a4", "zh", BytesIO()).pages == 1
    paper = BytesIO()
    assert render_slips(desk.read(SlipOrders(ids)), "a5", "zh", paper).orders == 2
    assert paper.getvalue().startswith(b"%PDF")
    assert render_labels(desk.read(LabelOrders(ids)), "100x150", "zh", BytesIO()).orders == 2
    assert desk.perform(MarkPrinted(ids, "slip")).value == dict.fromkeys(ids, 1)
    assert [slip.copy for slip in desk.read(SlipOrders(ids))] == [2, 2]

    # Parcels: units leave the ledger once, the trail tells it, a second parcel is refused.
    sent = desk.perform(ShipOrders(tuple(Shipment(order_id, "SF", f"SF{place:013d}") for place, order_id in enumerate(ids, 1)))).value
    assert sent.shipped == ids
    level = stock(desk)
    assert (level.on_hand, level.reserved) == (6, 0)
    assert set(rows(desk, "status:shipped")) == {FIRST, SECOND}
    again = desk.perform(ShipOrders((Shipment(ids[0], "SF", "SF9999999999999"),))).value
    assert again.refused == {ids[0]: ("already_shipped",)}
    unpaid = desk.read(FindNumber(UNPAID)).order_id
    refused = desk.perform(ShipOrders((Shipment(unpaid, "SF", "SF0000000000001"),))).value
    assert refused.refused == {unpaid: ("not_paid", "number_used")}
    told = desk.read(AuditTrail(AuditFilter(number=FIRST)))
    assert ("awaiting_shipment", "shipped") in [(entry.old, entry.new) for entry in told if entry.field == "status"]

    # The same files once more: what was done here stays done.
    for file in files:
        outcome = import_file(desk, file).value
        assert (outcome.orders_new, outcome.orders_updated, outcome.orders_unchanged) == (0, 0, 3)
    assert set(rows(desk, "status:shipped")) == {FIRST, SECOND}
    assert desk.read(Verify()).ok


def test_one_cup_comes_back_and_the_day_adds_up(morning: tuple[Desk, list[Path]]) -> None:
    desk, _files = morning
    desk.perform(ReceiveGoods("CUP-01-350", 10, 1250, title="马克杯 米白"))
    order_id = desk.read(FindNumber(f"taobao:{FIRST}")).order_id
    desk.perform(EditOrders((order_id,), {"seller_memo": "小心轻放", "flag": 1}), reason="老客户")
    desk.perform(ShipOrders((Shipment(order_id, "SF", "SF0000000000001"),)))

    # One of two cups is broken: its money goes back, it does not go on the shelf.
    (line,) = desk.read(LinesOfOrder(order_id))
    back = RefundOrder(order_id, "return_and_refund", (RefundLine(line.line_id, 1, damaged=1),), fault="quality")
    result = desk.perform(back, reason="到货破损").value
    assert (result.state, result.amount, result.ceiling) == ("refunded", 4130, 9060 - 4130)
    with pytest.raises(Refused, match="refund_over_ceiling"):
        desk.perform(RefundOrder(order_id, "refund_only", amount=9060 - 4130 + 1), reason="还要")
    level = stock(desk)
    # The two of the second order are still set aside.
    assert (level.on_hand, level.reserved, level.damaged) == (8, 2, 1)

    table = desk.read(report_query("sales_by_day", {"from": "2026-11-09", "to": "2026-11-10"}))
    days = table.plain_rows()
    assert [(day["day"], day["orders"], day["paid"], day["refunded"]) for day in days] == [
        ("2026-11-09", 2, "181.20", "41.30"),
        ("2026-11-10", 0, "0.00", "0.00"),
    ]
    edited = {
        entry.field: (entry.old, entry.new, entry.reason)
        for entry in desk.read(AuditTrail(AuditFilter(number=FIRST, action="edit_orders")))
    }
    assert edited == {"seller_memo": ("", "小心轻放", "老客户"), "flag": ("0", "1", "老客户")}
    found = desk.read(Verify())
    assert found.ok, [check for check in found.checks if not check.ok]
