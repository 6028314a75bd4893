"""The table of after-sale cases: what each is about, how far it is, and the money in it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.search.grams import fold

if TYPE_CHECKING:
    from services.db.reading import Reading

OPEN_STATES = ("requested", "agreed", "goods_back")
DONE_STATES = ("refunded", "exchanged", "resent")
ENDED_STATES = ("refused", "withdrawn")
TABS: dict[str, tuple[str, ...]] = {
    "open": OPEN_STATES,
    "done": DONE_STATES,
    "refused": ENDED_STATES,
    "all": (*OPEN_STATES, *DONE_STATES, *ENDED_STATES),
}

_SORTS = {
    "": "c.id",
    "requested_at": "c.requested_at",
    "ended_at": "c.ended_at",
    "amount": "c.amount",
    "state": "c.state",
    "kind": "c.kind",
    "number": "o.number",
    "buyer": "o.buyer_nick",
}
SORTS = tuple(_SORTS)
_SEARCHED = ("o.number", "o.buyer_nick", "o.recipient", "o.goods_summary", "c.reason")

_ROWS = """
SELECT c.id, c.kind, c.state, c.reason, c.fault, c.amount, c.freight, c.requested_at, c.ended_at, o.id, o.number, o.buyer_nick,
       o.goods_summary, o.paid, o.refunded
FROM after_sale c JOIN orders o ON o.id = c.order_id WHERE c.id IN ({ids})
"""
_GOODS = """
SELECT p.case_id, coalesce(nullif(s.title, ''), g.title), p.quantity FROM after_sale_line p JOIN order_line l ON l.id = p.line_id
JOIN listing g ON g.id = l.listing_id LEFT JOIN sku s ON s.id = l.sku_id
WHERE p.case_id IN ({ids}) ORDER BY p.case_id, p.quantity = 0, l.position
"""
_COUNTS = "SELECT state, count(*) FROM after_sale GROUP BY state"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """`goods` is the first of its goods (of the order's, where the case names none), `more` how many kinds besides; fen, ms."""

    id: int
    kind: str
    state: str
    reason: str
    fault: str
    amount: int
    freight: int
    requested_at: int
    ended_at: int | None
    order_id: int
    number: str
    buyer: str
    goods: str
    more: int
    units: int
    order_paid: int | None
    order_refunded: int

    @property
    def label(self) -> str:
        """The short id that people say: `C7`."""
        return f"C{self.id}"

    @property
    def open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class CountCases:
    """Query: cases by tab (open, done, refused, all) and by state."""

    def run(self, reading: Reading) -> dict[str, int]:
        states: dict[str, int] = dict(reading.sql(_COUNTS))
        tabs = {tab: sum(states.get(state, 0) for state in of) for tab, of in TABS.items()}
        return dict.fromkeys(TABS["all"], 0) | states | tabs


@dataclass(frozen=True, slots=True)
class CaseIds:
    """Query: ids of the cases of a tab or a state that hold every word of `search`; the latest first.

    `C7` finds that case. `sort` is one of SORTS. Raises KeyError for a tab or sort that is none.
    """

    tab: str = "open"
    search: str = ""
    sort: str = ""
    descending: bool = True
    limit: int | None = None

    def run(self, reading: Reading) -> array[int]:
        states = TABS.get(self.tab) or {state: (state,) for state in TABS["all"]}[self.tab]
        where = [f"c.state IN ({', '.join('?' * len(states))})"]
        params: list[Any] = list(states)
        for word in fold(self.search).split():
            if word[0] == "c" and word[1:].isascii() and word[1:].isdigit():
                where.append("c.id = ?")
                params.append(int(word[1:]))
                continue
            pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            where.append("(" + " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in _SEARCHED) + ")")
            params += [pattern] * len(_SEARCHED)
        way = "DESC" if self.descending else "ASC"
        statement = (
            "SELECT c.id FROM after_sale c JOIN orders o ON o.id = c.order_id "  # noqa: S608 (constants; words are bound)
            f"WHERE {' AND '.join(where)} ORDER BY {_SORTS[self.sort]} {way}, c.id {way} LIMIT ?"
        )
        return array("q", (row[0] for row in reading.sql(statement, (*params, -1 if self.limit is None else self.limit))))


@dataclass(frozen=True, slots=True)
class CaseRows:
    """Query: the rows of these cases, in the order of the ids; two statements for 500."""

    ids: tuple[int, ...]

    def run(self, reading: Reading) -> tuple[CaseRow, ...]:
        goods: dict[int, list[tuple[str, int]]] = {}
        for case_id, title, units in reading.each(_GOODS, self.ids):
            goods.setdefault(case_id, []).append((title, units))
        found = {row[0]: _case_row(row, goods.get(row[0], [])) for row in reading.each(_ROWS, self.ids)}
        return tuple(found[case_id] for case_id in self.ids if case_id in found)


def _case_row(row: tuple[Any, ...], goods: list[tuple[str, int]]) -> CaseRow:
    *facts, summary, paid, refunded = row
    first = goods[0][0] if goods else summary
    return CaseRow(*(*facts, first, max(0, len(goods) - 1), sum(units for _title, units in goods), paid, refunded))
