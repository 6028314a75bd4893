"""How a file is to be read where the guess is wrong: what the command line and the dialog may set, and what was used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.errors import BadInput

MOST_ROWS_ABOVE = 1_000
"""Headings are looked for in the first rows; a row told by the user may be that far down."""

_DELIMITERS = {"\\t": "\t", "tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
NAMES = ("encoding", "delimiter", "decimal", "sheet", "header_row", "date")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Empty or 0 is: guess. `decimal` is the mark before the fen, `date` the order of a written day (ymd, mdy, dmy),
    `header_row` the row of the headings, 1-based as in messages."""

    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    sheet: str = ""
    header_row: int = 0
    date: str = ""

    @classmethod
    def of(cls, told: Mapping[str, Any] | None) -> ReadOptions:
        """Check options as they were written. BadInput names the one that can't be used."""
        told = {name: value for name, value in (told or {}).items() if value not in {None, ""}}
        for name in told:
            if name not in NAMES:
                raise BadInput("usage_reading_unknown", option=str(name), choices=", ".join(NAMES))
        return cls(
            encoding=str(told.get("encoding", "")).strip(),
            delimiter=_delimiter(told.get("delimiter", "")),
            decimal=_one_of("decimal", told.get("decimal", ""), (".", ",")),
            sheet=str(told.get("sheet", "")),
            header_row=_row(told.get("header_row", 0)),
            date=_date(told.get("date", "")),
        )


def _wrong(option: str, value: object, choices: str) -> BadInput:
    return BadInput(f"usage_reading_{option}", value=str(value)[:40], choices=choices)


def _delimiter(value: object) -> str:
    plain = _DELIMITERS.get(str(value).lower(), str(value))
    if len(plain) > 1 or plain in {'"', "\r", "\n", "\0"} or plain.isalnum():
        raise _wrong("delimiter", value, ", ; | tab")
    return plain


def _one_of(option: str, value: object, choices: tuple[str, ...]) -> str:
    if value and value not in choices:
        raise _wrong(option, value, " ".join(choices))
    return str(value)


def _row(value: object) -> int:
    plain = str(value).strip()
    if isinstance(value, bool) or not (plain.isascii() and plain.isdecimal() and len(plain) < 9) or int(plain) > MOST_ROWS_ABOVE:
        raise _wrong("header_row", value, f"1–{MOST_ROWS_ABOVE}")
    return int(plain)


def _date(value: object) -> str:
    letters = re.sub(r"[^ymd]", "", re.sub(r"(.)\1+", r"\1", str(value).lower()))
    if value and letters not in {"ymd", "mdy", "dmy"}:
        raise _wrong("date", value, "ymd mdy dmy")
    return letters


@dataclass(frozen=True, slots=True)
class Guess:
    """How a file was read, guessed or told: what the dialog shows and lets be changed. `delimiter` only of text, `sheet` and `sheets`
    (those with headings that are known; the first is read) only of workbooks. `date` is "" where no day is written in doubt."""

    encoding: str
    delimiter: str = ""
    decimal: str = "."
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    heading_row: int = 1
    date: str = ""

    def as_json(self) -> dict[str, Any]:
        """Keys of the command line's report, beside its encoding."""
        return {
            "delimiter": self.delimiter,
            "decimal": self.decimal,
            "sheet": self.sheet,
            "sheets": list(self.sheets),
            "heading_row": self.heading_row,
            "date": self.date,
        }
