"""Channels, orders and their lines."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import CACHE, MOVED, REVIEWED, SEARCHED, Base


class Channel(Base):
    """Where orders come from: a platform and the shop there. `code` is what files and the command line call it."""

    __tablename__ = "channel"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(unique=True)
    platform: Mapped[str]
    shop_name: Mapped[str] = mapped_column(default="")


class Order(Base):
    """One order of one buyer. Money in fen; times in ms UTC; days are local ordinals (date.toordinal).

    NULL means not known (a sparse file told nothing of it), never zero. `paid`, `refunded` and `platform_discount`
    are caches of the journal and the discount rows. `locked` names the fields that a person edited here: no file
    overwrites them. `checked_at` is when somebody saw the order fit to leave. `approvals` counts changes that
    wait for approval.
    """

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("channel_id", "number"),
        CheckConstraint("status IN ('awaiting_payment','awaiting_shipment','shipped','completed','closed')", name="status"),
        CheckConstraint("flag BETWEEN 0 AND 10", name="flag"),
        CheckConstraint("paid IS NULL OR (paid >= 0 AND refunded >= 0 AND refunded <= paid)", name="refunded_within_paid"),
        Index("ix_orders_status_created_at", "status", "created_at", "id"),
        Index("ix_orders_created_at", "created_at", "id"),
        Index("ix_orders_number", "number"),
        Index("ix_orders_number_tail", text("substr(number, -4)"), "created_at"),
        Index("ix_orders_buyer_nick", "buyer_nick"),
        Index("ix_orders_phone_tail", "phone_tail", "created_at"),
        Index("ix_orders_paid_at", "paid_at", "id"),
        Index("ix_orders_shipped_at", "shipped_at", "id"),
        Index("ix_orders_status_ship_by", "status", "ship_by", "id"),
        Index("ix_orders_paid_day", "paid_day"),
        Index("ix_orders_customer_id", "customer_id"),
        Index("ix_orders_province", "province", "created_at", "id"),
        # All that the tree of regions adds up, so that it need not look at a million rows.
        Index("ix_orders_region", "province", "city", "quantity", "paid"),
        Index("ix_orders_completed_at", "completed_at", "id", sqlite_where=text("completed_at IS NOT NULL")),
        Index("ix_orders_closed_at", "closed_at", "id", sqlite_where=text("closed_at IS NOT NULL")),
        Index("ix_orders_checked", "created_at", "id", sqlite_where=text("checked_at IS NOT NULL")),
        Index("ix_orders_flag", "flag", "created_at", "id", sqlite_where=text("flag > 0")),
        Index("ix_orders_tags", "tags", sqlite_where=text("tags <> ''")),
        Index("ix_orders_approvals", "created_at", "id", sqlite_where=text("approvals > 0")),
        Index("ix_orders_open_cases", "created_at", "id", sqlite_where=text("open_cases > 0")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    number: Mapped[str] = mapped_column(info=SEARCHED)
    status: Mapped[str] = mapped_column(info=MOVED)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))

    buyer_nick: Mapped[str] = mapped_column(default="", info=SEARCHED)
    recipient: Mapped[str] = mapped_column(default="", info=SEARCHED | REVIEWED)
    phone: Mapped[str] = mapped_column(default="", info=SEARCHED | REVIEWED)
    phone_ext: Mapped[str] = mapped_column(default="", info=REVIEWED)
    phone_tail: Mapped[str] = mapped_column(default="", info=CACHE)
    tel: Mapped[str] = mapped_column(default="", info=SEARCHED | REVIEWED)
    province: Mapped[str] = mapped_column(default="", info=REVIEWED)
    city: Mapped[str] = mapped_column(default="", info=REVIEWED)
    district: Mapped[str] = mapped_column(default="", info=REVIEWED)
    address: Mapped[str] = mapped_column(default="", info=REVIEWED)
    postcode: Mapped[str] = mapped_column(default="", info=REVIEWED)
    masked: Mapped[bool] = mapped_column(default=False)
    address_edited: Mapped[bool] = mapped_column(default=False)

    flag: Mapped[int] = mapped_column(default=0)
    tags: Mapped[str] = mapped_column(default="", info=SEARCHED)
    seller_memo: Mapped[str] = mapped_column(default="", info=SEARCHED | REVIEWED)
    buyer_message: Mapped[str] = mapped_column(default="", info=SEARCHED | REVIEWED)

    checked_at: Mapped[int | None]
    checked_by: Mapped[str] = mapped_column(default="", info=CACHE)

    goods_amount: Mapped[int | None]
    discount: Mapped[int | None]
    goods_less_discount: Mapped[int | None]
    freight: Mapped[int | None]
    payable: Mapped[int | None]
    paid: Mapped[int | None] = mapped_column(info=CACHE)
    refunded: Mapped[int] = mapped_column(default=0, info=CACHE)
    platform_discount: Mapped[int] = mapped_column(default=0, info=CACHE)
    paid_out: Mapped[int | None]
    payment_number: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int | None] = mapped_column(info=CACHE)

    created_at: Mapped[int]
    paid_at: Mapped[int | None]
    shipped_at: Mapped[int | None] = mapped_column(info=CACHE)
    completed_at: Mapped[int | None] = mapped_column(info=CACHE)
    closed_at: Mapped[int | None] = mapped_column(info=CACHE)
    ship_by: Mapped[int | None]
    created_day: Mapped[int] = mapped_column(info=CACHE)
    paid_day: Mapped[int | None] = mapped_column(info=CACHE)
    close_reason: Mapped[str] = mapped_column(default="")
    close_note: Mapped[str] = mapped_column(default="")

    lines_unknown: Mapped[bool] = mapped_column(default=True, info=CACHE)
    part_shipped: Mapped[bool] = mapped_column(default=False, info=CACHE)
    platform_status: Mapped[str | None] = mapped_column(info=CACHE)
    platform_seen_at: Mapped[int | None] = mapped_column(info=CACHE)
    goods_summary: Mapped[str] = mapped_column(default="", info=CACHE)
    goods_kinds: Mapped[int] = mapped_column(default=0, info=CACHE)
    shortage: Mapped[int] = mapped_column(default=0, info=CACHE)
    unmatched: Mapped[int] = mapped_column(default=0, info=CACHE)
    open_cases: Mapped[int] = mapped_column(default=0, info=CACHE)
    approvals: Mapped[int] = mapped_column(default=0, info=CACHE)
    slip_copies: Mapped[int] = mapped_column(default=0, info=CACHE)
    label_copies: Mapped[int] = mapped_column(default=0, info=CACHE)
    locked: Mapped[str] = mapped_column(default="", info=CACHE)
    version: Mapped[int] = mapped_column(default=1, info=CACHE)


class OrderLine(Base):
    """One goods of an order. `listing` holds the platform's words for it, `sku` what it is in our stock.

    `reserved`, `shipped` and `shortage` count units and are caches of reservations and parcel lines;
    `cancelled` are the units that a refund took off the line before they were sent.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        CheckConstraint("quantity > 0 AND reserved >= 0 AND shipped >= 0 AND shortage >= 0", name="counts"),
        CheckConstraint("reserved + shipped + cancelled <= quantity", name="within_quantity"),
        Index("ix_order_line_order_id", "order_id"),
        Index("ix_order_line_listing_id", "listing_id", "order_id"),
        Index("ix_order_line_sku_id", "sku_id", "order_id"),
        Index("ix_order_line_refund_state", "refund_state", "order_id", sqlite_where=text("refund_state <> ''")),
        Index("ix_order_line_shortage", "sku_id", sqlite_where=text("shortage > 0")),
        Index("ix_order_line_unmatched", "listing_id", sqlite_where=text("sku_id IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    position: Mapped[int]
    number: Mapped[str] = mapped_column(default="")
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), info=REVIEWED)
    sku_id: Mapped[int | None] = mapped_column(ForeignKey("sku.id"), info=REVIEWED)
    quantity: Mapped[int] = mapped_column(info=REVIEWED)
    price: Mapped[int]
    payable: Mapped[int | None]
    paid: Mapped[int | None]
    refunded: Mapped[int] = mapped_column(default=0, info=CACHE)
    refund_state: Mapped[str] = mapped_column(default="")
    refund_asked: Mapped[int | None]
    platform_status: Mapped[str | None] = mapped_column(info=CACHE)
    shipped_at: Mapped[int | None] = mapped_column(info=CACHE)
    parcel_carrier: Mapped[str] = mapped_column(default="", info=CACHE)
    parcel_number: Mapped[str] = mapped_column(default="", info=CACHE)
    reserved: Mapped[int] = mapped_column(default=0, info=CACHE)
    shipped: Mapped[int] = mapped_column(default=0, info=CACHE)
    cancelled: Mapped[int] = mapped_column(default=0, info=CACHE)
    shortage: Mapped[int] = mapped_column(default=0, info=CACHE)
    unit_cost: Mapped[int | None] = mapped_column(info=CACHE)
