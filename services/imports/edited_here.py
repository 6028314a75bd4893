"""Who set the values here that a file contradicts, and when: what a person asks before keeping or giving up one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.db.reading import id_list
from services.imports.said import ADDRESS

if TYPE_CHECKING:
    from services.db.reading import Reading
    from services.imports.merge import Clash

_EDITS = """
SELECT order_id, field, actor, at, action FROM audit_entry
WHERE entity = 'orders' AND field IS NOT NULL AND order_id IN ({ids}) ORDER BY seq
"""


@dataclass(frozen=True, slots=True)
class Edit:
    """`at` is ms since 1970 UTC; `action` the command that did it."""

    actor: str
    at: int
    action: str


Edits = dict[tuple[int, str], Edit]
"""The last one by order and field; an address is one field."""


@dataclass(frozen=True, slots=True)
class EditedHere:
    """Query: who edited the contradicted fields last."""

    clashes: tuple[Clash, ...]

    @classmethod
    def of(cls, clashes: Iterable[Clash]) -> EditedHere:
        return cls(tuple(clashes))

    def run(self, reading: Reading) -> Edits:
        wanted = {(clash.order_id, clash.field) for clash in self.clashes if not clash.part}
        found: Edits = {}
        for order_id, field, actor, at, action in reading.each(_EDITS, id_list(order_id for order_id, _field in wanted)):
            key = (order_id, "address" if field in ADDRESS else field)
            if key in wanted:
                found[key] = Edit(actor, at, action)
        return found
