"""Who works here and what they may do. PINs and codes are read from files or typed unseen, never given as arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.options import session_of
from services.cli.output import table
from services.cli.session import Session, hidden, secret_in, split_list
from services.clock import iso
from services.errors import BadInput, Refused
from services.words import term

if TYPE_CHECKING:
    from services.commands.people import PinSet

DEEDS = ("add", "set", "pin", "recover", "role")
ANSWERS = {"on": True, "off": False}


def people(
    context: typer.Context,
    deed: Annotated[str, typer.Argument(metavar="DEED")] = "",
    name: Annotated[str, typer.Argument(metavar="NAME")] = "",
    role: Annotated[str, typer.Option("--role", metavar="ROLE")] = "",
    active: Annotated[str, typer.Option("--active", metavar="on|off")] = "",
    allow: Annotated[list[str] | None, typer.Option("--allow", metavar="A,B")] = None,
    new_pin_file: Annotated[str, typer.Option("--new-pin-file", metavar="FILE")] = "",
    code_file: Annotated[str, typer.Option("--code-file", metavar="FILE")] = "",
) -> int:
    """Without a deed everybody, and what the roles may do."""
    session = session_of(context)
    if not deed:
        return _list(session)
    if deed not in DEEDS:
        raise BadInput("usage_choice", option="DEED", value=deed, choices=", ".join(DEEDS))
    if not name.strip():
        raise BadInput("usage_missing", what="NAME", command=f"people {deed}")
    match deed:
        case "add":
            return _add(session, name, role, new_pin_file)
        case "set":
            return _set(session, name, role, active)
        case "pin":
            return _pin(session, name, new_pin_file)
        case "recover":
            return _recover(session, name, code_file, new_pin_file)
        case _:
            return _role(session, name, allow)


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (("people", people, False),)


def _add(session: Session, name: str, role: str, new_pin_file: str) -> int:
    if not role:
        raise BadInput("usage_missing", what="--role", command="people add")
    with session.desk() as desk:
        from services.commands.people import AddPerson

        done = desk.perform(AddPerson(name, role, _new_pin(session, new_pin_file))).value
    return _told(session, name, "person_added", done)


def _set(session: Session, name: str, role: str, active: str) -> int:
    if not (role or active):
        raise BadInput("usage_missing", what="--role", command="people set")
    if active and active not in ANSWERS:
        raise BadInput("usage_choice", option="--active", value=active, choices=", ".join(ANSWERS))
    with session.desk() as desk:
        from services.commands.people import ChangePerson

        done = desk.perform(ChangePerson(name, role or None, ANSWERS.get(active))).value
    return _told(session, name, "person_changed", done)


def _pin(session: Session, name: str, new_pin_file: str) -> int:
    with session.desk() as desk:
        from services.commands.people import SetPin

        done = desk.perform(SetPin(name, _new_pin(session, new_pin_file), session.pin or None)).value
    if done.wrong:
        raise Refused("pin_wait" if done.wait else "pin_wrong", wrong=done.wrong, seconds=-(-done.wait // 1000))
    return _told(session, name, "pin_was_set", done)


def _recover(session: Session, name: str, code_file: str, new_pin_file: str) -> int:
    code = secret_in(Path(code_file)) if code_file else hidden(session.out.word("ask_code"))
    if not code:
        raise BadInput("usage_missing", what="--code-file", command="people recover")
    with session.desk(at_the_door=True) as desk:
        from services.commands.people import RecoverPin

        done = desk.perform(RecoverPin(name, code, _new_pin(session, new_pin_file))).value
    if done is None:
        raise Refused("recovery_wrong")
    return _told(session, name, "pin_was_set", done)


def _role(session: Session, name: str, allow: Iterable[str] | None) -> int:
    if allow is None:
        raise BadInput("usage_missing", what="--allow", command="people role")
    allowed = split_list(tuple(allow))
    with session.desk() as desk:
        from services.commands.people import ChangeRole

        desk.perform(ChangeRole(name, allowed))
    colon = "：" if session.lang == "zh" else ": "
    session.out.show({"role": name, "permissions": list(allowed)}, [f"{_role_name(name, session)}{colon}{_permissions(allowed, session)}"])
    return 0


def _new_pin(session: Session, file: str) -> str:
    """Raises BadInput("usage_missing") where neither a file is given nor somebody there to type it."""
    if file:
        return secret_in(Path(file))
    first = hidden(session.out.word("ask_new_pin"))
    if first is None:
        raise BadInput("usage_missing", what="--new-pin-file", command="people")
    if hidden(session.out.word("ask_again")) != first:
        raise BadInput("pins_differ")
    return first


def _told(session: Session, name: str, code: str, done: PinSet) -> int:
    out = session.out
    lines = [out.word(code, name=name)]
    if done.recovery:
        lines += ["", f"  {done.recovery}", "", out.word("recovery_told", name=name)]
    out.show({"name": name, "recovery": done.recovery or None}, lines)
    return 0


def _list(session: Session) -> int:
    with session.desk() as desk:
        from services.queries.people import PersonRows, RoleRows

        found, roles = desk.read(PersonRows()), desk.read(RoleRows())
        now, zone = desk.clock.now(), desk.shop.zone
    out = session.out
    payload = {
        "people": [
            {
                "name": one.name,
                "role": one.role,
                "active": one.active,
                "pin": one.has_pin,
                "wrong_pins": one.wrong_pins,
                "wait_until": iso(one.wait_until, zone) if one.wait_until > now else None,
            }
            for one in found
        ],
        "roles": [{"role": one.name, "permissions": sorted(one.permissions), "people": one.people} for one in roles],
    }
    cells: list[tuple[Any, ...]] = [
        (one.name, _role_name(one.role, session), out.word("here" if one.active else "left"), one.wrong_pins or "") for one in found
    ]
    lines = [*table([out.word(code) for code in ("person", "role", "state", "wrong_pins")], cells)] if cells else [out.word("nobody_yet")]
    shown = [(_role_name(one.name, session), _permissions(one.permissions, session)) for one in roles]
    out.show(payload, [*lines, "", *table([out.word("role"), out.word("may")], shown, most=160)])
    return 0


def _role_name(role: str, session: Session) -> str:
    return term("role", role, session.lang)


def _permissions(allowed: Iterable[str], session: Session) -> str:
    from services.domain.permissions import PERMISSIONS

    held = set(allowed)
    if held == set(PERMISSIONS):
        return session.out.word("may_all")
    comma = "、" if session.lang == "zh" else ", "
    return comma.join(term("permission", one, session.lang) for one in PERMISSIONS if one in held) or session.out.word("may_nothing")
