"""Checked: somebody saw that an order is fit to leave (domain.md, orders). The unit of work takes the check away when what was seen changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.db.reading import id_list
from services.db.schema import Order
from services.db.uow import UnitOfWork
from services.domain.blockers import OrderFacts, blockers_of
from services.errors import NotFound

STEP = 2_000
"""Orders looked at between two looks at progress and cancel; all of them are one transaction."""

_FACTS = """
SELECT id, status, masked, recipient, phone || tel, province, address, lines_unknown, shortage, unmatched, open_cases, 0, approvals, checked_at
FROM orders WHERE id IN ({ids})
"""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Ids of the orders that changed, and of the refused ones with the codes of what blocks them."""

    changed: tuple[int, ...]
    refused: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CheckOrders:
    """Mark orders as checked, or take the mark away. Only what no blocker keeps can be checked; the others are told, not touched.

    Raises NotFound("order_not_found").
    """

    order_ids: Sequence[int]
    checked: bool = True

    def apply(self, uow: UnitOfWork) -> CheckResult:
        ids = id_list(self.order_ids)
        changed: list[int] = []
        refused: dict[int, tuple[str, ...]] = {}
        for start in range(0, len(ids), STEP):
            part = ids[start : start + STEP]
            changed += self._check(uow, part, refused)
            uow.flush_trail()
            uow.progress.step(start + len(part), len(ids), "changed")
        return CheckResult(tuple(changed), refused)

    def _check(self, uow: UnitOfWork, ids: list[int], refused: dict[int, tuple[str, ...]]) -> list[int]:
        rows = list(uow.each(_FACTS, ids))
        if len(rows) != len(ids):
            raise NotFound("order_not_found", number="?")
        values: dict[int, dict[str, Any]] = {}
        for order_id, status, masked, *facts, checked_at in rows:
            if (checked_at is not None) == self.checked:
                continue
            blockers = blockers_of(OrderFacts(status, bool(masked), *facts)) if self.checked else ()
            if blockers:
                refused[order_id] = blockers
            elif self.checked:
                values[order_id] = {"checked_at": uow.now, "checked_by": uow.actor}
            else:
                values[order_id] = {"checked_at": None, "checked_by": ""}
        uow.change(Order, values)
        return list(values)


def blocked(uow: UnitOfWork, order_ids: Sequence[int]) -> tuple[int, str] | None:
    """The first of these orders that something keeps from being checked, and its first blocker."""
    for order_id, status, masked, *facts, _checked_at in list(uow.each(_FACTS, id_list(order_ids))):
        if found := blockers_of(OrderFacts(status, bool(masked), *facts)):
            return order_id, found[0]
    return None
