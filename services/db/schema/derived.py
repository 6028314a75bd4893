"""Derived data: recomputable from the rest, kept by the unit of work alone, compared by `verify`."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Audit, Base


class OrderCount(Base):
    """Orders per channel and status: the figures on the tabs."""

    __tablename__ = "order_count"
    __audit__ = Audit.DERIVED

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"), primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(primary_key=True)
    orders: Mapped[int]


class SearchDoc(Base):
    """Exactly what the full-text index holds of an order: the words needed to take it out again."""

    __tablename__ = "search_doc"
    __audit__ = Audit.DERIVED

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    words: Mapped[str]


class DirtyDay(Base):
    """A local day whose sums are out of date; reports add it up from the orders until it is summed again."""

    __tablename__ = "dirty_day"
    __audit__ = Audit.DERIVED

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SalesSum(Base):
    """Paid orders of a local day (paid_day) and hour: how many, gross paid and refunded, fen."""

    __tablename__ = "sales_sum"
    __audit__ = Audit.DERIVED

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    orders: Mapped[int]
    paid: Mapped[int]
    refunded: Mapped[int]


class RegionSum(Base):
    """Paid orders of a local day by province."""

    __tablename__ = "region_sum"
    __audit__ = Audit.DERIVED

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    province: Mapped[str] = mapped_column(primary_key=True)
    orders: Mapped[int]
    paid: Mapped[int]
    refunded: Mapped[int]


class ListingSum(Base):
    """Goods of the paid orders of a local day by listing: units and what the buyer owed for them, fen."""

    __tablename__ = "listing_sum"
    __audit__ = Audit.DERIVED

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    listing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    quantity: Mapped[int]
    amount: Mapped[int]


class ListingMonth(Base):
    """The listing_sum rows of a calendar month added up; `month` is year × 12 + month − 1.

    A shop with thousands of goods sells most of them each day, so that a year of days is hardly shorter than its lines.
    """

    __tablename__ = "listing_month"
    __audit__ = Audit.DERIVED

    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    listing_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    quantity: Mapped[int]
    amount: Mapped[int]
