"""The shop's own words for completing a search: what no list of ours can know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from services.db.reading import Reading
from services.search.kept import places
from services.search.values import tags_of

NEWEST = 5_000
"""So many of the newest orders tell which cities, districts and tags are used most, and which districts and tags there are."""
MOST = 400
"""Words of one field."""


@dataclass(frozen=True, slots=True)
class SearchWords:
    """Words by search field, as services.search.complete takes them: channel, province, city, district, tag; the most used first.

    Four statements; districts and tags long out of use are not among them, though they can be searched for.
    """

    def run(self, reading: Reading) -> Mapping[str, tuple[str, ...]]:
        channels = [word for row in reading.sql("SELECT code, shop_name FROM channel ORDER BY id") for word in row if word]
        tags: Counter[str] = Counter({name: 0 for (name,) in reading.sql("SELECT name FROM tag ORDER BY name")})
        known = places(reading)
        cities: Counter[str] = Counter({city: 0 for province in known for city in known[province]})
        districts: Counter[str] = Counter()
        for city, district, held in reading.sql("SELECT city, district, tags FROM orders ORDER BY id DESC LIMIT ?", (NEWEST,)):
            cities[city] += 1
            districts[district] += 1
            if held:
                tags.update(tags_of(held))
        return {
            "channel": tuple(dict.fromkeys(channels)),
            "province": tuple(province for province in known if province)[:MOST],
            "city": _ranked(cities),
            "district": _ranked(districts),
            "tag": _ranked(tags),
        }


def _ranked(words: Counter[str]) -> tuple[str, ...]:
    return tuple(word for word, _orders in words.most_common(MOST) if word)
