"""A plan seen through: what would become of each order, and of each field from what to what. Lazily, page by page; writes nothing.

Values are codes, text, fen and ms, as the shop keeps them; words are made where they are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from services.clock import iso
from services.money import write_amount

if TYPE_CHECKING:
    from services.imports.merge_lines import KnownLine
    from services.imports.plan import ChangedOrder, ImportPlan
    from services.imports.records import LineRecord, OrderRecord

KINDS = ("new", "changed", "conflicting", "held", "rejected", "unchanged")
INTERNAL = frozenset({"phone_tail", "created_day", "paid_day", "masked"})
MONEY = frozenset(
    "goods_amount discount goods_less_discount freight payable paid refunded platform_discount paid_out price cost".split()  # noqa: SIM905
) | {"line.price", "line.payable", "line.paid", "line.refunded", "line.refund_asked"}
TIMES = frozenset({"created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by", "line.shipped_at"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what stands here (None: nothing), and what would. `line.…` are of a line, `part` says which: its number or title.
    `kept`: what stands here stays, it is a conflict."""

    field: str
    old: Any
    new: Any
    part: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What would become of an order, or of a row that is none. `why` is a code of services.words with its `facts`."""

    kind: str
    row: int
    number: str
    changes: tuple[Change, ...] = ()
    column: str = ""
    value: str = ""
    why: str = ""
    facts: tuple[tuple[str, Any], ...] = ()


class Xray:
    """A plan by kinds. `page` makes rows for what is painted; counting costs a pass over numbers, once."""

    def __init__(self, plan: ImportPlan) -> None:
        self.plan = plan

    @cached_property
    def counts(self) -> dict[str, int]:
        return {kind: len(self._listed(kind)) for kind in KINDS}

    def page(self, kind: str, start: int = 0, stop: int | None = None) -> tuple[Seen, ...]:
        """Rows of a kind from `start` to before `stop`. Raises KeyError for a kind that is none."""
        makers: dict[str, Callable[[Any], Seen]] = {
            "new": self._new,
            "changed": self._changed,
            "conflicting": self._conflicting,
            "held": self._held,
            "rejected": self._rejected,
            "unchanged": self._unchanged,
        }
        make = makers[kind]
        return tuple(make(one) for one in self._listed(kind)[start:stop])

    def changes(self) -> Iterator[tuple[str, Change]]:
        """(order number or SKU code, change) of every field that would change, in the file's order."""
        for one in self.plan.changed:
            for change in changes_of(one):
                yield one.order.number, change
        for sku_id, goods, changes in self.plan.changed_goods:
            for change in goods_changes(self.plan, sku_id, changes):
                yield goods.code, change

    def _listed(self, kind: str) -> Sequence[Any]:
        plan = self.plan
        match kind:
            case "new":
                return plan.new
            case "changed":
                return plan.changed
            case "conflicting":
                return self._clashing
            case "held":
                return [one for one in plan.report.warnings if one.code == "row_repeated"] + plan.report.left_out
            case "rejected":
                return plan.report.rejected
            case _:
                return self._same

    @cached_property
    def _clashing(self) -> list[tuple[str, list[Any]]]:
        found: dict[str, list[Any]] = {}
        for clash in self.plan.report.clashes:
            found.setdefault(clash.number, []).append(clash)
        return list(found.items())

    @cached_property
    def _same(self) -> list[OrderRecord]:
        told = {one.order.number for one in self.plan.new} | {one.order.number for one in self.plan.changed}
        told.update(number for number, _clashes in self._clashing)
        told.update(one.number for one in self.plan.report.left_out)
        return [order for order in self.plan.parsed.orders if order.number not in told]

    @staticmethod
    def _new(one: Any) -> Seen:
        return Seen("new", one.order.row, one.order.number)

    @staticmethod
    def _changed(one: ChangedOrder) -> Seen:
        return Seen("changed", one.order.row, one.order.number, tuple(changes_of(one)))

    @staticmethod
    def _conflicting(one: tuple[str, list[Any]]) -> Seen:
        number, clashes = one
        return Seen("conflicting", clashes[0].row, number, tuple(Change(each.field, each.ours, each.file, kept=True) for each in clashes))

    @staticmethod
    def _held(one: Any) -> Seen:
        return Seen("held", one.row or 0, getattr(one, "number", ""), why=one.code, facts=tuple(one.facts.items()))

    @staticmethod
    def _rejected(one: Any) -> Seen:
        return Seen("rejected", one.row, "", (), one.column or "", one.value or "", one.code, tuple(one.facts.items()))

    @staticmethod
    def _unchanged(order: OrderRecord) -> Seen:
        return Seen("unchanged", order.row, order.number)


def changes_of(one: ChangedOrder) -> Iterator[Change]:
    """The fields of one order that a file changes."""
    merged, current = one.merged, one.current
    if merged.status is not None and merged.status != current["platform_status"]:
        moves = "status" in one.fields
        yield Change("status" if moves else "platform_status", current["status" if moves else "platform_status"], merged.status)
    for name, value in merged.changes.items():
        if name not in INTERNAL:
            yield Change(name, _told(current[name]), _told(value))
    for name in ("paid", "refunded"):
        value = getattr(merged, name)
        if value is not None:
            yield Change(name, current[name], value)
    for parcel in one.parcels:
        yield Change("parcels", None, f"{parcel.carrier_name or parcel.carrier} {parcel.number}".strip())
    yield from _line_changes(one)


def _line_changes(one: ChangedOrder) -> Iterator[Change]:
    known = {line.id: line for line in one.known}
    for line in one.lines.new:
        yield Change("lines", None, _line_words(line), line.number or line.title or "")
    for line_id, values in one.lines.changes.items():
        here = known[line_id]
        for name, value in values.items():
            yield Change(f"line.{name}", _told(getattr(here, name)), _told(value), here.number or here.title)
    for line_id, line in one.lines.named.items():
        here = known[line_id]
        for name in ("code", "item_id"):
            value = getattr(line, name)
            if value and value != getattr(here, name):
                yield Change(f"line.{name}", _told(getattr(here, name)), value, here.number or here.title)
    for line_id in one.lines.called_off:
        here = known[line_id]
        if here.cancelled != here.quantity - here.shipped:
            yield Change("line.cancelled", here.cancelled, here.quantity - here.shipped, here.number or here.title)
    # Lines of an order that leaves as a whole are told by its state.
    for line_id in one.lines.sent if one.current["status"] == "awaiting_shipment" else ():
        here = known[line_id]
        if here.shipped != here.quantity - here.cancelled:
            yield Change("line.shipped", here.shipped, here.quantity - here.cancelled, here.number or here.title)


def goods_changes(plan: ImportPlan, sku_id: int, changes: Mapping[str, Any]) -> Iterator[Change]:
    """The fields of one SKU that a goods file changes."""
    here = plan.goods_here.get(sku_id, {})
    for name, value in changes.items():
        yield Change(name, _told(here.get(name)), value)


def _line_words(line: LineRecord | KnownLine) -> str:
    return " ".join(filter(None, (line.title, line.properties, f"×{line.quantity}")))


def _told(value: Any) -> Any:
    return None if value == "" else value


def plain(field: str, value: Any, zone: str) -> Any:
    """A value as the command line's JSON tells it."""
    if value is None:
        return None
    if field in MONEY:
        return write_amount(int(value))
    if field in TIMES:
        return iso(int(value), zone)
    return value
