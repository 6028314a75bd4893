"""Each check of `verify` finds the fault that it is there for, and only its like (quality.md, the house's own rules)."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.commands.demo import FillDemo
from services.commands.edits import EditOrders
from services.commands.seals import SealDay
from services.commands.upkeep import RebuildDerived, SumDays
from services.db.schema import AfterSale, CaseSource, ImportBatch, ImportRows, MoneyRecord, OrderSource
from services.db.uow import UnitOfWork
from services.desk import Desk
from services.imports.columns import pack
from services.imports.read import Block
from services.queries.verify import CHECKS, Verified, Verify
from services.words import say, terms
from tests.frozen import FrozenClock

ORDERS = 260


@dataclass(frozen=True)
class AddBatch:
    """A file of three rows, as an import keeps it."""

    def apply(self, uow: UnitOfWork) -> None:
        facts = {"file_name": "a.csv", "file_hash": "0", "file_time": 1, "format": "f", "encoding": "gbk", "at": uow.now, "rows": 3}
        (batch,) = uow.bulk(ImportBatch, [{**facts, "headings": "[]", "report": "{}"}])
        first_row, rows, block = pack([Block(range(2, 5), [["1"], ["2"], ["3"]])])
        uow.bulk(ImportRows, [{"batch_id": batch, "first_row": first_row, "rows": rows, "block": block}])
        (case,) = uow.sql("SELECT max(id) FROM after_sale")[0]
        uow.change(AfterSale, {case: {"number": "777"}})
        told = {"platform": "taobao", "number": "777", "order_number": "1", "case_id": case, "batch_id": batch, "row": 2}
        (number,) = uow.sql("SELECT number FROM orders WHERE id = 1")[0]
        record = {"batch_id": batch, "row": 2, "account": "alipay", "flow": "1", "order_number": number, "order_id": 1}
        uow.bulk(MoneyRecord, [{**record, "kind": "sale", "amount": 1, "at": 1}])
        uow.bulk(CaseSource, [{**told, "file_time": 1, "told": "[]"}])
        uow.bulk(OrderSource, [{"order_id": 1, "kind": "orders", "batch_id": batch, "row": 2, "file_time": 1, "digest": b"", "told": "{}"}])


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with something of everything, closed; copied by each test."""
    folder = tmp_path_factory.mktemp("sound") / "shop"
    with Desk.open(folder, clock=FrozenClock()) as desk:
        desk.perform(FillDemo(ORDERS))
        desk.perform(AddBatch())
        desk.perform(EditOrders((3,), {"seller_memo": "送手写贺卡"}))
        desk.perform(SumDays(40))
        desk.perform(SealDay())
    return folder


