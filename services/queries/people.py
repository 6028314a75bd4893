"""Who works here, for the door and for the owner's page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.access import Viewer, matches, roles_of, viewer_at_door, viewer_of
from services.domain.permissions import ROLES, permissions_of, wait_after

if TYPE_CHECKING:
    from services.db.reading import Reading


@dataclass(frozen=True, slots=True)
class Door:
    """`viewer` is who may go in without a PIN (nobody where one is asked for), `names` are those that can sign in."""

    viewer: Viewer
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """Query: whether the shop is locked, and who can open it. Asked before anybody is signed in."""

    name: str = "owner"

    def run(self, reading: Reading) -> Door:
        names = reading.sql("SELECT name FROM person WHERE active = 1 AND pin <> '' ORDER BY role <> 'owner', name")
        return Door(viewer_at_door(reading, self.name), tuple(row[0] for row in names))


@dataclass(frozen=True, slots=True)
class ProvenViewer:
    """Query: who this is, where the PIN is right and the one before was not wrong; else None, and SignIn looks at it, on record.

    So that somebody who comes back can go on while another command still writes.
    """

    name: str
    pin: str = field(repr=False)

    def run(self, reading: Reading) -> Viewer | None:
        rows = reading.sql("SELECT pin FROM person WHERE name = ? AND active = 1 AND wrong_pins = 0", (self.name,))
        return viewer_of(reading, self.name) if rows and matches(rows[0][0], self.pin) else None


@dataclass(frozen=True, slots=True)
class KnownViewer:
    """Query: somebody with what they may do now; None where there is no such person."""

    name: str

    def run(self, reading: Reading) -> Viewer | None:
        return viewer_of(reading, self.name)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`wait_until` in ms UTC is when the next PIN is looked at, 0 for now."""

    id: int
    name: str
    role: str
    active: bool
    has_pin: bool
    wrong_pins: int
    wait_until: int


@dataclass(frozen=True, slots=True)
class PersonRows:
    """Query: everybody, the owners first."""

    def run(self, reading: Reading) -> tuple[PersonRow, ...]:
        rows = reading.sql(
            "SELECT id, name, role, active, pin <> '', wrong_pins, wrong_at FROM person ORDER BY active DESC, role <> 'owner', name"
        )
        return tuple(
            PersonRow(person_id, name, role, bool(active), bool(pin), wrong, (at or 0) + wait_after(wrong) if at is not None else 0)
            for person_id, name, role, active, pin, wrong, at in rows
        )


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with what it may do; `people` counts who has it."""

    name: str
    permissions: frozenset[str]
    people: int


@dataclass(frozen=True, slots=True)
class RoleRows:
    """Query: the table of roles, those that came with the house first."""

    def run(self, reading: Reading) -> tuple[RoleRow, ...]:
        changed = roles_of(reading)
        counts = dict(reading.sql("SELECT role, count(*) FROM person WHERE active = 1 GROUP BY role"))
        names = [*ROLES, *sorted(set(changed) - set(ROLES))]
        return tuple(RoleRow(name, permissions_of(name, changed), counts.get(name, 0)) for name in names)
