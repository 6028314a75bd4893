"""Stock: the ledger of movements, the reservations, and what both add up to."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import CACHE, Audit, Base

MOVEMENT_KINDS = ("receipt", "shipment", "return", "adjustment", "damage", "correction")


class StockMovement(Base):
    """Units in (+) or out (−) of one SKU, with their value in fen (signed like the units). Append-only.

    As in the journal of money, order, line, case and parcel are told by their ids alone: they may have been taken out since.
    """

    __tablename__ = "stock_movement"
    __audit__ = Audit.LEDGER
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="quantity"),
        CheckConstraint("kind IN ('receipt','shipment','return','adjustment','damage','correction')", name="kind"),
        Index("ix_stock_movement_sku_id_at", "sku_id", "at", "id"),
        Index("ix_stock_movement_order_id", "order_id", sqlite_where=text("order_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sku_id: Mapped[int] = mapped_column(ForeignKey("sku.id"))
    kind: Mapped[str]
    quantity: Mapped[int]
    value: Mapped[int]
    at: Mapped[int]
    order_id: Mapped[int | None]
    line_id: Mapped[int | None]
    case_id: Mapped[int | None]
    parcel_id: Mapped[int | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))
    note: Mapped[str] = mapped_column(default="")


class Reservation(Base):
    """Units set aside for a line: open, consumed or released, exactly one of them (invariant S3)."""

    __tablename__ = "reservation"
    __audit__ = Audit.COVERED
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("state IN ('open','consumed','released')", name="state"),
        Index("ix_reservation_line_id", "line_id"),
        Index("ix_reservation_open", "sku_id", sqlite_where=text("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    sku_id: Mapped[int] = mapped_column(ForeignKey("sku.id"))
    quantity: Mapped[int]
    state: Mapped[str]
    opened_at: Mapped[int]
    closed_at: Mapped[int | None] = mapped_column(info=CACHE)


class StockLevel(Base):
    """What the ledger and the open reservations of a SKU add up to. A row exists from its first receipt or count on."""

    __tablename__ = "stock_level"
    __audit__ = Audit.DERIVED
    __table_args__ = (
        CheckConstraint("on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand", name="no_oversell"),
        CheckConstraint("value >= 0 AND damaged >= 0", name="value"),
    )

    sku_id: Mapped[int] = mapped_column(ForeignKey("sku.id"), primary_key=True, autoincrement=False)
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    damaged: Mapped[int] = mapped_column(default=0)
    value: Mapped[int] = mapped_column(default=0)
