"""Goods and money of an order on the command line: asked for by the clerk, decided by the owner's PIN."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from services.desk import Desk
from tests.cli.conftest import Run
from tests.factories import make_order, make_sku

PINS = {"店主": "258036", "小王": "147025"}
NUMBER = "5016165517148046476"


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[str], str]:
    def one(name: str) -> str:
        path = tmp_path / f"{name}.txt"
        path.write_text(PINS[name] + "\n", encoding="utf-8")
        return str(path)

    return one


@pytest.fixture
def locked(folder: Path, run: Run, keep: Callable[[str], str]) -> Run:
    """One paid order of two lines, an owner, a clerk."""
    with Desk.open(folder) as desk:
        make_sku(desk, "CUP", stock=5)
        make_sku(desk, "TEA.1", stock=5)
        lines = [{"title": "马克杯", "code": "CUP", "quantity": 2, "price": 30_00}, {"title": "茶", "code": "TEA.1", "price": 40_00}]
        make_order(
            desk, number=NUMBER, lines=lines, goods_amount=100_00, discount=0, goods_less_discount=100_00, freight=6_00, payable=106_00
        )
    assert run("people", "add", "店主", "--role", "owner", "--new-pin-file", keep("店主")).code == 0
    owner = ("--as", "店主", "--pin-file", keep("店主"))
    assert run("people", "add", "小王", "--role", "clerk", "--new-pin-file", keep("小王"), *owner).code == 0
    return run


def test_a_clerk_asks_and_the_owner_decides(locked: Run, keep: Callable[[str], str]) -> None:
    owner, clerk = (("--as", name, "--pin-file", keep(name), "--json") for name in PINS)
    asked = locked("edit", NUMBER, "--set", "line.CUP.price=25.00", "--set", "line.TEA.1.quantity=2", "--reason", "老客", *clerk).json
    assert asked | {"channel": ""} == {
        "number": NUMBER, "channel": "", "applied": False, "changed": False, "approval": "A1", "effect": "30.00", "decided_by": None,
    }  # fmt: skip
    order = locked("orders", NUMBER, *clerk).json["orders"][0]
    assert (order["payable"], order["blockers"]) == ("106.00", ["approval_waiting"])
    (row,) = locked("approvals", *clerk).json["approvals"]
    assert [(one["field"], one["goods"], one["old"], one["new"]) for one in row["diff"]] == [
        ("price", "马克杯", "30.00", "25.00"),
        ("quantity", "茶", "1", "2"),
        ("payable", "", "106.00", "136.00"),
    ]
    assert (row["asked_by"], row["reason"], row["stale"], row["state"]) == ("小王", "老客", False, "waiting")
    assert locked("ship", NUMBER, "--carrier", "YTO", "--tracking", "YT0771993970431", *clerk).code == 1
    refused = locked("approve", "A1", *clerk)
    assert (refused.code, refused.json["error"]["code"]) == (1, "not_permitted")
    assert locked("approve", "A1", *owner).json == {"id": "A1", "number": NUMBER, "state": "approved"}
    order = locked("orders", NUMBER, *owner).json["orders"][0]
    assert (order["payable"], [line["price"] for line in order["lines"]]) == ("136.00", ["25.00", "40.00"])
    assert locked("approve", "A1", *owner).json["error"]["code"] == "approval_decided"
    assert locked("verify", *owner).code == 0


def test_rejected_with_a_word_or_withdrawn(locked: Run, keep: Callable[[str], str]) -> None:
    owner, clerk = (("--as", name, "--pin-file", keep(name), "--json") for name in PINS)
    assert locked("edit", NUMBER, "--set", "freight=0", "--reason", "包邮", *clerk).json["approval"] == "A1"
    assert locked("reject", "A1", *owner).json["error"]["code"] == "reject_note_needed"
    assert locked("reject", "A1", "--note", "不行", *owner).json["state"] == "rejected"
    assert locked("edit", NUMBER, "--add", "TEA.1=2@15.00", "--remove", "CUP", "--reason", "换货", *clerk).json["approval"] == "A2"
    assert locked("withdraw", "a2", *clerk).json["state"] == "withdrawn"
    assert [row["state"] for row in locked("approvals", "--all", *owner).json["approvals"]] == ["withdrawn", "rejected"]
    assert locked("approvals", *owner).json["count"] == 0
    assert locked("orders", NUMBER, *owner).json["orders"][0]["payable"] == "106.00"


def test_an_owner_changes_at_once(locked: Run, keep: Callable[[str], str]) -> None:
    owner = ("--as", "店主", "--pin-file", keep("店主"))
    told = locked(
        "edit", NUMBER, "--add", "TEA.1=2@15.00", "--remove", "CUP", "--set", "运费=0", "--reason", "换货", *owner, "--lang", "zh"
    )
    assert told.out == f"{NUMBER}：已改并留痕（A1，应付 -36.00，店主）。\n"
    order = locked("orders", NUMBER, *owner, "--json").json["orders"][0]
    assert [(line["code"], line["quantity"]) for line in order["lines"]] == [("TEA.1", 1), ("TEA.1", 2)]
    assert order["payable"] == "70.00"


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (("--set", "line.CUP.price=25", "--set", "memo=x"), "edit_both_kinds", 2),
        (("--set", "line.CUP.prize=25"), "edit_line_form", 2),
        (("--set", "line.NO.price=25"), "edit_line_unknown", 2),
        (("--set", "line.CUP.price=abc"), "not_an_amount", 2),
        (("--add", "TEA.1"), "edit_add_form", 2),
        (("--add", "NO=1@2"), "sku_not_found", 1),
        (("--set", "discount=200"), "discount_above_goods", 2),
        (("--set", "ship_by=soon"), "not_a_time", 2),
    ],
)
def test_slips_are_told_in_words_and_change_nothing(
    locked: Run, keep: Callable[[str], str], words: tuple[str, ...], code: str, status: int
) -> None:
    owner = ("--as", "店主", "--pin-file", keep("店主"))
    answer = locked("edit", NUMBER, *words, "--reason", "试", *owner, "--json")
    assert (answer.json["error"]["code"], answer.code) == (code, status)
    assert "{" not in answer.err
    assert locked("approvals", "--all", *owner, "--json").json["count"] == 0
    assert locked("edit", NUMBER, "--set", "freight=1", *owner, "--json").json["error"]["code"] == "reason_needed"


def test_the_deadline_is_an_audited_edit(locked: Run, keep: Callable[[str], str]) -> None:
    clerk = ("--as", "小王", "--pin-file", keep("小王"), "--json")
    assert locked("edit", NUMBER, "--set", "ship_by=2026-11-25T18:00", *clerk).json["error"]["code"] == "reason_needed"
    assert locked("edit", NUMBER, "--set", "最晚发货=2026-11-25T18:00", "--reason", "说好", *clerk).json["applied"] is True
    assert locked("orders", NUMBER, *clerk).json["orders"][0]["ship_by"] == "2026-11-25T18:00:00+08:00"
