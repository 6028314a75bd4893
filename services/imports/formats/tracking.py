"""Tracking files: order number, carrier, tracking number, as printing tools and carriers' sites write them. More columns do no harm."""

from __future__ import annotations

from collections.abc import Iterator

from services.imports.headings import Authority, Format

_NAMES: dict[str, tuple[str, ...]] = {
    "number": (
        "订单编号", "订单号", "主订单编号", "平台订单号", "平台订单编号", "线上订单号", "店铺订单号", "原始单号", "原始订单号", "网店订单号", "交易编号",
        "交易号", "淘宝订单号", "淘宝订单编号", "客户订单号", "商家订单号", "外部订单号", "order number", "order no", "order no.", "order id", "order",
    ),
    "tracking": (
        "物流单号", "运单号", "快递单号", "运单编号", "运单号码", "快递编号", "快递单编号", "物流编号", "面单号", "电子面单号", "发货单号码", "单号",
        "tracking number", "tracking no", "tracking no.", "tracking", "waybill", "waybill number", "waybill no",
    ),
    "carrier": (
        "物流公司", "快递公司", "快递", "快递名称", "快递公司名称", "物流公司名称", "快递类型", "快递方式", "物流方式", "承运商", "承运公司", "物流公司编码",
        "快递公司编码", "carrier", "courier", "shipping carrier", "shipping company", "logistics",
    ),
}  # fmt: skip
"""Headings by target, in the order in which they count where a file has several."""


def _writings(name: str) -> Iterator[str]:
    for plain in (name, name.replace(" ", "_"), name.replace(" ", "")):
        yield from (plain, plain.upper(), plain.capitalize(), plain.title())


_COLUMNS = {writing: target for target, names in _NAMES.items() for name in names for writing in _writings(name)}

# What only lists of orders and of after-sales have: those tell of parcels, too.
_OF_LISTS = frozenset(
    {"订单状态", "退款编号", "退款状态", "子订单编号", "买家实付金额", "买家实际支付金额", "总金额", "支付流水号", "账务流水号"}
)


def _recognise(headings: frozenset[str]) -> str:
    if headings & _OF_LISTS:
        return ""
    targets = {_COLUMNS[name] for name in headings if name in _COLUMNS}
    return "tracking" if {"number", "tracking"} <= targets else ""


FORMAT = Format(
    key="tracking",
    platform="",
    kind="waybills",
    zone="",
    authority=Authority.SPARSE,
    columns=_COLUMNS,
    required=frozenset({"number", "tracking"}),
    recognise=_recognise,
)
