"""Changes of goods and money of an order before it is shipped: what they come to, and whose word they need (domain.md, audited edits).

Pure: from the order as it is and a change to the order as it would be. Fen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from services.errors import BadInput
from services.money import share_out

MOST_UNITS, MOST_FEN, MOST_LINES = 100_000, 10**11, 200
LIMIT = "limit:price_cut"
"""Who approved what the owner's limits allow."""


class LineState(NamedTuple):
    """A line as it is. `discount` is what was taken off this line alone; `fixed` counts units that left or were cancelled."""

    id: int
    sku_id: int | None
    quantity: int
    price: int
    discount: int = 0
    fixed: int = 0


class OrderState(NamedTuple):
    """`discount` is all that lowers what the buyer owes; `paid` what came, None where no file told."""

    lines: tuple[LineState, ...]
    discount: int
    freight: int
    paid: int | None = None


class LineChange(NamedTuple):
    """`line` None is a new one. None in the others: as it is."""

    line: int | None
    quantity: int | None = None
    price: int | None = None
    sku: int | None = None
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Amendment:
    """A proposed change. `discount` and `freight` are the new totals; None: as they are."""

    lines: tuple[LineChange, ...] = ()
    discount: int | None = None
    freight: int | None = None

    def as_json(self) -> dict[str, Any]:
        """What an approval keeps; keys that say nothing are left out."""
        rows = [{name: value for name, value in line._asdict().items() if value is not None and value is not False} for line in self.lines]
        told = {"lines": rows, "discount": self.discount, "freight": self.freight}
        return {name: value for name, value in told.items() if value not in (None, [])}

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Amendment:
        lines = tuple(LineChange(**({"line": None} | row)) for row in told.get("lines", ()))
        return cls(lines, told.get("discount"), told.get("freight"))

    @property
    def of_goods(self) -> bool:
        """Whether it changes which goods or how many: no limit on money allows that."""
        return any(line.line is None or line.remove or line.quantity is not None or line.sku is not None for line in self.lines)


class Amended(NamedTuple):
    """The order as it would be. `lines` are those that stay, new ones with id 0; `shares` is what the buyer owes for each of them,
    `paid_shares` its share of what was paid, where anything was. `effect` is the change of `payable`."""

    lines: tuple[LineState, ...]
    removed: tuple[int, ...]
    goods: int
    discount: int
    freight: int
    payable: int
    shares: tuple[int, ...]
    paid_shares: tuple[int, ...] | None
    effect: int
    changed: bool


def payable_of(order: OrderState) -> int:
    """What the buyer owes: Σ price × quantity − discounts + freight."""
    return sum(line.price * line.quantity for line in order.lines) - order.discount + order.freight


