"""The write gate: SQLite itself refuses every write that does not go through the unit of work.

An authorizer on the writer connection denies inserts, updates, deletes and changes of the schema – whether they come
by ORM, Core, text() or the driver – except inside `open()`, which only the unit of work's two write paths enter. The
authorizer is asked when a statement is prepared; setting it expires prepared statements, so none slips through a cache.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import NoReturn

Judge = Callable[[int, str | None, str | None, str | None, str | None], int]
FULL_TEXT_TABLE = "order_text"

_ROWS = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
_DENIED = _ROWS | frozenset(
    {
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_DETACH,
        sqlite3.SQLITE_REINDEX,
        sqlite3.SQLITE_ALTER_TABLE,
        sqlite3.SQLITE_CREATE_INDEX,
        sqlite3.SQLITE_CREATE_TABLE,
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_VIEW,
        sqlite3.SQLITE_CREATE_VTABLE,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_DROP_VIEW,
        sqlite3.SQLITE_DROP_VTABLE,
    }
)


def _judge(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        # How a virtual table is declared at its first use. A real write there needs PRAGMA writable_schema, refused below.
        return sqlite3.SQLITE_OK
    if action in _DENIED:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_TRANSACTION and first == "COMMIT":
        return sqlite3.SQLITE_DENY  # a script would commit half a command
    if action == sqlite3.SQLITE_PRAGMA and second is not None and first not in {"table_info", "index_list", "foreign_key_list"}:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class Guarded(sqlite3.Connection):
    """A connection whose side doors are shut: what would lift the gate, or write past it, is refused to everybody but the gate.

    Incremental blob I/O and a restored image ask neither authorizer nor trigger; another file could be attached where a limit allows it.
    """

    def _refuse(self, *_given: object, **_named: object) -> NoReturn:
        raise sqlite3.DatabaseError("not authorized")

    blobopen = _refuse
    deserialize = _refuse
    enable_load_extension = _refuse
    load_extension = _refuse
    set_authorizer = _refuse
    setlimit = _refuse

    def attach_nothing(self) -> None:
        """No file beside the shop's own."""
        sqlite3.Connection.setlimit(self, sqlite3.SQLITE_LIMIT_ATTACHED, 0)


def _set(connection: sqlite3.Connection, judge: Judge | None) -> None:
    sqlite3.Connection.set_authorizer(connection, judge)


class Gate:
    """Closed from the first moment; opened around each write of the unit of work, and for the Desk's commit."""

    def __init__(self, connection: sqlite3.Connection, derived: Collection[str]) -> None:
        self._connection = connection
        self._derived = frozenset(derived)
        self._depth = 0
        _set(connection, _judge)

    def take_away(self) -> None:
        """Before the connection is closed."""
        _set(self._connection, None)

    @contextmanager
    def open(self) -> Iterator[None]:
        """All tables: for rows that the unit of work puts on record, and for the commit."""
        with self._judged_by(None):
            yield

    @contextmanager
    def open_derived(self) -> Iterator[None]:
        """Derived tables alone and the full-text index: what never goes on record can't reach what must."""
        with self._judged_by(self._judge_derived):
            yield

    def _judge_derived(self, action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
        if action in _ROWS and first is not None and (first in self._derived or first.startswith(FULL_TEXT_TABLE)):
            return sqlite3.SQLITE_OK
        return _judge(action, first, second, database, trigger)

    @contextmanager
    def _judged_by(self, judge: Judge | None) -> Iterator[None]:
        if self._depth:
            raise RuntimeError("the gate is open already")
        self._depth += 1
        _set(self._connection, judge)
        try:
            yield
        finally:
            self._depth -= 1
            _set(self._connection, _judge)
