"""`zhanggui undo "#N"`: one's own deed by any number of it in the trail, taken back and done again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from services.desk import Desk
from services.queries.audit_trail import AuditTrail
from services.queries.order_card import OrderCard
from tests.cli.conftest import Run


def flag(folder: Path) -> int:
    with Desk.open(folder) as desk:
        return desk.read(OrderCard(1)).flag


def test_a_deed_is_taken_back_and_done_again(run: Run, add: Callable[..., None], folder: Path) -> None:
    add(number="1001")
    assert run("edit", "1001", "flag=red", "memo=急").code == 0
    with Desk.open(folder) as desk:
        seq = next(row.seq for row in desk.read(AuditTrail()) if row.field == "flag")
    told = run("undo", f"#{seq}", "--dry-run", "--json").json
    assert (told["deed"], told["fields"], told["orders"], told["undone"]) == ("edit_orders", ["flag", "seller_memo"], 1, False)
    assert flag(folder) == 1
    assert run("undo", f"#{seq}", "--lang", "zh").out.startswith("已撤销：改旗帜、卖家备注（1 单），#")
    assert flag(folder) == 0
    again = run("undo", "#", "--json").json
    assert (again["again"], again["undone"]) == (True, True)
    assert flag(folder) == 1


def test_what_changed_since_or_is_anothers_is_refused_in_words(run: Run, add: Callable[..., None], folder: Path) -> None:
    add(number="1001")
    run("edit", "1001", "memo=急")
    with Desk.open(folder) as desk:
        seq = next(row.seq for row in desk.read(AuditTrail()) if row.field == "seller_memo")
    run("--as", "小王", "edit", "1001", "memo=不急")
    refused = run("undo", f"#{seq}", "--lang", "zh")
    assert refused.code == 1
    assert "“急”→“不急”（小王，修改订单" in refused.err
    assert run("undo", "#", "--as", "小李", "--json").json["error"]["code"] == "undo_nothing_left"
    assert run("undo", f"#{seq}", "--as", "小李", "--json").json["error"]["code"] == "undo_not_yours"
    assert run("undo", "#99999", "--json").json["error"]["code"] == "deed_not_found"
