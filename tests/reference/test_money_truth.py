"""Account files against their truth: every booking, the totals, and files that lack rows."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from services.clock import iso
from services.commands.imports import import_file
from services.desk import Desk
from services.imports.parse import parse_file
from services.money import write_amount
from services.queries.verify import Verify
from tests.db.looking import table
from tests.frozen import FrozenClock
from tests.reference.exports import EXPORTS, ZONE, needs_exports, orders_in, truth_files, truth_of

pytestmark = needs_exports

FILES = truth_files("alipay", "qianniu")


@pytest.mark.parametrize("name", FILES)
def test_every_booking_is_as_the_truth_says(name: str) -> None:
    truth = truth_of(name)
    parsed = parse_file(EXPORTS / name, keep_raw=False)
    assert (parsed.format, parsed.rows, parsed.encoding, parsed.rejected) == (truth["format"], truth["rows"], truth["encoding"], [])
    assert parsed.heading_row == truth.get("header_row", 1)
    assert parsed.unknown_headings == []
    for want, booking in zip(truth.get("entries", ()), parsed.bookings, strict=False):
        told: dict[str, Any] = {
            "at": iso(booking.at, ZONE),
            "order": booking.order or "",
            "amount": write_amount(booking.amount),
            "flow": booking.flow,
        }
        told |= {"sub": booking.line, "kind": booking.kind, "balance": None if booking.balance is None else write_amount(booking.balance)}
        assert {key: told[key] for key in want} == want
    sums: dict[str, int] = defaultdict(int)
    by_order: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for booking in parsed.bookings:
        sums[booking.kind] += booking.amount
        if booking.order:
            by_order[booking.order][booking.kind] += booking.amount
    if "totals" in truth:
        assert {kind: write_amount(amount) for kind, amount in sums.items()} == truth["totals"]
    if "by_order" in truth:
        assert {number: {kind: write_amount(amount) for kind, amount in kinds.items()} for number, kinds in by_order.items()} == truth[
            "by_order"
        ]


@pytest.mark.parametrize("name", FILES)
def test_lost_rows_are_noticed_and_said(name: str) -> None:
    truth = truth_of(name)
    parsed = parse_file(EXPORTS / name, keep_raw=False)
    lost = truth.get("expect") == "warn_or_refuse"
    assert parsed.complete is (None if "trailer" not in truth else not lost)
    codes = [warned.code for warned in parsed.warnings]
    assert codes == (["totals_differ", "totals_differ", "balance_breaks"][: len(codes)] if lost else [])
    assert bool(codes) is lost


def test_bookings_are_kept_once_and_change_no_order(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        import_file(desk, EXPORTS / "ExportOrderList20261112_G5.xlsx")
        before = orders_in(desk)
        lost = import_file(desk, EXPORTS / "alipay_record_20261112_rows_lost.csv").value
        assert (lost.bookings_new, lost.complete) == (239, False)
        whole = import_file(desk, EXPORTS / "alipay_record_20261112.csv").value
        assert (whole.bookings_new, whole.bookings_unchanged, whole.complete) == (3, 239, True)
        assert {kind: write_amount(amount) for kind, amount in whole.bookings.items()} == truth_of("alipay_record_20261112.csv")["totals"]
        for name in ("qianniu_moves_20261112.xlsx", "qianniu_moves_short_20261112.xlsx"):
            report = import_file(desk, EXPORTS / name).value
            assert (report.bookings_new, report.conflicts) == (0 if "short" in name else 224, 0)
        assert orders_in(desk) == before
        rows = table(desk, "money_record")
        assert len(rows) == 242 + 224
        assert all(row["order_id"] for row in rows if row["order_number"])
        assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []
        # What the shop was paid out for completed orders, by the platform and by the bank (the truth's identity).
        paid_out = sum(row["paid_out"] or 0 for row in table(desk, "orders", "status = 'completed'"))
        assert (
            sum(row["amount"] for row in rows if row["account"] == "qianniu" and row["kind"] in {"sale", "subsidy", "freight"}) == paid_out
        )
