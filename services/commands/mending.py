"""What the worklists after an import end in: goods matched, addresses put right, findings let stand (services.queries.worklists)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.commands.edits import EditOrders
from services.commands.stock import MOST_OF_A_CODE, MOST_OF_A_TITLE, add_skus, match_listings
from services.db.schema import Accepted
from services.db.uow import UnitOfWork
from services.errors import BadInput, Conflict, NotFound, Refused

WORKLISTS = ("addresses", "amounts", "duplicates")
"""Those whose findings can be let stand; goods must be matched."""
MOST_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a worklist as it was seen: see services.db.schema.mending.Accepted."""

    worklist: str
    key: str
    code: str
    seen: str
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class AcceptFindings:
    """Let findings stand; with other values they come back. Returns the ids of what was noted, for ReopenFindings.

    Raises BadInput for an unknown worklist or more than MOST_AT_ONCE.
    """

    findings: tuple[Finding, ...]

    def apply(self, uow: UnitOfWork) -> tuple[int, ...]:
        if len(self.findings) > MOST_AT_ONCE:
            raise BadInput("findings_too_many", most=MOST_AT_ONCE)
        if unknown := next((one.worklist for one in self.findings if one.worklist not in WORKLISTS), ""):
            raise BadInput("worklist_unknown", worklist=unknown, known=", ".join(WORKLISTS))
        noted: list[int] = []
        for one in {(one.worklist, one.key): one for one in self.findings}.values():
            values = {"code": one.code, "seen": one.seen, "accepted_at": uow.now, "accepted_by": uow.actor}
            there = uow.sql("SELECT id FROM accepted WHERE worklist = ? AND key = ?", (one.worklist, one.key))
            if there:
                uow.change(Accepted, {there[0][0]: values}, orders={there[0][0]: one.order_id} if one.order_id else None)
                noted.append(there[0][0])
            else:
                noted += uow.append(Accepted, [{"worklist": one.worklist, "key": one.key, "order_id": one.order_id, **values}])
        return tuple(noted)


@dataclass(frozen=True, slots=True)
class ReopenFindings:
    """Take back that findings were let stand: they are on their worklists again. Returns how many; what is gone already counts as done."""

    ids: tuple[int, ...]

    def apply(self, uow: UnitOfWork) -> int:
        there = [row[0] for row in uow.each("SELECT id FROM accepted WHERE id IN ({ids})", sorted(set(self.ids)))]
        uow.remove(Accepted, there)
        return len(there)


@dataclass(frozen=True, slots=True)
class AddressFix:
    """Fields of one order's address and the version of the order that was seen."""

    order_id: int
    version: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MendAddresses:
    """Put right the addresses of several orders, each its own way; all of them or none. Asks for a reason, as EditOrders does,
    and raises what it raises. Returns how many changed."""

    fixes: tuple[AddressFix, ...]

    def apply(self, uow: UnitOfWork) -> int:
        if not (uow.reason or "").strip():
            raise Refused("reason_needed")
        return sum(EditOrders((one.order_id,), one.values, {one.order_id: one.version}).apply(uow) for one in self.fixes)


@dataclass(frozen=True, slots=True)
class MatchEach:
    """Match several goods of platforms, each with a SKU of its own: (listing, SKU) pairs. Returns how many lines were matched.

    Raises Conflict("listing_matched") where somebody was quicker.
    """

    pairs: tuple[tuple[int, int], ...]

    def apply(self, uow: UnitOfWork) -> int:
        _check_unmatched(uow, [listing for listing, _sku in self.pairs])
        return match_listings(uow, dict(self.pairs), "hand")


@dataclass(frozen=True, slots=True)
class MakeSku:
    """A SKU of ours out of what platforms call it, matched at once. It has no stock until the first receipt or count. Returns its id.

    Raises BadInput("code_empty"), ("value_too_long"), ("value_unprintable"), Conflict("code_taken") for a code that there is,
    Conflict("listing_matched").
    """

    listing_ids: tuple[int, ...]
    code: str
    title: str
    properties: str = ""
    price: int | None = None

    def apply(self, uow: UnitOfWork) -> int:
        code, title, properties = (" ".join(text.split()) for text in (self.code, self.title, self.properties))
        for name, text, most in (
            ("code", code, MOST_OF_A_CODE),
            ("title", title, MOST_OF_A_TITLE),
            ("properties", properties, MOST_OF_A_TITLE),
        ):
            if len(text) > most:
                raise BadInput("value_too_long", field=name, most=most)
            if not text.isprintable():
                raise BadInput("value_unprintable", field=name)
        if self.price is not None and self.price < 0:
            raise BadInput("price_negative")
        if uow.sql("SELECT 1 FROM sku WHERE code = ?", (code,)):
            raise Conflict("code_taken", code=code)
        _check_unmatched(uow, self.listing_ids)
        (sku_id,) = add_skus(uow, [{"code": code, "title": title or code, "properties": properties, "price": self.price}])
        # One of an equal code is matched by it already.
        open_ids = [
            row[0] for row in uow.each("SELECT id FROM listing WHERE sku_id IS NULL AND id IN ({ids})", sorted(set(self.listing_ids)))
        ]
        if open_ids:
            match_listings(uow, dict.fromkeys(open_ids, sku_id), "hand")
        return sku_id


def _check_unmatched(uow: UnitOfWork, listing_ids: Sequence[int]) -> None:
    ids = sorted(set(listing_ids))
    rows = list(uow.each("SELECT id, title, sku_id FROM listing WHERE id IN ({ids})", ids))
    if len(rows) != len(ids) or not ids:
        raise NotFound("listing_not_found", code="?")
    if matched := next((row[1] for row in rows if row[2] is not None), None):
        raise Conflict("listing_matched", title=matched)
