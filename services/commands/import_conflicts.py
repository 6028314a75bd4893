"""Conflicts of imports: kept where a file's word stands against a person's, renewed by a later word, decided by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.db.reading import id_list
from services.db.schema import ImportConflict

if TYPE_CHECKING:
    from services.commands.import_new import Filing
    from services.db.uow import UnitOfWork
    from services.imports.plan import ImportPlan

_OPEN = "SELECT order_id, field, part, id FROM import_conflict WHERE state = 'open' AND order_id IN ({ids})"


def keep_conflicts(uow: UnitOfWork, filing: Filing, plan: ImportPlan) -> None:
    """One open conflict per order, field and part: a later word renews it; where both agree again it is gone."""
    uow.change(ImportConflict, {row_id: {"state": "gone", "decided_at": uow.now} for row_id in plan.agreed})
    last = {(clash.order_id, clash.field, clash.part): clash for clash in plan.clashes if clash.order_id}
    if not last:
        return
    known = {(order_id, name, part): row_id for order_id, name, part, row_id in uow.each(_OPEN, id_list(key[0] for key in last))}
    fresh: list[dict[str, Any]] = []
    changes: dict[int, dict[str, Any]] = {}
    for key, clash in last.items():
        said = clash.said
        values = {
            "ours": clash.ours,
            "theirs": clash.value or clash.file,
            "batch_id": (said.batch_id if said else 0) or filing.batch_id,
            "row": said.row if said else clash.row,
            "file_time": said.time if said else filing.parsed.file_time,
        }
        if key in known:
            changes[known[key]] = values
        else:
            fresh.append({"order_id": key[0], "field": key[1], "part": key[2], **values, "found_at": uow.now})
    uow.change(ImportConflict, changes)
    uow.append(ImportConflict, fresh)
    uow.touch("orders", [key[0] for key in last])
