"""The trail as a table: its columns, and where its entries come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language, later
from desktop.models.column import Column, Figure, Kind
from desktop.models.paged_table import Sort
from services.words import term

if TYPE_CHECKING:
    from services.desk import Desk
    from services.queries.audit_trail import AuditFilter, AuditRow

SHORT_HASH = 8
DAYS = {"today": 1, "week": 7, "month": 30}
"""Tabs that end today: how many local days each looks back, today included."""
_NUMBER = re.compile(r"(?:\w+:)?\d{8,}")


def actor_words(row: AuditRow) -> str:
    return term("actor", row.actor, language())


def what_words(row: AuditRow) -> str:
    from services.words.trail import sentence

    return sentence(row, language())


def change_words(row: AuditRow, zone: str) -> str:
    from services.words.trail import details

    return details(row, language(), zone)


def audit_columns(now: Callable[[], int], zone: Callable[[], str]) -> tuple[Column, ...]:
    """`now` and `zone` are asked at each painting."""
    return (
        Column("at", later("Time"), Kind.CODE, lambda row: formats.day_time(row.at, now(), zone()), sort="seq", width=112,
               tip=lambda row: formats.full_time(row.at, zone())),
        Column("actor", later("Who"), Kind.SOFT, actor_words, width=64),
        Column("what", later("What was done"), Kind.TEXT, what_words, width=180),
        Column("order", later("Order"), Kind.CODE, lambda row: formats.tail(row.number) if row.number else "", width=64,
               tip=lambda row: row.number or ""),
        Column("change", later("Change"), Kind.SOFT, lambda row: change_words(row, zone()), width=0),
        Column("reason", later("Reason"), Kind.SOFT, lambda row: row.reason or "", width=120),
        Column("seq", later("No."), Kind.FIGURE, lambda row: Figure(formats.count(row.seq), "muted"), width=72, tip=lambda row: row.hash),
    )  # fmt: skip


class AuditSource:
    """What is asked for besides the words: kept here by the page, so that a late answer can't mix two questions."""

    def __init__(self) -> None:
        self.order = ""
        """A number, or `channel:number`."""
        self.action = ""
        self.actor = ""
        self.field = ""
        self.first: int | None = None

    def filter_of(self, search: str) -> AuditFilter:
        """Words that look like an order's number are one, where no other order was asked for."""
        from services.queries.audit_trail import AuditFilter

        number = self.order or (search if _NUMBER.fullmatch(search) else "")
        return AuditFilter(
            number=number, text="" if number == search else search, action=self.action, actor=self.actor, field=self.field, first=self.first
        )

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Desk], Any]:
        wanted = self.filter_of(search)
        newest_first = sort.descending or not sort.key
        typed = bool(wanted.number) and not self.order

        def ask(desk: Desk) -> Any:
            from dataclasses import replace

            from services.errors import NotFound
            from services.queries.audit_trail import AuditIds

            try:
                return desk.read(AuditIds(wanted, newest_first, limit))
            except NotFound:
                if not typed:
                    raise
                return desk.read(AuditIds(replace(wanted, number="", text=search), newest_first, limit))

        return ask

    def rows(self, ids: Sequence[int]) -> Any:
        from services.queries.audit_trail import AuditRows

        return AuditRows(tuple(ids))
