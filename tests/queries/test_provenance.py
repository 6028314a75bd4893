"""Every value of the order card can say where it comes from: file, sheet, row, cell and time, or who edited it."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.errors import NotFound
from services.queries.order_card import OrderCard
from services.queries.order_json import OrdersJson
from services.queries.order_rows import OrderIds
from services.queries.provenance import Cell, OrderProvenance, Origin, RawRow
from tests.commands.test_imports import NUMBER, bring, bring_lines
from tests.imports.sample import line_row, order_row
from tests.reference.exports import EXPORTS, needs_exports


def origin(desk: Desk, field: str, order_id: int = 1) -> Origin:
    found = desk.read(OrderProvenance(order_id)).of(field)
    assert found is not None
    return found


def test_a_value_names_its_cell(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row("6001"), order_row())
    found = origin(desk, "recipient", 2)
    assert (found.kind, found.file and (found.file.batch, found.file.row, found.file.file_name)) == (
        "file",
        ("B1", 3, "ExportOrderList202611120930.csv"),
    )
    assert found.file is not None
    assert found.file.cells == (Cell("收货人姓名", "吴子川"),)
    city = origin(desk, "city", 2).file
    assert city is not None
    assert city.cells[0].heading == "收货地址"
    assert "深圳市" in city.cells[0].value
    with pytest.raises(NotFound, match="order_not_found"):
        desk.read(OrderProvenance(99))


def test_each_value_is_of_the_file_whose_word_counts(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(买家留言=""))
    bring_lines(desk, tmp_path, line_row(NUMBER, "51", 商品标题="壶"), line_row(NUMBER, "52"), day=13)
    bring(desk, tmp_path, order_row(买家留言="快"), day=14)
    assert [
        (origin(desk, name).kind, (file := origin(desk, name).file) and file.batch) for name in ("buyer_message", "payable", "goods_amount")
    ] == [
        ("file", "B3"),
        ("file", "B3"),
        ("file", "B2"),
    ]
    assert origin(desk, "quantity").kind == "computed"
    lines = desk.read(OrderProvenance(1)).lines
    assert [(one.file.batch, one.file.row) for one in lines] == [("B2", 2), ("B2", 3)]
    assert Cell("商品标题", "壶") in lines[0].file.cells


def test_the_same_bytes_again_are_read_where_they_were_kept(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    copy = tmp_path / "ExportOrderList202611150930.csv"
    copy.write_bytes((tmp_path / "ExportOrderList202611120930.csv").read_bytes())
    import_file(desk, copy)
    found = origin(desk, "recipient").file
    assert found is not None
    assert (found.batch, found.cells) == ("B2", (Cell("收货人姓名", "吴子川"),))


def test_what_was_edited_here_names_who_and_when_and_keeps_the_file(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单备注="送小样"))
    desk.perform(EditOrders((1,), {"seller_memo": "不送"}), actor="小王", reason="买家说")
    found = origin(desk, "seller_memo")
    assert (found.kind, found.actor, found.at, found.action, found.reason) == ("edited", "小王", desk.clock.now(), "edit_orders", "买家说")
    assert found.file is not None
    assert found.file.cells == (Cell("订单备注", "送小样"),)


def test_what_was_done_here_is_no_file_s_word(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    bring(desk, tmp_path, order_row())
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    desk.perform(ShipOrders((Shipment(1, "YTO", "YT0771993970431"),)))
    assert (origin(desk, "status").kind, origin(desk, "status").action) == ("edited", "ship_orders")
    assert origin(desk, "shipped_at").kind == "computed"


@needs_exports
def test_the_samples_name_a_cell_for_all_that_they_tell(desk: Desk) -> None:
    for name in ("ExportOrderList20261112_G5.xlsx", "ExportItemlList20261112_D3.xlsx"):
        import_file(desk, EXPORTS / name)
    orders = desk.read(OrdersJson(limit=25)).orders
    for place in range(1, len(orders) + 1):
        found = desk.read(OrderProvenance(place))
        for one in found.fields:
            if one.kind == "file":
                assert one.file is not None
                assert one.file.cells, (place, one)
        assert {one.kind for one in found.fields} <= {"file", "computed"}
        assert found.lines


SEVERAL = (
    "ExportOrderList20261112_G4.csv",
    "ExportOrderList20261112_G5.xlsx",
    "ExportItemlList20261112_D3.xlsx",
    "ExportOrderList20261113_G5_day2.xlsx",
    "pdd_orders_20261112.csv",
    "douyin_orders_20261112.csv",
    "shopify_orders_export_20261112.csv",
    "woocommerce_orders_20261112.csv",
    "退款报表20261112.xlsx",
    "waybills_20261112.csv",
    "qianniu_moves_20261112.xlsx",
)


@needs_exports
def test_nothing_of_several_files_is_without_a_row(desk: Desk) -> None:
    """Every value and part of every order names the row of a file, however many files told of it since; the row is there to be read."""
    for name in SEVERAL:
        import_file(desk, EXPORTS / name)
    shown: set[str] = set()
    for order_id in desk.read(OrderIds(""))[::3]:
        told = desk.read(OrderProvenance(order_id))
        card = desk.read(OrderCard(order_id))
        for one in (*told.fields, *told.parts):
            assert one.kind in {"file", "computed"}, (card.number, one)
            assert one.kind == "computed" or (one.file is not None and one.file.row > 1), (card.number, one)
            assert one.kind == "computed" or one.part or (one.file is not None and one.file.cells), (card.number, one)
        parts = {(one.field, one.part) for one in told.parts}
        shown |= {field for field, _part in parts}
        for field, held in (("line", card.lines), ("parcel", card.parcels), ("case", card.cases), ("money", card.money)):
            assert {(field, one.id) for one in held} <= parts
        file = told.fields[0].file
        assert file is not None
        kept = desk.read(RawRow(file.batch_id, file.row))
        assert card.number.removeprefix("#") in "".join(cell.value for cell in kept.cells)
    assert shown >= {"line", "parcel", "case", "money", "discount", "booking"}


def test_a_row_is_found_again_when_a_later_file_told_the_order_anew(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row("6001"), order_row())
    bring(desk, tmp_path, order_row(买家留言="快"), day=14)
    (money,) = (one for one in desk.read(OrderProvenance(2)).parts if one.field == "money")
    assert (money.kind, money.file and (money.file.batch, money.file.row)) == ("file", ("B1", 3))


def test_a_conflict_and_a_lock_stand_with_the_value(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单备注="送小样"))
    desk.perform(EditOrders((1,), {"seller_memo": "不送", "address": "文一路1号"}), reason="买家说")
    bring(desk, tmp_path, order_row(订单备注="送两份"), day=13)
    memo, street, buyer = (origin(desk, name) for name in ("seller_memo", "address", "buyer_nick"))
    assert (memo.locked, memo.differs and (memo.differs.theirs, memo.differs.file.batch)) == (True, ("送两份", "B2"))
    assert street.locked
    assert (buyer.locked, buyer.differs) == (False, None)
    with pytest.raises(NotFound, match="batch_not_found"):
        desk.read(RawRow(9, 2))
