"""A status is set in one place of services/ (quality.md)."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

from services.db.schema import Order
from services.db.uow import UnitOfWork
from services.desk import Desk
from tests.properties.placing import Place

SERVICES = Path(__file__).resolve().parents[2] / "services"


@dataclass(frozen=True)
class SetStatus:
    """What no command may do."""

    order_id: int

    def apply(self, uow: UnitOfWork) -> None:
        uow.change(Order, {self.order_id: {"status": "shipped"}})


def test_no_command_can_set_a_status_past_the_moves(desk: Desk) -> None:
    order_id = desk.perform(Place((("A", 1, 100),), paid=True, freight=0, ship_by=0)).value
    with pytest.raises(TypeError, match="only a move"):
        desk.perform(SetStatus(order_id))


def test_only_the_moves_claim_to_move() -> None:
    claims = [
        path.relative_to(SERVICES).as_posix()
        for path in SERVICES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "moving"
    ]
    assert set(claims) == {"commands/moves.py"}


def test_no_sql_text_sets_a_status() -> None:
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = " ".join(node.value.upper().split())
                assert not ("UPDATE ORDERS" in words and "STATUS" in words), path
