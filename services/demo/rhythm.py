"""When people buy: growth over two years, weekdays, hours, promotions. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from random import Random

from services.clock import MS_A_DAY, MS_AN_HOUR, day_of, day_start
from services.money import share_out

DAYS = 730

# Monday first; tea sells on workday evenings and on Sundays.
_WEEKDAYS = (1.05, 1.0, 0.98, 0.97, 0.92, 0.95, 1.13)
_HOURS = (22, 12, 7, 4, 3, 4, 8, 18, 34, 52, 62, 58, 50, 48, 52, 55, 54, 50, 46, 56, 78, 92, 86, 52)
# Month, day, days before and after that share in it, and how many times a common day it sells.
_PROMOTIONS = (
    (11, 11, 3, 1, 6.5),
    (6, 18, 3, 1, 4.5),
    (12, 12, 1, 0, 3.2),
    (3, 8, 1, 0, 2.2),
    (9, 9, 1, 0, 2.0),
    (1, 12, 4, 2, 1.8),
    (4, 10, 3, 5, 1.9),  # the new spring tea
)


def promotion(day: date) -> float:
    """How many times a common day this one sells: 1.0 on a common day."""
    most = 1.0
    for month, middle, before, after, times in _PROMOTIONS:
        away = day.toordinal() - date(day.year, month, middle).toordinal()
        if -before <= away <= after:
            most = max(most, times if away == 0 else 1 + (times - 1) * 0.35)
    return most


def day_weight(ordinal: int, last: int) -> float:
    """Relative sales of a day; the shop grows threefold in two years."""
    day = date.fromordinal(ordinal)
    return math.pow(3.0, (ordinal - last) / DAYS) * _WEEKDAYS[day.weekday()] * promotion(day)


def moments(random: Random, count: int, first: int, last: int, zone: str) -> Iterator[int]:
    """`count` moments from `first` to `last` (ms), rising, in that rhythm; whole seconds."""
    days = range(day_of(first, zone), day_of(last, zone) + 1)
    weights = []
    for day in days:
        start = day_start(day, zone)
        inside = (min(last, start + MS_A_DAY) - max(first, start)) / MS_A_DAY
        weights.append(max(0, round(day_weight(day, days[-1]) * random.uniform(0.75, 1.3) * inside * 1000)))
    for day, number in zip(days, share_out(count, weights), strict=True):
        if not number:
            continue
        start = day_start(day, zone)
        low, high = max(first, start), min(last, start + MS_A_DAY - 1000)
        hours = [
            hour * max(0.0, min(high, start + place * MS_AN_HOUR + MS_AN_HOUR) - max(low, start + place * MS_AN_HOUR))
            for place, hour in enumerate(_HOURS)
        ]
        if not any(hours):
            yield from [high // 1000 * 1000] * number
            continue
        found = [
            min(max(start + hour * MS_AN_HOUR + random.randrange(3600) * 1000, low), high) // 1000 * 1000
            for hour in random.choices(range(24), weights=hours, k=number)
        ]
        yield from sorted(found)
