"""Account files of our own making: kinds of bookings, and what a file tells of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.commands.imports import import_file
from services.desk import Desk
from services.imports.booking_list import kind_of, order_number
from services.imports.parse import parse_file
from services.queries.verify import Verify
from tests.imports.sample import shuffled, write

MOVES = ("支付流水号", "主订单id", "子订单id", "入帐时间", "入帐类型", "收入金额(元)", "支出金额(元)", "业务描述")
HEAD = "#支付宝账务明细查询\r\n#账号：[2088]\r\n#起始日期：[x]\r\n#-----\r\n"
ALIPAY = "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注"
ROWS = (
    "1\t,9\t,T200P5184324286283460127\t,交易付款\t,2026-09-06 23:18:04\t,b\t,109.90\t,\t,1109.90\t,支付宝\t,在线支付\t,\t",
    "2\t,9\t,T200P5184324286283460127\t,技术服务费\t,2026-09-06 23:18:06\t,b\t,\t,-0.66\t,1109.24\t,支付宝\t,收费\t,\t",
    "3\t,9\t,\t,提现\t,2026-09-07 23:18:06\t,b\t,\t,-100.00\t,1009.24\t,支付宝\t,提现\t,\t",
)
TRAILER = "#-----\r\n#支出合计：2笔，共-100.66元\r\n#收入合计：1笔，共109.90元\r\n#导出时间：[x]\r\n"


def move(flow: str, **cells: str) -> dict[str, str]:
    told = {"支付流水号": flow, "主订单id": "5184324286283460127", "子订单id": "51", "入帐时间": "2026-09-06 23:18:04", "入帐类型": "交易收款", "收入金额(元)": "1,040.90",
            "支出金额(元)": "0.00", "业务描述": "交易收款"}  # fmt: skip
    return told | cells


def alipay(folder: Path, *rows: str, trailer: str = TRAILER) -> Path:
    path = folder / "alipay_record.csv"
    path.write_bytes((HEAD + "\r\n".join((ALIPAY, *rows)) + "\r\n" + trailer).encode("gb18030"))
    return path


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("售后退款", "交易退款"), "refund"),
        (("转账收款", "转账"), "other"),
        (("运费险保费", "提现"), "other"),
        (("淘宝客佣金", "其它"), "fee"),
        ((None, "花呗支付"), "sale"),
    ],
)
def test_kinds_by_words(words: tuple[str | None, ...], kind: str) -> None:
    assert kind_of(*words) == kind


def test_order_numbers() -> None:
    assert [order_number(cell) for cell in ("T200P5184324286283460127\t", "服务费[T200P5184324286283460127]", "5184324286283460127", "2088", "")] == [
        "5184324286283460127", "5184324286283460127", "5184324286283460127", None, None,
    ]  # fmt: skip


def test_a_layout_is_found_in_any_order_of_its_columns(tmp_path: Path) -> None:
    rows = [
        move("1"),
        move("1", 子订单id="52", 业务描述="运费收款"),
        move("2", **{"收入金额(元)": "0", "支出金额(元)": "5.00", "入帐类型": "交易退款", "业务描述": "售后退款"}),
        move("2.026E+17"),
    ]
    one, other = parse_file(write(tmp_path / "a.csv", rows, MOVES)), parse_file(shuffled(tmp_path / "b.csv", rows, MOVES))
    assert one.format == other.format == "qianniu.moves"
    assert one.bookings == other.bookings
    assert [(booking.flow, booking.kind, booking.amount) for booking in one.bookings] == [
        ("1", "sale", 1_040_90),
        ("1#2", "freight", 1_040_90),
        ("2", "refund", -5_00),
    ]
    assert [(reject.row, reject.code) for reject in one.rejected] == [(5, "flow_scientific")]
    assert one.complete is None


def test_a_row_of_totals_is_no_booking_but_a_proof(tmp_path: Path) -> None:
    total = {"支付流水号": "合计", "收入金额(元)": "2081.80", "支出金额(元)": "0.00"}
    assert parse_file(write(tmp_path / "a.csv", [move("1"), move("2"), total], MOVES)).complete is True
    parsed = parse_file(write(tmp_path / "b.csv", [move("1"), total], MOVES))
    assert (parsed.complete, [warned.code for warned in parsed.warnings], parsed.rejected) == (False, ["totals_differ"], [])


@pytest.mark.parametrize(
    ("rows", "trailer", "complete", "codes"),
    [
        (ROWS, TRAILER, True, []),
        (ROWS[::-1], TRAILER, True, []),
        ((ROWS[0], ROWS[2]), TRAILER, False, ["totals_differ", "balance_breaks"]),
        (ROWS, "", False, ["totals_missing"]),
        (ROWS, TRAILER.replace("109.90", "109.80"), False, ["totals_differ"]),
    ],
)
def test_what_the_file_tells_of_itself_is_proven(
    desk: Desk, tmp_path: Path, rows: tuple[str, ...], trailer: str, complete: bool, codes: list[str]
) -> None:
    report = import_file(desk, alipay(tmp_path, *rows, trailer=trailer)).value
    assert (report.complete, [warned.code for warned in report.warnings], report.rows) == (complete, codes, len(rows))
    assert report.bookings_new == len(rows)
    again = import_file(desk, alipay(tmp_path, *rows, trailer=trailer)).value
    assert (again.bookings_new, again.bookings_unchanged) == (0, len(rows))
    assert desk.read(Verify()).ok


def test_one_flow_with_another_amount_is_a_conflict(desk: Desk, tmp_path: Path) -> None:
    import_file(desk, write(tmp_path / "a.csv", [move("1")], MOVES))
    report = import_file(desk, write(tmp_path / "b.csv", [move("1", **{"收入金额(元)": "7.00"})], MOVES)).value
    assert (report.conflicts, report.clashes[0].ours, report.clashes[0].file) == (1, "1040.90", "7.00")
