"""rebuild: what follows from the orders is made anew, and verify says when that is enough."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from services.queries.verify import CHECKS, REBUILDABLE
from tests.cli.conftest import Run


def _damage(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "shop.sqlite") as raw:
        for statement in statements:
            raw.execute(statement)
    raw.close()


def test_wrong_counts_search_text_and_sums_are_made_anew(shop: Run, folder: Path) -> None:
    assert shop("report", "sales_by_day", "--json").code == 0  # sums the days
    before = shop("verify", "--digest", "--json").json
    assert before["ok"]
    _damage(
        folder,
        "UPDATE order_count SET orders = orders + 7",
        "UPDATE search_doc SET words = 'nothing'",
        "UPDATE sales_sum SET paid = paid + 1",
    )
    found = shop("verify", "--json")
    assert found.code == 1
    assert found.json["error"]["code"] == "verify_rebuildable"
    assert "zhanggui rebuild" in found.err
    made = shop("rebuild", "--json")
    assert (made.code, made.json["orders"]) == (0, 3)
    assert shop("verify", "--json").json["ok"]
    assert shop("orders", "status:awaiting_payment", "--json").json["count"] == 1
    assert shop("orders", "李四", "--json").json["count"] == 1
    last = shop("audit", "--json").json["entries"][-1]
    assert (last["action"], last["entity"]) == ("rebuild_derived", "derived")


def test_it_says_what_it_made(shop: Run) -> None:
    assert shop("rebuild", "--lang", "zh").out.startswith("已重建：3 个订单的搜索文本")
    assert shop("rebuild", "--lang", "en").out.startswith("Made anew: search text of 3 orders")


def test_a_wrong_ledger_is_not_called_rebuildable(shop: Run, folder: Path) -> None:
    _damage(folder, "UPDATE stock_level SET on_hand = on_hand + 1", "UPDATE order_count SET orders = orders + 7")
    assert shop("verify", "--json").json["error"]["code"] == "verify_failed"


@pytest.mark.parametrize("name", sorted(REBUILDABLE))
def test_what_is_called_rebuildable_is_a_check(name: str) -> None:
    assert name in {check for check, _function in CHECKS}
