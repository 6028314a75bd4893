"""Changes that ask for approval, as columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop import formats
from desktop.i18n import language, later
from desktop.models.column import Column, Figure, Goods, Kind, Pill
from services.words import term

if TYPE_CHECKING:
    from services.queries.approval_rows import ApprovalRow, DiffRow

TONES = {"waiting": "info", "approved": "ok", "rejected": "bad", "withdrawn": "muted", "stale": "warn"}


def state_pill(row: ApprovalRow) -> Pill:
    state = "stale" if row.stale else row.state
    return Pill(term("approval_state", state, language()), TONES[state])


def what_of(row: DiffRow) -> str:
    """`马克杯 单价`: what of the order a row of a diff is about."""
    return " ".join(part for part in (row.goods, term("approval_diff", row.code, language())) if part)


def sides_of(row: DiffRow) -> str:
    """`41.30 → 30.00`."""
    return f"{row.old} → {row.new}" if row.old and row.new else row.old or row.new


def change_words(row: ApprovalRow) -> str:
    """All of it in one line; what is owed has a column of its own."""
    diff = [one for one in row.effect.diff if one.code != "payable"] if row.effect is not None else []
    return ("；" if language() == "zh" else "; ").join(f"{what_of(one)} {sides_of(one)}" for one in diff)


def change_cell(row: ApprovalRow) -> Goods:
    return Goods(change_words(row), 0, (state_pill(row),) if row.stale else ())


def signed(fen: int) -> str:
    return ("+" if fen > 0 else "") + formats.money(fen)


def approval_columns(now: Callable[[], int], zone: Callable[[], str], done: bool) -> tuple[Column, ...]:
    """`now` and `zone` are asked at each painting."""
    code = Column("code", later("ID"), Kind.CODE, lambda row: row.code, sort="id", width=58)
    number = Column(
        "number", later("Order"), Kind.CODE, lambda row: formats.tail(row.number), sort="number", width=62, tip=lambda row: row.number
    )
    what = Column("change", later("What changes"), Kind.GOODS, change_cell, width=0, tip=change_words, copy=change_words)
    more = Column(
        "more", later("Owed"), Kind.FIGURE, lambda row: Figure(signed(row.more), "bad" if row.more < 0 else "text"), sort="more", width=86
    )
    asked = Column("asked", later("Asked by"), Kind.SOFT, lambda row: term("actor", row.asked_by, language()), sort="asked_by", width=72)
    if not done:
        at = Column("at", later("When"), Kind.CODE, lambda row: formats.day_time(row.asked_at, now(), zone()), sort="asked_at", width=98,
                    tip=lambda row: formats.full_time(row.asked_at, zone()))  # fmt: skip
        why = Column("reason", later("Why"), Kind.SOFT, lambda row: row.reason, sort="reason", width=150, tip=lambda row: row.reason)
        return (code, number, what, more, asked, at, why)
    state = Column("state", later("State"), Kind.PILLS, state_pill, width=84)
    by = Column(
        "decided", later("Decided by"), Kind.SOFT, lambda row: term("actor", row.decided_by, language()), sort="decided_by", width=88
    )
    at = Column("decided_at", later("When"), Kind.CODE, lambda row: formats.day_time(row.decided_at, now(), zone()), sort="decided_at", width=98,
                tip=lambda row: formats.full_time(row.decided_at, zone()))  # fmt: skip
    return (code, state, number, what, more, asked, by, at)
