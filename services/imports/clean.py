"""Cells to values, a column at a time.

A cleaner takes a whole column of a block and gives as many values: the work per cell is one dictionary look-up in C,
because statuses, amounts and days repeat. A cell that can't be understood becomes a `Bad` in its place and sets `bad`;
the reader then rejects that row and no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from services.clock import from_local
from services.domain import carriers
from services.domain.addresses import split_address
from services.imports.platform_words import CASE_KIND, CASE_STATE, REFUND_STATE, STATUS
from services.imports.records import ParcelRecord, Warned
from services.imports.taught import meaning
from services.money import parse_amount

MEMO = 50_000
_BLANK = " \t\r\n\u3000\ufeff\u00a0\u200b"
NULLS = frozenset({"", "null", "NULL", "Null", "none", "None", "--", "—", "\\N"})
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE]\+?\d+")
_MARKED_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+[eE]\+?|[eE]\+)\d+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SHOWN_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[,，]\d{3})+(?:\.\d*)?")
"""A spreadsheet program's own way to show a number: its last digits may be gone."""


class Bad(NamedTuple):
    """A cell that was not understood; `code` picks the words."""

    code: str


_MONEY = frozenset({"parse_money", "parse_positive_money", "_needed_money"})


class Memo(dict[str, Any]):
    """A column cleaner that remembers what it has parsed. `parse` raises ValueError(code) for what it can't understand. `money`: it
    makes amounts."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        super().__init__()
        self._parse = parse
        self.bad = False
        self.money = getattr(parse, "__name__", "") in _MONEY

    def __missing__(self, cell: str) -> Any:
        try:
            value = self._parse(cell)
        except ValueError as error:
            value = Bad(str(error))
            self.bad = True
        if len(self) >= MEMO:
            self.clear()
        self[cell] = value
        return value

    def column(self, cells: Sequence[str]) -> list[Any]:
        return list(map(self.__getitem__, cells))


def unguard(cell: str) -> str:
    """Take off what spreadsheets and platforms put around ids and phones: `="…"`, a leading `'`, tabs (reference/taobao.md 2.3)."""
    plain = cell.strip(_BLANK)
    if plain[:1] == "=" and len(plain) >= 3 and plain[1] == '"' and plain[-1] == '"':
        plain = plain[2:-1].replace('""', '"').strip(_BLANK)
    return plain.lstrip("'").strip(_BLANK)


def parse_id(cell: str) -> str:
    """An order number: kept as written, digit by digit. Scientific notation has lost digits and is refused, never guessed (I9)."""
    if cell.isdecimal() and cell.isascii() and len(cell) <= 64:
        return cell
    plain = unguard(cell)
    if plain in NULLS:
        raise ValueError("id_missing")
    if _SCIENTIFIC.fullmatch(plain):
        raise ValueError("id_scientific")
    if len(plain) > 64 or _CONTROL.search(plain) or _SHOWN_NUMBER.fullmatch(plain):
        raise ValueError("id_malformed")
    return plain


def parse_other_id(cell: str) -> str | None:
    """A number beside the order's own (payment, tracking, item). Lost digits make it unknown (None)."""
    plain = unguard(cell)
    if plain in NULLS or _MARKED_SCIENTIFIC.fullmatch(plain) or len(plain) > 100:
        return None
    return plain


def lost_digits(cell: str) -> bool:
    """Whether a number was saved in scientific notation: its last digits are gone."""
    return _MARKED_SCIENTIFIC.fullmatch(cell) is not None


def parse_code(cell: str) -> str | None:
    """A merchant code. `1E5` may be one; `1.5E+10` is a number that lost its digits and is refused."""
    plain = unguard(cell)
    if plain in NULLS:
        return None
    if _MARKED_SCIENTIFIC.fullmatch(plain):
        raise ValueError("code_scientific")
    if _CONTROL.search(plain):
        plain = " ".join(plain.split())
    return plain


def parse_word(cell: str) -> str | None:
    """A name or a title: one line, outer blanks off."""
    plain = cell.strip(_BLANK)
    if plain in NULLS:
        return None
    if plain[:2] == '="' and plain[-1] == '"' and len(plain) >= 3:
        plain = unguard(plain)
    if _CONTROL.search(plain):
        plain = " ".join(plain.split())
    return plain or None


def parse_message(cell: str) -> str | None:
    """Words of several lines: outer blanks off, line breaks `\\n`, nothing else touched."""
    plain = cell.strip(_BLANK)
    if plain in NULLS:
        return None
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def parse_properties(cell: str) -> str | None:
    """`颜色分类：雾灰；尺寸：…` → half-width `:` and `;` (D1 writes full-width ones)."""
    plain = parse_word(cell)
    return plain.replace("：", ":").replace("；", ";").strip(";") if plain else None


