"""Connections: one writer behind the gate, one read-only connection per query thread; and the shop file's birth and growth."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, StaticPool

from services.db import dialect
from services.db.gate import Gate, Guarded
from services.db.masks import cover
from services.db.schema import DERIVED_TABLES
from services.errors import Environment

SCHEMA_VERSION = 4
"""Number of the newest migration; kept in the file as PRAGMA user_version so that Alembic is imported only to migrate."""

FILE_NAME = "shop.sqlite"


def _connect(path: Path, pragmas: tuple[str, ...], *, read_only: bool, hidden: frozenset[str] = frozenset()) -> Guarded:
    mode = "ro" if read_only else "rwc"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=512, factory=Guarded)
    if read_only:
        connection.attach_nothing()
    for pragma in pragmas:
        connection.execute(pragma)
    if hidden:  # after the pragmas: another temp_store would drop what is temporary
        connection.execute("PRAGMA query_only=OFF")
        cover(connection, hidden)
        connection.execute("PRAGMA query_only=ON")
    return connection


class Writer:
    """The one connection that may write, used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        if sqlite3.sqlite_version_info < dialect.MIN_SQLITE:
            raise Environment("sqlite_too_old", found=sqlite3.sqlite_version)
        self.raw = _connect(path, dialect.FIRST_PRAGMAS, read_only=False)
        try:
            self.version = version_of(self.raw, path)
            for pragma in dialect.WRITER_PRAGMAS:
                self.raw.execute(pragma)
        except BaseException:
            self.raw.close()
            raise
        if not dialect.has_full_text(self.raw):
            self.raw.close()
            raise Environment("sqlite_without_fts")
        self.engine = create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool)
        event.listen(self.engine, "begin", _begin_immediate)
        self.gate = Gate(self.raw, DERIVED_TABLES)
        """Closed from the first moment: only the unit of work writes, and a migration of the schema."""

    def close(self) -> None:
        self.gate.take_away()
        self.engine.dispose()
        self.raw.close()


class Readers:
    """A read-only connection for each thread that asks, and for each set of what is hidden from who asks; closed together."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[tuple[Engine, Connection, sqlite3.Connection]] = []

    def connection(self, hidden: frozenset[str] = frozenset()) -> Connection:
        kept: dict[frozenset[str], Connection] = self._local.__dict__.setdefault("connections", {})
        found = kept.get(hidden)
        if found is None:
            raw = _connect(self._path, dialect.READER_PRAGMAS, read_only=True, hidden=hidden)
            engine = create_engine("sqlite://", creator=lambda: raw, poolclass=NullPool)
            event.listen(engine, "begin", _begin)
            found = engine.connect()
            kept[hidden] = found
            with self._lock:
                self._open.append((engine, found, raw))
        return found

    def close(self) -> None:
        with self._lock:
            for engine, connection, raw in self._open:
                connection.close()
                engine.dispose()
                raw.close()
            self._open.clear()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def version_of(raw: sqlite3.Connection, path: Path) -> int:
    """The file's schema, 0 for an empty file. Changes nothing.

    Raises Environment("shop_newer") for what a newer version of the program wrote, by either of its two marks, and
    Environment("not_a_shop") for a database of somebody else.
    """
    raw.execute("BEGIN")  # both looks see one moment: another process may be founding the shop right now
    try:
        found = int(raw.execute("PRAGMA user_version").fetchone()[0])
        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and not {"audit_entry", "alembic_version"} <= tables:
            raise Environment("not_a_shop", path=str(path))
        revision = raw.execute("SELECT version_num FROM alembic_version").fetchone() if tables else None
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
    told = str(revision[0]) if revision else str(found)
    if found > SCHEMA_VERSION or not told.isdecimal() or int(told) > SCHEMA_VERSION:
        raise Environment("shop_newer", found=found if found > SCHEMA_VERSION else told.lstrip("0"), known=SCHEMA_VERSION)
    return found


def bring_up_to_date(writer: Writer) -> None:
    """Make or migrate the schema."""
    if writer.version == SCHEMA_VERSION:
        return
    from services.db.migrations import upgrade

    with writer.gate.open():
        upgrade(writer.engine, SCHEMA_VERSION)
