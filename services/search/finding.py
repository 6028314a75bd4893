"""Running a search: which ids, in which order, how many, and from which end to begin.

Two ways lead to the first page. *Walk*: go along the index of the sort order and ask each row, right where hits are many.
*Gather*: take the ids of the rarest part from its index, look at these rows, sort them, right where hits are few. Which
it is, is found out by counting a few thousand ids of each part's source, in one statement. SQLite's own planner can't
know: without statistics it takes every search for rare.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Integer, Select, and_, func, select

from services.db.reading import Reading
from services.db.schema import Order
from services.errors import Refused
from services.search.compile import Compiled, compile_search
from services.search.parser import parse
from services.search.sorts import Sort, read_sort
from services.search.syntax import Field, Node, parts_of

FEW = 5_000
"""Up to so many ids a part counts as rare: their rows are read and sorted in some 10 ms."""
WINDOW = 10_000
"""So many rows of the sort order are asked before a search with many possible hits is gathered after all."""
SAMPLE = 1_000
"""So many of the newest orders tell how frequent each part of a search is."""
MOST_SORTED = 50_000
"""Hits that may be sorted by a column without an index while somebody waits (quality.md, speed)."""

_T = Order.__table__
_O = _T.c
_FIRST = itemgetter(0)


@dataclass(frozen=True, slots=True)
class _Part:
    node: Node
    found: Compiled


def find_ids(reading: Reading, search: str, sort: str = "", limit: int | None = None, *, capped: bool = False) -> array[int]:
    """Ids of the orders that a search finds, sorted; all of them without a limit.

    Raises BadInput for a search or sort that can't be understood. `capped`: Refused("sort_too_many") for more than
    MOST_SORTED hits by a column without an index, which would keep somebody waiting.
    """
    by, down = read_sort(sort)
    tab = _tab_of(parse(search))
    if tab is not None and (index := (by.status_index if tab else "") or by.index):
        return _tab_ids(reading, tab, by, down, index, limit)
    parts = _parts(reading, search)
    if capped and not _index_of(by, parts) and _count(reading, parts, MOST_SORTED + 1) > MOST_SORTED:
        raise Refused("sort_too_many", column=by.key, most=MOST_SORTED)
    if limit is None:
        return _all_ids(reading, parts, by, down)
    return _first_ids(reading, parts, by, down, limit)


def conditions_of(reading: Reading, search: str) -> list[ColumnElement[bool]]:
    """The search as conditions on `orders`, begun from its rarest part: for counts and sums, where order does not matter."""
    return _conditions(reading, _parts(reading, search))


def count_hits(reading: Reading, search: str, most: int | None = None) -> int:
    """How many orders a search finds; counting stops at `most`."""
    return _count(reading, _parts(reading, search), most)


def _parts(reading: Reading, search: str) -> list[_Part]:
    return [_Part(node, compile_search(reading, node)) for node in parts_of(parse(search))]


# -- which way -----------------------------------------------------------------------------------------------------------


def _one_status(parts: Sequence[_Part]) -> ColumnElement[bool] | None:
    """The condition of a search within one tab."""
    for part in parts:
        if isinstance(part.node, Field) and part.node.name == "status" and len(part.node.values) == 1:
            return part.found.where
    return None


def _index_of(by: Sort, parts: Sequence[_Part]) -> str:
    return by.status_index if by.status_index and _one_status(parts) is not None else by.index


def _plain(by: Sort, parts: Sequence[_Part]) -> bool:
    """Tabs and searches that the sort order's own index answers: no need to count anything."""
    own = {"status"} if len([part for part in parts if isinstance(part.node, Field) and part.node.name == "status"]) == 1 else set()
    if by.key == "created_at":
        own.add("created")
    return all(isinstance(part.node, Field) and part.node.name in own and len(part.node.values) == 1 for part in parts)


def _rarest(reading: Reading, parts: Sequence[_Part]) -> _Part | None:
    """The part with the fewest possible ids, if these are few. One statement for all."""
    if few := next((part for part in parts if part.found.few), None):
        return few
    asked = [part for part in parts if part.found.source is not None and part.found.counted]
    if not asked:
        return None
    counts = [
        select(func.count()).select_from(part.found.source.limit(FEW + 1).subquery()).scalar_subquery()
        for part in asked
        if part.found.source is not None
    ]
    row = reading.rows(select(*counts))[0]
    count, place = min((count, place) for place, count in enumerate(row))
    return asked[place] if count <= FEW else None


