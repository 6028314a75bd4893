"""zhanggui worklist: counts, each list as JSON and as words."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.desk import Desk
from tests.cli.conftest import Run
from tests.factories import make_order, make_sku


@pytest.fixture
def mending(run: Run, folder: Path) -> Run:
    """`run` on a shop with something on every list but that of duplicates."""
    with Desk.open(folder) as desk:
        now = desk.clock.now()
        make_sku(desk, "WL-GH-250", title="桂花乌龙 250g 罐装")
        make_order(desk, number="2001", created_at=now, unmatched=1, lines=[{"title": "桂花乌龙茶 250克"}])
        make_order(desk, number="2002", created_at=now, city="南京市", district="玄武区", phone="16800000002", recipient="李四")
        make_order(desk, number="2003", created_at=now, payable=100, paid=200, phone="16800000003", recipient="赵六", address="文一路2号")
    return run


def test_each_list_as_json(mending: Run) -> None:
    counts = mending("worklist", "--json").json
    assert counts["counts"]["addresses"] == 1
    assert counts["kinds"]["amounts"] == {"paid_above_payable": 1}
    goods = mending("worklist", "goods", "--json").json
    assert next(one for one in goods["goods"] if one["title"] == "桂花乌龙茶 250克")["suggestions"][0]["sku"] == "WL-GH-250"
    (address,) = mending("worklist", "addresses", "--json").json["addresses"]
    assert (address["number"], address["faults"], address["correction"]) == ("2002", ["city_unknown"], {"province": "江苏省"})
    (amount,) = mending("worklist", "amounts", "--json").json["amounts"]
    assert (amount["number"], amount["payable"], amount["paid"]) == ("2003", "1.00", "2.00")
    assert set(mending("worklist", "duplicates", "--json").json) == {"list", "count", "duplicates"}
    assert mending("worklist", "addresses", "--search", "无此", "--json").json["count"] == 0


def test_as_words_in_both_languages(mending: Run) -> None:
    assert "省市不符" in mending("worklist", "addresses", "--lang", "zh").out
    assert "City not in that province" in mending("worklist", "addresses", "--lang", "en").out
    assert "实付大于应付 1" in mending("worklist", "--lang", "zh").out


def test_another_list_is_refused_with_those_that_there_are(mending: Run) -> None:
    refused = mending("worklist", "typos")
    assert refused.code == 2
    assert "goods, addresses, amounts, duplicates" in refused.err
