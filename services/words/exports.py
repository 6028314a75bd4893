"""Words of the exports: the columns' titles, which are also how an import knows our own files, and what a file can't be."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "export_exists": (
        "There is a file {file} already. It was left as it is; choose another name, or let it be replaced.",
        "已经有文件 {file}，没有改动它。请换个名字，或选择替换。",
    ),
    "export_column_unknown": (
        "There is no column “{word}”. Did you mean “{suggestion}”?",
        "没有“{word}”这一列，是不是“{suggestion}”？",
    ),
    "export_no_columns": ("No column was chosen. Tick at least one.", "一列都没选，请至少勾选一列。"),
    "json_broken": (
        "{file} is damaged at row {row} (JSON). Nothing was imported; export it again.",
        "{file} 从第 {row} 行起损坏（JSON），没有导入任何内容。请重新导出。",
    ),
    "json_no_table": (
        "{file} is JSON, but no list of rows: at row {row} stands something else. Export it as csv or xlsx.",
        "{file} 是 JSON，但不是表格：第 {row} 行不是一条记录。请导出为 csv 或 xlsx。",
    ),
    "own_goods_left": (
        "The goods were left out: without the column “Goods name” nobody can tell which lines are meant",
        "没有“商品名称”这一列，无法知道是哪件商品，因此只导入订单部分",
    ),
    "own_channel_missing": ("the channel is missing", "缺少渠道"),
    "own_yes_or_no": ("this says neither yes nor no", "看不出是还是否"),
    "own_lines_differ": (
        "the rows of this order say different things of the order itself; nothing is guessed",
        "同一订单的几行，订单部分的内容互不相同；不作猜测",
    ),
}

_ORDER: dict[str, tuple[str, str]] = {
    "number": ("Order number", "订单号"),
    "channel": ("Channel", "渠道"),
    "status": ("Status", "状态"),
    "part_shipped": ("Part shipped", "部分发货"),
    "flag": ("Flag", "旗帜"),
    "tags": ("Tags", "标签"),
    "buyer_nick": ("Buyer", "买家"),
    "recipient": ("Recipient", "收货人"),
    "phone": ("Phone", "手机"),
    "phone_ext": ("Extension", "分机"),
    "tel": ("Landline", "座机"),
    "province": ("Province", "省"),
    "city": ("City", "市"),
    "district": ("District", "区县"),
    "address": ("Address", "详细地址"),
    "postcode": ("Postcode", "邮编"),
    "address_edited": ("Address changed by buyer", "买家改过地址"),
    "masked": ("Hidden by platform", "平台隐藏"),
    "goods": ("Goods", "商品"),
    "quantity": ("Units in all", "总件数"),
    "goods_amount": ("Goods amount", "商品金额"),
    "discount": ("Discount", "优惠"),
    "goods_less_discount": ("Goods less discount", "优惠后商品金额"),
    "freight": ("Freight", "运费"),
    "payable": ("Payable", "应付"),
    "paid": ("Paid amount", "实付"),
    "refunded": ("Refunded", "已退款"),
    "income": ("Income", "收入"),
    "platform_discount": ("Platform discount", "平台优惠"),
    "paid_out": ("Paid out", "打款金额"),
    "payment_number": ("Payment number", "支付单号"),
    "created_at": ("Ordered at", "下单时间"),
    "paid_at": ("Paid at", "付款时间"),
    "ship_by": ("Ship by", "最晚发货"),
    "shipped_at": ("Shipped at", "发货时间"),
    "completed_at": ("Completed at", "完成时间"),
    "closed_at": ("Closed at", "关闭时间"),
    "checked_at": ("Checked at", "核对时间"),
    "carrier": ("Carrier", "快递公司"),
    "tracking_number": ("Tracking number", "运单号"),
    "close_reason": ("Close reason", "关闭原因"),
    "close_note": ("Closing note", "关闭说明"),
    "seller_memo": ("Seller memo", "卖家备注"),
    "buyer_message": ("Buyer message", "买家留言"),
}

_LINE: dict[str, tuple[str, str]] = {
    "line.number": ("Line number", "子订单号"),
    "line.title": ("Goods name", "商品名称"),
    "line.properties": ("Options", "规格属性"),
    "line.code": ("Merchant code", "商家编码"),
    "line.item_id": ("Item ID", "商品ID"),
    "line.sku": ("SKU", "本店规格"),
    "line.quantity": ("Quantity", "数量"),
    "line.price": ("Unit price", "单价"),
    "line.payable": ("Line payable", "商品应付"),
    "line.paid": ("Line paid", "商品实付"),
    "line.refunded": ("Line refunded", "商品退款"),
    "line.refund_state": ("Refund state", "退款进度"),
    "line.refund_asked": ("Refund asked", "申请退款"),
    "line.status": ("Line status", "子订单状态"),
    "line.shipped_at": ("Line shipped at", "子订单发货时间"),
    "line.carrier": ("Line carrier", "子订单快递"),
    "line.tracking_number": ("Line tracking number", "子订单运单号"),
    "line.shipped": ("Units shipped", "已发件数"),
    "line.cancelled": ("Units called off", "取消件数"),
    "line.shortage": ("Units short", "缺货件数"),
}

_STOCK: dict[str, tuple[str, str]] = {
    "stock.code": ("Merchant code", "商家编码"),
    "stock.title": ("Title", "名称"),
    "stock.properties": ("Options", "规格"),
    "stock.barcode": ("Barcode", "条码"),
    "stock.bin": ("Bin", "货位"),
    "stock.price": ("Price", "售价"),
    "stock.cost": ("Cost", "成本"),
    "stock.on_hand": ("Stock", "库存"),
    "stock.reserved": ("Reserved", "占用"),
    "stock.available": ("Available", "可售"),
    "stock.shortage": ("Short", "缺货"),
    "stock.damaged": ("Damaged", "残次"),
    "stock.value": ("Stock value", "库存金额"),
    "stock.reorder_point": ("Reorder point", "补货点"),
    "stock.cover": ("Days of cover", "可售天数"),
}

_CASE: dict[str, tuple[str, str]] = {
    "case.id": ("After-sale", "售后单"),
    "case.number": ("Order number", "订单号"),
    "case.kind": ("Kind", "类型"),
    "case.state": ("State", "进度"),
    "case.amount": ("Amount", "金额"),
    "case.freight": ("Freight refunded", "退回运费"),
    "case.reason": ("Reason", "原因"),
    "case.fault": ("Fault", "责任方"),
    "case.buyer": ("Buyer", "买家"),
    "case.goods": ("Goods", "商品"),
    "case.units": ("Units", "件数"),
    "case.requested_at": ("Requested at", "申请时间"),
    "case.ended_at": ("Ended at", "完结时间"),
    "case.order_paid": ("Order paid", "订单实付"),
    "case.order_refunded": ("Order refunded", "订单已退款"),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "export_column": {**_ORDER, **_LINE, **_STOCK, **_CASE},
    "export_set": {
        "standard": ("Usual columns", "常用列"),
        "all": ("All columns", "全部列"),
        "parcel": ("For the carrier", "寄件信息"),
        "money": ("Money", "金额对账"),
    },
}

OWN_ORDER = tuple(name for name in _ORDER if name not in {"goods", "income", "checked_at", "close_note"})
"""Columns of an order that an import reads back (services.imports.formats.zhanggui); the others follow or are acts of this shop."""
OWN_LINE = tuple(name for name in _LINE if name not in {"line.sku", "line.shipped", "line.cancelled", "line.shortage"})


def titles(lang: str) -> dict[str, str]:
    """The title of every column by its key."""
    place = 1 if lang == "zh" else 0
    return {key: pair[place] for key, pair in TERMS["export_column"].items()}