def _sampled(reading: Reading, parts: Sequence[_Part]) -> tuple[_Part | None, float]:
    """Of the parts that can be gathered and are dear to ask of every row the rarest, and the share of hits of the whole search.

    Both as the newest orders have it.
    """
    sourced = [part for part in parts if part.found.source is not None and part.found.dear]
    if not sourced:
        return None, 1.0
    asked = [part.found.where for part in sourced]
    # Typed, or the sum of conditions would come back as a truth.
    sums = [func.sum(func.coalesce(where, 0), type_=Integer) for where in (and_(*(part.found.where for part in parts)), *asked)]
    newest = select(func.max(_O.id)).scalar_subquery() - SAMPLE
    row = reading.rows(select(func.count(), *sums).where(_O.id > newest))[0]
    seen, whole, *each = [int(value or 0) for value in row]
    _count, _looked_at, place = min(
        (count, not part.found.exact, place) for place, (count, part) in enumerate(zip(each, sourced, strict=True))
    )
    return sourced[place], whole / max(1, seen)


def _gathered(parts: Sequence[_Part], start: _Part) -> list[ColumnElement[bool]]:
    conditions = [part.found.where for part in parts if part is not start or not start.found.exact]
    return conditions if start.found.source is None else [_O.id.in_(start.found.source), *conditions]


def _conditions(reading: Reading, parts: Sequence[_Part]) -> list[ColumnElement[bool]]:
    start = _rarest(reading, parts) if len(parts) > 1 or any(part.found.dear for part in parts) else None
    start = start or _sampled(reading, parts)[0]
    return _gathered(parts, start) if start else [part.found.where for part in parts]


def _count(reading: Reading, parts: Sequence[_Part], most: int | None) -> int:
    conditions = _conditions(reading, parts)
    if most is None:
        return int(reading.scalar(select(func.count()).select_from(_T).where(*conditions)) or 0)
    some = select(_O.id).where(*conditions).limit(most).subquery()
    return int(reading.scalar(select(func.count()).select_from(some)) or 0)


# -- ids -----------------------------------------------------------------------------------------------------------------


def _tab_of(node: Node | None) -> str | None:
    """The status of a search for one status and nothing else, "" for all orders; None for any other search."""
    if node is None:
        return ""
    one = isinstance(node, Field) and node.name == "status" and len(node.values) == 1 and node.values[0]
    return one if isinstance(one, str) and one else None


def _tab_ids(reading: Reading, status: str, by: Sort, down: bool, index: str, limit: int | None) -> array[int]:
    """As `_walk`, by constant statements: a tab is what is asked most often, and building the statement would cost more than it does."""
    most = -1 if limit is None else limit
    given = (status,) if status else ()
    if down or not by.blank:
        return _drained(reading.driver.execute(_tab_sql(by.key, index, down, bool(status), ""), (*given, most)))
    found = _drained(reading.driver.execute(_tab_sql(by.key, index, down, bool(status), "IS NOT NULL"), (*given, most)))
    if limit is None or len(found) < limit:
        rest = -1 if limit is None else limit - len(found)
        found.extend(_drained(reading.driver.execute(_tab_sql(by.key, index, down, bool(status), "IS NULL"), (*given, rest))))
    return found


@lru_cache(maxsize=128)
def _tab_sql(key: str, index: str, down: bool, of_status: bool, known: str) -> str:
    """The names are those of sorts.py. Where the key is blank, all are alike and go by id."""
    conditions = [*(["status = ?"] if of_status else []), *([f"{key} {known}"] if known else [])]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    order = "id" if known == "IS NULL" else f"{key} DESC, id DESC" if down else f"{key}, id"
    return f"SELECT orders.id FROM orders INDEXED BY {index}{where} ORDER BY {order} LIMIT ?"  # noqa: S608 (constants)


