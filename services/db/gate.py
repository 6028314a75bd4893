"""The write gate: SQLite itself refuses every write that does not go through the unit of work.

An authorizer on the writer connection denies inserts, updates, deletes and changes of the schema – whether they come
by ORM, Core, text() or the driver – except inside `open()`, which only the unit of work's two write paths enter. The
authorizer is asked when a statement is prepared; setting it expires prepared statements, so none slips through a cache.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_DENIED = frozenset(
    {
        sqlite3.SQLITE_INSERT,
        sqlite3.SQLITE_UPDATE,
        sqlite3.SQLITE_DELETE,
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
    if action in _DENIED:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_TRANSACTION and first == "COMMIT":
        return sqlite3.SQLITE_DENY  # a script would commit half a command
    if action == sqlite3.SQLITE_PRAGMA and second is not None and first not in {"table_info", "index_list", "foreign_key_list"}:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class Gate:
    """Closed from the first moment; opened around each write of the unit of work, and for the Desk's commit."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._depth = 0
        connection.set_authorizer(_judge)

    @contextmanager
    def open(self) -> Iterator[None]:
        if self._depth == 0:
            self._connection.set_authorizer(None)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._connection.set_authorizer(_judge)
