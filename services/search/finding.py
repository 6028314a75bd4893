"""Running a search: which ids, in which order, how many, and from which end to begin.

Two ways lead to the first page. *Walk*: go along the index of the sort order and ask each row, right where hits are many.
*Gather*: take the ids of the rarest part from its index, look at these rows, sort them, right where hits are few. Which
it is, is found out by counting a few thousand ids of each part's source. SQLite's own planner can't know: without
statistics it takes every search for rare.

Statements go to the driver as they are put together: the same shape of search is the same text, compiled once.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from services.db.reading import Reading
from services.errors import Refused
from services.search.compile import Compiled, compile_search, text_source
from services.search.newest import frequency
from services.search.parser import parse
from services.search.pieces import TRUE, Sql, all_of, around, clause, sql
from services.search.sorts import Sort, read_sort
from services.search.syntax import Field, Node, Word, parts_of

FEW = 5_000
"""Up to so many ids a part counts as rare: their rows are read and sorted in some 10 ms."""
WINDOW = 10_000
"""At least so many rows of the sort order are asked before a search with many possible hits is gathered after all."""
SAMPLE = 1_000
"""So many of the newest orders tell how frequent each part of a search is, and so which way looks at fewer rows."""
MOST_SORTED = 50_000
"""Hits that may be sorted by a column without an index while somebody waits (quality.md, speed)."""

_FIRST = itemgetter(0)


class _Part(NamedTuple):
    node: Node
    found: Compiled


def find_ids(reading: Reading, search: str, sort: str = "", limit: int | None = None, *, capped: bool = False) -> array[int]:
    """Ids of the orders that a search finds, sorted; all of them without a limit.

    Raises BadInput for a search or sort that can't be understood. `capped`: Refused("sort_too_many") for more than
    MOST_SORTED hits by a column without an index, which would keep somebody waiting.
    """
    by, down = read_sort(sort)
    parts = _parts(reading, search)
    index = _index_of(by, parts)
    if capped and not index and _count(reading, parts, MOST_SORTED + 1) > MOST_SORTED:
        raise Refused("sort_too_many", column=by.key, most=MOST_SORTED)
    if limit is None:
        return _all_ids(reading, parts, by, down, index)
    return _first_ids(reading, parts, by, down, index, limit)


def conditions_of(reading: Reading, search: str) -> list[ColumnElement[bool]]:
    """The search as conditions on `orders`, begun from its rarest part: for counts and sums, where order does not matter."""
    return [clause(all_of(_conditions(reading, _parts(reading, search))))]


def count_hits(reading: Reading, search: str, most: int | None = None) -> int:
    """How many orders a search finds; counting stops at `most`."""
    return _count(reading, _parts(reading, search), most)


def _parts(reading: Reading, search: str) -> list[_Part]:
    parts = [_Part(node, compile_search(reading, node)) for node in parts_of(parse(search))]
    asked = [part.found.match for part in parts if part.found.match]
    if len(asked) < 2:
        return parts
    # Several words in one question: the index knows which orders hold all of them.
    both = text_source(" AND ".join([f"({match})" for match in asked]))
    return [part._replace(found=part.found._replace(source=both)) if part.found.match else part for part in parts]


# -- which way -----------------------------------------------------------------------------------------------------------


def _is_one(part: _Part, name: str) -> bool:
    return isinstance(part.node, Field) and part.node.name == name and len(part.node.values) == 1


def _along(by: Sort, parts: Sequence[_Part]) -> tuple[str, _Part | None]:
    """The index that gives the sort order, and the part that it begins with, if any: of what the search asks the rarest."""
    if by.key == "created_at":
        known = [part for part in parts if part.found.along]
        if known:
            best = min(known, key=lambda part: _RARER.index(part.found.along))
            return best.found.along, best
    status = next((part for part in parts if _is_one(part, "status")), None)
    return (by.status_index, status) if by.status_index and status else (by.index, None)


_RARER = ("ix_orders_open_cases", "ix_orders_flag", "ix_orders_checked", "ix_orders_province", "ix_orders_status_created_at")


def _index_of(by: Sort, parts: Sequence[_Part]) -> str:
    return _along(by, parts)[0]


def _plain(by: Sort, parts: Sequence[_Part]) -> bool:
    """Tabs and searches that the sort order's own index answers: no need to count anything."""
    _index, first = _along(by, parts)
    return all(part is first or _bounds(by, part) for part in parts)