def _first_ids(reading: Reading, parts: Sequence[_Part], by: Sort, down: bool, limit: int) -> array[int]:
    index = _index_of(by, parts)
    wheres = [part.found.where for part in parts]
    if index and _plain(by, parts):
        return _walk(reading, wheres, by, down, index, limit)
    start = _rarest(reading, parts)
    if start is not None or not index:
        start = start or _sampled(reading, parts)[0]
        return _gather(reading, _gathered(parts, start) if start else wheres, by, down, limit)
    fallback, share = _sampled(reading, parts)
    if fallback is None:
        return _walk(reading, wheres, by, down, index, limit)
    if share * WINDOW < limit:
        return _gather(reading, _gathered(parts, fallback), by, down, limit)
    edge = _edge(reading, by, down, index, _one_status(parts) if index == by.status_index else None)
    if edge is None:
        return _walk(reading, wheres, by, down, index, limit)
    column = _O[by.key]
    near = column >= edge if down else column <= edge
    found = _walk(reading, [*wheres, near], by, down, index, limit)
    return found if len(found) >= limit else _gather(reading, _gathered(parts, fallback), by, down, limit)


def _all_ids(reading: Reading, parts: Sequence[_Part], by: Sort, down: bool) -> array[int]:
    index = _index_of(by, parts)
    start = None if index and _plain(by, parts) else _rarest(reading, parts) or _sampled(reading, parts)[0]
    if start is not None or not index:
        return _gather(reading, _gathered(parts, start) if start else [part.found.where for part in parts], by, down, None)
    return _walk(reading, [part.found.where for part in parts], by, down, index, None)


def _edge(reading: Reading, by: Sort, down: bool, index: str, status: ColumnElement[bool] | None) -> int | str | None:
    """The sort column's value WINDOW rows from the beginning of the index; None when there are fewer rows."""
    column = _O[by.key]
    conditions = [column.is_not(None), *([status] if status is not None else [])]
    statement = select(column).with_hint(_T, f"INDEXED BY {index}", "sqlite").where(*conditions)
    found: int | str | None = reading.scalar(statement.order_by(column.desc() if down else column).offset(WINDOW).limit(1))
    return found


def _walk(reading: Reading, wheres: Sequence[ColumnElement[bool]], by: Sort, down: bool, index: str, limit: int | None) -> array[int]:
    """Along the index. What is not known comes last: upwards SQLite would put it first, so it is asked for on its own."""
    column = _O[by.key]
    statement = select(_O.id).with_hint(_T, f"INDEXED BY {index}", "sqlite").limit(limit)
    if down or not by.blank:
        order = (column.desc(), _O.id.desc()) if down else (column, _O.id)
        return ids_of(reading, statement.where(*wheres).order_by(*order))
    found = ids_of(reading, statement.where(*wheres, column.is_not(None)).order_by(column, _O.id))
    if limit is None or len(found) < limit:
        rest = None if limit is None else limit - len(found)
        found.extend(ids_of(reading, statement.where(*wheres, column.is_(None)).order_by(_O.id).limit(rest)))
    return found


def _gather(reading: Reading, wheres: Sequence[ColumnElement[bool]], by: Sort, down: bool, limit: int | None) -> array[int]:
    return ids_of(reading, select(_O.id).where(*wheres).order_by(*_order(reading, by, down)).limit(limit))


def _order(reading: Reading, by: Sort, down: bool) -> Sequence[ColumnElement[Any]]:
    if by.key == "shipping":
        from services.search.shipping import shipping_terms

        return shipping_terms(reading, down=down)
    column = _O[by.key]
    return (column.desc(), _O.id.desc()) if down else (*((column.is_(None),) if by.blank else ()), column, _O.id)


def ids_of(reading: Reading, statement: Select[Any]) -> array[int]:
    """One column of integers, however many."""
    result: CursorResult[Any] = reading.connection.execute(statement)
    if result.cursor is None:
        raise TypeError(statement)
    found = _drained(result.cursor)
    result.close()
    return found


def _drained(cursor: Any) -> array[int]:
    """The first column in blocks: a fetchall of a million would stop the window for 70 ms."""
    found = array("q")
    while block := cursor.fetchmany(5_000):
        found.extend(map(_FIRST, block))
    return found
