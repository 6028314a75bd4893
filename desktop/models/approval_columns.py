"""Changes that ask for approval, as columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop import formats
from desktop.i18n import language, later
from desktop.models.column import Column, Figure, Kind, Pill
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


def signed(fen: int) -> str:
    return ("+" if fen > 0 else "") + formats.money(fen)


def approval_columns(now: Callable[[], int], zone: Callable[[], str], done: bool) -> tuple[Column, ...]:
    """`now` and `zone` are asked at each painting."""
    last = (
        Column(
            "decided", later("Decided by"), Kind.SOFT, lambda row: term("actor", row.decided_by, language()), sort="decided_by", width=96
        )
        if done
        else Column("reason", later("Why"), Kind.SOFT, lambda row: row.reason, sort="reason", width=150)
    )
    return (
        Column("code", later("ID"), Kind.CODE, lambda row: row.code, sort="id", width=52),
        Column("state", later("State"), Kind.PILLS, state_pill, width=84),
        Column("number", later("Order"), Kind.CODE, lambda row: formats.tail(row.number), sort="number", width=64, tip=lambda row: row.number),
        Column("change", later("Change"), Kind.TEXT, change_words, width=0, tip=change_words),
        Column("more", later("Owed"), Kind.FIGURE, lambda row: Figure(signed(row.more), "bad" if row.more < 0 else "text"), sort="more", width=96),
        Column("asked", later("Asked by"), Kind.SOFT, lambda row: term("actor", row.asked_by, language()), sort="asked_by", width=84),
        Column("at", later("When"), Kind.CODE, lambda row: formats.day_time(row.asked_at, now(), zone()), sort="asked_at", width=108,
               tip=lambda row: formats.full_time(row.asked_at, zone())),
        last,
    )  # fmt: skip
