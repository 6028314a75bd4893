"""Figures and times as people read them. Money comes as fen, times as milliseconds since 1970 UTC."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from desktop.i18n import language, tr

if TYPE_CHECKING:
    from datetime import datetime

MS_A_MINUTE, MS_AN_HOUR, MS_A_DAY = 60_000, 3_600_000, 86_400_000

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EM DASH}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def money(fen: int | None, signed: bool = False) -> str:
    """`¥1,234.00`; the minus is U+2212, as wide as a digit; None is a dash. `signed` puts + before gains."""
    if fen is None:
        return DASH
    sign = MINUS if fen < 0 else "+" if signed and fen else ""
    whole, part = divmod(abs(fen), 100)
    return f"{sign}¥{whole:,}.{part:02d}"


def count(n: int | None) -> str:
    """`5,947`, `−3`; None is a dash."""
    if n is None:
        return DASH
    return f"{MINUS if n < 0 else ''}{abs(n):,}"


def change(n: int) -> str:
    """A count with its sign: `+60`, `−2`, `0`."""
    return f"+{n:,}" if n > 0 else count(n)


def percent(share: float, signed: bool = False) -> str:
    """`12.4%` of 0.124."""
    shown = f"{abs(share) * 100:.1f}%"
    sign = MINUS if share < 0 else "+" if signed and share > 0 else ""
    return sign + shown


def to_local(ms: int, zone: str) -> datetime:
    """Loaded at use: the zone database is not needed for the first paint."""
    from services.clock import to_local as local

    return local(ms, zone)


def short_time(ms: int | None, now: int, zone: str) -> str:
    """`14:05` today, `11-20` in the same year, else `2025-11-20`; None is a dash. The full time belongs in the tooltip."""
    if ms is None:
        return DASH
    local, today = to_local(ms, zone), to_local(now, zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d}" if local.year == today.year else f"{local:%Y-%m-%d}"


def day_time(ms: int | None, now: int, zone: str) -> str:
    """`Today 14:05` (今天 14:05), `11-20 09:12`, `2025-11-20 09:12`."""
    if ms is None:
        return DASH
    local, today = to_local(ms, zone), to_local(now, zone)
    if local.date() == today.date():
        return tr("Today {time}", time=f"{local:%H:%M}")
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d %H:%M}"


def full_time(ms: int | None, zone: str) -> str:
    return DASH if ms is None else f"{to_local(ms, zone):%Y-%m-%d %H:%M:%S}"


_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_day(ms: int, zone: str) -> str:
    """`Sunday, 22 November` or `11 月 22 日  周日`."""
    local = to_local(ms, zone)
    if language() == "zh":
        return f"{local.month} 月 {local.day} 日  周{'一二三四五六日'[local.weekday()]}"
    return f"{_WEEKDAYS_EN[local.weekday()]}, {local.day} {_MONTHS_EN[local.month - 1]}"


_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def span(ms: int) -> str:
    """A length of time in its two largest parts: `5h 12m` (5 时 12 分), `1d 4h` (1 天 4 时); never negative."""
    ms = max(0, ms)
    days, rest = divmod(ms, MS_A_DAY)
    hours, rest = divmod(rest, MS_AN_HOUR)
    minutes = rest // MS_A_MINUTE
    if days:
        return tr("{d}d {h}h", d=days, h=hours)
    return tr("{h}h {m}m", h=hours, m=f"{minutes:02d}") if hours else tr("{m}m", m=minutes)


def day_text(ordinal: int) -> str:
    """`11-22` of a local day (date ordinal)."""
    from datetime import date

    return f"{date.fromordinal(ordinal):%m-%d}"


def weekday_text(ordinal: int) -> str:
    """`周日`, `Sun` of a local day."""
    place = (ordinal + 6) % 7
    return f"周{'一二三四五六日'[place]}" if language() == "zh" else _WEEKDAYS_EN[place][:3]


def tail(number: str, digits: int = 4) -> str:
    """`⋯7764`: how a long number is named in a sentence."""
    return f"{ELLIPSIS}{number[-digits:]}" if len(number) > digits + 2 else number


def middle(number: str) -> str:
    """`3021⋯7764`: how a long number is named in a heading."""
    return f"{number[:4]}{ELLIPSIS}{number[-4:]}" if len(number) > 14 else number


def plain_tip(words: str) -> str:
    """A tooltip in which nothing is taken for markup: what buyers write is data."""
    return f'<p style="white-space:pre-wrap">{escape(words, quote=False)}</p>' if "<" in words else words
