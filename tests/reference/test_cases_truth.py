"""The sample refund files against their truth: every case as it is told, and in a shop beside the order lists of the same day."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from services.clock import iso
from services.commands.imports import import_file
from services.desk import Desk
from services.imports.parse import parse_file
from services.imports.records import CaseRecord
from services.money import write_amount
from services.queries.verify import Verify
from tests.db.looking import table
from tests.frozen import FrozenClock
from tests.reference.exports import EXPORTS, ZONE, differences, needs_exports, orders_in, truth_files, truth_of

pytestmark = needs_exports

FILES = truth_files("taobao.refunds")
G5, D3 = "ExportOrderList20261112_G5.xlsx", "ExportItemlList20261112_D3.xlsx"


def _as_truth(case: CaseRecord) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in case._asdict().items():
        if name in {"row", "item_id", "deadline_at"} or value in {None, False}:
            continue
        if name == "amount":
            told[name] = write_amount(value)
        elif name.endswith("_at"):
            told[name] = iso(value, ZONE)
        elif name == "parcel_back":
            told[name] = {"carrier": value.carrier, "number": value.number}
        else:
            told[name] = value
    return told


@pytest.mark.parametrize("name", FILES)
def test_every_case_is_as_the_truth_says(name: str) -> None:
    truth = truth_of(name)
    parsed = parse_file(EXPORTS / name, keep_raw=False)
    assert (parsed.format, parsed.rows, parsed.encoding) == (truth["format"], truth["rows"], truth["encoding"])
    assert [_as_truth(case) for case in parsed.cases] == truth["refunds"]
    assert (parsed.rejected, parsed.unknown_headings) == ([], [])


@pytest.mark.parametrize("turn", list(itertools.permutations((G5, D3, FILES[-1])))[::2] if FILES else [])
def test_cases_and_orders_of_a_day_agree_in_any_order_of_the_files(tmp_path: Path, turn: tuple[str, ...]) -> None:
    truth = truth_of(FILES[-1])
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        for name in turn:
            import_file(desk, EXPORTS / name)
        got = orders_in(desk)
        assert differences(got, G5) == {}
        assert differences(got, D3) == {}
        cases = {row["number"]: row for row in table(desk, "after_sale")}
        numbers = {row["id"]: row["number"] for row in table(desk, "orders")}
        assert cases.keys() == {want["number"] for want in truth["refunds"]}
        for want in truth["refunds"]:
            case = cases[want["number"]]
            assert (numbers[case["order_id"]], case["state"], case["kind"], write_amount(case["amount"]), case["reason"]) == (
                want["order"], want["state"], want["kind"], want["amount"], want["reason"],
            )  # fmt: skip
            assert iso(case["requested_at"], ZONE) == want["requested_at"]
            assert (case["return_carrier"], case["return_number"]) == tuple(want.get("parcel_back", {"carrier": "", "number": ""}).values())
        lines = {row["id"]: row for row in table(desk, "order_line")}
        parts = table(desk, "after_sale_line")
        assert len(parts) == len(cases)
        assert all(numbers[lines[part["line_id"]]["order_id"]] for part in parts)
        assert -sum(row["amount"] for row in table(desk, "money_entry", "kind = 'refund'")) == _fen(truth["sums"]["refunded"])
        assert [check.name for check in desk.read(Verify()).checks if not check.ok] == []
        for other in FILES:
            report = import_file(desk, EXPORTS / other).value
            assert (report.cases_new, report.cases_updated, report.cases_unchanged) == (0, 0, truth["rows"])


def _fen(amount: str) -> int:
    return int(amount.replace(".", ""))
