"""Taobao and Tmall 已卖出的宝贝: the order's facts on each row of its goods. No public file shows its headings; reference/taobao.md 2.3, quirk 12."""

from __future__ import annotations

from services.imports.formats import taobao_orders
from services.imports.headings import Authority, Format

_COLUMNS = {
    "订单编号": "number",
    "订单号": "number",
    "子订单编号": "line_number",
    "宝贝标题": "line_title",
    "宝贝名称": "line_title",
    "商品标题": "line_title",
    "标题": "line_title",
    "商品属性": "line_properties",
    "销售属性": "line_properties",
    "商品属性SKU": "line_properties",
    "商家编码": "line_code",
    "外部系统编号": "line_other_code",
    "商品ID": "line_item",
    "商品 ID": "line_item",
    "商品id": "line_item",
    "宝贝ID": "line_item",
    "价格": "line_price",
    "商品价格": "line_price",
    "单价": "line_price",
    "宝贝单价": "line_price",
    "购买数量": "line_quantity",
    "宝贝数量": "line_quantity",
    "买家应付货款": "line_payable",
    "买家实付金额": "line_paid",
    "买家实际支付金额": "line_paid",
    "实付金额": "line_paid",
    "退款金额": "line_refunded",
    "邮费": "freight",
    **{
        heading: target
        for heading, target in taobao_orders.FORMAT.columns.items()
        if target not in {"number", "goods_less_discount", "paid", "refunded", "quantity", "paid_out", "platform_discount"}
        and not target.startswith("goods_")
    },
}

_TITLES = frozenset({"宝贝标题", "宝贝名称", "商品标题", "标题"})
_PRICES = frozenset({"价格", "商品价格", "单价", "宝贝单价"})
_COUNTS = frozenset({"购买数量", "宝贝数量"})
_OF_ORDERS = frozenset({"总金额", "买家应付邮费", "邮费", "收货地址", "收货人姓名", "买家会员名"})


def _recognise(headings: frozenset[str]) -> str:
    if not {"订单编号", "订单状态"} <= headings or headings & {"主订单编号", "退款编号", "退款状态"}:
        return ""
    if not (headings & _TITLES and headings & _PRICES and headings & _COUNTS and headings & _OF_ORDERS):
        return ""
    return "taobao.sold"


FORMAT = Format(
    key="taobao.sold",
    platform="taobao",
    kind="sold",
    zone="Asia/Shanghai",
    authority=Authority.ORDERS,
    columns=_COLUMNS,
    required=frozenset({"number", "status", "line_quantity", "line_price"}),
    recognise=_recognise,
    ignored=taobao_orders.FORMAT.ignored | {"宝贝总数量", "打款商家金额", "确认收货打款金额", "天猫卡券抵扣", "套餐信息"},
)
