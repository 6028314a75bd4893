"""JD order list of 2016: one goods a row, the order's own facts on each. Headings: reference/taobao.md 2.8.

No public file shows what it holds: 结算金额 is taken as what the buyer owes, freight included, and as paid once 付款确认时间 is set.
"""

from __future__ import annotations

from services.domain.addresses import split_address
from services.imports.clean import parse_positive_money, unguard
from services.imports.headings import Authority, Format
from services.imports.records import OrderRecord
from services.imports.shop_list import Row, Style, earliest, first, hidden, largest, line_of, order_of

_COLUMNS = {
    "订单号": "number",
    "订单状态": "status",
    "商品ID": "line_item",
    "商品名称": "line_title",
    "订购数量": "line_quantity",
    "京东价": "line_price",
    "货号": "line_code",
    "订单金额": "whole",
    "结算金额": "payable",
    "应付金额": "due",
    "余额支付": "balance",
    "运费金额": "freight",
    "下单时间": "created_at",
    "付款确认时间": "paid_at",
    "订单完成时间": "completed_at",
    "下单帐号": "buyer_nick",
    "下单账号": "buyer_nick",
    "客户姓名": "recipient",
    "客户地址": "place",
    "联系电话": "phone",
    "订单备注": "buyer_message",
    "商家备注": "seller_memo",
    "商家备注等级": "flag",
}

_IGNORED = frozenset({"支付方式", "订单类型", "发票类型", "发票抬头", "发票内容", "增值税发票", "订单来源", "订单渠道"})

_STATUSES = {
    "新订单": "awaiting_payment",
    "等待付款": "awaiting_payment",
    "等待付款确认": "awaiting_payment",
    "等待出库": "awaiting_shipment",
    "等待打印": "awaiting_shipment",
    "等待发货": "awaiting_shipment",
    "正在出库": "awaiting_shipment",
    "已出库": "shipped",
    "等待确认收货": "shipped",
    "等待收货": "shipped",
    "配送中": "shipped",
    "已收货": "completed",
    "完成": "completed",
    "已完成": "completed",
    "取消": "closed",
    "已取消": "closed",
    "订单取消": "closed",
    "(删除)等待出库": "closed",
    "(删除)等待确认收货": "closed",
    "(删除)等待付款": "closed",
    "已删除": "closed",
}


def _order(rows: list[Row]) -> OrderRecord:
    statuses = {row["status"] for row in rows}
    if len(statuses) != 1 or None in statuses:
        raise ValueError("status_unknown")
    lines = [
        line_of(
            row,
            title=row.get("line_title"),
            code=(row.get("line_code") or (None,))[0],
            item_id=(row.get("line_item") or (None,))[0],
            quantity=row.get("line_quantity") or 1,
            price=row["line_price"],
        )
        for row in rows
    ]
    freight = largest(rows, "freight")
    payable = largest(rows, "payable")
    if payable is None:
        due = largest(rows, "due")
        payable = due + (largest(rows, "balance") or 0) if due is not None else largest(rows, "whole")
    place = first(rows, "place")
    found = split_address(place) if place else None
    where = (
        {
            "province": found.province or None,
            "city": found.city or None,
            "district": found.district or None,
            "address": found.address or None,
        }
        if found
        else {}
    )
    paid = None if "paid_at" not in rows[0] else payable if earliest(rows, "paid_at") is not None else 0
    return order_of(rows, lines, status=statuses.pop(), part_shipped=False, freight=freight, payable=payable, paid=paid, **where)


STYLE = Style(
    order=_order,
    statuses=_STATUSES,
    own={
        "whole": parse_positive_money,
        "due": parse_positive_money,
        "balance": parse_positive_money,
        "place": lambda cell: None if hidden(cell) else unguard(cell) or None,
    },
    knows=frozenset({"discount", "goods_less_discount", "payable", "paid", "province", "city", "district", "address"}),
)


def _recognise(headings: frozenset[str]) -> str:
    return "jd.orders" if {"订单号", "京东价", "订购数量", "订单状态"} <= headings else ""


FORMAT = Format(
    key="jd.orders",
    platform="jd",
    kind="sold",
    zone="Asia/Shanghai",
    authority=Authority.ORDERS,
    columns=_COLUMNS,
    required=frozenset({"number", "status", "line_price"}),
    recognise=_recognise,
    ignored=_IGNORED,
    style=STYLE,
)
