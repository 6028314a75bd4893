"""Douyin (抖店) order list: one sub-order a row, cells padded with tabs, persons encrypted. Headings: reference/taobao.md 2.8.

订单应付金额 of a row holds its freight, which stands in the first row only. Some rows hold several goods, joined by `;`.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

from services.imports.clean import parse_carrier, parse_case_state, parse_count, parse_positive_money, parse_word, unguard
from services.imports.headings import Authority, Format
from services.imports.records import LineRecord, OrderRecord, ParcelRecord
from services.imports.shop_list import Row, Style, earliest, largest, line_of, order_of, priced, several
from services.money import share_out

_COLUMNS = {
    "主订单编号": "number",
    "子订单编号": "line_number",
    "订单状态": "status",
    "选购商品": "titles",
    "商品规格": "properties",
    "商品ID": "line_item",
    "商家编码": "line_code",
    "商品数量": "quantities",
    "商品金额": "amounts",
    "订单应付金额": "owed",
    "运费": "freight",
    "平台实际承担优惠金额": "platform_discount",
    "订单提交时间": "created_at",
    "支付完成时间": "paid_at",
    "承诺发货时间": "ship_by",
    "发货时间": "shipped_at",
    "订单完成时间": "completed_at",
    "取消原因": "close_reason",
    "售后状态": "after_sale",
    "商家备注": "seller_memo",
    "买家留言": "buyer_message",
    "旗帜颜色": "flag",
    "收件人": "recipient",
    "收件人手机号": "phone",
    "省": "province",
    "市": "city",
    "区": "district",
    "街道": "town",
    "详细地址": "address",
    "快递信息": "express",
}

_IGNORED = frozenset(
    {
        "支付方式", "货号", "预约发货时间", "APP渠道", "订单类型", "车型", "是否是以旧换新", "换新额外补贴", "换新额外补贴发放状态", "优惠总金额", "平台优惠",
        "商家优惠", "达人优惠", "商家改价", "支付优惠", "手续费", "红包抵扣", "降价类优惠", "商家实际承担优惠金额", "达人实际承担优惠金额", "是否修改过地址",
        "序列号", "达人ID", "达人昵称", "拼团订单团编号", "商品单价是否含税", "税费", "鲁班落地页ID", "所属门店ID", "流量来源", "仓库ID", "仓库名称",
        "是否安心购", "广告渠道", "流量类型", "流量体裁", "流量渠道", "发货主体", "发货主体明细", "教育优惠", "预计送达时间", "是否平台仓自流转",
        "是否是渠道商品", "预约送达时间", "建议发货时间(起)", "建议发货时间(止)",
    }
)  # fmt: skip

_STATUSES = {
    "待支付": "awaiting_payment",
    "待付款": "awaiting_payment",
    "待确认": "awaiting_payment",
    "备货中": "awaiting_shipment",
    "待发货": "awaiting_shipment",
    "已支付": "awaiting_shipment",
    "部分发货": "awaiting_shipment",
    "已发货": "shipped",
    "待收货": "shipped",
    "运输中": "shipped",
    "已签收": "shipped",
    "已完成": "completed",
    "交易成功": "completed",
    "已关闭": "closed",
    "已取消": "closed",
    "交易关闭": "closed",
}

_NO_CASE = frozenset({"", "-", "无", "无售后", "售后关闭", "售后取消", "已取消"})
_ENDED = {
    "售后完成": "refunded",
    "退款成功": "refunded",
    "已全额退款": "refunded",
    "已部分退款": "refunded",
    "拒绝售后": "refused",
    "商家拒绝": "refused",
}


def _case(cell: str) -> str | None:
    """The state of a sub-order's case; words that are not known are of a case that goes on, and it holds the order up."""
    plain = parse_word(unguard(cell)) or ""
    if plain in _NO_CASE:
        return None
    try:
        return _ENDED.get(plain) or parse_case_state(plain)
    except ValueError:
        return "requested"


