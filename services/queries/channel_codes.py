"""The channels of the shop, by the codes that files and maps call them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.db.reading import Reading


@dataclass(frozen=True, slots=True)
class ChannelCodes:
    """Query: codes in the order in which the channels came."""

    def run(self, reading: Reading) -> tuple[str, ...]:
        return tuple(row[0] for row in reading.sql("SELECT code FROM channel ORDER BY id"))
