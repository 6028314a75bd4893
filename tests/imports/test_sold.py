"""已卖出的宝贝, and order lists that repeat an order for each of its goods: one order of rows that have a status of their own."""

from __future__ import annotations

from pathlib import Path

from services.commands.imports import import_file
from services.commands.stock import MatchGoods, ReceiveGoods
from services.desk import Desk
from services.imports.parse import parse_file
from services.queries.order_json import OrdersJson
from services.queries.verify import Verify
from tests.db.looking import table
from tests.imports.sample import HEADINGS, LINE_HEADINGS, PAID, SOLD_HEADINGS, line_row, order_row, shuffled, sold_row, write

NUMBER = "5016165517148046476"
SENT = "卖家已发货，等待买家确认"

TWO = (
    sold_row(NUMBER, 总金额="111.20元", 价格="41.30", 购买数量="2", 买家应付货款="82.60", 买家实付金额="90.60"),
    sold_row(NUMBER, 总金额="111.20", 宝贝标题="竹编篮", 商家编码="", 价格="20.60", 购买数量="1", 买家应付货款="20.60", 买家实付金额="0.00",
             退款金额="20.60", 订单状态="交易关闭"),
)  # fmt: skip


def test_rows_of_one_order_are_its_lines(tmp_path: Path) -> None:
    one, other = parse_file(write(tmp_path / "a.csv", TWO, SOLD_HEADINGS)), parse_file(shuffled(tmp_path / "b.csv", TWO, SOLD_HEADINGS))
    assert one.orders == other.orders
    assert one.format == other.format == "taobao.sold"
    (order,) = one.orders
    assert (order.status, order.payable, order.freight, order.paid, order.refunded) == ("awaiting_shipment", 111_20, 8_00, 111_20, 20_60)
    assert (order.goods_amount, order.discount, order.quantity, order.close_reason) == (103_20, 0, 3, None)
    assert [(line.status, line.paid, line.refunded) for line in order.lines] == [("awaiting_shipment", 90_60, 0), ("closed", 20_60, 20_60)]


def test_an_order_with_a_bad_row_or_two_totals_does_not_come_in(tmp_path: Path) -> None:
    rows = [*TWO, sold_row("5", 总金额="90.60"), sold_row("5", 总金额="91.60"), sold_row("6"), sold_row("6", 购买数量="-1")]
    parsed = parse_file(write(tmp_path / "a.csv", rows, SOLD_HEADINGS))
    assert [order.number for order in parsed.orders] == [NUMBER]
    assert sorted((one.row, one.column, one.code) for one in parsed.rejected) == [
        (4, "总金额", "order_twice"),
        (5, "总金额", "order_twice"),
        (6, "订单编号", "order_incomplete"),
        (7, "购买数量", "quantity"),
    ]


def test_two_equal_rows_are_two_goods(tmp_path: Path) -> None:
    rows = [sold_row(NUMBER, 购买数量="1", 价格="41.30", 买家应付货款="41.30", 买家实付金额=paid) for paid in ("49.30", "41.30", "41.30")]
    (order,) = parse_file(write(tmp_path / "a.csv", rows, SOLD_HEADINGS)).orders
    assert (len(order.lines), order.quantity, order.paid) == (3, 3, 131_90)


