"""How a check says what it found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from services.db.reading import Reading
from services.errors import Fact


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` picks the words (services.words.verify) and `facts` fill them in."""

    ok: bool
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


CheckOf = Callable[[Reading], Finding]
"""What a check is: a name of its own is given to it in the tuples of this package."""


def fine(count: int) -> Finding:
    return Finding(ok=True, code="check_fine", facts={"count": count})


def compare(count: int, wrong: Iterable[tuple[str, Fact, Fact, Fact]]) -> Finding:
    """`wrong` gives (table, id, found, expected) of each fault; they are counted and the first is told."""
    first: tuple[str, Fact, Fact, Fact] | None = None
    faults = 0
    for fault in wrong:
        faults += 1
        first = first or fault
    if first is None:
        return fine(count)
    table, key, found, expected = first
    facts: dict[str, Fact] = {"count": faults, "table": table, "id": key, "found": found, "expected": expected}
    return Finding(ok=False, code="check_found", facts=facts)


def by_sql(table: str, statement: str) -> CheckOf:
    """A check in one constant statement that yields (table, id, found, expected) of every fault; `table` is counted."""

    def check(reading: Reading) -> Finding:
        (count,) = reading.driver.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 (constants)
        return compare(count, reading.driver.execute(statement))

    return check
