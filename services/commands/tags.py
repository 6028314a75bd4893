"""Tags of the orders as a whole: their colours, another name for one, one taken off all orders.

The orders hold the names (services.search.values.tags_of parts them); a row of `tag` holds a colour and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.db.schema import Order, Tag
from services.db.uow import UnitOfWork
from services.errors import BadInput, NotFound
from services.search.values import tags_of

MOST_LETTERS = 20
_STEP = 2_000
_MAYBE = "SELECT id, tags, locked FROM orders WHERE tags <> '' AND instr(tags, ?) ORDER BY id"


@dataclass(frozen=True, slots=True)
class ColourTag:
    """Give a tag a flag's colour, 0 to 5 (0 grey), whether an order has it or not. Raises BadInput."""

    name: str
    colour: int

    def apply(self, uow: UnitOfWork) -> None:
        name = checked_tag(self.name)
        if not 0 <= self.colour <= 5:
            raise BadInput("flag_out_of_range", value=str(self.colour))
        known = uow.sql("SELECT id FROM tag WHERE name = ?", (name,))
        if known:
            uow.change(Tag, {known[0][0]: {"colour": self.colour}})
        else:
            uow.append(Tag, [{"name": name, "colour": self.colour}])


@dataclass(frozen=True, slots=True)
class RenameTag:
    """Call a tag something else on every order that has it; an existing name merges both, and keeps its colour.

    Returns how many orders changed. Raises NotFound("tag_not_found") for a tag that neither an order nor a colour knows.
    """

    name: str
    new: str

    def apply(self, uow: UnitOfWork) -> int:
        name, new = self.name.strip(), checked_tag(self.new)
        if name == new:
            return 0
        changed = _replace(uow, name, new)
        colours = dict(uow.sql("SELECT name, id FROM tag WHERE name IN (?, ?)", (name, new)))
        if not changed and name not in colours:
            raise NotFound("tag_not_found", tag=name)
        if name in colours and new in colours:
            uow.remove(Tag, [colours[name]])
        elif name in colours:
            uow.change(Tag, {colours[name]: {"name": new}})
        return changed


@dataclass(frozen=True, slots=True)
class RemoveTag:
    """Take a tag off every order, and forget its colour. Returns how many orders changed. Raises NotFound("tag_not_found")."""

    name: str

    def apply(self, uow: UnitOfWork) -> int:
        name = self.name.strip()
        changed = _replace(uow, name, None)
        known = [row[0] for row in uow.sql("SELECT id FROM tag WHERE name = ?", (name,))]
        if not changed and not known:
            raise NotFound("tag_not_found", tag=name)
        uow.remove(Tag, known)
        return changed


def checked_tag(name: str) -> str:
    """A tag as orders hold it: one word or some, without the commas that part tags. Raises BadInput."""
    plain = " ".join(name.split())
    if not plain:
        raise BadInput("tag_name_empty")
    if len(plain) > MOST_LETTERS or not plain.isprintable() or "," in plain or "，" in plain:
        raise BadInput("tag_name_bad", most=MOST_LETTERS)
    return plain


def _replace(uow: UnitOfWork, name: str, new: str | None) -> int:
    """Put `new` in the place of a tag, or nothing; what a person set so no file overwrites (as services.commands.edits has it)."""
    found = [row for row in uow.sql(_MAYBE, (name,)) if name in tags_of(row[1])]
    changed = 0
    for start in range(0, len(found), _STEP):
        changes: dict[int, dict[str, Any]] = {}
        for order_id, tags, locked in found[start : start + _STEP]:
            left = (new if tag == name else tag for tag in tags_of(tags))
            changes[order_id] = {
                "tags": ",".join(dict.fromkeys(tag for tag in left if tag)),
                "locked": ",".join(sorted({*filter(None, locked.split(",")), "tags"})),
            }
        changed += uow.change(Order, changes)
        uow.flush_trail()
        uow.progress.step(start + len(changes), len(found), "changed")
    return changed
