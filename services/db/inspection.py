"""What SQLite itself can tell of a shop's file: damage, dangling references, its shape, what the full-text index holds.

Beside `dialect`, the only place for SQL that only SQLite understands. Reads only.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from sqlalchemy import create_engine

from services.db.dialect import TRIGGERS, dress
from services.db.schema import Base

_CHECK = re.compile(r"CONSTRAINT\s+\"?(\w+)\"?\s+CHECK", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


def damage(driver: sqlite3.Connection) -> str:
    """The first complaint of SQLite about the file; "" when there is none."""
    try:
        (told,) = driver.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if told == "ok" else str(told)


def dangling(driver: sqlite3.Connection) -> Iterator[tuple[str, int | None, str]]:
    """(table, row, table that lacks the row pointed to) of every broken reference."""
    for table, row, parent, _key in driver.execute("PRAGMA foreign_key_check"):
        yield table, row, parent


def shape(driver: sqlite3.Connection) -> dict[str, str]:
    """Every table, index and trigger as comparable text. The columns' order does not count: migrations append."""
    found: dict[str, str] = {}
    for kind, name, sql in driver.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name"):
        if name.startswith(("sqlite_", "alembic_", "order_text")):
            continue
        if kind == "table":
            found[f"table {name}"] = _table(driver, name, sql)
        elif kind == "index":
            found[f"index {name}"] = _plain(sql)
        elif kind == "trigger":
            found[f"trigger {name}"] = _plain(sql)
    return found


@lru_cache(maxsize=1)
def expected_shape() -> dict[str, str]:
    """The same of a shop that is made now."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        dress(connection)
        made = connection.connection.dbapi_connection
        if not isinstance(made, sqlite3.Connection):
            raise TypeError(made)
        found = shape(made)
    engine.dispose()
    return found


def missing_triggers(driver: sqlite3.Connection) -> list[str]:
    found = {name: _plain(sql) for name, sql in driver.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")}
    return [name for name, body in TRIGGERS.items() if found.get(name) != _plain(f"CREATE TRIGGER {name} {body}")]


def _table(driver: sqlite3.Connection, name: str, sql: str) -> str:
    columns = sorted(
        f"{column} {kind} {'NOT NULL' if needed else ''} {'KEY' if key else ''}"
        for _place, column, kind, needed, _default, key in driver.execute(f"PRAGMA table_info({name})")
    )
    references = sorted(
        f"{here}->{table}.{there}" for _i, _s, table, here, there, *_r in driver.execute(f"PRAGMA foreign_key_list({name})")
    )
    uniques = sorted(
        ",".join(str(row[2]) for row in driver.execute(f"PRAGMA index_info({index})"))
        for _i, index, unique, origin, _p in driver.execute(f"PRAGMA index_list({name})")
        if unique and origin == "u"
    )
    return "; ".join((*columns, *references, *uniques, *sorted(_CHECK.findall(sql))))


def _plain(sql: str | None) -> str:
    return _BLANKS.sub(" ", sql or "").replace('"', "").strip().upper()


def indexed_terms(driver: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """(term, documents) of the full-text index itself, by its own vocabulary."""
    # The connection is read-only all the same: the table lives in its temporary space.
    driver.execute("PRAGMA query_only=OFF")
    try:
        driver.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.order_words USING fts5vocab('main', 'order_text', 'row')")
        yield from ((term, documents) for term, documents, _count in driver.execute("SELECT term, doc, cnt FROM temp.order_words"))
    finally:
        driver.execute("DROP TABLE IF EXISTS temp.order_words")
        driver.execute("PRAGMA query_only=ON")


UNINDEXED = """
SELECT 'search_doc', order_id, 'not indexed', 'indexed' FROM search_doc WHERE order_id NOT IN (SELECT id FROM order_text_docsize)
UNION ALL
SELECT 'order_text', id, 'indexed', 'no document' FROM order_text_docsize WHERE id NOT IN (SELECT order_id FROM search_doc)
"""
