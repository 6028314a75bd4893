"""The typed base of all mapped classes and what the audit needs to know of each table and column.

Every table declares how writes to it are put on record (domain.md, audited edits):

- FIELDS: what a person, rule or file edits. A change leaves one entry per changed field.
- LEDGER: append-only journals; triggers refuse update and delete. Rows are covered, with ids and digest, by the entry
  of the command that wrote them.
- COVERED: rows that a command makes and closes (reservations, parcel lines): counted with ids in the command's entry.
- DERIVED: recomputable from the others; never on record, always compared by `verify`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, mapped_column


class Audit(StrEnum):
    FIELDS = "fields"
    LEDGER = "ledger"
    COVERED = "covered"
    DERIVED = "derived"


CACHE: dict[str, Any] = {"audit": False}
"""Column info: a cache or a stamp inside a FIELDS table; its changes follow from others and leave no entry."""

MOVED: dict[str, Any] = {"moved": True}
"""Column info: set by the moves of its entity alone (services.commands.moves), never by an edit."""

SEARCHED: dict[str, Any] = {"searched": True}
"""Column info: its text is part of the order's search document."""

REVIEWED: dict[str, Any] = {"reviewed": True}
"""Column info: what a person looked at who checked the order; another value takes the check away (domain.md, orders)."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    __audit__: ClassVar[Audit] = Audit.FIELDS


def key() -> Any:
    """An integer primary key, handed out by the unit of work: one writer, so the next number is known beforehand."""
    return mapped_column(Integer, primary_key=True, autoincrement=False)


def audit_of(table: Table) -> Audit:
    return AUDIT_BY_TABLE[table.name]


AUDIT_BY_TABLE: dict[str, Audit] = {}


def register_audit() -> None:
    """Fill AUDIT_BY_TABLE from the mapped classes; called once when the schema package is imported."""
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if isinstance(table, Table):
            AUDIT_BY_TABLE[table.name] = mapper.class_.__audit__
