"""ship, receive, stock, adjust, refund, edit: what a script gets back and what the shop holds after it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

SF = ("--carrier", "sf", "--tracking")


def sql(folder: Path, statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "shop.sqlite") as connection:
        return connection.execute(statement, params).fetchall()


def digest(run: Run) -> str:
    return str(run("verify", "--digest", "--json").json["digest"])


def test_shipping_takes_the_units_off_the_ledger_once(shop: Run, folder: Path) -> None:
    before = shop("stock", "CUP-1", "--json").json["skus"][0]
    assert (before["on_hand"], before["reserved"], before["available"], before["cost"]) == (5, 3, 2, "6.00")
    answer = shop("ship", "1001", *SF, "SF1234567890123", "--json")
    assert (answer.code, answer.json) == (0, {"shipped": ["1001"], "part_shipped": [], "refused": []})
    assert answer.err == ""
    after = shop("--json", "stock", "CUP-1").json["skus"][0]
    assert (after["on_hand"], after["reserved"], after["available"]) == (3, 1, 2)
    assert sql(folder, "SELECT sum(quantity) FROM stock_movement WHERE kind = 'shipment'") == [(-2,)]
    found = shop("orders", "status:shipped", "--json").json
    assert [order["number"] for order in found["orders"]] == ["1001"]
    assert found["orders"][0]["parcels"] == [{"carrier": "SF", "carrier_name": "顺丰速运", "number": "SF1234567890123"}]
    trail = shop("audit", "--order", "1001", "--json").json["entries"]
    assert [(entry["old"], entry["new"]) for entry in trail if entry["field"] == "status"] == [("awaiting_shipment", "shipped")]
    assert shop("verify").code == 0


@pytest.mark.parametrize(
    ("words", "blockers"),
    [
        (("1002", *SF, "SF1234567890124"), ["not_paid"]),
        (("1001", *SF, "SF1234567890124"), ["already_shipped"]),
        (("1003", *SF, "SF1234567890123"), ["number_used"]),
        (("1003",), ["no_tracking"]),
        (("9999", *SF, "SF1234567890124"), ["order_not_found"]),
    ],
)
def test_what_can_not_be_shipped_is_refused_with_the_reason_and_nothing_changes(
    shop: Run, words: tuple[str, ...], blockers: list[str]
) -> None:
    assert shop("ship", "1001", *SF, "SF1234567890123").code == 0
    before = digest(shop)
    answer = shop("ship", *words, "--json", "--lang", "en")
    assert answer.code == 1
    assert answer.json["shipped"] == []
    assert answer.json["refused"] == [{"number": words[0], "blockers": blockers}]
    assert answer.json["error"]["code"] == "nothing_shipped"
    assert answer.err.count("\n") == 1
    assert answer.err.startswith("zhanggui: Nothing was shipped. ")
    assert digest(shop) == before


def test_some_of_several_is_3_and_each_is_shipped_whole_or_not_at_all(shop: Run) -> None:
    answer = shop("ship", "1001", "9999", "1001", *SF, "SF1234567890123", "--json")
    assert answer.code == 3
    assert answer.json == {
        "shipped": ["1001"],
        "part_shipped": [],
        "refused": [{"number": "9999", "blockers": ["order_not_found"]}],
    }
    assert "9999" in answer.err


def test_one_number_for_two_buyers_ships_neither(shop: Run) -> None:
    before = digest(shop)
    answer = shop("ship", "1001", "1003", *SF, "SF1234567890123", "--json")
    assert answer.code == 1
    assert {entry["number"]: entry["blockers"] for entry in answer.json["refused"]} == {
        "1001": ["different_buyers"],
        "1003": ["different_buyers"],
    }
    assert digest(shop) == before


def test_a_shortage_is_passed_over_knowingly_only(shop: Run, folder: Path) -> None:
    assert shop("adjust", "CUP-1", "1", "--reason", "摔坏了", "--damaged").code == 0
    assert shop("ship", "1001", *SF, "SF1234567890123", "--json").json["refused"][0]["blockers"] == ["shortage"]
    assert shop("ship", "1001", *SF, "SF1234567890123", "--override", "shortage").code == 1
    assert shop("ship", "1001", *SF, "SF1234567890123", "--override", "not_paid", "--reason", "x").code == 1
    assert shop("ship", "1001", *SF, "SF1234567890123", "--override", "shrtage", "--reason", "x").code == 2
    answer = shop("ship", "1001", *SF, "SF1234567890123", "--override", "shortage", "--reason", "先发一件", "--json")
    assert (answer.code, answer.json["part_shipped"]) == (0, ["1001"])
    assert sql(folder, "SELECT status, part_shipped FROM orders WHERE number = '1001'") == [("awaiting_shipment", 1)]
    assert shop("verify").code == 0


def test_an_unknown_carrier_is_wrong_usage(shop: Run) -> None:
    assert shop("ship", "1001", "--carrier", "XX", "--tracking", "123456789012").code == 2
    assert shop("ship", "1001", "--tracking", "123456789012").code == 2


def test_a_number_in_two_channels_asks_which(shop: Run, add: Callable[..., None]) -> None:
    add(number="1001", channel="tmall", lines=[{"title": "杯", "code": "CUP-1"}])
    run = shop
    answer = run("edit", "1001", "--set", "memo=x", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "number_in_two_channels")
    assert "taobao:1001, tmall:1001" in answer.err
    assert run("edit", "tmall:1001", "--set", "memo=x", "--json").json["channel"] == "tmall"
    assert run("orders", "channel:tmall", "--fields", "seller_memo", "--json").json["orders"] == [{"seller_memo": "x"}]


def test_an_edit_is_recorded_field_by_field(shop: Run) -> None:
    answer = shop(
        "edit", "1001", "--set", "memo=小心轻放", "--set", "flag=红", "address=新路 2 号", "--reason", "买家来电", "--as", "小林", "--json"
    )
    assert (answer.code, answer.json) == (
        0,
        {"number": "1001", "channel": "taobao", "applied": True, "changed": True, "approval": None},
    )
    order = shop("orders", "number:1001", "--json").json["orders"][0]
    assert (order["seller_memo"], order["flag"], order["address"]) == ("小心轻放", 1, "新路 2 号")
    entries = [entry for entry in shop("audit", "--order", "1001", "--json").json["entries"] if entry["action"] == "edit_orders"]
    assert {entry["field"]: (entry["old"], entry["new"]) for entry in entries} == {
        "seller_memo": ("", "小心轻放"),
        "flag": ("0", "1"),
        "address": ("文三路1号", "新路 2 号"),
    }
    assert {(entry["actor"], entry["reason"]) for entry in entries} == {("小林", "买家来电")}
    again = shop("edit", "1001", "--set", "seller_memo=小心轻放", "--json")
    assert (again.code, again.json["changed"]) == (0, False)


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("--set", "address=x"), 1, "reason_needed"),
        (("--set", "paid=1"), 2, "field_not_editable"),
        (("--set", "flag=9"), 2, "flag_out_of_range"),
        (("--set", "memo"), 2, "usage_set"),
        ((), 2, "nothing_to_edit"),
    ],
)
def test_an_edit_that_can_not_be(shop: Run, words: tuple[str, ...], code: int, error: str) -> None:
    answer = shop("edit", "1001", *words, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (code, error)


def test_refunds_stop_at_what_was_paid_in_one_go_and_in_pieces(shop: Run) -> None:
    def refund(amount: str) -> Any:
        return shop("refund", "1001", "--kind", "refund_only", "--amount", amount, "--reason", "破损", "--fault", "quality", "--json")

    assert refund("30.01").code == 1
    first = refund("29.99")
    assert first.json == {"id": "C1", "number": "1001", "kind": "refund_only", "state": "refunded", "amount": "29.99", "ceiling": "0.01"}
    over = refund("0.02")
    assert (over.code, over.json["error"]["code"]) == (1, "refund_over_ceiling")
    assert refund("0.01").code == 0
    assert shop("orders", "number:1001", "--fields", "refunded,status", "--json").json["orders"] == [
        {"refunded": "30.00", "status": "closed"}
    ]
    assert shop("verify").code == 0


def test_goods_come_back_only_where_they_are_named(shop: Run) -> None:
    for option in ("--restock", "--damaged"):
        answer = shop("refund", "1001", "--kind", "refund_only", "--amount", "1", option, "--reason", "x", "--json")
        assert (answer.code, answer.json["error"]["facts"]["what"]) == (2, "--line")
    assert shop("orders", "number:1001", "--fields", "refunded", "--json").json["orders"] == [{"refunded": "0.00"}]


def test_returned_goods_go_back_on_the_shelf(shop: Run) -> None:
    assert shop("ship", "1001", *SF, "SF1234567890123").code == 0
    words = ("refund", "1001", "--kind", "退货退款", "--line", "1=1", "--restock", "--reason", "不合适", "--key", "again")
    first, second = shop(*words, "--json"), shop(*words, "--json")
    assert first.json["amount"] == "15.00"
    assert second.json["id"] == first.json["id"]
    assert shop("stock", "CUP-1", "--json").json["skus"][0]["on_hand"] == 4
    assert shop("refund", "1001", "--kind", "return_and_refund", "--line", "7=1", "--reason", "x").code == 2
    assert shop("verify").code == 0


def test_goods_come_in_by_code_and_new_ones_by_title(run: Run) -> None:
    refused = run("receive", "NEW-1", "5", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "sku_not_found")
    assert run("receive", "NEW-1", "5", "--title", "新品", "--cost", "3.5", "--json").json["received"] == 5
    row = run("stock", "--json").json["skus"][0]
    assert (row["sku"], row["title"], row["on_hand"], row["cost"], row["value"]) == ("NEW-1", "新品", 5, "3.50", "17.50")
    adjusted = run("adjust", "NEW-1", "4", "--reason", "盘点", "--json").json
    assert (adjusted["on_hand"], adjusted["difference"]) == (4, -1)
    for wrong in ("0", "-1", "1.5", "x"):
        assert run("receive", "NEW-1", wrong).code == 2
    assert run("receive", "NEW-1", "1", "--cost", "1.234").code == 2


def test_a_code_is_matched_once_for_all(shop: Run, add: Callable[..., None]) -> None:
    add(number="2001", unmatched=1, lines=[{"title": "围巾 灰", "code": "SC-9"}])
    run = shop
    assert [row["code"] for row in run("stock", "--unmatched", "--json").json["unmatched"]] == ["SC-9"]
    assert run("match", "SC-9", "NOPE").code == 1
    assert run("match", "SC-9", "CUP-1", "--json").json == {"code": "SC-9", "sku": "CUP-1", "lines": 1}
    assert run("stock", "--json").json["unmatched"] == []


def tracking_file(folder: Path, *rows: str) -> str:
    path = folder.parent / "运单.csv"
    path.write_text("\n".join(("订单编号,物流公司,物流单号", *rows)) + "\n", encoding="utf-8")
    return str(path)


def test_a_tracking_file_ships_what_may_leave_and_says_why_the_rest_stays(shop: Run, folder: Path) -> None:
    path = tracking_file(folder, "1001,中通快递,73120000000001", "1002,中通快递,73120000000002", "1009,中通快递,73120000000003")
    before = digest(shop)
    dry = shop("tracking", path, "--dry-run", "--json")
    assert (dry.code, dry.json["shipped"], digest(shop)) == (0, 1, before)
    answer = shop("tracking", path, "--json")
    assert answer.code == 3
    told = answer.json
    assert (told["rows"], told["matched"], told["unmatched"], told["shipped"], told["refused"]) == (3, 2, 1, 1, 1)
    assert [(entry["row"], entry["number"], entry["result"], entry.get("blockers", [])) for entry in told["entries"]] == [
        (2, "1001", "ship", []),
        (3, "1002", "refused", ["not_paid"]),
        (4, "1009", "unmatched", []),
    ]
    assert sql(folder, "SELECT number FROM orders WHERE status = 'shipped'") == [("1001",)]
    words = shop("--lang", "zh", "tracking", path)
    assert words.code == 3
    assert "已有运单号 1" in words.out
    assert "第 3 行 订单 1002 不发货：未付款" in words.out


def test_a_tracking_file_of_which_nothing_ships_fails(shop: Run, folder: Path) -> None:
    assert shop("tracking", tracking_file(folder, "1002,中通快递,73120000000002")).code == 1
    assert shop("tracking", tracking_file(folder, "1003,中通快递,73120000000004")).code == 0
    # It is known by its headings, too.
    assert shop("import", tracking_file(folder, "1003,中通快递,73120000000004"), "--json").json["already"] == 1


def test_a_stocktake_is_shown_first_and_booked_on_demand(shop: Run, folder: Path) -> None:
    path = folder.parent / "盘点.csv"
    path.write_text("商家编码,实盘数量\nCUP-1,4\nXX-1,2\n", encoding="utf-8")
    before = digest(shop)
    looked = shop("stocktake", str(path), "--json")
    assert (looked.code, looked.json["counted"], looked.json["differences"], looked.json["unmatched"]) == (0, 1, 1, 1)
    assert [(entry["number"], entry["result"], entry.get("difference")) for entry in looked.json["entries"]] == [
        ("CUP-1", "count_differs", -1),
        ("XX-1", "sku_unknown", None),
    ]
    assert digest(shop) == before
    words = shop("--lang", "zh", "stocktake", str(path), "--post", "--reason", "月末")
    assert words.code == 0
    assert "第 2 行 CUP-1：实盘 4，账面 5（-1）" in words.out
    assert sql(folder, "SELECT on_hand FROM stock_level") == [(4,)]
    assert sql(folder, "SELECT quantity, note FROM stock_movement WHERE kind = 'adjustment'") == [(-1, "月末")]
    assert shop("stocktake", str(path), "--post", "--json").json["differences"] == 0
