"""A locked shop on the command line: PINs out of files, people and roles, the way back, and no PIN in what is told or kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from services.cli import session as session_module
from tests.cli.conftest import Run

PINS = {"owner": "258036", "小王": "147025"}


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[str], str]:
    """Put a secret into a file, and give its name."""

    def one(secret: str, name: str = "") -> str:
        path = tmp_path / f"{name or secret}.txt"
        path.write_text(secret + "\n", encoding="utf-8")
        return str(path)

    return one


@pytest.fixture
def locked(shop: Run, keep: Callable[[str], str]) -> Run:
    """A shop with an owner and a packer."""
    assert shop("people", "add", "owner", "--role", "owner", "--new-pin-file", keep(PINS["owner"])).code == 0
    signed = ("--pin-file", keep(PINS["owner"]))
    assert shop("people", "add", "小王", "--role", "packer", "--new-pin-file", keep(PINS["小王"]), *signed).code == 0
    return shop


def test_without_people_the_shop_is_open(shop: Run) -> None:
    assert shop("orders", "--as", "店小二", "--json").json["count"] == 3
    listed = shop("people", "--json").json
    assert listed["people"] == []
    assert {role["role"] for role in listed["roles"]} == {"owner", "manager", "clerk", "packer", "trainee"}
    assert "Nobody has a PIN" in shop("people", "--lang", "en").out


def test_the_first_is_an_owner_and_gets_a_code(shop: Run, keep: Callable[[str], str]) -> None:
    assert shop("people", "add", "小王", "--role", "clerk", "--new-pin-file", keep("1470"), "--json").json["error"]["code"] == "owner_first"
    made = shop("people", "add", "店主", "--role", "owner", "--new-pin-file", keep("2580"), "--json").json
    assert len(made["recovery"].replace("-", "")) == 25
    assert shop("orders", "--pin-file", keep("2580"), "--json").json["count"] == 3, "without --as it is the owner, whatever the name"


def test_with_the_first_pin_nobody_gets_in_without(locked: Run, keep: Callable[[str], str]) -> None:
    for words in (("orders",), ("stock",), ("audit",), ("rebuild",), ("people",), ("export", "--out", "x.csv")):
        answer = locked(*words, "--json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "signed_out"), words
        assert "--pin-file" in answer.err
    assert locked("verify").code == 0, "whether the shop is sound is no secret"
    assert locked("orders", "--pin-file", keep(PINS["owner"])).code == 0
    wrong = locked("orders", "--pin-file", keep("999999"), "--json")
    assert (wrong.code, wrong.json["error"]["code"]) == (1, "pin_wrong")
    assert locked("orders", "--as", "小李", "--pin-file", keep("999999"), "--json").json["error"]["code"] == "pin_wrong"


def test_a_pin_file_must_hold_one(locked: Run, tmp_path: Path, keep: Callable[..., str]) -> None:
    assert locked("orders", "--pin-file", str(tmp_path / "none"), "--json").json["error"]["code"] == "pin_file_unreadable"
    assert locked("orders", "--pin-file", keep("", "empty"), "--json").json["error"]["code"] == "pin_file_empty"


def test_at_a_terminal_the_pin_is_asked_for_unseen(locked: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def hidden(words: str) -> str:
        asked.append(words)
        return PINS["小王"]

    monkeypatch.setattr(session_module, "hidden", hidden)
    assert locked("orders", "--as", "小王", "--lang", "zh").code == 0
    assert asked == ["小王的 PIN"]


def test_a_packer_may_ship_but_not_export(locked: Run, keep: Callable[[str], str], tmp_path: Path) -> None:
    signed = ("--as", "小王", "--pin-file", keep(PINS["小王"]))
    refused = locked("export", "orders", "--out", str(tmp_path / "out.csv"), *signed, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "not_permitted")
    assert not (tmp_path / "out.csv").exists()
    assert locked("edit", "1001", "--set", "memo=x", *signed, "--lang", "en").err == (
        "zhanggui: 小王 may not do this (Notes, flags, tags, groups, manual orders); nothing was changed."
        " The owner can allow it under Settings → People.\n"
    )
    assert locked("ship", "1001", "--carrier", "SF", "--tracking", "SF1234567890123", *signed).code == 0
    (entry, *_rest) = locked("audit", "--json", "--order", "1001", "--pin-file", keep(PINS["owner"])).json["entries"][-1:]
    assert entry["actor"] == "小王"


def test_roles_are_changed_and_people_leave(locked: Run, keep: Callable[[str], str]) -> None:
    owner = ("--pin-file", keep(PINS["owner"]))
    packer = ("--as", "小王", "--pin-file", keep(PINS["小王"]))
    assert locked("people", "role", "packer", "--allow", "print,edit_orders", *owner).code == 0
    assert locked("edit", "1001", "--set", "memo=x", *packer).code == 0
    assert locked("people", "role", "packer", "--allow", "fly", *owner, "--json").json["error"]["code"] == "permission_unknown"
    assert locked("people", "set", "小王", "--role", "owner", *packer, "--json").json["error"]["code"] == "not_permitted"
    assert locked("people", "set", "小王", "--active", "off", *owner).code == 0
    assert locked("orders", *packer, "--json").json["error"]["code"] == "pin_wrong"
    told = {one["name"]: one["active"] for one in locked("people", "--json", *owner).json["people"]}
    assert told == {"owner": True, "小王": False}
    assert locked("people", "set", "owner", "--active", "off", *owner, "--json").json["error"]["code"] == "last_owner"


def test_a_new_pin_and_the_way_back_by_the_code(locked: Run, keep: Callable[[str], str]) -> None:
    owner = ("--pin-file", keep(PINS["owner"]))
    changed = locked("people", "pin", "owner", "--new-pin-file", keep("369258"), *owner, "--json").json
    assert locked("orders", *owner).code == 1
    bad = locked("people", "recover", "owner", "--code-file", keep("AAAAA"), "--new-pin-file", keep("802580"), "--json")
    assert (bad.code, bad.json["error"]["code"]) == (1, "recovery_wrong")
    again = locked("people", "recover", "owner", "--code-file", keep(changed["recovery"].lower()), "--new-pin-file", keep("802580"))
    assert again.code == 0
    assert "recovery code" in again.out
    assert locked("orders", "--pin-file", keep("802580")).code == 0
    used = locked("people", "recover", "owner", "--code-file", keep(changed["recovery"]), "--new-pin-file", keep("802580"), "--json")
    assert used.json["error"]["code"] == "recovery_wrong", "a code is good for one time"


def test_after_three_wrong_ones_one_has_to_wait(locked: Run, keep: Callable[[str], str]) -> None:
    codes = [locked("orders", "--pin-file", keep("999999"), "--json").json["error"] for _place in range(4)]
    assert [one["code"] for one in codes] == ["pin_wrong", "pin_wrong", "pin_wait", "pin_wait"]
    assert [one["facts"].get("seconds") for one in codes] == [None, None, 5, 10]
    assert locked("orders", "--pin-file", keep(PINS["owner"]), "--json").json["error"]["code"] == "pin_wait", "even the right one waits"


def test_no_pin_is_told_or_kept(locked: Run, keep: Callable[[str], str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = ("--pin-file", keep(PINS["owner"]))
    locked("orders", "--as", PINS["owner"], "--pin-file", keep("999999"))  # the PIN where the name belongs
    code = locked("people", "pin", "owner", "--new-pin-file", keep(PINS["owner"] + "1"), *owner, "--json").json["recovery"]
    owner = ("--pin-file", keep(PINS["owner"] + "1"))
    told = [
        locked("audit", "--json", *owner).out,
        locked("people", "--json", *owner).out,
        locked("export", "audit", "--out", "-", *owner).out,
    ]
    from services.queries.people import PersonRows

    def broken(self: PersonRows, reading: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(PersonRows, "run", broken)
    assert locked("people", *owner).code == 1
    told += [path.read_text("utf-8") for path in (folder / "logs").glob("*")]
    assert len(told) == 4
    for text in told:
        for secret in (*PINS.values(), code, code.replace("-", "")):
            assert secret not in text
        assert "argon2" not in text
    raw = (
        (folder / "shop.sqlite").read_bytes() + (folder / "shop.sqlite-wal").read_bytes()
        if (folder / "shop.sqlite-wal").exists()
        else (folder / "shop.sqlite").read_bytes()
    )
    assert PINS["owner"].encode() not in raw
    assert json.dumps(code).encode() not in raw