def _bounds(by: Sort, part: _Part) -> bool:
    """Whether a part only says from where to where the index is gone along."""
    return by.key == "created_at" and _is_one(part, "created")


def _rarest(reading: Reading, parts: Sequence[_Part]) -> _Part | None:
    """The part with the fewest possible ids, if these are few. One statement for all."""
    if few := next((part for part in parts if part.found.few), None):
        return few
    asked = [part for part in parts if part.found.source is not None and part.found.counted]
    if not asked:
        return None
    row = _row(reading, _listed([_counted(part, FEW + 1) for part in asked]))
    count, place = min((count, place) for place, count in enumerate(row))
    return asked[place] if count <= FEW else None


def _counted(part: _Part, most: int) -> Sql:
    if part.found.source is None:
        raise TypeError(part)
    return around("(SELECT count(*) FROM (", part.found.source, f" LIMIT {most}))")


def _listed(columns: Sequence[Sql], tail: str = "") -> Sql:
    return Sql(
        f"SELECT {', '.join([column.text for column in columns])}{tail}", tuple(value for column in columns for value in column.values)
    )


def _row(reading: Reading, statement: Sql) -> tuple[int, ...]:
    (row,) = reading.sql(*statement)
    return tuple(int(value or 0) for value in row)


class _Guess(NamedTuple):
    """Rows to look at either way, as the newest orders have it: gathering `start`, or walking until the page is full."""

    start: _Part
    gather: float
    walk: float


def _guessed(reading: Reading, parts: Sequence[_Part], by: Sort | None = None, limit: int = 1) -> _Guess | None:
    """`by`: the order that might be walked along. None where no part is both dear to ask of every row and to be had from an index: then there is nothing to choose."""
    along = _along(by, parts)[1] if by else None
    # What bounds the walk makes it no longer, and the newest orders may lie outside.
    parts = [part for part in parts if by is None or not _bounds(by, part)]
    words = [part.node for part in parts if isinstance(part.node, Word)]
    if words and len(words) == len(parts):
        each, whole, seen, last = frequency(reading, words, SAMPLE)
        return _guess(parts, each, seen / whole if whole else inf, last / max(1, seen), limit)
    sourced = [part for part in parts if part.found.source is not None and part.found.dear]
    if not sourced:
        return None
    asked = [part.found.where for part in sourced]
    asked.append(asked[0] if len(parts) == 1 else all_of([part.found.where for part in parts]))
    asked.append(along.found.where if along else TRUE)
    sums = [around("sum(coalesce(", where, ", 0))") for where in dict.fromkeys(asked)]
    newest = f" FROM main.orders AS orders WHERE orders.id > (SELECT max(id) FROM orders) - {SAMPLE}"  # noqa: S608 (constants)
    seen, last, *counted = _row(reading, _listed([sql("count(*)"), sql("max(orders.id)"), *sums], newest))
    hits = dict(zip(dict.fromkeys(asked), counted, strict=True))
    whole = hits[asked[-2]]
    apart = hits[asked[-1]] / whole if whole else inf
    return _guess(sourced, [hits[where] for where in asked[:-2]], apart, last / max(1, seen), limit)


def _guess(sourced: Sequence[_Part], each: Sequence[int], apart: float, times: float, limit: int) -> _Guess:
    """From hits of each among the newest: `apart` is from one hit of the whole to the next, `times` how often the newest go into all.

    What is not among them is taken for half of one.
    """
    start = min(range(len(sourced)), key=lambda place: (each[place], not sourced[place].found.exact))
    return _Guess(sourced[start], max(0.5, each[start]) * times, limit * apart)


