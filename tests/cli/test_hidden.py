"""What a role may not see is in no answer of the command line and in no file that it writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from services.commands.people import AddPerson, ChangeRole
from services.desk import Desk
from services.domain.permissions import PERMISSIONS
from tests.cli.conftest import Answer, Run
from tests.frozen import FrozenClock
from tests.queries.seeing import costs_in, fill, personal_in

PINS = {"店主": "258036", "甲": "147025", "乙": "369258"}
BLIND = {"甲": "see_personal", "乙": "see_costs"}
ASKED = (
    ("orders", "--json"),
    ("orders", "欧阳"),
    ("orders", "--json", "--sort", "recipient", "电话:13955567788"),
    ("stock", "--json"),
    ("stock",),
    ("audit", "--json"),
    ("audit",),
    ("audit", "--order", "9001"),
    ("report", "sales_by_day"),
    ("report", "top_goods", "--json"),
    ("sources", "9001", "--json"),
    ("sources", "9001", "--raw"),
    ("worklist", "addresses", "--json"),
    ("worklist", "goods", "--json"),
    ("conflicts", "--json"),
    ("held", "--json"),
    ("people", "--json"),
)


@pytest.fixture
def as_(run: Run, folder: Path, tmp_path: Path) -> Callable[..., Answer]:
    with Desk.open(folder, clock=FrozenClock()) as desk:
        fill(desk, tmp_path)
        desk.perform(AddPerson("店主", "owner", PINS["店主"]))
        for name, lacking in BLIND.items():
            desk.perform(ChangeRole(lacking, tuple(one for one in PERMISSIONS if one != lacking)))
            desk.perform(AddPerson(name, lacking, PINS[name]))
    for name, pin in PINS.items():
        (tmp_path / f"{name}.pin").write_text(pin)

    def call(name: str, *words: str) -> Answer:
        return run(*words, "--as", name, "--pin-file", str(tmp_path / f"{name}.pin"))

    return call


@pytest.mark.parametrize("name", BLIND)
def test_no_answer_tells_what_is_hidden(as_: Callable[..., Answer], name: str, tmp_path: Path) -> None:
    marks = personal_in if name == "甲" else costs_in
    for words in ASKED:
        answer = as_(name, *words)
        assert answer.code == 0, (words, answer.err)
        told = [word for word in (answer.out, answer.err) if word]
        assert {mark for mark in marks(told) if mark not in " ".join(words)} == set(), words
    for table in ("orders", "stock", "audit", "lines", "customers", "movements"):
        out = tmp_path / f"{table}.json"
        assert as_(name, "export", "--table", table, "--out", str(out)).code == 0
        assert marks([out.read_text("utf-8")]) == set(), table


def test_paper_with_addresses_is_refused_in_words_and_the_pick_list_is_not(as_: Callable[..., Answer], tmp_path: Path) -> None:
    for document in ("slips", "labels"):
        out = tmp_path / f"{document}.pdf"
        answer = as_("甲", document, "--out", str(out), "--lang", "zh")
        assert answer.code == 1
        assert "看完整电话、姓名、地址" in answer.err
        assert not out.exists()
        assert as_("乙", document, "--out", str(out)).code == 0
    assert as_("甲", "picklist", "--out", str(tmp_path / "pick.pdf")).code == 0


def test_the_owner_is_told_all_of_it(as_: Callable[..., Answer]) -> None:
    assert len(personal_in([as_("店主", *words).out for words in ASKED])) >= 6
    assert costs_in([as_("店主", "audit", "--json").out])
