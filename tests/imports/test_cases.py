"""Refund files: what they hold, and what becomes of it in a shop."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from services.commands.aftersales import MoveCase, RefundOrder
from services.commands.imports import import_file
from services.desk import Desk
from services.imports.parse import parse_file
from services.imports.report import ImportReport
from services.queries.order_json import OrdersJson
from services.queries.verify import Verify
from tests.db.looking import table
from tests.imports.sample import HEADINGS, LINE_HEADINGS, REFUND_HEADINGS, line_row, order_row, refund_row, shuffled, write

NUMBER, OTHER = "5016165517148046476", "5016165517148046477"
CASE = "216310093161617429"


def bring(desk: Desk, path: Path) -> ImportReport:
    report = import_file(desk, path).value
    assert [(check.name, check.facts) for check in desk.read(Verify()).checks if not check.ok] == []
    return report


def order_of(desk: Desk, number: str = NUMBER) -> dict[str, Any]:
    return next(order for order in desk.read(OrdersJson()).orders if order["number"] == number)


def refunds(folder: Path, *rows: dict[str, str], name: str = "退款202611120930.csv") -> Path:
    return write(folder / name, rows, REFUND_HEADINGS)


def orders(folder: Path, *rows: dict[str, str], name: str = "ExportOrderList202611120930.csv") -> Path:
    return write(folder / name, rows)


def lines(folder: Path, *rows: dict[str, str], name: str = "ExportItemlList202611120930.csv") -> Path:
    return write(folder / name, rows, LINE_HEADINGS)


def test_a_layout_is_found_in_any_order_of_its_columns(tmp_path: Path) -> None:
    rows = [
        refund_row(NUMBER, CASE, 退款状态="买家已经申请退款，等待卖家同意", 退款完结时间="", 完结时间="", 买家退款说明="碎了，\n见图"),
        refund_row(OTHER, "2", 售后类型="换货", 退款状态="换货成功"),
    ]
    one, other = parse_file(refunds(tmp_path, *rows)), parse_file(shuffled(tmp_path / "b.csv", rows, REFUND_HEADINGS))
    assert one.cases == other.cases
    assert one.format == other.format == "taobao.refunds.r26"
    assert other.unknown_headings == ["新的一列", "另一列"]
    assert [(case.state, case.kind, case.amount, case.words) for case in one.cases] == [
        ("requested", "refund_only", 30_00, "碎了，\n见图"),
        ("exchanged", "exchange", 30_00, None),
    ]


def test_what_is_not_understood_is_told_with_its_place(tmp_path: Path) -> None:
    rows = [
        refund_row(NUMBER, CASE, 退款状态="外星人处理中"),
        refund_row(NUMBER, "2", 售后类型="以旧换新"),
        refund_row("5.01617E+18", "3"),
        refund_row(NUMBER, "2.1631E+17"),
        refund_row(NUMBER, "5", 买家退款金额="1.234"),
        refund_row(NUMBER, "6", 买家退款金额="1,030.00元", 退货物流单号="'78016937448211", 退货物流公司="中通"),
        refund_row(NUMBER, "6", 买家退款金额="1,030.00元", 退货物流单号="'78016937448211", 退货物流公司="中通"),
    ]  # fmt: skip
    parsed = parse_file(refunds(tmp_path, *rows))
    assert [(one.row, one.column, one.code) for one in parsed.rejected] == [
        (2, "退款状态", "refund_state_unknown"),
        (3, "售后类型", "case_kind_unknown"),
        (4, "订单编号", "id_scientific"),
        (5, "退款编号", "case_number"),
        (6, "买家退款金额", "decimals"),
    ]
    (case,) = parsed.cases
    assert (case.amount, case.parcel_back) == (1_030_00, ("ZTO", "中通", "78016937448211"))
    assert [warned.code for warned in parsed.warnings] == ["row_repeated"]


FILES = ("orders", "lines", "refunds")


@pytest.mark.parametrize("turn", list(itertools.permutations(FILES)))
def test_the_same_money_is_given_back_once_in_whatever_order_the_files_come(desk: Desk, tmp_path: Path, turn: tuple[str, ...]) -> None:
    files = {
        "orders": orders(tmp_path, order_row(买家实际支付金额="60.60", 退款金额="30.00")),
        "lines": lines(tmp_path, line_row(NUMBER, "5001", 退款状态="退款成功", 退款金额="30.00")),
        "refunds": refunds(tmp_path, refund_row(NUMBER, CASE)),
    }
    for name in turn:
        bring(desk, files[name])
    order = order_of(desk)
    assert (order["paid"], order["refunded"], order["status"]) == ("90.60", "30.00", "awaiting_shipment")
    assert order["lines"][0]["refunded"] == "30.00"
    (case,) = table(desk, "after_sale")
    assert (case["number"], case["state"], case["amount"], case["order_id"]) == (CASE, "refunded", 30_00, 1)
    assert [(row["line_id"], row["amount"]) for row in table(desk, "after_sale_line")] == [(1, 30_00)]
    for name in turn:
        again = bring(desk, files[name])
        assert (again.cases_new, again.cases_updated, again.orders_updated) == (0, 0, 0)
    assert order_of(desk) == order


def test_an_open_case_blocks_and_its_end_lifts_it(desk: Desk, tmp_path: Path) -> None:
    bring(desk, orders(tmp_path, order_row()))
    bring(desk, lines(tmp_path, line_row(NUMBER, "5001")))
    asked = refund_row(
        NUMBER, CASE, 退款状态="买家已经申请退款，等待卖家同意", 退款完结时间="", 完结时间="", 超时时间="2026-11-14 20:00:00"
    )
    assert bring(desk, refunds(tmp_path, asked)).cases_new == 1
    assert "after_sale_open" in order_of(desk)["blockers"]
    assert table(desk, "after_sale")[0]["deadline_at"] is not None
    ended = asked | {"退款状态": "退款关闭", "完结时间": "2026-11-12 10:00:00", "超时时间": ""}
    second = asked | {"退款编号": "219495623955031166", "买家退款金额": "15.60"}
    report = bring(desk, refunds(tmp_path, ended, second, name="退款202611121200.csv"))
    assert (report.cases_new, report.cases_updated, report.updated[CASE]) == (1, 1, ["state", "ended_at", "deadline_at"])
    order = order_of(desk)
    assert ("after_sale_open" in order["blockers"], order["refunded"]) == (True, "0.00")
    done = second | {"退款状态": "退款成功", "退款完结时间": "2026-11-13 10:00:00"}
    bring(desk, refunds(tmp_path, ended, done, name="退款202611141200.csv"))
    order = order_of(desk)
    assert ("after_sale_open" in order["blockers"], order["refunded"], order["status"]) == (False, "15.60", "awaiting_shipment")
    # The first day's file again knows less: nothing goes back.
    assert bring(desk, refunds(tmp_path, asked)).cases_unchanged == 1
    assert [case["state"] for case in table(desk, "after_sale")] == ["withdrawn", "refunded"]


def test_a_whole_order_given_back_before_shipment_is_closed_and_its_goods_serve_others(desk: Desk, tmp_path: Path) -> None:
    bring(desk, orders(tmp_path, order_row()))
    bring(desk, lines(tmp_path, line_row(NUMBER, "5001")))
    bring(desk, refunds(tmp_path, refund_row(NUMBER, CASE, 买家退款金额="90.60", **{"部分退款/全部退款": "全部退款"})))
    order = order_of(desk)
    assert (order["status"], order["close_reason"], order["refunded"]) == ("closed", "refunded", "90.60")
    assert table(desk, "order_line")[0]["cancelled"] == 2


def test_a_case_made_here_is_recognised_by_its_money(desk: Desk, tmp_path: Path) -> None:
    bring(desk, orders(tmp_path, order_row(订单状态="交易成功")))
    bring(desk, lines(tmp_path, line_row(NUMBER, "5001", 订单状态="交易成功")))
    desk.perform(RefundOrder(1, "refund_only", amount=30_00, fault="quality"), reason="杯口有缺")
    report = bring(desk, refunds(tmp_path, refund_row(NUMBER, CASE)))
    assert (report.cases_new, report.cases_updated) == (0, 1)
    (case,) = table(desk, "after_sale")
    assert (case["number"], case["reason"], case["state"]) == (CASE, "杯口有缺", "refunded")
    assert order_of(desk)["refunded"] == "30.00"
    assert bring(desk, refunds(tmp_path, refund_row(NUMBER, CASE))).cases_unchanged == 1


def test_what_was_paid_back_here_is_not_undone_by_a_file_that_does_not_know_it(desk: Desk, tmp_path: Path) -> None:
    bring(desk, orders(tmp_path, order_row(订单状态="交易成功")))
    asked = refund_row(NUMBER, CASE, 退款状态="买家已经申请退款，等待卖家同意", 退款完结时间="", 完结时间="")
    bring(desk, refunds(tmp_path, asked))
    desk.perform(MoveCase(1, "refunded"))
    report = bring(desk, refunds(tmp_path, asked | {"超时时间": "2026-11-20 00:00:00"}, name="退款202611130930.csv"))
    assert (report.conflicts, report.clashes[0].field) == (1, "case_state")
    assert (table(desk, "after_sale")[0]["state"], order_of(desk)["refunded"]) == ("refunded", "30.00")


def test_a_refund_above_what_was_paid_is_rejected(desk: Desk, tmp_path: Path) -> None:
    bring(desk, orders(tmp_path, order_row()))
    report = bring(desk, refunds(tmp_path, refund_row(NUMBER, CASE, 买家退款金额="90.61")))
    assert [(one.row, one.column, one.code) for one in report.rejected] == [(2, "买家退款金额", "refund_above_paid")]
    assert table(desk, "after_sale") == []


def test_cases_of_orders_that_are_not_here_wait_for_them(desk: Desk, tmp_path: Path) -> None:
    report = bring(desk, refunds(tmp_path, refund_row(NUMBER, CASE), refund_row(OTHER, "2")))
    assert (report.cases_held, report.rows_held, report.cases_new) == (2, 2, 0)
    assert {warned.code for warned in report.warnings} == {"case_order_unknown"}
    file = orders(tmp_path, order_row())
    assert import_file(desk, file, dry_run=True).value.cases_new == 1
    assert bring(desk, file).cases_new == 1
    assert [case["number"] for case in table(desk, "after_sale")] == [CASE]
    assert order_of(desk)["refunded"] == "30.00"


def test_a_list_without_refunds_told_the_net_payment(desk: Desk, tmp_path: Path) -> None:
    headings = [heading for heading in HEADINGS if heading != "退款金额"]
    bring(desk, write(tmp_path / "ExportOrderList202611120930.csv", [order_row(买家实际支付金额="60.60")], headings))
    bring(desk, refunds(tmp_path, refund_row(NUMBER, CASE)))
    assert (order_of(desk)["paid"], order_of(desk)["refunded"]) == ("90.60", "30.00")
    # What is given back after the list was made was still in its payment.
    bring(desk, refunds(tmp_path, refund_row(NUMBER, "2", 退款完结时间="2026-11-20 09:00:00"), name="退款202611210930.csv"))
    assert (order_of(desk)["paid"], order_of(desk)["refunded"]) == ("90.60", "60.00")


def test_a_newer_goods_list_ends_an_open_case(desk: Desk, tmp_path: Path) -> None:
    bring(desk, orders(tmp_path, order_row()))
    bring(desk, lines(tmp_path, line_row(NUMBER, "5001", 退款状态="买家已经申请退款，等待卖家同意", 退款金额="30.00")))
    bring(desk, refunds(tmp_path, refund_row(NUMBER, CASE, 退款状态="买家已经申请退款，等待卖家同意", 退款完结时间="", 完结时间="")))
    bring(desk, lines(tmp_path, line_row(NUMBER, "5001", 退款状态="退款成功", 退款金额="30.00"), name="ExportItemlList202611130930.csv"))
    order = order_of(desk)
    assert (order["refunded"], order["blockers"].count("after_sale_open")) == ("30.00", 0)
    assert table(desk, "after_sale")[0]["state"] == "refunded"
