"""Who acts, and what they may do and see: the roles of this shop, PINs and their growing delay (domain.md, approvals).

A shop in which nobody has a PIN is open: whoever sits there is the owner. With the first PIN it is locked until somebody signs in.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from services.domain.permissions import ASKING, AT_THE_DOOR, HIDING, NEEDS, OF_ALL, OPEN_QUERIES, OWNER, ROLES, UNMASKED, permissions_of
from services.errors import BadInput, Refused

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from services.db.reading import Reading

PIN_LENGTH = (4, 12)
RECOVERY_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Nothing that is read as something else."""
RECOVERY_GROUPS, RECOVERY_GROUP = 5, 5

_PINS = "SELECT 1 FROM person WHERE pin <> '' AND active = 1 LIMIT 1"
_PERSON = "SELECT role, active, pin <> '' FROM person WHERE name = ?"
_ROLES = "SELECT name, permissions FROM role"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who sits there. Nobody (name '') may do and see nothing."""

    name: str
    role: str = ""
    permissions: frozenset[str] = frozenset()

    @property
    def signed_in(self) -> bool:
        return bool(self.name)

    @property
    def hidden(self) -> frozenset[str]:
        """What is covered before this viewer (services.db.masks)."""
        return frozenset(what for permission, what in HIDING.items() if permission not in self.permissions)

    def may(self, permission: str) -> bool:
        return self.signed_in and (not permission or permission in self.permissions)

    def must(self, permission: str) -> None:
        """Raise Refused("signed_out") or Refused("not_permitted")."""
        if not self.signed_in:
            raise Refused("signed_out")
        if not self.may(permission):
            raise Refused("not_permitted", person=self.name, permission=permission)


EVERYTHING = ROLES[OWNER]
NOBODY = Viewer("")
FIRST_OWNER = Viewer(OWNER, OWNER, ROLES[OWNER])
"""Who sits before a shop in which nobody has a PIN."""
OWNERS_ALONE = "people"
"""The permission for a command that no table names."""


def viewer_at_door(reading: Reading, name: str) -> Viewer:
    """Who `name` is without a word of proof: nobody where PINs are set, else that person, or the owner under that name."""
    if reading.sql(_PINS):
        return NOBODY
    return viewer_of(reading, name) or Viewer(name, OWNER, ROLES[OWNER])


def viewer_of(reading: Reading, name: str) -> Viewer | None:
    """The person of that name with today's permissions; None for nobody or somebody who left."""
    rows = reading.sql(_PERSON, (name,))
    if not rows:
        return None
    role, active, _pin = rows[0]
    return Viewer(name, role, permissions_of(role, roles_of(reading))) if active else NOBODY


def roles_of(reading: Reading) -> dict[str, frozenset[str]]:
    """The roles that the owner changed or made."""
    return {name: frozenset(filter(None, told.split(","))) for name, told in reading.sql(_ROLES)}


def permit_command(reading: Reading, viewer: Viewer, action: str) -> Viewer:
    """The viewer as the shop knows them at this moment. Raises Refused if the command is not theirs to give."""
    if viewer.signed_in:
        now = viewer_of(reading, viewer.name)
        # Somebody without a row is the owner of an open shop; once PINs are set, only the people count.
        viewer = now if now is not None else NOBODY if reading.sql(_PINS) else viewer
    if action not in AT_THE_DOOR:
        viewer.must(NEEDS.get(action, OWNERS_ALONE))
    return viewer


def permit_query(viewer: Viewer, name: str) -> frozenset[str]:
    """What is to be hidden from the answer. Raises Refused if nobody is signed in or the question is not theirs to ask."""
    if name not in OPEN_QUERIES:
        for permission in UNMASKED.get(name, (ASKING.get(name, ""),)) or (OF_ALL,):
            viewer.must(permission)
    return frozenset() if name in UNMASKED or name in OPEN_QUERIES else viewer.hidden


# ---- secrets


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


def digest(secret: str) -> str:
    """What is kept of a PIN or a recovery code."""
    return _hasher().hash(secret)


def matches(kept: str, secret: str) -> bool:
    """Whether this is the secret that `kept` was made of. An empty `kept` matches nothing, and takes as long to say so."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept or _nobodys(), secret)
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return digest(secrets.token_hex(8))


def check_pin(pin: str) -> str:
    """Raises BadInput for a PIN that can't be typed on every keyboard, or that everybody would try first."""
    least, most = PIN_LENGTH
    if not (least <= len(pin) <= most and pin.isascii() and pin.isdigit()):
        raise BadInput("pin_form", least=least, most=most)
    steps = {ord(after) - ord(before) for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        raise BadInput("pin_too_easy")
    return pin


def new_recovery_code() -> str:
    """`K7XQ2-…`: 125 bits, to be printed and kept where the shop's papers are."""
    letters = [secrets.choice(RECOVERY_LETTERS) for _place in range(RECOVERY_GROUPS * RECOVERY_GROUP)]
    return "-".join("".join(letters[at : at + RECOVERY_GROUP]) for at in range(0, len(letters), RECOVERY_GROUP))


def plain_recovery(code: str) -> str:
    """As it was made, however it was typed."""
    return "".join(letter for letter in code.upper() if letter in RECOVERY_LETTERS)
