"""Stocktakes and goods files under many headings: shown first, booked as one, moves since the count left alone (invariant S8)."""

from __future__ import annotations

from pathlib import Path

from services.commands.imports import import_file
from services.commands.stock import AdjustStock, ReceiveGoods
from services.desk import Desk
from services.imports.parse import parse_file
from services.queries.verify import Verify
from tests.db.looking import table
from tests.factories import make_order
from tests.imports.sample import shuffled, write

HEADINGS = ("商品编码", "条形码", "品名", "实盘数量")


def row(code: str, counted: str, barcode: str = "") -> dict[str, str]:
    return {"商品编码": code, "条形码": barcode, "实盘数量": counted}


def on_hand(desk: Desk) -> dict[int, int]:
    return {one["sku_id"]: one["on_hand"] for one in table(desk, "stock_level")}


def test_differences_are_shown_and_then_booked_in_one_command(desk: Desk, tmp_path: Path) -> None:
    for code, units in (("A", 10), ("B", 5), ("C", 1)):
        desk.perform(ReceiveGoods(code, units, 100, title=code))
    rows = [row("A", "8"), row("B", "5"), row("", "3", "C"), row("X", "4"), row("A", "1"), row("B", ""), row("C", "-1"), row("", "2")]
    path = write(tmp_path / "盘点.csv", rows, HEADINGS)
    parsed = parse_file(path)
    assert parsed.format == "stocktake"
    assert parse_file(shuffled(tmp_path / "b.csv", rows, HEADINGS)).counts == parsed.counts
    assert [(one.row, one.column, one.code) for one in parsed.rejected] == [
        (8, "实盘数量", "stock_negative"),
        (9, "商品编码", "code_missing"),
    ]
    dry = import_file(desk, path, dry_run=True).value
    told = [(one.row, one.result, one.number, one.facts.get("difference")) for one in dry.entries]
    assert told == [
        (2, "count_differs", "A", -1),
        (3, "count_agrees", "B", 0),
        (4, "sku_unknown", "C", None),
        (5, "sku_unknown", "X", None),
    ]
    assert on_hand(desk) == {1: 10, 2: 5, 3: 1}
    report = import_file(desk, path, reason="月末盘点").value
    assert report.entries == dry.entries
    assert (report.counted, report.differences, report.unmatched) == (2, 1, 2)
    assert on_hand(desk) == {1: 9, 2: 5, 3: 1}
    (moved,) = table(desk, "stock_movement", "kind = 'adjustment'")
    assert (moved["quantity"], moved["value"], moved["note"], moved["batch_id"]) == (-1, -100, "月末盘点", 1)
    assert import_file(desk, path).value.differences == 0
    assert on_hand(desk) == {1: 9, 2: 5, 3: 1}
    assert desk.read(Verify()).ok


def test_what_moved_since_the_count_stays_moved(desk: Desk, tmp_path: Path) -> None:
    desk.perform(ReceiveGoods("A", 10, 100, title="A"))
    path = write(tmp_path / "盘点.csv", [{"编码": "A", "账面库存": "10", "实盘数": "9"}], ("编码", "账面库存", "实盘数"))
    desk.perform(AdjustStock(1, 7), reason="出库 3 件")
    import_file(desk, path)
    assert on_hand(desk) == {1: 6}
    assert import_file(desk, path).value.differences == 0
    assert on_hand(desk) == {1: 6}
    report = import_file(
        desk, write(tmp_path / "c.csv", [{"编码": "A", "账面库存": "10", "实盘数": "0"}], ("编码", "账面库存", "实盘数"))
    ).value
    assert [one.result for one in report.entries] == ["count_below_zero"]
    assert on_hand(desk) == {1: 6}


def test_a_first_count_begins_the_stock_and_serves_who_waits(desk: Desk, tmp_path: Path) -> None:
    import_file(
        desk,
        write(
            tmp_path / "商品.csv",
            [{"规格商家编码": "A", "存货名称": "马克杯", "成本单价": "¥1,006.50元", "储位": "A-1"}],
            ("规格商家编码", "存货名称", "成本单价", "储位"),
        ),
    )
    make_order(desk, number="1001", lines=[{"title": "马克杯", "code": "A", "quantity": 2, "shortage": 2}])
    import_file(desk, write(tmp_path / "盘点.csv", [{"Code": "A", "Counted": "3"}], ("Code", "Counted")))
    (level,) = table(desk, "stock_level")
    assert (level["on_hand"], level["reserved"], level["value"]) == (3, 2, 3 * 1_006_50)
    assert desk.read(Verify()).ok


def test_the_seller_centres_goods_list_and_the_assistants(tmp_path: Path) -> None:
    centre = ("商品id", "发布时间", "商品名称", "品牌", "系列", "规格", "商品编码", "条形码", "商品价格", "颜色分类")
    told = {
        "商品id": "917958595420",
        "商品名称": "马克杯",
        "商品编码": "CUP-1",
        "条形码": "6901234567892",
        "商品价格": "39.90",
        "规格": "350ml",
    }
    (goods,) = parse_file(write(tmp_path / "a.csv", [told], centre)).goods
    assert (goods.item_id, goods.code, goods.barcode, goods.price, goods.properties) == (
        "917958595420",
        "CUP-1",
        "6901234567892",
        39_90,
        "350ml",
    )
    assistant = "version 1.00\ntitle,price,num,outer_id,num_id,barcode\n宝贝名称,宝贝价格,宝贝数量,商家编码,数字ID,商品条形码\n马克杯,39.9,5,CUP-1,917958595420,6901234567892\n"
    (tmp_path / "b.csv").write_bytes(assistant.replace(",", "\t").encode("utf-16"))
    (goods,) = parse_file(tmp_path / "b.csv").goods
    assert (goods.title, goods.price, goods.stock, goods.code, goods.item_id) == ("马克杯", 39_90, 5, "CUP-1", "917958595420")
