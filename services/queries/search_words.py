"""The shop's own words for completing a search: what no list of ours can know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from services.db.reading import Reading
from services.search.kept import provinces
from services.search.values import tags_of

NEWEST = 5_000
"""Of so many of the newest orders the cities, districts and tags are offered: what is in use, however many orders there are."""
MOST = 400
"""Words of one field."""


@dataclass(frozen=True, slots=True)
class SearchWords:
    """Words by search field, as services.search.complete takes them: channel, province, city, district, tag; the most used first.

    Four statements; what is long out of use is not among them, though it can be searched for.
    """

    def run(self, reading: Reading) -> Mapping[str, tuple[str, ...]]:
        channels = [word for row in reading.sql("SELECT code, shop_name FROM channel ORDER BY id") for word in row if word]
        tags: Counter[str] = Counter({name: 0 for (name,) in reading.sql("SELECT name FROM tag ORDER BY name")})
        cities: Counter[str] = Counter()
        districts: Counter[str] = Counter()
        for city, district, held in reading.sql("SELECT city, district, tags FROM orders ORDER BY id DESC LIMIT ?", (NEWEST,)):
            cities[city] += 1
            districts[district] += 1
            if held:
                tags.update(tags_of(held))
        return {
            "channel": tuple(dict.fromkeys(channels)),
            "province": tuple(province for province in provinces(reading) if province)[:MOST],
            "city": _ranked(cities),
            "district": _ranked(districts),
            "tag": _ranked(tags),
        }


def _ranked(words: Counter[str]) -> tuple[str, ...]:
    return tuple(word for word, _orders in words.most_common(MOST) if word)
