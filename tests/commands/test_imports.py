"""Files brought in: what a shop holds afterwards, what a file may change and what it may not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.commands.aftersales import MoveCase, RefundLine, RefundOrder
from services.commands.edits import EditOrders
from services.commands.imports import ImportFile, import_file
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.db.reading import Reading
from services.desk import Desk
from services.errors import Cancelled, Refused
from services.imports.parse import parse_file
from services.imports.plan import PlanImport
from services.imports.report import ImportReport
from services.queries.order_json import OrdersJson
from services.queries.verify import Verify
from tests.imports.sample import HEADINGS, LINE_HEADINGS, PAID, line_row, order_row, write

SENT = "卖家已发货，等待买家确认"
NUMBER = "5016165517148046476"


class Sql:
    """A plain look into the file."""

    def __init__(self, statement: str) -> None:
        self.statement = statement

    def run(self, reading: Reading) -> list[tuple[Any, ...]]:
        return reading.sql(self.statement)


def bring(desk: Desk, folder: Path, *rows: dict[str, str], day: int = 12, headings: tuple[str, ...] = HEADINGS) -> ImportReport:
    """Import an order list of that day of November 2026."""
    return import_file(desk, write(folder / f"ExportOrderList202611{day:02d}0930.csv", rows, headings)).value


def bring_lines(desk: Desk, folder: Path, *rows: dict[str, str], day: int = 12) -> ImportReport:
    return import_file(desk, write(folder / f"ExportItemlList202611{day:02d}0930.csv", rows, LINE_HEADINGS)).value


def order(desk: Desk, number: str = NUMBER) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in desk.read(OrdersJson()).orders if one["number"] == number)
    return found


def sound(desk: Desk) -> None:
    assert [(check.name, dict(check.facts)) for check in desk.read(Verify()).checks if not check.ok] == []


def stock(desk: Desk, code: str = "CUP-01-350") -> tuple[Any, ...]:
    statement = f"SELECT on_hand, reserved FROM stock_level l JOIN sku s ON s.id = l.sku_id WHERE s.code = '{code}'"
    return desk.read(Sql(statement))[0]


def test_an_order_list_then_its_goods_list(desk: Desk, tmp_path: Path) -> None:
    report = bring(desk, tmp_path, order_row())
    assert (report.orders_new, report.batch, report.channel) == (1, "B1", "taobao")
    assert order(desk)["blockers"] == ["lines_unknown"]
    report = bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    assert (report.orders_new, report.orders_updated, report.lines) == (0, 1, 1)
    told = order(desk)
    assert (told["paid"], told["goods_amount"], told["discount"], told["freight"]) == ("90.60", "82.60", "0.00", "8.00")
    assert told["blockers"] == ["goods_unmatched"]
    assert desk.read(Sql("SELECT kind, amount FROM money_entry")) == [("payment", 90_60)]
    sound(desk)


def test_goods_are_matched_by_an_equal_code_at_once_and_set_aside(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, unit_cost=10_00, title="马克杯"))
    bring(desk, tmp_path, order_row())
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    assert order(desk)["blockers"] == []
    assert stock(desk) == (5, 2)
    sound(desk)


def test_the_platform_sent_it_so_the_units_leave_once(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, unit_cost=10_00, title="马克杯"))
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    sent = order_row(订单状态=SENT, 物流单号="YT0771993970431", 物流公司="圆通速递", 发货时间="2026-11-13 10:00:00")
    report = bring(desk, tmp_path, sent, day=13)
    assert "status" in report.updated[NUMBER]
    assert stock(desk) == (3, 0)
    assert order(desk)["parcels"] == [{"carrier": "YTO", "carrier_name": "圆通速递", "number": "YT0771993970431"}]
    bring(desk, tmp_path, sent, day=14)
    assert stock(desk) == (3, 0)
    sound(desk)


def test_what_was_sent_before_it_was_imported_moves_no_stock(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, unit_cost=10_00, title="马克杯"))
    bring(desk, tmp_path, order_row(订单状态="交易成功", 发货时间="2026-11-10 10:00:00"))
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER, 订单状态="交易成功"))
    assert stock(desk) == (5, 0)
    sound(desk)


def test_shipped_here_stays_shipped_whatever_a_file_says(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    bring(desk, tmp_path, order_row())
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    desk.perform(ShipOrders((Shipment(1, "YTO", "YT0771993970431"),)))
    report = bring(desk, tmp_path, order_row())
    assert (report.orders_updated, report.orders_unchanged, report.conflicts) == (0, 1, 0)
    report = bring(desk, tmp_path, order_row(订单备注="加急"), day=13)
    assert report.updated == {NUMBER: ["seller_memo"]}
    assert report.conflicts == 0
    told = order(desk)
    assert (told["status"], told["seller_memo"]) == ("shipped", "加急")
    shipped_at = told["shipped_at"]
    sent = order_row(订单状态=SENT, 物流单号="YT0771993970431", 物流公司="圆通速递", 发货时间="2026-11-22 15:00:00", 订单备注="加急")
    report = bring(desk, tmp_path, sent, day=14)
    assert report.updated == {NUMBER: ["platform_status"]}
    assert order(desk)["shipped_at"] == shipped_at
    assert len(order(desk)["parcels"]) == 1
    assert stock(desk) == (3, 0)
    sound(desk)


def test_a_status_that_goes_back_is_a_conflict_and_an_older_file_is_nothing(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单状态=SENT))
    report = bring(desk, tmp_path, order_row(), day=13)
    assert [(clash.field, clash.ours, clash.file) for clash in report.clashes] == [("status", "shipped", "awaiting_shipment")]
    assert order(desk)["status"] == "shipped"
    bring(desk, tmp_path, order_row(订单状态="交易成功"), day=20)
    report = bring(desk, tmp_path, order_row(订单状态=SENT, 订单备注="旧"), day=15)
    assert (report.orders_unchanged, report.conflicts) == (1, 0)
    assert (order(desk)["status"], order(desk)["seller_memo"]) == ("completed", None)
    sound(desk)


def test_what_a_person_edited_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单备注="送小样"))
    desk.perform(EditOrders((1,), {"seller_memo": "不送小样"}))
    report = bring(desk, tmp_path, order_row(订单备注="送小样", 买家留言="快"), day=13)
    assert (report.updated, report.conflicts) == ({NUMBER: ["buyer_message"]}, 0)
    report = bring(desk, tmp_path, order_row(订单备注="送两份小样", 买家留言="快"), day=14)
    assert [(clash.field, clash.ours, clash.file) for clash in report.clashes] == [("seller_memo", "不送小样", "送两份小样")]
    assert order(desk)["seller_memo"] == "不送小样"


def test_a_memo_taken_off_on_the_platform_is_taken_off_here(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单备注="送小样"))
    bring(desk, tmp_path, order_row(订单备注=""), day=13)
    assert order(desk)["seller_memo"] is None


def test_a_masked_value_never_overwrites_a_clear_one(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    masked = order_row(
        买家会员名="小**茶", 收货人姓名="吴**", 联系手机="'154****4267", 收货地址="广东省 深圳市 南山区 沙河街道 金桂路***号(518052)"
    )
    report = bring(desk, tmp_path, masked, day=13)
    assert (report.orders_updated, report.conflicts) == (0, 0)
    bring(desk, tmp_path, masked | {"订单编号": "6001"}, day=13)
    assert (order(desk, "6001")["masked"], order(desk)["masked"]) == (True, False)
    bring(desk, tmp_path, order_row("6001"), day=14)
    told = order(desk, "6001")
    assert (told["recipient"], told["phone"], told["masked"]) == ("吴子川", "15400004267", False)
    nicks = desk.read(Sql("SELECT c.nick, c.masked FROM orders o JOIN customer c ON c.id = o.customer_id ORDER BY o.id"))
    assert nicks == [("小熊爱喝茶", 0), ("小熊爱喝茶", 0)]


def test_money_of_a_file_becomes_differences_in_the_journal(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    bring(desk, tmp_path, order_row(买家实际支付金额="60.60", 退款金额="30.00"), day=13)
    bring(desk, tmp_path, order_row(买家实际支付金额="40.60", 退款金额="50.00"), day=14)
    assert desk.read(Sql("SELECT kind, amount FROM money_entry ORDER BY id")) == [
        ("payment", 90_60),
        ("refund", -30_00),
        ("refund", -20_00),
    ]
    assert (order(desk)["paid"], order(desk)["refunded"]) == ("90.60", "50.00")
    sound(desk)


def test_a_list_without_refund_column_tells_the_net_and_takes_nothing_away(desk: Desk, tmp_path: Path) -> None:
    net = tuple(heading for heading in HEADINGS if heading != "退款金额")
    row = order_row(买家实际支付金额="60.60", 退款金额="30.00")
    bring(desk, tmp_path, row)
    assert bring(desk, tmp_path, row, day=13, headings=net).orders_updated == 0
    bring(desk, tmp_path, row | {"订单编号": "6001"}, day=13, headings=net)
    assert order(desk, "6001")["paid"] == "60.60"
    bring(desk, tmp_path, row | {"订单编号": "6001"}, day=14)
    assert (order(desk, "6001")["paid"], order(desk, "6001")["refunded"]) == ("90.60", "30.00")
    sound(desk)


def test_a_line_refunded_before_it_was_sent_is_no_longer_owed(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 2, title="马克杯"))
    one, two = line_row(NUMBER, "51"), line_row(NUMBER, "52", 商家编码="BSK-03", 商品标题="篮")
    bring_lines(desk, tmp_path, one, two)
    assert stock(desk) == (2, 2)
    off = line_row(NUMBER, "51", 订单状态="交易关闭", 退款状态="退款成功", 退款金额="82.60")
    bring_lines(desk, tmp_path, off, two, day=13)
    assert stock(desk) == (2, 0)
    told = order(desk)
    assert (told["status"], told["refunded"], [line["status"] for line in told["lines"]]) == (
        "awaiting_shipment",
        "82.60",
        ["closed", "awaiting_shipment"],
    )
    sound(desk)


def test_an_order_sent_in_part_on_the_platform(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    one, two = line_row(NUMBER, "51"), line_row(NUMBER, "52", 商家编码="BSK-03", 商品标题="篮")
    bring_lines(desk, tmp_path, one, two)
    bring_lines(desk, tmp_path, one | {"订单状态": SENT}, two, day=13)
    told = order(desk)
    assert (told["status"], told["part_shipped"]) == ("awaiting_shipment", True)
    assert stock(desk) == (3, 0)
    sound(desk)


def test_an_open_refund_of_a_line_blocks_and_its_end_lifts_the_block(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("CUP-01-350", 5, title="马克杯"))
    bring(desk, tmp_path, order_row())
    asked = line_row(NUMBER, "51", 退款状态="买家已经申请退款，等待卖家同意", 退款金额="10.00")
    bring_lines(desk, tmp_path, asked)
    assert order(desk)["blockers"] == ["after_sale_open"]
    bring_lines(desk, tmp_path, line_row(NUMBER, "51", 退款状态="退款关闭"), day=13)
    assert order(desk)["blockers"] == []


def test_two_shops_on_one_platform_are_two_channels(desk: Desk, tmp_path: Path) -> None:
    headings = (*HEADINGS, "店铺名称")
    bring(desk, tmp_path, order_row(店铺名称="甲"), headings=headings)
    report = bring(desk, tmp_path, order_row(店铺名称="乙"), headings=headings)
    assert (report.orders_new, report.channel) == (1, "taobao-2")
    report = bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    assert (report.orders_new, report.orders_updated, report.channel) == (0, 1, "taobao")


def test_a_goods_file_makes_skus_begins_stock_and_serves_who_waits(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    path = tmp_path / "goods.csv"
    path.write_text("商家编码,商品名称,成本价,库存,货位\nCUP-01-350,马克杯,10.50,7,A-01\nX-1,碗,,,\n", encoding="utf-8")
    report = import_file(desk, path).value
    assert (report.skus_new, report.skus_updated) == (2, 0)
    assert stock(desk) == (7, 2)
    assert order(desk)["blockers"] == []
    report = import_file(desk, path).value
    assert (report.skus_new, report.skus_updated, report.skus_unchanged) == (0, 0, 2)
    path.write_text("code,price,stock\nCUP-01-350,29.9,99\n", encoding="utf-8")
    report = import_file(desk, path).value
    assert report.updated == {"CUP-01-350": ["price"]}
    assert [warned.code for warned in report.warnings] == ["stock_kept"]
    assert stock(desk) == (7, 2)
    sound(desk)


def test_a_dry_run_writes_nothing_and_says_the_same(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    path = write(tmp_path / "ExportOrderList202611130930.csv", [order_row(订单备注="加急"), order_row("6001"), order_row("x", 总金额="一")])
    before = desk.read(Verify(digest=True)).digest
    dry = import_file(desk, path, dry_run=True)
    assert desk.read(Verify(digest=True)).digest == before
    assert not dry.changes
    real = import_file(desk, path).value.as_json()
    told = dry.value.as_json()
    same = real.keys() - {"batch", "seconds", "dry_run"}
    assert {key: told[key] for key in same} == {key: real[key] for key in same}
    assert (real["orders_new"], real["orders_updated"], len(real["rejected"]), real["rows"]) == (1, 1, 1, 3)


def test_cancel_in_the_middle_leaves_the_shop_as_before(desk: Desk, tmp_path: Path) -> None:
    class StopAt:
        def __init__(self, moment: str) -> None:
            self.moment = moment

        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            if what == self.moment:
                raise Cancelled

    path = write(tmp_path / "a.csv", [order_row(), order_row("6001")])
    before = desk.read(Verify(digest=True)).digest
    for moment in ("read", "planned", "written"):
        with pytest.raises(Cancelled):
            import_file(desk, path, progress=StopAt(moment))
        assert desk.read(Verify(digest=True)).digest == before


def test_a_plan_made_before_another_change_is_made_anew(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "ExportOrderList202611120930.csv", [order_row()])
    stale = desk.read(PlanImport(parse_file(path)))
    import_file(desk, path)
    report = desk.perform(ImportFile(stale)).value
    assert (report.orders_new, report.orders_unchanged) == (0, 1)
    sound(desk)


def test_the_trail_has_one_entry_for_the_file_and_one_for_each_changed_field(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row())
    bring(desk, tmp_path, order_row(订单备注="加急", 买家留言="快"), day=13)
    entries = desk.read(Sql("SELECT entity, field, old, new FROM audit_entry WHERE action = 'import_file' ORDER BY seq"))
    files = [entry for entry in entries if entry[0] == "import_batch"]
    fields = [entry[1:] for entry in entries if entry[0] == "orders" and entry[1]]
    assert len(files) == 2
    assert sorted(fields) == [("buyer_message", "先电话，\n再“发货”,谢谢", "快"), ("seller_memo", "", "加急")]


def test_an_unknown_code_makes_no_sku(desk: Desk, tmp_path: Path) -> None:
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER))
    assert desk.read(Sql("SELECT count(*) FROM sku")) == [(0,)]


def test_statements_do_not_grow_with_the_orders(desk: Desk, tmp_path: Path) -> None:
    def count(rows: int, day: int) -> int:
        statements: list[str] = []
        desk._writer.raw.set_trace_callback(statements.append)
        numbers = [str(7_000 + day * 1_000 + place) for place in range(rows)]
        bring(desk, tmp_path, *(order_row(number, 订单备注=str(day)) for number in numbers), day=day)
        desk._writer.raw.set_trace_callback(None)
        return len([one for one in statements if one.lstrip().upper().startswith(("SELECT", "WITH"))])

    count(1, 2)
    assert abs(count(300, 3) - count(3, 4)) <= 4


def test_paid_and_waiting_orders_get_the_shops_promise_as_deadline(desk: Desk, tmp_path: Path) -> None:
    bring(desk, tmp_path, order_row(订单状态=PAID))
    assert order(desk)["ship_by"] == "2026-11-11T08:06:13+08:00"


def test_a_mapped_table_without_a_state_says_nothing_against_the_state(desk: Desk, tmp_path: Path) -> None:
    """Its orders' state is only guessed from the times that it has; what the platform showed stands."""
    report = bring(desk, tmp_path, order_row(订单状态=SENT, 发货时间="2026-11-10 08:00:00"))
    path = tmp_path / "notes20261201.csv"
    path.write_text(f"No,Note,Paid\n{NUMBER},易碎,2026-11-09 10:00:00\n7,新单,\n", encoding="utf-8")
    options = {"channel": report.channel}
    for told in ({"seller_memo": "Note"}, {"seller_memo": "Note", "paid_at": "Paid"}):
        again = import_file(desk, path, map={"number": "No", **told, "options": options}).value
        assert again.clashes == []
    assert (order(desk)["status"], order(desk)["seller_memo"]) == ("shipped", "易碎")
    assert order(desk, "7")["status"] == "awaiting_payment"
    sound(desk)


