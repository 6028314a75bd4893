"""The shop checks itself: every ledger, cache, identity and the trail, recomputed from scratch."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.db.reading import Reading
from services.db.schema import Base
from services.errors import Fact
from services.progress import SILENT, Progress
from services.queries.checks import derived, file, money, orders, stock, trail
from services.queries.checks.finding import CheckOf, Finding
from services.queries.seals import broken_seal
from services.seals import read_seal

CHECKS: tuple[tuple[str, CheckOf], ...] = (*file.CHECKS, *trail.CHECKS, *stock.CHECKS, *money.CHECKS, *orders.CHECKS, *derived.CHECKS)
"""Name and function of every check, in the order in which they run."""

REBUILDABLE = frozenset({"status_counts", "search_documents", "search_index", "sums"})
"""Checks of what follows from the orders: `RebuildDerived` makes it anew, no backup is needed."""


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found. Its detail in words is `services.words.say(code, lang, **facts)`, its name `term("check", name, lang)`."""

    name: str
    ok: bool
    code: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Verified:
    """`digest`, where asked: SHA-256 in hex of all rows of all tables in key order; equal digests, equal shops."""

    ok: bool
    checks: tuple[Check, ...]
    digest: str | None = None

    @property
    def wrong(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.ok)

    @property
    def rebuildable(self) -> bool:
        """Whether all that is wrong follows from the orders and can be made anew from them."""
        return not self.ok and REBUILDABLE.issuperset(check.name for check in self.wrong)


@dataclass(frozen=True, slots=True)
class Verify:
    """Run every check on one moment of the shop. Changes nothing; a fault does not keep the checks after it from running.

    `seals` are codes that were kept outside: each is a check of its own, `seal_given`. Raises BadInput("seal_unreadable"), and Cancelled
    between two checks where `progress` says so.
    """

    digest: bool = False
    progress: Progress = SILENT
    seals: tuple[str, ...] = ()

    def run(self, reading: Reading) -> Verified:
        for code in self.seals:
            read_seal(code)  # a slip of the pen is told before half a minute of checking
        found = [_seal_given(reading, code) for code in self.seals]
        for done, (name, check) in enumerate(CHECKS):
            self.progress.step(done, len(CHECKS), name)
            finding = _run(check, reading)
            found.append(Check(name, finding.ok, finding.code, finding.facts))
        self.progress.step(len(CHECKS), len(CHECKS), "verify")
        return Verified(all(check.ok for check in found), tuple(found), digest_of(reading) if self.digest else None)


def _seal_given(reading: Reading, code: str) -> Check:
    """A seal that somebody kept where nobody of this machine could reach it."""
    broken = broken_seal(reading, code)
    if broken is not None:
        return Check("seal_given", False, *broken)
    day, seq, plain = read_seal(code)
    facts: dict[str, Fact] = {"seal": plain, "id": seq, "day": date.fromordinal(day).isoformat(), "count": 1}
    return Check("seal_given", ok=True, code="seal_holds", facts=facts)


def _run(check: CheckOf, reading: Reading) -> Finding:
    try:
        return check(reading)
    except sqlite3.Error as error:
        # A table that is gone, or a page that can't be read, is what is being looked for. After a bad page SQLite does not
        # even end the reading in peace, so the checks behind begin another.
        reading.driver.rollback()
        reading.driver.execute("BEGIN")
        return Finding(ok=False, code="check_file", facts={"found": str(error)})


def digest_of(reading: Reading) -> str:
    """SHA-256 over every row of every mapped table, tables by name, rows by key, columns by name."""
    digest = hashlib.sha256()
    for name, table in sorted(Base.metadata.tables.items()):
        columns = ", ".join(sorted(column.name for column in table.columns))
        keys = ", ".join(column.name for column in table.primary_key.columns)
        digest.update(f"\n{name}\n".encode())
        for row in reading.driver.execute(f"SELECT {columns} FROM {name} ORDER BY {keys}"):  # noqa: S608 (mapped names)
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
