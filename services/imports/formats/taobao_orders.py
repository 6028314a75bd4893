"""Taobao and Tmall 订单报表 (ExportOrderList), generations G1 to G5. Headings: reference/taobao.md 2.1."""

from __future__ import annotations

import re

from services.imports.headings import Authority, Format

_COLUMNS = {
    "订单编号": "number",
    "买家会员名": "buyer_nick",
    "买家昵称": "buyer_nick",
    "买家会员昵称": "buyer_nick",
    "支付单号": "payment_number",
    "买家应付货款": "goods_less_discount",
    "买家应付邮费": "freight",
    "总金额": "payable",
    "买家实际支付金额": "paid",
    "买家实付金额": "paid",
    "订单状态": "status",
    "买家留言": "buyer_message",
    "收货人姓名": "recipient",
    "收货地址": "address",
    "修改后的收货地址": "changed_address",
    "联系电话": "tel",
    "联系手机": "phone",
    "订单创建时间": "created_at",
    "订单付款时间": "paid_at",
    "发货时间": "shipped_at",
    "应发货时间": "ship_by",
    "确认收货时间": "completed_at",
    "物流单号": "tracking",
    "物流公司": "carrier",
    "商家备注": "seller_memo",
    "商家备忘": "seller_note",
    "订单备注": "seller_memo",
    "备注标签": "flag",
    "宝贝总数量": "quantity",
    "订单关闭原因": "close_reason",
    "退款金额": "refunded",
    "打款商家金额": "paid_out",
    "确认收货打款金额": "paid_out",
    "天猫卡券抵扣": "platform_discount",
    "店铺名称": "shop_name",
    "宝贝标题": "goods_title",
    "商品标题": "goods_title",
    "商品属性SKU": "goods_properties",
    "商家编码": "goods_code",
}

# What the platform writes and nobody here needs; kept raw, not told as unknown.
_IGNORED = frozenset(
    [
        "买家支付宝账号",
        "支付详情",
        "买家支付积分",
        "返点积分",
        "买家实际支付积分",
        "运送方式",
        "虚拟号过期时间",
        "宝贝种类",
        "店铺Id",
        "卖家服务费",
        "买家服务费",
        "发票抬头",
        "是否手机订单",
        "分阶段订单信息",
        "特权订金订单id",
        "是否上传合同照片",
        "是否上传小票",
        "是否代付",
        "定金排名",
        "修改后的sku",
        "异常信息",
        "集分宝抵扣",
        "卡券抵扣",
        "积分抵扣",
        "是否是O2O交易",
        "新零售交易类型",
        "新零售导购门店名称",
        "新零售导购门店id",
        "新零售发货门店名称",
        "新零售发货门店id",
        "预约门店",
        "含应开票给个人的个人红包",
        "含应开票给个人红包",
        "是否信用购",
        "体验期结束时间",
        "前N有礼",
        "配送类型",
        "直播返现状态",
        "返现金额",
        "延迟发货自动赔付金额",
        "新零售成交门店昵称",
        "新零售成交门店id",
        "新零售成交经销商id",
        "预售订单",
        "主订单编号",
        "是否主动赔付",
        "主动赔付金额",
        "主动赔付出账时间",
        "C2B小额收款",
        "总金额(旧版)",
        "分销商Id",
        "分销商店铺名称",
        "满返红包金额",
    ]
)

_AMOUNTS = frozenset({"买家应付货款", "总金额", "买家实际支付金额", "买家实付金额"})
_OWN = frozenset(
    {
        "订单创建时间",
        "订单付款时间",
        "收货人姓名",
        "联系手机",
        "宝贝总数量",
        "买家会员名",
        "买家会员昵称",
        "订单关闭原因",
        "支付单号",
        "确认收货时间",
        "应发货时间",
        "确认收货打款金额",
        "打款商家金额",
        "订单备注",
        "商家备忘",
        "备注标签",
        "宝贝标题",
    }
)
_MONEY = re.compile("元|金额|价|款|费|paid|price|total|amount", re.IGNORECASE)
_OF_LINES = frozenset({"子订单编号", "购买数量", "价格", "商品价格", "退款编号"})
_G5 = frozenset(
    {"买家实付金额", "确认收货打款金额", "备注标签", "应发货时间", "商品属性SKU", "总金额(旧版)", "C2B小额收款", "是否主动赔付"}
)
_G4 = frozenset({"支付单号", "支付详情", "是否信用购", "主订单编号", "商家备忘", "发货时间"})
_G3 = frozenset({"新零售交易类型", "确认收货时间", "打款商家金额"})


def _ticked(headings: frozenset[str]) -> bool:
    """Whether a seller ticked away every amount: enough else is Taobao's own word, and no other money is in it."""
    money = (name for name in headings - _COLUMNS.keys() - _IGNORED if _MONEY.search(name))
    return "订单状态" in headings and len(headings & _OWN) >= 2 and not any(money)


def _recognise(headings: frozenset[str]) -> str:
    if "订单编号" not in headings or headings & _OF_LINES or not (headings & _AMOUNTS or _ticked(headings)):
        return ""
    if "订单状态" not in headings:
        # Columns are ticked by the seller: without a status the times tell it.
        return "taobao.orders.sparse" if {"订单创建时间", "订单付款时间"} <= headings else ""
    for generation, marks in (("g5", _G5), ("g4", _G4), ("g3", _G3), ("g2", frozenset({"退款金额"}))):
        if headings & marks:
            return f"taobao.orders.{generation}"
    return "taobao.orders.g1"


FORMAT = Format(
    key="taobao.orders",
    platform="taobao",
    kind="orders",
    zone="Asia/Shanghai",
    authority=Authority.ORDERS,
    columns=_COLUMNS,
    required=frozenset({"number"}),
    recognise=_recognise,
    ignored=_IGNORED,
)