def _express(cell: str) -> tuple[ParcelRecord, ...]:
    """`SF0204080281829-顺丰速运`, several joined by `;` or commas."""
    found = []
    for part in re.split(r"[;；,，\n]+", unguard(cell)):
        ends = [end.strip() for end in part.rsplit("-", 1)]
        number = next((end for end in ends if re.search(r"\d{6}", end)), None)
        if number:
            name = next((end for end in ends if end != number), "")
            found.append(ParcelRecord(*parse_carrier(name), number.upper()))
    return tuple(dict.fromkeys(found))


def _order(rows: list[Row]) -> OrderRecord:
    freight = largest(rows, "freight") or 0
    lines = list(chain.from_iterable(map(_lines, rows)))
    owed = sum(amount or 0 for row in rows for amount in row.get("owed") or ())
    platform = sum(row.get("platform_discount") or 0 for row in rows)
    goods = sum((line.price or 0) * line.quantity for line in lines)
    payable = owed + platform
    paid = None if "paid_at" not in rows[0] else owed if earliest(rows, "paid_at") is not None else 0
    # What the shop took off; the platform's part is the buyer's gain, not the shop's loss.
    return order_of(
        rows, lines, freight=freight, payable=payable, paid=paid, discount=goods + freight - payable, platform_discount=platform or None
    )


def _lines(row: Row) -> list[LineRecord]:
    """The goods of a row: one, or several joined by `;`, whose amounts may be told as one sum."""
    titles = row.get("titles") or (None,)
    count = max(len(titles), len(row.get("line_number") or ()), len(row.get("line_item") or ()))
    quantities = [quantity or 1 for quantity in _each(row.get("quantities"), count)]
    amounts = _shares(row.get("amounts"), quantities)
    owed = _shares(row.get("owed"), amounts, (row.get("platform_discount") or 0) - (row.get("freight") or 0))
    express = row.get("express") or ()
    return [
        line_of(
            row,
            number=_each(row.get("line_number"), count)[place],
            title=_each(titles, count)[place],
            properties=_each(row.get("properties"), count)[place],
            code=_each(row.get("line_code"), count)[place],
            item_id=_each(row.get("line_item"), count)[place],
            quantity=quantities[place],
            price=priced(amounts[place], quantities[place]),
            payable=owed[place],
            status=row["status"],
            refund_state=row.get("after_sale"),
            shipped_at=row.get("shipped_at"),
            parcel=express[0] if express else None,
        )
        for place in range(count)
    ]


def _each(values: tuple[Any, ...] | None, count: int) -> list[Any]:
    """The value of each goods; one value is the first one's alone, or all goods' where there is but one."""
    found = list(values or ())
    return (found + [None] * count)[:count]


def _shares(values: tuple[int | None, ...] | None, weights: list[int], more: int = 0) -> list[int]:
    """An amount for each goods: as told, or of one sum. `more` comes on top of the first one told, or of the sum."""
    found = [amount or 0 for amount in values or ()]
    if len(found) == len(weights):
        return [found[0] + more, *found[1:]]
    return share_out(sum(found) + more, weights)


STYLE = Style(
    order=_order,
    statuses=_STATUSES,
    own={
        "titles": several(parse_word),
        "properties": several(parse_word),
        "quantities": several(parse_count),
        "amounts": several(parse_positive_money),
        "owed": several(parse_positive_money),
        "after_sale": _case,
        "express": _express,
    },
    knows=frozenset({"discount", "goods_less_discount", "payable", "paid", "parcels", "refund_state", "part_shipped"}),
)


def _recognise(headings: frozenset[str]) -> str:
    wanted = {"主订单编号", "选购商品", "订单应付金额", "订单状态"}
    return "douyin.orders" if wanted <= headings else ""


FORMAT = Format(
    key="douyin.orders",
    platform="douyin",
    kind="sold",
    zone="Asia/Shanghai",
    authority=Authority.ORDERS,
    columns=_COLUMNS,
    required=frozenset({"number", "status", "quantities", "amounts", "owed"}),
    recognise=_recognise,
    ignored=_IGNORED,
    style=STYLE,
)
