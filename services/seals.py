"""Seals of the trail: a short code over its head, kept outside the shop's file as well (domain.md, audited edits). No database here.

Whoever can write the file can rewrite every entry with right hashes; nobody can make the rewritten chain fit a code that was
printed, written down or sent away before. `261122-3F7-K7XQ2-M9PDH-4TQW8` is the day (yymmdd), the number of the sealed entry,
70 bits of SHA-256 over day, number and the entry's hash, and a letter that finds a slip of the pen.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from services.errors import BadInput

FILE_NAME = "seals.txt"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Five bits each; nothing that is read as something else."""
_SECRET_LETTERS = 14
_CENTURY = 2000
_DAY_DIGITS = 6
_HEAD = "# 掌柜 操作留痕封存码（只追加，请勿修改） · Seals of the audit trail, appended only: day, entry, code\n"
_FORM = re.compile(rf"(\d{{6}})-([{LETTERS}]+)-([{LETTERS}]{{5}})-([{LETTERS}]{{5}})-([{LETTERS}]{{5}})")


@dataclass(frozen=True, slots=True)
class SealRow:
    """`day` is the local ordinal of the sealed entry `seq`, `at` when it was sealed (ms)."""

    day: int
    at: int
    seq: int
    code: str


def seal_of(day: int, seq: int, head: bytes) -> str:
    """The code of the chain's head `head` (the hash of entry `seq`) on a local day."""
    told = hashlib.sha256(b"zhanggui seal\x00" + f"{day}:{seq}:".encode() + head).digest()
    bits = int.from_bytes(told, "big") >> (256 - 5 * _SECRET_LETTERS)
    start = f"{date.fromordinal(day):%y%m%d}"
    secret = _written(bits, _SECRET_LETTERS)
    secret += _check_letter(start + _written(seq) + secret)
    return "-".join((start, _written(seq), secret[:5], secret[5:10], secret[10:]))


def read_seal(code: str) -> tuple[int, int, str]:
    """(day, entry, the code as it was made) of a code that somebody typed. Raises BadInput("seal_unreadable")."""
    plain = "".join(code.upper().split()).replace("—", "-").replace("–", "-").replace("－", "-")
    found = _FORM.fullmatch(plain)
    if found is None:
        raise BadInput("seal_unreadable", code=code)
    told, number, *secret = found.groups()
    letters = "".join(secret)
    try:
        day = date(_CENTURY + int(told[:2]), int(told[2:4]), int(told[4:])).toordinal()
    except ValueError:
        raise BadInput("seal_unreadable", code=code) from None
    if _check_letter(told + number + letters[:-1]) != letters[-1]:
        raise BadInput("seal_unreadable", code=code)
    seq = 0
    for letter in number:
        seq = seq * len(LETTERS) + LETTERS.index(letter)
    return day, seq, plain


def _written(number: int, letters: int = 1) -> str:
    found = ""
    while number or len(found) < letters:
        number, digit = divmod(number, len(LETTERS))
        found = LETTERS[digit] + found
    return found


def _check_letter(text: str) -> str:
    """A letter that changes with any one letter and with any two neighbours that change places: places weigh aⁿ in GF(32)."""
    total = 0
    for place, letter in enumerate(text):
        total = _times_a(total ^ (int(letter) if place < _DAY_DIGITS else LETTERS.index(letter)))
    return LETTERS[total]


def _times_a(number: int) -> int:
    """In GF(32) by x⁵ + x² + 1."""
    doubled = number << 1
    return doubled ^ 0b100101 if doubled >= len(LETTERS) else doubled


# ---- outside the shop's file


def line_of(row: SealRow) -> str:
    return f"{date.fromordinal(row.day):%Y-%m-%d}  {row.seq}  {row.code}\n"


def keep_outside(folder: Path, rows: Iterable[SealRow]) -> None:
    """Append to seals.txt what is not there yet: one write, so that a cut leaves no half of a line behind other lines.

    Raises OSError.
    """
    path = folder / FILE_NAME
    text = path.read_text("utf-8", "replace") if path.exists() else ""
    known = set(text.split())
    lines = "".join(line_of(row) for row in rows if row.code not in known)
    if not lines:
        return
    if not text:
        lines = _HEAD + lines
    elif not text.endswith("\n"):
        lines = "\n" + lines  # the last line was cut short by a power failure
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        os.write(handle, lines.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def kept_outside(folder: Path) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The codes of seals.txt, and the numbers of lines in which none can be read. A folder without the file has neither."""
    path = folder / FILE_NAME
    codes: list[str] = []
    odd: list[int] = []
    try:
        text = path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return (), ()
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            day, seq, code = read_seal(words[-1])
        except BadInput:
            odd.append(number)
            continue
        if words[:-1] != [f"{date.fromordinal(day):%Y-%m-%d}", str(seq)]:
            odd.append(number)
        codes.append(code)
    return tuple(codes), tuple(odd)
