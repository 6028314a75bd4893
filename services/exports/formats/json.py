"""JSON for programs: an array of objects by the columns' keys, one line each, with codes instead of words and nothing defused.

Money is a string with two decimals, times are ISO 8601 with the shop's offset, as on the command line (design: cli).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from services.clock import iso
from services.exports.table import Cell, Job, Kind
from services.money import write_amount


@dataclass(frozen=True, slots=True)
class JsonFormat:
    suffix: str = ".json"

    def write(self, job: Job) -> int:
        """The keys are there whether headings were asked for or not: without them the values would mean nothing."""
        shown = [(json.dumps(column.key), column.code or column.value, _SHOWN[column.kind]) for column in job.columns]
        count = 0
        with job.path.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.write("[")
            for row in job.rows:
                cells = (f"{key}: {json.dumps(None if (cell := value(row)) is None else show(cell, job), ensure_ascii=False)}"
                         for key, value, show in shown)  # fmt: skip
                stream.write(f"{',' if count else ''}\n{{{', '.join(cells)}}}")
                count += 1
                if count % 1_000 == 0:
                    job.progress.step(count, job.total, "export")
            stream.write("\n]\n")
        job.progress.step(count, job.total, "export")
        return count


def _text(value: Cell, _job: Job) -> object:
    return str(value)


def _count(value: Cell, _job: Job) -> object:
    return int(value or 0)


def _money(value: Cell, _job: Job) -> object:
    return write_amount(int(value or 0))


def _time(value: Cell, job: Job) -> object:
    return iso(int(value or 0), job.zone)


def _day(value: Cell, _job: Job) -> object:
    return date.fromordinal(int(value or 0)).isoformat()


def _share(value: Cell, _job: Job) -> object:
    return f"{int(value or 0) / 10:.1f}%"


def _yes(value: Cell, _job: Job) -> object:
    return bool(value)


_SHOWN: dict[Kind, Callable[[Cell, Job], object]] = {
    Kind.TEXT: _text,
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.TIME: _time,
    Kind.DAY: _day,
    Kind.SHARE: _share,
    Kind.YES: _yes,
}

JSON = JsonFormat()
