"""The file and its tables."""

from __future__ import annotations

from services.db.inspection import damage, dangling, expected_shape, missing_triggers, shape
from services.db.reading import Reading
from services.queries.checks.finding import CheckOf, Finding, compare, fine


def integrity(reading: Reading) -> Finding:
    found = damage(reading.driver)
    return Finding(ok=False, code="check_file", facts={"found": found}) if found else fine(1)


def references(reading: Reading) -> Finding:
    return compare(0, ((table, row, "points to nothing", parent) for table, row, parent in dangling(reading.driver)))


def tables(reading: Reading) -> Finding:
    """Tables, columns, keys and indexes are those that the program maps."""
    found, expected = shape(reading.driver), expected_shape()
    names = sorted(name for name in found.keys() | expected.keys() if not name.startswith("trigger"))
    wrong = [name for name in names if found.get(name) != expected.get(name)]
    return Finding(ok=False, code="check_schema", facts={"found": ", ".join(wrong)}) if wrong else fine(len(names))


def triggers(reading: Reading) -> Finding:
    """What makes the trail and the ledgers append-only is there and says what it must."""
    wrong = missing_triggers(reading.driver)
    return Finding(ok=False, code="check_schema", facts={"found": ", ".join(wrong)}) if wrong else fine(1)


CHECKS: tuple[tuple[str, CheckOf], ...] = (
    ("integrity", integrity),
    ("references", references),
    ("schema", tables),
    ("triggers", triggers),
)
