"""The sample tracking files against their truth, in a shop that knows the day's orders and has all their goods."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.commands.imports import import_file
from services.commands.stock import MatchGoods, ReceiveGoods
from services.desk import Desk
from services.imports.parse import parse_file
from services.queries.verify import Verify
from tests.db.looking import table
from tests.frozen import FrozenClock
from tests.reference.exports import EXPORTS, needs_exports, truth_files, truth_of

pytestmark = needs_exports

FILES = truth_files("tracking")
DAY = ("ExportOrderList20261112_G5.xlsx", "ExportItemlList20261112_D3.xlsx")
EXPECT = {
    "ship": ("ship", ()),
    "blocked_open_case": ("refused", ("after_sale_open",)),
    "already_has_this_number": ("already_has_this_number", ()),
    "refuse_closed": ("refused", ("closed",)),
    "refuse_unpaid": ("refused", ("not_paid",)),
    "unmatched": ("unmatched", ()),
    "repeat_of_a_row": ("repeat_of_a_row", ()),
    "refuse_number_already_on_another_order": ("refused", None),
}


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_read_as_the_truth_says(name: str) -> None:
    truth = truth_of(name)
    parsed = parse_file(EXPORTS / name, keep_raw=False)
    assert (parsed.format, parsed.rows, parsed.encoding, parsed.rejected) == (truth["format"], truth["rows"], truth["encoding"], [])
    assert [(one.row, one.order, one.parcel.carrier, one.parcel.number) for one in parsed.waybills] == [
        (want["row"], want["order"], want["carrier"], want["number"]) for want in truth["entries"]
    ]


def test_each_order_ships_or_not_as_the_truth_says(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        for name in DAY:
            import_file(desk, EXPORTS / name)
        sku = desk.perform(ReceiveGoods("ALL", 9_000, 100, title="什么都有")).value
        desk.perform(MatchGoods(tuple(row["id"] for row in table(desk, "listing")), sku))
        for place, name in enumerate(FILES):
            truth = truth_of(name)
            dry = import_file(desk, EXPORTS / name, dry_run=True).value
            report = import_file(desk, EXPORTS / name).value
            assert dry.entries == report.entries
            assert report.rows == truth["rows"] == len(report.entries)
            for want, entry in zip(truth["entries"], report.entries, strict=True):
                result, blockers = EXPECT[want["expect"]]
                if place and result == "ship":
                    result = "already_has_this_number"
                assert (entry.row, entry.number, entry.result) == (want["row"], want["order"], result)
                found = tuple(entry.facts.get("blockers", ()))
                assert "number_used" in found if blockers is None else found == blockers
            assert report.shipped == (0 if place else truth["counts"]["ship"])
            assert report.unmatched == truth["counts"]["unmatched"]
        assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []
