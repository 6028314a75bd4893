"""A plan seen through before it is carried out: what becomes of each order, and of each field; and an import of the undoubtful alone."""

from __future__ import annotations

from pathlib import Path

from services.commands.edits import EditOrders
from services.commands.imports import ImportFile, import_file
from services.desk import Desk
from services.imports.parse import parse_file
from services.imports.plan import PlanImport
from services.imports.xray import Change, Xray
from services.queries.conflict_rows import ConflictRows
from services.queries.verify import Verify
from tests.commands.test_imports import NUMBER, SENT, bring, bring_lines, order, sound
from tests.imports.sample import line_row, order_row, write

SECOND = "ExportOrderList202611130930.csv"


def first_day(desk: Desk, folder: Path) -> None:
    bring(desk, folder, order_row(), order_row("6001"), order_row("6002"), order_row("6003", 订单创建时间="2026-11-09 08:00:00"))
    desk.perform(EditOrders((2,), {"seller_memo": "不要袋子"}))


def second_day(folder: Path) -> Path:
    rows = [
        order_row(订单状态=SENT, 买家留言="", 买家实际支付金额="60.60", 退款金额="30.00"),
        order_row("6001", 订单备注="要袋子", 买家留言="快"),
        order_row("6002"),
        order_row("7001", 订单创建时间="2026-11-11 08:00:00"),
        order_row("7002", 总金额="一"),
        order_row("7001", 订单创建时间="2026-11-11 08:00:00"),
    ]
    return write(folder / SECOND, rows)


def test_each_order_is_of_one_kind_and_each_field_goes_from_what_to_what(desk: Desk, tmp_path: Path) -> None:
    first_day(desk, tmp_path)
    before = desk.read(Verify(digest=True)).digest
    xray = Xray(desk.read(PlanImport(parse_file(second_day(tmp_path)))))
    assert xray.counts == {"new": 1, "changed": 2, "conflicting": 1, "held": 1, "rejected": 1, "unchanged": 1}
    changed = {one.number: one.changes for one in xray.page("changed")}
    assert changed[NUMBER] == (
        Change("status", "awaiting_shipment", "shipped"),
        Change("buyer_message", "先电话，\n再“发货”,谢谢", None),
        Change("refunded", 0, 30_00),
    )
    assert changed["6001"] == (Change("buyer_message", "先电话，\n再“发货”,谢谢", "快"),)
    assert xray.page("conflicting")[0].changes == (Change("seller_memo", "不要袋子", "要袋子", kept=True),)
    assert [(one.number, one.row) for kind in ("new", "unchanged") for one in xray.page(kind)] == [("7001", 5), ("6002", 4)]
    assert [(one.row, one.column, one.value) for one in xray.page("rejected")] == [(6, "总金额", "一")]
    assert xray.page("changed", 1, 5) == xray.page("changed")[1:]
    assert desk.read(Verify(digest=True)).digest == before


def test_a_dry_run_tells_every_change_in_json(desk: Desk, tmp_path: Path) -> None:
    first_day(desk, tmp_path)
    told = import_file(desk, second_day(tmp_path), dry_run=True).value.as_json()
    assert told["changes"] == [
        {"number": NUMBER, "field": "status", "old": "awaiting_shipment", "new": "shipped"},
        {"number": NUMBER, "field": "buyer_message", "old": "先电话，\n再“发货”,谢谢", "new": None},
        {"number": NUMBER, "field": "refunded", "old": "0.00", "new": "30.00"},
        {"number": "6001", "field": "buyer_message", "old": "先电话，\n再“发货”,谢谢", "new": "快"},
    ]
    assert "changes" not in import_file(desk, second_day(tmp_path)).value.as_json()


def test_lines_are_seen_through_too(desk: Desk, tmp_path: Path) -> None:
    bring_lines(desk, tmp_path, line_row(NUMBER, "51"))
    path = tmp_path / "ExportItemlList202611130930.csv"
    from tests.imports.sample import LINE_HEADINGS

    write(path, [line_row(NUMBER, "51", 商品价格="40.00"), line_row(NUMBER, "52", 商品标题="篮")], LINE_HEADINGS)
    (seen,) = Xray(desk.read(PlanImport(parse_file(path)))).page("changed")
    told = {(change.field, change.part): (change.old, change.new) for change in seen.changes}
    assert told["line.price", "51"] == (41_30, 40_00)
    assert told["lines", "52"][1].startswith("篮")


def test_what_is_in_doubt_is_left_out_and_offered_again(desk: Desk, tmp_path: Path) -> None:
    first_day(desk, tmp_path)
    path = second_day(tmp_path)
    dry = import_file(desk, path, dry_run=True, only_sure=True).value
    report = import_file(desk, path, only_sure=True).value
    assert [(one.number, one.row, one.code) for one in report.left_out] == [("6001", 3, "doubt_conflict")]
    assert report.as_json("zh")["left_out"][0]["why"] == "“卖家备注”与本店不一致"
    for one in (dry, report):
        assert (one.orders_new, one.orders_updated, one.orders_unchanged, one.rows_held, len(one.rejected), one.conflicts) == (
            1,
            1,
            1,
            2,
            1,
            0,
        )
        assert one.rows == one.orders_new + one.orders_updated + one.orders_unchanged + one.rows_held + len(one.rejected)
    assert (order(desk, "6001")["buyer_message"], desk.read(ConflictRows())) == ("先电话，\n再“发货”,谢谢", ())
    again = import_file(desk, path).value
    assert (again.orders_updated, again.conflicts) == (1, 1)
    assert order(desk, "6001")["buyer_message"] == "快"
    sound(desk)


def test_a_plan_that_went_stale_is_made_anew_without_its_doubts(desk: Desk, tmp_path: Path) -> None:
    first_day(desk, tmp_path)
    plan = desk.read(PlanImport(parse_file(second_day(tmp_path))))
    desk.perform(EditOrders((1,), {"seller_memo": "改过"}))
    report = desk.perform(ImportFile(plan, only_sure=True)).value
    assert [one.number for one in report.left_out] == ["6001"]


def test_orders_that_a_file_should_name_and_does_not_are_told_and_stay(desk: Desk, tmp_path: Path) -> None:
    early, late = {"订单创建时间": "2026-11-08 08:00:00"}, {"订单创建时间": "2026-11-10 08:00:00"}
    bring(desk, tmp_path, order_row("1", **early), order_row("2"), order_row("3", 订单状态="交易成功"), order_row("4", **late))
    report = bring(desk, tmp_path, order_row("1", **early), order_row("4", **late), day=13)
    assert (report.vanished, report.vanished_numbers) == (1, ["2"])
    report = bring(desk, tmp_path, order_row("1", **early), day=14)
    assert report.vanished == 0
    assert order(desk, "2")["status"] == "awaiting_shipment"
