"""Values of search fields: how each kind is written, its canonical form, and what a moment in words stands for. Pure.

Canonical forms are stored in groups and rules, so relative days stay relative.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from services.clock import MS_AN_HOUR, day_of, day_start, from_local
from services.money import parse_amount, write_amount
from services.search.grams import fold

FOREVER = 2**62
"""Later than any moment, in ms."""

NONE, ANY = "none", "any"
EMPTY_WORDS = {"none": NONE, "无": NONE, "没有": NONE, "any": ANY, "有": ANY}

DAY_WORDS: dict[str, tuple[str, ...]] = {
    "today": ("今天", "今日"),
    "yesterday": ("昨天", "昨日"),
    "before_yesterday": ("前天",),
    "tomorrow": ("明天", "明日"),
    "this_week": ("本周", "这周"),
    "last_week": ("上周",),
    "this_month": ("本月", "这个月"),
    "last_month": ("上月", "上个月"),
    "this_year": ("今年",),
    "last_year": ("去年",),
}
_DAY_WORD = {word: name for name, words in DAY_WORDS.items() for word in (name, *words)}
_DAYS = re.compile(r"(\d{1,4})(?:d|天|日)")
_HOURS = re.compile(r"([+-])(\d{1,4})(?:h|小时)")
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?)?[年月]?(?:[ t](\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def canonical_time(text: str) -> str:
    """`今天` → `today`, `7天` → `7d`, `2026年11月` → `2026-11`, `+4小时` → `+4h`. Raises ValueError for what is no time."""
    plain = fold(text).strip()
    if plain in EMPTY_WORDS:
        return EMPTY_WORDS[plain]
    if plain in _DAY_WORD:
        return _DAY_WORD[plain]
    if found := _DAYS.fullmatch(plain):
        days = int(found[1])
        if days < 1:
            raise ValueError(text)
        return f"{days}d"
    if found := _HOURS.fullmatch(plain):
        return f"{found[1]}{int(found[2])}h"
    start, _end = _written(plain)
    parts = _DATE.fullmatch(plain)
    if parts is None:
        raise ValueError(text)
    if parts[6]:
        return f"{start:%Y-%m-%dT%H:%M:%S}"
    if parts[4]:
        return f"{start:%Y-%m-%dT%H:%M}"
    return f"{start:%Y-%m-%d}" if parts[3] else f"{start:%Y-%m}" if parts[2] else f"{start:%Y}"


@lru_cache(maxsize=1024)
def _written(plain: str) -> tuple[datetime, datetime]:
    """Start and end of a written date, wall clock. Raises ValueError."""
    found = _DATE.fullmatch(plain)
    if found is None:
        raise ValueError(plain)
    year, month, day, hour, minute, second = (int(part) if part else None for part in found.groups())
    if year is None or not 1971 <= year <= 2200 or (hour is not None and day is None):
        raise ValueError(plain)
    start = datetime(year, month or 1, day or 1, hour or 0, minute or 0, second or 0)  # noqa: DTZ001 (wall clock of the shop)
    if second is not None:
        return start, start + timedelta(seconds=1)
    if hour is not None:
        return start, start + timedelta(minutes=1)
    if day is not None:
        return start, start + timedelta(days=1)
    if month is not None:
        return start, start.replace(year=year + month // 12, month=month % 12 + 1)
    return start, start.replace(year=year + 1)


def period(value: str, now: int, zone: str) -> tuple[int, int]:
    """The moments [start, end) in ms that a canonical time stands for, seen from `now`. `7d`: today and the six days before."""
    if value in DAY_WORDS:
        first, after = _days(value, date.fromordinal(day_of(now, zone)))
        return day_start(first.toordinal(), zone), day_start(after.toordinal(), zone)
    if value.endswith("h"):
        hours = int(value[:-1]) * MS_AN_HOUR
        return (now, now + hours) if hours > 0 else (now + hours, now + 1)
    if value.endswith("d"):
        today = day_of(now, zone)
        return day_start(max(1, today - int(value[:-1]) + 1), zone), day_start(today + 1, zone)
    start, end = _written(value.lower())
    return from_local(start, zone), from_local(end, zone)


def _days(word: str, today: date) -> tuple[date, date]:
    """First day, and the day after the last."""
    one = timedelta(days=1)
    if word in {"today", "yesterday", "before_yesterday", "tomorrow"}:
        first = today + one * {"today": 0, "yesterday": -1, "before_yesterday": -2, "tomorrow": 1}[word]
        return first, first + one
    if word.endswith("week"):
        monday = today - one * today.weekday()
        return (monday, monday + 7 * one) if word == "this_week" else (monday - 7 * one, monday)
    if word.endswith("month"):
        first = today.replace(day=1)
        if word == "last_month":
            return (first - one).replace(day=1), first
        return first, (first + 31 * one).replace(day=1)
    year = today.year if word == "this_year" else today.year - 1
    return date(year, 1, 1), date(year + 1, 1, 1)


def is_backwards(low: str, high: str) -> bool:
    """Whether a written range ends before it begins; with relative days only the moment of searching can tell."""
    try:
        return _written(low.lower())[0] > _written(high.lower())[1]
    except ValueError:
        return False


def canonical_amount(text: str) -> str:
    """`¥34.1` → `34.10`. Raises ValueError for what is no amount or has more than two decimals."""
    plain = fold(text).strip()
    return EMPTY_WORDS[plain] if plain in EMPTY_WORDS else write_amount(parse_amount(text))


def canonical_count(text: str) -> str:
    plain = fold(text).strip()
    if plain in EMPTY_WORDS:
        return EMPTY_WORDS[plain]
    if not re.fullmatch(r"[0-9]{1,9}", plain):
        raise ValueError(text)
    return str(int(plain))


def canonical_batch(text: str) -> str:
    """`b9`, `9` → `B9`."""
    found = re.fullmatch(r"b?([0-9]{1,9})", fold(text).strip())
    if found is None:
        raise ValueError(text)
    return f"B{int(found[1])}"


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of an order's tag field, which parts them by commas."""
    return tuple(tag for part in text.replace("，", ",").split(",") if (tag := part.strip()))
