"""No path to a write without audit: ORM, Core, text(), the driver, a second connection through the app – each is tried."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from services.db.engine import FILE_NAME, Readers, Writer
from services.db.reading import Reading
from services.db.schema import Setting
from services.db.uow import UnitOfWork
from services.desk import Desk
from services.settings import ChangeSetting

SNEAKY: dict[str, Callable[[Any], object]] = {
    "core insert": lambda at: at.connection.execute(insert(Setting).values(id=99, name="x", value="1")),
    "core update": lambda at: at.connection.execute(update(Setting).values(value="1")),
    "text": lambda at: at.connection.execute(text("DELETE FROM setting")),
    "driver sql": lambda at: at.connection.exec_driver_sql("UPDATE setting SET value = '1'"),
    "driver": lambda at: at.driver.execute("INSERT INTO setting VALUES (99, 'x', '1')"),
    "driver many": lambda at: at.driver.executemany("INSERT INTO setting VALUES (?, ?, '1')", [(98, "x"), (99, "y")]),
    "driver script": lambda at: at.driver.executescript("DELETE FROM setting"),
    "orm": lambda at: Session(at.connection).execute(insert(Setting), [{"id": 99, "name": "x", "value": "1"}]),
    "orm flush": lambda at: by_flush(at.connection),
    "core many": lambda at: at.connection.execute(
        insert(Setting), [{"id": 98, "name": "x", "value": "1"}, {"id": 99, "name": "y", "value": "1"}]
    ),
    "core delete": lambda at: at.connection.execute(delete(Setting)),
    "core from select": lambda at: at.connection.execute(
        insert(Setting).from_select(["id", "name", "value"], select(Setting.id + 50, Setting.name + "x", Setting.value))
    ),
    "text with values": lambda at: at.connection.execute(text("REPLACE INTO setting VALUES (:id, 'x', '1')"), [{"id": 98}, {"id": 99}]),
    "driver sql many": lambda at: at.connection.exec_driver_sql("INSERT INTO setting VALUES (?, ?, '1')", [(98, "x"), (99, "y")]),
    "cursor": lambda at: at.driver.cursor().execute("UPDATE orders SET payable = 0"),
    "with": lambda at: at.driver.execute("WITH one(id) AS (SELECT 99) INSERT INTO setting SELECT id, 'x', '1' FROM one RETURNING id"),
    "upsert": lambda at: at.driver.execute("INSERT INTO setting VALUES (1, 'x', '1') ON CONFLICT DO UPDATE SET value = '1'"),
    "trail": lambda at: at.driver.execute("INSERT INTO audit_entry SELECT * FROM audit_entry"),
    "head of the trail": lambda at: at.driver.execute("UPDATE trail_head SET seq = 1"),
    "seal": lambda at: at.driver.execute("INSERT INTO seal VALUES (9, 1, 1, 1, 'x')"),
    "orm bulk": lambda at: Session(at.connection).bulk_insert_mappings(Setting.__mapper__, [{"id": 99, "name": "x", "value": "1"}]),
    "orm bulk save": lambda at: Session(at.connection).bulk_save_objects([Setting(id=99, name="x", value="1")]),
    "orm query": lambda at: Session(at.connection).query(Setting).update({"value": "1"}),
    "orm delete": lambda at: Session(at.connection).query(Setting).delete(),
    "orm merge": lambda at: by_merge(at.connection),
    "writable schema": lambda at: at.driver.executescript(
        "PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = '' WHERE name = 'setting'"
    ),
    "trigger": lambda at: at.driver.execute("CREATE TRIGGER mine AFTER INSERT ON audit_entry BEGIN DELETE FROM setting; END"),
    "temporary trigger": lambda at: at.driver.execute(
        "CREATE TEMP TRIGGER mine AFTER INSERT ON main.audit_entry BEGIN DELETE FROM setting; END"
    ),
    "blob": lambda at: at.driver.blobopen("audit_entry", "salt", 1).write(b"x"),
    "image": lambda at: at.driver.deserialize(b""),
    "gate": lambda at: at.driver.set_authorizer(None),
    "limit": lambda at: at.driver.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 10),
    "backup": lambda at: by_backup(at.driver),
    "derived": lambda at: at.write_derived("INSERT INTO setting VALUES (?, ?, '1')", [(99, "x")]),
    "derived trail": lambda at: at.write_derived("UPDATE audit_entry SET old = NULL, new = NULL, salt = NULL WHERE seq = ?", [(1,)]),
    "schema": lambda at: at.driver.execute("UPDATE sqlite_master SET sql = '' WHERE name = 'setting'"),
    "drop trigger": lambda at: at.driver.execute("DROP TRIGGER audit_entry_no_delete"),
    "create table": lambda at: at.driver.execute("CREATE TABLE mine (a)"),
    "attach": lambda at: at.driver.execute("ATTACH ':memory:' AS other"),
    "pragma": lambda at: at.driver.execute("PRAGMA writable_schema = 1"),
}


def by_flush(connection: Connection) -> None:
    session = Session(connection)
    session.add(Setting(id=99, name="x", value="1"))
    session.flush()


def by_merge(connection: Connection) -> None:
    session = Session(connection)
    session.merge(Setting(id=1, name="x", value="1"))
    session.flush()


def by_backup(driver: sqlite3.Connection) -> None:
    """Another file's pages in the place of ours."""
    with closing(sqlite3.connect(":memory:")) as other:
        other.execute("CREATE TABLE audit_entry (a)")
        other.backup(driver)


