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

MOST_DAYS = 9_999

NONE, ANY = "none", "any"
EMPTY_WORDS = {"none": NONE, "无": NONE, "没有": NONE, "any": ANY, "有": ANY}

DAY_WORDS: dict[str, tuple[str, ...]] = {
    "today": ("今天", "今日"),
    "yesterday": ("昨天", "昨日"),
    "before_yesterday": ("前天",),
    "tomorrow": ("明天", "明日"),
    "after_tomorrow": ("后天",),
    "this_week": ("本周", "这周", "这个星期"),
    "last_week": ("上周", "上个星期"),
    "next_week": ("下周", "下个星期"),
    "this_month": ("本月", "这个月", "这月"),
    "last_month": ("上月", "上个月"),
    "this_year": ("今年",),
    "last_year": ("去年",),
}
_DAY_WORD = {word: name for name, words in DAY_WORDS.items() for word in (name, *words)}
_COUNTS = {word: count for count, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "半": 0.5}
_UNITS = {"d": 1, "day": 1, "days": 1, "天": 1, "日": 1, "w": 7, "周": 7, "个星期": 7, "个月": 30, "年": 360}
_DAYS = re.compile(rf"(近|最近|过去)?(\d{{1,4}}|[{''.join(_COUNTS)}])({'|'.join(sorted(_UNITS, key=len, reverse=True))})")
_HOURS = re.compile(r"([+-])(\d{1,4})(?:h|小时)")
_HOURS_IN_WORDS = re.compile(r"(过去)?(\d{1,4})(?:个)?小时(以?内)?")
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})[日号]?)?)?[年月]?(?:[ t](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_MONTH_OF_YEAR = re.compile(r"(?:month_)?(\d{1,2})月?")
AHEAD = timedelta(days=15)
"""A day without its year is one to come up to so many days ahead, else the last one gone by."""


def canonical_time(text: str) -> str:
    """`今天` → `today`, `近7天`, `一周` → `7d`, `2026年11月` → `2026-11`, `+4小时` → `+4h`, `11月11日` → `11-11`, `11月` → `month_11`.

    Raises ValueError for what is no time.
    """
    plain = fold(text).strip()
    if plain in EMPTY_WORDS:
        return EMPTY_WORDS[plain]
    if plain in _DAY_WORD:
        return _DAY_WORD[plain]
    if (days := _days_back(plain)) is not None:
        return f"{days}d"
    if found := _HOURS.fullmatch(plain):
        return f"{found[1]}{int(found[2])}h"
    if (found := _HOURS_IN_WORDS.fullmatch(plain)) and bool(found[1]) != bool(found[3]):
        return f"{'-' if found[1] else '+'}{int(found[2])}h"
    if found := _DAY_OF_YEAR.fullmatch(plain):
        day = date(2000, int(found[1]), int(found[2]))  # a leap year
        return f"{day:%m-%d}"
    if (found := _MONTH_OF_YEAR.fullmatch(plain)) and not plain.isdigit() and 1 <= int(found[1]) <= 12:
        return f"month_{int(found[1])}"
    if found := _EIGHT.fullmatch(plain):
        plain = "-".join(found.groups())
    start, _end = _written(plain)
    parts = _DATE.fullmatch(plain)
    if parts is None:
        raise ValueError(text)
    if parts[6]:
        return f"{start:%Y-%m-%dT%H:%M:%S}"
    if parts[4]:
        return f"{start:%Y-%m-%dT%H:%M}"
    return f"{start:%Y-%m-%d}" if parts[3] else f"{start:%Y-%m}" if parts[2] else f"{start:%Y}"


def _days_back(plain: str) -> int | None:
    """`7天`, `近一周`, `最近三个月`, `半年`; a month counts as 30 days."""
    found = _DAYS.fullmatch(plain)
    # "2026年" is a year and "7日" alone was always seven days.
    if found is None or (found[3] == "年" and found[2].isdigit()):
        return None
    days = int((int(found[2]) if found[2].isdigit() else _COUNTS[found[2]]) * _UNITS[found[3]])
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(plain)
    return days


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
    if found := _DAY_OF_YEAR.fullmatch(value):
        day = _day_of_year(int(found[1]), int(found[2]), date.fromordinal(day_of(now, zone)))
        return day_start(day.toordinal(), zone), day_start(day.toordinal() + 1, zone)
    if value.startswith("month_"):
        first = _day_of_year(int(value[6:]), 1, date.fromordinal(day_of(now, zone)) - AHEAD)
        return day_start(first.toordinal(), zone), day_start((first + timedelta(days=31)).replace(day=1).toordinal(), zone)
    if value.endswith("h"):
        hours = int(value[:-1]) * MS_AN_HOUR
        return (now, now + hours) if hours > 0 else (now + hours, now + 1)
    if value.endswith("d"):
        today = day_of(now, zone)
        return day_start(max(1, today - int(value[:-1]) + 1), zone), day_start(today + 1, zone)
    start, end = _written(value.lower())
    return from_local(start, zone), from_local(end, zone)


def _day_of_year(month: int, day: int, today: date) -> date:
    """The last such day that is not further ahead than AHEAD."""
    for year in range(today.year + 1, today.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue  # the 29th of February
        if found <= today + AHEAD:
            return found
    raise ValueError(f"{month}-{day}")


def _days(word: str, today: date) -> tuple[date, date]:
    """First day, and the day after the last."""
    one = timedelta(days=1)
    apart = {"today": 0, "yesterday": -1, "before_yesterday": -2, "tomorrow": 1, "after_tomorrow": 2}
    if word in apart:
        first = today + one * apart[word]
        return first, first + one
    if word.endswith("week"):
        monday = today - one * today.weekday()
        first = monday + 7 * one * {"this_week": 0, "last_week": -1, "next_week": 1}[word]
        return first, first + 7 * one
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
