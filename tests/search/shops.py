"""Random shops whose rows the test knows, small in words so that searches find something."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from services.clock import MS_A_DAY, MS_AN_HOUR
from services.db.schema import Customer, ImportBatch, ImportConflict, OrderSource
from services.desk import Desk
from services.settings import ChangeSettings
from tests.factories import Fill, make_channel, make_orders, make_sku
from tests.frozen import START, FrozenClock

NICKS = ("tb00799907", "小熊爱喝茶", "Ｔb9", "t**3", "Straße", "山野来信17", "😀喵", "")
PEOPLE = ("王小明", "李浩", "金*", "欧阳明月", "", "ÀLEX")
PHONES = ("16800002106", "16000006748", "168****9900", "+86 138-0013", "", "1234")
PLACES = (("浙江省", "杭州市", "西湖区"), ("上海市", "上海市", "浦东新区"), ("西藏自治区", "拉萨市", ""), ("", "", ""))
NOTES = (
    "",
    "",
    "加急",
    "加急 VIP 1234",
    "请尽快发货，谢谢",
    "100%好评_\\",
    "补差价 5 元",
    "😀😀",
    "生日\n贺卡",
    'a"b',
    "12",
    "👩‍🔬👍🏽 ok",
    "𠮷野家",
)
TAGS = ("", "", "vip", "礼物,VIP", "加急,大件")
GOODS = (
    {"title": "手作粗陶马克杯 带盖", "code": "CUP-02", "properties": "颜色分类:黛蓝;容量:350ml"},
    {"title": "亚麻桌布 ins风", "code": "TBL-02-130", "item_id": "959061548441"},
    {"title": "加急费", "code": ""},
    {"title": "Mug 马克", "code": "cup-9"},
)
SKUS = {"CUP-02": "粗陶杯", "TBL-02-130": ""}
STATUSES = ("awaiting_payment", "awaiting_shipment", "awaiting_shipment", "shipped", "completed", "closed")
REASONS = ("", "out_of_stock", "买家不想买了", "退款", "other")
CHANNELS = ("taobao", "pdd")
CARRIERS = ("SF", "YTO", "STO")
TIERS = ("", "", "loyal", "regular", "occasional", "new", "sleeping")


def _numbers(chance: random.Random, place: int) -> str:
    if chance.random() < 0.2:
        return f"M{place}-{chance.randrange(100):02d}"
    return "".join(chance.choice("0123456789") for _ in range(15)) + f"{place % 7:01d}{place:03d}"


def _order(chance: random.Random, place: int) -> dict[str, Any]:
    status = chance.choice(STATUSES)
    created_at = START - chance.randrange(40 * MS_A_DAY) // MS_AN_HOUR * MS_AN_HOUR
    province, city, district = chance.choice(PLACES)
    lines = []
    for _ in range(chance.choice((0, 1, 1, 2))):
        quantity = chance.randint(1, 3)
        goods: dict[str, Any] = dict(chance.choice(GOODS))
        lines.append(
            goods
            | {
                "quantity": quantity,
                "price": chance.choice((0, 1000, 2590)),
                "refund_state": chance.choice(("", "", "", "refunded", "requested")),
            }
        )
    paid_at = created_at + MS_AN_HOUR if status not in {"awaiting_payment", "closed"} else None
    paid = chance.choice((None, 1000, 10000)) if paid_at else 0
    cases = [
        {"kind": chance.choice(("refund_only", "exchange")), "state": chance.choice(("requested", "refunded", "withdrawn"))}
        for _ in range(chance.choice((0, 0, 0, 1)))
    ]
    parcels = [
        {
            "carrier": chance.choice(CARRIERS),
            "tracking_number": f"YT{place:07d}{copy:06d}",
            "state": chance.choice(("shipped", "shipped", "void")),
        }
        for copy in range(chance.choice((0, 1, 2)) if status in {"shipped", "completed"} else 0)
    ]
    return {
        "number": _numbers(chance, place),
        "channel": chance.choice(CHANNELS),
        "status": status,
        "buyer_nick": chance.choice(NICKS),
        "recipient": chance.choice(PEOPLE),
        "phone": (phone := chance.choice(PHONES)),
        "phone_tail": phone[-4:],
        "tel": chance.choice(("", "", "021-00005670")),
        "province": province,
        "city": city,
        "district": district,
        "address": chance.choice(("文三路1号", "Nanjing Rd 8", "")),
        "flag": chance.randrange(6),
        "tags": chance.choice(TAGS),
        "seller_memo": chance.choice(NOTES),
        "buyer_message": chance.choice(NOTES),
        "goods_amount": chance.choice((None, 1000, 2590)),
        "discount": chance.choice((None, 0, 500)),
        "payable": chance.choice((None, 1000, 10000)),
        "paid": paid,
        "refunded": chance.choice((0, 0, 500)) if paid else 0,
        "freight": chance.choice((None, 0, 800)),
        "quantity": sum(line["quantity"] for line in lines) if lines else chance.choice((None, 2)),
        "created_at": created_at,
        "paid_at": paid_at,
        "shipped_at": created_at + MS_A_DAY if status in {"shipped", "completed"} else None,
        "completed_at": created_at + 3 * MS_A_DAY if status == "completed" else None,
        "closed_at": created_at + MS_A_DAY if status == "closed" else None,
        "ship_by": chance.choice((None, created_at + 2 * MS_A_DAY)),
        "close_reason": chance.choice(REASONS) if status == "closed" else "",
        "close_note": "",
        "checked_at": chance.choice((None, None, created_at + 2 * MS_AN_HOUR)),
        "masked": chance.random() < 0.2,
        "lines_unknown": not lines,
        "shortage": chance.choice((0, 0, 2)),
        "unmatched": chance.choice((0, 0, 1)),
        "slip_copies": chance.choice((0, 0, 1)),
        "label_copies": chance.choice((0, 0, 2)),
        "open_cases": chance.choice((0, 0, 1)),
        "approvals": chance.choice((0, 0, 0, 1)),
        "lines": lines,
        "cases": cases,
        "parcels": parcels,
    }


def _settle(desk: Desk, seed: int) -> dict[str, Any]:
    """What the shop chose; a third of the shops choose nothing."""
    if seed % 3 == 0:
        return {"ship_only_checked": False, "priority_tiers": ["loyal"]}
    chosen = {"ship_only_checked": seed % 2 == 0, "priority_tiers": ["new", "sleeping"]}
    desk.perform(ChangeSettings(tuple(chosen.items())))
    return chosen


def _buyers(desk: Desk, chance: random.Random, count: int) -> dict[int, dict[str, Any]]:
    channel = make_channel(desk, CHANNELS[0])
    rows = [
        {"channel_id": channel, "nick": f"n{place}", "masked": chance.random() < 0.2, "tier": chance.choice(TIERS), "first_seen_at": START}
        for place in range(count)
    ]
    return dict(zip(desk.perform(Fill(Customer, rows)).value, rows, strict=True))


def make_shop(folder: Path, seed: int, count: int) -> tuple[Desk, list[dict[str, Any]]]:
    """A Desk and its orders as the test knows them, each with its `id`, what its buyer is, and what the shop chose."""
    chance = random.Random(seed)
    desk = Desk.open(folder, clock=FrozenClock())
    for code, title in SKUS.items():
        make_sku(desk, code, title=title)
    orders = [_order(chance, place) for place in range(count)]
    chosen = _settle(desk, seed)
    buyers = _buyers(desk, chance, count // 2)
    for order in orders:
        order["customer_id"] = chance.choice((None, *buyers))
    ids = make_orders(desk, orders)
    for order in orders:
        buyer = buyers.get(order["customer_id"], {"masked": True, "tier": ""})
        order["tier"] = buyer["tier"]
        order["priority"] = buyer["tier"] in chosen["priority_tiers"]
        alike = sum(other["customer_id"] == order["customer_id"] for other in orders)
        order["repeat"] = not buyer["masked"] and alike > 1
        order["must_check"] = chosen["ship_only_checked"]
    batches = desk.perform(Fill(ImportBatch, [_batch(name) for name in ("a.csv", "b.xlsx")])).value
    sources = []
    for order, order_id in zip(orders, ids, strict=True):
        order["id"] = order_id
        mine = [batch for batch in batches if chance.random() < 0.3]
        order["batches"] = [f"B{batch}" for batch in mine]
        sources += [
            {"order_id": order_id, "kind": f"k{batch}", "batch_id": batch, "row": 2, "file_time": START, "digest": b"", "told": "{}"}
            for batch in mine
        ]
        order["conflict"] = chance.random() < 0.2
        for line in order["lines"]:
            code = line["code"]
            line.update(
                {"properties": line.get("properties", ""), "sku_code": code if code in SKUS else "", "sku_title": SKUS.get(code, "")}
            )
            line["sku_properties"] = ""
    desk.perform(Fill(OrderSource, sources))
    desk.perform(Fill(ImportConflict, [_conflict(order["id"], batches[0], chance) for order in orders if order["conflict"]]))
    return desk, orders


def _conflict(order_id: int, batch_id: int, chance: random.Random) -> dict[str, Any]:
    field = chance.choice(("seller_memo", "status"))
    values = {"order_id": order_id, "field": field, "part": 0, "ours": "", "theirs": "x", "batch_id": batch_id, "row": 2}
    return values | {"file_time": START, "found_at": START, "state": "open", "decided_at": None, "decided_by": ""}


def _batch(name: str) -> dict[str, Any]:
    return {
        "file_name": name,
        "file_hash": name,
        "file_time": START,
        "format": "taobao.orders.g4",
        "encoding": "gb18030",
        "at": START,
        "rows": 1,
        "headings": "[]",
        "report": '{"sheet": "Sheet1"}',
    }
