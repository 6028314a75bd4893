"""All SQL that only SQLite understands: triggers, full-text table, pragmas, and the statements of the bulk path.

Batch migrations drop triggers; `dress` makes them again from the one list here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Connection, Table

T = TypeVar("T")

MIN_SQLITE = (3, 37, 0)

FIRST_PRAGMAS = ("PRAGMA busy_timeout=5000",)
"""Before it is known whose file it is: nothing that changes it."""
WRITER_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-64000",
    "PRAGMA temp_store=MEMORY",
)
# A file of a million orders has 2 GB. Mapped pages are the system's, shared by all readers: a third faster than read ones, and the readers'
# own caches, which are memory of ours, need to hold only what lies beyond.
READER_PRAGMAS = (
    "PRAGMA query_only=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-8000",
    "PRAGMA mmap_size=2147418112",
    "PRAGMA temp_store=MEMORY",
)

_LEDGERS = ("stock_movement", "money_entry", "money_record", "print_entry", "seal")

TRIGGERS: dict[str, str] = {
    "audit_entry_no_delete": "BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END",
    # Erasing a person's data drops value and salt; everything that the chain holds stays.
    "audit_entry_no_update": (
        "BEFORE UPDATE ON audit_entry WHEN NOT ("
        "NEW.old IS NULL AND NEW.new IS NULL AND NEW.salt IS NULL AND NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.actor = OLD.actor "
        "AND NEW.action = OLD.action AND NEW.entity = OLD.entity AND NEW.entity_id IS OLD.entity_id AND NEW.order_id IS OLD.order_id "
        "AND NEW.field IS OLD.field AND NEW.reason IS OLD.reason AND NEW.old_digest = OLD.old_digest "
        "AND NEW.new_digest = OLD.new_digest AND NEW.hash = OLD.hash) "
        "BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"
    ),
    **{
        f"{table}_no_{verb}": f"BEFORE {verb.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in _LEDGERS
        for verb in ("update", "delete")
    },
}

# detail=none: a hit says only that all words are there, so the search checks each hit again. Contentless: taking a
# document out needs the very words that went in, which search_doc keeps.
FULL_TEXT = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS order_text USING fts5(words, content='', detail=none, tokenize='unicode61 remove_diacritics 0')"
)
TEXT_IN = "INSERT INTO order_text(rowid, words) VALUES (?, ?)"
TEXT_OUT = "INSERT INTO order_text(order_text, rowid, words) VALUES ('delete', ?, ?)"


def dress(connection: Connection) -> None:
    """Make what the migrations can't: triggers and the full-text table. Idempotent."""
    for name, body in TRIGGERS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
    connection.exec_driver_sql(FULL_TEXT)


def has_full_text(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'").fetchone() is not None


@lru_cache(maxsize=256)
def insert_sql(table: Table, columns: tuple[str, ...]) -> str:
    names = ", ".join(table.c[column].name for column in columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 (names come from the mapped table)


@lru_cache(maxsize=256)
def update_sql(table: Table, columns: tuple[str, ...]) -> str:
    sets = ", ".join(f"{table.c[column].name} = ?" for column in columns)
    return f"UPDATE {table.name} SET {sets} WHERE {primary_key(table)} = ?"  # noqa: S608 (names come from the mapped table)


@lru_cache(maxsize=256)
def select_sql(table: Table, columns: tuple[str, ...], places: int) -> str:
    names = ", ".join(table.c[column].name for column in (primary_key(table), *columns))
    return f"SELECT {names} FROM {table.name} WHERE {primary_key(table)} IN ({', '.join('?' * places)})"  # noqa: S608 (as above)


@lru_cache(maxsize=256)
def delete_sql(table: Table) -> str:
    return f"DELETE FROM {table.name} WHERE {primary_key(table)} = ?"  # noqa: S608 (names come from the mapped table)


@lru_cache(maxsize=64)
def primary_key(table: Table) -> str:
    (column,) = table.primary_key.columns
    return column.name


def chunks(values: Sequence[T], size: int = 500) -> Iterable[Sequence[T]]:
    """Slices of at most `size`: SQLite's limit on bound values is far above, its planner's patience is not."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
