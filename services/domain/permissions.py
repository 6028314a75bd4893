"""Who may do what: the permissions, what the roles have of them at first, and what each command and some queries ask for.

One table each, so that the whole can be read at a glance; a test walks every command. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

PERMISSIONS = (
    "edit_orders",
    "edit_address",
    "edit_money",
    "approve",
    "print",
    "ship",
    "after_sale",
    "stock",
    "import",
    "export",
    "see_personal",
    "see_costs",
    "see_audit",
    "settings",
    "people",
    "restore",
)
"""`edit_money` is to propose prices, quantities and discounts; what `approve` does not decide nobody does. Without `see_personal` phones,
names and street addresses are hidden, without `see_costs` costs and what follows from them."""

OWNER = "owner"
ROLES: Mapping[str, frozenset[str]] = {
    OWNER: frozenset(PERMISSIONS),
    "manager": frozenset(PERMISSIONS) - {"people", "restore"},
    "clerk": frozenset(
        {"edit_orders", "edit_address", "edit_money", "print", "ship", "after_sale", "stock", "import", "export", "see_personal"}
    ),
    "packer": frozenset({"print", "ship", "see_personal"}),
    "trainee": frozenset({"edit_orders"}),
}
"""The owner's is fixed: somebody must always be able to mend the others."""

OF_ALL = ""
"""Asked of nobody: what everybody who is signed in may do."""

NEEDS: Mapping[str, str] = {
    "accept_findings": "edit_orders",
    "add_folder": "edit_orders",
    "add_group": "edit_orders",
    "add_person": "people",
    "adjust_stock": "stock",
    "change_group": "edit_orders",
    "change_person": "people",
    "change_role": "people",
    "change_setting": "settings",
    "change_settings": "settings",
    "check_orders": "edit_orders",
    "close_order": "edit_orders",
    "colour_tag": "edit_orders",
    "create_order": "edit_orders",
    "decide_approval": OF_ALL,
    "decide_conflicts": "import",
    "edit_manual_order": "edit_orders",
    "edit_orders": "edit_orders",
    "fill_demo": "import",
    "fill_demo_block": "import",
    "found_shop": OF_ALL,
    "import_file": "import",
    "make_sku": "stock",
    "mark_printed": "print",
    "mark_told": OF_ALL,
    "match_code": "stock",
    "match_each": "stock",
    "match_goods": "stock",
    "mend_addresses": "edit_address",
    "move_case": "after_sale",
    "move_group": "edit_orders",
    "propose_change": "edit_money",
    "rebuild_derived": OF_ALL,
    "receive_goods": "stock",
    "record_payment": "edit_orders",
    "recover_pin": OF_ALL,
    "refund_order": "after_sale",
    "remove_group": "edit_orders",
    "remove_import_map": "import",
    "remove_tag": "edit_orders",
    "rename_import_map": "import",
    "rename_tag": "edit_orders",
    "reopen_conflicts": "import",
    "reopen_findings": "edit_orders",
    "save_import_map": "import",
    "seal_day": OF_ALL,
    "set_pin": OF_ALL,
    "set_tier": "edit_orders",
    "ship_orders": "ship",
    "sign_in": OF_ALL,
    "sum_days": OF_ALL,
    "teach_status": "import",
    "undo_deed": OF_ALL,
    "undo_import": "import",
    "withdraw_approval": "edit_money",
}
"""By the command's name in the trail. What a command asks for besides, by what it changes (an address, a foreign PIN), it asks itself."""

AT_THE_DOOR = frozenset({"found_shop", "recover_pin", "seal_day", "sign_in", "sum_days"})
"""Commands that need nobody signed in."""

UNMASKED: Mapping[str, tuple[str, ...]] = {
    "EvidenceOf": ("export", "see_audit", "see_costs", "see_personal"),
    "KeptFile": ("import", "see_personal"),
    "PlanImport": ("import", "see_personal"),
    "UndoOffer": (),
    "UndoPreview": ("import", "see_personal"),
    "Verify": (),
}
"""Queries that must see what is there to do their work, and the permissions for it: all of them, as their answers tell people's values.
All others see what the viewer may see. Those that are about a goods file, which tells costs, ask for `see_costs` themselves."""

ASKING: Mapping[str, str] = {
    "AuditChoices": "see_audit",
    "AuditIds": "see_audit",
    "AuditRows": "see_audit",
    "EntityTrail": "see_audit",
    "LabelOrders": "see_personal",
    "OrdersToPick": "print",
    "PersonRows": "people",
    "RoleRows": "people",
    "SlipOrders": "see_personal",
}
"""Queries that are not everybody's to ask. Slips and labels bear the whole address or nothing; a pick list bears none."""

OPEN_QUERIES = frozenset({"AtTheDoor", "EvidenceHere", "KnownViewer", "ProvenViewer", "SealRows", "ShopFacts", "Verify"})
"""Queries that need nobody signed in."""

HIDING = {"see_personal": "personal", "see_costs": "costs"}
"""Which permission uncovers what (services.db.masks)."""


def permissions_of(role: str, changed: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What a role may do: as the owner changed it, else as it came. An unknown role may do nothing."""
    return ROLES[OWNER] if role == OWNER else changed.get(role, ROLES.get(role, frozenset()))


def wait_after(wrong: int) -> int:
    """Milliseconds before a PIN is looked at again after so many wrong ones in a row: two for nothing, then doubling up to a quarter of an
    hour. It never becomes for ever: whoever forgot the PIN waits, or uses the recovery code."""
    return 0 if wrong < FREE_TRIES else min(LONGEST_WAIT, 5_000 << min(wrong - FREE_TRIES, 20))


FREE_TRIES = 3
LONGEST_WAIT = 15 * 60_000