def _dearest(reading: Reading, parts: Sequence[_Part]) -> _Part | None:
    """Where to begin when all is wanted and no part is rare."""
    guess = _guessed(reading, parts)
    return guess.start if guess else None


def _gathered(parts: Sequence[_Part], start: _Part | None) -> list[Sql]:
    conditions = [part.found.where for part in parts if part is not start or not part.found.exact]
    if start is None or start.found.source is None:
        return conditions
    return [around("orders.id IN (", start.found.source), *conditions]


def _conditions(reading: Reading, parts: Sequence[_Part]) -> list[Sql]:
    start = _rarest(reading, parts) if len(parts) > 1 or any(part.found.dear or part.found.elsewhere for part in parts) else None
    return _gathered(parts, start or _dearest(reading, parts) or _elsewhere(parts))


def _elsewhere(parts: Sequence[_Part]) -> _Part | None:
    """Where all is wanted, even many ids of another table's index are sooner had than that table asked for each order."""
    return next((part for part in parts if part.found.elsewhere), None)


def _count(reading: Reading, parts: Sequence[_Part], most: int | None) -> int:
    if most is not None and len(parts) == 1 and (alone := _alone(parts[0])):
        return _row(reading, around("SELECT count(*) FROM (SELECT DISTINCT id FROM (", alone, f") LIMIT {most})"))[0]
    found = all_of(_conditions(reading, parts))
    if most is None:
        return _row(reading, around("SELECT count(*) FROM main.orders AS orders WHERE ", found, ""))[0]
    return _row(reading, around("SELECT count(*) FROM (SELECT 1 FROM main.orders AS orders WHERE ", found, f" LIMIT {most})"))[0]


def _alone(part: _Part) -> Sql | None:
    """A source that says all by itself, so that up to a limit no order has to be looked at."""
    found = part.found
    return found.source if found.exact and (found.dear or found.elsewhere) else None


# -- ids -----------------------------------------------------------------------------------------------------------------


def _first_ids(reading: Reading, parts: Sequence[_Part], by: Sort, down: bool, index: str, limit: int) -> array[int]:
    wheres = [part.found.where for part in parts]
    if index and _plain(by, parts):
        return _walk(reading, wheres, by, down, index, limit)
    if len(parts) == 1 and parts[0].found.source is not None and parts[0].found.counted:
        found = _gather_few(reading, parts[0], by, down, limit)
        if found is not None:
            return found
        start = None
    else:
        start = _rarest(reading, parts)
    if start is not None or not index:
        return _gather(reading, _gathered(parts, start or _dearest(reading, parts)), by, down, limit)
    guess = _guessed(reading, parts, by, limit)
    if guess is None:
        return _walk(reading, wheres, by, down, index, limit)
    if guess.gather <= guess.walk:
        return _gather(reading, _gathered(parts, guess.start), by, down, limit)
    first = _along(by, parts)[1]
    bounds = [part.found.where for part in parts if part is first or _bounds(by, part)]
    edge = _edge(reading, bounds, by, down, index, max(WINDOW, int(guess.walk) * 3))
    if edge is None:
        return _walk(reading, wheres, by, down, index, limit)
    near = sql(f"{by.term} >= ?" if down else f"{by.term} <= ?", edge)
    found = _walk(reading, [*wheres, near], by, down, index, limit)
    return found if len(found) >= limit else _gather(reading, _gathered(parts, guess.start), by, down, limit)


def _gather_few(reading: Reading, part: _Part, by: Sort, down: bool, limit: int) -> array[int] | None:
    """The first ids if the part is rare, looked up once for both questions; None if it is not."""
    if part.found.source is None or part.found.few:
        return _gather(reading, _gathered([part], part), by, down, limit)
    few = around("WITH few(id) AS MATERIALIZED (", part.found.source, " LIMIT ?) SELECT * FROM (")
    wheres = [sql("(SELECT count(*) FROM few) <= ?", FEW), sql("orders.id IN (SELECT id FROM few)")]
    if not part.found.exact:
        wheres.append(part.found.where)
    first = _ordered(reading, wheres, by, down, limit)
    statement = f"{few.text}{first.text}) UNION ALL SELECT ? WHERE (SELECT count(*) FROM few) > ?"  # noqa: S608 (constants)
    found = _drained(reading.driver.execute(statement, (*few.values, FEW + 1, *first.values, _TOO_MANY, FEW)))
    return None if found and found[-1] == _TOO_MANY else found


