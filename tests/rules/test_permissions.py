"""Nobody does what their role does not allow: every command's example, asked by who may nothing and by who lacks the one permission."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from services.access import NOBODY, Viewer
from services.commands.approvals import DecideApproval
from services.commands.edits import ADDRESS_FIELDS, EditOrders
from services.commands.stock import ReceiveGoods
from services.db.uow import action_name
from services.domain.permissions import AT_THE_DOOR, NEEDS, OF_ALL, PERMISSIONS
from services.errors import Refused
from tests.rules.test_commands_audited import EXAMPLES, REASON, Prepared, contents, prepared, rows

__all__ = ["prepared"]

NOTHING = Viewer("小赵", "none", frozenset())
HARMLESS = frozenset({"found_shop", "mark_told", "rebuild_derived", "recover_pin", "seal_day", "set_pin", "sign_in", "sum_days"})
"""Asked of nobody: they prove somebody, look after what is worked out anyhow, or say that something was seen. What a PIN asks for, it asks
itself (tests/commands/test_people.py)."""


def refused(at: Prepared, command: Any, viewer: Viewer) -> Refused:
    """The refusal, after which the shop is as it was to the last row."""
    before = contents(at.desk)
    at.desk.viewer = viewer
    with pytest.raises(Refused) as caught:
        at.desk.perform(command, reason=REASON)
    assert contents(at.desk) == before
    return caught.value


@pytest.mark.parametrize(
    "kind", [kind for kind in EXAMPLES if action_name(object.__new__(kind)) not in HARMLESS], ids=lambda kind: kind.__name__
)
def test_who_may_nothing_changes_nothing(prepared: Prepared, kind: type) -> None:
    command = EXAMPLES[kind](prepared)
    assert refused(prepared, command, NOTHING).code in {"not_permitted", "signed_out", "undo_not_yours"}


@pytest.mark.parametrize(
    "kind", [kind for kind in EXAMPLES if NEEDS[action_name(object.__new__(kind))] != OF_ALL], ids=lambda kind: kind.__name__
)
def test_a_command_asks_for_its_own_permission(prepared: Prepared, kind: type) -> None:
    command = EXAMPLES[kind](prepared)
    needed = NEEDS[action_name(command)]
    if rows(prepared.desk, "person", "pin <> ''"):
        return  # only people count then, see tests/cli/test_people.py
    prepared.desk.viewer = Viewer("小赵", "some", frozenset(PERMISSIONS) - {needed})
    with pytest.raises(Refused) as caught:
        prepared.desk.perform(command, reason=REASON)
    assert (caught.value.code, caught.value.facts) == ("not_permitted", {"person": "小赵", "permission": needed})


def test_nobody_signed_in_changes_nothing(prepared: Prepared) -> None:
    for action in set(NEEDS) - AT_THE_DOOR:
        assert NEEDS[action] in {*PERMISSIONS, OF_ALL}
    assert refused(prepared, EditOrders((prepared.waiting,), {"flag": 1}), NOBODY).code == "signed_out"


@pytest.mark.parametrize("field", ADDRESS_FIELDS)
@pytest.mark.parametrize("lacking", ["edit_address", "see_personal"])
def test_an_address_is_changed_by_who_may_and_sees_it(prepared: Prepared, field: str, lacking: str) -> None:
    error = refused(
        prepared, EditOrders((prepared.waiting,), {field: "1" * 11}), Viewer("小赵", "some", frozenset(PERMISSIONS) - {lacking})
    )
    assert error.facts["permission"] == lacking


def test_who_may_not_see_costs_sets_none_but_receives_goods(prepared: Prepared) -> None:
    blind = Viewer("小赵", "some", frozenset(PERMISSIONS) - {"see_costs"})
    assert refused(prepared, ReceiveGoods("CUP-1", 2, 700), blind).facts["permission"] == "see_costs"
    prepared.desk.perform(ReceiveGoods("CUP-1", 2))
    (level,) = rows(prepared.desk, "stock_level", f"sku_id = {prepared.sku}")
    assert (level["on_hand"], level["value"]) == (7, 7 * 600), "at the average so far"


def test_an_approval_is_decided_by_who_may_approve(prepared: Prepared) -> None:
    decide = EXAMPLES[DecideApproval](prepared)
    error = refused(prepared, decide, Viewer("小赵", "some", frozenset(PERMISSIONS) - {"approve"}))
    assert error.facts["permission"] == "approve"


def test_a_command_that_no_table_names_is_the_owners(prepared: Prepared) -> None:
    @dataclasses.dataclass(frozen=True)
    class Unheard:
        def apply(self, _uow: object) -> None:
            raise AssertionError

    assert refused(prepared, Unheard(), Viewer("小赵", "some", frozenset(PERMISSIONS) - {"people"})).facts["permission"] == "people"
