"""Goods: our SKUs, and the platforms' listings that stand for them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class Sku(Base):
    """One sellable thing in our stock. `price` in fen; `code` is the merchant code, as written.

    `cost` is what a unit costs by hand or file until receipts give a moving average (stock_level.value).
    """

    __tablename__ = "sku"
    __table_args__ = (Index("ix_sku_barcode", "barcode", sqlite_where=text("barcode <> ''")),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(default="")
    properties: Mapped[str] = mapped_column(default="")
    barcode: Mapped[str] = mapped_column(default="")
    item_id: Mapped[str] = mapped_column(default="")
    bin: Mapped[str] = mapped_column(default="")
    price: Mapped[int | None]
    cost: Mapped[int | None]
    weight: Mapped[int | None]
    virtual: Mapped[bool] = mapped_column(default=False)
    reorder_point: Mapped[int | None]


class Listing(Base):
    """The words of a platform for one goods, kept once however many lines bear them; the match to a SKU is remembered here.

    Listings of equal words are one row, so a search for goods words looks through thousands, not millions, of rows.
    """

    __tablename__ = "listing"
    __table_args__ = (
        UniqueConstraint("channel_id", "item_id", "code", "properties", "title"),
        Index("ix_listing_code", "code"),
        Index("ix_listing_sku_id", "sku_id"),
        CheckConstraint("matched_by IN ('', 'code', 'hand', 'item')", name="matched_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    item_id: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(default="")
    properties: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    sku_id: Mapped[int | None] = mapped_column(ForeignKey("sku.id"))
    matched_by: Mapped[str] = mapped_column(default="")
