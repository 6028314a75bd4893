"""The trail. Append-only by trigger; each entry's hash holds the one before it."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Audit, Base


class AuditEntry(Base):
    """Who did what when to which field, old and new, and why.

    `field` is NULL for a whole command or a new row; `order_id` gathers an order's timeline. `old_digest` and
    `new_digest` are H(salt ‖ value): erasing a person's data drops old, new and salt and leaves the chain whole.
    """

    __tablename__ = "audit_entry"
    __audit__ = Audit.DERIVED
    __table_args__ = (
        Index("ix_audit_entry_order_id", "order_id", sqlite_where=text("order_id IS NOT NULL")),
        Index("ix_audit_entry_entity", "entity", "entity_id", sqlite_where=text("order_id IS NULL AND entity_id IS NOT NULL")),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int]
    actor: Mapped[str]
    action: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[int | None]
    order_id: Mapped[int | None]
    field: Mapped[str | None]
    old: Mapped[str | None]
    new: Mapped[str | None]
    reason: Mapped[str | None]
    salt: Mapped[bytes | None]
    old_digest: Mapped[bytes]
    new_digest: Mapped[bytes]
    hash: Mapped[bytes]


class Seal(Base):
    """The head of the chain at a moment, mostly the end of a day's work: what a rewritten chain can't show (services.seals).

    `day` is the local ordinal of entry `seq`, `code` what can be printed or sent away: it depends on every entry up to there.
    """

    __tablename__ = "seal"
    __audit__ = Audit.LEDGER

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[int]
    at: Mapped[int]
    seq: Mapped[int] = mapped_column(unique=True)
    code: Mapped[str]


class TrailHead(Base):
    """The number of the newest entry of the trail, kept beside it: without it nobody would miss entries that were taken off the end. One row."""

    __tablename__ = "trail_head"
    __audit__ = Audit.DERIVED

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
