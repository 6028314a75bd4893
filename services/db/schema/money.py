"""Money: the append-only journal, and the discounts with who bears them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Audit, Base

MONEY_KINDS = ("payment", "refund", "freight_cost", "platform_fee", "goodwill")


class MoneyEntry(Base):
    """One movement of money, signed as the merchant's: payment +, refund −, costs −. Fen. Append-only.

    A mistake is reversed by an entry of the same kind with the opposite sign (`reverses_id`). The idempotency key
    makes a repeated request the same entry, not a second one. Order, line, case and parcel are told by their ids alone: what an
    undone import brought is taken out, its entries stay with those that reverse them (`verify` asks that they sum to nothing).
    """

    __tablename__ = "money_entry"
    __audit__ = Audit.LEDGER
    __table_args__ = (
        CheckConstraint("kind IN ('payment','refund','freight_cost','platform_fee','goodwill')", name="kind"),
        CheckConstraint("amount <> 0", name="amount"),
        Index("ix_money_entry_order_id", "order_id"),
        Index("ix_money_entry_refund_at", "at", sqlite_where=text("kind = 'refund'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int]
    line_id: Mapped[int | None]
    case_id: Mapped[int | None]
    parcel_id: Mapped[int | None]
    kind: Mapped[str]
    amount: Mapped[int]
    at: Mapped[int]
    source: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("money_entry.id"))


class Discount(Base):
    """A reduction of an order or of one line, and who bears it. The amount is positive fen."""

    __tablename__ = "discount"
    __table_args__ = (
        CheckConstraint("payer IN ('shop','platform','other')", name="payer"),
        Index("ix_discount_order_id", "order_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"))
    payer: Mapped[str]
    amount: Mapped[int]
    name: Mapped[str] = mapped_column(default="")


class MoneyRecord(Base):
    """One booking of a platform's or a bank's account file, kept to be compared with the orders and never counted as their money.

    `account` is the kind of file (alipay, qianniu), `flow` its 流水号. `amount` is signed as the merchant's, fen; `kind` is
    sale, freight, subsidy, refund, fee, transfer or other, by the file's own words (`description`). `balance` after it.
    """

    __tablename__ = "money_record"
    __audit__ = Audit.LEDGER
    __table_args__ = (
        UniqueConstraint("account", "flow"),
        Index("ix_money_record_order_number", "order_number", sqlite_where=text("order_number <> ''")),
        Index("ix_money_record_at", "at", "id"),
        Index("ix_money_record_batch_id", "batch_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    row: Mapped[int]
    account: Mapped[str]
    flow: Mapped[str]
    order_number: Mapped[str] = mapped_column(default="")
    line_number: Mapped[str] = mapped_column(default="")
    order_id: Mapped[int | None]
    kind: Mapped[str]
    amount: Mapped[int]
    at: Mapped[int]
    description: Mapped[str] = mapped_column(default="")
    counterpart: Mapped[str] = mapped_column(default="")
    balance: Mapped[int | None]
