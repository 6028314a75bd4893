"""Properties I1–I10 of imports (reference/invariants.md) over worlds of orders and the files written of them."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.commands.stock import ReceiveGoods
from services.commands.undo_import import UndoImport
from services.desk import Desk
from services.errors import DeskError, Refused
from services.imports.parse import parse_file
from services.imports.report import ImportReport
from services.queries.verify import Verify
from tests.frozen import FrozenClock
from tests.imports.sample import HEADINGS, order_row, shuffled, write
from tests.imports.worlds import TEXTS, Sheet, World, differing, orders_of, state, told, worlds

QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
LONG = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded shop to copy: founding one takes longer than what is tried on it."""
    folder = tmp_path_factory.mktemp("empty") / "shop"
    Desk.open(folder, clock=FrozenClock()).close()
    return folder


@contextmanager
def opened(empty: Path) -> Iterator[tuple[Desk, Path]]:
    """A shop of its own and a folder for files."""
    with tempfile.TemporaryDirectory(prefix="zhanggui-world-") as name:
        folder = Path(name)
        shutil.copytree(empty, folder / "shop")
        with Desk.open(folder / "shop", clock=FrozenClock()) as desk:
            yield desk, folder


def bring(desk: Desk, world: World, folder: Path, sheet: Sheet, *, dry_run: bool = False) -> ImportReport:
    kind = "taobao.orders" if sheet.kind == "orders" else "taobao.lines"
    return import_file(desk, world.file(folder, sheet), format=kind, dry_run=dry_run).value


def add_up(report: ImportReport, world: World) -> None:
    """I7, for files whose orders have as many rows as lines."""
    rows = {life.number: life.lines if report.format.startswith("taobao.lines") else 1 for life in world.lives}
    assert report.rows == sum(rows.values())
    if not report.format.startswith("taobao.lines"):
        assert report.rows == report.orders_new + report.orders_updated + report.orders_unchanged + report.rows_held + len(report.rejected)
    assert report.orders_new + report.orders_updated + report.orders_unchanged == len(rows)


def sound(desk: Desk) -> None:
    assert [(check.name, dict(check.facts)) for check in desk.read(Verify()).checks if not check.ok] == []


def all_properties_of_one_turn(empty: Path, world: World) -> None:
    """I1, I4, I7 and I10 along one way through the files, with stock that they move."""
    with opened(empty) as (desk, folder):
        desk.perform(ReceiveGoods("CUP-01-350", 5, unit_cost=10_01, title="马克杯"))
        for sheet in world.sheets:
            before, digest = state(desk), desk.read(Verify(digest=True)).digest
            dry = bring(desk, world, folder, sheet, dry_run=True).as_json()
            assert desk.read(Verify(digest=True)).digest == digest
            report = bring(desk, world, folder, sheet)
            aside = {"batch", "seconds", "dry_run", "changes"}
            real = {key: value for key, value in report.as_json().items() if key not in aside}
            assert {key: dry[key] for key in real} == real
            assert {change["number"] for change in dry["changes"]} <= set(report.updated)
            add_up(report, world)
            after, seen = state(desk), told(desk)
            batch = int((report.batch or "B0")[1:])
            desk.perform(UndoImport(batch))
            assert differing(before, state(desk)) == {}
            with pytest.raises(Refused, match="undo_twice"):
                desk.perform(UndoImport(batch))
            again = bring(desk, world, folder, sheet)
            assert (again.orders_new, again.orders_updated) == (report.orders_new, report.orders_updated)
            assert told(desk) == seen
            once_more = bring(desk, world, folder, sheet)
            assert (once_more.orders_new, once_more.orders_updated, once_more.conflicts) == (0, 0, 0)
            assert told(desk) == seen
            assert len(after["money_record"]) == 0
        sound(desk)


def any_turn_ends_alike(empty: Path, world: World, turns: int) -> None:
    """I2, and I3 with a memo that was edited when the orders were known."""
    ends = []
    for turn in random.Random(7).sample(every := orders_of(world.sheets), min(turns, len(every))):
        with opened(empty) as (desk, folder):
            for sheet in turn:
                bring(desk, world, folder, sheet)
            ends.append((turn, told(desk)))
            sound(desk)
    first, *rest = ends
    for turn, end in rest:
        assert end["orders"] == first[1]["orders"], (first[0], turn)
        assert end["conflicts"] == first[1]["conflicts"], (first[0], turn)


