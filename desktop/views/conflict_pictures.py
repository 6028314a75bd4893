"""Lines for the pictures of conflicts and held rows, of which the demo shop has none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.formats import MS_AN_HOUR

FILE = "ExportOrderList202611221358.csv"


def conflicts(now: int) -> Sequence[Any]:
    from services.queries.conflict_rows import ConflictRow

    told = (
        ("302144130992660931", "山城小满", "seller_memo", "周三前发，送茶样", "周三前发", "owner", 4, "awaiting_shipment", ""),
        ("302144130992666612", "橘子汽水铺", "address", "浙江省 杭州市 西湖区 文三路 1 号 3 单元 502", "浙江省 杭州市 西湖区 文三路 1 号",
         "owner", 2, "awaiting_shipment", ""),
        ("302144130992663459", "不吃香菜", "flag", "1", "3", "owner", 26, "awaiting_shipment", ""),
        ("302144130992668870", "青柠不加糖", "status", "shipped", "awaiting_shipment", "", 0, "shipped", "conflict_status_back"),
    )  # fmt: skip
    return tuple(
        ConflictRow(
            id=place + 1,
            order_id=place + 1,
            number=number,
            channel="taobao",
            field=field,
            part=0,
            ours=ours,
            theirs=theirs,
            batch_id=9,
            file_name=FILE,
            row=12 + 57 * place,
            file_time=now - MS_AN_HOUR,
            found_at=now,
            state="open",
            decided_at=None,
            decided_by="",
            buyer_nick=buyer,
            status=status,
            ship_by=now + (5 + place * 7) * MS_AN_HOUR if status == "awaiting_shipment" else None,
            goods="明前龙井 100g",
            sheet="",
            imported_at=now - MS_AN_HOUR // 2,
            title="",
            hindrance=hindrance,
            edited_by=actor,
            edited_at=now - hours * MS_AN_HOUR if actor else None,
        )
        for place, (number, buyer, field, ours, theirs, actor, hours, status, hindrance) in enumerate(told)
    )


def held(now: int) -> Sequence[Any]:
    from services.queries.held_rows import HeldRow

    rows = ((118, "302144130992667764", "拼团中", "半山听雨", "98.00"), (431, "302144130992661204", "拼团中", "小院煮茶", "196.00"))
    return tuple(
        HeldRow(
            9,
            FILE,
            now - MS_AN_HOUR,
            row,
            number,
            "订单状态",
            word,
            "status_unknown",
            (
                ("订单编号", number),
                ("买家会员名", buyer),
                ("买家实际支付金额", paid),
                ("订单状态", word),
                ("收货人姓名", "王小明"),
                ("收货地址", "浙江省 杭州市 西湖区 文三路 1 号"),
            ),
            place,
        )
        for place, (row, number, word, buyer, paid) in enumerate(rows)
    )
