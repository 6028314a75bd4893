"""Who works here, and what each role may do (domain.md, approvals; design: one seat, owner and clerks)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Base

UNTOLD: dict[str, object] = {"audit": False}
"""Column info: a secret's digest, which has no business in the trail; the command that sets it puts the deed on record."""


class Person(Base):
    """Somebody who signs in with a PIN. `name` is the actor of the trail.

    `pin` and `recovery` are argon2 digests ('' for none). `wrong_pins` counts those since the last right one, `wrong_at` is when the
    last one was tried: what the growing delay is reckoned from.
    """

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("wrong_pins >= 0", name="wrong_pins"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    pin: Mapped[str] = mapped_column(default="", info=UNTOLD)
    recovery: Mapped[str] = mapped_column(default="", info=UNTOLD)
    wrong_pins: Mapped[int] = mapped_column(default=0)
    wrong_at: Mapped[int | None] = mapped_column(info=UNTOLD)


class Role(Base):
    """What a role may do, where it differs from services.domain.permissions.ROLES. `permissions`: codes with commas between them."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(unique=True)
    permissions: Mapped[str] = mapped_column(default="")
