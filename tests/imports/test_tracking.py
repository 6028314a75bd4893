"""Tracking files: what they hold, and which orders leave by them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from services.commands.imports import import_file
from services.commands.stock import ReceiveGoods
from services.commands.undo_import import UndoImport
from services.desk import Desk
from services.errors import Refused
from services.imports.parse import parse_file
from services.imports.report import ImportReport
from services.queries.verify import Verify
from tests.db.looking import table
from tests.factories import make_order, make_sku
from tests.imports.sample import shuffled, write

HEADINGS = ("订单编号", "物流公司", "物流单号")
NUMBERS = [f"73120000000{place:03d}" for place in range(20)]


def row(number: str, tracking: str = NUMBERS[0], carrier: str = "中通快递") -> dict[str, str]:
    return {"订单编号": number, "物流公司": carrier, "物流单号": tracking}


def file(folder: Path, *rows: dict[str, str], headings: Sequence[str] = HEADINGS) -> Path:
    return write(folder / "运单.csv", rows, headings)


def results(report: ImportReport) -> list[tuple[int, str, Any]]:
    return [(one.row, one.result, one.facts.get("blockers", ())) for one in report.entries]


def ready(desk: Desk, number: str, **values: Any) -> int:
    short = int(values.get("status", "awaiting_shipment") == "awaiting_shipment")
    return make_order(desk, number=number, lines=[{"title": "马克杯", "code": "CUP-1", "shortage": short}], **values)


def test_many_headings_mean_the_same(tmp_path: Path) -> None:
    rows = [row("1001", "'73120000000001\t", "中通速递"), row("1002,1003", "SF0765429636044", "")]
    parsed = parse_file(file(tmp_path, *rows))
    assert parsed.format == "tracking"
    assert [(one.order, *one.parcel) for one in parsed.waybills] == [
        ("1001", "ZTO", "中通速递", "73120000000001"),
        ("1002", "SF", "顺丰速运", "SF0765429636044"),
        ("1003", "SF", "顺丰速运", "SF0765429636044"),
    ]
    assert parse_file(shuffled(tmp_path / "b.csv", rows, HEADINGS)).waybills == parsed.waybills
    for names in (("平台订单号", "快递公司", "运单号"), ("Order Number", "Carrier", "Tracking Number"), ("订单号", "快递", "快递单号")):
        renamed = [dict(zip(names, one.values(), strict=True)) for one in rows]
        assert parse_file(write(tmp_path / "c.csv", renamed, [*names, "收货人", "重量"])).waybills == parsed.waybills


def test_rows_that_say_too_little_are_rejected(tmp_path: Path) -> None:
    rows = [row("1001", ""), row("5.0163E+18"), row("1002", "7.7021E+14"), row("1003", "266900000001", ""), row("1004", "1", "某某快运")]
    parsed = parse_file(file(tmp_path, *rows))
    assert [(one.row, one.column, one.code) for one in parsed.rejected] == [
        (2, "物流单号", "tracking_missing"),
        (3, "订单编号", "id_scientific"),
        (4, "物流单号", "tracking_digits"),
        (5, "物流公司", "carrier_missing"),
    ]
    assert [(warned.row, warned.code) for warned in parsed.warnings] == [(6, "carrier_other")]


def test_orders_leave_by_the_same_guards_as_by_hand(desk: Desk, tmp_path: Path) -> None:
    make_sku(desk, "CUP-1")
    ready(desk, "1001")
    ready(desk, "1002", status="awaiting_payment")
    ready(desk, "1003", cases=[{}])
    ready(desk, "1004", status="closed")
    ready(desk, "1005", buyer_nick="另一位")
    ready(desk, "1006")
    ready(desk, "1007", recipient="")
    desk.perform(ReceiveGoods("CUP-1", 50, 600))
    rows = [row("1001"), row("1002", NUMBERS[2]), row("1003", NUMBERS[3]), row("1004", NUMBERS[4]), row("1005"), row("1006"),
            row("9999", NUMBERS[9]), row("1001"), row("1006", NUMBERS[10]), row("1007", NUMBERS[7])]  # fmt: skip
    path = file(tmp_path, *rows)
    dry = import_file(desk, path, dry_run=True).value
    assert table(desk, "parcel") == []
    report = import_file(desk, path).value
    assert results(dry) == results(report)
    assert results(report) == [
        (2, "ship", ()),
        (3, "refused", ("not_paid",)),
        (4, "refused", ("after_sale_open",)),
        (5, "refused", ("closed",)),
        (6, "refused", ("number_used",)),
        (7, "ship", ()),
        (8, "unmatched", ()),
        (9, "repeat_of_a_row", ()),
        (10, "ship_more", ()),
        (11, "refused", ("address_missing",)),
    ]
    assert (report.matched, report.unmatched, report.shipped, report.refused) == (9, 1, 3, 5)
    assert report.rows == report.shipped + report.already + report.rows_held + len(report.rejected)
    # Two orders of one buyer to one address go in one parcel.
    assert [(parcel["tracking_number"], parcel["carrier"]) for parcel in table(desk, "parcel")] == [
        (NUMBERS[0], "ZTO"),
        (NUMBERS[10], "ZTO"),
    ]
    assert [order["number"] for order in table(desk, "orders", "status = 'shipped'")] == ["1001", "1006"]
    again = import_file(desk, path).value
    assert (again.shipped, again.already) == (0, 3)
    assert len(table(desk, "parcel")) == 2
    assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []


def test_what_may_be_passed_over_asks_for_a_reason(desk: Desk, tmp_path: Path) -> None:
    make_order(desk, number="1001", lines=[{"title": "茶盘"}], unmatched=1)
    path = file(tmp_path, row("1001"))
    assert results(import_file(desk, path, dry_run=True).value) == [(2, "refused", ("goods_unmatched",))]
    with pytest.raises(Refused, match="override_reason"):
        import_file(desk, path, overrides=("goods_unmatched",))
    assert table(desk, "import_batch") == []
    report = import_file(desk, path, overrides=("goods_unmatched",), reason="货已发出").value
    assert report.shipped == 1


def test_one_order_in_several_parcels(desk: Desk, tmp_path: Path) -> None:
    make_sku(desk, "CUP-1")
    first, other, third = ready(desk, "1001"), ready(desk, "1002", buyer_nick="另一位"), ready(desk, "1003", buyer_nick="第三位")
    desk.perform(ReceiveGoods("CUP-1", 50, 600))
    rows = [
        row("1001"),
        row("1001", NUMBERS[1]),
        row("1002", NUMBERS[2]),
        row("1002", NUMBERS[1]),
        row("1003", "12", "顺丰速运"),
        row("1003", NUMBERS[3]),
    ]
    report = import_file(desk, file(tmp_path, *rows)).value
    assert results(report) == [
        (2, "ship", ()),
        (3, "ship_more", ()),
        (4, "refused", ("number_used",)),
        (5, "refused", ("number_used",)),
        (6, "refused", ("number_doubtful",)),
        (7, "refused", ("number_doubtful",)),
    ]
    links = [(one["order_id"], one["parcel_id"]) for one in table(desk, "parcel_order")]
    assert links == [(first, 1), (first, 2)]
    assert [(one["parcel_id"], one["quantity"]) for one in table(desk, "parcel_line")] == [(1, 1)]
    assert [one["status"] for one in table(desk, "orders")] == ["shipped", "awaiting_shipment", "awaiting_shipment"]
    assert {other, third}.isdisjoint({order for order, _parcel in links})
    assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []


def test_a_further_parcel_of_an_order_that_has_left(desk: Desk, tmp_path: Path) -> None:
    """Named beside the one that it has; alone it might be a mistake."""
    make_sku(desk, "CUP-1")
    ready(desk, "1001")
    desk.perform(ReceiveGoods("CUP-1", 50, 600))
    import_file(desk, file(tmp_path, row("1001")))
    assert results(import_file(desk, file(tmp_path, row("1001", NUMBERS[1]))).value) == [(2, "refused", ("already_shipped",))]
    path = file(tmp_path, row("1001"), row("1001", NUMBERS[1]))
    assert results(import_file(desk, path, dry_run=True).value) == [(2, "already_has_this_number", ()), (3, "ship_more", ())]
    report = import_file(desk, path).value
    assert (report.shipped, report.already) == (1, 1)
    assert [one["tracking_number"] for one in table(desk, "parcel")] == [NUMBERS[0], NUMBERS[1]]
    assert import_file(desk, path).value.already == 2
    desk.perform(UndoImport(int((report.batch or "B0")[1:])))
    assert [one["tracking_number"] for one in table(desk, "parcel", "state <> 'void'")] == [NUMBERS[0]]
    assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []
