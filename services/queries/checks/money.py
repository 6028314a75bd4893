"""Money: the journal against what orders and cases say, and the identities of domain.md."""

from __future__ import annotations

from services.queries.checks.finding import CheckOf, by_sql

PAID = """
SELECT 'orders', id, paid, booked FROM (
    SELECT o.id AS id, o.paid AS paid,
        coalesce((SELECT sum(m.amount) FROM money_entry m WHERE m.order_id = o.id AND m.kind = 'payment'), 0) AS booked
    FROM orders o
) WHERE coalesce(paid, 0) <> booked
"""
REFUNDED = PAID.replace("paid", "refunded").replace("sum(m.amount)", "-sum(m.amount)").replace("'payment'", "'refund'")

# Waiting cases hold their money too (invariant M5), but for the platform's own, which ask for what they like; only what the
# platform gave back meanwhile can't be refused, and a case that is left without money then can't be paid (commands.aftersales).
CEILING = """
SELECT 'orders', id, refunded + held, paid FROM (
    SELECT o.id AS id, o.refunded AS refunded, coalesce(o.paid, 0) AS paid,
        CASE WHEN o.open_cases = 0 THEN 0 ELSE coalesce((SELECT sum(c.amount) FROM after_sale c
            WHERE c.order_id = o.id AND c.number = '' AND c.state IN ('requested', 'agreed', 'goods_back')), 0) END AS held
    FROM orders o
) x WHERE refunded > paid OR (
    held > 0 AND refunded + held > paid
    AND NOT EXISTS (SELECT 1 FROM money_entry m WHERE m.order_id = x.id AND m.kind = 'refund' AND m.case_id IS NULL)
)
"""

CASES = """
SELECT 'after_sale', id, booked, due FROM (
    SELECT c.id AS id, CASE WHEN c.state = 'refunded' THEN c.amount ELSE 0 END AS due,
        coalesce((SELECT -sum(m.amount) FROM money_entry m WHERE m.order_id = c.order_id AND m.case_id = c.id AND m.kind = 'refund'), 0) AS booked
    FROM after_sale c
) WHERE booked <> due
UNION ALL
SELECT 'after_sale', c.id, c.amount, sum(l.amount) + c.freight FROM after_sale c JOIN after_sale_line l ON l.case_id = c.id
GROUP BY c.id HAVING c.amount <> sum(l.amount) + c.freight
"""

# Files may know of more: what they tell of a line has no entries of its own.
LINE_REFUNDED = """
SELECT 'order_line', l.id, l.refunded, m.given FROM order_line l JOIN (
    SELECT line_id, -sum(amount) AS given FROM money_entry WHERE kind = 'refund' AND line_id IS NOT NULL GROUP BY line_id
) m ON m.line_id = l.id WHERE l.refunded < m.given
"""

CASE_SOURCES = """
SELECT 'case_source', s.id, s.number, c.number FROM case_source s JOIN after_sale c ON c.id = s.case_id WHERE c.number <> s.number
UNION ALL
SELECT 'after_sale', c.id, c.number, '' FROM after_sale c
WHERE c.number <> '' AND NOT EXISTS (SELECT 1 FROM case_source s WHERE s.case_id = c.id)
"""

# What a bank tells of an order is about that order.
MONEY_RECORDS = """
SELECT 'money_record', m.id, m.order_number, o.number FROM money_record m JOIN orders o ON o.id = m.order_id WHERE o.number <> m.order_number
UNION ALL
SELECT 'money_record', min(id), flow, 'once' FROM money_record GROUP BY account, flow HAVING count(*) > 1
"""

GOODS = """
SELECT 'orders', id, goods_amount, summed FROM (
    SELECT o.id AS id, o.goods_amount AS goods_amount, (SELECT sum(l.price * l.quantity) FROM order_line l WHERE l.order_id = o.id) AS summed
    FROM orders o WHERE o.goods_amount IS NOT NULL
) WHERE summed <> goods_amount
"""

# What the platform gives is no part of what the buyer owes it for: files tell payable before it (reference/taobao.md 2.3).
PAYABLE = """
SELECT 'orders', id, goods_less_discount, goods_amount - discount FROM orders WHERE goods_less_discount <> goods_amount - discount
UNION ALL
SELECT 'orders', id, payable, goods_less_discount + freight FROM orders WHERE payable <> goods_less_discount + freight
UNION ALL
SELECT 'orders', id, payable, goods_amount - discount + freight FROM orders
WHERE goods_less_discount IS NULL AND payable <> goods_amount - discount + freight
"""

DISCOUNTS = """
SELECT 'orders', o.id, CASE WHEN d.own <> o.discount THEN o.discount ELSE o.platform_discount END,
    CASE WHEN d.own <> o.discount THEN d.own ELSE d.platform END
FROM (
    SELECT order_id, sum(CASE WHEN payer <> 'platform' THEN amount ELSE 0 END) AS own, sum(CASE WHEN payer = 'platform' THEN amount ELSE 0 END) AS platform
    FROM discount GROUP BY order_id
) d JOIN orders o ON o.id = d.order_id
WHERE d.own <> o.discount OR d.platform <> o.platform_discount
"""

# Shares sum to the fen, where every line has one. Before payment and after a closing files tell no shares of what was paid;
# an order list may bring the payment before a goods list tells its shares. A list of sold goods has the freight in its first line.
SHARES = """
SELECT 'orders', o.id, x.owed, o.goods_less_discount FROM orders o JOIN (
    SELECT order_id, sum(payable) AS owed FROM order_line GROUP BY order_id HAVING count(payable) = count(*)
) x ON x.order_id = o.id WHERE x.owed <> o.goods_less_discount
UNION ALL
SELECT 'orders', o.id, x.brought + o.freight, o.paid FROM orders o JOIN (
    SELECT order_id, sum(paid) AS brought FROM order_line GROUP BY order_id HAVING count(paid) = count(*)
) x ON x.order_id = o.id
WHERE o.status IN ('awaiting_shipment', 'shipped', 'completed') AND x.brought > 0 AND o.paid NOT IN (x.brought + o.freight, x.brought)
"""

# An import that was taken back left its entries and those that reverse them, and nothing between the two.
GONE = """
SELECT 'money_entry', min(m.id), sum(m.amount), 0 FROM money_entry m WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = m.order_id)
GROUP BY m.order_id, m.kind HAVING sum(m.amount) <> 0
UNION ALL
SELECT 'stock_movement', min(m.id), sum(m.quantity), 0 FROM stock_movement m
WHERE m.order_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = m.order_id)
GROUP BY m.order_id, m.sku_id HAVING sum(m.quantity) <> 0 OR sum(m.value) <> 0
"""

CHECKS: tuple[tuple[str, CheckOf], ...] = (
    ("order_paid", by_sql("orders", PAID)),
    ("order_refunded", by_sql("orders", REFUNDED)),
    ("refund_ceiling", by_sql("orders", CEILING)),
    ("case_money", by_sql("after_sale", CASES)),
    ("case_sources", by_sql("case_source", CASE_SOURCES)),
    ("money_records", by_sql("money_record", MONEY_RECORDS)),
    ("ledgers_of_gone", by_sql("money_entry", GONE)),
    ("line_refunded", by_sql("order_line", LINE_REFUNDED)),
    ("goods_amount", by_sql("orders", GOODS)),
    ("payable", by_sql("orders", PAYABLE)),
    ("discounts", by_sql("discount", DISCOUNTS)),
    ("line_shares", by_sql("order_line", SHARES)),
)
