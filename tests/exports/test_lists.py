"""Every table that there is can be written, its columns chosen, in both languages; what stands in them is what the shop holds."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from services.commands.aftersales import RefundOrder
from services.commands.edits import EditOrders
from services.commands.stock import AdjustStock, ReceiveGoods
from services.defuse import guard
from services.desk import Desk
from services.errors import BadInput
from services.exports.lists import ADDRESSES, AMOUNTS, CUSTOMERS, DUPLICATES, GOODS, IMPORTS, MOVEMENTS, REJECTED, region_table
from services.exports.registry import table_of, tables
from services.exports.tables import ALL, ExportTable, export_table
from services.queries.order_json import OrdersJson
from services.queries.order_rows import OrderIds
from services.queries.region_counts import RegionCounts
from services.queries.stock_rows import StockIds
from tests.commands.test_imports import bring
from tests.factories import make_order, make_sku
from tests.frozen import FrozenClock
from tests.imports.sample import order_row

ZONE = "Asia/Shanghai"
NAMES = tuple(tables(ZONE))
TEA = [{"title": "桂花乌龙茶 250克", "price": 4500}]


def written(desk: Desk, folder: Path, table: ExportTable, search: str = "", lang: str = "zh") -> list[dict[str, str]]:
    path = folder / f"{table.key}.csv"
    export_table(desk, table, table.ids(desk, search) if table.ids is not None else (), path, lang, keys=table.sets.get(ALL, ()))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def as_json(desk: Desk, folder: Path, table: ExportTable) -> list[dict[str, Any]]:
    path = folder / f"{table.key}.json"
    export_table(desk, table, table.ids(desk, "") if table.ids is not None else (), path, "zh")
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return found


@pytest.fixture
def busy(desk: Desk, tmp_path: Path) -> Desk:
    """Something in every table."""
    clock = desk.clock
    assert isinstance(clock, FrozenClock)
    make_sku(desk, "WL-GH-250", title="桂花乌龙 250g 罐装")
    desk.perform(ReceiveGoods("CUP-1", 20, 900, title="马克杯"))
    clock.advance(ms=60_000)
    cup = next(sku_id for sku_id in desk.read(StockIds("CUP-1")))
    desk.perform(AdjustStock(cup, 17, "damage"), reason="碰碎")
    now = clock.now()
    make_order(desk, number="2001", created_at=now, unmatched=1, buyer_nick="甲", phone="16800000009", lines=TEA, tags="加急")
    make_order(
        desk, number="2002", created_at=now, city="南京市", district="玄武区", phone="16800000002", recipient="李四", buyer_nick="乙"
    )
    make_order(desk, number="2003", created_at=now, payable=100, paid=200, phone="16800000003", recipient="赵六", buyer_nick="丙")
    for number in ("2004", "2005"):
        make_order(desk, number=number, created_at=now + int(number), phone="16800000004", recipient="孙七", buyer_nick="=丁", lines=TEA)
    bring(desk, tmp_path, order_row("6001", 订单备注="原来"), order_row(订单状态="交易仲裁中"), order_row("6002", 总金额="一"))
    order = _order(desk, "6001")
    desk.perform(RefundOrder(_order(desk, "2003"), "refund_only", amount=100), reason="补偿")
    desk.perform(EditOrders((order,), {"seller_memo": "这里的"}))
    bring(desk, tmp_path, order_row("6001", 订单备注="文件的"), day=14)
    return desk


def _order(desk: Desk, number: str) -> int:
    (found,) = desk.read(OrderIds(f"number={number}"))
    return int(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_written_with_titles_of_its_own(busy: Desk, tmp_path: Path, name: str, lang: str) -> None:
    table = table_of(name, ZONE)
    columns = table.columns(lang)
    assert len({column.key for column in columns}) == len({column.title for column in columns}) == len(columns)
    assert all(column.title != column.key for column in columns)
    assert all(re.search(r"[\u4e00-\u9fff]", column.title) is not None for column in columns if lang == "zh")
    rows = written(busy, tmp_path, table, lang=lang)
    assert rows, name
    assert list(rows[0]) == [column.title for column in columns]
    assert len(as_json(busy, tmp_path, table)) == len(rows)


def test_a_movement_tells_what_was_there_after_it(busy: Desk, tmp_path: Path) -> None:
    rows = [row for row in written(busy, tmp_path, MOVEMENTS) if row["商家编码"] == "CUP-1"]
    assert [(row["类型"], row["出入数量"], row["结存"], row["金额"]) for row in rows] == [
        ("收货", "20", "20", "180.00"),
        ("报损", "-3", "17", "-27.00"),
    ]
    assert written(busy, tmp_path, MOVEMENTS, "nothing of that name") == []


def test_a_customer_has_the_sums_of_the_orders(busy: Desk, tmp_path: Path) -> None:
    order = next(one for one in busy.read(OrdersJson()).orders if one["number"] == "6001")
    (row,) = written(busy, tmp_path, CUSTOMERS, order["buyer_nick"])
    assert (row["买家"], row["渠道"], row["订单数"], row["实付"], row["收货人"], row["手机"]) == (
        order["buyer_nick"], "淘宝", "1", order["paid"], order["recipient"], guard(order["phone"])
    )  # fmt: skip
    assert row["首次下单"] == row["最近下单"] == order["created_at"][:19].replace("T", " ")
    personal = {column.key for column in CUSTOMERS.columns("zh") if column.personal}
    assert personal == {"buyer_nick", "recipient", "phone", "address", "note"}


def test_the_worklists_say_what_is_wrong_in_words(busy: Desk, tmp_path: Path) -> None:
    (goods,) = [row for row in written(busy, tmp_path, GOODS) if row["商品名称"] == TEA[0]["title"]]
    assert (goods["成交单价"], goods["最像的编码"], goods["相似度"][-1]) == ("45.00", "WL-GH-250", "%")
    address = next(row for row in written(busy, tmp_path, ADDRESSES) if row["订单号"] == "2002")
    assert (address["问题"], address["识别结果"]) == ("省市不符", "省：江苏省")
    amount = next(row for row in written(busy, tmp_path, AMOUNTS) if row["订单号"] == "2003")
    assert (amount["问题"], amount["应付"], amount["实付"]) == ("实付大于应付", "1.00", "2.00")
    twin = next(row for row in written(busy, tmp_path, DUPLICATES) if row["订单号"] == "2005")
    assert (twin["与哪单重复"], twin["问题"]) == ("2004", "重复下单")
    assert as_json(busy, tmp_path, AMOUNTS)[0]["wrong"] == "paid_above_payable"


def test_imports_conflicts_and_rows_left_out(busy: Desk, tmp_path: Path) -> None:
    later, first = written(busy, tmp_path, IMPORTS)
    assert (first["导入批次"], first["新增订单"], first["未导入行"], later["冲突"]) == ("B1", "1", "2", "1")
    conflict, *_others = written(busy, tmp_path, table_of("conflicts", ZONE), "6001")
    assert (conflict["订单号"], conflict["本店的值"], conflict["文件里的值"]) == ("6001", "这里的", "文件的")
    rejected = written(busy, tmp_path, REJECTED)
    assert {row["内容"] for row in rejected} == {"交易仲裁中", "一"}
    assert all(row["原因"] for row in rejected)


def test_regions_are_one_row_a_city(busy: Desk, tmp_path: Path) -> None:
    counted = busy.read(RegionCounts())
    rows = written(busy, tmp_path, region_table(counted))
    assert sum(int(row["订单数"]) for row in rows) == sum(one.orders for one in counted)
    assert {row["省"] for row in rows} == {one.name for one in counted}


def test_a_wrong_table_is_named_with_the_nearest() -> None:
    with pytest.raises(BadInput) as caught:
        table_of("customer", ZONE)
    assert (caught.value.code, caught.value.facts["suggestion"]) == ("export_table_unknown", "customers")