@contextmanager
def planting(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file as somebody with another program would change it: no triggers, no checks, no references."""
    with closing(sqlite3.connect(folder / "shop.sqlite")) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("PRAGMA ignore_check_constraints=ON")
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for _name, sql in guards:
            db.execute(sql)
        db.commit()


def verified(folder: Path, *, digest: bool = False) -> Verified:
    with Desk.open(folder, clock=FrozenClock()) as desk:
        return desk.read(Verify(digest))


def failing(found: Verified) -> set[str]:
    return {check.name for check in found.checks if not check.ok}


@pytest.fixture
def shop(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "copy"))


# Ids that the plants name, looked up before anything is planted.
NAMED: dict[str, str] = {
    "waiting": "SELECT min(id) FROM orders WHERE status = 'awaiting_shipment' AND shortage = 0 AND open_cases = 0 AND unmatched = 0"
    " AND lines_unknown = 0 AND part_shipped = 0 AND id IN (SELECT order_id FROM order_line WHERE reserved > 0)",
    "line": "SELECT min(id) FROM order_line WHERE order_id = {waiting} AND reserved > 0",
    "sku": "SELECT sku_id FROM order_line WHERE id = {line}",
    "sent": "SELECT min(o.id) FROM orders o JOIN stock_movement m ON m.order_id = o.id WHERE o.status = 'completed' AND o.refunded = 0",
    "case": "SELECT max(id) FROM after_sale WHERE state = 'refunded'",
    "day": "SELECT max(day) FROM listing_sum",
}

# Check: the statements of its fault, and which other checks can't help seeing it too.
PLANTS: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "references": (("UPDATE orders SET customer_id = 999999 WHERE id = {sent}",), set()),
    "schema": (("DROP INDEX ix_orders_phone_tail",), set()),
    "audit_values": (("UPDATE audit_entry SET new = '别的备注' WHERE field = 'seller_memo'",), set()),
    "audit_chain": (("UPDATE audit_entry SET actor = 'nobody' WHERE field = 'seller_memo'",), set()),
    "audit_seals": (("UPDATE seal SET day = day - 1",), {"audit_ledgers"}),
    "audit_ledgers": (("UPDATE stock_movement SET note = 'x' WHERE id = 5",), set()),
    "stock_on_hand": (("UPDATE stock_level SET on_hand = on_hand + 1 WHERE sku_id = 1",), set()),
    "stock_value": (("UPDATE stock_level SET value = value + 1 WHERE sku_id = 1",), set()),
    "stock_reserved": (("UPDATE stock_level SET reserved = reserved + 1 WHERE sku_id = {sku}",), set()),
    "line_reserved": (("UPDATE order_line SET reserved = reserved - 1, quantity = quantity WHERE id = {line}",), {"line_shortage"}),
    "reservation_orders": (
        ("UPDATE reservation SET state = 'open', closed_at = 5 WHERE id = (SELECT min(id) FROM reservation WHERE line_id = {line})",),
        set(),
    ),
    "units_sent": (
        ("UPDATE reservation SET state = 'released' WHERE id = (SELECT min(id) FROM reservation WHERE state = 'consumed')",),
        set(),
    ),
    "line_shipped": (("DELETE FROM parcel_line WHERE id = (SELECT max(id) FROM parcel_line)",), set()),
    "line_shortage": (
        ("UPDATE order_line SET shortage = 1 WHERE id = {line}", "UPDATE orders SET shortage = 1 WHERE id = {waiting}"),
        {"shortage_unfilled"},
    ),
    "shortage_unfilled": (
        (
            "UPDATE stock_level SET reserved = reserved - 1 WHERE sku_id = {sku}",
            "UPDATE orders SET shortage = 1 WHERE id = {waiting}",
            "UPDATE reservation SET quantity = quantity - 1 WHERE state = 'open' AND line_id = {line}",
            "UPDATE order_line SET shortage = 1, reserved = reserved - 1 WHERE id = {line}",
        ),
        set(),
    ),
    "order_paid": (("UPDATE orders SET paid = paid + 1 WHERE id = {sent}",), {"line_shares"}),
    "order_refunded": (("UPDATE orders SET refunded = 1 WHERE id = {sent}",), set()),
    "refund_ceiling": (("UPDATE after_sale SET amount = amount + 10000000 WHERE state = 'requested'",), {"case_money"}),
    "case_money": (("UPDATE after_sale SET state = 'withdrawn' WHERE id = {case}",), set()),
    "case_sources": (("UPDATE case_source SET number = '778'",), set()),
    "money_records": (("UPDATE money_record SET order_number = '7'",), {"audit_ledgers"}),
    "ledgers_of_gone": (
        ("INSERT INTO money_entry(id, order_id, kind, amount, at, source, key) SELECT max(id) + 1, 999999, 'payment', 1, 1, 'x', 'x' FROM money_entry",),
        {"audit_ledgers"},
    ),
    "line_refunded": (
        ("UPDATE order_line SET refunded = 0 WHERE id = (SELECT min(line_id) FROM money_entry WHERE kind = 'refund' AND line_id IS NOT NULL)",),
        set(),
    ),
    "goods_amount": (
        (
            "UPDATE orders SET goods_amount = goods_amount + 1, goods_less_discount = goods_less_discount + 1, payable = payable + 1 WHERE id = {sent}",
            "UPDATE order_line SET payable = payable + 1 WHERE id = (SELECT min(id) FROM order_line WHERE order_id = {sent})",
        ),
        set(),
    ),
    "payable": (("UPDATE orders SET payable = payable + 1 WHERE id = {sent}",), set()),
    "discounts": (("UPDATE discount SET amount = amount + 1 WHERE id = 1",), set()),
    "line_shares": (("UPDATE order_line SET payable = payable + 1 WHERE order_id = {sent} AND position = 1",), set()),
    "order_shortage": (("UPDATE orders SET shortage = 1 WHERE id = {sent}",), set()),
    "order_unmatched": (("UPDATE orders SET unmatched = 1 WHERE id = {sent}",), set()),
    "order_goods": (("UPDATE orders SET goods_kinds = goods_kinds + 1 WHERE id = {sent}",), set()),
    "order_quantity": (("UPDATE orders SET quantity = quantity + 1 WHERE id = {sent}",), set()),
    "order_lines_unknown": (("UPDATE orders SET lines_unknown = 1 WHERE id = {sent}",), set()),
    "order_part_shipped": (("UPDATE orders SET part_shipped = 0",), set()),
    "order_cases": (("UPDATE orders SET open_cases = 1 WHERE id = {sent}",), set()),
    "order_copies": (("UPDATE orders SET slip_copies = slip_copies + 1 WHERE id = {sent}",), set()),
    "print_copies": (("UPDATE print_entry SET copy = 7 WHERE id = 1",), {"audit_ledgers"}),
    "status_counts": (("UPDATE order_count SET orders = orders + 1 WHERE status = 'completed' AND channel_id = 1",), set()),
    "status_times": (("UPDATE orders SET completed_at = paid_at WHERE id = {waiting}",), set()),
    "local_days": (("UPDATE orders SET created_day = created_day - 1 WHERE id = {sent}",), set()),
    "tracking_numbers": (
        (
            "DROP INDEX uq_parcel_tracking",
            "UPDATE parcel SET (carrier, tracking_number) = (SELECT carrier, tracking_number FROM parcel WHERE id = 1) WHERE id = 2",
        ),
        {"schema"},
    ),
    "customers": (("UPDATE orders SET customer_id = (SELECT min(id) FROM customer WHERE channel_id = 2) WHERE id = {waiting}",), set()),
    "import_rows": (("UPDATE import_batch SET rows = 4",), set()),
    "search_documents": (("UPDATE orders SET seller_memo = '偷改的备注' WHERE id = {sent}",), set()),
    "search_index": (("INSERT INTO order_text(order_text, rowid, words) SELECT 'delete', order_id, words FROM search_doc WHERE order_id = {sent}",), set()),
    "sums": (("UPDATE listing_month SET amount = amount + 1 WHERE month = (SELECT max(month) FROM listing_month)",), set()),
}  # fmt: skip


def test_a_sound_shop_passes(sound: Path) -> None:
    found = verified(sound)
    assert failing(found) == set()
    assert found.ok


@pytest.mark.parametrize("name", PLANTS)
def test_each_fault_is_found_by_its_check(shop: Path, name: str) -> None:
    statements, also = PLANTS[name]
    with planting(shop) as db:
        ids: dict[str, int] = {}
        for named, query in NAMED.items():
            (ids[named],) = db.execute(query.format(**ids)).fetchone()
        for statement in statements:
            db.execute(statement.format(**ids))
    found = verified(shop)
    assert not found.ok
    assert failing(found) == {name} | also


def test_missing_guards_are_found(shop: Path) -> None:
    with closing(sqlite3.connect(shop / "shop.sqlite")) as db:
        db.execute("DROP TRIGGER audit_entry_no_delete")
    assert failing(verified(shop)) == {"triggers"}


def test_a_damaged_index_is_found(shop: Path) -> None:
    file = shop / "shop.sqlite"
    with closing(sqlite3.connect(file)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_orders_buyer_nick'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
        nicks = [nick.encode() for (nick,) in db.execute("SELECT DISTINCT buyer_nick FROM orders")]
    data = bytearray(file.read_bytes())
    start = (page - 1) * size
    (place, *_rest) = sorted(at for nick in nicks if (at := data.find(nick, start, start + size)) >= 0)
    data[place] ^= 0x01
    file.write_bytes(data)
    assert failing(verified(shop)) == {"integrity"}


def test_every_check_has_a_planted_fault_and_words() -> None:
    names = {name for name, _check in CHECKS}
    assert names == PLANTS.keys() | {"triggers", "integrity"}
    assert names | {"seal_given"} == terms()["check"].keys()


Spoil = Callable[[sqlite3.Connection, int], None]


def _delete(db: sqlite3.Connection, seq: int) -> None:
    db.execute("DELETE FROM audit_entry WHERE seq = ?", (seq,))


def _swap(db: sqlite3.Connection, seq: int) -> None:
    db.execute("UPDATE audit_entry SET seq = -1 WHERE seq = ?", (seq,))
    db.execute("UPDATE audit_entry SET seq = ? WHERE seq = ?", (seq, seq + 1))
    db.execute("UPDATE audit_entry SET seq = ? WHERE seq = -1", (seq + 1,))


def _insert(db: sqlite3.Connection, seq: int) -> None:
    for (later,) in db.execute("SELECT seq FROM audit_entry WHERE seq >= ? ORDER BY seq DESC", (seq,)).fetchall():
        db.execute("UPDATE audit_entry SET seq = seq + 1 WHERE seq = ?", (later,))
    names = "at, actor, action, entity, entity_id, order_id, field, old, new, reason, salt, old_digest, new_digest, hash"
    db.execute(f"INSERT INTO audit_entry (seq, {names}) SELECT ?, {names} FROM audit_entry WHERE seq = ?", (seq, seq + 1))


def _flip(column: str) -> Spoil:
    def spoil(db: sqlite3.Connection, seq: int) -> None:
        (value,) = db.execute(f"SELECT {column} FROM audit_entry WHERE seq = ?", (seq,)).fetchone()
        db.execute(f"UPDATE audit_entry SET {column} = ? WHERE seq = ?", (bytes((value[0] ^ 1, *value[1:])), seq))

    return spoil


@pytest.mark.parametrize("spoil", [_delete, _swap, _insert, _flip("hash"), _flip("old_digest"), _flip("new_digest")])
@pytest.mark.parametrize("seq", [1, 3])
def test_the_first_broken_entry_of_the_trail_is_named(shop: Path, spoil: Spoil, seq: int) -> None:
    with planting(shop) as db:
        spoil(db, seq)
    (chain,) = [check for check in verified(shop).checks if check.name == "audit_chain"]
    assert not chain.ok
    # A copy put in before its original takes its place: the original is the one too many.
    broken = seq + (spoil is _insert)
    assert chain.facts["id"] == broken
    assert say(chain.code, "zh", **chain.facts).startswith(f"留痕在第 {broken} 条断开")


def test_erasing_a_value_with_its_salt_leaves_the_trail_whole(shop: Path) -> None:
    with closing(sqlite3.connect(shop / "shop.sqlite")) as db:
        db.execute("UPDATE audit_entry SET old = NULL, new = NULL, salt = NULL WHERE field = 'seller_memo'")
        db.commit()
    assert verified(shop).ok


def test_rows_added_to_a_ledger_behind_the_trail_are_found(shop: Path) -> None:
    with planting(shop) as db:
        db.execute(
            "INSERT INTO stock_movement SELECT (SELECT max(id) + 1 FROM stock_movement), sku_id, kind, quantity, value, at, NULL, NULL, NULL, NULL, NULL, ''"
            " FROM stock_movement WHERE id = 1"
        )
        db.execute(
            "UPDATE stock_level SET on_hand = on_hand + (SELECT quantity FROM stock_movement WHERE id = 1),"
            " value = value + (SELECT value FROM stock_movement WHERE id = 1) WHERE sku_id = (SELECT sku_id FROM stock_movement WHERE id = 1)"
        )
    assert failing(verified(shop)) == {"audit_ledgers"}


def test_the_digest_tells_shops_apart_and_is_the_same_twice(sound: Path, shop: Path) -> None:
    before = verified(sound, digest=True).digest
    assert verified(shop, digest=True).digest == before
    with Desk.open(shop, clock=FrozenClock()) as desk:
        desk.perform(EditOrders((5,), {"flag": 4}))
    assert verified(shop, digest=True).digest != before


def test_derived_data_made_anew_passes(shop: Path) -> None:
    with planting(shop) as db:
        db.execute("DELETE FROM order_count")
        db.execute("DELETE FROM search_doc WHERE order_id < 50")
        db.execute("UPDATE sales_sum SET paid = 0")
    assert failing(verified(shop)) == {"status_counts", "search_documents", "search_index", "sums"}
    with Desk.open(shop, clock=FrozenClock()) as desk:
        desk.perform(RebuildDerived())
    assert verified(shop).ok
