"""People of the shop: who they are, what their roles may do, and how they prove it. No PIN is ever on record, only that one was set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.access import Viewer, check_pin, digest, matches, new_recovery_code, plain_recovery, viewer_of
from services.db.schema import Person, Role
from services.db.uow import UnitOfWork
from services.domain.permissions import OWNER, PERMISSIONS, ROLES, wait_after
from services.errors import BadInput, NotFound, Refused

MOST_LETTERS = 20
RESERVED = frozenset({"system"})
_PERSON = "SELECT id, name, role, active, pin, recovery, wrong_pins, wrong_at FROM person WHERE name = ?"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What came of a PIN: who it is, or how long it is until the next one is looked at, ms. `wrong` counts those in a row."""

    viewer: Viewer | None
    wait: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class SignIn:
    """Look at somebody's PIN. A wrong one is no error but an answer, so that it stays on record and counts.

    A PIN that comes before the wait is over is not looked at, and counts: else a program would try the whole time.
    """

    name: str
    pin: str = field(repr=False)

    def apply(self, uow: UnitOfWork) -> SignedIn:
        return prove(uow, self.name, self.pin)


def prove(uow: UnitOfWork, name: str, pin: str) -> SignedIn:
    """Whether this is that person, on record either way where it was not."""
    rows = uow.sql(_PERSON, (name,))
    if not rows or not rows[0][3]:
        matches("", pin)  # takes as long as for somebody who is there
        uow.note("person", None, None, "unknown_person", None, _told_name(name))
        return SignedIn(None)
    person_id, _name, _role, _active, kept, _recovery, wrong, wrong_at = rows[0]
    waiting = wrong_at is not None and uow.now < wrong_at + wait_after(wrong) and uow.now >= wrong_at
    if not waiting and matches(kept, pin):
        uow.change(Person, {person_id: {"wrong_pins": 0, "wrong_at": None}})
        return SignedIn(viewer_of(uow, name))
    uow.change(Person, {person_id: {"wrong_pins": wrong + 1, "wrong_at": uow.now}})
    return SignedIn(None, wait_after(wrong + 1), wrong + 1)


def _told_name(name: str) -> str:
    """A name that nobody has, for the record; a PIN typed into the wrong field is none of its business."""
    return "".join("*" if letter.isdigit() else letter for letter in name[:MOST_LETTERS])


@dataclass(frozen=True, slots=True)
class PinSet:
    """`recovery` is the code that replaces a forgotten PIN of an owner: shown once, kept nowhere but as a digest. '' for others.

    Where the old PIN was wrong nothing was set: `wrong` counts those in a row, `wait` is how long until the next is looked at, ms.
    """

    person_id: int
    recovery: str = field(default="", repr=False)
    wrong: int = 0
    wait: int = 0


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Somebody new with a role and a PIN. The first one must be the owner: with the first PIN the shop is locked.

    Raises BadInput("person_name_wrong"), ("person_there"), ("role_unknown"), ("pin_form"), ("pin_too_easy"), Refused("owner_first"),
    ("owners_alone").
    """

    name: str
    role: str
    pin: str = field(repr=False)

    def apply(self, uow: UnitOfWork) -> PinSet:
        name = " ".join(self.name.split())
        if not name or len(name) > MOST_LETTERS or name in RESERVED or ":" in name or not name.isprintable():
            raise BadInput("person_name_wrong", name=name, most=MOST_LETTERS)
        if uow.sql(_PERSON, (name,)):
            raise BadInput("person_there", name=name)
        _check_role(uow, self.role)
        if self.role != OWNER and not _owners(uow):
            raise Refused("owner_first")
        if self.role == OWNER:
            _must_be_owner(uow)
        row = {"name": name, "role": self.role, "active": True, "pin": "", "recovery": "", "wrong_pins": 0, "wrong_at": None}
        (person_id,) = uow.append(Person, [row])
        return _set_pin(uow, person_id, self.role, self.pin)


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Another role, or away and back. Gives a recovery code to whoever becomes an owner; one who ceases to be loses it.

    Raises Refused("last_owner") where nobody would be left who may mend it, ("owners_alone"), NotFound.
    """

    name: str
    role: str | None = None
    active: bool | None = None

    def apply(self, uow: UnitOfWork) -> PinSet:
        person_id, _name, role, active, *_rest = _person(uow, self.name)
        if OWNER in {role, self.role}:
            _must_be_owner(uow)
        values: dict[str, object] = {}
        if self.role is not None:
            _check_role(uow, self.role)
            values["role"] = self.role
        if self.active is not None:
            values["active"] = self.active
        loses = role == OWNER and active and (values.get("role", OWNER) != OWNER or values.get("active", True) is False)
        if loses and len(_owners(uow)) < 2:
            raise Refused("last_owner", name=self.name)
        code = ""
        if values.get("role", role) != role and OWNER in {role, values["role"]}:
            code = new_recovery_code() if self.role == OWNER else ""
            values["recovery"] = digest(plain_recovery(code)) if code else ""
        uow.change(Person, {person_id: values})
        return PinSet(person_id, code)


