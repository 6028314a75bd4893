"""Every field of every order of the sample exports, against the truth beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.errors import DeskError
from services.imports.parse import parse_file
from tests.reference.exports import EXPORTS, FOLDER, needs_exports, order_as_truth, truth_files, truth_of

pytestmark = needs_exports

REFUSED = ("broken_cut.xlsx", "broken_empty.csv", "broken_encrypted.xlsx")
WHOLE = [name for name in truth_files("taobao.orders", "taobao.lines", "taobao.sold", "html") if name not in REFUSED]


def _same(known: dict[str, Any], order: dict[str, Any], keys: set[str]) -> dict[str, tuple[Any, Any]]:
    return {key: (order.get(key), known.get(key)) for key in keys if order.get(key) != known.get(key)}


@pytest.mark.parametrize("name", WHOLE)
def test_every_field_of_every_order_is_as_the_truth_says(name: str) -> None:
    truth = truth_of(name)
    parsed = parse_file(EXPORTS / name, keep_raw=False)

    if truth["format"].startswith("taobao"):
        assert parsed.format == truth["format"]
    assert (parsed.rows, parsed.encoding) == (truth["rows"], truth["encoding"])
    got = {order.number: order_as_truth(order, parsed.platform) for order in parsed.orders}
    want = {order["number"]: order for order in truth["orders"]}
    assert got.keys() == want.keys()
    knows = set(truth["knows"])
    if "broken_huge_cell" in name:
        # The truth tells only how long the cell is.
        long = [order for order in got.values() if len(order.get("buyer_message", "")) > 90_000]
        assert [len(order.pop("buyer_message")) for order in long] == [199_999]
    wrong = {number: found for number, order in got.items() if (found := _same(want[number], order, knows))}
    assert wrong == {}
    if want:
        assert knows <= parsed.knows | {"channel", "paid_cell", "masked"}


@pytest.mark.parametrize("name", WHOLE)
def test_rejected_rows_are_told_with_row_and_column(name: str) -> None:
    truth = truth_of(name)
    parsed = parse_file(EXPORTS / name, keep_raw=False)
    assert [(reject.row, reject.column) for reject in parsed.rejected] == [
        (reject["row"], reject["column"]) for reject in truth["rejected"]
    ]
    values = [(reject.row, reject.value) for reject in parsed.rejected if reject.value is not None]
    assert all((reject["row"], reject["value"]) in values for reject in truth["rejected"] if "value" in reject)
    repeated = [warned.row for warned in parsed.warnings if warned.code == "row_repeated"]
    assert repeated == [warned["row"] for warned in truth.get("warnings", ())]
    assert parsed.unknown_headings == truth.get("unknown_headings", [])


@pytest.mark.parametrize(
    ("name", "code"),
    [("broken_cut.xlsx", "workbook_cut"), ("broken_empty.csv", "file_empty"), ("broken_encrypted.xlsx", "workbook_encrypted")],
)
def test_files_that_cannot_be_read_are_refused_by_name_of_the_fault(name: str, code: str) -> None:
    assert truth_of(name)["expect"] == "refuse_file"
    with pytest.raises(DeskError) as caught:
        parse_file(EXPORTS / name)
    assert caught.value.code == code


def test_the_real_tmall_month_adds_up(tmp_path: Path) -> None:
    del tmp_path
    told = {
        "number": "订单编号",
        "payable": "总金额",
        "paid": {"sum": ["买家实际支付金额", "退款金额"]},
        "refunded": "退款金额",
        "created_at": "订单创建时间",
        "paid_at": "订单付款时间",
        "province": "收货地址",
    }
    for name in ("tmall_order_report.csv", "no_space_headings.csv"):
        parsed = parse_file(FOLDER / "tmall_order_report" / name, map=told, keep_raw=False)
        assert len(parsed.orders) == 28_010
        assert parsed.rejected == []
        paid = [order for order in parsed.orders if order.paid_at is not None]
        assert len(paid) == 24_087
        assert sum(order.payable or 0 for order in parsed.orders) == 2_995_760_61
        assert sum(order.paid or 0 for order in paid) == 2_474_823_07
        assert sum(order.refunded or 0 for order in parsed.orders) == 572_335_92
        assert len({order.province for order in parsed.orders}) == 31
        assert {order.status for order in parsed.orders} == {"awaiting_payment", "awaiting_shipment"}


def test_returns_of_a_wholesaler_are_refunds_of_their_invoice() -> None:
    told = {
        "number": "InvoiceNo",
        "created_at": "InvoiceDate",
        "buyer_nick": "CustomerID",
        "line.code": "StockCode",
        "line.title": "Description",
        "line.quantity": "Quantity",
        "line.price": "UnitPrice",
        "options": {"negative_quantity": "return"},
    }
    file = next((FOLDER / "uci_online_retail").glob("*.csv"))
    parsed = parse_file(file, map=told, keep_raw=False)
    assert len(parsed.orders) == 2_231
    assert sum(order.refunded or 0 for order in parsed.orders) == 10_849_89
    sold = sum((line.price or 0) * line.quantity for order in parsed.orders for line in order.lines if line.refund_state != "refunded")
    assert sold - 10_849_89 == 37_503_25
    told["options"] = {}
    strict = parse_file(file, map=told, keep_raw=False)
    assert {reject.code for reject in strict.rejected} <= {"quantity", "order_incomplete"}
