"""Order lists of other platforms against their truth: as they are read, and in a shop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.commands.imports import import_file
from services.desk import Desk
from services.imports.parse import parse_file
from services.imports.records import ParsedFile
from services.queries.verify import Verify
from tests.frozen import FrozenClock
from tests.reference.exports import EXPORTS, differences, line_as_truth, needs_exports, order_as_truth, orders_in, truth_files, truth_of

pytestmark = needs_exports

FILES = truth_files("pdd", "douyin", "shopify", "woocommerce")
# Words that the truth keeps as it found them; we keep what they mean.
_ASIDE = {"channel", "after_sale", "encrypted", "masked"}


def _orders(parsed: ParsedFile) -> dict[str, dict[str, Any]]:
    found = {}
    for order in parsed.orders:
        told = order_as_truth(order._replace(tags=None), parsed.platform)
        told["tags"] = order.tags.split(",") if order.tags else None
        told["parcels"] = [{"carrier": parcel.carrier, "number": parcel.number} for parcel in order.parcels] or None
        told["lines"] = [line_as_truth(line) for line in order.lines]
        found[order.number] = told
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_field_of_every_order_is_as_the_truth_says(name: str) -> None:
    truth = truth_of(name)
    parsed = parse_file(EXPORTS / name, keep_raw=False)
    assert (parsed.format, parsed.rows, parsed.encoding) == (truth["format"], truth["rows"], truth["encoding"])
    assert (parsed.rejected, parsed.unknown_headings) == ([], [])
    got = _orders(parsed)
    assert got.keys() == {order["number"] for order in truth["orders"]}
    wrong: dict[str, Any] = {}
    knows = set(truth["knows"]) - _ASIDE - {"lines"}
    for want in truth["orders"]:
        order = got[want["number"]]
        wrong |= {f"{want['number']} {key}": (order.get(key), want.get(key)) for key in knows if order.get(key) != want.get(key)}
        assert len(order["lines"]) == len(want["lines"])
        for line, told in zip(order["lines"], want["lines"], strict=True):
            amount = told.pop("amount", None)
            wrong |= {f"{want['number']} line {key}": (line.get(key), value) for key, value in told.items() if line.get(key) != value}
            if amount is not None:
                assert _fen(line["price"]) * line["quantity"] == _fen(amount)
    assert wrong == {}
    assert knows <= parsed.knows | {"quantity"}


@pytest.mark.parametrize("name", FILES)
def test_a_shop_of_such_a_file_is_sound_and_the_file_again_changes_nothing(tmp_path: Path, name: str) -> None:
    truth = truth_of(name)
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        report = import_file(desk, EXPORTS / name).value
        assert (report.orders_new, report.lines, report.channel) == (truth["orders_count"], truth["lines"], truth["format"].split(".")[0])
        got = orders_in(desk)
        wrong = {what: pair for what, pair in differences(got, name).items() if not what.endswith(("masked", "phone_ext"))}
        assert wrong == {}
        assert import_file(desk, EXPORTS / name).value.orders_unchanged == truth["orders_count"]
        assert orders_in(desk) == got
        assert [(check.name, check.facts) for check in desk.read(Verify()).checks if not check.ok] == []


def _fen(amount: str) -> int:
    return int(amount.replace(".", ""))
