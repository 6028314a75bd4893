"""What a search needs of the whole shop and what changes rarely, kept in memory for each connection until anybody commits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from services.db.reading import Reading

T = TypeVar("T")

# One look into the index for each province, not one for each order.
PROVINCES = """
WITH RECURSIVE found(province) AS (
    SELECT min(province) FROM orders
    UNION ALL
    SELECT (SELECT min(province) FROM orders WHERE province > found.province) FROM found WHERE found.province IS NOT NULL
)
SELECT province FROM found WHERE province IS NOT NULL
"""


def kept(reading: Reading, name: str, make: Callable[[Reading], T]) -> T:
    """What `make` gives, from memory if nothing was committed since. A command sees its own changes and keeps nothing."""
    # A unit of work is a Reading too, but what it changes itself moves no data_version.
    if type(reading) is not Reading:
        return make(reading)
    ((version,),) = reading.sql("PRAGMA data_version")
    facts: dict[Any, Any] = reading.connection.info
    found = facts.get(name)
    if found is None or found[0] != version:
        found = (version, make(reading))
        facts[name] = found
    value: T = found[1]
    return value


def provinces(reading: Reading) -> list[str]:
    """As they are written on the orders, "" too: some dozens, however many orders there are."""
    return kept(reading, "provinces", lambda asked: [province for (province,) in asked.sql(PROVINCES)])
