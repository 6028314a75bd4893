"""The command line as a script calls it: real `main(argv)` on a real shop folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.cli import main
from services.desk import Desk
from tests.factories import make_order, make_sku


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout; anything beside it makes this fail."""
        assert self.out.count("\n") == 1
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Run = Callable[..., Answer]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shop"


@pytest.fixture
def add(folder: Path) -> Callable[..., None]:
    """Put one more order into the shop, while no command runs."""

    def one(**order: Any) -> None:
        with Desk.open(folder) as desk:
            make_order(desk, **order)

    return one


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("orders", "--json")` → what it answered; the shop is the test's own."""

    def call(*words: str) -> Answer:
        capsys.readouterr()
        code = main(["--shop", str(folder), *words])
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return call


@pytest.fixture
def shop(folder: Path, run: Run) -> Run:
    """`run` on a shop with an order to send, an unpaid one and one of another buyer; 5 cups came in, enough for all."""
    line = {"title": "手作粗陶马克杯", "code": "CUP-1", "price": 1500}
    with Desk.open(folder) as desk:
        make_sku(desk, "CUP-1", title="马克杯", bin="A-1")
        make_order(desk, number="1001", lines=[line | {"quantity": 2, "shortage": 2}])
        make_order(desk, number="1002", status="awaiting_payment", lines=[line])
        make_order(desk, number="1003", buyer_nick="别人", recipient="李四", lines=[line | {"shortage": 1}])
    assert run("receive", "CUP-1", "5", "--cost", "6.00").code == 0
    return run
