"""What somebody looked at on a worklist and let stand."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import CACHE, Base


class Accepted(Base):
    """A finding that was seen and is right as it is: an odd address, an odd amount, two orders that are no duplicate.

    `key` names what it is about (an order's id, two of them, a batch and its row), `code` the findings with commas between them,
    `seen` is a digest of the values that were judged: with other values it is another finding. The order is told by its id alone,
    so that an undone import can take it out.
    """

    __tablename__ = "accepted"
    __table_args__ = (
        UniqueConstraint("worklist", "key"),
        CheckConstraint("worklist IN ('addresses', 'amounts', 'duplicates')", name="worklist"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    worklist: Mapped[str]
    key: Mapped[str]
    code: Mapped[str]
    seen: Mapped[str]
    order_id: Mapped[int | None]
    accepted_at: Mapped[int] = mapped_column(info=CACHE)
    accepted_by: Mapped[str] = mapped_column(default="", info=CACHE)
