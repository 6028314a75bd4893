"""Searching from the command line, as the issue asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.factories import at


def test_chinese_and_english_are_the_same_search(run: Run, add: Callable[..., None]) -> None:
    paid_at = at("2026-11-05 10:00")
    orders: dict[str, dict[str, Any]] = {
        "1": {},
        "2": {"status": "shipped"},
        "3": {"province": "上海市"},
        "4": {"paid_at": at("2026-10-31 23:59")},
        "5": {"seller_memo": "加急！"},
        "6": {},
    }
    for number, values in orders.items():
        add(**({"number": number, "province": "浙江省", "paid_at": paid_at} | values))
    found = {
        query: [order["number"] for order in run("orders", query, "--sort", "number", "--json").json["orders"]]
        for query in (
            "状态:待发货 省:浙江 付款>=2026-11-01 -加急",
            "status:awaiting_shipment province:浙江 paid_at>=2026-11-01 -加急",
            "状态：待发货 省：浙江 付款≥2026年11月1日 －加急",
        )
    }
    assert list(found.values()) == [["1", "6"]] * 3
    # As separate words, the way a shell hands them over.
    assert run("orders", "状态:待发货", "省:浙江", "付款>=2026-11-01", "-加急", "--json").json["count"] == 2


@pytest.mark.parametrize(("lang", "near"), [("zh", "是不是“status”"), ("en", "Did you mean “status”")])
def test_a_wrong_field_is_refused_with_the_right_word(run: Run, lang: str, near: str) -> None:
    answer = run("orders", "stauts:x", "--lang", lang)
    assert (answer.code, answer.out) == (2, "")
    assert near in answer.err
    assert "1" in answer.err


def test_one_character_and_emoji_find_all_that_hold_them(run: Run, add: Callable[..., None]) -> None:
    orders: dict[str, dict[str, Any]] = {
        "a1": {"recipient": "欧阳明月"},
        "a2": {"buyer_message": "明天送🎁"},
        "a3": {"lines": [{"title": "透明胶🎁"}]},
        "a4": {"seller_memo": "没有"},
    }
    for number, values in orders.items():
        add(**({"number": number, "recipient": "王小"} | values))
    for text, numbers in {"明": ["a1", "a2", "a3"], "🎁": ["a2", "a3"], "(": [], "没": ["a4"]}.items():
        found = run("orders", text, "--sort", "number", "--fields", "number", "--json").json["orders"]
        assert [order["number"] for order in found] == numbers