@dataclass(frozen=True)
class Sneak:
    """A command, or a query, that goes round the unit of work's two ways to write."""

    way: str

    def apply(self, uow: UnitOfWork) -> object:
        return SNEAKY[self.way](uow)

    def run(self, reading: Reading) -> object:
        return SNEAKY[self.way](reading)


REFUSED = r"not authorized|prohibited|may not be modified|too many attached|database is in use"


def everything(desk: Desk) -> list[str]:
    with sqlite3.connect(desk.shop.folder / "shop.sqlite") as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("way", SNEAKY)
def test_a_command_can_write_only_through_the_unit_of_work(desk: Desk, way: str) -> None:
    before = everything(desk)
    with pytest.raises((DatabaseError, sqlite3.DatabaseError), match=REFUSED):
        desk.perform(Sneak(way))
    assert everything(desk) == before


@pytest.mark.parametrize("way", [way for way in SNEAKY if not way.startswith("derived")])
def test_a_query_can_write_nothing(desk: Desk, way: str) -> None:
    before = everything(desk)
    if way == "pragma":  # harmless on a connection that SQLite itself opened read-only
        desk.read(Sneak(way))
    else:
        with pytest.raises(
            Exception, match=REFUSED + r"|readonly|read-only|query_only|unable to open|can't be written|shop_read_only|shop_busy"
        ):
            desk.read(Sneak(way))
    assert everything(desk) == before


def test_the_gate_closes_again_after_a_write_a_commit_and_a_failure(desk: Desk) -> None:
    desk.perform(ChangeSetting("promise_hours", 24))
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        desk._writer.raw.execute("DELETE FROM setting")
    with pytest.raises(KeyError):
        desk.perform(Missing())
    with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        desk._writer.raw.execute("DELETE FROM setting")


def test_the_gate_is_closed_from_the_first_moment(desk: Desk) -> None:
    folder = desk.shop.folder
    desk.close()
    with Desk.open(folder) as again, pytest.raises(sqlite3.DatabaseError, match="not authorized"):
        again._writer.raw.execute("DELETE FROM setting")


@dataclass(frozen=True)
class Missing:
    def apply(self, uow: UnitOfWork) -> None:
        uow.change(Setting, {12345: {"value": "1"}})


@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit_entry", "UPDATE audit_entry SET actor = 'x'", "UPDATE audit_entry SET old = NULL, new = 'x'"]
)
def test_the_file_itself_refuses_to_alter_the_trail(desk: Desk, statement: str) -> None:
    connection = sqlite3.connect(desk.shop.folder / "shop.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


def test_erasing_a_value_is_the_one_update_that_the_trail_takes(desk: Desk) -> None:
    connection = sqlite3.connect(desk.shop.folder / "shop.sqlite")
    connection.execute("UPDATE audit_entry SET old = NULL, new = NULL, salt = NULL WHERE seq = 1")
    assert connection.execute("SELECT new, salt FROM audit_entry WHERE seq = 1").fetchone() == (None, None)
    connection.close()


# A restored backup takes the place of the file, as any other program could do it: `verify` finds that by the seals.
@pytest.mark.parametrize("way", [way for way in SNEAKY if not way.startswith("derived") and way != "backup"])
def test_the_writing_connection_itself_writes_nothing_outside_a_command(desk: Desk, way: str) -> None:
    before = everything(desk)
    with (
        desk._writer.engine.connect() as connection,
        pytest.raises((DatabaseError, sqlite3.DatabaseError), match=REFUSED),
    ):
        SNEAKY[way](SimpleNamespace(connection=connection, driver=desk._writer.raw))
    if desk._writer.raw.in_transaction:
        desk._writer.raw.rollback()
    assert everything(desk) == before
    desk.perform(ChangeSetting("promise_hours", 24))


def test_a_second_writer_of_the_app_is_closed_before_anybody_locks_it(desk: Desk) -> None:
    before = everything(desk)
    other = Writer(desk.shop.folder / FILE_NAME)
    try:
        for statement in ("DELETE FROM setting", "UPDATE orders SET payable = 0", "PRAGMA writable_schema = 1", "DROP TABLE setting"):
            with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
                other.raw.execute(statement)
        with other.engine.connect() as connection, pytest.raises(DatabaseError, match="not authorized"):
            connection.execute(text("DELETE FROM setting"))
    finally:
        other.close()
    assert everything(desk) == before


@pytest.mark.parametrize("hidden", [frozenset(), frozenset({"personal", "costs"})])
def test_a_reader_that_lifts_its_own_guard_reaches_no_file(desk: Desk, hidden: frozenset[str]) -> None:
    before = everything(desk)
    path = desk.shop.folder / FILE_NAME
    readers = Readers(path)
    try:
        raw = readers.connection(hidden).connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA query_only=OFF")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            raw.execute("DELETE FROM main.setting")
        for target in (f"{path.as_uri()}?mode=rw", ":memory:"):
            with pytest.raises(sqlite3.OperationalError, match="too many attached"):
                raw.execute("ATTACH ? AS other", (target,))
        with pytest.raises(sqlite3.DatabaseError):
            raw.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 10)
    finally:
        readers.close()
    assert everything(desk) == before
