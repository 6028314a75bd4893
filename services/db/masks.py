"""What a viewer may not see is not there: tables of a reader's connection are covered by views that hide their columns.

A temporary view of the same name comes before the table wherever a statement says the plain name, so that no query, report, export
or document can forget to hide something, as no command can forget the trail. SQLite flattens such a view: indexes serve as before.
What searches by a hidden value names the table (`main.orders`) and gives ids alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping

_PHONE = "CASE WHEN {0} = '' OR instr({0}, '*') THEN {0} WHEN length({0}) > 6 THEN substr({0}, 1, 3) || '****' || substr({0}, -4) ELSE '****' END"
_NAME = "CASE WHEN {0} = '' OR instr({0}, '*') THEN {0} ELSE substr({0}, 1, 1) || '**' END"
_WORDS = "CASE WHEN {0} = '' OR instr({0}, '*') THEN {0} ELSE '****' END"
_NONE = "NULL"
_ZERO = "0"

PERSONAL_FIELDS = ("recipient", "phone", "phone_ext", "tel", "address", "postcode")
COST_FIELDS = ("cost", "unit_cost", "value")
_COST_MONEY = "('freight_cost', 'platform_fee')"


def _trail(fields: Collection[str], entities: str) -> Mapping[str, str]:
    """Old and new of an entry about a hidden field; a row's values as a whole lose them."""
    listed = ", ".join(f"'{name}'" for name in fields)
    gone = ", ".join(f"'$.{name}'" for name in fields)
    whole = f"field IS NULL AND entity IN ({entities})"
    shown = (
        f"CASE WHEN field IN ({listed}) AND {{0}} <> '' THEN '****'"
        f" WHEN {whole} AND json_valid({{0}}) THEN json_remove({{0}}, {gone}) ELSE {{0}} END"
    )
    # With its salt a value could be tried against its digest. No salt at all would say that the values were erased.
    salt = f"CASE WHEN {{0}} IS NOT NULL AND (field IN ({listed}) OR {whole}) THEN x'' ELSE {{0}} END"
    return {"old": shown, "new": shown, "salt": salt}


MASKS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "personal": {
        "orders": {"recipient": _NAME, "phone": _PHONE, "phone_ext": _WORDS, "tel": _PHONE, "address": _WORDS, "postcode": _WORDS},
        "audit_entry": _trail(PERSONAL_FIELDS, "'orders', 'import_conflict', 'customer'"),
        "import_conflict": {
            name: f"CASE WHEN field IN ({', '.join(repr(one) for one in PERSONAL_FIELDS)}) AND {{0}} <> '' THEN '****' ELSE {{0}} END"
            for name in ("ours", "theirs")
        },
        "import_rows": {"block": "x''"},
        "search_doc": {"words": "''"},
        "money_record": {"counterpart": _WORDS},
    },
    "costs": {
        "sku": {"cost": _NONE},
        "stock_level": {"value": _NONE},
        "stock_movement": {"value": _NONE},
        "order_line": {"unit_cost": _NONE},
        "money_entry": {"amount": f"CASE WHEN kind IN {_COST_MONEY} THEN NULL ELSE {{0}} END"},
        "audit_entry": _trail(COST_FIELDS, "'sku', 'order_line'"),
    },
}
"""{what is hidden: {table: {column: expression; {0} is the column}}}."""


def cover(connection: sqlite3.Connection, hidden: Collection[str]) -> None:
    """Make the views. For a connection that has them not yet; before it is told to write nothing."""
    tables: dict[str, dict[str, str]] = {}
    for what in sorted(hidden):
        for table, columns in MASKS[what].items():
            covered = tables.setdefault(table, {})
            for name, expression in columns.items():
                covered[name] = expression.format(covered.get(name, name))
    for table, columns in tables.items():
        names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
        shown = ", ".join(f"{columns[name]} AS {name}" if name in columns else name for name in names)
        connection.execute(f"CREATE TEMP VIEW {table} AS SELECT {shown} FROM main.{table}")  # noqa: S608 (constants)
