"""From what people call an order to its id; the same for commands and queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from services.db.dialect import chunks
from services.db.reading import Reading
from services.errors import Conflict, NotFound

_BY_NUMBER = """
SELECT o.number, o.id, c.code FROM orders o JOIN channel c ON c.id = o.channel_id WHERE o.number IN ({marks}) ORDER BY o.number, c.code
"""


def order_ids_of(reading: Reading, numbers: Iterable[str]) -> list[int]:
    """Ids of orders by `number` or `channel:number`, in the order given. A set at a time, however many.

    Raises NotFound("order_not_found") and, for a number that two channels have, Conflict("number_in_two_channels") with
    the forms to choose from (domain.md, keys).
    """
    asked = [number.strip() for number in numbers]
    plain = _found(reading, asked)
    # A number may hold a colon itself, so the whole text is tried first.
    rest = [number.partition(":")[2] for number in asked if number not in plain and ":" in number]
    behind_colon = _found(reading, rest) if rest else {}
    ids: list[int] = []
    for number in asked:
        if found := plain.get(number):
            if len(found) > 1:
                choices = " ".join(f"{channel}:{number}" for channel in found)
                raise Conflict("number_in_two_channels", number=number, choices=choices)
            ids.extend(found.values())
            continue
        channel, _colon, tail = number.partition(":")
        order_id = behind_colon.get(tail, {}).get(channel)
        if order_id is None:
            raise NotFound("order_not_found", number=number)
        ids.append(order_id)
    return ids


def _found(reading: Reading, numbers: Sequence[str]) -> dict[str, dict[str, int]]:
    """{number: {channel: id}}"""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for slice_ in chunks(list(dict.fromkeys(numbers))):
        for number, order_id, channel in reading.sql(_BY_NUMBER.format(marks=",".join("?" * len(slice_))), slice_):
            found[number][channel] = order_id
    return found
