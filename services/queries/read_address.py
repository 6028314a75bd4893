"""A pasted address, for those who may not look into the rules of the trade themselves: the window and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.domain.address_block import AddressBlock, read_address_block

if TYPE_CHECKING:
    from services.db.reading import Reading

__all__ = ["AddressBlock", "ReadAddress"]


@dataclass(frozen=True, slots=True)
class ReadAddress:
    """Query: the text taken apart. Reads nothing of the shop; asked as a query it is out of the window's way."""

    text: str

    def run(self, _reading: Reading) -> AddressBlock:
        return read_address_block(self.text)
