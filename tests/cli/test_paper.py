"""slips, picklist, labels: files that are whole, boxes that fit, and prints on record."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.desk import Desk
from services.settings import ChangeSetting
from tests.cli.conftest import Run

TITLE = "手作粗陶马克杯带盖办公室水杯大容量情侣对杯复古日式咖啡杯早餐杯牛奶杯礼盒装送礼伴手礼可定制刻字图案包邮现货当天发货品质保"
ADDRESS = "云南省大理白族自治州大理市太和街道望海路七百四十三号云上花园十幢二单元十六层一六〇二室" * 3


def text_of(path: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def prints(folder: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "shop.sqlite") as connection:
        return connection.execute(
            "SELECT o.number, p.document, p.copy FROM print_entry p JOIN orders o ON o.id = p.order_id ORDER BY p.id"
        ).fetchall()


def test_slips_of_what_is_to_be_shipped_are_recorded_copy_by_copy(shop: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "slips.pdf"
    answer = shop("slips", "--out", str(out), "--json")
    assert (answer.json["pages"], answer.json["orders"], answer.json["copies"]) == (2, 2, {"1001": 1, "1003": 1})
    assert answer.json["file"] == str(out)
    assert out.read_bytes().startswith(b"%PDF")
    assert prints(folder) == [("1001", "slip", 1), ("1003", "slip", 1)]
    assert shop("slips", "number:1001", "--out", str(out), "--json").json["copies"] == {"1001": 2}
    assert "补打" in text_of(out)
    preview = shop("slips", "number:1001", "--out", str(out), "--no-record", "--json").json
    assert (preview["recorded"], preview["copies"]) == (False, {"1001": 3})
    assert len(prints(folder)) == 3


@pytest.mark.parametrize("size", ["a5", "100x150"])
def test_no_box_needs_more_than_it_has_or_overlaps_another(run: Run, add: Callable[..., None], tmp_path: Path, size: str) -> None:
    assert (len(TITLE), len(ADDRESS[:120])) == (60, 120)
    add(number="4001234567890123456", address=ADDRESS[:120], lines=[{"title": TITLE, "code": "LONG-1", "quantity": 2}])
    out = tmp_path / "slip.pdf"
    found = run("slips", "--out", str(out), "--size", size, "--json").json
    assert found["size"] == size
    boxes = found["boxes"]
    for box in boxes:
        assert box["needed_width"] <= box["width"] + 0.01, box
        assert box["needed_height"] <= box["height"] + 0.01, box
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = (
                one["page"] != other["page"]
                or one["x"] + one["width"] <= other["x"] + 0.01
                or other["x"] + other["width"] <= one["x"] + 0.01
                or one["y"] + one["height"] <= other["y"] + 0.01
                or other["y"] + other["height"] <= one["y"] + 0.01
            )
            assert apart, (one, other)
    assert ADDRESS[:120] in "".join(text_of(out).split())


def test_masked_orders_get_a_slip_but_no_label_of_ours(shop: Run, add: Callable[..., None], folder: Path, tmp_path: Path) -> None:
    add(number="3001", recipient="张**", masked=True, lines=[{"title": "杯", "code": "CUP-1"}])
    out = tmp_path / "labels.pdf"
    answer = shop("labels", "--out", str(out), "--json", "--lang", "en")
    assert answer.code == 0
    assert answer.json["refused"] == [{"number": "3001", "why": "masked"}]
    assert answer.json["orders"] == 2
    assert "3001" in answer.err
    assert [entry for entry in prints(folder) if entry[0] == "3001"] == []
    alone = shop("labels", "number:3001", "--out", str(tmp_path / "none.pdf"), "--json")
    assert (alone.code, alone.json["error"]["code"]) == (1, "all_refused")
    assert not (tmp_path / "none.pdf").exists()
    assert shop("slips", "number:3001", "--out", str(out)).code == 0


def test_the_pick_list_sums_what_still_has_to_go(shop: Run, tmp_path: Path) -> None:
    out = tmp_path / "pick.pdf"
    found = shop("picklist", "--out", str(out), "--json").json
    assert (found["orders"], found["quantity"]) == (2, 3)
    assert [(line["bin"], line["sku"], line["quantity"]) for line in found["lines"]] == [("A-1", "CUP-1", 3)]
    assert shop("ship", "1001", "--carrier", "sf", "--tracking", "SF1234567890123").code == 0
    assert shop("picklist", "--out", str(out), "--json").json["quantity"] == 1


def test_paper_is_chinese_unless_a_language_is_asked_for(shop: Run, tmp_path: Path) -> None:
    out = tmp_path / "slip.pdf"
    assert shop("slips", "number:1001", "--out", str(out), "--no-record").code == 0
    assert "发货单" in text_of(out)
    assert shop("slips", "number:1001", "--out", str(out), "--no-record", "--lang", "en").code == 0
    assert "Packing slip" in text_of(out)


def test_the_shops_own_words_stand_at_the_foot_of_its_slips(shop: Run, folder: Path, tmp_path: Path) -> None:
    with Desk.open(folder) as desk:
        desk.perform(ChangeSetting("thank_you", "欢迎再来喝茶"))
    out = tmp_path / "slip.pdf"
    assert shop("slips", "number:1001", "--out", str(out), "--no-record").code == 0
    assert "欢迎再来喝茶" in text_of(out)


def test_what_can_not_be_written_is_not_on_record(shop: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes(b"old")
    for words, code in (
        (("slips", "--out", str(tmp_path / "no" / "slip.pdf")), 1),
        (("slips", "--out", str(tmp_path)), 1),
        (("slips", "number:none", "--out", str(tmp_path / "old.pdf")), 1),
        (("slips", "--out", str(tmp_path / "old.pdf"), "--size", "a3"), 2),
    ):
        assert shop(*words).code == code
    assert prints(folder) == []
    assert (tmp_path / "old.pdf").read_bytes() == b"old"
    assert not list(tmp_path.glob(".*.pdf"))
