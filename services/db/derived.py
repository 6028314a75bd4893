"""What follows from the orders and is kept in step by the unit of work: counts on tabs, search text, days to sum again.

Fed with the very values that are written, so it needs no reading back; `verify` recomputes all of it, and
`rebuild_*` of services.commands.upkeep makes it anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from services.db.dialect import TEXT_IN, TEXT_OUT
from services.db.schema import Order
from services.search.grams import index_words

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork

SEARCHED = tuple(column.name for column in Order.__table__.columns if column.info.get("searched"))

MOST_WAITING = 5_000
"""New documents in memory at once: those of a big import are written while its orders are, so that it can also be stopped between them."""

_SUMMED = frozenset({"paid", "refunded", "paid_day", "paid_at", "province", "status"})
_SUMMED_LINE = frozenset({"quantity", "price", "payable", "listing_id"})


def order_words(values: Mapping[str, Any]) -> str:
    """The search document of one order, from its searched columns."""
    return index_words(values.get(name) or "" for name in SEARCHED)


class Derived:
    """Gathers while the command runs, writes at its end; documents of many new orders meanwhile."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._counts: dict[tuple[int, str], int] = defaultdict(int)
        self._days: set[int] = set()
        self._resum: set[int] = set()
        self._new_docs: list[tuple[int, str]] = []
        self._redo_docs: set[int] = set()
        self._moved: dict[int, tuple[str, str]] = {}

    def inserted(self, table: str, ids: Sequence[int], rows: Sequence[Mapping[str, Any]]) -> None:
        if table == "orders":
            for row_id, row in zip(ids, rows, strict=True):
                self._counts[row["channel_id"], row["status"]] += 1
                if row.get("paid_day") is not None:
                    self._days.add(row["paid_day"])
                self._new_docs.append((row_id, order_words(row)))
            if len(self._new_docs) >= MOST_WAITING:
                self._write_new_docs()
        elif table == "order_line":
            self._resum.update(row["order_id"] for row in rows)

    def changed(self, table: str, row_id: int, old: Mapping[str, Any], new: Mapping[str, Any], different: Sequence[str]) -> None:
        if table == "orders":
            if "status" in different:
                self._moved[row_id] = (self._moved.get(row_id, (old["status"], ""))[0], new["status"])
            if not _SUMMED.isdisjoint(different):
                self._resum.add(row_id)
                if "paid_day" in different and old["paid_day"] is not None:
                    self._days.add(old["paid_day"])
            if any(name in SEARCHED for name in different):
                self._redo_docs.add(row_id)
        elif table == "order_line" and not _SUMMED_LINE.isdisjoint(different) and "order_id" in old:
            self._resum.add(old["order_id"])

    def taken_out(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows that are about to be deleted: an order's search document goes with it, because it points to the order."""
        if table == "order_line":
            self._resum.update(row["order_id"] for row in rows)
        if table != "orders":
            return
        for row in rows:
            self._counts[row["channel_id"], row["status"]] -= 1
            if row["paid_day"] is not None:
                self._days.add(row["paid_day"])
        ids = [row["id"] for row in rows]
        self._redo_docs.difference_update(ids)
        docs = list(self._uow.each("SELECT order_id, words FROM search_doc WHERE order_id IN ({ids})", ids))
        self._uow.write_derived(TEXT_OUT, docs)
        self._uow.write_derived("DELETE FROM search_doc WHERE order_id = ?", [(order_id,) for order_id, _words in docs])

    def removed(self, table: str, order_id: int | None) -> None:
        if table == "order_line" and order_id is not None:
            self._resum.add(order_id)

    def write(self) -> None:
        self._write_counts()
        self._write_docs()
        self._write_days()

    def _write_counts(self) -> None:
        if self._moved:
            for order_id, channel_id in self._uow.each("SELECT id, channel_id FROM orders WHERE id IN ({ids})", sorted(self._moved)):
                before, after = self._moved[order_id]
                self._counts[channel_id, before] -= 1
                self._counts[channel_id, after] += 1
        self._uow.write_derived(
            "INSERT INTO order_count(channel_id, status, orders) VALUES (?, ?, ?) "
            "ON CONFLICT(channel_id, status) DO UPDATE SET orders = orders + excluded.orders",
            [(channel_id, status, delta) for (channel_id, status), delta in self._counts.items() if delta],
        )

    def _write_docs(self) -> None:
        fresh = {order_id for order_id, _words in self._new_docs}
        redo = sorted(self._redo_docs - fresh)
        if redo:
            docs = dict(self._uow.each("SELECT order_id, words FROM search_doc WHERE order_id IN ({ids})", redo))
            self._uow.write_derived(TEXT_OUT, list(docs.items()))
            self._uow.write_derived("DELETE FROM search_doc WHERE order_id = ?", [(order_id,) for order_id in docs])
        again = redo + sorted(self._redo_docs & fresh)
        texts = dict(self._new_docs)
        if again:
            names = ", ".join(SEARCHED)
            for order_id, *values in self._uow.each(f"SELECT id, {names} FROM orders WHERE id IN ({{ids}})", again):  # noqa: S608 (mapped names)
                texts[order_id] = index_words(value or "" for value in values)
        self._new_docs = list(texts.items())
        self._write_new_docs()

    def _write_new_docs(self) -> None:
        rows = self._new_docs
        self._new_docs = []
        self._uow.write_derived("INSERT INTO search_doc(order_id, words) VALUES (?, ?)", rows)
        self._uow.write_derived(TEXT_IN, rows)

    def _write_days(self) -> None:
        if self._resum:
            found = self._uow.each("SELECT paid_day FROM orders WHERE id IN ({ids}) AND paid_day IS NOT NULL", sorted(self._resum))
            self._days.update(day for (day,) in found)
        self._uow.write_derived("INSERT OR IGNORE INTO dirty_day(day) VALUES (?)", [(day,) for day in sorted(self._days)])
