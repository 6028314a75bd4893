"""Every table that can be exported by its name: on the command line and, with the rows of the moment, in the window."""

from __future__ import annotations

from services.errors import BadInput
from services.exports.lists import (
    ADDRESSES,
    AMOUNTS,
    CUSTOMERS,
    DUPLICATES,
    GOODS,
    HELD,
    IMPORTS,
    MOVEMENTS,
    REJECTED,
    TAGS,
    conflict_table,
)
from services.exports.tables import CASES, LINES, ORDERS, STOCK, ExportTable, trail_table

_PLAIN = (ORDERS, LINES, STOCK, MOVEMENTS, CASES, CUSTOMERS, GOODS, ADDRESSES, AMOUNTS, DUPLICATES, IMPORTS, REJECTED, HELD, TAGS)


def tables(zone: str) -> dict[str, ExportTable]:
    """{name: table}; `zone` is the shop's, for those whose texts tell times."""
    return {table.key: table for table in (*_PLAIN, conflict_table(zone), trail_table(zone))}


def table_of(name: str, zone: str) -> ExportTable:
    """Raises BadInput("export_table_unknown") with the nearest name."""
    known = tables(zone)
    if name not in known:
        from services.search.fields import nearest

        raise BadInput("export_table_unknown", word=name, suggestion=nearest(name, tuple(known)), known=", ".join(known))
    return known[name]
