"""Changes of money or goods that wait for the owner's word."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import CACHE, Base

APPROVAL_STATES = ("waiting", "approved", "rejected", "withdrawn")


class Approval(Base):
    """A proposed change of one order, not the changed order (domain.md, audited edits); its id is shown as A12.

    `change` is the amendment as JSON (services.domain.amendments), `was` what it would replace, as JSON: the two sides of the diff.
    `base_version` is the order's version that it was made on: on another one it is stale and never applied. `effect` is the change of
    what the buyer owes, fen. The order is told by its id alone, so that an undone import can take it out. `decided_by` is a person, or `limit:…` where the owner's limits allow it without asking.
    """

    __tablename__ = "approval"
    __table_args__ = (
        CheckConstraint("state IN ('waiting','approved','rejected','withdrawn')", name="state"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
        Index("ix_approval_order_id", "order_id"),
        Index("ix_approval_waiting", "asked_at", sqlite_where=text("state = 'waiting'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int]
    base_version: Mapped[int]
    change: Mapped[str]
    was: Mapped[str]
    effect: Mapped[int]
    reason: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[int] = mapped_column(info=CACHE)
    state: Mapped[str]
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[int | None] = mapped_column(info=CACHE)
    note: Mapped[str] = mapped_column(default="")
    told_at: Mapped[int | None]
