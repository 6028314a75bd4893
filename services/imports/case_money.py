"""Which money is a case's: what a file already told of an order's refunds is never booked a second time.

An order list tells the sum that was given back, without its cases; it lies in the journal as entries of no case. A case that
was paid back takes its money from there first: that entry is reversed and written again as the case's. Only what is left is new.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.db.reading import Reading, id_list
from services.imports.said import told_net, told_of

_ORDERS = "SELECT id, coalesce(paid, 0), refunded FROM orders WHERE id IN ({ids})"
_SOURCES = "SELECT order_id, kind, file_time, told FROM order_source WHERE order_id IN ({ids})"
_FREE = """
SELECT order_id, -sum(amount), max(CASE WHEN amount < 0 THEN id END), max(CASE WHEN amount < 0 THEN at END)
FROM money_entry WHERE kind = 'refund' AND case_id IS NULL AND order_id IN ({ids}) GROUP BY order_id
"""


@dataclass(frozen=True, slots=True)
class Booked:
    """How a case's money is written, fen: `taken` of the entry `entry` (made at `at`) that no case had, `extra` that is new, and
    by how much the payment known so far was too small."""

    taken: int
    entry: int | None
    at: int
    extra: int
    paid_more: int


@dataclass(slots=True)
class Ledger:
    """One order's money while its cases are looked at. `net_at`: its payment was told without refunds, at that time."""

    paid: int
    refunded: int
    free: int = 0
    entry: int | None = None
    at: int = 0
    net_at: int | None = None
    inferred: bool = False

    def book(self, amount: int, done_at: int | None) -> Booked | None:
        """Book a case that was paid back; None where more would be given back than was paid."""
        taken = min(max(0, self.free), amount)
        extra = amount - taken
        more = 0
        if extra and self.net_at is not None and (done_at is None or done_at <= self.net_at):
            more = extra
        elif self.inferred or self.net_at is not None:
            more = max(0, self.refunded + extra - self.paid)
        if self.refunded + extra > self.paid + more:
            return None
        self.free -= taken
        self.refunded += extra
        self.paid += more
        return Booked(taken, self.entry, self.at, extra, more)


def ledgers_of(reading: Reading, order_ids: Iterable[int]) -> dict[int, Ledger]:
    """The money of these orders as it stands."""
    ids = id_list(order_ids)
    found = {order_id: Ledger(paid, refunded) for order_id, paid, refunded in reading.each(_ORDERS, ids)}
    for order_id, free, entry, at in reading.each(_FREE, ids):
        ledger = found[order_id]
        ledger.free, ledger.entry, ledger.at = free, entry, at or 0
    kinds: dict[int, set[str]] = {}
    for order_id, kind, file_time, told in reading.each(_SOURCES, ids):
        kinds.setdefault(order_id, set()).add(kind)
        if kind in {"orders", "sparse"} and told_net(told_of(told)):
            found[order_id].net_at = file_time
    for order_id, said_by in kinds.items():
        # What lines brought is less the freight; a refund of the whole order shows what was paid.
        found[order_id].inferred = said_by == {"lines"}
    return found