_NO_MONEY = NULLS | {"无退款申请", "没有申请退款", "无退款", "-", "无"}


_COMMA = re.compile("[,，]")
_GROUPED = re.compile(r"\D*\d{1,3}(?:[,，]\d{3})+(?!\d)[^,，]*")
_POINTED = re.compile(r"[^\d.]*\d{1,3}(?:\.\d{3})*(?:,\d*)?[^\d.,]*|[^\d.]*\d+(?:,\d*)?[^\d.,]*")


def parse_money(cell: str) -> int | None:
    """Fen of a cell; None for an empty one or `无退款申请`. Codes: amount, decimals, decimal_comma (`12,50`: no thousands, so the column
    as a whole has to say what its commas are)."""
    plain = cell.strip(_BLANK)
    if plain in _NO_MONEY:
        return None
    plain = unguard(plain)
    if plain in _NO_MONEY:
        return None
    if _COMMA.search(plain) and not _GROUPED.fullmatch(plain):
        raise ValueError("decimal_comma")
    return parse_amount(plain)


_WITH_COMMA = re.compile(r"\D*\d{1,3}(?:\.?\d{3})*,\d{1,2}[^\d.,]*")
_WITH_POINT = re.compile(r"\D*\d{1,3}(?:,?\d{3})*\.\d{1,2}[^\d.,]*")


def decimal_commas(cells: Sequence[str]) -> bool:
    """Whether a column as a whole has decimal commas: some of its amounts can only be read so, none only otherwise."""
    some = {cell for cell in cells if "," in cell or "." in cell}
    return any(map(_WITH_COMMA.fullmatch, some)) and not any(map(_WITH_POINT.fullmatch, some))


def with_point(cell: str) -> str:
    """An amount with a decimal comma (`1.234,56`) as one with a point; where that can't be meant (`12.50`) it is no amount."""
    if "," not in cell and "." not in cell:
        return cell
    plain = unguard(cell)
    return plain.replace(".", "").replace(",", ".") if _POINTED.fullmatch(plain) else f"{plain}?"


def parse_positive_money(cell: str) -> int | None:
    """Fen of an amount that can't be below zero (paid, payable, freight). Code: amount_negative."""
    amount = parse_money(cell)
    if amount is not None and amount < 0:
        raise ValueError("amount_negative")
    return amount


def parse_count(cell: str) -> int | None:
    """A quantity: a whole number above zero. Code: quantity."""
    amount = parse_signed_count(cell)
    if amount is not None and amount <= 0:
        raise ValueError("quantity")
    return amount


def parse_signed_count(cell: str) -> int | None:
    """A whole number, `2.0` and `1,000` included. Code: quantity."""
    plain = unguard(cell)
    if plain in NULLS:
        return None
    found = re.fullmatch(r"([+-]?(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2}))(?:\.0+|,00?)?(?:件|个)?", plain, re.ASCII)
    if found is None:
        raise ValueError("quantity")
    return int(found[1].replace(",", ""))


_DATE = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T\u3000]+(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})秒?(?:\.\d{1,9})?)?)?\s*(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_SHORT_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AaPp][Mm])?)?", re.ASCII)
_PACKED_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?", re.ASCII)
_SECONDS = {f":{minute:02d}:{second:02d}": minute * 60_000 + second * 1_000 for minute in range(60) for second in range(60)}


def parse_time(cell: str, zone: str, order: str = "ymd") -> int | None:
    """Ms of a written time; zoneless ones are read in `zone`. `order` says what `1/2/2026` means: mdy or dmy. Code: time."""
    plain = unguard(cell)
    if plain in NULLS or plain.startswith("0000-00-00"):
        return None
    if found := _DATE.fullmatch(plain):
        year, month, day, hour, minute, second, offset = found.groups()
        if offset:
            return _with_offset(found)
    elif found := _SHORT_DATE.fullmatch(plain):
        first, other, year, hour, minute, second, half = found.groups()
        month, day = (first, other) if order == "mdy" else (other, first)
        if half:
            hour = str(int(hour) % 12 + (12 if half.lower() == "pm" else 0))
    elif found := _PACKED_DATE.fullmatch(plain):
        year, month, day, hour, minute, second = found.groups()
    else:
        raise ValueError("time")
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001 - zoneless until read in `zone`
    except ValueError:
        raise ValueError("time") from None
    if not 1990 <= moment.year <= 2100:
        raise ValueError("time")
    return from_local(moment, zone)


