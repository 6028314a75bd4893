"""Three exports that never agree, brought in again and again: 202 orders that once flipped 21 times (reference/peers.md 1.3) stand still."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.commands.edits import EditOrders
from services.commands.import_conflicts import DecideConflicts
from services.commands.imports import import_file
from services.desk import Desk
from services.queries.conflict_rows import ConflictRows
from services.queries.order_json import OrdersJson
from services.queries.verify import Verify
from tests.commands.test_imports import Sql
from tests.imports.sample import HEADINGS, LINE_HEADINGS, line_row, order_row, write

ORDERS, ROUNDS = 202, 21
NUMBERS = [f"50000000000000{place:05d}" for place in range(ORDERS)]
TICKED = ("订单编号", "订单状态", "总金额", "买家实际支付金额", "收货人姓名", "订单备注", "订单创建时间")


def _whole(folder: Path, minute: int) -> Path:
    """The order list: completed, with the freight in what was paid, and a refund."""
    rows = [order_row(number, 订单状态="交易成功", 买家实际支付金额="85.60", 退款金额="5.00", 订单备注="送小样") for number in NUMBERS]
    return write(folder / f"ExportOrderList2026111209{minute:02d}.csv", rows)


def _goods(folder: Path, minute: int) -> Path:
    """The goods list lags behind, knows no freight and calls the refund still asked for."""
    asked = {"退款状态": "买家已经申请退款，等待卖家同意", "退款金额": "7.00"}
    rows = [line_row(number, number, 订单状态="卖家已发货，等待买家确认", **asked) for number in NUMBERS]
    return write(folder / f"ExportItemlList2026111209{minute:02d}.csv", rows, LINE_HEADINGS)


def _ticked(folder: Path, minute: int) -> Path:
    """What somebody ticked together: paid is net of the refund, which has no column, and the name is an old one."""
    other = {
        "订单状态": "买家已付款，等待卖家发货",
        "买家实际支付金额": "85.60",
        "总金额": "91.60",
        "收货人姓名": "旧名",
        "订单备注": "旧话",
    }
    return write(folder / f"ExportOrderList2026111209{minute:02d}_t.csv", [order_row(number, **other) for number in NUMBERS], TICKED)


def _orders(desk: Desk) -> list[dict[str, Any]]:
    return list(desk.read(OrdersJson()).orders)


def test_exports_that_contradict_each_other_flip_nothing(desk: Desk, tmp_path: Path) -> None:
    seen: list[dict[str, Any]] = []
    entries = 0
    for number in range(ROUNDS):
        path = (_whole, _goods, _ticked)[number % 3](tmp_path, number)
        report = import_file(desk, path).value
        assert report.rejected == []
        if number == 2:
            seen = _orders(desk)
            ((entries,),) = desk.read(Sql("SELECT count(*) FROM audit_entry WHERE entity = 'orders'"))
        elif number > 2:
            assert (report.orders_new, report.orders_updated, report.conflicts) == (0, 0, 0), path.name
            assert _orders(desk) == seen
    assert len(seen) == ORDERS
    assert {(order["status"], order["paid"], order["refunded"], order["payable"], order["freight"]) for order in seen} == {
        ("completed", "90.60", "5.00", "90.60", "8.00")
    }
    assert {(order["recipient"], order["seller_memo"]) for order in seen} == {("吴子川", "送小样")}
    assert desk.read(ConflictRows()) == ()
    assert desk.read(Sql("SELECT count(*) FROM audit_entry WHERE entity = 'orders'")) == [(entries,)]
    assert desk.read(Verify()).ok


def test_what_a_person_set_is_asked_about_once_and_not_by_every_file(desk: Desk, tmp_path: Path) -> None:
    """The memo is edited here; both lists go on to tell theirs, in turn. One question an order, whichever file told it."""
    import_file(desk, _whole(tmp_path, 0))
    ids = tuple(row[0] for row in desk.read(Sql("SELECT id FROM orders ORDER BY id LIMIT 5")))
    desk.perform(EditOrders(ids, {"seller_memo": "不送小样"}), reason="买家来电")

    def changed(minute: int, memo: str) -> Path:
        rows = [order_row(number, 订单状态="交易成功", 买家实际支付金额="85.60", 退款金额="5.00", 订单备注=memo) for number in NUMBERS]
        return write(tmp_path / f"ExportOrderList2026111209{minute:02d}.csv", rows, HEADINGS)

    conflicts = [import_file(desk, changed(minute, "送两份")).value.conflicts for minute in (1, 2, 3)]
    assert conflicts == [5, 0, 0]
    assert [(row.ours, row.theirs) for row in desk.read(ConflictRows())] == [("不送小样", "送两份")] * 5
    open_ids = tuple(row.id for row in desk.read(ConflictRows()))
    desk.perform(DecideConflicts(open_ids[:3], "ours"))
    desk.perform(DecideConflicts(open_ids[3:], "theirs"))
    again = [import_file(desk, path).value.conflicts for path in (_goods(tmp_path, 4), _ticked(tmp_path, 5), changed(6, "送两份"))]
    assert again == [0, 0, 0]
    memos = [order["seller_memo"] for order in _orders(desk) if order["number"] in NUMBERS[:5]]
    assert sorted(memos) == sorted(["不送小样"] * 3 + ["送两份"] * 2)
    # A third value is a new question where a person decided, and simply taken where files speak again.
    third = import_file(desk, changed(7, "送三份")).value
    assert (third.conflicts, len(desk.read(ConflictRows()))) == (3, 3)
    assert desk.read(Verify()).ok
