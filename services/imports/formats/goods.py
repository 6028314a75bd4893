"""A goods file: merchant code, title, barcode, cost, price, stock, in Chinese or English headings, any order."""

from __future__ import annotations

from collections.abc import Iterator

from services.imports.headings import Authority, Format

_NAMES: dict[str, tuple[str, ...]] = {
    "code": (
        "商家编码", "SKU编码", "规格编码", "规格商家编码", "商品编码", "货品编码", "产品编码", "商品编号", "产品编号", "存货编码", "物料编码", "外部编码", "款号",
        "货号", "编码", "sku", "sku code", "sku id", "code", "merchant code", "seller sku", "item code", "item no", "product code", "article number",
    ),
    "title": (
        "商品名称", "商品标题", "宝贝标题", "宝贝名称", "产品名称", "货品名称", "品名", "名称", "标题", "存货名称", "物料名称", "title", "name", "product name", "item name",
        "product title",
    ),
    "properties": ("规格", "商品规格", "规格名称", "规格型号", "型号规格", "商品属性", "销售属性", "颜色规格", "颜色分类", "颜色", "options", "properties", "specification", "variant"),
    "barcode": ("条形码", "条码", "商品条形码", "商品条码", "sku条形码", "sku 条形码", "国际条码", "69码", "EAN码", "barcode", "bar code", "ean", "upc", "gtin"),
    "cost": (
        "成本", "成本价", "成本单价", "参考成本", "加权成本", "含税成本", "单位成本", "进价", "进货价", "采购成本", "采购价", "采购单价", "单件采购成本", "cost", "unit cost", "cost price",
        "purchase price",
    ),
    "price": ("价格", "售价", "单价", "商品价格", "宝贝价格", "一口价", "标准售价", "建议售价", "销售价", "零售价", "吊牌售价", "price", "unit price", "sale price", "selling price", "retail price"),
    "stock": (
        "库存", "库存数量", "库存量", "现有库存", "当前库存", "可用库存", "当前可用库存", "在库", "在库数量", "宝贝数量", "实际库存数", "仓库库存", "期初库存", "数量", "stock", "on hand", "in stock",
        "quantity", "qty", "inventory",
    ),
    "bin": ("货位", "货位号", "库位", "库位号", "货架", "货架位", "储位", "bin", "location", "shelf"),
    "weight": ("重量", "商品重量", "单件重量", "净重", "重量(克)", "重量(g)", "weight", "weight (g)", "weight(g)"),
    "kilos": ("重量(kg)", "重量(千克)", "重量(公斤)", "商品重量(kg)", "weight (kg)", "weight(kg)"),
    "item_id": ("商品ID", "商品 ID", "宝贝ID", "宝贝id", "数字ID", "item id", "num iid"),
}  # fmt: skip
"""Headings by target, in the order in which they count where a file has several."""

_UNITS = {"cost": ("(元)", "(¥)"), "price": ("(元)", "(¥)"), "stock": ("(件)", "(个)")}


def names_of(target: str) -> tuple[str, ...]:
    """What a column of this target may be called, for other files about goods."""
    return _NAMES[target]


def writings(name: str) -> Iterator[str]:
    """How a heading may be written: any case, blanks as `_` or none."""
    for plain in (name, name.replace(" ", "_"), name.replace(" ", "")):
        yield from (plain, plain.lower(), plain.upper(), plain.capitalize(), plain.title())


def _writings(target: str, name: str) -> Iterator[str]:
    """How a heading may be written: its unit in brackets behind it, any case, blanks as `_`."""
    for unit in ("", *_UNITS.get(target, ())):
        whole = name + unit
        yield from writings(whole)


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
