"""Orders that a file should name and does not: of its channel, its time and its states, but absent. Told, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.db.dialect import chunks
from services.db.reading import id_list

if TYPE_CHECKING:
    from collections.abc import Collection

    from services.db.reading import Reading
    from services.imports.plan import ImportPlan

MOST = 200
"""Numbers that are told; the count is whole."""

_IN_SPAN = """
SELECT id FROM main.orders AS orders INDEXED BY ix_orders_status_created_at
WHERE status = ? AND created_at BETWEEN ? AND ? AND channel_id = ? AND platform_seen_at <= ?
"""
_REFUSED = "SELECT id FROM main.orders AS orders WHERE channel_id = ? AND number IN ({marks})"
_NUMBERS = "SELECT number FROM main.orders AS orders WHERE id IN ({ids}) ORDER BY created_at, number"


def tell_vanished(reading: Reading, plan: ImportPlan, named: Collection[int]) -> None:
    """Count orders of the shop that were created within the file's time, stand in a state that the file has, were last told by a file
    no newer than this one, and are not among those `named` in it."""
    parsed, channel = plan.parsed, plan.channel.id
    times = [order.created_at for order in parsed.orders if order.created_at is not None]
    if channel is None or not times:
        return
    span = (min(times), max(times))
    states = sorted({order.status for order in parsed.orders if order.status})
    # A row that was held or rejected names its order all the same.
    refused = parsed.refused | {one.value for one in parsed.rejected if one.value}
    named = set(named)
    for part in chunks(sorted(refused), 500):
        statement = _REFUSED.replace("{marks}", ",".join("?" * len(part)))
        named.update(row[0] for row in reading.sql(statement, (channel, *part)))
    gone: list[int] = []
    for state in states:
        found = reading.sql(_IN_SPAN, (state, *span, channel, parsed.file_time))
        gone += [order_id for (order_id,) in found if order_id not in named]
    plan.report.vanished = len(gone)
    if gone:
        plan.report.vanished_numbers = [row[0] for row in reading.each(_NUMBERS, id_list(gone))][:MOST]
