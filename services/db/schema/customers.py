"""Buyers: one row per (channel, nick); a masked nick identifies nobody, so each such order has a row of its own."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import CACHE, Base


class Customer(Base):
    __tablename__ = "customer"
    __table_args__ = (
        Index("uq_customer_channel_id_nick", "channel_id", "nick", unique=True, sqlite_where=text("masked = 0")),
        Index("ix_customer_tier", "tier", sqlite_where=text("tier <> ''")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    nick: Mapped[str]
    masked: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    tier: Mapped[str] = mapped_column(default="")
    first_seen_at: Mapped[int] = mapped_column(info=CACHE)
