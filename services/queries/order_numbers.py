"""From what a person types to an order or a line: numbers, `channel:number`, line numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.errors import BadInput, NotFound, Refused
from services.meanwhile import NOW

if TYPE_CHECKING:
    from services.db.reading import Reading

_BY_NUMBER = f"""
SELECT o.number, c.code, o.id, {NOW}, o.buyer_nick, o.recipient, o.phone || o.tel, o.province, o.city, o.district, o.address
FROM orders o JOIN channel c ON c.id = o.channel_id WHERE o.number IN ({{marks}}) ORDER BY c.code
"""  # noqa: S608 (constants)
_LINES = """
SELECT l.id, l.position, l.number, coalesce(s.code, g.code), l.quantity, l.shipped, l.cancelled
FROM order_line l JOIN listing g ON g.id = l.listing_id LEFT JOIN sku s ON s.id = l.sku_id
WHERE l.order_id = ? ORDER BY l.position
"""
_CODE = "SELECT id, code, title FROM sku WHERE code = ?"
_BARCODE = "SELECT id, code, title FROM sku WHERE barcode = ? AND barcode <> ''"


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """What `given` stands for. No order: `order_id` is 0, and `choices` are the `channel:number` forms if there are several.

    `person` is channel, buyer and address: orders that go in one parcel have it in common.
    """

    given: str
    order_id: int = 0
    number: str = ""
    channel: str = ""
    version: int = 0
    person: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindNumbers:
    """The order of each number, in the order given; an order named twice is given once. A number may be `channel:number`."""

    numbers: tuple[str, ...]

    def run(self, reading: Reading) -> tuple[FoundNumber, ...]:
        wanted = {number for given in self.numbers for number in (given.strip(), _split(given)[1])}
        by_number: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        listed = sorted(wanted)
        for start in range(0, len(listed), 500):
            part = listed[start : start + 500]
            for row in reading.sql(_BY_NUMBER.replace("{marks}", ",".join("?" * len(part))), part):
                by_number[row[0]].append(row)
        found: dict[int | str, FoundNumber] = {}
        for given in self.numbers:
            answer = _choose(given, by_number)
            found.setdefault(answer.order_id or given.strip(), answer)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class FindNumber:
    """The one order of a number. Raises NotFound("order_not_found"), Refused("number_in_two_channels")."""

    number: str

    def run(self, reading: Reading) -> FoundNumber:
        (found,) = FindNumbers((self.number,)).run(reading)
        if found.choices:
            raise Refused("number_in_two_channels", number=self.number, choices=", ".join(found.choices))
        if not found.order_id:
            raise NotFound("order_not_found", number=self.number)
        return found


@dataclass(frozen=True, slots=True)
class FoundLine:
    """`position` counts from 1 as a person does; `number` is the platform's own, often empty in small files."""

    line_id: int
    position: int
    number: str
    code: str
    quantity: int
    shipped: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class LinesOfOrder:
    order_id: int

    def run(self, reading: Reading) -> tuple[FoundLine, ...]:
        rows = reading.sql(_LINES, (self.order_id,))
        return tuple(FoundLine(row[0], place, *row[2:]) for place, row in enumerate(rows, 1))


@dataclass(frozen=True, slots=True)
class FoundSku:
    sku_id: int
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class FindSku:
    """By merchant code as written, else by barcode. Raises NotFound("sku_not_found")."""

    code: str

    def run(self, reading: Reading) -> FoundSku:
        for statement in (_CODE, _BARCODE):
            rows = reading.sql(statement, (self.code.strip(),))
            if len(rows) == 1:
                return FoundSku(*rows[0])
        raise NotFound("sku_not_found", code=self.code)


def pick_line(lines: tuple[FoundLine, ...], word: str) -> FoundLine:
    """The line that `word` names: its number, its merchant code if only one line has it, or its place from 1.

    Raises BadInput("refund_line_unknown").
    """
    for known in ("number", "code"):
        fitting = [line for line in lines if word and getattr(line, known) == word]
        if len(fitting) == 1:
            return fitting[0]
    if word.isascii() and word.isdecimal() and 1 <= int(word) <= len(lines):
        return lines[int(word) - 1]
    raise BadInput("refund_line_unknown")


def _split(given: str) -> tuple[str, str]:
    channel, colon, number = given.strip().partition(":")
    return (channel, number) if colon else ("", given.strip())


def _choose(given: str, by_number: dict[str, list[tuple[Any, ...]]]) -> FoundNumber:
    channel, number = _split(given)
    rows = by_number.get(given.strip()) or [row for row in by_number.get(number, []) if row[1] == channel]
    if len(rows) != 1:
        return FoundNumber(given.strip(), choices=tuple(f"{row[1]}:{row[0]}" for row in rows))
    row = rows[0]
    return FoundNumber(given.strip(), row[2], row[0], row[1], row[3], (row[1], *row[4:]))
