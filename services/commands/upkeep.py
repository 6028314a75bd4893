"""Derived data: days summed when there is time, everything made anew when `verify` finds it wrong. Changes no order."""

from __future__ import annotations

import json
from dataclasses import dataclass

from services.db.derived import SEARCHED
from services.db.dialect import TEXT_IN
from services.db.sums import dirty_days, sum_days
from services.db.uow import UnitOfWork
from services.search.grams import index_words

_DAYS_A_STEP = 31
_DOCS_A_STEP = 5_000


@dataclass(frozen=True, slots=True)
class SumDays:
    """Sum the days that changed since they were summed, the latest first, at most `limit` of them. Returns how many.

    Leaves no entry: it changes nothing that a person could have typed. Doing it again changes nothing.
    """

    limit: int | None = None

    def apply(self, uow: UnitOfWork) -> int:
        days = dirty_days(uow, self.limit)
        _sum(uow, days)
        return len(days)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    orders: int
    days: int


@dataclass(frozen=True, slots=True)
class RebuildDerived:
    """Make the counts on the tabs, the search text and the sums anew from the orders, whatever they held."""

    def apply(self, uow: UnitOfWork) -> Rebuilt:
        self._counts(uow)
        orders = self._search(uow)
        days = self._sums(uow)
        uow.note("derived", None, None, None, None, json.dumps({"orders": orders, "days": days}))
        return Rebuilt(orders, days)

    def _counts(self, uow: UnitOfWork) -> None:
        uow.write_derived("DELETE FROM order_count", [()])
        uow.write_derived(
            "INSERT INTO order_count(channel_id, status, orders) SELECT channel_id, status, count(*) FROM orders GROUP BY 1, 2", [()]
        )
        uow.touch("order_count", [channel for (channel,) in uow.sql("SELECT id FROM channel")])

    def _search(self, uow: UnitOfWork) -> int:
        # 'delete-all' empties a contentless index without needing the words that went in.
        uow.write_derived("INSERT INTO order_text(order_text) VALUES ('delete-all')", [()])
        uow.write_derived("DELETE FROM search_doc", [()])
        (total,) = uow.sql("SELECT count(*) FROM orders")[0]
        page = f"SELECT id, {', '.join(SEARCHED)} FROM orders WHERE id > ? ORDER BY id LIMIT {_DOCS_A_STEP}"  # noqa: S608 (mapped names)
        done, last = 0, 0
        while rows := uow.sql(page, (last,)):
            docs = [(order_id, index_words(value or "" for value in values)) for order_id, *values in rows]
            uow.write_derived("INSERT INTO search_doc(order_id, words) VALUES (?, ?)", docs)
            uow.write_derived(TEXT_IN, docs)
            done, last = done + len(rows), rows[-1][0]
            uow.progress.step(done, total, "search_text")
        return done

    def _sums(self, uow: UnitOfWork) -> int:
        for table in ("sales_sum", "region_sum", "listing_sum", "listing_month"):
            uow.write_derived(f"DELETE FROM {table}", [()])  # noqa: S608 (constants)
        uow.write_derived("INSERT OR IGNORE INTO dirty_day(day) SELECT DISTINCT paid_day FROM orders WHERE paid_day IS NOT NULL", [()])
        days = dirty_days(uow)
        _sum(uow, days)
        return len(days)


def _sum(uow: UnitOfWork, days: list[int]) -> None:
    for start in range(0, len(days), _DAYS_A_STEP):
        sum_days(uow, days[start : start + _DAYS_A_STEP])
        uow.progress.step(min(start + _DAYS_A_STEP, len(days)), len(days), "sums")
