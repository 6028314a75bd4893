"""The figures on tabs and rail. What is shown at all times must not cost more with more orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from services.clock import day_of, day_start
from services.db.reading import Reading
from services.domain.order_states import Status

MOST = 10_000
"""Counting stops here; the window shows 9,999+."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Orders by status, every status there, and in all; of one channel or of all."""

    by_status: Mapping[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """The tabs' figures, from the counters that the unit of work keeps: some rows, however many orders."""

    channel: str = ""

    def run(self, reading: Reading) -> Counts:
        found: dict[str, int] = defaultdict(int)
        for status, orders in reading.sql(
            "SELECT n.status, n.orders FROM order_count n JOIN channel c ON c.id = n.channel_id WHERE ? IN ('', c.code)", (self.channel,)
        ):
            found[status] += orders
        by_status = {str(status): found[status] for status in Status}
        return Counts(by_status, sum(by_status.values()))


@dataclass(frozen=True, slots=True)
class Rail:
    """What waits where. `late` and `due_today` are part of `to_ship`; each stops at MOST."""

    to_ship: int
    late: int
    due_today: int
    to_pay: int
    short_skus: int
    unmatched_listings: int
    open_cases: int
    new_today: int
    approvals: int


# Each counts along an index of its own or a partial one that holds only what waits.
_RAIL = f"""
SELECT
  (SELECT coalesce(sum(orders), 0) FROM order_count WHERE status = 'awaiting_shipment'),
  (SELECT count(*) FROM (SELECT 1 FROM orders WHERE status = 'awaiting_shipment' AND ship_by < :now LIMIT {MOST})),
  (SELECT count(*) FROM (SELECT 1 FROM orders WHERE status = 'awaiting_shipment' AND ship_by >= :now AND ship_by < :tomorrow LIMIT {MOST})),
  (SELECT coalesce(sum(orders), 0) FROM order_count WHERE status = 'awaiting_payment'),
  (SELECT count(DISTINCT sku_id) FROM (SELECT sku_id FROM order_line WHERE shortage > 0 LIMIT {MOST})),
  (SELECT count(DISTINCT listing_id) FROM (SELECT listing_id FROM order_line WHERE sku_id IS NULL LIMIT {MOST})),
  (SELECT count(*) FROM (SELECT 1 FROM after_sale WHERE state IN ('requested', 'agreed', 'goods_back') LIMIT {MOST})),
  (SELECT count(*) FROM (SELECT 1 FROM orders WHERE created_at >= :today AND created_at < :tomorrow LIMIT {MOST})),
  (SELECT count(*) FROM approval WHERE state = 'waiting')
"""  # noqa: S608 (a constant)


@dataclass(frozen=True, slots=True)
class RailCounts:
    """What waits on each page, in one statement."""

    def run(self, reading: Reading) -> Rail:
        today = day_of(reading.now, reading.shop.zone)
        facts = {
            "now": reading.now,
            "today": day_start(today, reading.shop.zone),
            "tomorrow": day_start(today + 1, reading.shop.zone),
        }
        row = reading.driver.execute(_RAIL, facts).fetchone()
        return Rail(*row)
