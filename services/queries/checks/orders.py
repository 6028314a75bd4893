"""Orders: the figures that they keep of lines, cases and prints, their states and times, parcels and files."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterator
from operator import itemgetter

from services.clock import day_start
from services.db.reading import Reading
from services.errors import Fact
from services.imports.columns import unpack
from services.queries.checks.finding import CheckOf, Finding, by_sql, compare

Fault = tuple[str, Fact, Fact, Fact]

_OF_LINES = """
SELECT 'orders', id, {column}, counted FROM (
    SELECT o.id AS id, o.{column} AS {column}, coalesce((SELECT {sum} FROM order_line l WHERE l.order_id = o.id), 0) AS counted FROM orders o
) WHERE {column} <> counted
"""
SHORTAGE = _OF_LINES.replace("{column}", "shortage").replace("{sum}", "sum(l.shortage)")
UNMATCHED = _OF_LINES.replace("{column}", "unmatched").replace("{sum}", "sum(l.sku_id IS NULL)")
KINDS = _OF_LINES.replace("{column}", "goods_kinds").replace("{sum}", "count(*)")
LINES_UNKNOWN = _OF_LINES.replace("{column}", "lines_unknown").replace("{sum}", "count(*)").replace("<> counted", "<> (counted = 0)")
QUANTITY = (
    _OF_LINES.replace("{column}", "quantity")
    .replace("{sum}", "sum(l.quantity)")
    .replace("WHERE quantity", "WHERE counted > 0 AND quantity")
)
PART_SHIPPED = """
SELECT 'orders', id, part_shipped, part FROM (
    SELECT o.id AS id, o.part_shipped AS part_shipped, o.status = 'awaiting_shipment' AND sum(l.shipped) > 0
        AND sum(l.shipped) < sum(l.quantity - l.cancelled) AS part
    FROM orders o JOIN order_line l ON l.order_id = o.id WHERE o.status = 'awaiting_shipment' OR o.part_shipped GROUP BY o.id
) WHERE part_shipped <> part
"""

# A case of the platform that only its goods list tells of stands on the line.
OPEN_CASES = """
SELECT 'orders', id, open_cases, max(own, told) FROM (
    SELECT o.id AS id, o.open_cases AS open_cases,
        (SELECT count(*) FROM after_sale c WHERE c.order_id = o.id AND c.state IN ('requested', 'agreed', 'goods_back')) AS own,
        (SELECT count(*) FROM order_line l WHERE l.order_id = o.id AND l.refund_state IN ('requested', 'agreed', 'goods_back')) AS told
    FROM orders o
) WHERE open_cases <> max(own, told)
"""

COPIES = """
SELECT 'orders', id, printed, counted FROM (
    SELECT o.id AS id, o.slip_copies * 1000 + o.label_copies AS printed,
        coalesce((SELECT sum(CASE document WHEN 'slip' THEN 1000 WHEN 'label' THEN 1 END) FROM print_entry p WHERE p.order_id = o.id), 0) AS counted
    FROM orders o
) WHERE printed <> counted
"""
PRINTS_GAPLESS = """
SELECT 'print_entry', min(id), max(copy), count(*) FROM print_entry GROUP BY order_id, document HAVING max(copy) <> count(*) OR min(copy) <> 1
"""

COUNTS = """
WITH counted AS (SELECT channel_id, status, count(*) AS orders FROM orders GROUP BY channel_id, status)
SELECT 'order_count', k.channel_id || ' ' || k.status, k.orders, coalesce(c.orders, 0)
FROM order_count k LEFT JOIN counted c ON c.channel_id = k.channel_id AND c.status = k.status WHERE k.orders <> coalesce(c.orders, 0)
UNION ALL
SELECT 'order_count', c.channel_id || ' ' || c.status, 'missing', c.orders FROM counted c
WHERE NOT EXISTS (SELECT 1 FROM order_count k WHERE k.channel_id = c.channel_id AND k.status = c.status)
"""

# A state that was not reached yet has no time. Files may leave out the time of a state that was, never add one to come;
# an order that is sent in part tells when.
STATUS_TIMES = """
SELECT 'orders', id, status, 'shipped_at' FROM orders WHERE status = 'awaiting_payment' AND shipped_at IS NOT NULL
UNION ALL
SELECT 'orders', id, status, 'completed_at' FROM orders
WHERE status IN ('awaiting_payment', 'awaiting_shipment', 'shipped') AND completed_at IS NOT NULL
UNION ALL
SELECT 'orders', id, status, 'closed_at' FROM orders WHERE status <> 'closed' AND closed_at IS NOT NULL
UNION ALL
SELECT 'orders', id, close_reason, status FROM orders WHERE status <> 'closed' AND close_reason <> ''
"""

TRACKING = """
SELECT 'parcel', min(id), tracking_number, 'one parcel' FROM parcel WHERE tracking_number <> '' AND state <> 'void'
GROUP BY tracking_number, carrier HAVING count(*) > 1
"""

CUSTOMERS = """
SELECT 'customer', min(id), nick, 'one customer' FROM customer WHERE masked = 0 GROUP BY channel_id, nick HAVING count(*) > 1
UNION ALL
SELECT 'orders', o.id, o.channel_id, c.channel_id FROM orders o JOIN customer c ON c.id = o.customer_id WHERE c.channel_id <> o.channel_id
"""

_DAYS = "SELECT id, {day}, {at} FROM orders WHERE {at} IS NOT NULL ORDER BY {at}"


def local_days(reading: Reading) -> Finding:
    """created_day and paid_day are the local days of their times."""
    (count,) = reading.driver.execute("SELECT count(*) FROM orders").fetchone()
    return compare(count, itertools.chain(_wrong_days(reading, "created_day", "created_at"), _wrong_days(reading, "paid_day", "paid_at")))


def _wrong_days(reading: Reading, column: str, at: str) -> Iterator[Fault]:
    """Walks the times upwards, so that a day's bounds are worked out once a day."""
    statement = _DAYS.replace("{day}", column).replace("{at}", at)
    low = high = known = 0
    for order_id, day, moment in reading.driver.execute(statement):
        if day is None:
            yield "orders", order_id, column, at
            continue
        if not low <= moment < high:
            low, high = day_start(day, reading.shop.zone), day_start(day + 1, reading.shop.zone)
            known = day
        if not low <= moment < high or day != known:
            yield "orders", order_id, day, column
            low = high = 0


