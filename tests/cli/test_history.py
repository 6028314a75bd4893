"""seal, verify --seal, audit --as-of, evidence, verify --order: the past as a script asks for it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from services.commands.edits import EditOrders
from services.desk import Desk
from services.documents.data import DocumentResult
from services.evidence import digest_of_book
from tests.cli.conftest import Run


@pytest.fixture
def lived(shop: Run, folder: Path) -> Run:
    with Desk.open(folder) as desk:
        desk.perform(EditOrders((1,), {"seller_memo": "送贺卡", "address": "解放南路 18 号"}), reason="买家要求")
    return shop


def book(run: Run, tmp_path: Path) -> Path:
    made = run("evidence", "1001", "--out", str(tmp_path / "book"), "--json")
    assert made.code == 0
    return Path(made.json["json"])


def spoil(path: Path, old: str, new: str, *, honest: bool = True) -> None:
    """Change the book, and make its own digest right again: what is left to find it by is the chain."""
    told = json.loads(path.read_text("utf-8").replace(old, new))
    if honest:
        told["digest"] = digest_of_book(told)
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def test_a_seal_is_made_listed_printed_and_holds(lived: Run, tmp_path: Path, folder: Path) -> None:
    sheet = tmp_path / "seal.pdf"
    made = lived("seal", "--out", str(sheet), "--json").json
    (seal,) = made["seals"]
    assert seal["seal"] in (folder / "seals.txt").read_text("utf-8")
    assert sheet.read_bytes().startswith(b"%PDF")
    assert lived("seal", "--list", "--json").json["seals"] == made["seals"]
    assert seal["seal"] in lived("seal", "--lang", "zh").out
    told = lived("verify", "--seal", seal["seal"], "--json")
    assert told.code == 0
    assert told.json["checks"][0]["name"] == "seal_given"


def test_a_seal_of_another_trail_is_told_with_its_day(lived: Run, folder: Path) -> None:
    seal = lived("seal", "--json").json["seals"][0]
    with sqlite3.connect(folder / "shop.sqlite") as raw:
        raw.execute("DROP TRIGGER audit_entry_no_update")
        raw.execute("UPDATE audit_entry SET hash = zeroblob(32) WHERE seq = ?", (seal["entry"],))
    raw.close()
    told = lived("verify", "--seal", seal["seal"], "--lang", "zh", "--json")
    assert told.code == 1
    given = next(one for one in told.json["checks"] if one["name"] == "seal_given")
    assert seal["day"] in given["detail"]
    assert lived("verify", "--seal", "261122-ABC").code == 2


def test_the_trail_is_searched_by_who_what_when_and_field(lived: Run) -> None:
    rows = lived("audit", "--field", "address", "--who", "owner", "--what", "edit_orders", "--from", "2020-01-01", "--json").json["entries"]
    assert [(row["field"], row["new"]) for row in rows] == [("address", "解放南路 18 号")]
    assert lived("audit", "--to", "2020-01-01", "--json").json["count"] == 0
    assert lived("audit", "--text", "贺卡", "--json").json["count"] == 1
    assert lived("audit", "--from", "gestern").code == 2


def test_an_order_as_it_was(lived: Run) -> None:
    when = lived("audit", "--order", "1001", "--json").json["entries"][0]["at"]
    found = lived("audit", "--order", "1001", "--as-of", when[:19], "--json").json
    assert (found["there"], found["changes"]) == (True, 0)
    assert "还没有 1001" in lived("audit", "--order", "1001", "--as-of", "2020-01-01", "--lang", "zh").out
    assert lived("audit", "--as-of", "2020-01-01").code == 2
    assert lived("audit", "--order", "1001", "--as-of", "früher").code == 2


def test_an_evidence_book_holds_by_itself_and_in_the_shop(lived: Run, tmp_path: Path) -> None:
    path = book(lived, tmp_path)
    assert path.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    told = lived("verify", "--order", str(path), "--json")
    assert told.code == 0
    assert [one["name"] for one in told.json["checks"]][-1] == "book_shop"
    alone = lived("--shop", str(tmp_path / "none"), "verify", "--order", str(path), "--json")
    assert alone.code == 0
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("买家要求", "店主要求", "book_chain"),
        ('"actor": "owner"', '"actor": "clerk"', "book_chain"),
        ('"new": "送贺卡"', '"new": "不送了"', "book_values"),
        ('"seller_memo": "送贺卡"', '"seller_memo": "不送了"', "book_rows"),
    ],
)
def test_a_book_that_was_changed_is_found(lived: Run, tmp_path: Path, old: str, new: str, found: str) -> None:
    path = book(lived, tmp_path)
    spoil(path, old, new)
    told = lived("verify", "--order", str(path), "--json")
    assert told.code == 1
    assert found in {one["name"] for one in told.json["checks"] if not one["ok"]}
    path = book(lived, tmp_path)
    spoil(path, old, new, honest=False)
    assert "book_form" in {one["name"] for one in lived("verify", "--order", str(path), "--json").json["checks"] if not one["ok"]}


def test_a_book_that_leaves_an_entry_out_or_is_of_another_shop_is_found_by_the_shop(lived: Run, tmp_path: Path) -> None:
    path = book(lived, tmp_path)
    told = json.loads(path.read_text("utf-8"))
    told["entries"] = [entry for entry in told["entries"] if entry["field"] != "address"]
    told["rows"]["orders"][0]["address"] = "文三路1号"
    told["digest"] = digest_of_book(told)
    path.write_text(json.dumps(told), "utf-8")
    wrong = [one for one in lived("verify", "--order", str(path), "--json").json["checks"] if not one["ok"]]
    assert [one["name"] for one in wrong] == ["book_shop"]
    other = tmp_path / "other"
    lived("--shop", str(other), "demo", "--orders", "20")
    path = book(lived, tmp_path)
    told_other = lived("--shop", str(other), "verify", "--order", str(path), "--json")
    assert [one["name"] for one in told_other.json["checks"] if not one["ok"]] == ["book_shop"]


def test_what_is_no_book_is_refused(lived: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for text in ("", "[]", '{"kind": "x"}', "\x00"):
        path.write_text(text)
        assert lived("verify", "--order", str(path)).code == 2
    assert lived("verify", "--order", str(tmp_path / "none.json")).code == 1


def test_the_papers_fit() -> None:
    from io import BytesIO

    from services.documents.seal_sheet import render_seal
    from services.seals import SealRow, seal_of

    made: DocumentResult = render_seal(
        SealRow(740_000, 0, 10**7, seal_of(740_000, 10**7, b"x" * 32)), "山月茶铺", "Asia/Shanghai", "zh", BytesIO()
    )
    assert made.pages == 1
    assert all(box.needed_width <= box.width for box in made.boxes)
