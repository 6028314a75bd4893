"""Taobao and Tmall 宝贝报表 / 销售明细 (ExportOrderDetailList, ExportItemlList), generations D1 to D3.

Headings: reference/taobao.md 2.2. In D1 the status is the order's; from D2 on each line has its own.
"""

from __future__ import annotations

from services.imports.headings import Authority, Format

_COLUMNS = {
    "主订单编号": "number",
    "订单编号": "number",
    "子订单编号": "line_number",
    "商品标题": "title",
    "标题": "title",
    "商品价格": "price",
    "价格": "price",
    "购买数量": "quantity",
    "商家编码": "code",
    "外部系统编号": "other_code",
    "商品属性": "properties",
    "规格名称": "properties",
    "商品ID": "item_id",
    "商品 ID": "item_id",
    "商品id": "item_id",
    "订单状态": "status",
    "支付单号": "payment_number",
    "买家应付货款": "payable",
    "买家实付金额": "paid",
    "买家实际支付金额": "paid",
    "退款状态": "refund_state",
    "退款金额": "refunded",
    "订单创建时间": "created_at",
    "订单付款时间": "paid_at",
    "发货时间": "shipped_at",
    "应发货时间": "ship_by",
    "商家备注": "seller_memo",
    "备注": "seller_memo",
    "备注标签": "flag",
    "主订单买家留言": "buyer_message",
    "物流单号": "tracking",
    "物流公司": "carrier",
}

_IGNORED = frozenset(
    [
        "套餐信息",
        "联系方式备注",
        "淘鲜达渠道",
        "飞猪购订单信息",
        "免单资格",
        "免单金额",
        "百亿补贴超链订单信息",
        "超链半托管订单信息",
        "是否主动赔付",
        "主动赔付金额",
        "主动赔付出账时间",
    ]
)


def _recognise(headings: frozenset[str]) -> str:
    if not headings & {"标题", "商品标题"} or not headings & {"价格", "商品价格"} or not {"购买数量", "订单状态"} <= headings:
        return ""
    if {"子订单编号", "主订单编号"} <= headings:
        return "taobao.lines.d3" if headings & {"商品标题", "商品ID", "商品 ID", "买家实付金额"} else "taobao.lines.d2"
    return "taobao.lines.d1" if "订单编号" in headings else ""


FORMAT = Format(
    key="taobao.lines",
    platform="taobao",
    kind="lines",
    zone="Asia/Shanghai",
    authority=Authority.LINES,
    columns=_COLUMNS,
    required=frozenset({"number", "status", "quantity", "price"}),
    recognise=_recognise,
    ignored=_IGNORED,
)
