"""How the merchant sorts the orders for the eye: groups (kept searches, in folders) and the tags' colours."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base


class OrderGroup(Base):
    """A kept search, or a folder of such. `search` is canonical text (services.search.writer), "" for a folder.

    `position` orders the entries of one folder; `colour` is a flag's number 1 to 5, 0 is none.
    """

    __tablename__ = "order_group"
    __table_args__ = (
        CheckConstraint("kind IN ('folder','search')", name="kind"),
        CheckConstraint("colour BETWEEN 0 AND 5", name="colour"),
        Index("ix_order_group_parent_id", "parent_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("order_group.id"))
    kind: Mapped[str]
    name: Mapped[str]
    search: Mapped[str] = mapped_column(default="")
    sort: Mapped[str] = mapped_column(default="")
    colour: Mapped[int] = mapped_column(default=0)
    position: Mapped[int]


class Tag(Base):
    """A tag's colour, by its name; the orders hold the names. A tag without a row is grey."""

    __tablename__ = "tag"
    __table_args__ = (CheckConstraint("colour BETWEEN 0 AND 5", name="colour"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(unique=True)
    colour: Mapped[int]
