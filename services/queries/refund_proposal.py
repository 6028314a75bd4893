"""What so many units of an order's lines bring back, to the fen: the figure that the refund dialog begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.db.ceilings import ceilings_of
from services.domain.refunds import proposal

if TYPE_CHECKING:
    from services.db.reading import Reading


@dataclass(frozen=True, slots=True)
class Proposed:
    """Fen: of each line asked for, of the freight, and in all; never more than the order's ceiling."""

    lines: dict[int, int]
    freight: int
    total: int


@dataclass(frozen=True, slots=True)
class RefundProposal:
    """Query: `units` are (line id, units); more than are left count as all that are left. `freight` adds what is left of it.

    Raises NotFound("order_not_found"). The rule: domain.refunds.proposal.
    """

    order_id: int
    units: tuple[tuple[int, int], ...] = ()
    freight: bool = False

    def run(self, reading: Reading) -> Proposed:
        ceilings = ceilings_of(reading, self.order_id)
        known = {line.line_id: line for line in ceilings.lines}
        lines = {
            line_id: proposal(known[line_id], max(0, min(units, known[line_id].quantity - known[line_id].back)))
            for line_id, units in self.units
            if line_id in known and units > 0
        }
        freight = ceilings.freight if self.freight else 0
        return Proposed(lines, freight, min(sum(lines.values()) + freight, ceilings.order))
