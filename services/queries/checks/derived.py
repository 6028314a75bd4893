"""Search text and the sums of reports: both follow from the orders, both can be made anew by RebuildDerived."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain

from services.clock import to_local
from services.db.derived import SEARCHED
from services.db.inspection import UNINDEXED, indexed_terms
from services.db.reading import Reading
from services.errors import Fact
from services.queries.checks.finding import CheckOf, Finding, compare
from services.search.grams import index_words

Fault = tuple[str, Fact, Fact, Fact]

_DOCUMENTS = (
    f"SELECT o.id, d.words, {', '.join(f'o.{name}' for name in SEARCHED)} "  # noqa: S608 (mapped names)
    "FROM orders o LEFT JOIN search_doc d ON d.order_id = o.id ORDER BY o.id"
)
_STRAY = "SELECT 'search_doc', order_id, 'document', 'no order' FROM search_doc WHERE order_id NOT IN (SELECT id FROM orders)"


def documents(reading: Reading) -> Finding:
    """Every order has the search document that its words make, and nothing else has one."""
    (count,) = reading.driver.execute("SELECT count(*) FROM search_doc").fetchone()
    return compare(count, chain(_wrong_documents(reading), reading.driver.execute(_STRAY)))


def _wrong_documents(reading: Reading) -> Iterator[Fault]:
    for order_id, words, *values in reading.driver.execute(_DOCUMENTS):
        if words != index_words(value or "" for value in values):
            yield "search_doc", order_id, "missing" if words is None else "other words", "the order's words"


def index(reading: Reading) -> Finding:
    """The full-text index holds exactly the documents: the same ids, and each word in as many of them."""
    (count,) = reading.driver.execute("SELECT count(*) FROM search_doc").fetchone()
    return compare(count, chain(reading.driver.execute(UNINDEXED), _wrong_terms(reading)))


def _wrong_terms(reading: Reading) -> Iterator[Fault]:
    # As many words as there are different pairs of characters, not as there are orders.
    expected: Counter[str] = Counter()
    for (words,) in reading.driver.execute("SELECT words FROM search_doc"):
        expected.update(words.split())
    for term, found in indexed_terms(reading.driver):
        if found != expected.pop(term, 0):
            yield "order_text", term, found, "another number of documents"
    for term, documents_ in expected.items():
        yield "order_text", term, 0, documents_


_DAYS = """
SELECT day FROM (
    SELECT DISTINCT paid_day AS day FROM orders WHERE paid_day IS NOT NULL
    UNION SELECT day FROM sales_sum UNION SELECT day FROM region_sum UNION SELECT day FROM listing_sum
) WHERE day NOT IN (SELECT day FROM dirty_day) ORDER BY day
"""
_MONEY = "count(*), sum(coalesce(paid, 0)), sum(refunded)"
_REGIONS = f"SELECT province, {_MONEY} FROM orders WHERE paid_day = ? GROUP BY province"  # noqa: S608 (constants)
_GOODS = """
SELECT l.listing_id, sum(l.quantity), sum(coalesce(l.payable, l.price * l.quantity)) FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
WHERE o.paid_day = ? GROUP BY l.listing_id
"""
_TABLES = (
    ("region_sum", "SELECT province, orders, paid, refunded FROM region_sum WHERE day = ?", _REGIONS),
    ("listing_sum", "SELECT listing_id, quantity, amount FROM listing_sum WHERE day = ?", _GOODS),
)


def sums(reading: Reading) -> Finding:
    """The sums of every day that is not marked to be summed again are those of its orders."""
    days = [day for (day,) in reading.driver.execute(_DAYS)]
    return compare(len(days), chain((fault for day in days for fault in _wrong_sums(reading, day)), _wrong_months(reading)))


def _wrong_sums(reading: Reading, day: int) -> Iterator[Fault]:
    kept = {row[0]: row[1:] for row in reading.sql("SELECT hour, orders, paid, refunded FROM sales_sum WHERE day = ?", (day,))}
    if kept != _hours(reading, day):
        yield "sales_sum", day, "other sums", "those of the orders"
    for table, stored, counted in _TABLES:
        if sorted(reading.sql(stored, (day,))) != sorted(reading.sql(counted, (day,))):
            yield table, day, "other sums", "those of the orders"


def _wrong_months(reading: Reading) -> Iterator[Fault]:
    """A month is the sum of its days as they are kept, clean or not."""
    expected: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for day, listing_id, quantity, amount in reading.driver.execute("SELECT day, listing_id, quantity, amount FROM listing_sum"):
        local = date.fromordinal(day)
        sums_ = expected[local.year * 12 + local.month - 1, listing_id]
        sums_[0] += quantity
        sums_[1] += amount
    for month, listing_id, *kept in reading.driver.execute("SELECT month, listing_id, quantity, amount FROM listing_month"):
        if expected.pop((month, listing_id), None) != kept:
            yield "listing_month", month, "other sums", "those of the days"
    for month, _listing_id in expected:
        yield "listing_month", month, "missing", "those of the days"


def _hours(reading: Reading, day: int) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for paid_at, paid, refunded in reading.driver.execute(
        "SELECT paid_at, coalesce(paid, 0), refunded FROM orders WHERE paid_day = ?", (day,)
    ):
        hour = 0 if paid_at is None else to_local(paid_at, reading.shop.zone).hour
        sums_ = found[hour]
        sums_[0] += 1
        sums_[1] += paid
        sums_[2] += refunded
    return {hour: tuple(values) for hour, values in found.items()}


CHECKS: tuple[tuple[str, CheckOf], ...] = (
    ("search_documents", documents),
    ("search_index", index),
    ("sums", sums),
)
