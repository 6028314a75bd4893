"""What a search needs of the whole shop and what changes rarely, kept in memory for each connection until anybody commits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from services.db.reading import Reading

T = TypeVar("T")

# One look into the index for each province and each city, not one for each order.
_PLACES = """
WITH RECURSIVE home(province) AS (
    SELECT min(province) FROM main.orders AS orders
    UNION ALL
    SELECT (SELECT min(province) FROM main.orders AS orders WHERE province > home.province) FROM home WHERE home.province IS NOT NULL
), place(province, city) AS (
    SELECT province, (SELECT min(city) FROM main.orders AS orders INDEXED BY ix_orders_region WHERE orders.province = home.province)
    FROM home WHERE province IS NOT NULL
    UNION ALL
    SELECT place.province, (SELECT min(city) FROM main.orders AS orders INDEXED BY ix_orders_region
                            WHERE orders.province = place.province AND orders.city > place.city)
    FROM place WHERE place.city IS NOT NULL
)
SELECT province, city FROM place WHERE city IS NOT NULL
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


def places(reading: Reading) -> dict[str, list[str]]:
    """Provinces and the cities in each as they are written on the orders, "" too: some hundreds, however many orders there are."""
    return kept(reading, "places", _places)


def _places(reading: Reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for province, city in reading.sql(_PLACES):
        found.setdefault(province, []).append(city)
    return found
