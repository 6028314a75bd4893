"""A shop full of marks: phones, names, streets and costs that are found again wherever they come to light."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from services.access import Viewer
from services.commands.aftersales import RefundOrder
from services.commands.approvals import ProposeChange
from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.commands.manual_draft import DraftLine, OrderDraft
from services.commands.manual_orders import CreateOrder, Payment
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import AdjustStock, ReceiveGoods
from services.db.schema import MoneyEntry, MoneyRecord
from services.demo.sample_export import write_sample_export
from services.desk import Desk
from services.domain.amendments import Amendment
from services.domain.permissions import PERMISSIONS, ROLES
from tests.factories import Fill, make_order, make_sku

NAME, STREET, PHONE, TEL, CODE = "欧阳标", "玛卡路七十七号", "13955567788", "0571-88776655", "310099"
OTHER_NAME, OTHER_STREET, OTHER_PHONE = "司徒标", "奈良路八十八号", "13744456677"
PERSONAL = (NAME, STREET, "55567", "88776", CODE, OTHER_NAME, OTHER_STREET, "44456")
"""What must not be read by who may not see it: middles of numbers, since their ends are told."""
COST, WORTH = 474_747, 8
COSTS = {COST, COST * WORTH, COST * (WORTH - 1), COST * (WORTH - 2), COST + 1}
COST_WORDS = ("474747", "4747.47", "4,747.47", "4747.4", "4,747.4")
FREIGHT_COST = 31_313
ALL = frozenset(PERMISSIONS)
BLIND = {
    "personal": Viewer("盲", "blind", ALL - {"see_personal"}),
    "costs": Viewer("盲", "blind", ALL - {"see_costs"}),
    "both": Viewer("盲", "blind", ALL - {"see_personal", "see_costs"}),
}


def fill(desk: Desk, folder: Path) -> None:
    """Orders made, imported, edited, sent, refunded; conflicts, rejected and held rows, goods with costs, money with counterparts."""
    reason = "买家要求"
    make_sku(desk, "CUP-1", title="马克杯", cost=COST)
    line = {"title": "马克杯", "code": "CUP-1", "price": 1500}
    person = {"recipient": NAME, "phone": PHONE, "tel": TEL, "address": STREET, "postcode": CODE}
    waiting = make_order(desk, number="9001", lines=[line | {"quantity": 2, "shortage": 2}], **person)
    make_order(desk, number="9002", lines=[{"title": "茶盘", "code": "XP-9"}], **person | {"address": ""})
    make_order(desk, number="9003", buyer_nick="tb0001", lines=[line], **person)
    sent = make_order(desk, number="9004", lines=[line | {"shortage": 1}], **person)
    desk.perform(ReceiveGoods("CUP-1", WORTH, COST))
    desk.perform(ReceiveGoods("BOWL-1", 3, COST + 1, title="碗"))
    desk.perform(EditOrders((waiting,), {"recipient": OTHER_NAME, "phone": OTHER_PHONE, "address": OTHER_STREET}), reason=reason)
    desk.perform(EditOrders((waiting,), {"address": STREET}), reason=reason)
    desk.perform(ShipOrders((Shipment(sent, "ZTO", "78901234567890"),)))
    desk.perform(RefundOrder(sent, "refund_only", amount=100), reason=reason)
    draft = OrderDraft("青柠", NAME, PHONE, "浙江省", "杭州市", "西湖区", STREET, lines=(DraftLine(1, "", 1, 1500),))
    desk.perform(CreateOrder(draft, Payment(1500, "cash")))
    desk.perform(AdjustStock(1, WORTH - 2), reason="盘点")
    for kind in ("freight_cost", "platform_fee"):
        entry = {"order_id": sent, "kind": kind, "amount": -FREIGHT_COST, "at": desk.clock.now(), "source": "test", "key": f"t:{kind}"}
        desk.perform(Fill(MoneyEntry, [entry]))
    owner, desk.viewer = desk.viewer, Viewer("小王", "clerk", ROLES["clerk"])
    desk.perform(ProposeChange(waiting, Amendment(discount=100)), reason=reason)
    desk.viewer = owner
    _imports(desk, folder, reason)
    record = {"batch_id": 1, "row": 2, "account": "alipay", "flow": "1", "kind": "sale", "amount": 1, "at": 1, "counterpart": NAME}
    desk.perform(Fill(MoneyRecord, [record]))


def _imports(desk: Desk, folder: Path, reason: str) -> None:
    """The same order list three times: as it is, then with other addresses against edited ones, one row spoilt, one of a held kind."""
    orders, goods = write_sample_export(folder, desk.clock.now())
    first = _marked(orders, folder / "ExportOrderList202611221500.csv", NAME, STREET, PHONE)
    import_file(desk, first)
    import_file(desk, goods)
    raw = [row[0] for row in desk.read(_Sql("SELECT id FROM orders WHERE recipient = ? ORDER BY id LIMIT 16", (NAME,)))][-8:]
    desk.perform(EditOrders(tuple(raw), {"recipient": OTHER_NAME, "address": OTHER_STREET, "phone": OTHER_PHONE}), reason=reason)
    second = _marked(orders, folder / "ExportOrderList202611231500.csv", NAME + "二", STREET + "二", PHONE, spoil=True)
    desk.clock.advance(days=1)  # type: ignore[attr-defined]
    import_file(desk, second)
    wares = folder / "goods.csv"
    wares.write_text(
        "商家编码,商品名称,成本价,销售价,库存\nCUP-1,马克杯," + f"{COST / 100 + 0.01:.2f},20,\nPOT-1,壶,{COST / 100:.2f},30,4\n", "utf-8"
    )
    import_file(desk, wares, format="goods")


def _marked(source: Path, target: Path, name: str, street: str, phone: str, *, spoil: bool = False) -> Path:
    raw = source.read_bytes()
    encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030"
    rows = list(csv.reader(raw.decode(encoding).splitlines()))
    place = {heading.strip(): at for at, heading in enumerate(rows[0])}
    for number, row in enumerate(rows[1:]):
        row[place["收货人姓名"]] = name
        row[place["收货地址"]] = f"浙江省 杭州市 西湖区 {street}"
        row[place["联系手机"]] = f"'{phone}"
        if spoil and number == 0:
            row[place["订单创建时间"]] = f"{name} {phone}"
        if spoil and number == 1:
            row[place["订单状态"]] = "拼团中"
    with target.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return target


@dataclasses.dataclass(frozen=True)
class _Sql:
    statement: str
    params: tuple[Any, ...] = ()

    def run(self, reading: Any) -> list[tuple[Any, ...]]:
        return reading.sql(self.statement, self.params)  # type: ignore[no-any-return]


def leaves(answer: Any) -> Iterator[Any]:
    """Every value in an answer, however it is wrapped."""
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        for one in dataclasses.fields(answer):
            yield from leaves(getattr(answer, one.name))
    elif isinstance(answer, Mapping):
        for key, value in answer.items():
            yield from leaves(key)
            yield from leaves(value)
    elif isinstance(answer, str | bytes | int | float) or answer is None:
        yield answer
    elif hasattr(answer, "__iter__"):
        for one in answer:
            yield from leaves(one)
    else:
        for name in getattr(type(answer), "__slots__", ()):
            yield from leaves(getattr(answer, name, None))


def personal_in(answer: Any) -> set[str]:
    """The marks of people in an answer."""
    texts = [str(one) for one in leaves(answer) if isinstance(one, str | bytes)]
    return {mark for mark in PERSONAL for text in texts if mark in text}


def costs_in(answer: Any) -> set[str]:
    """The marks of costs in an answer, as numbers or as words."""
    found = set()
    for one in leaves(answer):
        if isinstance(one, str):
            found |= {mark for mark in COST_WORDS if mark in one}
        elif isinstance(one, int) and (abs(one) in COSTS or abs(one) == FREIGHT_COST):
            found.add(str(one))
    return found
