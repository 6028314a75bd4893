"""The five states of an order, the moves between them, and what each move asks and does (domain.md, orders).

Pure data and functions. `services.commands.moves` is the only place that carries a move out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    AWAITING_SHIPMENT = "awaiting_shipment"
    SHIPPED = "shipped"
    COMPLETED = "completed"
    CLOSED = "closed"


class StockEffect(StrEnum):
    """What a move does to the units of the order's lines."""

    NONE = "none"
    RESERVE = "reserve"
    RELEASE = "release"
    DEDUCT = "deduct"


@dataclass(frozen=True, slots=True)
class Move:
    """`stamp` is the order's time column that the move fills; `platform_only` moves come from a file, never from a person."""

    source: Status
    target: Status
    stamp: str
    stock: StockEffect
    platform_only: bool = False


_S = Status
MOVES: tuple[Move, ...] = (
    Move(_S.AWAITING_PAYMENT, _S.AWAITING_SHIPMENT, "paid_at", StockEffect.RESERVE),
    Move(_S.AWAITING_PAYMENT, _S.CLOSED, "closed_at", StockEffect.RELEASE),
    Move(_S.AWAITING_SHIPMENT, _S.SHIPPED, "shipped_at", StockEffect.DEDUCT),
    Move(_S.AWAITING_SHIPMENT, _S.CLOSED, "closed_at", StockEffect.RELEASE),
    Move(_S.SHIPPED, _S.COMPLETED, "completed_at", StockEffect.NONE),
    Move(_S.SHIPPED, _S.CLOSED, "closed_at", StockEffect.NONE),
    Move(_S.COMPLETED, _S.CLOSED, "closed_at", StockEffect.NONE, platform_only=True),
)

_BY_PAIR = {(move.source, move.target): move for move in MOVES}

# How far along an order is; a file that tells less than what is known is behind, not news.
RANK = {_S.AWAITING_PAYMENT: 0, _S.AWAITING_SHIPMENT: 1, _S.SHIPPED: 2, _S.COMPLETED: 3, _S.CLOSED: 4}


def move_between(source: Status, target: Status) -> Move | None:
    """The single move, or None where there is none."""
    return _BY_PAIR.get((source, target))


def way(source: Status, target: Status) -> tuple[Move, ...] | None:
    """The moves that lead from one state to another, shortest first; () when it is there, None when it can't get there.

    An import observes: it walks the moves between with their effects but without their guards. A closing is reached
    straight from where the order is: an order closed unpaid never was to be shipped.
    """
    if source == target:
        return ()
    straight = _BY_PAIR.get((source, target))
    if straight is not None:
        return (straight,)
    if RANK[target] < RANK[source]:
        return None
    walked: list[Move] = []
    here = source
    for there in (_S.AWAITING_SHIPMENT, _S.SHIPPED, _S.COMPLETED):
        if RANK[here] < RANK[there] <= RANK[target]:
            walked.append(_BY_PAIR[here, there])
            here = there
    return tuple(walked) if here == target else None


CLOSE_REASONS = ("buyer_changed_mind", "out_of_stock", "wrong_details", "unpaid_in_time", "refunded", "duplicate", "other")
