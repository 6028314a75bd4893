"""Words of the maps by which somebody else's tables are read: their fields in groups, and what is said of a map."""

from __future__ import annotations

from services.words.exports import TERMS as EXPORTED

ERRORS: dict[str, tuple[str, str]] = {
    "map_name_empty": ("A map needs a name.", "请给这份字段对应起个名字。"),
    "map_name_long": (
        "A map's name is one line of at most {most} characters. Shorten it.",
        "名字只能是一行，最多 {most} 个字，请改短一些。",
    ),
    "map_name_taken": ("Another map is called “{name}”. Choose another name.", "已经有一份字段对应叫“{name}”，请换个名字。"),
    "map_not_found": ("This map is not there any more. Nothing was changed.", "这份字段对应已经不在了，没有改动。"),
    "map_file_bad": ("{file} holds no map. A map is the JSON that --map reads.", "{file} 不是字段对应文件（--map 用的 JSON）。"),
    "map_no_headings": ("A map is kept for the headings of a file, and there are none.", "字段对应要按文件的表头保存，可是没有表头。"),
}

_OURS: dict[str, tuple[str, str]] = {
    "tracking": ("Tracking number", "运单号"),
    "line.amount": ("Line amount", "金额小计"),
    "quantity": ("Units in all", "总件数"),
}
MAP_FIELDS: dict[str, tuple[str, ...]] = {
    "order": ("number", "status", "seller_memo", "buyer_message", "flag", "carrier", "tracking", "close_reason", "payment_number", "quantity"),
    "buyer": ("buyer_nick", "recipient", "phone", "tel", "province", "city", "district", "address", "postcode"),
    "money": ("payable", "paid", "goods_amount", "discount", "goods_less_discount", "freight", "refunded", "platform_discount", "paid_out"),
    "times": ("created_at", "paid_at", "ship_by", "shipped_at", "completed_at", "closed_at"),
    "line": (
        "line.title", "line.properties", "line.code", "line.quantity", "line.price", "line.amount", "line.payable", "line.paid", "line.refunded",
        "line.number", "line.item_id", "line.status", "line.refund_state",
    ),
}  # fmt: skip
"""Every target of a map of orders, in groups, each group with what is filled most at first."""

MAP_KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "orders": MAP_FIELDS,
    "tracking": {"parcel": ("number", "tracking", "carrier")},
    "goods": {"sku": ("code", "title", "properties", "barcode", "price", "cost", "stock", "bin", "weight", "item_id")},
    "stocktake": {"count": ("code", "barcode", "counted", "expected")},
}
"""The same by what the table holds."""

_OF_GOODS: dict[str, tuple[str, str]] = {
    "code": ("Merchant code", "商家编码"),
    "title": ("Title", "商品名称"),
    "properties": ("Options", "规格"),
    "barcode": ("Barcode", "条码"),
    "price": ("Price", "售价"),
    "cost": ("Cost", "成本"),
    "stock": ("Stock", "库存"),
    "bin": ("Bin", "货位"),
    "weight": ("Weight (g)", "重量（克）"),
    "item_id": ("Platform's item ID", "平台商品 ID"),
    "counted": ("Counted", "实盘数量"),
    "expected": ("Expected", "账面数量"),
}
TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "map_field": {name: _OURS.get(name) or EXPORTED["export_column"][name] for names in MAP_FIELDS.values() for name in names} | _OF_GOODS,
    "map_kind": {
        "orders": ("Orders", "订单表"),
        "tracking": ("Tracking numbers", "运单表"),
        "goods": ("Goods", "商品表"),
        "stocktake": ("Stocktake", "盘点表"),
    },
    "map_group": {
        "parcel": ("Parcel", "包裹"),
        "sku": ("Goods", "商品"),
        "count": ("Count", "盘点"),
        "order": ("Order", "订单"),
        "buyer": ("Buyer", "买家"),
        "money": ("Money", "金额"),
        "times": ("Times", "时间"),
        "line": ("Goods of a row", "每行的商品"),
    },
    "action": {
        "save_import_map": ("Field map kept", "保存字段对应"),
        "rename_import_map": ("Field map renamed", "字段对应改名"),
        "remove_import_map": ("Field map removed", "删除字段对应"),
    },
}
