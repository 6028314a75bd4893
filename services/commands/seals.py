"""Sealing the trail by hand. The first change of a day does it by itself (services.db.uow)."""

from __future__ import annotations

from dataclasses import dataclass

from services.db.uow import UnitOfWork
from services.seals import SealRow


@dataclass(frozen=True, slots=True)
class SealDay:
    """Seal the trail as it is now; a trail that was sealed already keeps that seal.

    Returns the newest seal, None for a shop in which nothing happened yet.
    """

    def apply(self, uow: UnitOfWork) -> SealRow | None:
        made = uow.seal()
        if made is None:
            uow.sealed = True  # what is not in the file outside is put there all the same
            rows = uow.sql("SELECT day, at, seq, code FROM seal ORDER BY seq DESC LIMIT 1")
            return SealRow(*rows[0]) if rows else None
        return made