_TOO_MANY = -1
"""No order's id."""


def _all_ids(reading: Reading, parts: Sequence[_Part], by: Sort, down: bool, index: str) -> array[int]:
    start = None if index and _plain(by, parts) else _rarest(reading, parts) or _dearest(reading, parts) or _elsewhere(parts)
    if start is not None or not index:
        return _gather(reading, _gathered(parts, start), by, down, None)
    return _walk(reading, [part.found.where for part in parts], by, down, index, None)


def _edge(reading: Reading, bounds: Sequence[Sql], by: Sort, down: bool, index: str, window: int) -> int | str | None:
    """The sort column's value so many rows from where the walk begins; None when there are fewer rows."""
    conditions = all_of([sql(f"{by.term} IS NOT NULL"), *bounds])
    tail = f" ORDER BY {by.term}{' DESC' if down else ''} LIMIT 1 OFFSET {window}"
    statement = around(f"SELECT {by.term} FROM main.orders AS orders INDEXED BY {index} WHERE ", conditions, tail)  # noqa: S608 (constants)
    rows = reading.sql(*statement)
    return rows[0][0] if rows else None


def _walk(reading: Reading, wheres: Sequence[Sql], by: Sort, down: bool, index: str, limit: int | None) -> array[int]:
    """Along the index. What is not known comes last: upwards SQLite would put it first, so it is asked for on its own."""

    def ids(conditions: Sequence[Sql], order: str, most: int | None, hint: str = f" INDEXED BY {index}") -> array[int]:
        where = around(" WHERE ", all_of(conditions), "") if conditions else Sql("")
        tail = f"{where.text} ORDER BY {order} LIMIT ?"
        statement = f"SELECT orders.id FROM main.orders AS orders{hint}{tail}"  # noqa: S608 (constants)
        return _drained(reading.driver.execute(statement, (*where.values, -1 if most is None else most)))

    way = " DESC" if down else ""
    order = f"{by.term}{way}, orders.id{way}"
    if not by.blank or (down and not by.partial):
        return ids(wheres, order, limit)
    found = ids([*wheres, sql(f"{by.term} IS NOT NULL")], order, limit)
    if limit is None or len(found) < limit:
        rest = None if limit is None else limit - len(found)
        blank = [*wheres, sql(f"{by.term} IS NULL")]
        found.extend(ids(blank, f"orders.id{way}", rest, "") if by.partial else ids(blank, f"orders.id{way}", rest))
    return found


def _gather(reading: Reading, wheres: Sequence[Sql], by: Sort, down: bool, limit: int | None) -> array[int]:
    return _drained(reading.driver.execute(*_ordered(reading, wheres, by, down, limit)))


def _ordered(reading: Reading, wheres: Sequence[Sql], by: Sort, down: bool, limit: int | None) -> Sql:
    found = all_of(wheres)
    tail = f" ORDER BY {_order(reading, by, down)} LIMIT ?"
    statement = f"SELECT orders.id FROM main.orders AS orders WHERE {found.text}{tail}"  # noqa: S608 (constants)
    return Sql(statement, (*found.values, -1 if limit is None else limit))


def _order(reading: Reading, by: Sort, down: bool) -> str:
    if by.key == "shipping":
        from services.search.shipping import shipping_terms

        return shipping_terms(reading, down=down)
    if down:
        return f"{by.term} DESC, orders.id DESC"
    return f"{by.term} IS NULL, {by.term}, orders.id" if by.blank else f"{by.term}, orders.id"


def _drained(cursor: Any) -> array[int]:
    """The first column in blocks: a fetchall of a million would stop the window for 70 ms."""
    found = array("q")
    while block := cursor.fetchmany(5_000):
        found.extend(map(_FIRST, block))
    return found