def amend(order: OrderState, change: Amendment) -> Amended:
    """Work a change out. Raises BadInput with the facts `field` and `line` (its place from 1) for what can't be."""
    lines = {line.id: line for line in order.lines}
    removed: list[int] = []
    added: list[LineState] = []
    seen: set[int] = set()
    gone_discount = 0
    for place, one in enumerate(change.lines, start=1):
        _check(one, place)
        if one.line is None:
            if one.sku is None or one.quantity is None or one.price is None or one.remove:
                raise BadInput("line_incomplete", field="lines", line=place)
            added.append(LineState(0, one.sku, one.quantity, one.price))
            continue
        found = lines.get(one.line)
        if found is None or one.line in seen:
            raise BadInput("line_not_of_order", field="lines", line=place)
        seen.add(one.line)
        if one.remove:
            if found.fixed:
                raise BadInput("line_fixed", field="lines", line=place, units=found.fixed)
            removed.append(one.line)
            gone_discount += found.discount
            del lines[one.line]
            continue
        quantity = found.quantity if one.quantity is None else one.quantity
        if quantity < found.fixed or (one.sku not in (None, found.sku_id) and found.fixed):
            raise BadInput("line_fixed", field="lines", line=place, units=found.fixed)
        lines[one.line] = _changed(found, quantity, one)
    kept = (*lines.values(), *added)
    if not kept or len(kept) > MOST_LINES:
        raise BadInput("order_without_lines" if not kept else "too_many_lines", field="lines", most=MOST_LINES)
    amounts = [line.price * line.quantity for line in kept]
    # Nothing costs less than nothing: what a line no longer costs can't be taken off it.
    gone_discount += sum(max(0, line.discount - amount) for line, amount in zip(kept, amounts, strict=True))
    discount = order.discount - gone_discount if change.discount is None else change.discount
    freight = order.freight if change.freight is None else change.freight
    _check_sum("discount", discount)
    _check_sum("freight", freight)
    goods = sum(amounts)
    if discount > goods:
        raise BadInput("discount_above_goods", field="discount", goods=goods)
    kept = _with_discounts(kept, amounts, discount)
    own = sum(line.discount for line in kept)
    nets = [amount - line.discount for line, amount in zip(kept, amounts, strict=True)]
    shares = tuple(net - share for net, share in zip(nets, share_out(discount - own, nets), strict=True))
    payable = goods - discount + freight
    paid = None
    if order.paid:
        paid = tuple(share_out(max(0, order.paid - freight), shares))
    before = payable_of(order)
    changed = payable != before or kept != order.lines or discount != order.discount or freight != order.freight
    return Amended(kept, tuple(removed), goods, discount, freight, payable, shares, paid, payable - before, changed)


def _with_discounts(kept: tuple[LineState, ...], amounts: list[int], discount: int) -> tuple[LineState, ...]:
    """Discounts of lines as far as the lines and the whole discount have room for them; a smaller whole shrinks them alike."""
    own = [min(line.discount, amount) for line, amount in zip(kept, amounts, strict=True)]
    if sum(own) > discount:
        own = share_out(discount, own)
    return tuple(line if line.discount == share else line._replace(discount=share) for line, share in zip(kept, own, strict=True))


def _changed(line: LineState, quantity: int, one: LineChange) -> LineState:
    return line._replace(
        quantity=quantity,
        price=line.price if one.price is None else one.price,
        sku_id=line.sku_id if one.sku is None else one.sku,
    )


def _check(one: LineChange, place: int) -> None:
    if one.quantity is not None and not 1 <= one.quantity <= MOST_UNITS:
        raise BadInput("line_quantity_range", field="quantity", line=place, value=one.quantity, most=MOST_UNITS)
    if one.price is not None and not 0 <= one.price <= MOST_FEN:
        raise BadInput("line_price_range", field="price", line=place)


def _check_sum(name: str, value: int) -> None:
    if not 0 <= value <= MOST_FEN:
        raise BadInput("amount_range", field=name)


def allowed_by_limits(order: OrderState, change: Amendment, amended: Amended, percent: int, fen: int, cut_before: int = 0) -> bool:
    """Whether the owner's limits allow a cut without asking: it lowers what is owed by no more than so many percent of it, or so many
    fen, whichever is more, and changes no goods (domain.md: an edit approved by rule). 0 for both: nothing is allowed.

    `cut_before`: fen that the limits allowed on this order already; many small cuts are one large one.
    """
    cut = -amended.effect
    most = max((payable_of(order) + cut_before) * percent // 100, fen)
    return cut > 0 and cut + cut_before <= most and not change.of_goods


def stock_effect(order: OrderState, amended: Amended) -> dict[int, int]:
    """{SKU: units more (+) or fewer (−) that the order wants}."""
    found: dict[int, int] = {}
    for lines, sign in ((order.lines, -1), (amended.lines, 1)):
        for line in lines:
            if line.sku_id is not None:
                found[line.sku_id] = found.get(line.sku_id, 0) + sign * line.quantity
    return {sku_id: units for sku_id, units in found.items() if units}
