"""Where a file says otherwise than a person, or than what has happened: kept, told, renewed, decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.commands.edits import EditOrders
from services.commands.import_conflicts import DecideConflicts, ReopenConflicts
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.errors import NotFound, Refused
from services.queries.conflict_rows import ConflictRow, ConflictRows
from services.queries.order_json import OrdersJson
from services.queries.today import Today
from services.queries.worklists.conflicts import UndecidedIds, UndecidedRows
from services.queries.worklists.counts import CountMending
from tests.commands.test_imports import NUMBER, SENT, Sql, bring, bring_lines, order, sound, stock
from tests.imports.sample import line_row, order_row


def open_rows(desk: Desk) -> list[tuple[str, str, str]]:
    return [(row.field, row.ours, row.theirs) for row in desk.read(ConflictRows())]


def the_conflict(desk: Desk, state: str = "open") -> ConflictRow:
    (row,) = desk.read(ConflictRows(state))
    return row


def edited(desk: Desk, folder: Path) -> None:
    bring(desk, folder, order_row(订单备注="送小样"))
    desk.perform(EditOrders((1,), {"seller_memo": "不送小样"}))
    bring(desk, folder, order_row(订单备注="送两份小样"), day=13)


def test_a_conflict_says_both_values_and_where_they_come_from(desk: Desk, tmp_path: Path) -> None:
    edited(desk, tmp_path)
    row = the_conflict(desk)
    assert (row.number, row.field, row.ours, row.theirs) == (NUMBER, "seller_memo", "不送小样", "送两份小样")
    assert (row.batch, row.file_name, row.row, row.edited_by) == ("B2", "ExportOrderList202611130930.csv", 2, "owner")
    assert row.edited_at == desk.clock.now()
    found = next(todo for todo in desk.read(Today()).todos if todo.code == "conflicts")
    assert (found.count, found.page, found.tab, found.names) == (1, "worklists", "conflicts", ((NUMBER, 1),))
    assert desk.read(UndecidedRows(tuple(desk.read(UndecidedIds("不送 小熊"))))) == (row,)
    assert list(desk.read(UndecidedIds("别人"))) == []
    assert (desk.read(CountMending()).by_page["conflicts"], row.hindrance, row.buyer_nick) == (1, "", "小熊爱喝茶")
    assert desk.read(OrdersJson("冲突:是")).count == 1
    assert desk.read(OrdersJson("冲突:否")).count == 0
    sound(desk)


def test_a_later_word_renews_it_and_agreement_ends_it(desk: Desk, tmp_path: Path) -> None:
    edited(desk, tmp_path)
    bring(desk, tmp_path, order_row(订单备注="送三份小样"), day=14)
    assert open_rows(desk) == [("seller_memo", "不送小样", "送三份小样")]
    assert the_conflict(desk).batch == "B3"
    bring(desk, tmp_path, order_row(订单备注="不送小样"), day=15)
    assert (open_rows(desk), the_conflict(desk, "gone").theirs) == ([], "送三份小样")
    sound(desk)


def test_an_older_file_renews_nothing(desk: Desk, tmp_path: Path) -> None:
    edited(desk, tmp_path)
    report = bring(desk, tmp_path, order_row(订单备注="旧话"), day=11)
    assert (report.orders_unchanged, report.conflicts) == (1, 0)
    assert open_rows(desk) == [("seller_memo", "不送小样", "送两份小样")]


def test_an_edit_to_the_file_s_word_ends_it(desk: Desk, tmp_path: Path) -> None:
    edited(desk, tmp_path)
    desk.perform(EditOrders((1,), {"seller_memo": "送两份小样"}))
    assert (open_rows(desk), the_conflict(desk, "gone").decided_by) == ([], "owner")


def test_ours_keeps_the_field_and_the_same_word_asks_no_more(desk: Desk, tmp_path: Path) -> None:
    edited(desk, tmp_path)
    assert desk.perform(DecideConflicts((1,), "ours")).value == 1
    bring(desk, tmp_path, order_row(订单备注="送两份小样", 买家留言="快"), day=14)
    assert (open_rows(desk), order(desk)["seller_memo"]) == ([], "不送小样")
    bring(desk, tmp_path, order_row(订单备注="别的"), day=15)
    assert open_rows(desk) == [("seller_memo", "不送小样", "别的")]
    with pytest.raises(Refused, match="conflict_decided"):
        desk.perform(DecideConflicts((1,), "theirs"))
    with pytest.raises(NotFound, match="conflict_not_found"):
        desk.perform(DecideConflicts((9,), "ours"))


def test_theirs_is_an_audited_edit_and_files_speak_again(desk: Desk, tmp_path: Path) -> None:
    edited(desk, tmp_path)
    desk.perform(DecideConflicts((1,), "theirs"), reason="平台为准")
    assert order(desk)["seller_memo"] == "送两份小样"
    told = desk.read(
        Sql("SELECT action, field, old, new, reason FROM audit_entry WHERE order_id = 1 AND entity = 'orders' ORDER BY seq DESC LIMIT 1")
    )
    assert told == [("decide_conflicts", "seller_memo", "不送小样", "送两份小样", "平台为准")]
    bring(desk, tmp_path, order_row(订单备注="平台改过"), day=14)
    assert (order(desk)["seller_memo"], open_rows(desk)) == ("平台改过", [])
    sound(desk)


def test_an_address_is_decided_as_a_whole(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    desk.perform(EditOrders((1,), {"address": "沙河街道 金桂路 9 号"}), reason="买家来电")
    bring(desk, tmp_path, order_row(收货地址="浙江省 杭州市 余杭区 仁和街道 望海路1号(311100)"), day=13)
    assert open_rows(desk) == [("address", "广东省 深圳市 南山区 沙河街道 金桂路 9 号", "浙江省 杭州市 余杭区 仁和街道 望海路1号")]
    desk.perform(DecideConflicts((1,), "theirs"))
    told = order(desk)
    assert (told["province"], told["city"], told["district"], told["address"]) == ("浙江省", "杭州市", "余杭区", "仁和街道 望海路1号")
    bring(desk, tmp_path, order_row(收货地址="浙江省 杭州市 余杭区 仁和街道 望海路2号(311100)"), day=14)
    assert order(desk)["address"] == "仁和街道 望海路2号"
    sound(desk)


def test_a_state_that_is_past_can_only_be_kept(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单状态=SENT))
    bring(desk, tmp_path, order_row(), day=13)
    assert open_rows(desk) == [("status", "shipped", "awaiting_shipment")]
    assert the_conflict(desk).hindrance == "conflict_status_back"
    with pytest.raises(Refused, match="conflict_status_back"):
        desk.perform(DecideConflicts((1,), "theirs"))
    desk.perform(DecideConflicts((1,), "ours"))
    assert (open_rows(desk), order(desk)["status"]) == ([], "shipped")


def test_a_state_that_the_platform_catches_up_with_is_no_conflict_any_more(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单状态=SENT))
    bring(desk, tmp_path, order_row(), day=13)
    bring(desk, tmp_path, order_row(订单状态=SENT), day=14)
    assert open_rows(desk) == []
    assert the_conflict(desk, "gone").field == "status"


def test_an_older_file_that_knew_more_tells_the_same_conflict(desk: Desk, tmp_path: Path) -> None:
    """Whichever came first: the order was shipped, and the newest file says otherwise (I2)."""
    bring(desk, tmp_path, order_row(), day=13)
    bring(desk, tmp_path, order_row(订单状态=SENT), day=12)
    assert (order(desk)["status"], open_rows(desk)) == ("shipped", [("status", "shipped", "awaiting_shipment")])
    assert the_conflict(desk).batch == "B1"


def test_another_quantity_of_goods_set_aside_is_taken_with_its_stock(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    bring_lines(desk, tmp_path, line_row(NUMBER, "51"))
    bring_lines(desk, tmp_path, line_row(NUMBER, "51", 购买数量="3"), day=13)
    assert (open_rows(desk), stock(desk)) == ([("quantity", "2", "3")], (5, 2))
    desk.perform(DecideConflicts((1,), "theirs"))
    assert (stock(desk), order(desk)["quantity"]) == ((5, 3), 3)
    sound(desk)


@pytest.mark.parametrize("take", ["ours", "theirs"])
def test_a_decision_is_taken_back(desk: Desk, tmp_path: Path, take: str) -> None:
    edited(desk, tmp_path)
    desk.perform(DecideConflicts((1,), take))
    assert desk.perform(ReopenConflicts((1,))).value == 1
    assert (order(desk)["seller_memo"], open_rows(desk)) == ("不送小样", [("seller_memo", "不送小样", "送两份小样")])
    bring(desk, tmp_path, order_row(订单备注="送五份"), day=14)
    assert (order(desk)["seller_memo"], open_rows(desk)) == ("不送小样", [("seller_memo", "不送小样", "送五份")])
    sound(desk)


def test_an_address_that_was_taken_is_given_back_whole(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    desk.perform(EditOrders((1,), {"address": "沙河街道 金桂路 9 号"}), reason="买家来电")
    bring(desk, tmp_path, order_row(收货地址="浙江省 杭州市 余杭区 仁和街道 望海路1号(311100)"), day=13)
    desk.perform(DecideConflicts((1,), "theirs"))
    desk.perform(ReopenConflicts((1,)))
    told = order(desk)
    assert (told["province"], told["city"], told["district"], told["address"]) == ("广东省", "深圳市", "南山区", "沙河街道 金桂路 9 号")
    sound(desk)


def test_what_was_edited_or_told_anew_since_is_not_taken_back(desk: Desk, tmp_path: Path) -> None:
    edited(desk, tmp_path)
    desk.perform(DecideConflicts((1,), "ours"))
    bring(desk, tmp_path, order_row(订单备注="别的"), day=14)
    with pytest.raises(Refused, match="conflict_newer"):
        desk.perform(ReopenConflicts((1,)))
    desk.perform(DecideConflicts((2,), "theirs"))
    desk.perform(EditOrders((1,), {"seller_memo": "又改"}))
    with pytest.raises(Refused, match="conflict_edited"):
        desk.perform(ReopenConflicts((2,)))
    with pytest.raises(NotFound, match="conflict_not_found"):
        desk.perform(ReopenConflicts((9,)))