@dataclass(frozen=True, slots=True)
class SetPin:
    """A new PIN: one's own against the old one, or that of others by whom `people` allows. Gives the new recovery code of an owner.

    A wrong old PIN is an answer, as at the door: it is on record and counts. Raises Refused("not_permitted"), ("pin_of_owner"),
    BadInput for the form of the new PIN.
    """

    name: str
    pin: str = field(repr=False)
    old: str | None = field(default=None, repr=False)

    def apply(self, uow: UnitOfWork) -> PinSet:
        person_id, _name, role, _active, kept, *_rest = _person(uow, self.name)
        if uow.viewer.name == self.name and kept:
            check_pin(self.pin)
            proof = prove(uow, self.name, self.old or "")
            if proof.viewer is None:
                return PinSet(person_id, wrong=proof.wrong, wait=proof.wait)
        else:
            uow.viewer.must("people")
            if role == OWNER and kept:
                raise Refused("pin_of_owner", name=self.name)
        return _set_pin(uow, person_id, role, self.pin)


@dataclass(frozen=True, slots=True)
class RecoverPin:
    """The owner's way back: the printed code in place of the PIN, for a new PIN and a new code. Needs no wait: nobody guesses 125 bits.

    A wrong code gives None, and is on record.
    """

    name: str
    code: str = field(repr=False)
    pin: str = field(repr=False)

    def apply(self, uow: UnitOfWork) -> PinSet | None:
        check_pin(self.pin)
        person_id, _name, role, active, _pin, kept, *_rest = _person(uow, self.name)
        if not active or not matches(kept, plain_recovery(self.code)):
            uow.note("person", person_id, None, "wrong_recovery", None, None)
            return None
        uow.note("person", person_id, None, "recovered", None, None)
        return _set_pin(uow, person_id, role, self.pin)


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """What a role may do from now on; a new name makes a new role. Raises Refused("owner_fixed"), ("owners_alone") for what one may not
    do oneself, BadInput("permission_unknown")."""

    name: str
    permissions: Iterable[str]

    def apply(self, uow: UnitOfWork) -> int:
        name = " ".join(self.name.split())
        if name == OWNER:
            raise Refused("owner_fixed")
        if not name or len(name) > MOST_LETTERS or "," in name:
            raise BadInput("person_name_wrong", name=name, most=MOST_LETTERS)
        wanted = set(self.permissions)
        for one in sorted(wanted):
            if one not in PERMISSIONS:
                raise BadInput("permission_unknown", permission=one, choices=", ".join(PERMISSIONS))
        if not wanted <= uow.viewer.permissions:
            raise Refused("owners_alone")
        told = ",".join(one for one in PERMISSIONS if one in wanted)
        rows = uow.sql("SELECT id FROM role WHERE name = ?", (name,))
        if rows:
            uow.change(Role, {rows[0][0]: {"permissions": told}})
            return int(rows[0][0])
        return uow.append(Role, [{"name": name, "permissions": told}])[0]


def _set_pin(uow: UnitOfWork, person_id: int, role: str, pin: str) -> PinSet:
    code = new_recovery_code() if role == OWNER else ""
    values = {"pin": digest(check_pin(pin)), "wrong_pins": 0, "wrong_at": None, "recovery": digest(plain_recovery(code)) if code else ""}
    uow.change(Person, {person_id: values})
    uow.note("person", person_id, None, "pin_set", None, None)
    return PinSet(person_id, code)


def _person(uow: UnitOfWork, name: str) -> tuple[int, str, str, bool, str, str, int, int | None]:
    rows = uow.sql(_PERSON, (name,))
    if not rows:
        raise NotFound("person_not_found", name=name)
    return rows[0]


def _must_be_owner(uow: UnitOfWork) -> None:
    """Whoever may look after people makes no owners, else the permission would be all of them."""
    if uow.viewer.role != OWNER:
        raise Refused("owners_alone")


def _owners(uow: UnitOfWork) -> list[str]:
    return [row[0] for row in uow.sql("SELECT name FROM person WHERE role = ? AND active = 1 AND pin <> ''", (OWNER,))]


def _check_role(uow: UnitOfWork, role: str) -> None:
    known = {*ROLES, *(row[0] for row in uow.sql("SELECT name FROM role"))}
    if role not in known:
        raise BadInput("role_unknown", role=role, choices=", ".join(sorted(known)))
