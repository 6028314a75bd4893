"""Goods come in, are counted, are matched to what platforms call them (domain.md, stock)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.clock import to_local
from services.commands.caches import refresh_orders
from services.commands.reserving import Coming, load_levels, put, refill, release_lines, reserve
from services.db.reading import id_list
from services.db.schema import Listing, OrderLine, Sku
from services.db.uow import UnitOfWork
from services.domain.allocation import value_of
from services.errors import BadInput, Conflict, NotFound, Refused

MOST_UNITS = 10_000_000
MOST_OF_A_CODE, MOST_OF_A_TITLE = 64, 200
MOST_NAMED = 10
"""Specifications that one refusal names."""

# What bears a code of its own is named by it, once it is matched.
_BY_WORDS = """
SELECT id, CASE item_id WHEN '' THEN title ELSE item_id END, properties FROM listing
WHERE (code = '' OR sku_id IS NULL) AND ?1 IN (nullif(item_id, ''), title, item_id || ' ' || properties, title || ' ' || properties)
"""


@dataclass(frozen=True, slots=True)
class ReceiveGoods:
    """Units of a SKU come in at a unit cost (fen; None: its average so far, else its own cost, else 0). To say one asks for `see_costs`.

    An unknown code makes the SKU when a title is given, else NotFound("sku_not_found"). Waiting lines of that code are
    matched at once and shortages filled in deadline order. Returns the SKU's id.
    """

    code: str
    units: int
    unit_cost: int | None = None
    title: str = ""
    note: str = ""

    def apply(self, uow: UnitOfWork) -> int:
        _check_units(self.units)
        if self.unit_cost is not None:
            uow.viewer.must("see_costs")
        if self.unit_cost is not None and self.unit_cost < 0:
            raise BadInput("cost_negative")
        sku_id = find_sku(uow, self.code)
        if sku_id is None:
            code, title = " ".join(self.code.split()), " ".join(self.title.split())
            if not title:
                raise NotFound("sku_not_found", code=self.code)
            for name, text, most in (("code", code, MOST_OF_A_CODE), ("title", title, MOST_OF_A_TITLE)):
                if len(text) > most:
                    raise BadInput("value_too_long", field=name, most=most)
                if not text.isprintable():
                    raise BadInput("value_unprintable", field=name)
            (sku_id,) = add_skus(uow, [{"code": code, "title": title, "cost": self.unit_cost}])
        cost = self.unit_cost if self.unit_cost is not None else _known_cost(uow, sku_id)
        refresh_orders(uow, put(uow, [Coming(sku_id, "receipt", self.units, self.units * cost, self.note)]))
        return sku_id


@dataclass(frozen=True, slots=True)
class AdjustStock:
    """Set on hand to what was counted, or to what is there less what broke; asks for a reason.

    `kind` is `adjustment` or `damage`. Where less remains than is set aside, the latest deadlines go short. Returns
    the difference in units. `seen` is what was on hand when it was counted: Conflict("stock_changed") where goods came or went since.
    """

    sku_id: int
    counted: int
    kind: str = "adjustment"
    seen: int | None = None

    def apply(self, uow: UnitOfWork) -> int:
        if not 0 <= self.counted <= MOST_UNITS:
            raise BadInput("units_out_of_range", units=self.counted)
        if not (uow.reason or "").strip():
            raise Refused("reason_needed")
        if self.kind not in {"adjustment", "damage"}:
            raise BadInput("unknown_adjustment", kind=self.kind)
        level = load_levels(uow, [self.sku_id]).get(self.sku_id)
        on_hand = level.on_hand if level else 0
        if self.seen is not None and self.seen != on_hand:
            raise _moved_since(uow, self.sku_id, self.seen, on_hand)
        delta = self.counted - on_hand
        refresh_orders(uow, put(uow, [adjusting(uow, self.sku_id, delta, self.kind, uow.reason or "")]))
        return delta


def _moved_since(uow: UnitOfWork, sku_id: int, seen: int, now: int) -> Conflict:
    (code,) = uow.sql("SELECT code FROM sku WHERE id = ?", (sku_id,))[0]
    rows = uow.sql("SELECT kind, quantity, at FROM stock_movement WHERE sku_id = ? ORDER BY id DESC LIMIT 1", (sku_id,))
    kind, units, at = rows[0] if rows else ("adjustment", now - seen, uow.now)
    return Conflict(
        "stock_changed", code=code, seen=seen, now=now, movement=kind, units=f"{units:+d}", at=f"{to_local(at, uow.shop.zone):%m-%d %H:%M}"
    )


def adjusting(uow: UnitOfWork, sku_id: int, delta: int, kind: str, note: str, batch_id: int | None = None) -> Coming:
    """Units that a count found too many or too few, at what they are worth: found ones at the known cost, lost ones at the average."""
    level = load_levels(uow, [sku_id]).get(sku_id)
    on_hand, value = (level.on_hand, level.value) if level else (0, 0)
    worth = delta * _known_cost(uow, sku_id) if delta > 0 else -value_of(-delta, on_hand, value) if delta else 0
    damaged = -delta if kind == "damage" and delta < 0 else 0
    return Coming(sku_id, kind, delta, worth, note, damaged=damaged, batch_id=batch_id)


@dataclass(frozen=True, slots=True)
class MatchGoods:
    """Remember which SKU a listing is, for all lines that wait and all to come. Returns how many lines were matched."""

    listing_ids: tuple[int, ...]
    sku_id: int

    def apply(self, uow: UnitOfWork) -> int:
        return match_listings(uow, dict.fromkeys(self.listing_ids, self.sku_id), "hand")


@dataclass(frozen=True, slots=True)
class MatchCode:
    """The same for every listing that bears a merchant code; goods without one are named by item id or title.

    One item may have many specifications: where the words fit several, they are followed by the properties
    (`915833825941 款式:鱼`). Raises NotFound for either code unknown, Refused("listing_ambiguous").
    """

    code: str
    sku_code: str

    def apply(self, uow: UnitOfWork) -> int:
        sku_id = find_sku(uow, self.sku_code)
        if sku_id is None:
            raise NotFound("sku_not_found", code=self.sku_code)
        return match_listings(uow, dict.fromkeys(self._listings(uow), sku_id), "hand")

    def _listings(self, uow: UnitOfWork) -> list[int]:
        words = self.code.strip()
        if words and (found := [row[0] for row in uow.sql("SELECT id FROM listing WHERE code = ?", (words,))]):
            return found
        rows = uow.sql(_BY_WORDS, (words,)) if words else []
        if not rows:
            raise NotFound("listing_not_found", code=self.code)
        if len({row[2] for row in rows}) > 1:
            choices = sorted({f"{row[1]} {row[2]}".strip() for row in rows})
            raise Refused("listing_ambiguous", code=self.code, choices=" | ".join(choices[:MOST_NAMED]))
        return [row[0] for row in rows]


def find_sku(uow: UnitOfWork, code: str) -> int | None:
    """By merchant code as written, else by barcode."""
    for statement in ("SELECT id FROM sku WHERE code = ?", "SELECT id FROM sku WHERE barcode = ? AND barcode <> ''"):
        rows = uow.sql(statement, (code.strip(),))
        if len(rows) == 1:
            return int(rows[0][0])
    return None


def add_skus(uow: UnitOfWork, rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Make SKUs (rows of equal keys, code and title among them) and match listings of equal code. Returns their ids."""
    made = []
    for row in rows:
        if not row["code"]:
            raise BadInput("code_empty")
        made.append(
            {
                "properties": "",
                "barcode": "",
                "item_id": "",
                "bin": "",
                "price": None,
                "cost": None,
                "weight": None,
                "reorder_point": None,
                **row,
            }
        )
    ids = uow.append(Sku, made)
    codes = {row["code"]: sku_id for row, sku_id in zip(made, ids, strict=True)}
    match_by_code(uow, codes)
    return ids


