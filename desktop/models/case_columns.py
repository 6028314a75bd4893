"""The table of after-sale cases as data: its columns by tab, and where the rows come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language, later
from desktop.models.column import Column, Goods, Kind, Status
from desktop.models.delegates import PADDING, advance
from desktop.models.order_columns import Moment, when_column
from desktop.models.paged_table import Sort
from desktop.theme import BODY_SIZE
from services.words import term, terms

if TYPE_CHECKING:
    from services.desk import Desk
    from services.queries.case_rows import CaseRow

TABS = ("open", "done", "refused", "all")
OPEN_STATES = ("requested", "agreed", "goods_back")
GLYPHS = {
    "requested": ("half", "warn"),
    "agreed": ("most", "info"),
    "goods_back": ("most", "violet"),
    "refunded": ("done", "ok"),
    "exchanged": ("done", "ok"),
    "resent": ("done", "ok"),
    "refused": ("dash", "muted"),
    "withdrawn": ("dash", "muted"),
}
KIND_ICONS = {"refund_only": "money", "return_and_refund": "refund", "exchange": "exchange", "resend": "parcel"}


def status_of(state: str) -> Status:
    """The ring and word of a case's state."""
    glyph, tone = GLYPHS[state]
    return Status(glyph, term("case_state", state, language()), tone)


def waited_tone(ms: int) -> str:
    """How long a case may wait before its time is coloured: a day warns, two are bad (platforms decide after 48 hours)."""
    return "muted" if ms < formats.MS_A_DAY else "warn" if ms < 2 * formats.MS_A_DAY else "bad"


def case_columns(tab: str, moment: Moment) -> tuple[Column, ...]:
    """The columns of a tab: since when, and of ended cases when they ended."""
    asked = tab in {"open", "all"}
    when = when_column("requested_at", later("Asked"), moment, 100) if asked else when_column("ended_at", later("Ended"), moment, 100)
    state = (Column("state", later("State"), Kind.STATUS, lambda row: status_of(row.state), sort="state", width=_wide("case_state", 28)),)
    return (
        Column("label", later("No."), Kind.CODE, lambda row: row.label, width=64),
        Column(
            "kind", later("Kind"), Kind.SOFT, lambda row: term("case_kind", row.kind, language()), sort="kind", width=_wide("case_kind", 8)
        ),
        Column("goods", later("Goods"), Kind.GOODS, _goods, width=0, tip=_about),
        Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer, sort="buyer", width=96),
        Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=150),
        Column("amount", later("Amount"), Kind.MONEY, lambda row: row.amount, sort="amount", width=86),
        *state,
        when,
    )


def _about(row: CaseRow) -> str:
    """The reason has its place in the panel; here it shows when one points at the goods."""
    return "\n".join(part for part in (row.goods, row.reason) if part)


def _wide(kind: str, more: int) -> int:
    """Room for the longest word of a kind in the language shown, and `more` for a sign before it."""
    words = (pair[1 if language() == "zh" else 0] for pair in terms()[kind].values())
    return ceil(max(advance(one, BODY_SIZE) for one in words)) + 2 * PADDING + more


def _goods(row: CaseRow) -> Goods:
    return Goods(row.goods or formats.DASH, row.more)


class CaseSource:
    """Cases of the tab chosen on the page, the latest first."""

    def __init__(self) -> None:
        self.tab = "open"

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Desk], Any]:
        tab = self.tab

        def find(desk: Desk) -> Any:
            from services.queries.case_rows import CaseIds

            return desk.read(CaseIds(tab, search, sort.key, sort.descending if sort.key else True, limit))

        return find

    def rows(self, ids: Sequence[int]) -> Callable[[Desk], Any]:
        def read(desk: Desk) -> Any:
            from services.queries.case_rows import CaseRows

            return desk.read(CaseRows(tuple(ids)))

        return read
