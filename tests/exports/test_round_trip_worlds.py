"""Our own exports of any world of orders come back: into the shop itself nothing is new or changed, into an empty one the same orders,
and a file of a few columns takes nothing away from the others (invariant I5)."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.commands.demo import fill_demo
from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.desk import Desk
from services.exports.tables import ALL, LINES, ORDERS, ExportTable, export_table
from services.queries.order_json import OrdersJson
from services.queries.order_rows import OrderIds
from services.queries.verify import Verify
from tests.factories import make_order
from tests.frozen import FrozenClock
from tests.imports.worlds import World, differing, state, worlds

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
QUICK = settings(max_examples=12, deadline=None, suppress_health_check=SLOW, phases=[Phase.explicit, Phase.generate])
LONG = settings(max_examples=400, deadline=None, suppress_health_check=SLOW, phases=[Phase.explicit, Phase.generate])
TABLES, SUFFIXES, LANGUAGES = st.sampled_from([ORDERS, LINES]), st.sampled_from(["csv", "xlsx", "json"]), st.sampled_from(["zh", "en"])
MUST = {"number", "channel", "status"}
_OF_THE_SHOP = {"blockers", "checked_at", "checked_by"}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "shop"
    Desk.open(folder, clock=FrozenClock()).close()
    return folder


def told(desk: Desk, table: ExportTable) -> dict[tuple[str, str], dict[str, Any]]:
    """The orders as anyone sees them; of one row an order, without the lines."""
    less = _OF_THE_SHOP | (set() if table is LINES else {"lines", "goods_paid"})
    found = {}
    for order in desk.read(OrdersJson()).orders:
        row = {name: value for name, value in order.items() if name not in less}
        row["parcels"] = [(parcel["carrier"], parcel["number"]) for parcel in order["parcels"] if parcel["number"]]
        for line in row.get("lines", ()):
            line["parcel"] = None  # it is one of the order's
        found[order["channel"], order["number"]] = row
    return found


def assert_nothing_new(desk: Desk, path: Path) -> None:
    before = state(desk)
    report = import_file(desk, path).value
    assert (report.orders_new, report.updated, report.rejected, report.clashes) == (0, {}, [], [])
    assert differing(before, state(desk)) == {}


def there_and_back(empty: Path, world: World, table: ExportTable, suffix: str, lang: str, keys: set[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="zhanggui-back-") as name:
        folder = Path(name)
        shutil.copytree(empty, folder / "one")
        shutil.copytree(empty, folder / "other")
        with Desk.open(folder / "one", clock=FrozenClock()) as one, Desk.open(folder / "other", clock=FrozenClock()) as other:
            for sheet in world.sheets:
                import_file(one, world.file(folder, sheet), format=f"taobao.{sheet.kind}")
            ids = one.read(OrderIds())
            whole, some = folder / f"whole.{suffix}", folder / f"some.{suffix}"
            export_table(one, table, ids, whole, lang, keys=table.sets[ALL])
            export_table(one, table, ids, some, lang, keys=[key for key in table.sets[ALL] if key in keys | MUST])
            assert_nothing_new(one, whole)
            report = import_file(other, whole).value
            assert (report.orders_new, report.rejected) == (len(ids), [])
            assert told(other, table) == told(one, table)
            assert [check.name for check in other.read(Verify()).checks if not check.ok] == []
            for shop in (one, other):
                assert_nothing_new(shop, some)
            # What a person changed here is locked: a copy of it is no conflict either.
            one.perform(EditOrders((ids[0],), {"seller_memo": "改过\n=1", "flag": 2, "tags": "急"}))
            for keep in (table.sets[ALL], [key for key in table.sets[ALL] if key in keys | MUST]):
                export_table(one, table, ids, whole, lang, keys=keep)
                assert_nothing_new(one, whole)


@QUICK
@given(worlds(), TABLES, SUFFIXES, LANGUAGES, st.sets(st.sampled_from(LINES.sets[ALL])))
def test_a_world_comes_back(empty: Path, world: World, table: ExportTable, suffix: str, lang: str, keys: set[str]) -> None:
    there_and_back(empty, world, table, suffix, lang, keys)


@pytest.mark.long
@LONG
@given(worlds(), TABLES, SUFFIXES, LANGUAGES, st.sets(st.sampled_from(LINES.sets[ALL])))
def test_many_worlds_come_back(empty: Path, world: World, table: ExportTable, suffix: str, lang: str, keys: set[str]) -> None:
    there_and_back(empty, world, table, suffix, lang, keys)


@pytest.mark.parametrize("key", [key for key in ORDERS.sets[ALL] if key not in MUST])
def test_one_column_beside_the_needed_ones_takes_nothing_away(empty: Path, tmp_path: Path, key: str) -> None:
    """Each column alone: neither a whole address loses its parts nor a phone its extension."""
    shutil.copytree(empty, tmp_path / "shop")
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        fill_demo(desk, 12, 2)
        path = tmp_path / "some.csv"
        export_table(desk, ORDERS, desk.read(OrderIds()), path, "zh", keys=("number", "channel", "status", key))
        before = desk.read(Verify(digest=True)).digest
        report = import_file(desk, path, dry_run=True).value
        assert (report.updated, report.rejected, report.clashes) == ({}, [], [])
        assert desk.read(Verify(digest=True)).digest == before


def test_goods_without_their_names_change_no_line(empty: Path, tmp_path: Path) -> None:
    shutil.copytree(empty, tmp_path / "shop")
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        make_order(desk, number="1001", lines=[{"title": "杯", "quantity": 2}, {"title": "碟"}])
        path = tmp_path / "some.csv"
        export_table(desk, LINES, desk.read(OrderIds()), path, "zh", keys=("number", "channel", "status", "line.quantity"))
        report = import_file(desk, path).value
        assert (report.updated, [one.code for one in report.warnings]) == ({}, ["own_goods_left"])
        assert [line["title"] for line in desk.read(OrdersJson()).orders[0]["lines"]] == ["杯", "碟"]


def test_a_street_mended_in_the_file_alone_keeps_its_city(empty: Path, tmp_path: Path) -> None:
    """The address was chosen without province and city, and changed in a spreadsheet: the other parts stay as they are here."""
    shutil.copytree(empty, tmp_path / "shop")
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        make_order(desk, number="1001", province="浙江省", city="杭州市", district="西湖区", address="文一路1号", postcode="310000")
        path = tmp_path / "some.csv"
        export_table(desk, ORDERS, desk.read(OrderIds()), path, "zh", keys=("number", "channel", "status", "address"))
        path.write_text(path.read_text("utf-8-sig").replace("文一路1号", "文二路2号"), "utf-8")
        import_file(desk, path)
        (order,) = desk.read(OrdersJson()).orders
        assert [order[name] for name in ("province", "city", "district", "postcode")] == ["浙江省", "杭州市", "西湖区", "310000"]
        assert order["address"] in {"文一路1号", "文二路2号"}


ODD = (
    "=1+1", "+86 138", "-2", "@SUM(A1)", "0012", "123456789012345678", "'x", "''=1", " 前有空格", "尾有空格 ", "　全角", "第一行\n第二行",
    "a\r\nb", "\t=1", '引"号"', "a,b;c\td", "🎁𠮷", "长" * 60, "-", "null", "无", "N/A", "0", "1E5", "\u200b=1", "_x000D_", "'", "--",
)  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_odd_texts_are_the_same_in_another_shop(empty: Path, tmp_path: Path, suffix: str) -> None:
    """Byte for byte in every field that holds text, although the file is harmless."""
    for name in ("one", "other"):
        shutil.copytree(empty, tmp_path / name)
    with Desk.open(tmp_path / "one", clock=FrozenClock()) as one, Desk.open(tmp_path / "other", clock=FrozenClock()) as other:
        for place, text in enumerate(ODD):
            texts = dict.fromkeys(("buyer_nick", "recipient", "address", "seller_memo", "buyer_message", "tel", "tags"), text)
            make_order(one, number=f"00{place}", lines=[{"title": text, "properties": text, "code": text[:30]}], **texts)
        path = tmp_path / f"odd.{suffix}"
        export_table(one, LINES, one.read(OrderIds()), path, "zh", keys=LINES.sets[ALL])
        report = import_file(other, path).value
        assert (report.orders_new, report.rejected) == (len(ODD), [])
        assert told(other, LINES) == told(one, LINES)
        assert import_file(one, path, dry_run=True).value.updated == {}
