"""What may be given back: ceilings per line and order, and the fen of each unit (reference/money.md 4.3). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.money import share_out


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line as the buyer paid it: `paid` is its share in fen, `refunded` what was or is being given back of it.

    `back` counts the units that earlier cases took back.
    """

    line_id: int
    quantity: int
    paid: int
    refunded: int
    back: int


def line_shares(paid: int, freight: int, owed: Sequence[int]) -> list[int]:
    """Each line's share of what was paid, freight aside; `owed` are the lines' own amounts. Sums to the fen.

    Freight is a line of its own and never spread over the goods.
    """
    return share_out(max(0, paid - min(freight, paid)), owed) if owed else []


def unit_values(line: PaidLine) -> list[int]:
    """What each unit of a line cost the buyer, in fen; they sum to the line (invariant M3)."""
    return share_out(line.paid, [1] * line.quantity)


def line_ceiling(line: PaidLine) -> int:
    return max(0, line.paid - line.refunded)


def proposal(line: PaidLine, units: int) -> int:
    """What `units` more units of the line bring back: their exact fen; with the last unit, all that remains (M6, M7).

    Raises ValueError when more units are asked than are left.
    """
    left = line.quantity - line.back
    if not 0 <= units <= left:
        raise ValueError(units)
    if units == left:
        return line_ceiling(line)
    values = unit_values(line)
    return min(sum(values[line.back : line.back + units]), line_ceiling(line))


@dataclass(frozen=True, slots=True)
class PaidOrder:
    """Fen: paid by the buyer in all, given back or being given back in all, and freight paid and given back."""

    paid: int
    refunded: int
    freight: int
    freight_refunded: int


def order_ceiling(order: PaidOrder) -> int:
    return max(0, order.paid - order.refunded)


def freight_ceiling(order: PaidOrder) -> int:
    return max(0, min(order.freight - order.freight_refunded, order_ceiling(order)))
