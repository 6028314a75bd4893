"""Reading, the same for queries (their own read-only connection) and for commands (inside their transaction)."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Executable, Row

from services.clock import Clock
from services.db.dialect import chunks
from services.params import Shop


class Reading:
    """One open read transaction. `sql` goes to the driver: for constant statements on hot paths only."""

    def __init__(self, connection: Connection, shop: Shop, clock: Clock) -> None:
        self.connection = connection
        self.shop = shop
        self.now = clock.now()
        self.driver = cast("sqlite3.Connection", connection.connection.dbapi_connection)

    def rows(self, statement: Executable, params: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
        return self.connection.execute(statement, params or {}).all()

    def first(self, statement: Executable) -> Row[Any] | None:
        return self.connection.execute(statement).first()

    def scalar(self, statement: Executable) -> Any:
        return self.connection.execute(statement).scalar()

    def sql(self, statement: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self.driver.execute(statement, params).fetchall()

    def each(self, statement: str, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """Rows of a constant statement whose `{ids}` stands for a list of ids, asked in slices."""
        for slice_ in chunks(ids):
            yield from self.driver.execute(statement.replace("{ids}", ",".join("?" * len(slice_))), tuple(slice_))

    def id_array(self, statement: Executable) -> array[int]:
        """One column of integers, however many: fetched in blocks so that other threads get their turn."""
        found = array("q")
        result = self.connection.execution_options(stream_results=True).execute(statement)
        for block in result.partitions(5000):
            found.extend(row[0] for row in block)
        return found


def id_list(ids: Iterable[int]) -> list[int]:
    """Sorted and without doubles: the order in which rows are visited never depends on a hash."""
    return sorted(set(ids))