def _with_offset(found: re.Match[str]) -> int:
    year, month, day, hour, minute, second, offset = found.groups()
    sign = offset.replace("Z", "+00:00")
    written = f"{year}-{int(month):02d}-{int(day):02d}T{int(hour or 0):02d}:{int(minute or 0):02d}:{int(second or 0):02d}{sign}"
    try:
        return int(datetime.fromisoformat(written).timestamp()) * 1000
    except (ValueError, OverflowError):
        raise ValueError("time") from None


class Times:
    """A column of times. `2026-11-09 08:05:12` costs two look-ups: its hour (a zone's rules change at hours) and the rest.

    `order` says what `1/2/2026` means, as for `parse_time`; `short` are the highest first and second part of days written so.
    """

    def __init__(self, zone: str, order: str = "ymd") -> None:
        self.bad = False
        self.order = order
        self.short = (0, 0)
        self._hours = Memo(lambda hour: self._hour(hour, zone))
        self._any = Memo(lambda cell: self._odd(cell, zone))

    def _odd(self, cell: str, zone: str) -> int | None:
        if found := _SHORT_DATE.fullmatch(unguard(cell)):
            self.short = max(self.short[0], int(found[1])), max(self.short[1], int(found[2]))
        return parse_time(cell, zone, self.order)

    @staticmethod
    def _hour(hour: str, zone: str) -> int:
        if len(hour) != 13 or hour[10] != " ":
            raise ValueError("time")
        value = parse_time(f"{hour}:00:00", zone)
        if value is None:
            raise ValueError("time")
        return value

    def column(self, cells: Sequence[str]) -> list[Any]:
        hours = self._hours
        try:
            return [hours[cell[:13]] + _SECONDS[cell[13:]] if cell else None for cell in cells]
        except (KeyError, TypeError):
            values = self._any.column(cells)
            self.bad = self.bad or self._any.bad
            return values


class Ids:
    """A column of order numbers, unique, so nothing is remembered."""

    def __init__(self) -> None:
        self.bad = False

    def column(self, cells: Sequence[str]) -> list[Any]:
        plain = [cell[2:-1] if cell[:2] == '="' else cell for cell in cells]
        if all(map(str.isdecimal, plain)) and all(map(str.isascii, plain)) and max(map(len, plain)) <= 64:
            return plain
        return [self._one(cell) for cell in cells]

    def _one(self, cell: str) -> str | Bad:
        try:
            return parse_id(cell)
        except ValueError as error:
            self.bad = True
            return Bad(str(error))


class OtherIds:
    """A column of numbers beside the order's own; nearly every one differs, so only the odd ones are looked at."""

    def __init__(self) -> None:
        self.bad = False

    @staticmethod
    def column(cells: Sequence[str]) -> list[Any]:
        plain = [cell[2:-1] if cell[:2] == '="' else cell for cell in cells]
        return [(cell if cell.isdecimal() and len(cell) <= 100 else parse_other_id(cell)) if cell else None for cell in plain]


class Phone(NamedTuple):
    phone: str | None
    ext: str | None


_NO_PHONE = Phone(None, None)
_EXTENDED = re.compile(r"(1[\d*]{10})\s*(?:-|转|,|，|#|分机)\s*(\d{1,6})", re.ASCII)


def parse_phone(cell: str) -> Phone:
    """`'15400001249-0071` → phone and extension (a virtual number); land lines keep their hyphen. Taobao quirks 3 and 8."""
    plain = unguard(cell)
    if plain in NULLS:
        return _NO_PHONE
    if plain.isdecimal():
        return Phone(plain, None)
    if _MARKED_SCIENTIFIC.fullmatch(plain):
        raise ValueError("phone_scientific")
    if found := _EXTENDED.fullmatch(plain):
        return Phone(found[1], found[2])
    plain = re.sub(r"^(\+|00)86[- ]?(?=1[\d*]{10}$)", "", plain)
    return Phone(" ".join(plain.split()), None)


def parse_tel(cell: str) -> str | None:
    plain = unguard(cell)
    return None if plain in NULLS else plain


def parse_address(cell: str) -> Any:
    """An Address, or None where the cell is empty."""
    if cell.strip(_BLANK) in NULLS:
        return None
    return split_address(unguard(cell))


_COMMAS = re.compile(r"[\s,，、|｜]+")


class Status(NamedTuple):
    status: str
    part: bool


