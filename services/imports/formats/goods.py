"""A goods file: merchant code, title, barcode, cost, price, stock, in Chinese or English headings, any order."""

from __future__ import annotations

from services.imports.headings import Authority, Format

_COLUMNS = {
    "商家编码": "code",
    "SKU编码": "code",
    "sku编码": "code",
    "规格编码": "code",
    "商品编码": "code",
    "货号": "code",
    "编码": "code",
    "sku": "code",
    "SKU": "code",
    "code": "code",
    "Code": "code",
    "merchant code": "code",
    "商品名称": "title",
    "商品标题": "title",
    "宝贝标题": "title",
    "品名": "title",
    "名称": "title",
    "标题": "title",
    "title": "title",
    "Title": "title",
    "name": "title",
    "规格": "properties",
    "商品规格": "properties",
    "规格名称": "properties",
    "商品属性": "properties",
    "颜色分类": "properties",
    "options": "properties",
    "properties": "properties",
    "条形码": "barcode",
    "条码": "barcode",
    "商品条形码": "barcode",
    "barcode": "barcode",
    "Barcode": "barcode",
    "成本": "cost",
    "成本价": "cost",
    "进价": "cost",
    "采购成本": "cost",
    "采购价": "cost",
    "单件采购成本(元)": "cost",
    "cost": "cost",
    "Cost": "cost",
    "价格": "price",
    "售价": "price",
    "商品价格": "price",
    "销售价": "price",
    "吊牌售价": "price",
    "price": "price",
    "Price": "price",
    "库存": "stock",
    "库存数量": "stock",
    "数量": "stock",
    "当前可用库存(件)": "stock",
    "stock": "stock",
    "Stock": "stock",
    "on hand": "stock",
    "on_hand": "stock",
    "quantity": "stock",
    "货位": "bin",
    "库位": "bin",
    "bin": "bin",
    "Bin": "bin",
    "重量": "weight",
    "重量(克)": "weight",
    "重量(g)": "weight",
    "weight": "weight",
    "商品ID": "item_id",
    "商品id": "item_id",
    "商品 ID": "item_id",
    "item_id": "item_id",
}

_OF_ORDERS = frozenset({"订单编号", "子订单编号", "主订单编号", "订单号", "订单状态", "买家会员名", "购买数量", "退款编号", "物流单号"})


def _recognise(headings: frozenset[str]) -> str:
    if headings & _OF_ORDERS:
        return ""
    targets = {_COLUMNS[name] for name in headings if name in _COLUMNS}
    return "goods" if "code" in targets and targets & {"title", "barcode", "cost", "stock", "price", "bin"} else ""


FORMAT = Format(
    key="goods",
    platform="",
    kind="goods",
    zone="",
    authority=Authority.SPARSE,
    columns=_COLUMNS,
    required=frozenset({"code"}),
    recognise=_recognise,
)
