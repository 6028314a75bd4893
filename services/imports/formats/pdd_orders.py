"""Pinduoduo order list: one goods a row, which is a whole order. Headings: reference/taobao.md 2.8.

What is owed is goods and freight less the shop's discount; the platform's own discounts are no part of it. Refunds show only as words.
"""

from __future__ import annotations

from services.imports.clean import parse_carrier, parse_positive_money, parse_word
from services.imports.headings import Authority, Format
from services.imports.records import OrderRecord, ParcelRecord
from services.imports.shop_list import Row, Style, largest, line_of, order_of, priced, tracking_numbers

_COLUMNS = {
    "订单号": "number",
    "订单编号": "number",
    "订单状态": "status",
    "商品": "line_title",
    "商品名称": "line_title",
    "商品数量(件)": "line_quantity",
    "商品数量": "line_quantity",
    "商品规格": "line_properties",
    "商品id": "line_item",
    "商品ID": "line_item",
    "商家编码-规格维度": "line_code",
    "商家编码-SKU维度": "line_code",
    "商家编码-商品维度": "line_other_code",
    "商品总价(元)": "line_amount",
    "邮费(元)": "freight",
    "店铺优惠折扣(元)": "discount",
    "平台优惠折扣(元)": "platform_discount",
    "多多支付立减金额(元)": "pay_discount",
    "用户实付金额(元)": "paid",
    "支付时间": "paid_at",
    "拼单成功时间": "created_at",
    "订单成交时间": "created_at",
    "下单时间": "created_at",
    "承诺发货时间": "ship_by",
    "发货时间": "shipped_at",
    "确认收货时间": "completed_at",
    "售后状态": "after_sale",
    "商家备注": "seller_memo",
    "买家留言": "buyer_message",
    "快递单号": "tracking",
    "快递公司": "carrier",
    "收货人": "recipient",
    "收件人": "recipient",
    "手机": "phone",
    "手机号": "phone",
    "联系电话": "phone",
    "省": "province",
    "市": "city",
    "区": "district",
    "街道/镇": "town",
    "街道": "town",
    "详细地址": "address",
    "收货地址": "address",
}

_IGNORED = frozenset({"是否审核中", "样式ID", "商家实收金额(元)", "是否抽奖或0元试用", "支付方式", "是否顺丰加价", "商品类目", "商品分类"})

_STATUSES = {
    "待支付": "awaiting_payment",
    "待付款": "awaiting_payment",
    "未支付": "awaiting_payment",
    "待发货": "awaiting_shipment",
    "已支付待发货": "awaiting_shipment",
    "部分发货": "awaiting_shipment",
    "已发货": "shipped",
    "已发货待收货": "shipped",
    "已发货待签收": "shipped",
    "待收货": "shipped",
    "已收货": "completed",
    "已签收": "completed",
    "已完成": "completed",
    "交易成功": "completed",
    "已取消": "closed",
    "交易已取消": "closed",
    "已关闭": "closed",
    "未支付已取消": "closed",
    "未发货退款成功": "closed",
    "已发货退款成功": "closed",
    "已收货退款成功": "closed",
    "已取消退款成功": "closed",
    "退款成功": "closed",
}
"""Without commas and blanks."""

_CASES = {
    "": "",
    "-": "",
    "无": "",
    "无售后": "",
    "无售后或售后取消": "",
    "售后取消": "",
    "售后关闭": "",
    "退款成功": "refunded",
    "售后成功": "refunded",
    "已拒绝": "refused",
    "商家已拒绝": "refused",
}
"""Words of 售后状态; all others are of a case that goes on, and it holds the order up."""


def _case(cell: str) -> str:
    return _CASES.get(parse_word(cell) or "", "requested")


def _order(rows: list[Row]) -> OrderRecord:
    lines = []
    for row in rows:
        quantity = row.get("line_quantity") or 1
        case = row.get("after_sale") or None
        carrier = parse_carrier(row.get("carrier") or "")
        parcels = [ParcelRecord(*carrier, number) for number in tracking_numbers(row.get("tracking"))]
        lines.append(
            line_of(
                row,
                title=row.get("line_title"),
                properties=row.get("line_properties"),
                code=(row.get("line_code") or (None,))[0] or row.get("line_other_code"),
                item_id=(row.get("line_item") or (None,))[0],
                quantity=quantity,
                price=priced(row.get("line_amount"), quantity),
                refund_state=case,
                parcel=parcels[0] if len(parcels) == 1 and len(rows) > 1 else None,
            )
        )
    amount = sum(row.get("line_amount") or 0 for row in rows)
    freight, discount = largest(rows, "freight") or 0, sum(row.get("discount") or 0 for row in rows)
    rounded = sum((line.price or 0) * line.quantity for line in lines) - amount
    platform = sum((row.get("platform_discount") or 0) + (row.get("pay_discount") or 0) for row in rows)
    statuses = {row["status"] for row in rows if row["status"]}
    if len(statuses) != 1:
        raise ValueError("status_unknown")
    parcels = [
        ParcelRecord(*parse_carrier(row.get("carrier") or ""), number) for row in rows for number in tracking_numbers(row.get("tracking"))
    ]
    return order_of(
        rows,
        lines,
        status=statuses.pop(),
        part_shipped=False,
        freight=freight,
        discount=discount + rounded,
        payable=amount + freight - discount,
        platform_discount=platform or None,
        paid=sum(row["paid"] for row in rows if row.get("paid") is not None) if any(row.get("paid") is not None for row in rows) else None,
        parcels=tuple(dict.fromkeys(parcels)),
    )


STYLE = Style(
    order=_order,
    statuses=_STATUSES,
    own={"after_sale": _case, "pay_discount": parse_positive_money},
    knows=frozenset({"discount", "goods_less_discount", "payable", "freight", "parcels", "refund_state"}),
)


def _recognise(headings: frozenset[str]) -> str:
    marks = {"商家编码-规格维度", "商家编码-商品维度", "多多支付立减金额(元)", "店铺优惠折扣(元)", "用户实付金额(元)"}
    return "pdd.orders" if headings & {"订单号", "订单编号"} and "订单状态" in headings and len(headings & marks) >= 2 else ""


FORMAT = Format(
    key="pdd.orders",
    platform="pdd",
    kind="sold",
    zone="Asia/Shanghai",
    authority=Authority.ORDERS,
    columns=_COLUMNS,
    required=frozenset({"number", "status", "line_amount"}),
    recognise=_recognise,
    ignored=_IGNORED,
    style=STYLE,
)
