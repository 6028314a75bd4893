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


_SIDES = ("ours", "theirs")
"""Both values of a conflict, whatever field it is about."""


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


TOLD_PLACES = (4, 5, 6, 7, 11, 12)
"""Where PERSONAL_FIELDS stand in what files told of an order (services.imports.said.TOLD_FIELDS)."""
_TOLD_AT = ", ".join(
    f"'$[{place}]', CASE WHEN coalesce(json_extract({{0}}, '$[{place}]'), '') = '' THEN json_extract({{0}}, '$[{place}]') ELSE '****' END"
    for place in TOLD_PLACES
)
_TOLD = f"CASE WHEN json_valid({{0}}) THEN json_replace({{0}}, {_TOLD_AT}) ELSE '' END"
# A status word is nobody's secret, and whoever mends rows must see which word it is.
_CELL = """CASE WHEN json_extract(cell.value, '$.code') = 'status_unknown' THEN json(cell.value)
ELSE json_replace(cell.value, '$.value', '****', '$.why', '', '$.facts', json('{{}}')) END"""
_CLASH = f"""CASE WHEN json_extract(cell.value, '$.field') IN ({", ".join(repr(one) for one in PERSONAL_FIELDS)})
THEN json_replace(cell.value, '$.ours', '****', '$.file', '****') ELSE json(cell.value) END"""


_LISTED = """'$.NAME', CASE json_type({0}, '$.NAME') WHEN 'array'
THEN json((SELECT json_group_array(ENTRY) FROM json_each({0}, '$.NAME') AS cell)) ELSE json_extract({0}, '$.NAME') END"""


def _report(lists: Mapping[str, str]) -> str:
    """The report of an import, each entry of these lists as the expression says; a list may be told by its length alone."""
    shown = ", ".join(_LISTED.replace("NAME", name).replace("ENTRY", entry) for name, entry in lists.items())
    return f"CASE WHEN json_valid({{0}}) THEN json_replace({{0}}, {shown}) ELSE '{{{{}}}}' END"


_REPORT = _report({"rejected": _CELL, "warnings": _CELL, "left_out": _CELL, "conflicting": _CLASH})
_OF_GOODS = "(SELECT batch.kind FROM main.import_batch AS batch WHERE batch.id = batch_id) = 'goods'"

_SIDE = (
    f"CASE WHEN field = 'address' AND {{0}} <> '' AND json_valid({{0}}) THEN json_replace({{0}}, '$.address', '****', '$.postcode', '')"
    f" WHEN field IN ({', '.join(repr(one) for one in PERSONAL_FIELDS)}) AND {{0}} <> '' THEN '****' ELSE {{0}} END"
)

MASKS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "personal": {
        "orders": {"recipient": _NAME, "phone": _PHONE, "phone_ext": _WORDS, "tel": _PHONE, "address": _WORDS, "postcode": _WORDS},
        "audit_entry": _trail((*PERSONAL_FIELDS, *_SIDES), "'orders', 'import_conflict', 'customer'"),
        "import_conflict": dict.fromkeys(_SIDES, _SIDE),
        "import_rows": {"block": "x''"},
        "import_batch": {"report": _REPORT},
        "order_source": {"told": _TOLD, "older": "''"},
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
        "import_rows": {"block": f"CASE WHEN {_OF_GOODS} THEN x'' ELSE {{0}} END"},
        "import_batch": {"report": f"CASE WHEN kind = 'goods' THEN {_REPORT} ELSE {{0}} END"},
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