@QUICK
@given(world=worlds())
def test_i1_i4_i7_i10_a_file_counts_once_a_dry_run_not_at_all_and_an_undone_one_never_was(empty: Path, world: World) -> None:
    all_properties_of_one_turn(empty, world)


@QUICK
@given(world=worlds(3))
def test_i2_the_order_of_files_does_not_change_the_end(empty: Path, world: World) -> None:
    any_turn_ends_alike(empty, world, 3)


@pytest.mark.long
@LONG
@given(world=worlds(5))
def test_i1_i4_i7_i10_in_larger_worlds(empty: Path, world: World) -> None:
    all_properties_of_one_turn(empty, world)


@pytest.mark.long
@LONG
@given(world=worlds(4))
def test_i2_in_larger_worlds(empty: Path, world: World) -> None:
    any_turn_ends_alike(empty, world, 24)


@QUICK
@given(world=worlds(4, full=True), memo=st.sampled_from(TEXTS), place=st.integers(0, 3))
def test_i3_what_a_person_set_survives_every_file(empty: Path, world: World, memo: str, place: int) -> None:
    number = world.lives[0].number
    kept: dict[str, str] = {}
    with opened(empty) as (desk, folder):
        for count, sheet in enumerate(world.sheets):
            bring(desk, world, folder, sheet)
            if count == min(place, len(world.sheets) - 1):
                kept["seller_memo"] = memo
                if told(desk)["orders"][number]["status"] in {"awaiting_payment", "awaiting_shipment"}:
                    kept["recipient"] = "本店改的"
                desk.perform(EditOrders((1,), kept), reason="试")
        now = told(desk)["orders"][number]
        assert {name: now[name] or "" for name in kept} == kept
        sound(desk)


@QUICK
@given(
    number=st.from_regex(r"0{0,3}[1-9][0-9]{5,24}", fullmatch=True),
    encoding=st.sampled_from(("gb18030", "utf-8", "utf-8-sig")),
    line_end=st.sampled_from(("\r\n", "\n")),
    guard=st.sampled_from(("{}", '="{}"', "'{}", "\t{}")),
)
def test_i5_i6_ids_keep_their_digits_and_the_layout_says_nothing(
    tmp_path_factory: pytest.TempPathFactory, number: str, encoding: str, line_end: str, guard: str
) -> None:
    folder = tmp_path_factory.mktemp("layout")
    rows = [order_row(guard.format(number)), order_row("6001")]
    plain = parse_file(write(folder / "a202611120930.csv", [order_row(number), order_row("6001")]))
    other = parse_file(write(folder / "b202611120930.csv", rows, encoding=encoding, line_end=line_end))
    mixed = parse_file(shuffled(folder / "c202611120930.csv", rows, HEADINGS))
    assert plain.orders[0].number == number
    assert plain.orders == other.orders == mixed.orders


@QUICK
@given(data=st.data(), cut=st.integers(1, 400))
def test_i8_a_broken_file_is_told_and_changes_nothing(empty: Path, data: st.DataObject, cut: int) -> None:
    with opened(empty) as (desk, folder):
        path = write(folder / "ExportOrderList202611120930.csv", [order_row(), order_row("6001", 订单备注="加急")])
        content = bytearray(path.read_bytes())
        for _time in range(data.draw(st.integers(0, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(bytes(content[: len(content) - cut]))
        before = desk.read(Verify(digest=True)).digest
        try:
            report = import_file(desk, path).value
        except DeskError:
            assert desk.read(Verify(digest=True)).digest == before
        else:
            assert all(one.row > 1 and one.code for one in report.rejected)
            sound(desk)


@QUICK
@given(
    digits=st.integers(1, 9),
    more=st.text("0123456789", max_size=6),
    power=st.integers(9, 25),
    guard=st.sampled_from(("{}", '="{}"', "'{}")),
)
def test_i9_a_number_in_scientific_notation_is_always_rejected(empty: Path, digits: int, more: str, power: int, guard: str) -> None:
    with opened(empty) as (desk, folder):
        number = guard.format(f"{digits}{'.' if more else ''}{more}E+{power}")
        report = import_file(desk, write(folder / "a202611120930.csv", [order_row(number), order_row("6001")])).value
        assert (report.orders_new, [one.row for one in report.rejected]) == (1, [2])
        assert list(told(desk)["orders"]) == ["6001"]
