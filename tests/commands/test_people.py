"""PINs: wrong ones are told, counted and on record, each makes the next wait longer, and there is always a way back (domain.md, approvals)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services import access
from services.commands.people import AddPerson, ChangePerson, ChangeRole, RecoverPin, SetPin, SignIn
from services.db.engine import FILE_NAME
from services.desk import Desk
from services.domain.permissions import LONGEST_WAIT, wait_after
from services.errors import BadInput, Refused
from tests.frozen import FrozenClock

RIGHT, WRONG = "258036", "999999"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same digests with the least work: hundreds of PINs are tried here."""
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    access._nobodys.cache_clear()
    monkeypatch.setattr(access, "_hasher", lambda: hasher)
    yield
    access._nobodys.cache_clear()


@pytest.fixture
def code(desk: Desk) -> str:
    """The owner's recovery code; a clerk is there too."""
    made = desk.perform(AddPerson("owner", "owner", RIGHT)).value
    desk.perform(AddPerson("小王", "clerk", "147025"))
    return made.recovery


def entries(desk: Desk, action: str) -> list[tuple[str | None, str | None, str | None, str]]:
    raw = sqlite3.connect(desk.shop.folder / FILE_NAME)
    try:
        return raw.execute("SELECT field, old, new, actor FROM audit_entry WHERE action = ? ORDER BY seq", (action,)).fetchall()
    finally:
        raw.close()


def refusal(desk: Desk, pin: str) -> Refused:
    with pytest.raises(Refused) as caught:
        desk.sign_in("owner", pin)
    return caught.value


def test_ten_wrong_pins(desk: Desk, frozen_clock: FrozenClock, code: str) -> None:
    desk.sign_out()
    waits = [refusal(desk, WRONG).facts.get("seconds", 0) for _try in range(10)]
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 320, 640], "each wait is longer"
    assert [row[:3] for row in entries(desk, "sign_in")] == [("wrong_pins", str(n), str(n + 1)) for n in range(10)], "and each is on record"
    assert {row[3] for row in entries(desk, "sign_in")} == {"owner"}
    assert refusal(desk, RIGHT).code == "pin_wait", "the right one waits too"
    frozen_clock.advance(ms=wait_after(11))
    assert desk.sign_in("owner", RIGHT).role == "owner"
    assert entries(desk, "sign_in")[-1][:3] == ("wrong_pins", "11", "0")
    assert wait_after(1_000) == LONGEST_WAIT == 15 * 60_000, "it never becomes for ever"


def test_the_code_opens_at_once_and_once(desk: Desk, code: str) -> None:
    desk.sign_out()
    for _try in range(10):
        refusal(desk, WRONG)
    assert desk.perform(RecoverPin("owner", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "369258")).value is None
    done = desk.perform(RecoverPin("owner", code.lower().replace("-", " "), "369258")).value
    assert done is not None
    assert done.recovery not in {"", code}
    assert desk.sign_in("owner", "369258").name == "owner", "without any wait"
    assert desk.perform(RecoverPin("owner", code, "147147")).value is None
    told = [row[0] for row in entries(desk, "recover_pin")]
    assert (told[0], told[-1]) == ("wrong_recovery", "wrong_recovery")
    assert {"recovered", "pin_set"} <= set(told)


def test_a_clerk_has_no_code(desk: Desk, code: str) -> None:
    for given_code in ("", code):
        assert desk.perform(RecoverPin("小王", given_code, "369258")).value is None


def test_ones_own_pin_is_changed_by_the_old_one_which_counts_too(desk: Desk, code: str) -> None:
    for n in range(1, 4):
        assert desk.perform(SetPin("owner", "369258", WRONG)).value.wrong == n
    assert desk.perform(SetPin("owner", "369258", RIGHT)).value.wait == 10_000, "who sits at an open desk does not try all of them"
    desk.clock.advance(ms=10_000)  # type: ignore[attr-defined]
    assert desk.perform(SetPin("owner", "369258", RIGHT)).value.recovery


def test_pins_of_others(desk: Desk, code: str) -> None:
    assert desk.perform(SetPin("小王", "369258")).value.recovery == ""
    desk.perform(AddPerson("二店主", "owner", "369258"))
    with pytest.raises(Refused, match="pin_of_owner"):
        desk.perform(SetPin("二店主", "147147"))
    desk.sign_in("小王", "369258")
    with pytest.raises(Refused, match="not_permitted"):
        desk.perform(SetPin("owner", "147147"))


