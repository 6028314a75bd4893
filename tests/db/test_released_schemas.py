"""A shop of every released schema, kept in tests/data: it opens, grows to the newest schema, verifies and is worked on."""

from __future__ import annotations

import lzma
import sqlite3
from pathlib import Path

import pytest

from services.commands.checking import CheckOrders
from services.commands.edits import EditOrders
from services.commands.prints import MarkPrinted
from services.db.engine import FILE_NAME, SCHEMA_VERSION
from services.desk import Desk
from services.queries.order_json import OrdersJson
from services.queries.order_rows import OrderIds
from services.queries.verify import Verify

DATA = Path(__file__).parents[1] / "data"
RELEASED = range(1, SCHEMA_VERSION)


def taken_out(version: int, folder: Path) -> Path:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(lzma.decompress((DATA / f"shop-{version:04d}.sqlite.xz").read_bytes()))
    return folder


@pytest.mark.parametrize("version", RELEASED)
def test_a_shop_of_an_older_version_grows_and_is_worked_on(version: int, tmp_path: Path) -> None:
    folder = taken_out(version, tmp_path / "shop")
    with sqlite3.connect(folder / FILE_NAME) as raw:
        orders, entries = (raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("orders", "audit_entry"))
    raw.close()
    with Desk.open(folder) as desk:
        answer = desk.read(OrdersJson("blocker:none"))
        assert desk.read(OrdersJson(limit=0)).count == orders
        ready = desk.read(OrderIds("blocker:none"))
        assert answer.count == len(ready) > 0
        assert set(desk.perform(CheckOrders(tuple(ready))).value.changed) == set(ready)
        desk.perform(EditOrders((ready[0],), {"seller_memo": "旧店新事"}))
        desk.perform(MarkPrinted((ready[0],), "slip"))
        assert desk.read(OrdersJson("旧店新事")).count == 1
        found = desk.read(Verify())
        assert [check.name for check in found.checks if not check.ok] == []
    with sqlite3.connect(folder / FILE_NAME) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert raw.execute("SELECT count(*) FROM audit_entry").fetchone()[0] > entries
    raw.close()
