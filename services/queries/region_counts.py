"""Where the orders of a search go: provinces in the trader's short names, and the cities in each."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.exc import OperationalError

from services.db.reading import Reading
from services.db.schema import Order
from services.domain.addresses import short_city, short_province
from services.errors import Cancelled
from services.progress import SILENT, Progress
from services.search.finding import conditions_of

_O = Order.__table__.c
_ALL: tuple[ColumnElement[str], ...] = (_O.province, _O.city)
"""Of all orders: the regions' index holds all that is asked for."""
# Of some: with a bare column SQLite would walk that index all the same and jump about in the table, twice the time.
_SOME: tuple[ColumnElement[str], ...] = (literal_column("+orders.province"), literal_column("+orders.city"))
_STEP = 200_000
"""SQLite's own steps between two looks at whether somebody still waits: a few ms."""


@dataclass(frozen=True, slots=True)
class RegionRow:
    """`name` as traders say it, "" where it is not filled in; `paid` in fen. `cities` by number of orders, none in a city."""

    name: str
    orders: int
    units: int
    paid: int
    cities: tuple[RegionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionCounts:
    """Provinces of a search's orders, the most first; those without one last. One aggregate, however many orders.

    It may go through every order, so it belongs in the background: `progress` is asked now and then whether to go on.
    """

    search: str = ""
    progress: Progress = field(default=SILENT, compare=False)

    def run(self, reading: Reading) -> tuple[RegionRow, ...]:
        sums = (func.count(), func.coalesce(func.sum(_O.quantity), 0), func.coalesce(func.sum(_O.paid), 0))
        places = _SOME if self.search.strip() else _ALL
        statement = select(_O.province, _O.city, *sums).where(*conditions_of(reading, self.search)).group_by(*places)
        found: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for province, city, *figures in self._rows(reading, statement):
            short = short_province(province)
            # A municipality is a city of its own: its one "city" would only say the province again.
            place = short_city(city)
            known = found[short].setdefault("" if place == short else place, [0, 0, 0])
            for at, figure in enumerate(figures):
                known[at] += figure
        return _ranked([_province(name, cities) for name, cities in found.items()])

    def _rows(self, reading: Reading, statement: object) -> list[tuple[str, str, int, int, int]]:
        stopped: list[bool] = []

        def look() -> int:
            try:
                self.progress.step(0, None, "regions")
            except Cancelled:
                stopped.append(True)
                return 1
            return 0

        reading.driver.set_progress_handler(look, _STEP)
        try:
            return [tuple(row) for row in reading.connection.execute(statement)]  # type: ignore[call-overload]
        except (OperationalError, sqlite3.OperationalError):
            if stopped:
                raise Cancelled from None
            raise
        finally:
            reading.driver.set_progress_handler(None, 0)


def _province(name: str, cities: dict[str, list[int]]) -> RegionRow:
    orders, units, paid = (sum(figures[at] for figures in cities.values()) for at in range(3))
    inside = () if set(cities) <= {""} else _ranked([RegionRow(city, each[0], each[1], each[2]) for city, each in cities.items()])
    return RegionRow(name, orders, units, paid, inside)


def _ranked(rows: list[RegionRow]) -> tuple[RegionRow, ...]:
    return tuple(sorted(rows, key=lambda row: (not row.name, -row.orders, row.name)))
