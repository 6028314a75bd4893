"""Which deeds can be taken back, and what to do instead of those that can't (domain.md, audited edits). Tables alone; every command is in one."""

from __future__ import annotations

from collections.abc import Mapping

UNDO = "undo_deed"

UNDOABLE = frozenset(
    {
        "accept_findings",
        "add_folder",
        "add_group",
        "change_group",
        "change_setting",
        "change_settings",
        "check_orders",
        "colour_tag",
        "decide_conflicts",
        "edit_manual_order",
        "edit_orders",
        "match_code",
        "match_each",
        "match_goods",
        "mend_addresses",
        "move_group",
        "remove_group",
        "remove_import_map",
        "remove_tag",
        "rename_import_map",
        "rename_tag",
        "reopen_conflicts",
        "reopen_findings",
        "save_import_map",
        "set_tier",
        "teach_status",
        UNDO,
    }
)
"""What the trail holds whole: old and new of every field, every row that came or went. An undo can be undone: that is redo."""

INSTEAD: Mapping[str, str] = {
    "add_person": "undo_people",
    "adjust_stock": "undo_stock",
    "change_person": "undo_people",
    "change_role": "undo_people",
    "close_order": "undo_closing",
    "create_order": "undo_new_order",
    "decide_approval": "undo_approval",
    "import_file": "undo_file",
    "make_sku": "undo_new_sku",
    "mark_printed": "undo_printing",
    "move_case": "undo_case",
    "propose_change": "undo_proposal",
    "receive_goods": "undo_stock",
    "record_payment": "undo_payment",
    "refund_order": "undo_case",
    "ship_orders": "undo_shipping",
    "undo_import": "undo_undone_file",
    "withdraw_approval": "undo_approval",
}
"""Left the house, or stands in a ledger: the words of these codes say why it stays, and what to do (services.words.undo)."""

NO_DEED = frozenset(
    {
        "fill_demo",
        "fill_demo_block",
        "found_shop",
        "mark_told",
        "rebuild_derived",
        "recover_pin",
        "seal_day",
        "set_pin",
        "sign_in",
        "sum_days",
    }
)
"""Nothing that anybody would want to take back: the deed before it is the last one."""


def refusal_of(action: str) -> str:
    """The code of why a deed can't be taken back; "" for one that can."""
    return "" if action in UNDOABLE else INSTEAD.get(action, "undo_unknown")
