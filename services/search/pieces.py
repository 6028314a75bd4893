"""SQL in pieces: a text with question marks and what they stand for, put together without losing their order.

Not SQLAlchemy's expressions: to build and look up one costs half a millisecond, twenty times what SQLite needs for a whole
order number, and each key that is typed is a new search. Texts here are constants of ours, whatever a person typed is a
value; the same shape of search gives the same text, which the driver has compiled already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, text


class Sql(NamedTuple):
    """A condition on `orders`, or a select of order ids called `id`."""

    text: str
    values: tuple[Any, ...] = ()


TRUE, FALSE = Sql("1"), Sql("0")


def sql(statement: str, *values: Any) -> Sql:
    return Sql(statement, values)


def all_of(pieces: Iterable[Sql]) -> Sql:
    return _joined(" AND ", list(pieces), TRUE)


def any_of(pieces: Iterable[Sql]) -> Sql:
    return _joined(" OR ", list(pieces), FALSE)


def _joined(word: str, pieces: Sequence[Sql], nothing: Sql) -> Sql:
    if len(pieces) < 2:
        return pieces[0] if pieces else nothing
    return Sql(word.join([f"({piece.text})" for piece in pieces]), tuple(value for piece in pieces for value in piece.values))


def denied(piece: Sql) -> Sql:
    """True where the piece is not: NULL never matches, so its opposite always does."""
    return Sql(f"NOT coalesce({piece.text}, 0)", piece.values)


def around(before: str, piece: Sql, after: str = ")") -> Sql:
    return Sql(f"{before}{piece.text}{after}", piece.values)


def one_of(column: str, values: Sequence[Any]) -> Sql:
    return Sql(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))


def union(pieces: Sequence[Sql]) -> Sql:
    return (
        pieces[0]
        if len(pieces) == 1
        else Sql(" UNION ALL ".join([piece.text for piece in pieces]), sum((piece.values for piece in pieces), ()))
    )


def clause(piece: Sql) -> ColumnElement[bool]:
    """For a statement of SQLAlchemy; one in each, because its parameters are named by their place."""
    first, *others = piece.text.split("?")
    named = first + "".join(f":search_{place}{part}" for place, part in enumerate(others))
    bound = text(named).bindparams(**{f"search_{place}": value for place, value in enumerate(piece.values)})
    return cast("ColumnElement[bool]", bound)
