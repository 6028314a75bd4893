"""Parcels, what is in them, and what was printed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import CACHE, SEARCHED, Audit, Base


class Parcel(Base):
    """One box: `carrier` is a code of services.domain.carriers. One number belongs to one live parcel (invariant O8).

    `source` is `here` or `platform`; a platform's file tells of parcels that were sent elsewhere.
    """

    __tablename__ = "parcel"
    __table_args__ = (
        Index(
            "uq_parcel_tracking", "tracking_number", "carrier", unique=True, sqlite_where=text("tracking_number <> '' AND state <> 'void'")
        ),
        Index("ix_parcel_carrier", "carrier", sqlite_where=text("tracking_number <> '' AND state <> 'void'")),
        CheckConstraint("state IN ('shipped', 'void')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    carrier: Mapped[str]
    tracking_number: Mapped[str] = mapped_column(info=SEARCHED)
    carrier_name: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="shipped")
    source: Mapped[str] = mapped_column(default="here")
    shipped_at: Mapped[int | None] = mapped_column(info=CACHE)
    freight_cost: Mapped[int | None]
    weight: Mapped[int | None]


class ParcelOrder(Base):
    """A parcel carries goods of an order; known even where the lines are not."""

    __tablename__ = "parcel_order"
    __audit__ = Audit.COVERED
    __table_args__ = (
        Index("uq_parcel_order_order_id_parcel_id", "order_id", "parcel_id", unique=True),
        Index("ix_parcel_order_parcel_id", "parcel_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))


class ParcelLine(Base):
    """Units of a line in a parcel."""

    __tablename__ = "parcel_line"
    __audit__ = Audit.COVERED
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_parcel_line_line_id", "line_id"),
        Index("ix_parcel_line_parcel_id", "parcel_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    quantity: Mapped[int]


class PrintEntry(Base):
    """One printed or saved sheet of an order: the n-th copy, gapless per order and document (invariant O7)."""

    __tablename__ = "print_entry"
    __audit__ = Audit.LEDGER
    __table_args__ = (Index("uq_print_entry_order_id_document_copy", "order_id", "document", "copy", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    document: Mapped[str]
    copy: Mapped[int]
    at: Mapped[int]