def parse_status(cell: str) -> Status:
    """Taobao's status words, commas half- or full-width, and API codes (reference/taobao.md 2.4). Code: status_unknown."""
    plain = _COMMAS.sub("", unguard(cell))
    status = STATUS.get(plain) or ("closed" if plain.startswith(("已关闭(", "已关闭（", "交易关闭(", "交易关闭（")) else "")
    status = status or meaning(cell)
    if not status:
        raise ValueError("status_unknown")
    return Status("awaiting_shipment", True) if status == "part_shipped" else Status(status, False)


_NO_REFUND = _NO_MONEY | {"NO_REFUND", "没有退款", "未申请退款"}


def parse_refund_state(cell: str) -> str | None:
    """The state of a line's case, None where none was asked for (reference/taobao.md 2.5). Code: refund_state_unknown."""
    plain = _COMMAS.sub("", unguard(cell))
    if plain in _NO_REFUND:
        return None
    if plain not in REFUND_STATE:
        raise ValueError("refund_state_unknown")
    return REFUND_STATE[plain]


def parse_case_state(cell: str) -> str:
    """The state of a case in the platform's refund files, which tell only of what was asked for. Code: refund_state_unknown."""
    state = CASE_STATE.get(_COMMAS.sub("", unguard(cell)))
    if state is None:
        raise ValueError("refund_state_unknown")
    return state


def parse_case_kind(cell: str) -> str:
    """The kind of a case, by 是否需要退货 (2017) or 售后类型 (2026). Code: case_kind_unknown."""
    kind = CASE_KIND.get(unguard(cell))
    if kind is None:
        raise ValueError("case_kind_unknown")
    return kind


_FLAGS = {"灰": 0, "红": 1, "黄": 2, "绿": 3, "蓝": 4, "紫": 5, "粉": 5}


def parse_flag(cell: str) -> int:
    """备注标签 as colour words, or 0–5; empty is grey (0). Code: flag_unknown, which only warns."""
    plain = unguard(cell)
    if plain in NULLS:
        return 0
    if len(plain) == 1 and plain in "012345":
        return int(plain)
    colour = _FLAGS.get(plain[:1])
    if colour is None or plain[1:] not in {"", "色", "旗", "红", "红色", "色旗"}:
        raise ValueError("flag_unknown")
    return colour


def flag_or_none(cell: str) -> int | None:
    try:
        return parse_flag(cell)
    except ValueError:
        return None


def parse_close_reason(cell: str) -> str | None:
    plain = parse_message(cell)
    return None if plain == "订单未关闭" else plain


def parse_carrier(name: str) -> tuple[str, str]:
    """Code and name of a carrier; an unknown name keeps its words under the code OTHER."""
    plain = parse_word(name) or ""
    found = carriers.find(plain)
    return (found.code, plain) if found else ("OTHER", plain)


_new_parcel: Callable[[tuple[str, str, str]], ParcelRecord] = partial(tuple.__new__, ParcelRecord)


class Parcels:
    """Tracking numbers and carriers of an order, several joined by commas in the same order."""

    def __init__(self) -> None:
        self._names = Memo(parse_carrier)
        self._lost = False

    def column(self, names: Sequence[str], numbers: Sequence[str]) -> list[tuple[ParcelRecord, ...]]:
        known, new = self._names, _new_parcel
        return [
            ((new((*known[name], number)),) if number.isalnum() and number.isascii() else self.several(name, number)) if number else ()
            for name, number in zip(names, numbers, strict=True)
        ]

    def several(self, name: str, number: str) -> tuple[ParcelRecord, ...]:
        pieces = [piece for piece in re.split(r"[,，;；、\s]+", unguard(number)) if unguard(piece) not in NULLS]
        parts = [piece for piece in pieces if parse_other_id(piece)]
        self._lost = self._lost or len(parts) < len(pieces)
        who = [part for part in re.split(r"[,，;；、]", name.strip()) if part.strip()] or [""]
        found = [
            _new_parcel((*self._names[who[min(place, len(who) - 1)]], carriers.normal_number(unguard(part))))
            for place, part in enumerate(parts)
        ]
        return tuple(dict.fromkeys(found))

    def lost_numbers(self, rows: Sequence[int], numbers: Sequence[str]) -> list[Warned]:
        """One warning a row whose tracking number has lost digits (scientific notation): it was left out."""
        if not self._lost:
            return []
        self._lost = False
        pieces = ((row, re.split(r"[,，;；、\s]+", unguard(number))) for row, number in zip(rows, numbers, strict=True))
        return [Warned(row, "tracking_scientific") for row, parts in pieces if any(map(_MARKED_SCIENTIFIC.fullmatch, parts))]
