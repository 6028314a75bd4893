"""What the machine may refuse: it is said in words, nothing is changed, and work goes on when the cause is gone."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from services.commands.demo import FillDemo
from services.commands.edits import EditOrders
from services.db.engine import SCHEMA_VERSION
from services.desk import Desk
from services.errors import Environment
from services.queries.verify import Verify
from services.words import say
from tests.frozen import FrozenClock

EDIT = EditOrders((1, 2, 3), {"seller_memo": "改一改"})


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        desk.perform(FillDemo(60))
        yield desk


def pragma(desk: Desk, text: str) -> None:
    with desk._gate.open():
        desk._writer.raw.execute(f"PRAGMA {text}")


def told(error: Environment, code: str) -> None:
    """The code, and words in both languages without a hole, with the file's name where one is to blame."""
    assert error.code == code
    for lang in ("zh", "en"):
        words = say(error.code, lang, **error.facts)
        assert words != code
        assert "?" not in words
        assert "{" not in words
        assert "path" not in error.facts or str(error.facts["path"]) in words
    assert re.search(r"[\u4e00-\u9fff]", say(error.code, "zh", **error.facts))


def digest(desk: Desk) -> str | None:
    found = desk.read(Verify(digest=True))
    assert found.ok
    return found.digest


def test_a_full_disk(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        before = digest(desk)
        pragma(desk, "max_page_count=150")
        with pytest.raises(Environment) as refused:
            desk.perform(FillDemo(300))
        told(refused.value, "disk_full")
        assert digest(desk) == before
        pragma(desk, "max_page_count=1000000")
        assert desk.perform(FillDemo(300)).value.orders == 300
        assert digest(desk) != before


def test_a_disk_that_fills_up_while_ordinary_work_is_done(shop: Desk) -> None:
    (pages,) = shop._writer.raw.execute("PRAGMA page_count").fetchone()
    pragma(shop, f"max_page_count={pages}")
    seen = None
    done = 0
    for number in range(400):
        before = digest(shop) if number % 50 == 0 else None
        try:
            shop.perform(EditOrders((1, 2, 3), {"seller_memo": f"第 {number} 次，" + "写得长一些" * 60}))
        except Environment as error:
            seen = error
            break
        done = number
        assert before is None or digest(shop) != before
    assert seen is not None
    told(seen, "disk_full")
    before = digest(shop)
    pragma(shop, "max_page_count=1000000")
    assert digest(shop) == before
    assert shop.perform(EDIT).value == 3
    assert done >= 0


def test_a_file_that_may_not_be_written(shop: Desk) -> None:
    before = digest(shop)
    pragma(shop, "query_only=ON")
    with pytest.raises(Environment) as refused:
        shop.perform(EDIT)
    told(refused.value, "shop_read_only")
    assert digest(shop) == before
    pragma(shop, "query_only=OFF")
    assert shop.perform(EDIT).value == 3


def test_a_file_that_another_program_holds(shop: Desk) -> None:
    before = digest(shop)
    pragma(shop, "busy_timeout=20")
    with closing(sqlite3.connect(shop.shop.folder / "shop.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Environment) as refused:
            shop.perform(EDIT)
        told(refused.value, "shop_busy")
        # Reading goes on meanwhile.
        assert digest(shop) == before
        other.execute("ROLLBACK")
    assert shop.perform(EDIT).value == 3


def test_a_second_desk_on_the_same_shop_waits_its_turn(shop: Desk) -> None:
    with Desk.open(shop.shop.folder, clock=FrozenClock(), actor="second") as second:
        assert shop.perform(EDIT).value == 3
        assert second.perform(EditOrders((1,), {"flag": 2})).value == 1
        assert shop.perform(EditOrders((1,), {"flag": 3})).value == 1
        assert digest(shop) == digest(second)


def refused_at_opening(folder: Path) -> Environment:
    with pytest.raises(Environment) as refused:
        Desk.open(folder, clock=FrozenClock())
    return refused.value


def test_a_file_that_is_no_shop(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "shop.sqlite").write_bytes(b"this is no database at all, only a text that is long enough" * 40)
    before = (folder / "shop.sqlite").read_bytes()
    told(refused_at_opening(folder), "not_a_shop")
    assert (folder / "shop.sqlite").read_bytes() == before


def test_a_shop_of_a_newer_version(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "shop", clock=FrozenClock()):
        pass
    with closing(sqlite3.connect(tmp_path / "shop" / "shop.sqlite")) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    told(refused_at_opening(tmp_path / "shop"), "shop_newer")


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "shop").write_text("no folder")
    told(refused_at_opening(tmp_path / "shop"), "folder_refused")


def test_a_file_whose_pages_are_overwritten(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        desk.perform(FillDemo(60))
    file = tmp_path / "shop" / "shop.sqlite"
    data = bytearray(file.read_bytes())
    with closing(sqlite3.connect(file)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'orders'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    data[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(data)
    with Desk.open(tmp_path / "shop", clock=FrozenClock()) as desk:
        with pytest.raises(Environment) as refused:
            desk.perform(EDIT)
        told(refused.value, "shop_damaged")
        found = desk.read(Verify())
    assert not found.ok
    assert "integrity" in {check.name for check in found.checks if not check.ok}


@pytest.mark.parametrize("column", ["hash", "old_digest", "new_digest", "salt"])
@pytest.mark.parametrize("place", [0, 0.5, 1])
def test_one_flipped_bit_of_the_trail_is_found_at_its_entry(tmp_path: Path, column: str, place: float) -> None:
    folder = tmp_path / "shop"
    with Desk.open(folder, clock=FrozenClock()) as desk:
        desk.perform(FillDemo(20))
        for number in range(1, 15):
            desk.perform(EditOrders((number,), {"flag": 1 + number % 4, "seller_memo": f"备注 {number}"}))
    file = folder / "shop.sqlite"
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode=DELETE")
        entries = db.execute(f"SELECT seq, {column} FROM audit_entry ORDER BY seq").fetchall()
    seq, value = entries[round((len(entries) - 1) * place)]
    data = bytearray(file.read_bytes())
    assert data.count(value) == 1
    data[data.find(value) + len(value) // 2] ^= 0x10
    file.write_bytes(data)
    with Desk.open(folder, clock=FrozenClock()) as desk:
        broken = [check for check in desk.read(Verify()).checks if not check.ok]
    # The chain holds the digests, the digests hold the salt.
    assert broken[0].name == ("audit_values" if column == "salt" else "audit_chain")
    assert broken[0].facts["id"] == seq