@pytest.mark.parametrize(
    ("pin", "why"), [("123", "pin_form"), ("12a4", "pin_form"), ("1" * 13, "pin_form"), ("1111", "pin_too_easy"), ("4321", "pin_too_easy")]
)
def test_a_pin_has_a_form(desk: Desk, pin: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        desk.perform(AddPerson("owner", "owner", pin))
    assert desk.viewer.signed_in, "nothing was locked"


def test_the_first_owner_stays_signed_in_under_the_name_that_was_chosen(desk: Desk) -> None:
    desk.perform(AddPerson("阿青", "owner", RIGHT))
    assert (desk.viewer.name, desk.viewer.role) == ("阿青", "owner")


def test_somebody_always_can_mend_the_others(desk: Desk, code: str) -> None:
    for change in (ChangePerson("owner", role="clerk"), ChangePerson("owner", active=False)):
        with pytest.raises(Refused, match="last_owner"):
            desk.perform(change)
    with pytest.raises(Refused, match="owner_fixed"):
        desk.perform(ChangeRole("owner", ()))


def test_who_looks_after_people_makes_no_owner_and_gives_no_more_than_they_have(desk: Desk, code: str) -> None:
    desk.perform(ChangeRole("manager", ("people", "print")))
    desk.perform(AddPerson("店长", "manager", "369258"))
    desk.sign_in("店长", "369258")
    for command in (
        AddPerson("新人", "owner", "802580"),
        ChangePerson("店长", role="owner"),
        ChangePerson("owner", active=False),
        ChangeRole("packer", ("print", "restore")),
    ):
        with pytest.raises(Refused, match="owners_alone"):
            desk.perform(command)
    desk.perform(ChangeRole("packer", ("print",)))


def test_who_becomes_an_owner_gets_a_way_back_and_loses_it_with_the_role(desk: Desk, code: str) -> None:
    made = desk.perform(ChangePerson("小王", role="owner")).value
    assert made.recovery
    desk.perform(ChangePerson("小王", role="clerk"))
    assert desk.perform(RecoverPin("小王", made.recovery, "369258")).value is None


def test_who_left_does_nothing_more_at_once(desk: Desk, code: str) -> None:
    other = Desk.open(desk.shop.folder, clock=desk.clock)
    other.sign_in("小王", "147025")
    desk.perform(ChangePerson("小王", active=False))
    with pytest.raises(Refused, match="signed_out"):
        other.perform(ChangeRole("packer", ()))
    other.close()


def test_no_pin_is_anywhere_but_in_who_knows_it(desk: Desk, code: str) -> None:
    refusal(desk, "778899")
    desk.perform(SetPin("owner", "802580", RIGHT))
    told = json.dumps(entries(desk, "sign_in") + entries(desk, "set_pin") + entries(desk, "add_person"))
    raw = b"".join(path.read_bytes() for path in sorted(Path(desk.shop.folder).glob("shop.sqlite*")))
    shown = repr(
        [SignIn("owner", RIGHT), SetPin("owner", RIGHT, "802580"), AddPerson("a", "owner", RIGHT), RecoverPin("owner", code, RIGHT)]
    )
    shown += repr(desk.perform(SetPin("owner", "147147", "802580")).value)
    for secret in (RIGHT, "802580", "778899", code, code.replace("-", "")):
        assert secret not in told
        assert secret.encode() not in raw
        assert secret not in shown


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["right", "wrong", "wait 4 s", "wait a minute", "wait an hour"]), max_size=25))
def test_any_sequence_of_pins_and_waits(tmp_path_factory: pytest.TempPathFactory, moves: list[str]) -> None:
    """A model beside it: so many wrong in a row, and when the last one was."""
    clock = FrozenClock()
    with Desk.open(tmp_path_factory.mktemp("pins"), clock=clock) as desk:
        desk.perform(AddPerson("owner", "owner", RIGHT))
        wrong, last, tries = 0, 0, 0
        for move in moves:
            desk.sign_out()
            if move.startswith("wait"):
                clock.advance(ms={"wait 4 s": 4_000, "wait a minute": 60_000, "wait an hour": 3_600_000}[move])
                continue
            waits = wrong and clock.now() < last + wait_after(wrong)
            if move == "right" and not waits:
                assert desk.sign_in("owner", RIGHT).signed_in
                wrong = 0
                continue
            error = refusal(desk, RIGHT if move == "right" else WRONG)
            wrong, last, tries = wrong + 1, clock.now(), tries + 1
            assert not desk.viewer.signed_in
            assert int(str(error.facts.get("seconds", 0))) * 1000 == wait_after(wrong)
        assert sum(new != "0" for _field, _old, new, _actor in entries(desk, "sign_in")) == tries
        clock.advance(ms=LONGEST_WAIT)
        assert desk.sign_in("owner", RIGHT).signed_in, "there is always a way back"
