"""A first guess of what the headings of an unknown table mean: by the likeness of their names, and by what their values look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from services.domain.addresses import official_province
from services.domain.carriers import detect
from services.domain.carriers import find as find_carrier
from services.imports.clean import parse_status, parse_time
from services.imports.formats import goods, stocktake, tracking
from services.imports.headings import normal
from services.imports.map_look import Heading
from services.imports.map_tables import TARGETS_OF
from services.money import parse_amount
from services.words.import_maps import TERMS

SURE, LIKELY = 0.72, 0.62
"""How alike name and values must be: alone by the name, or where the values fit as well."""

_OF_ORDERS: dict[str, tuple[str, ...]] = {
    "number": ("订单号", "订单编号", "单号", "交易号", "order no", "order number", "order id", "invoice no", "invoice", "order", "编号"),
    "status": ("状态", "订单状态", "交易状态", "order status", "status"),
    "seller_memo": ("卖家备注", "商家备注", "备注", "客服备注", "seller memo", "note", "remark"),
    "buyer_message": ("买家留言", "留言", "客户留言", "buyer message", "customer note"),
    "carrier": ("快递公司", "物流公司", "快递", "承运商", "carrier", "courier"),
    "tracking": ("运单号", "快递单号", "物流单号", "tracking number", "tracking", "waybill"),
    "close_reason": ("关闭原因", "取消原因", "cancel reason"),
    "payment_number": ("支付单号", "支付流水号", "付款单号", "payment number", "transaction id"),
    "quantity": ("总件数", "商品总数", "总数量", "宝贝总数量", "total quantity"),
    "buyer_nick": ("买家", "买家昵称", "客户", "会员名", "用户名", "昵称", "customer", "customer id", "buyer", "nick"),
    "recipient": ("收货人", "收件人", "姓名", "收货人姓名", "recipient", "ship to", "name", "consignee"),
    "phone": ("手机", "手机号", "联系电话", "电话", "收货人手机", "phone", "mobile", "telephone"),
    "tel": ("座机", "固定电话", "landline"),
    "province": ("省", "省份", "province", "state"),
    "city": ("市", "城市", "city"),
    "district": ("区", "区县", "district"),
    "address": ("地址", "收货地址", "详细地址", "收件地址", "address", "shipping address"),
    "postcode": ("邮编", "邮政编码", "postcode", "zip", "postal code"),
    "payable": ("应付", "应付金额", "应收", "应收金额", "订单金额", "总金额", "order total", "total", "amount due"),
    "paid": ("实付", "实付金额", "实收", "实收金额", "支付金额", "付款金额", "金额", "paid", "amount paid", "payment"),
    "goods_amount": ("商品金额", "商品总额", "货款", "goods amount", "subtotal"),
    "discount": ("优惠", "优惠金额", "折扣", "discount"),
    "freight": ("运费", "应付运费", "实付运费", "运费合计", "邮费", "快递费", "freight", "shipping", "shipping fee"),
    "refunded": ("退款", "退款金额", "已退款", "refunded", "refund"),
    "created_at": ("下单时间", "创建时间", "订单时间", "下单日期", "日期", "时间", "order date", "created at", "invoice date", "date"),
    "paid_at": ("付款时间", "支付时间", "付款日期", "支付完成时间", "paid at", "payment date"),
    "ship_by": ("最晚发货", "最晚发货时间", "ship by"),
    "shipped_at": ("发货时间", "发货日期", "shipped at", "ship date"),
    "completed_at": ("完成时间", "成交时间", "completed at"),
    "closed_at": ("关闭时间", "取消时间", "closed at", "cancelled at"),
    "line.title": (
        "商品",
        "商品名称",
        "品名",
        "商品标题",
        "宝贝名称",
        "货品名称",
        "description",
        "product",
        "item",
        "product name",
        "title",
    ),
    "line.properties": ("规格", "商品规格", "属性", "颜色尺码", "options", "variant"),
    "line.code": ("商家编码", "商品编码", "货号", "编码", "stock code", "sku", "product code"),
    "line.quantity": ("数量", "件数", "购买数量", "quantity", "qty"),
    "line.price": ("单价", "价格", "商品单价", "unit price", "price"),
    "line.amount": ("小计", "金额小计", "商品小计", "line total", "line amount"),
    "line.number": ("子订单号", "子订单编号", "line number"),
    "line.item_id": ("商品id", "宝贝id", "item id", "product id"),
}
_MORE: dict[str, dict[str, tuple[str, ...]]] = {
    "tracking": {
        "number": ("参考号", "客户单号", "备注单号", "reference"),
        "tracking": ("面单", "parcel number", "consignment"),
        "carrier": (),
    },
    "goods": {
        "code": ("货品代码", "商品代码", "产品代码", "物料代码", "代码", "物料", "item", "part number"),
        "title": ("货名", "description"),
        "stock": ("现存", "现存量", "结存", "结存数", "库存数", "available"),
        "price": ("零售", "挂牌价", "定价"),
        "cost": ("进货", "采购"),
        "barcode": ("69 码", "ean13", "gtin13"),
    },
    "stocktake": {"counted": ("实点", "实点数", "点数", "盘到"), "expected": ("帐面", "帐面数", "账上", "应有")},
}
"""What the formats do not take for sure, and a person says yes to."""
_PHONE = re.compile(r"(\+?86[- ]?)?1[3-9\d][\d*]{9}|0\d{2,3}-?\d{7,8}|\d{3,4}\*{3,6}\d{2,4}")
_AMOUNT = re.compile(r"[¥￥$]?\s*-?\d[\d,]*(?:[.,]\d{1,2})?\s*元?")
_PLACE = re.compile(r"[省市区县镇路街号栋室]")
_TRACKING = re.compile(r"(?=.*\d{6})[A-Za-z0-9-]{8,30}")


def _is_time(cell: str) -> bool:
    try:
        return parse_time(cell, "UTC", "dmy") is not None
    except ValueError:
        return re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*", cell) is not None


def _is_amount(cell: str) -> bool:
    if not _AMOUNT.fullmatch(cell) or len(re.sub(r"\D", "", cell)) > 9:
        return False
    try:
        return (
            parse_amount(cell.replace("元", "").replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell.replace("元", ""))
            is not None
        )
    except ValueError:
        return False


def _is_status(cell: str) -> bool:
    try:
        return bool(parse_status(cell))
    except ValueError:
        return cell in {word for pair in _status_words() for word in pair}


@lru_cache(maxsize=1)
def _status_words() -> tuple[tuple[str, str], ...]:
    from services.words.orders import TERMS as ORDERS

    return tuple(ORDERS["status"].values())


def _is_count(cell: str) -> bool:
    return re.fullmatch(r"-?\d{1,4}(?:\.0+)?", cell) is not None


def _like_tracking(cell: str) -> float:
    """Order numbers look much like it; those of a carrier that is known weigh more."""
    return (1.0 if detect(cell) else 0.6) if _TRACKING.fullmatch(cell) else 0.0


_MONEY_LIKE = frozenset(
    {"payable", "paid", "goods_amount", "discount", "freight", "refunded", "line.price", "line.amount", "price", "cost"}
)
_COUNT_LIKE = frozenset({"quantity", "line.quantity", "stock", "counted", "expected", "weight"})
_SHAPES: dict[str, Callable[[str], float]] = {
    "number": lambda cell: re.fullmatch(r"[A-Za-z]{0,6}[-_#]?\d[\dA-Za-z_-]{2,40}", cell) is not None,
    "status": _is_status,
    "phone": lambda cell: _PHONE.fullmatch(cell.lstrip("'")) is not None,
    "province": lambda cell: official_province(cell) is not None,
    "address": lambda cell: len(cell) >= 6 and _PLACE.search(cell) is not None,
    "tracking": _like_tracking,
    "carrier": lambda cell: find_carrier(cell) is not None,
    "barcode": lambda cell: re.fullmatch(r"\d{8,14}", cell) is not None,
    **dict.fromkeys(_COUNT_LIKE, _is_count),
    **dict.fromkeys(_MONEY_LIKE, _is_amount),
    **dict.fromkeys(("created_at", "paid_at", "ship_by", "shipped_at", "completed_at", "closed_at"), _is_time),
}  # fmt: skip
_ALONE = {"phone": 0.95, "address": 0.9, "created_at": 0.95, "status": 0.8}
"""Targets that their values alone give away, and the share of values that must fit."""


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Names by kind of table and target, as they are compared: those above, those of the formats, and our own in both languages."""
    known: dict[str, dict[str, list[str]]] = {"orders": {target: list(names) for target, names in _OF_ORDERS.items()}}
    for kind, one in (("tracking", tracking.FORMAT), ("goods", goods.FORMAT), ("stocktake", stocktake.FORMAT)):
        known[kind] = {target: list(_MORE[kind].get(target, ())) for target in TARGETS_OF[kind]}
        for name, target in one.columns.items():
            if target in known[kind]:
                known[kind][target].append(name)
    return {
        kind: {target: tuple({_plain(name) for name in (*names, *TERMS["map_field"][target])}) for target, names in targets.items()}
        for kind, targets in known.items()
    }


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-()（）:：./]+", "", re.sub(r"[(（].*?[)）]$", "", normal(name))).casefold()


