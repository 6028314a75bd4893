"""A goods file: merchant code, title, barcode, cost, price, stock, in Chinese or English headings, any order."""

from __future__ import annotations

from collections.abc import Iterator

from services.imports.headings import Authority, Format

_NAMES: dict[str, tuple[str, ...]] = {
    "code": (
        "商家编码", "SKU编码", "规格编码", "商品编码", "货品编码", "产品编码", "货号", "编码", "sku", "sku code", "code", "merchant code", "item code",
        "product code",
    ),
    "title": (
        "商品名称", "商品标题", "宝贝标题", "宝贝名称", "产品名称", "货品名称", "品名", "名称", "标题", "title", "name", "product name", "item name",
        "product title",
    ),
    "properties": ("规格", "商品规格", "规格名称", "规格型号", "商品属性", "颜色分类", "options", "properties", "specification", "variant"),
    "barcode": ("条形码", "条码", "商品条形码", "商品条码", "sku条形码", "国际条码", "barcode", "bar code", "ean", "upc", "gtin"),
    "cost": (
        "成本", "成本价", "单位成本", "进价", "进货价", "采购成本", "采购价", "采购单价", "单件采购成本", "cost", "unit cost", "cost price",
        "purchase price",
    ),
    "price": ("价格", "售价", "单价", "商品价格", "销售价", "零售价", "吊牌售价", "price", "unit price", "sale price", "selling price", "retail price"),
    "stock": (
        "库存", "库存数量", "库存量", "现有库存", "当前库存", "可用库存", "当前可用库存", "在库", "在库数量", "数量", "stock", "on hand", "in stock",
        "quantity", "qty", "inventory",
    ),
    "bin": ("货位", "库位", "货架", "bin", "location", "shelf"),
    "weight": ("重量", "重量(克)", "重量(g)", "weight", "weight (g)", "weight(g)"),
    "item_id": ("商品ID", "商品 ID", "宝贝ID", "宝贝id", "item id"),
}  # fmt: skip
"""Headings by target, in the order in which they count where a file has several."""

_UNITS = {"cost": ("(元)", "(¥)"), "price": ("(元)", "(¥)"), "stock": ("(件)", "(个)")}


def _writings(target: str, name: str) -> Iterator[str]:
    """How a heading may be written: its unit in brackets behind it, any case, blanks as `_`."""
    for unit in ("", *_UNITS.get(target, ())):
        whole = name + unit
        for plain in (whole, whole.replace(" ", "_"), whole.replace(" ", "")):
            yield from (plain, plain.lower(), plain.upper(), plain.capitalize(), plain.title())


_COLUMNS = {writing: target for target, names in _NAMES.items() for name in names for writing in _writings(target, name)}

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