def import_rows(reading: Reading) -> Finding:
    """Every batch keeps all the rows of its file, and what it told of an order lies in one of them."""
    return compare(*_import_faults(reading))


def _import_faults(reading: Reading) -> tuple[int, list[Fault]]:
    faults: list[Fault] = []
    blocks = reading.driver.execute("SELECT batch_id, id, first_row, rows, block FROM import_rows ORDER BY batch_id, first_row")
    kept: dict[int, int] = {}
    for batch_id, found in itertools.groupby(blocks, key=itemgetter(0)):
        behind = 0
        for _batch, block_id, first_row, rows, block in found:
            try:
                held = len(unpack(block))
            except (zlib.error, ValueError, KeyError, TypeError):
                held = -1
            if held != rows or first_row < behind:
                faults.append(("import_rows", block_id, held, rows))
            behind = first_row + rows
            kept[batch_id] = kept.get(batch_id, 0) + rows
    # The same bytes imported again are kept once, with the first batch that brought them.
    by_file: dict[str, int] = {}
    for batch_id, rows, file_hash in reading.driver.execute("SELECT id, rows, file_hash FROM import_batch ORDER BY id"):
        held = by_file.setdefault(file_hash, kept.get(batch_id, 0)) if batch_id in kept else by_file.get(file_hash, 0)
        if held != rows:
            faults.append(("import_batch", batch_id, held, rows))
    return sum(kept.values()), faults


CHECKS: tuple[tuple[str, CheckOf], ...] = (
    ("order_shortage", by_sql("orders", SHORTAGE)),
    ("order_unmatched", by_sql("orders", UNMATCHED)),
    ("order_goods", by_sql("orders", KINDS)),
    ("order_quantity", by_sql("orders", QUANTITY)),
    ("order_lines_unknown", by_sql("orders", LINES_UNKNOWN)),
    ("order_part_shipped", by_sql("orders", PART_SHIPPED)),
    ("order_cases", by_sql("orders", OPEN_CASES)),
    ("order_copies", by_sql("orders", COPIES)),
    ("print_copies", by_sql("print_entry", PRINTS_GAPLESS)),
    ("status_counts", by_sql("order_count", COUNTS)),
    ("status_times", by_sql("orders", STATUS_TIMES)),
    ("local_days", local_days),
    ("tracking_numbers", by_sql("parcel", TRACKING)),
    ("customers", by_sql("customer", CUSTOMERS)),
    ("import_rows", import_rows),
)