def test_a_line_refunded_here_stays_refunded_and_closed(desk: Desk, tmp_path: Path) -> None:
    """The goods list of the next day does not know of it yet; the rest of the order is sent."""
    desk.perform(ReceiveGoods("CUP-01-350", 5, unit_cost=10_00, title="马克杯"))
    desk.perform(ReceiveGoods("BOX-1", 5, unit_cost=1_00, title="礼盒"))
    lines = (line_row(NUMBER, "501"), line_row(NUMBER, "502", 商家编码="BOX-1", 商品标题="礼盒"))
    bring(desk, tmp_path, order_row(买家应付货款="165.20", 总金额="173.20", 买家实际支付金额="173.20"))
    bring_lines(desk, tmp_path, *lines)
    ((order_id, line_id, units),) = desk.read(Sql("SELECT order_id, id, quantity FROM order_line WHERE number = '502'"))
    desk.perform(RefundOrder(order_id, "refund_only", (RefundLine(line_id, units),)), reason="买家不要礼盒")
    assert desk.perform(ShipOrders((Shipment(order_id, "SF", "SF1234567890123"),))).value.shipped
    bring_lines(desk, tmp_path, *lines, line_row("7", "7"), day=13)
    bring_lines(desk, tmp_path, line_row(NUMBER, "501", 订单状态=SENT), line_row(NUMBER, "502"), day=14)
    told = order(desk)
    assert (told["status"], told["refunded"]) == ("shipped", "82.60")
    assert [(line["status"], line["refunded"]) for line in told["lines"]] == [("shipped", "0.00"), ("closed", "82.60")]
    sound(desk)


