"""The sample exports in a shop: every field of every order after importing several files, in any order, against the truths."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from services.commands.imports import import_file
from services.commands.undo_import import UndoImport
from services.desk import Desk
from services.imports.report import ImportReport
from services.queries.conflict_rows import ConflictRows
from services.queries.order_json import OrdersJson
from services.queries.verify import Verify
from tests.frozen import FrozenClock
from tests.imports.worlds import differing, state
from tests.reference.exports import EXPORTS, FOLDER, differences, needs_exports, orders_in, truth_of

pytestmark = needs_exports

G4, G5, D3 = "ExportOrderList20261112_G4.csv", "ExportOrderList20261112_G5.xlsx", "ExportItemlList20261112_D3.xlsx"
G4_NEXT, G5_NEXT, D3_NEXT = (
    "ExportOrderList20261113_G4_day2.csv",
    "ExportOrderList20261113_G5_day2.xlsx",
    "ExportItemlList20261113_D3_day2.xlsx",
)
RESAVED = "ExportOrderList20261112_G5_resaved_by_excel.csv"
SOLD = "已卖出的宝贝20261112.xlsx"
G1 = "ExportOrderList20261112_G1.csv"
TICKED1, TICKED2 = "ExportOrderList20261112_G5_ticked1.xlsx", "ExportOrderList20261112_G5_ticked2.xlsx"


def _filled(folder: Path, *files: str) -> tuple[Desk, list[ImportReport]]:
    desk = Desk.open(folder, clock=FrozenClock())
    return desk, [import_file(desk, EXPORTS / name).value for name in files]


@pytest.mark.parametrize(
    "files", [*itertools.permutations((G4, D3)), (D3, G5), (G5, D3), (G5, RESAVED), (RESAVED, G5, D3), (TICKED2, TICKED1, G4, D3)]
)
def test_all_files_of_a_day_together_give_the_truth_of_each(tmp_path: Path, files: tuple[str, ...]) -> None:
    desk, _reports = _filled(tmp_path / "shop", *files)
    with desk:
        got = orders_in(desk)
        assert len(got) == 300
        for name in files:
            if name not in {RESAVED, TICKED1, TICKED2}:
                assert differences(got, name) == {}, name
        assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []


@pytest.mark.parametrize("files", [(SOLD,), (SOLD, G5, D3), (D3, SOLD, G5), (G5, SOLD)])
def test_a_list_of_sold_goods_agrees_with_the_other_files_of_its_day(tmp_path: Path, files: tuple[str, ...]) -> None:
    desk, _reports = _filled(tmp_path / "shop", *files)
    with desk:
        got = orders_in(desk)
        for name in files:
            wrong = differences(got, name)
            if name == SOLD and D3 in files:
                # Its first line bears the freight; a goods list knows the line's own money.
                wrong = {what: (one, other) for what, (one, other) in wrong.items() if " line " not in what}
            assert wrong == {}, name
        for name in files:
            assert import_file(desk, EXPORTS / name).value.orders_updated == 0
        assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []


@pytest.mark.parametrize("files", [(G4,), (G5,), (D3,), (G4, D3, G5, RESAVED)])
def test_the_same_files_again_change_nothing(tmp_path: Path, files: tuple[str, ...]) -> None:
    desk, first = _filled(tmp_path / "shop", *files)
    with desk:
        before = orders_in(desk)
        assert first[0].orders_new == len(before)
        for name in files:
            report = import_file(desk, EXPORTS / name).value
            assert (report.orders_new, report.orders_updated, report.conflicts) == (0, 0, 0)
            assert report.orders_unchanged == truth_of(name)["orders_count"]
        assert orders_in(desk) == before


@pytest.mark.parametrize("name", [G4_NEXT, G5_NEXT, D3_NEXT])
def test_the_second_day_updates_what_the_truth_names(tmp_path: Path, name: str) -> None:
    truth = truth_of(name)
    merge = truth["merge"]
    desk, (_first, report) = _filled(tmp_path / "shop", merge["after_file"], name)
    with desk:
        got = orders_in(desk)
        assert (report.orders_new, report.orders_updated, report.orders_unchanged) == (
            len(merge["new"]),
            len(merge["updated"]),
            len(merge["unchanged"]),
        )
        assert set(report.updated) == set(merge["updated"])
        assert differences(got, name) == {}
        first = {order["number"]: order for order in truth_of(merge["after_file"])["orders"]}
        for number in merge["absent_must_stay"]:
            assert got[number]["status"] == first[number]["status"]
        for clear in merge.get("masked_later", ()):
            assert {key: got[clear["number"]][key] for key in clear} == clear
        assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []


def test_days_in_any_order_end_in_the_same_state(tmp_path: Path) -> None:
    """The late word of the first day changes nothing that the second day told (I2)."""
    desk, _reports = _filled(tmp_path / "forward", G4, D3, G4_NEXT, D3_NEXT)
    with desk:
        forward = orders_in(desk)
    for place, files in enumerate(((G4_NEXT, D3_NEXT, G4, D3), (D3_NEXT, G4_NEXT, D3, G4), (D3, D3_NEXT, G4, G4_NEXT))):
        desk, _reports = _filled(tmp_path / str(place), *files)
        with desk:
            other = orders_in(desk)
            assert other.keys() == forward.keys()
            for number, order in forward.items():
                for order_ in (order, other[number]):
                    order_["parcels"].sort(key=lambda parcel: parcel["number"])
                    order_["lines"].sort(key=lambda line: line["number"])
                    # No file tells when an order was closed; the moment of looking is its stamp.
                    order_["closed_at"] = None
                assert other[number] == order
            assert desk.read(Verify()).ok


@pytest.mark.parametrize("name", [G4_NEXT, G5_NEXT, D3_NEXT])
def test_the_second_day_taken_back_is_the_first(tmp_path: Path, name: str) -> None:
    first = truth_of(name)["merge"]["after_file"]
    desk, _reports = _filled(tmp_path / "shop", first)
    with desk:
        before, seen = state(desk), orders_in(desk)
        report = import_file(desk, EXPORTS / name).value
        undone = desk.perform(UndoImport(2)).value
        assert undone.orders_removed == report.orders_new
        assert undone.orders_restored >= report.orders_updated
        assert differing(before, state(desk)) == {}
        assert orders_in(desk) == seen
        assert desk.read(Verify()).ok
        again = import_file(desk, EXPORTS / name).value
        assert (again.orders_new, again.updated) == (report.orders_new, report.updated)
        assert differences(orders_in(desk), name) == {}


@pytest.mark.parametrize("name", [G4_NEXT, G5_NEXT])
def test_orders_that_the_second_day_does_not_name_are_told(tmp_path: Path, name: str) -> None:
    merge = truth_of(name)["merge"]
    desk, (_first, report) = _filled(tmp_path / "shop", merge["after_file"], name)
    with desk:
        assert set(report.vanished_numbers) <= set(merge["absent_must_stay"])
        assert orders_in(desk).keys() >= set(merge["absent_must_stay"])


@pytest.mark.parametrize(
    "files", [(G5, TICKED1, G5_NEXT, TICKED2, D3_NEXT), (G5_NEXT, TICKED2, D3_NEXT, TICKED1, G5), (TICKED1, D3_NEXT, TICKED2, G5, G5_NEXT)]
)
def test_what_a_seller_ticked_says_nothing_against_a_whole_export(tmp_path: Path, files: tuple[str, ...]) -> None:
    desk, _reports = _filled(tmp_path / "shop", *files)
    with desk:
        assert differences(orders_in(desk), G5_NEXT) == {}
        # One buyer moved, and the new street is hidden: half an address is none.
        assert [(row.number, row.field) for row in desk.read(ConflictRows())] == [("5015296239956298614", "address")]
        assert desk.read(Verify()).ok


def test_masked_words_that_come_later_hide_nothing(tmp_path: Path) -> None:
    desk, _reports = _filled(tmp_path / "shop", G1, G4)
    clear = {order["number"]: order for order in truth_of(G1)["orders"]}
    later = {order["number"]: order for order in truth_of(G4)["orders"]}
    hidden = 0
    with desk:
        got = orders_in(desk)
        for number, order in clear.items():
            for key in ("buyer_nick", "recipient", "phone"):
                if "*" in later[number].get(key, ""):
                    hidden += 1
                    assert got[number][key] == order[key]
            assert not got[number]["masked"]
    assert hidden > 100


def test_the_real_tmall_month_in_a_shop(tmp_path: Path) -> None:
    told = {
        "number": "订单编号",
        "payable": "总金额",
        "paid": {"sum": ["买家实际支付金额", "退款金额"]},
        "refunded": "退款金额",
        "created_at": "订单创建时间",
        "paid_at": "订单付款时间",
        "province": "收货地址",
    }
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        report = import_file(desk, FOLDER / "tmall_order_report" / "tmall_order_report.csv", map=told).value
        assert (report.orders_new, len(report.rejected)) == (28_010, 0)
        again = import_file(desk, FOLDER / "tmall_order_report" / "no_space_headings.csv", map=told).value
        assert (again.orders_new, again.orders_updated, again.orders_unchanged) == (0, 0, 28_010)
        answer = desk.read(OrdersJson(limit=1))
        assert (answer.count, answer.total_paid, answer.total_refunded) == (28_010, 2_474_823_07, 572_335_92)
