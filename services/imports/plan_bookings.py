"""What an account file would do: bookings to keep. They are for comparing and never change an order's money."""

from __future__ import annotations

from collections import Counter

from services.db.dialect import chunks
from services.db.reading import Reading
from services.imports.merge import Clash
from services.imports.plan import ImportPlan
from services.money import write_amount

_KNOWN = "SELECT flow, amount FROM money_record WHERE account = ? AND flow IN ({marks})"
_ORDERS = "SELECT o.number, o.id FROM orders o JOIN channel c ON c.id = o.channel_id WHERE c.platform = ? AND o.number IN ({marks})"


def account_of(plan: ImportPlan) -> str:
    """The kind of file that a flow number is unique in."""
    return plan.parsed.format.split(".")[0]


def plan_bookings(reading: Reading, plan: ImportPlan) -> None:
    """Fill `plan.bookings` and the report. A flow that is here already is not taken again; one with another amount is told."""
    parsed, report = plan.parsed, plan.report
    known: dict[str, int] = {}
    for part in chunks([one.flow for one in parsed.bookings], 500):
        known.update(reading.sql(_KNOWN.replace("{marks}", ",".join("?" * len(part))), (account_of(plan), *part)))
    orders: dict[str, int] = {}
    for part in chunks(sorted({one.order for one in parsed.bookings if one.order}), 500):
        orders.update(reading.sql(_ORDERS.replace("{marks}", ",".join("?" * len(part))), (parsed.platform, *part)))
    sums: Counter[str] = Counter()
    for one in parsed.bookings:
        sums[one.kind] += one.amount
        if one.flow not in known:
            plan.bookings.append((one, orders.get(one.order or "")))
            continue
        report.bookings_unchanged += 1
        if known[one.flow] != one.amount:
            report.clashes.append(Clash(one.flow, "amount", write_amount(known[one.flow]), write_amount(one.amount)))
    report.bookings_new = len(plan.bookings)
    report.bookings = dict(sorted(sums.items()))
    report.complete = parsed.complete
