"""What the shop as a whole knows of itself: name, currency, zone, choices."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class Setting(Base):
    """One choice; `value` is JSON. `currency` and `zone` are fixed at creation."""

    __tablename__ = "setting"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]
