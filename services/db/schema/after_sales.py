"""After-sale cases: the decision. The money that follows is in the journal."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import CACHE, Base


class AfterSale(Base):
    """One case of one order. `amount` is what is given back (goods and freight), fen; `key` makes a double click one case.

    `number` is the platform's 退款编号: such a case is told by the platform's files. `phase` is onsale or aftersale, `words`
    the buyer's own, `deadline_at` the platform's timer; `return_carrier` (a code) and `return_number` are the parcel back.
    """

    __tablename__ = "after_sale"
    __table_args__ = (
        CheckConstraint("kind IN ('refund_only','return_and_refund','exchange','resend')", name="kind"),
        CheckConstraint("state IN ('requested','agreed','goods_back','refunded','exchanged','resent','refused','withdrawn')", name="state"),
        CheckConstraint("amount >= 0 AND freight >= 0", name="amount"),
        Index("ix_after_sale_order_id_state", "order_id", "state"),
        Index("ix_after_sale_state", "state", "requested_at"),
        Index("ix_after_sale_number", "number", sqlite_where=text("number <> ''")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    fault: Mapped[str] = mapped_column(default="")
    amount: Mapped[int]
    freight: Mapped[int] = mapped_column(default=0)
    requested_at: Mapped[int] = mapped_column(info=CACHE)
    ended_at: Mapped[int | None] = mapped_column(info=CACHE)
    key: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(default="")
    phase: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    deadline_at: Mapped[int | None]
    return_carrier: Mapped[str] = mapped_column(default="")
    return_number: Mapped[str] = mapped_column(default="")


class AfterSaleLine(Base):
    """A line's part of a case: units, money in fen, and what became of the units that came back."""

    __tablename__ = "after_sale_line"
    __table_args__ = (
        CheckConstraint(
            "quantity >= 0 AND amount >= 0 AND restocked >= 0 AND damaged >= 0 AND restocked + damaged <= quantity", name="counts"
        ),
        Index("ix_after_sale_line_case_id", "case_id"),
        Index("ix_after_sale_line_line_id", "line_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("after_sale.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    quantity: Mapped[int]
    amount: Mapped[int]
    restocked: Mapped[int] = mapped_column(default=0)
    damaged: Mapped[int] = mapped_column(default=0)