def likeness(heading: str, target: str, kind: str = "orders") -> float:
    """From 0 to 1, how much a heading's name says that it is this target."""
    plain = _plain(heading)
    best = 0.0
    for name in _words()[kind].get(target, ()):
        if plain == name:
            return 1.0
        if len(name) >= 2 and name in plain:
            best = max(best, 0.6 + 0.35 * len(name) / len(plain))
        elif len(plain) >= 2 and plain in name:
            best = max(best, 0.5 + 0.3 * len(plain) / len(name))
        elif len(plain) > 3:
            best = max(best, 0.85 * SequenceMatcher(None, plain, name).ratio())
    return best


def fits(values: Sequence[str], target: str) -> float | None:
    """The share of values that look like this target; None where nothing can be told by looking."""
    shape = _SHAPES.get(target)
    if shape is None or not values:
        return None
    return sum(map(float, map(shape, values))) / len(values)


OF_A_LINE = {
    "payable": "line.payable",
    "paid": "line.paid",
    "goods_amount": "line.amount",
    "refunded": "line.refunded",
    "quantity": "line.quantity",
}
"""What an order's amount is called where every row has its own."""


def guess_kind(headings: Sequence[Heading]) -> str:
    """What the table holds: a stocktake has counts, goods have a code and nobody who buys them, a list of parcels has numbers of orders
    and of parcels and neither goods nor amounts; else it is of orders."""
    as_orders = guess_map(headings)
    told = as_orders.keys()
    counts = guess_map(headings, kind="stocktake")
    if _sure(counts, "counted", "stocktake") and counts.keys() & {"code", "barcode"} and not told & _OF_BUYERS:
        return "stocktake"
    parcels = guess_map(headings, kind="tracking")
    if {"number", "tracking"} <= parcels.keys() and not told & {"line.title", "line.price", "line.code", "paid", "status"}:
        return "tracking"
    code = guess_map(headings, kind="goods").get("code")
    if code is not None and not told & _OF_BUYERS:
        number = as_orders.get("number")
        if number is None or likeness(code, "code", "goods") > likeness(number, "number"):
            return "goods"
    return "orders"


