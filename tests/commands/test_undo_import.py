"""An import taken back: the shop is as it was before it (I10), or nothing happens and the list says why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.commands.aftersales import RefundOrder
from services.commands.edits import EditOrders
from services.commands.import_conflicts import DecideConflicts
from services.commands.imports import import_file
from services.commands.parcels import Shipment, ShipOrders
from services.commands.prints import MarkPrinted
from services.commands.stock import MatchCode, ReceiveGoods
from services.commands.undo_import import UndoImport
from services.desk import Desk
from services.errors import NotFound, Refused
from services.queries.undo_preview import UndoPreview
from tests.commands.test_imports import NUMBER, SENT, Sql, bring, bring_lines, order, sound, stock
from tests.imports.sample import REFUND_HEADINGS, line_row, order_row, refund_row, write
from tests.imports.worlds import differing, state


def undo(desk: Desk, batch_id: int) -> Any:
    return desk.perform(UndoImport(batch_id)).value


def touched(desk: Desk, batch_id: int) -> list[tuple[str, str, str]]:
    return [(one.number, one.field, one.batch or one.actor) for one in desk.read(UndoPreview(batch_id)).touched]


def test_new_orders_go_with_all_that_came_with_them(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, unit_cost=10_00, title="马克杯"))
    before = state(desk)
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER), line_row("6001", "6001"))
    assert stock(desk) == (5, 4)
    undone = undo(desk, 1)
    assert (undone.orders_removed, undone.lines_removed, undone.money_reversed) == (2, 2, 2)
    assert differing(before, state(desk)) == {}
    assert desk.read(Sql("SELECT sum(amount), count(*) FROM money_entry")) == [(0, 4)]
    assert desk.read(Sql("SELECT undone_by, json_extract(report, '$.orders_new') FROM import_batch")) == [("owner", 2)]
    sound(desk)


def test_it_comes_in_again_and_its_ids_are_new(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    undo(desk, 1)
    report = bring(desk, tmp_path, order_row())
    assert (report.orders_new, report.batch) == (1, "B2")
    assert desk.read(Sql("SELECT id, paid FROM orders")) == [(2, 90_60)]
    sound(desk)
    with pytest.raises(Refused, match="undo_twice"):
        undo(desk, 1)
    undo(desk, 2)
    assert desk.read(Sql("SELECT count(*) FROM orders")) == [(0,)]
    sound(desk)
    with pytest.raises(NotFound, match="batch_not_found"):
        undo(desk, 9)


def test_a_second_day_is_taken_back_to_the_first(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, unit_cost=10_00, title="马克杯"))
    bring(
        desk,
        tmp_path,
        order_row(订单备注="送小样"),
        order_row("6001"),
        order_row("6002", 订单状态="等待买家付款", 买家实际支付金额="0.00", 订单付款时间=""),
    )
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER), line_row("6001", "6001"))
    before = state(desk)
    sent = order_row(
        订单状态=SENT, 物流单号="YT0771993970431", 物流公司="圆通速递", 发货时间="2026-11-13 10:00:00", 订单备注="", 买家留言="快"
    )
    back = order_row("6001", 订单状态="交易关闭", 买家实际支付金额="0.00", 退款金额="90.60")
    bring(desk, tmp_path, sent, back, order_row("6002"), order_row("7001"), day=13)
    assert stock(desk) == (3, 0)
    undone = undo(desk, 3)
    assert (undone.orders_removed, undone.orders_restored, undone.stock_reversed) == (1, 3, 1)
    assert differing(before, state(desk)) == {}
    assert (order(desk)["status"], order(desk)["seller_memo"]) == ("awaiting_shipment", "送小样")
    assert desk.read(Sql("SELECT actor, old, new FROM audit_entry WHERE action = 'undo_import' AND field = 'status' AND order_id = 1")) == [
        ("owner", "shipped", "awaiting_shipment")
    ]
    sound(desk)
    report = bring(desk, tmp_path, sent, back, order_row("6002"), order_row("7001"), day=13)
    assert (report.orders_new, report.orders_updated) == (1, 3)
    assert stock(desk) == (3, 0)
    sound(desk)


def test_a_goods_list_of_orders_that_were_there(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    bring(desk, tmp_path, order_row())
    before = state(desk)
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    undo(desk, 2)
    assert differing(before, state(desk)) == {}
    assert order(desk)["blockers"] == ["lines_unknown"]
    sound(desk)


def test_a_file_that_only_said_the_same_again(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    before = state(desk)
    bring(desk, tmp_path, order_row(), day=13)
    bring(desk, tmp_path, order_row(), day=14)
    undo(desk, 2)
    undo(desk, 3)
    assert differing({name: rows for name, rows in before.items() if name != "order_source"}, state(desk)) == {}
    sound(desk)


def test_units_that_went_to_others_come_back(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 2, title="马克杯"))
    bring_lines(desk, tmp_path, line_row(NUMBER, "51"), line_row("6001", "61"))
    before = state(desk)
    assert [order(desk, number)["blockers"] for number in (NUMBER, "6001")] == [["address_missing"], ["shortage", "address_missing"]]
    bring_lines(desk, tmp_path, line_row(NUMBER, "51", 订单状态="交易关闭"), line_row("6001", "61"), day=13)
    assert order(desk, "6001")["blockers"] == ["address_missing"]
    undo(desk, 2)
    assert differing(before, state(desk)) == {}
    sound(desk)


def test_cases_and_their_money(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    before = state(desk)
    import_file(desk, write(tmp_path / "退款20261113.csv", [refund_row(NUMBER, "R1"), refund_row("6009", "R2")], REFUND_HEADINGS))
    assert order(desk)["refunded"] == "30.00"
    undo(desk, 3)
    assert differing(before, state(desk)) == {}
    assert order(desk)["refunded"] == "0.00"
    sound(desk)


def test_conflicts_go_and_those_that_were_renewed_are_as_before(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单备注="送小样"))
    desk.perform(EditOrders((1,), {"seller_memo": "不送小样"}))
    bring(desk, tmp_path, order_row(订单备注="送两份"), day=13)
    before = state(desk)
    bring(desk, tmp_path, order_row(订单备注="送三份"), day=14)
    undo(desk, 3)
    assert differing(before, state(desk)) == {}
    undo(desk, 2)
    assert desk.read(Sql("SELECT count(*) FROM import_conflict")) == [(0,)]
    assert order(desk)["seller_memo"] == "不送小样"
    sound(desk)


def test_a_goods_file(desk: Desk, tmp_path: Path) -> None:
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    before = state(desk)
    path = tmp_path / "goods.csv"
    path.write_text("商家编码,商品名称,成本价,库存\nCUP-01-350,马克杯,10.50,\nX-1,碗,1.00,\n", encoding="utf-8")
    import_file(desk, path)
    assert order(desk)["blockers"] == ["shortage", "address_missing"]
    undone = undo(desk, 2)
    assert (undone.skus_removed, undone.skus_kept) == (2, 0)
    assert differing(before, state(desk)) == {}
    path.write_text("商家编码,商品名称,成本价,库存\nCUP-01-350,马克杯,10.50,7\n", encoding="utf-8")
    import_file(desk, path)
    assert stock(desk) == (7, 2)
    assert undo(desk, 3).skus_kept == 1
    assert (stock(desk), order(desk)["blockers"]) == ((0, 0), ["goods_unmatched", "address_missing"])
    sound(desk)


@pytest.mark.parametrize("kind", ["edit", "ship", "refund", "print", "import", "conflict"])
def test_what_was_touched_since_refuses_and_is_listed(desk: Desk, tmp_path: Path, kind: str) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    if kind == "conflict":
        bring(desk, tmp_path, order_row(订单备注="送小样"))
        desk.perform(EditOrders((1,), {"seller_memo": "不送小样"}))
        bring(desk, tmp_path, order_row(订单备注="送两份"), day=13)
        desk.perform(DecideConflicts((1,), "ours"))
    else:
        if kind == "ship":
            bring(desk, tmp_path, order_row())
        bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    if kind == "edit":
        desk.perform(EditOrders((1,), {"flag": 1}), actor="小王")
    elif kind == "ship":
        desk.perform(ShipOrders((Shipment(1, "YTO", "YT0771993970431"),)))
    elif kind == "refund":
        desk.perform(RefundOrder(1, "refund_only", amount=100), reason="赔")
    elif kind == "print":
        desk.perform(MarkPrinted((1,), "slip"))
    elif kind == "import":
        bring(desk, tmp_path, order_row(), day=13)
    before = state(desk)
    batch = 2 if kind in {"conflict", "ship"} else 1
    listed = touched(desk, batch)
    wanted = {
        "edit": ("flag", "小王"),
        "ship": ("shipped", "owner"),
        "refund": ("after_sale", "owner"),
        "print": ("slip", ""),
        "import": ("order_source", "B2"),
        "conflict": ("state", "owner"),
    }[kind]
    assert (NUMBER, *wanted) in listed
    with pytest.raises(Refused, match="undo_touched"):
        undo(desk, batch)
    assert state(desk) == before


def test_later_work_elsewhere_stands_in_no_one_s_way(desk: Desk, tmp_path: Path) -> None:
    """Other fields of a changed order, other orders, goods matched and received since."""
    bring_lines(desk, tmp_path, line_row(NUMBER, "51", 商家编码="M-1"), line_row("6001", "61"))
    bring(desk, tmp_path, order_row(买家留言="快"), day=13)
    desk.perform(EditOrders((1,), {"flag": 2}))
    desk.perform(ReceiveGoods("CUP-01-350", 9, title="马克杯"))
    desk.perform(MatchCode("M-1", "CUP-01-350"))
    undo(desk, 2)
    told = order(desk)
    assert (told["flag"], told["buyer_message"], told["payable"]) == (2, None, None)
    assert stock(desk) == (9, 4)
    sound(desk)


def test_the_last_comes_back_first(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    bring(desk, tmp_path, order_row(买家留言="快"), day=13)
    assert touched(desk, 1) == [(NUMBER, "buyer_message", "B2"), (NUMBER, "order_source", "B2")]
    undo(desk, 2)
    assert touched(desk, 1) == []
    undo(desk, 1)
    assert desk.read(Sql("SELECT count(*) FROM orders")) == [(0,)]
    sound(desk)


def test_a_tracking_file_and_a_stocktake(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, unit_cost=10_01, title="马克杯"))
    bring(desk, tmp_path, order_row())
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    before = state(desk)
    path = tmp_path / "waybills.csv"
    path.write_text(f"订单编号,快递公司,运单号\n{NUMBER},圆通速递,YT0771993970431\n", encoding="utf-8")
    assert import_file(desk, path, format="tracking").value.shipped == 1
    assert (order(desk)["status"], stock(desk)) == ("shipped", (3, 0))
    assert undo(desk, 3).stock_reversed == 1
    assert differing(before, state(desk)) == {}
    sound(desk)
    path = tmp_path / "count.csv"
    path.write_text("商家编码,实盘数\nCUP-01-350,1\n", encoding="utf-8")
    import_file(desk, path, format="stocktake", reason="盘点")
    assert stock(desk) == (1, 1)
    undo(desk, 4)
    assert differing(before, state(desk)) == {}
    sound(desk)
    import_file(desk, path, format="stocktake", reason="盘点")
    desk.perform(ReceiveGoods("CUP-01-350", 1))
    assert [(one.number, one.field) for one in desk.read(UndoPreview(5)).touched] == [("CUP-01-350", "on_hand")]
