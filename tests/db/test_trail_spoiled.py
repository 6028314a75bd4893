"""A1: whatever is done to whatever row of the trail with another program is found, at the right entry."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.commands.edits import EditOrders
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.db.engine import FILE_NAME
from services.db.reading import Reading
from services.db.schema import AuditEntry
from services.desk import Desk
from services.queries.checks.trail import chain, values
from services.settings import ChangeSetting
from tests.factories import make_order, make_sku
from tests.frozen import FrozenClock

COLUMNS = tuple(column.name for column in AuditEntry.__table__.columns)
LOOSE = (
    "CREATE TABLE loose (seq, at, actor, action, entity, entity_id, order_id, field, old, new, reason, salt, old_digest, new_digest, hash)"
)


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A small shop's trail without guards, types and keys, as somebody could make it who wants to hide something."""
    folder = tmp_path_factory.mktemp("trail") / "shop"
    with Desk.open(folder, clock=FrozenClock()) as desk:
        make_sku(desk, "CUP-1")
        order = make_order(desk, number="1001", lines=[{"title": "马克杯", "code": "CUP-1", "shortage": 1}])
        desk.perform(ReceiveGoods("CUP-1", 5, 600))
        desk.perform(EditOrders((order,), {"seller_memo": "送贺卡", "flag": 1, "recipient": "李四"}), reason="买家要求")
        desk.perform(EditOrders((order,), {"seller_memo": ""}))
        desk.perform(ChangeSetting("promise_hours", 24))
        desk.perform(ShipOrders((Shipment(order, "SF", "SF1234567890123"),)))
    with closing(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)) as memory:
        with closing(sqlite3.connect(folder / FILE_NAME)) as file:
            file.backup(memory)
        names = ", ".join(COLUMNS)
        memory.execute(LOOSE)
        memory.execute(f"INSERT INTO loose ({names}) SELECT {names} FROM audit_entry ORDER BY seq")
        for (name,) in memory.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            memory.execute(f"DROP TRIGGER {name}")
        memory.execute("DROP TABLE audit_entry")
        memory.execute("ALTER TABLE loose RENAME TO audit_entry")
        yield memory


class Bare(Reading):
    """On a connection that SQLAlchemy has no hand in: it would roll back what is being tried."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.driver = raw


def found(raw: sqlite3.Connection) -> int | None:
    """The first entry that a check names; None where all is well."""
    reading = Bare(raw)
    wrong = [finding for finding in (chain(reading), values(reading)) if not finding.ok]
    return min((int(finding.facts["id"] or 0) for finding in wrong), default=None)


def spoiled(raw: sqlite3.Connection, spoil: Callable[[sqlite3.Connection], object]) -> int | None:
    raw.execute("SAVEPOINT before")
    try:
        spoil(raw)
        return found(raw)
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK TO before")
            raw.execute("RELEASE before")


def other(value: object, way: int) -> object:
    """Another value than this, by one byte, by its type, or nothing at all."""
    match way, value:
        case 0, _:
            return None if value is not None else "x"
        case 1, int():
            return str(value)
        case 1, str():
            return value.encode()
        case 1, bytes():
            return value.decode("latin-1")
        case 2, int():
            return float(value) if value % 2 else value ^ 1
        case 2, str():
            return "0" if not value else value[:-1]
        case 2, bytes():
            return bytes((value[0] ^ 128, *value[1:]))
        case 3, int():
            return value + 256
        case 3, str():
            return value + "\x00"
        case 3, bytes():
            return value + b"\x00"
        case _:
            return 0 if way == 1 else b"" if way == 2 else ""


def test_the_trail_as_it_was_written_is_sound(trail: sqlite3.Connection) -> None:
    assert spoiled(trail, lambda _raw: None) is None


@given(data=st.data(), way=st.integers(0, 3), column=st.sampled_from(COLUMNS))
def test_a1_another_value_in_any_column_of_any_entry_is_found_there(
    trail: sqlite3.Connection, data: st.DataObject, way: int, column: str
) -> None:
    rows = trail.execute(f"SELECT seq, {column}, old IS NULL AND new IS NULL FROM audit_entry").fetchall()
    seq, value, empty = data.draw(st.sampled_from(rows))
    assume(not (column == "salt" and way == 0 and empty))  # an entry that held nothing, erased
    changed = other(value, way)
    told = spoiled(trail, lambda raw: raw.execute(f"UPDATE audit_entry SET {column} = ? WHERE seq = ?", (changed, seq)))
    if column == "seq":  # a row that went elsewhere is missed where it was, or is in another's way
        assert told is not None
        assert told <= seq
    else:
        assert told == seq


@given(data=st.data())
def test_a1_an_entry_that_is_gone_or_doubled_or_changed_places_is_found(trail: sqlite3.Connection, data: st.DataObject) -> None:
    (last,) = trail.execute("SELECT max(seq) FROM audit_entry").fetchone()
    seq = data.draw(st.integers(1, last))
    where = data.draw(st.integers(1, last))
    assert spoiled(trail, lambda raw: raw.execute("DELETE FROM audit_entry WHERE seq = ?", (seq,))) == seq
    names = ", ".join(COLUMNS[1:])

    def insert(raw: sqlite3.Connection) -> None:
        raw.execute("UPDATE audit_entry SET seq = seq + 1 WHERE seq > ?", (where,))
        raw.execute(
            f"INSERT INTO audit_entry (seq, {names}) SELECT ?, {names} FROM audit_entry WHERE seq = ?",
            (where + 1, seq if seq <= where else seq + 1),
        )

    # A copy put in before its original takes its place: the original is the one too many.
    assert spoiled(trail, insert) == (where + 2 if seq == where + 1 else where + 1)
    if seq != where:
        swap = "UPDATE audit_entry SET seq = CASE seq WHEN ? THEN ? ELSE ? END WHERE seq IN (?, ?)"
        assert spoiled(trail, lambda raw: raw.execute(swap, (seq, where, seq, seq, where))) == min(seq, where)


def test_words_that_are_no_text_are_found_where_they_stand(trail: sqlite3.Connection) -> None:
    for column in ("actor", "reason", "old", "new"):
        statement = f"UPDATE audit_entry SET {column} = CAST(x'E4BD' AS TEXT) WHERE seq = 4"
        assert spoiled(trail, partial(_do, statement)) == 4


def _do(statement: str, raw: sqlite3.Connection) -> None:
    raw.execute(statement)


def test_values_may_be_erased_with_their_salt_and_not_without(trail: sqlite3.Connection) -> None:
    erase = "UPDATE audit_entry SET {} WHERE field = 'recipient'"
    (seq,) = trail.execute("SELECT seq FROM audit_entry WHERE field = 'recipient'").fetchone()
    assert spoiled(trail, lambda raw: raw.execute(erase.format("old = NULL, new = NULL, salt = NULL"))) is None
    for half in ("salt = NULL", "old = NULL, new = NULL", "old = NULL, salt = NULL"):
        assert spoiled(trail, partial(_do, erase.format(half))) == seq
