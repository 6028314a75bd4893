"""Big order lists out of small ones: the rows of an export again and again, each order with a number of its own."""

from __future__ import annotations

import csv
from itertools import cycle, islice
from pathlib import Path

from tests.imports import sample
from tests.reference.exports import EXPORTS

SAMPLE = EXPORTS / "ExportOrderList20261112_G4.csv"


def big_list(path: Path, rows: int) -> Path:
    """Write so many orders of the G4 sample (where the reference data are, else of our own rows) with fresh numbers, in GBK."""
    headings, some = _rows()
    number, main = headings.index("订单编号"), headings.index("主订单编号") if "主订单编号" in headings else None
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(headings)
        for place, row in enumerate(islice(cycle(some), rows)):
            fresh = list(row)
            fresh[number] = f'="{5_000_000_000_000_000_000 + place * 1_000_003}"'
            if main is not None:
                fresh[main] = fresh[number]
            writer.writerow(fresh)
    return path


def _rows() -> tuple[list[str], list[list[str]]]:
    if SAMPLE.exists():
        with SAMPLE.open(encoding="gb18030", newline="") as file:
            headings, *rows = csv.reader(file)
        return headings, rows
    return list(sample.HEADINGS), [[sample.order_row().get(heading.strip(), "") for heading in sample.HEADINGS]]
