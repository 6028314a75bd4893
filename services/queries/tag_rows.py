"""The tags in use: their colours and how many orders have each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from services.db.reading import Reading
from services.search.values import tags_of

# Distinct texts first: a million orders hold a few dozen combinations of tags.
_USED = "SELECT tags, count(*) FROM orders WHERE tags <> '' GROUP BY tags"


@dataclass(frozen=True, slots=True)
class TagRow:
    """`colour` is a flag's number, None where nobody chose one; `orders` how many orders have the tag."""

    name: str
    colour: int | None
    orders: int


@dataclass(frozen=True, slots=True)
class TagRows:
    """All tags of orders and all coloured ones, the most used first. Two statements."""

    def run(self, reading: Reading) -> tuple[TagRow, ...]:
        colours = dict(reading.sql("SELECT name, colour FROM tag"))
        used: Counter[str] = Counter(dict.fromkeys(colours, 0))
        for tags, orders in reading.sql(_USED):
            for tag in set(tags_of(tags)):
                used[tag] += orders
        return tuple(TagRow(name, colours.get(name), orders) for name, orders in sorted(used.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class TagColours:
    """The chosen colours, {tag: flag's number}."""

    def run(self, reading: Reading) -> dict[str, int]:
        return dict(reading.sql("SELECT name, colour FROM tag"))
