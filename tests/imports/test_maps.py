"""Maps of somebody else's tables: guessed, previewed, kept for the headings' set, and used by themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.commands.import_maps import RemoveImportMap, RenameImportMap, SaveImportMap
from services.commands.imports import import_file
from services.desk import Desk
from services.errors import BadInput, DeskError, NotFound, Refused
from services.imports.formats.mapped import TARGETS
from services.imports.guess_map import guess_kind, guess_map
from services.imports.kept_maps import KeptMaps, fingerprint
from services.imports.map_look import ORDERS, look_at, preview_map
from services.imports.map_tables import TARGETS_OF
from services.imports.parse import parse_file
from services.imports.records import CountRecord, GoodsRecord, ParcelRecord, WaybillRecord
from services.imports.several import plan_files
from services.queries.audit_trail import AuditFilter, AuditIds, AuditRows
from services.queries.order_json import OrdersJson
from services.words import trail
from services.words.import_maps import MAP_FIELDS, MAP_KINDS
from tests.imports.books import xlsx

ZONE = "Asia/Shanghai"
HEADINGS = "单据编号,客户名,联系方式,送货地址,货品名称,件数,单价(元),应收金额,下单日期,处理进度"
ROWS = [
    "XS0001,青柠,16812345678,浙江省杭州市西湖区文一路1号,马克杯,2,41.30,82.60,2026/11/20 09:05,配货中",
    "XS0001,青柠,16812345678,浙江省杭州市西湖区文一路1号,茶盘,1,58.00,58.00,2026/11/20 09:05,配货中",
    "XS0002,小满,16812345679,上海市徐汇区漕溪路2号,茶盘,1,58.00,58.00,2026/11/21 10:00,已发货",
]
MAP: dict[str, Any] = {
    "number": "单据编号",
    "buyer_nick": "客户名",
    "phone": "联系方式",
    "address": "送货地址",
    "created_at": "下单日期",
    "line.title": "货品名称",
    "line.quantity": "件数",
    "line.price": "单价(元)",
    "status": {"column": "处理进度", "values": {"配货中": "awaiting_shipment", "已发货": "shipped"}},
}


def write(path: Path, rows: list[str] = ROWS, headings: str = HEADINGS, encoding: str = "gb18030") -> Path:
    path.write_text("\r\n".join([headings, *rows]) + "\r\n", encoding)
    return path


def names(path: Path) -> tuple[str, ...]:
    return look_at(path).names


def test_every_target_of_a_map_has_its_place_and_words() -> None:
    assert {target for targets in MAP_FIELDS.values() for target in targets} == TARGETS


def test_a_file_is_looked_at_with_its_guesses(tmp_path: Path) -> None:
    titled = write(tmp_path / "a.csv", [f"{HEADINGS}", *ROWS], "十一月出货单,,,,,,,,,")
    look = look_at(titled)
    assert (look.kind, look.encoding, look.delimiter, look.header_row, look.decimal, look.rows) == ("csv", "gbk", ",", 2, ".", 3)
    assert look.headings[0].samples == ("XS0001", "XS0002")
    assert look.varying("单据编号") == {"货品名称", "件数", "单价(元)", "应收金额"}
    comma = write(tmp_path / "b.csv", ["A1;1.234,50;x"], "Order no;Total;Name", "utf-8")
    assert (look_at(comma).delimiter, look_at(comma).decimal) == (";", ",")
    assert look_at(titled, {"header_row": 1}).names[0] == "十一月出货单"


def test_guesses_come_by_names_and_by_what_the_values_look_like(tmp_path: Path) -> None:
    look = look_at(write(tmp_path / "a.csv"))
    found = guess_map(look.headings, look.varying)
    expected = {
        "number": "单据编号",
        "phone": "联系方式",
        "address": "送货地址",
        "created_at": "下单日期",
        "line.title": "货品名称",
        "line.quantity": "件数",
        "line.price": "单价(元)",
        "line.payable": "应收金额",
    }
    assert {target: found.get(target) for target in expected} == expected
    nameless = write(tmp_path / "b.csv", ["3021984455667764123,16812345678,待发货,2026-11-01,12.50"], "甲,乙,丙,丁,戊")
    assert guess_map(look_at(nameless).headings) == {"number": "甲", "phone": "乙", "status": "丙", "created_at": "丁"}


def test_no_heading_and_no_field_is_taken_twice(reference: Path) -> None:
    for path in sorted((reference / "exports").glob("*orders*.csv")):
        found = guess_map(look_at(path).headings)
        assert "number" in found or path.stem.startswith("shopify")  # there it is called Name
        assert len(set(found.values())) == len(found)


def test_the_preview_is_what_would_come_in_and_why_the_rest_would_not(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv", [*ROWS, "XS0003,x,1,地,杯,一个,1.00,1.00,2026/11/21,配货中", "XS0004,x,1,地,杯,1,1.00,1.00,2026/11/21,飞走了"]
    )
    found = preview_map(path, MAP, ZONE)
    assert [(order.number, order.status, len(order.lines), order.goods_amount) for order in found.orders] == [
        ("XS0001", "awaiting_shipment", 2, 14060),
        ("XS0002", "shipped", 1, 5800),
    ]
    assert [(reject.row, reject.column, reject.code) for reject in found.rejected] == [
        (5, "件数", "quantity"),
        (6, "处理进度", "status_unknown"),
    ]
    assert found.samples["number"] == "XS0001"
    assert not found.more


def test_the_preview_of_a_long_file_ends_soon(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [f"XS{row:05d},a,1,b,杯,1,1.00,1.00,2026/11/20,配货中" for row in range(5_000)])
    found = preview_map(path, MAP, ZONE)
    assert found.more
    assert len(found.orders) == ORDERS
    assert 2_000 <= found.rows < 2_500


def test_a_map_that_can_not_be_used_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv")
    trouble = preview_map(path, {"paid": "应收金额"}, ZONE).trouble
    assert trouble is not None
    assert trouble.code == "map_target_missing"
    missing = preview_map(path, {"number": "没有"}, ZONE).trouble
    assert missing is not None
    assert missing.code == "map_heading_missing"


def test_a_kept_map_reads_files_with_these_headings_by_itself(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv")
    with pytest.raises(BadInput, match="format_not_recognised"):
        import_file(desk, path)
    desk.perform(SaveImportMap(" 老  系统 ", names(path), MAP))
    (kept,) = desk.read(KeptMaps())
    assert (kept.name, kept.told, kept.headings) == ("老 系统", MAP, names(path))
    assert import_file(desk, path).value.orders_new == 2
    # The same columns in another order, written otherwise: the same set.
    columns = list(zip(*(row.split(",") for row in [HEADINGS, *ROWS]), strict=True))[::-1]
    turned = [",".join(cells) for cells in zip(*columns, strict=True)]
    other = write(tmp_path / "b.csv", turned[1:], turned[0].replace("客户名", " 客户名 "), "utf-8")
    assert import_file(desk, other).value.orders_unchanged == 2
    (planned,) = plan_files(desk, [other])
    assert planned.map is not None
    assert planned.map.name == "老 系统"
    # One heading more is another table.
    with pytest.raises(BadInput, match="format_not_recognised"):
        import_file(desk, write(tmp_path / "c.csv", [f"{row},x" for row in ROWS], f"{HEADINGS},又一列"))
    order = next(one for one in desk.read(OrdersJson()).orders if one["number"] == "XS0001")
    assert (order["status"], order["province"], len(order["lines"])) == ("awaiting_shipment", "浙江省", 2)


def test_a_map_of_the_moment_is_used_and_not_kept(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv")
    (planned,) = plan_files(desk, [path], maps={path: MAP})
    assert planned.plan is not None
    assert (len(planned.plan.new), planned.map) == (2, None)
    assert desk.read(KeptMaps()) == ()


def test_saving_again_changes_the_map_of_the_same_headings(desk: Desk, tmp_path: Path) -> None:
    heads = names(write(tmp_path / "a.csv"))
    first = desk.perform(SaveImportMap("老系统", heads, MAP)).value
    assert desk.perform(SaveImportMap("新名字", heads[::-1], {"number": "单据编号"})).value == first
    (kept,) = desk.read(KeptMaps())
    assert (kept.name, kept.told) == ("新名字", {"number": "单据编号"})
    desk.perform(RenameImportMap(first, " 门店 "))
    assert [one.name for one in desk.read(KeptMaps())] == ["门店"]
    desk.perform(SaveImportMap("总部", ("甲",), {"number": "甲"}))
    for name, code in (("总部", "map_name_taken"), ("", "map_name_empty"), ("长" * 61, "map_name_long")):
        with pytest.raises(DeskError, match=code):
            desk.perform(RenameImportMap(first, name))
    with pytest.raises(NotFound, match="map_not_found"):
        desk.perform(RenameImportMap(99, "x"))
    desk.perform(RemoveImportMap(desk.read(KeptMaps())[0].id))
    desk.perform(RemoveImportMap(first))
    assert desk.read(KeptMaps()) == ()
    with pytest.raises(NotFound, match="map_not_found"):
        desk.perform(RemoveImportMap(first))
    rows = desk.read(AuditRows(tuple(desk.read(AuditIds(AuditFilter())))))
    said = [trail.sentence(row, "zh") for row in rows]
    assert "保存字段对应：名称" in said
    assert "保存字段对应：新增字段对应" in said
    assert "字段对应改名：名称" in said
    assert "删除字段对应：删除字段对应" in said


@pytest.mark.parametrize(
    ("name", "told", "code"),
    [
        ("", MAP, "map_name_empty"),
        ("长" * 61, MAP, "map_name_long"),
        ("a", {}, "map_target_missing"),
        ("a", {"number": "没有这一列"}, "map_heading_missing"),
        ("a", {"number": "单据编号", "nonsense": "客户名"}, "map_target"),
        ("taken", {"number": "甲"}, "map_heading_missing"),
    ],
)
def test_what_can_not_be_kept_is_refused(desk: Desk, tmp_path: Path, name: str, told: dict[str, Any], code: str) -> None:
    with pytest.raises(DeskError) as caught:
        desk.perform(SaveImportMap(name, names(write(tmp_path / "a.csv")), told))
    assert caught.value.code == code
    assert desk.read(KeptMaps()) == ()


def test_two_sets_of_headings_have_two_names(desk: Desk) -> None:
    desk.perform(SaveImportMap("老系统", ("甲",), {"number": "甲"}))
    with pytest.raises(Refused, match="map_name_taken"):
        desk.perform(SaveImportMap("老系统", ("乙",), {"number": "乙"}))


def test_fingerprints_are_of_sets() -> None:
    assert fingerprint(["a", " b（1） ", "a", ""]) == fingerprint(["b(1)", "a"])
    assert fingerprint(["a"]) != fingerprint(["a", "b"])


def test_a_map_is_plain_json(desk: Desk) -> None:
    desk.perform(
        SaveImportMap("老系统", ("甲", "乙"), {"number": "甲", "paid": {"sum": ["甲", "乙"], "round": 2}, "options": {"decimal": ","}})
    )
    (kept,) = desk.read(KeptMaps())
    assert json.loads(json.dumps(kept.told)) == {"number": "甲", "paid": {"sum": ["甲", "乙"], "round": 2}, "options": {"decimal": ","}}


def test_a_kept_map_finds_its_headings_in_another_sheet_row_and_kind_of_file(desk: Desk, tmp_path: Path) -> None:
    """What was told of the first file need not be so in the next: months have their sheets, titles come and go."""
    heads = ["单号", "客户", "金额"]
    told = {"number": "单号", "buyer_nick": "客户", "paid": "金额", "status": {"const": "completed"}}
    options = {"encoding": "gb18030", "delimiter": ";", "sheet": "10月", "header_row": 3}
    desk.perform(SaveImportMap("门店", tuple(heads), {**told, "options": options}))
    first = xlsx(tmp_path / "a.xlsx", {"说明": [["看第二页"]], "10月": [["门店流水"], ["单位：元"], heads, ["A1", "张三", 12.5]]})
    second = xlsx(tmp_path / "b.xlsx", {"11月": [heads[::-1], [13.5, "李四", "A2"]]})
    third = tmp_path / "c.csv"
    third.write_text("门店流水;;\n单号;客户;金额\nA3;王五;14.50\n", "gb18030")
    fourth = tmp_path / "d.csv"
    fourth.write_text("单号,客户,金额\nA4,王五,15.50\nA5,赵六,16\n", "utf-8")
    for path, count in ((first, 1), (second, 1), (third, 1), (fourth, 2)):
        assert import_file(desk, path).value.orders_new == count, path.name
    found = {order["number"]: order["paid"] for order in desk.read(OrdersJson()).orders}
    assert found == {"A1": "12.50", "A2": "13.50", "A3": "14.50", "A4": "15.50", "A5": "16.00"}


def test_how_a_file_is_read_may_be_told_for_a_kept_map_too(desk: Desk, tmp_path: Path) -> None:
    desk.perform(SaveImportMap("门店", ("单号", "客户"), {"number": "单号", "buyer_nick": "客户"}))
    path = tmp_path / "a.csv"
    path.write_text("单号#客户\nA1#张三\n", "utf-8")
    assert import_file(desk, path, options={"delimiter": "#"}).value.orders_new == 1


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (
            "goods",
            "编码列;叫法;进货一;进货二;还有\nA1;马克杯;1.000,50;2,25;3\nA2;茶盘;x;1;4\n",
            {"code": "编码列", "title": "叫法", "cost": {"sum": ["进货一", "进货二"]}, "stock": "还有", "bin": {"const": "B2"}},
        ),
        ("stocktake", "条码列;编码列;数到\n;A1;3\n6901234567892;;4\n;A2;\n", {"code": "编码列", "barcode": "条码列", "counted": "数到"}),
        ("tracking", "a;b;c\n1001，1002;;YT1234567890123\n1003;SF1234567890123;x\n", {"number": "a", "tracking": {"first": ["b", "c"]}}),
    ],
)
def test_tables_of_other_things_come_through_a_map(tmp_path: Path, kind: str, text: str, told: dict[str, Any]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    told = {**told, "options": {"kind": kind}}
    parsed = parse_file(path, map=told)
    assert parsed.format == f"map.{kind}"
    records: list[Any] = [*parsed.goods, *parsed.waybills, *parsed.counts]
    assert list(preview_map(path, told, ZONE).orders) == records
    expected: dict[str, Any] = {
        "goods": [GoodsRecord(2, "A1", "马克杯", None, None, None, "B2", None, 100275, 3, None)],
        "stocktake": [CountRecord(2, "A1", "", 3, None), CountRecord(3, "", "6901234567892", 4, None)],
        "tracking": [
            WaybillRecord(2, "1001", ParcelRecord("YTO", "圆通速递", "YT1234567890123")),
            WaybillRecord(2, "1002", ParcelRecord("YTO", "圆通速递", "YT1234567890123")),
            WaybillRecord(3, "1003", ParcelRecord("SF", "顺丰速运", "SF1234567890123")),
        ],
    }
    assert records == expected[kind]
    assert [(one.row, one.column, one.value) for one in parsed.rejected] == ([(3, "进货一 + 进货二", "x + 1")] if kind == "goods" else [])
    assert {target: frozenset(targets) for target, groups in MAP_KINDS.items() for targets in [sum(groups.values(), ())]} == {
        "orders": TARGETS,
        **TARGETS_OF,
    }


def test_a_kept_map_of_goods_brings_goods(desk: Desk, tmp_path: Path) -> None:
    heads = ("物料", "叫法", "单件进货")
    desk.perform(SaveImportMap("仓库", heads, {"code": "物料", "title": "叫法", "cost": "单件进货", "options": {"kind": "goods"}}))
    path = write(tmp_path / "b.csv", ["2.5,马克杯,A1"], ",".join(heads[::-1]))
    dry = import_file(desk, path, dry_run=True).value
    assert (dry.format, dry.skus_new) == ("map.goods", 1)
    report = import_file(desk, path).value
    assert (report.skus_new, report.orders_new) == (1, 0)
    assert import_file(desk, path).value.skus_unchanged == 1


def test_a_kept_map_serves_a_command_for_tables_of_its_kind(desk: Desk, tmp_path: Path) -> None:
    """`zhanggui tracking FILE` is told what the file is; which column is what, the kept map tells."""
    told = {"number": "客户单号", "tracking": "面单", "carrier": {"const": "ZTO Express"}, "options": {"kind": "tracking"}}
    desk.perform(SaveImportMap("网点", ("客户单号", "面单", "重量"), told))
    path = write(tmp_path / "a.csv", ["1.2,73120000000001,1001"], "重量,面单,客户单号")
    report = import_file(desk, path, format="tracking", dry_run=True).value
    assert (report.format, report.unmatched) == ("map.tracking", 1)
    assert report.entries[0].facts["carrier"] == "ZTO"
    for other in ("goods", "stocktake", "taobao.orders"):
        with pytest.raises(BadInput, match="headings_missing"):
            import_file(desk, path, format=other)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"number": "a", "options": {"kind": "tracking"}}, "map_target_missing"),
        ({"counted": "a", "options": {"kind": "stocktake"}}, "map_target_missing"),
        ({"code": "a", "paid": "b", "options": {"kind": "goods"}}, "map_target"),
        ({"number": "a", "options": {"kind": "wishes"}}, "map_option"),
    ],
)
def test_a_map_of_another_kind_needs_its_own_fields(tmp_path: Path, told: dict[str, Any], code: str) -> None:
    trouble = preview_map(write(tmp_path / "a.csv", ["1,2"], "a,b"), told, ZONE).trouble
    assert trouble is not None
    assert trouble.code == code


@pytest.mark.parametrize(
    ("headings", "row", "kind"),
    [
        ("客户单号,面单,收件人,收件电话,收件地址,结算重量,运费(元)", "3021984455667764123,78123456789012,张三,16812345678,杭州市文一路1号,1.2,4.20", "tracking"),
        ("参考号,运单号,状态", "3021984455667764123,78123456789012,已签收", "tracking"),
        ("货品代码,货名,零售,现存", "A1,马克杯,12.50,3", "goods"),
        ("商品编号,商品名称,数量,进价", "A1,马克杯,3,2.0", "goods"),
        ("货号,品名,实点数,帐面", "A1,马克杯,3,4", "stocktake"),
        (HEADINGS, ROWS[0], "orders"),
        ("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID", "536365,85123A,MUG,6,12/1/2010 8:26,2.55,17850", "orders"),
    ],
)  # fmt: skip
def test_what_a_table_holds_is_guessed(tmp_path: Path, headings: str, row: str, kind: str) -> None:
    look = look_at(write(tmp_path / "a.csv", [row], headings))
    assert guess_kind(look.headings) == kind


def test_other_sheets_with_these_headings_are_told(desk: Desk, tmp_path: Path) -> None:
    heads = ["单号", "客户"]
    desk.perform(SaveImportMap("门店", tuple(heads), {"number": "单号", "buyer_nick": "客户"}))
    path = xlsx(tmp_path / "a.xlsx", {"10月": [heads, ["A1", "张三"]], "备注": [["x"]], "11月": [heads, ["A2", "李四"]]})
    report = import_file(desk, path).value
    assert [(one.code, one.facts) for one in report.warnings if one.code == "sheet_left"] == [("sheet_left", {"sheet": "11月"})]
    assert import_file(desk, path, options={"sheet": "11月"}).value.orders_new == 1