def test_a_goods_list_tells_of_the_payment_that_the_order_list_did_not_see(desk: Desk, tmp_path: Path) -> None:
    unpaid = order_row(订单状态="等待买家付款", 买家实际支付金额="0.00", 订单付款时间="", 支付单号="")
    bring(desk, tmp_path, unpaid)
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER), day=13)
    told = order(desk)
    assert (told["status"], told["paid"], told["goods_paid"], told["freight"]) == ("awaiting_shipment", "90.60", "82.60", "8.00")
    sound(desk)
    report = bring(desk, tmp_path, order_row(), day=14)
    assert "paid" not in report.updated.get(NUMBER, [])
    assert desk.read(Sql("SELECT kind, amount FROM money_entry")) == [("payment", 90_60)]
    sound(desk)


def test_a_case_waits_here_while_the_platform_gives_all_back(desk: Desk, tmp_path: Path) -> None:
    """The file can't be refused; the case is left without money and can't be paid a second time."""
    bring(desk, tmp_path, order_row())
    ((order_id,),) = desk.read(Sql("SELECT id FROM orders"))
    case = desk.perform(RefundOrder(order_id, "refund_only", amount=50_00, waiting=True), reason="破损").value
    bring(desk, tmp_path, order_row(买家实际支付金额="20.00", 退款金额="70.60"), day=13)
    assert (order(desk)["paid"], order(desk)["refunded"]) == ("90.60", "70.60")
    sound(desk)
    with pytest.raises(Refused, match="refund_over_ceiling"):
        desk.perform(MoveCase(case.case_id, "refunded"))
    desk.perform(MoveCase(case.case_id, "withdrawn"), reason="平台已退")
    sound(desk)
