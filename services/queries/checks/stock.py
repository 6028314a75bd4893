"""Stock: levels against the ledger and the reservations, lines against parcels, shortages against what is free."""

from __future__ import annotations

from services.queries.checks.finding import CheckOf, by_sql

_LEVELS = """
WITH ledger AS (SELECT sku_id, sum(quantity) AS units, sum(value) AS worth FROM stock_movement GROUP BY sku_id)
SELECT 'stock_level', l.sku_id, l.{column}, coalesce(g.{sum}, 0) FROM stock_level l LEFT JOIN ledger g ON g.sku_id = l.sku_id
WHERE l.{column} <> coalesce(g.{sum}, 0) OR l.{column} < 0
UNION ALL
SELECT 'stock_level', g.sku_id, 'missing', g.{sum} FROM ledger g WHERE g.sku_id NOT IN (SELECT sku_id FROM stock_level)
"""
ON_HAND = _LEVELS.replace("{column}", "on_hand").replace("{sum}", "units")
VALUE = _LEVELS.replace("{column}", "value").replace("{sum}", "worth")

RESERVED = """
WITH held AS (SELECT sku_id, sum(quantity) AS units FROM reservation WHERE state = 'open' GROUP BY sku_id)
SELECT 'stock_level', l.sku_id, l.reserved, coalesce(h.units, 0) FROM stock_level l LEFT JOIN held h ON h.sku_id = l.sku_id
WHERE l.reserved <> coalesce(h.units, 0) OR l.reserved > l.on_hand
UNION ALL
SELECT 'stock_level', h.sku_id, 'missing', h.units FROM held h WHERE h.sku_id NOT IN (SELECT sku_id FROM stock_level)
"""

LINE_RESERVED = """
SELECT 'order_line', l.id, l.reserved, coalesce((SELECT sum(r.quantity) FROM reservation r WHERE r.line_id = l.id AND r.state = 'open'), 0)
FROM order_line l
WHERE l.reserved <> coalesce((SELECT sum(r.quantity) FROM reservation r WHERE r.line_id = l.id AND r.state = 'open'), 0)
UNION ALL
SELECT 'reservation', r.id, r.sku_id, l.sku_id FROM reservation r JOIN order_line l ON l.id = r.line_id
WHERE r.state = 'open' AND r.sku_id IS NOT l.sku_id
"""

RESERVATION_ORDERS = """
SELECT 'reservation', r.id, o.status, 'awaiting_shipment' FROM reservation r JOIN order_line l ON l.id = r.line_id JOIN orders o ON o.id = l.order_id
WHERE r.state = 'open' AND o.status <> 'awaiting_shipment'
UNION ALL
SELECT 'reservation', r.id, r.state, 'closed_at' FROM reservation r WHERE (r.state = 'open') <> (r.closed_at IS NULL)
"""

# The units that left by the ledger are those whose reservations were used up (invariant S3).
UNITS_SENT = """
SELECT 'orders', id, sent, used FROM (
    SELECT o.id AS id,
        coalesce((SELECT -sum(m.quantity) FROM stock_movement m WHERE m.order_id = o.id AND m.kind = 'shipment'), 0) AS sent,
        coalesce((SELECT sum(r.quantity) FROM order_line l JOIN reservation r ON r.line_id = l.id
                  WHERE l.order_id = o.id AND r.state = 'consumed'), 0) AS used
    FROM orders o
) WHERE sent <> used
"""

# What a platform's file tells as sent has no parcel lines of ours, and virtual goods need no parcel.
LINE_SHIPPED = """
SELECT 'order_line', id, shipped, packed FROM (
    SELECT l.id AS id, l.order_id AS order_id, l.sku_id AS sku_id, l.shipped AS shipped, l.quantity - l.cancelled AS due,
        coalesce((SELECT sum(p.quantity) FROM parcel_line p JOIN parcel b ON b.id = p.parcel_id
                  WHERE p.line_id = l.id AND b.state <> 'void'), 0) AS packed
    FROM order_line l
) x
WHERE shipped <> packed
    AND NOT (packed = 0 AND coalesce((SELECT s.virtual FROM sku s WHERE s.id = x.sku_id), 0))
    AND NOT (packed < shipped AND shipped <= due AND EXISTS (SELECT 1 FROM order_source i WHERE i.order_id = x.order_id))
"""

LINE_SHORTAGE = """
SELECT 'order_line', id, shortage, wanted FROM (
    SELECT l.id AS id, l.shortage AS shortage,
        CASE WHEN o.status = 'awaiting_shipment' AND s.virtual = 0 THEN l.quantity - l.cancelled - l.shipped - l.reserved ELSE 0 END AS wanted
    FROM order_line l JOIN orders o ON o.id = l.order_id LEFT JOIN sku s ON s.id = l.sku_id
) WHERE shortage <> wanted
"""

# Nobody goes short while units lie free.
SHORTAGE_FREE = """
SELECT 'sku', l.sku_id, v.on_hand - v.reserved, 0 FROM order_line l JOIN stock_level v ON v.sku_id = l.sku_id
WHERE l.shortage > 0 AND v.on_hand > v.reserved GROUP BY l.sku_id
"""

CHECKS: tuple[tuple[str, CheckOf], ...] = (
    ("stock_on_hand", by_sql("stock_level", ON_HAND)),
    ("stock_value", by_sql("stock_level", VALUE)),
    ("stock_reserved", by_sql("stock_level", RESERVED)),
    ("line_reserved", by_sql("order_line", LINE_RESERVED)),
    ("reservation_orders", by_sql("reservation", RESERVATION_ORDERS)),
    ("units_sent", by_sql("orders", UNITS_SENT)),
    ("line_shipped", by_sql("order_line", LINE_SHIPPED)),
    ("line_shortage", by_sql("order_line", LINE_SHORTAGE)),
    ("shortage_unfilled", by_sql("stock_level", SHORTAGE_FREE)),
)
