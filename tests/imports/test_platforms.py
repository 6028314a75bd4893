"""Order lists of other platforms, with what the samples do not hold: other words, joined goods, blank cells, wrong rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from services.commands.imports import import_file
from services.desk import Desk
from services.imports.parse import parse_file
from services.queries.order_json import OrdersJson
from services.queries.verify import Verify
from tests.imports.sample import shuffled, write

PDD = ("商品", "订单号", "订单状态", "商品数量(件)", "支付时间", "商品规格", "商品id", "商家编码-规格维度", "商家编码-商品维度", "售后状态", "商品总价(元)", "邮费(元)",
       "店铺优惠折扣(元)", "平台优惠折扣(元)", "多多支付立减金额(元)", "用户实付金额(元)", "快递单号", "快递公司", "省", "市", "区")  # fmt: skip
DOUYIN = ("主订单编号", "子订单编号", "选购商品", "商品ID", "商家编码", "商品数量", "商品金额", "订单提交时间", "支付完成时间", "订单状态", "售后状态", "订单应付金额", "运费",
          "平台实际承担优惠金额", "收件人", "收件人手机号", "详细地址", "省", "市", "区", "快递信息", "旗帜颜色")  # fmt: skip
SHOPIFY = ("Name", "Financial Status", "Paid at", "Fulfillment Status", "Currency", "Shipping", "Total", "Discount Amount", "Created at", "Lineitem quantity",
           "Lineitem name", "Lineitem price", "Lineitem sku", "Shipping Name", "Shipping Street", "Shipping City", "Shipping Zip", "Shipping Province",
           "Shipping Phone", "Cancelled at", "Refunded Amount", "Outstanding Balance", "Tags")  # fmt: skip
WOO = ("order_number", "date", "status", "order_shipping", "cart_discount", "order_discount", "order_total", "order_currency", "billing_first_name",
       "billing_last_name", "billing_phone", "billing_address_1", "billing_city", "billing_state", "shipping_first_name", "shipping_last_name",
       "shipping_address_1", "shipping_city", "shipping_state", "order_item_1", "order_item_2")  # fmt: skip
JD = ("订单号", "商品ID", "商品名称", "订购数量", "下单时间", "京东价", "订单金额", "结算金额", "余额支付", "应付金额", "订单状态", "下单帐号", "客户姓名", "客户地址", "联系电话",
      "商家备注", "商家备注等级", "运费金额", "付款确认时间", "货号", "订单完成时间")  # fmt: skip


def pdd(**cells: str) -> dict[str, str]:
    told = {"商品": "马克杯", "订单号": "261023-588403768970929\t", "订单状态": "待发货", "商品数量(件)": "2\t", "支付时间": "2026-10-23 11:39:29\t", "商品规格": "墨绿",
            "商品id": "987704217291\t", "商家编码-规格维度": "CUP-1", "售后状态": "无售后或售后取消", "商品总价(元)": "1,046.80元\t", "邮费(元)": "5.00\t",
            "店铺优惠折扣(元)": "6.80", "平台优惠折扣(元)": "2.00", "多多支付立减金额(元)": "1.00", "用户实付金额(元)": "1042.00", "省": "福建", "市": "泉州市", "区": "晋江市"}  # fmt: skip
    return told | cells


def douyin(**cells: str) -> dict[str, str]:
    told = {"主订单编号": "\t6955356908446363597", "子订单编号": "\t6955356908446363597", "选购商品": "\t马克杯", "商品ID": "\t992333771586", "商家编码": "\tCUP-1",
            "商品数量": "\t2", "商品金额": "\t20.00", "订单提交时间": "\t2026-10-23 10:24:16", "支付完成时间": "\t2026-10-23 15:28:48", "订单状态": "\t待发货",
            "售后状态": "\t-", "订单应付金额": "\t24.00", "运费": "\t5.00", "平台实际承担优惠金额": "\t0.00", "收件人": "\t##7dd5f4b708==$", "收件人手机号": "\t$$e2fb77==$",
            "详细地址": "\t##a67780==$1$", "省": "\t江苏省", "市": "\t徐州市", "区": "\t鼓楼区"}  # fmt: skip
    return told | cells


def shopify(**cells: str) -> dict[str, str]:
    told = {"Name": "#1001", "Financial Status": "paid", "Paid at": "2026-10-23 21:50:49 +0800", "Fulfillment Status": "unfulfilled", "Currency": "CNY",
            "Shipping": "8.00", "Total": "48.00", "Discount Amount": "10.00", "Created at": "2026-10-23 21:40:23 +0800", "Lineitem quantity": "1",
            "Lineitem name": "Mug - Green", "Lineitem price": "30.00", "Lineitem sku": "CUP-1", "Shipping Name": "何川行", "Shipping Street": "东盛街道 1号",
            "Shipping City": "保定市", "Shipping Zip": "'074000", "Shipping Province": "河北省", "Shipping Phone": "'+8616000002312", "Refunded Amount": "0.00"}  # fmt: skip
    return told | cells


def shopify_more(name: str = "#1001", **cells: str) -> dict[str, str]:
    return {
        "Name": name,
        "Created at": "2026-10-23 21:40:23 +0800",
        "Lineitem quantity": "2",
        "Lineitem name": "Tray",
        "Lineitem price": "10.00",
    } | cells


def woo(**cells: str) -> dict[str, str]:
    told = {"order_number": "4800", "date": "2026-10-23 18:25:34", "status": "processing", "order_shipping": "12.50", "cart_discount": "1.80", "order_discount": "0",
            "order_total": "90.70", "order_currency": "CNY", "billing_first_name": "清墨", "billing_last_name": "褚", "billing_phone": "15400004208",
            "billing_address_1": "南城街道 1号", "billing_city": "东莞市", "billing_state": "广东省", "order_item_1": "product_id:694449|3|80.00|香味: 檀木, 规格: 大"}  # fmt: skip
    return told | cells


def jd(**cells: str) -> dict[str, str]:
    told = {"订单号": "9876543210", "商品ID": "1122", "商品名称": "马克杯", "订购数量": "2", "下单时间": "2016-05-01 10:00:00", "京东价": "40.00", "订单金额": "90.00",
            "结算金额": "85.00", "应付金额": "85.00", "订单状态": "等待出库", "下单帐号": "jd_1", "客户姓名": "何川行", "客户地址": "河北省 保定市 莲池区 东盛街道 1号",
            "联系电话": "15400004208", "运费金额": "5.00", "付款确认时间": "2016-05-01 10:05:00", "货号": "CUP-1"}  # fmt: skip
    return told | cells


SAMPLES: dict[str, tuple[Sequence[str], list[dict[str, str]]]] = {
    "pdd.orders": (PDD, [pdd()]),
    "douyin.orders": (DOUYIN, [douyin(), douyin(主订单编号="\t7", 子订单编号="\t71;72", 选购商品="\t马克杯;茶盘", 商品ID="\t1;2", 商家编码="\tA;B", 商品数量="\t1;2", 商品金额="\t10.00;40.00", 订单应付金额="\t55.00")]),
    "shopify.orders": (SHOPIFY, [shopify(), shopify_more()]),
    "woocommerce.orders": (WOO, [woo()]),
    "jd.orders": (JD, [jd(), jd(商品ID="1123", 商品名称="茶盘", 订购数量="1", 京东价="10.00", 货号="TRAY-1")]),
}  # fmt: skip


@pytest.mark.parametrize("key", SAMPLES)
def test_a_layout_is_found_in_any_order_of_its_columns_and_makes_a_sound_shop(desk: Desk, tmp_path: Path, key: str) -> None:
    headings, rows = SAMPLES[key]
    path = write(tmp_path / "a.csv", rows, headings, encoding="utf-8-sig")
    one, other = parse_file(path), parse_file(shuffled(tmp_path / "b.csv", rows, headings))
    assert one.format == other.format == key
    assert one.orders == other.orders
    assert one.rejected == []
    import_file(desk, path)
    assert import_file(desk, path).value.orders_updated == 0
    assert [(check.name, check.facts) for check in desk.read(Verify()).checks if not check.ok] == []
    assert all(order["status"] == "awaiting_shipment" for order in desk.read(OrdersJson()).orders)


def one_order(tmp_path: Path, headings: Sequence[str], *rows: dict[str, str]) -> Any:
    parsed = parse_file(write(tmp_path / "a.csv", rows, headings, encoding="utf-8"))
    assert parsed.rejected == []
    (order,) = parsed.orders
    return order


def test_pinduoduo(tmp_path: Path) -> None:
    order = one_order(tmp_path, PDD, pdd(快递单号="SF0547223500401,SF0547223500402\t", 快递公司="顺丰速运"))
    assert (order.number, order.province, order.goods_amount, order.discount, order.payable, order.paid) == (
        "261023-588403768970929",
        "福建省",
        1_046_80,
        6_80,
        1_045_00,
        1_042_00,
    )
    assert (order.platform_discount, order.lines[0].price, order.lines[0].payable) == (3_00, 523_40, 1_040_00)
    assert [parcel.number for parcel in order.parcels] == ["SF0547223500401", "SF0547223500402"]
    # A total that does not divide by the units: what is rounded up is a discount.
    order = one_order(tmp_path, PDD, pdd(**{"商品数量(件)": "3", "商品总价(元)": "100.00"}))
    assert (order.lines[0].price, order.goods_amount, order.discount, order.payable) == (33_34, 100_02, 6_82, 98_20)
    order = one_order(tmp_path, PDD, pdd(订单状态="已发货，待收货", 售后状态="商家处理中"))
    assert (order.status, order.lines[0].refund_state) == ("shipped", "requested")


def test_an_unknown_status_is_listed_and_nothing_guessed(tmp_path: Path) -> None:
    parsed = parse_file(
        write(
            tmp_path / "a.csv",
            [pdd(订单状态="拼团中"), pdd(订单号="2.61023E+20"), pdd(订单号="3", **{"商品总价(元)": "9.999"})],
            PDD,
            encoding="utf-8",
        )
    )
    assert parsed.orders == []
    assert [(one.row, one.column, one.value, one.code) for one in parsed.rejected] == [
        (2, "订单状态", "拼团中", "status_unknown"),
        (3, "订单号", "2.61023E+20", "id_scientific"),
        (4, "商品总价(元)", "9.999", "decimals"),
    ]
    for headings, row, code in (
        (SHOPIFY, shopify(**{"Financial Status": "chargeback"}), "status_unknown"),
        (SHOPIFY, shopify(Currency="USD"), "currency_other"),
        (WOO, woo(order_item_1="什么"), "item_unknown"),
    ):
        assert [one.code for one in parse_file(write(tmp_path / "b.csv", [row], headings, encoding="utf-8")).rejected] == [code]


def test_douyin_keeps_nothing_of_what_is_encrypted_and_ships_it_all_the_same(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [douyin(快递信息="\tSF0204080281829-顺丰速运", 旗帜颜色="\t红色")], DOUYIN, encoding="utf-8")
    import_file(desk, path)
    (order,) = desk.read(OrdersJson()).orders
    assert (order["recipient"], order["phone"], order["address"], order["masked"]) == (None, None, None, True)
    assert (order["flag"], order["parcels"][0]["carrier"], order["freight"], order["payable"], order["paid"]) == (
        1,
        "SF",
        "5.00",
        "24.00",
        "24.00",
    )
    assert order["blockers"] == ["goods_unmatched"]


def test_joined_goods_are_lines_of_their_own(tmp_path: Path) -> None:
    headings, (_one, joined) = SAMPLES["douyin.orders"]
    order = one_order(tmp_path, headings, joined)
    assert [(line.number, line.title, line.item_id, line.code, line.quantity, line.price, line.payable) for line in order.lines] == [
        ("71", "马克杯", "1", "A", 1, 10_00, 10_00),
        ("72", "茶盘", "2", "B", 2, 20_00, 40_00),
    ]
    assert (order.payable, order.freight, order.discount, order.quantity) == (55_00, 5_00, 0, 3)
    # The sums may stand there once for all of them.
    order = one_order(tmp_path, headings, joined | {"商品金额": "\t50.00", "商品数量": "\t1;1"})
    assert sum((line.price or 0) * line.quantity for line in order.lines) == order.goods_amount == 50_00
    assert sum(line.payable or 0 for line in order.lines) == 50_00


def test_shopify(tmp_path: Path) -> None:
    order = one_order(
        tmp_path,
        SHOPIFY,
        shopify(Tags="vip, gift"),
        shopify_more(),
        shopify_more(**{"Lineitem name": "Pot", "Lineitem quantity": "1", "Lineitem price": "0.00"}),
    )
    assert (order.goods_amount, order.discount, order.payable, order.paid, order.tags, order.phone) == (
        50_00,
        10_00,
        48_00,
        48_00,
        "vip,gift",
        "+8616000002312",
    )
    assert [line.payable for line in order.lines] == [24_00, 16_00, 0]
    for cells, status, paid in (
        ({"Financial Status": "pending"}, "awaiting_payment", 0),
        ({"Fulfillment Status": "partial"}, "awaiting_shipment", 48_00),
        ({"Fulfillment Status": "fulfilled"}, "shipped", 48_00),
        ({"Financial Status": "refunded", "Refunded Amount": "48.00"}, "closed", 48_00),
        ({"Financial Status": "partially_paid", "Outstanding Balance": "40.00"}, "awaiting_payment", 8_00),
        ({"Cancelled at": "2026-10-24 10:00:00 +0800"}, "closed", 48_00),
    ):
        order = one_order(tmp_path, SHOPIFY, shopify(**cells), shopify_more())
        assert (order.status, order.paid) == (status, paid)
    # Taxes: what does not add up is kept as the file says it, and no discount is made of it.
    order = one_order(tmp_path, SHOPIFY, shopify(Total="50.00"), shopify_more())
    assert (order.payable, order.discount, order.lines[0].payable) == (50_00, None, None)


def test_woocommerce(tmp_path: Path) -> None:
    later = "name:Mug|product_id:12|sku:CUP-1|quantity:2|total:20.00|meta:Size: Medium"
    order = one_order(tmp_path, WOO, woo(order_item_2=later, order_total="110.70"))
    assert (order.recipient, order.phone, order.province, order.address) == ("褚清墨", "15400004208", "广东省", "南城街道 1号")
    assert [(line.item_id, line.code, line.title, line.properties, line.quantity, line.price) for line in order.lines] == [
        ("694449", None, None, "香味:檀木;规格:大", 3, 26_67),
        ("12", "CUP-1", "Mug", "Size:Medium", 2, 10_00),
    ]
    assert (order.status, order.payable, order.discount, order.goods_amount) == ("awaiting_shipment", 110_70, 1_81, 100_01)
    assert one_order(tmp_path, WOO, woo(billing_first_name="Ann", billing_last_name="Lee")).recipient == "Ann Lee"


def test_jd(tmp_path: Path) -> None:
    headings, rows = SAMPLES["jd.orders"]
    order = one_order(tmp_path, headings, *rows)
    assert (order.goods_amount, order.freight, order.payable, order.discount, order.paid) == (90_00, 5_00, 85_00, 10_00, 85_00)
    assert (order.province, order.city, order.district, order.buyer_nick, len(order.lines)) == ("河北省", "保定市", "莲池区", "jd_1", 2)
    assert one_order(tmp_path, headings, jd(订单状态="等待付款", 付款确认时间="")).paid == 0
