"""Who gets the units that are there. Pure: no order of a dict or of rows ever decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """Units that a line still wants. Sorts by who comes first: priority customers, the earlier deadline, the earlier order and line.

    `rank` is 0 for a priority customer, else 1; `ship_by` in ms; an order without a deadline comes last (NO_DEADLINE).
    """

    rank: int
    ship_by: int
    order_id: int
    line_id: int
    sku_id: int
    wanted: int


NO_DEADLINE = 2**62


def allocate(demands: Iterable[Demand], available: Mapping[int, int]) -> dict[int, int]:
    """Units given to each line that gets any, {line_id: units}; never more than wanted, nor than available of the SKU.

    A line may get part of what it wants: the rest is its shortage. Raises ValueError for a negative figure.
    """
    left = dict(available)
    given: dict[int, int] = {}
    for demand in sorted(demands):
        if demand.wanted < 0 or left.get(demand.sku_id, 0) < 0:
            raise ValueError(demand)
        units = min(demand.wanted, left.get(demand.sku_id, 0))
        if units:
            given[demand.line_id] = given.get(demand.line_id, 0) + units
            left[demand.sku_id] -= units
    return given


def value_of(units: int, on_hand: int, value: int) -> int:
    """Value in fen of `units` (> 0) taken off `on_hand` units worth `value`, by moving average, rounded down.

    Taking all takes the whole value, so value is never negative and never left at zero units (invariant S10).
    """
    return value * units // on_hand