def test_a_refunded_line_is_not_owed_and_a_goods_list_tells_the_lines_own_money(desk: Desk, tmp_path: Path) -> None:
    sold = write(tmp_path / "已卖出的宝贝202611120930.csv", TWO, SOLD_HEADINGS)
    assert import_file(desk, sold).value.lines == 2
    assert [row["cancelled"] for row in table(desk, "order_line")] == [0, 1]
    lines = [
        line_row(NUMBER, "51", 商品属性="颜色分类：米白"),
        line_row(NUMBER, "52", 商品标题="竹编篮", 商家编码="", 商品属性="颜色分类：米白", 商品价格="20.60", 购买数量="1", 买家应付货款="20.60",
                 买家实付金额="20.60", 订单状态="交易关闭", 退款状态="退款成功", 退款金额="20.60", 商品ID="92"),
    ]  # fmt: skip
    import_file(desk, write(tmp_path / "ExportItemlList202611120930.csv", lines, LINE_HEADINGS))
    import_file(desk, write(tmp_path / "已卖出的宝贝202611121030.csv", TWO, SOLD_HEADINGS))
    (order,) = desk.read(OrdersJson()).orders
    assert [(line["number"], line["paid"], line["item_id"]) for line in order["lines"]] == [
        ("51", "82.60", "917958595420"),
        ("52", "20.60", "92"),
    ]
    assert (order["paid"], order["refunded"], order["status"]) == ("111.20", "20.60", "awaiting_shipment")
    assert desk.read(Verify()).ok


def test_what_was_matched_by_hand_stays_matched_when_the_goods_get_their_number(desk: Desk, tmp_path: Path) -> None:
    import_file(desk, write(tmp_path / "已卖出的宝贝202611120930.csv", [sold_row(NUMBER, 商家编码="")], SOLD_HEADINGS))
    sku = desk.perform(ReceiveGoods("CUP-1", 5, 600, title="马克杯")).value
    desk.perform(MatchGoods((1,), sku))
    import_file(
        desk,
        write(
            tmp_path / "ExportItemlList202611120930.csv", [line_row(NUMBER, "51", 商家编码="", 商品属性="颜色分类：米白")], LINE_HEADINGS
        ),
    )
    (line,) = table(desk, "order_line")
    assert (line["sku_id"], line["reserved"]) == (sku, 2)
    assert table(desk, "listing", f"id = {line['listing_id']}")[0]["item_id"] == "917958595420"
    assert {row["sku_id"] for row in table(desk, "listing")} == {sku}
    assert desk.read(Verify()).ok


def test_an_older_list_of_equal_authority_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    import_file(desk, write(tmp_path / "ExportOrderList202611130930.csv", [order_row(NUMBER, 收货人姓名="林晚")]))
    import_file(desk, write(tmp_path / "已卖出的宝贝202611120930.csv", [sold_row(NUMBER, 收货人姓名="吴子川")], SOLD_HEADINGS))
    (order,) = desk.read(OrdersJson()).orders
    assert (order["recipient"], len(order["lines"])) == ("林晚", 1)


def test_an_order_list_that_repeats_an_order_for_each_of_its_goods(tmp_path: Path) -> None:
    headings = [*HEADINGS, "商品标题"]
    rows = [
        order_row(NUMBER, 商品标题="马克杯", 订单状态=PAID, 买家应付货款="61.30", 买家实际支付金额="69.30", 宝贝总数量="1"),
        order_row(
            NUMBER, 商品标题="竹编篮", 订单状态="交易关闭", 买家应付货款="21.30", 买家实际支付金额="0.00", 退款金额="21.30", 宝贝总数量="1"
        ),
        order_row("7", 商品标题="马克杯", 总金额="10.00"),
        order_row("7", 商品标题="马克杯", 总金额="11.00"),
        order_row("8", 商品标题="马克杯", 订单状态=SENT),
        order_row("8", 商品标题="竹编篮", 订单状态=PAID),
    ]
    parsed = parse_file(write(tmp_path / "a.csv", rows, headings))
    one, same = parsed.orders
    assert (one.number, one.status, one.paid, one.refunded, one.quantity, one.goods_less_discount) == (
        NUMBER,
        "awaiting_shipment",
        90_60,
        21_30,
        2,
        82_60,
    )
    # Where every row repeats the whole order's money, it is taken once.
    assert (same.status, same.part_shipped, same.paid, same.quantity) == ("awaiting_shipment", True, 90_60, 2)
    assert [(one.row, one.code) for one in parsed.rejected] == [(4, "order_twice"), (5, "order_twice")]