_OF_BUYERS = frozenset({"buyer_nick", "recipient", "phone", "address", "paid_at", "tracking"})


def _sure(found: dict[str, str], target: str, kind: str) -> bool:
    return target in found and likeness(found[target], target, kind) >= SURE


def guess_map(
    headings: Sequence[Heading], varying: Callable[[str], frozenset[str]] = lambda _number: frozenset(), kind: str = "orders"
) -> dict[str, str]:
    """{target: heading}: the likeliest first, each heading and each target once. What is not likely is left for the person.

    `varying(number's heading)` are the headings whose cells differ among the rows of one number (FileLook.varying).
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    for _score, _place, target, name in sorted(_scored(headings, kind), reverse=True):
        if target not in found and name not in used:
            found[target] = name
            used.add(name)
    if kind == "tracking" and "number" not in found:
        _long_number(headings, found, used)
    if kind != "orders":
        return found
    for target, least in _ALONE.items():
        for heading in headings:
            if target not in found and heading.name not in used and (fits(heading.values, target) or 0.0) >= least:
                found[target] = heading.name
                used.add(heading.name)
    if "number" not in found:
        _long_number(headings, found, used)
    if "number" in found:
        differ = varying(found["number"])
        for target, of_a_line in OF_A_LINE.items():
            if found.get(target) in differ and of_a_line not in found:
                found[of_a_line] = found.pop(target)
    return found


def _scored(headings: Sequence[Heading], kind: str) -> list[tuple[float, int, str, str]]:
    """(how likely, minus the column's place, target, heading) of all pairs that are likely enough."""
    scored: list[tuple[float, int, str, str]] = []
    for place, heading in enumerate(headings):
        for target in _words()[kind]:
            alike, shape = likeness(heading.name, target, kind), fits(heading.values, target)
            if target in {"code", "line.code"} and _long_digits(heading):
                continue
            if shape is not None and shape < 0.5 and (target != "number" or alike < 1.0):
                continue
            need = LIKELY if shape is not None and shape >= 0.9 else SURE
            if alike >= need:
                scored.append((alike + 0.2 * (shape or 0.0), -place, target, heading.name))
    return scored


def _long_number(headings: Sequence[Heading], found: dict[str, str], used: set[str]) -> None:
    """A column of 15 to 19 digits is an order number of the big platforms, whatever it is called."""
    for heading in headings:
        if heading.name not in used and _long_digits(heading):
            found["number"] = heading.name
            return


def _long_digits(heading: Heading) -> bool:
    digits = [value.strip("'\"=") for value in heading.values]
    return bool(digits) and all(re.fullmatch(r"\d{15,19}", one) for one in digits)
