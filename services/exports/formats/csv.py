"""Comma separated, UTF-8 with BOM (Excel reads Chinese only with it), every text quoted and defused."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.clock import to_local
from services.defuse import guard
from services.exports.table import Cell, Job, Kind
from services.money import write_amount


@dataclass(frozen=True, slots=True)
class CsvFormat:
    suffix: str = ".csv"

    def write(self, job: Job) -> int:
        """Rows end in CRLF; a line break inside a text stays, quoted."""
        shown = [(column.value, _SHOWN[column.kind]) for column in job.columns]
        count = 0
        with job.path.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
            # Text is quoted and figures are not, so that a reader that looks can tell them apart.
            writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
            if job.headings:
                writer.writerow([guard(column.title) for column in job.columns])
            for row in job.rows:
                writer.writerow([show(value(row), job) for value, show in shown])
                count += 1
                if count % 1_000 == 0:
                    job.progress.step(count, job.total, "export")
        job.progress.step(count, job.total, "export")
        return count


def _text(value: Cell, _job: Job) -> object:
    return "" if value is None else guard(str(value))


def _count(value: Cell, _job: Job) -> object:
    return "" if value is None else int(value)


def _money(value: Cell, _job: Job) -> object:
    return "" if value is None else Decimal(write_amount(int(value)))


def _time(value: Cell, job: Job) -> object:
    return "" if value is None else f"{to_local(int(value), job.zone):%Y-%m-%d %H:%M:%S}"


def _day(value: Cell, _job: Job) -> object:
    return "" if value is None else date.fromordinal(int(value)).isoformat()


def _share(value: Cell, _job: Job) -> object:
    return "" if value is None else f"{int(value) / 10:.1f}%"


def _yes(value: Cell, job: Job) -> object:
    return job.yes if value else ""


_SHOWN: dict[Kind, Callable[[Cell, Job], object]] = {
    Kind.TEXT: _text,
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.TIME: _time,
    Kind.DAY: _day,
    Kind.SHARE: _share,
    Kind.YES: _yes,
}

CSV = CsvFormat()