def match_by_code(uow: UnitOfWork, codes: Mapping[str, int]) -> int:
    """An equal merchant code matches by itself, but never undoes a match by hand. Returns how many lines were matched."""
    listings: dict[int, int] = {}
    for code, sku_id in codes.items():
        listings |= {row[0]: sku_id for row in uow.sql("SELECT id FROM listing WHERE code = ? AND sku_id IS NULL", (code,))}
    return match_listings(uow, listings, "code") if listings else 0


_LINES_OF = """
SELECT l.id, l.order_id, l.listing_id, l.reserved FROM order_line l JOIN orders o ON o.id = l.order_id
WHERE l.listing_id IN ({ids}) AND l.shipped = 0 AND o.status IN ('awaiting_payment', 'awaiting_shipment')
"""
_UNMATCHED_OF = "SELECT id, order_id, listing_id, 0 FROM order_line WHERE sku_id IS NULL AND listing_id IN ({ids})"


def match_listings(uow: UnitOfWork, listings: Mapping[int, int], by: str) -> int:
    """Set the listings' SKUs, and those of their lines: all unmatched ones, and waiting ones that were matched otherwise."""
    known = {row[0] for row in uow.each("SELECT id FROM sku WHERE id IN ({ids})", id_list(listings.values()))}
    if known != set(listings.values()):
        raise NotFound("sku_not_found", code="?")
    uow.change(Listing, {listing_id: {"sku_id": sku_id, "matched_by": by} for listing_id, sku_id in listings.items()})
    ids = id_list(listings)
    lines = {row[0]: row for row in (*uow.each(_UNMATCHED_OF, ids), *uow.each(_LINES_OF, ids))}
    freed = release_lines(uow, {row[0]: row[3] for row in lines.values() if row[3]})
    changed = uow.change(OrderLine, {row[0]: {"sku_id": listings[row[2]]} for row in lines.values()})
    orders = id_list(row[1] for row in lines.values())
    reserve(uow, orders)
    refresh_orders(uow, {*orders, *refill(uow, freed)})
    return changed


def _check_units(units: int) -> None:
    if not 0 < units <= MOST_UNITS:
        raise BadInput("units_out_of_range", units=units)


def _known_cost(uow: UnitOfWork, sku_id: int) -> int:
    """A unit's cost in fen: the average on hand, else the SKU's own, else 0. Raises NotFound."""
    rows = uow.sql("SELECT s.cost, l.on_hand, l.value FROM sku s LEFT JOIN stock_level l ON l.sku_id = s.id WHERE s.id = ?", (sku_id,))
    if not rows:
        raise NotFound("sku_not_found", code=str(sku_id))
    cost, on_hand, value = rows[0]
    return int(value // on_hand) if on_hand else int(cost or 0)
