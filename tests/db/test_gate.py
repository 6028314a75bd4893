"""No path to a write without audit: ORM, Core, text(), the driver, a second connection through the app – each is tried."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

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


@dataclass(frozen=True)
class Sneak:
    """A command, or a query, that goes round the unit of work's two ways to write."""

    way: str

    def apply(self, uow: UnitOfWork) -> object:
        return SNEAKY[self.way](uow)

    def run(self, reading: Reading) -> object:
        return SNEAKY[self.way](reading)


def everything(desk: Desk) -> list[str]:
    with sqlite3.connect(desk.shop.folder / "shop.sqlite") as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("way", SNEAKY)
def test_a_command_can_write_only_through_the_unit_of_work(desk: Desk, way: str) -> None:
    before = everything(desk)
    with pytest.raises((DatabaseError, sqlite3.DatabaseError), match=r"not authorized|prohibited|may not be modified"):
        desk.perform(Sneak(way))
    assert everything(desk) == before


@pytest.mark.parametrize("way", [way for way in SNEAKY if not way.startswith("derived")])
def test_a_query_can_write_nothing(desk: Desk, way: str) -> None:
    before = everything(desk)
    if way in {"attach", "pragma"}:  # harmless on a connection that SQLite itself opened read-only
        desk.read(Sneak(way))
    else:
        with pytest.raises(
            Exception, match=r"may not be modified|readonly|read-only|query_only|unable to open|prohibited|can't be written|shop_read_only"
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
