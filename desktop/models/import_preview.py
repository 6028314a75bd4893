"""What the dialog before an import shows of a planned file: counts, short lists of frozen rows, and words. Made in the job, off the UI thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from desktop.i18n import tr, trn
from services.imports.headings import OF_ORDERS
from services.words import say, term
from services.words.imports import format_words
from services.words.trail import value

if TYPE_CHECKING:
    from services.imports.plan import ChangedOrder, ImportPlan
    from services.imports.records import OrderRecord
    from services.imports.several import PlannedFile

PARTS = ("new", "updated", "conflict", "held", "rejected", "unchanged")
"""The tiles, in their order; `notice` is a seventh list without a tile."""
NOTICE = "notice"
MOST_ROWS = 500
"""Rows of a part that are listed; the report has all."""
_NOT_FIELDS = frozenset({"phone_tail", "created_day", "paid_day", "masked"})


@dataclass(frozen=True, slots=True)
class NewOrder:
    id: int
    number: str
    buyer: str
    province: str
    city: str
    title: str
    kinds: int
    quantity: int | None
    paid: int | None
    status: str


@dataclass(frozen=True, slots=True)
class NewGoods:
    id: int
    code: str
    title: str
    barcode: str
    cost: int | None
    price: int | None
    stock: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an order or SKU: what stands here, and what the file says. `kept`: what stands here stays."""

    id: int
    number: str
    buyer: str
    field: str
    here: str
    told: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the file and why it stays out or should be looked at; `row` None is the whole file."""

    id: int
    row: int | None
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A file of the dialog. `counts` are orders (SKUs for a goods file; rows for `held` and `rejected`, fields for `conflict`)."""

    planned: PlannedFile
    name: str
    kind: str = "orders"
    about: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    rows: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    gists: dict[str, str] = field(default_factory=dict)
    joined: int = 0
    trouble: str = ""
    unknown_format: bool = False

    @property
    def other(self) -> bool:
        """Whether the file brings neither orders nor SKUs: cases, parcels, counts, bookings are listed in words."""
        return self.kind not in {*OF_ORDERS, "goods"}

    @property
    def brings(self) -> int:
        """What the import would make or change."""
        return self.counts.get("new", 0) + self.counts.get("updated", 0)


def preview_of(planned: PlannedFile, lang: str, zone: str) -> Preview:
    """Words and rows of a planned file in `lang`."""
    name = planned.path.name
    if planned.error is not None:
        unknown = planned.error.code in {"format_not_recognised", "headings_missing"}
        return Preview(planned, name, trouble=say(planned.error.code, lang, **planned.error.facts), unknown_format=unknown)
    if planned.plan is None:
        return Preview(planned, name, trouble=tr("The same file as {file}; it counts once.", file=planned.twin))
    return _Maker(planned, planned.plan, lang, zone).preview()


class _Maker:
    def __init__(self, planned: PlannedFile, plan: ImportPlan, lang: str, zone: str) -> None:
        self.planned, self.plan, self.lang, self.zone = planned, plan, lang, zone
        self.comma = "、" if lang == "zh" else ", "

    def preview(self) -> Preview:
        plan, report = self.plan, self.plan.report
        goods = plan.parsed.kind == "goods"
        joined = len(self.planned.joined)
        held = [one for one in report.warnings if one.code == "row_repeated"]
        notices = [one for one in report.warnings if one.code != "row_repeated"]
        other = plan.parsed.kind not in {*OF_ORDERS, "goods"}
        counts = {
            "new": report.new if other else report.skus_new if goods else report.orders_new - joined,
            "updated": report.updated_count if other else report.skus_updated if goods else report.orders_updated + joined,
            "conflict": len(report.clashes),
            "held": len(held) + sum(one.part == "held" for one in report.entries),
            "rejected": len(report.rejected),
            "unchanged": report.unchanged if other else report.skus_unchanged if goods else report.orders_unchanged,
            NOTICE: len(notices),
        }
        clashing = {clash.number for clash in report.clashes[:MOST_ROWS]}
        buyers = {order.number: order.buyer_nick or order.recipient for order in plan.parsed.orders if order.number in clashing}
        rows: dict[str, tuple[Any, ...]] = {
            "new": tuple(self._new_goods()) if goods else tuple(self._new_orders()),
            "updated": tuple(islice(self._goods_changes() if goods else self._changes(), MOST_ROWS)),
            "conflict": tuple(
                Change(
                    place,
                    clash.number,
                    str(buyers.get(clash.number) or ""),
                    term("field", clash.field, self.lang),
                    self._value("orders", clash.field, clash.ours),
                    self._value("orders", clash.field, clash.file),
                    kept=True,
                )
                for place, clash in enumerate(report.clashes[:MOST_ROWS])
            ),
            "held": self._places(held),
            "rejected": tuple(
                Place(place, one.row, one.column or "", one.value or "", say(one.code, self.lang, **one.facts))
                for place, one in enumerate(report.rejected[:MOST_ROWS])
            ),
            NOTICE: self._places(notices),
        }
        if other:
            rows |= {part: self._entries(part) for part in ("new", "updated", "unchanged")}
            rows["held"] = (*self._entries("held"), *rows["held"])
        return Preview(
            self.planned,
            self.planned.path.name,
            plan.parsed.kind,
            self._about(),
            counts,
            rows,
            {part: gist for part in (*PARTS, NOTICE) if counts[part] and (gist := self._gist(part, rows.get(part, ())))},
            joined,
        )

    def _entries(self, part: str) -> tuple[Place, ...]:
        found = (one for one in self.plan.report.entries if one.part == part)
        return tuple(Place(place, one.row, "", one.number, one.words(self.lang)) for place, one in enumerate(islice(found, MOST_ROWS)))

    def _about(self) -> str:
        parsed = self.plan.parsed
        dot = "·" if self.lang == "zh" else " · "
        columns = len(parsed.headings)
        unknown = len(parsed.unknown_headings)
        known = tr("{n} columns, all known", n=columns) if not unknown else tr("{n} columns, {m} unknown", n=columns, m=unknown)
        encoding = {"gbk": "GBK", "gb18030": "GB18030", "utf-8": "UTF-8", "utf-8-sig": "UTF-8"}.get(parsed.encoding, parsed.encoding)
        return dot.join((format_words(parsed.format, self.lang), encoding, known, trn("{n} row", "{n} rows", parsed.rows)))

    def _value(self, entity: str, name: str, told: object) -> str:
        text = "" if told is None else str(told)
        if name == "platform_status":
            name = "status"
        return value(entity, name, text, self.lang, self.zone)

    def _new_orders(self) -> Iterator[NewOrder]:
        fresh = (entry[0] for entry in self.plan.new if entry[0].number not in self.planned.joined)
        for place, order in enumerate(islice(fresh, MOST_ROWS)):
            yield new_order(place, order)

    def _new_goods(self) -> Iterator[NewGoods]:
        for place, one in enumerate(self.plan.new_goods[:MOST_ROWS]):
            title = " ".join(part for part in (one.title, one.properties) if part)
            yield NewGoods(place, one.code, title, one.barcode or "", one.cost, one.price, one.stock)

    def _changes(self) -> Iterator[Change]:
        place = 0
        for changed in self.plan.changed:
            buyer = changed.order.buyer_nick or changed.current["buyer_nick"] or ""
            for name, here, told in self._fields(changed):
                yield Change(place, changed.order.number, buyer, term("field", name, self.lang), here, told)
                place += 1
        joined = (entry[0] for entry in self.plan.new if entry[0].number in self.planned.joined)
        for order in joined:
            told = trn("{n} kind", "{n} kinds", len(order.lines)) if order.lines else tr("the order's own facts")
            here = tr("comes with another file")
            yield Change(place, order.number, order.buyer_nick or "", tr("Merged"), here, told)
            place += 1

    def _fields(self, changed: ChangedOrder) -> Iterator[tuple[str, str, str]]:
        """(field, what stands here, what the file says) in the order of importance."""
        current, merged, lines = changed.current, changed.merged, changed.lines
        if merged.status is not None and merged.status != current["platform_status"]:
            name = "status" if merged.status != current["status"] else "platform_status"
            yield name, self._value("orders", "status", current[name]), self._value("orders", "status", merged.status)
        for name, told in (("paid", merged.paid), ("refunded", merged.refunded)):
            if told is not None:
                yield name, self._value("orders", name, current[name]), self._value("orders", name, told)
        if lines.new or lines.changes or lines.called_off or lines.sent or lines.named:
            parts = (
                (len(lines.new), tr("{n} new", n=len(lines.new))),
                (len(changed_lines := {*lines.changes, *lines.named}), tr("{n} changed", n=len(changed_lines))),
                (len(lines.called_off), tr("{n} called off", n=len(lines.called_off))),
                (len(lines.sent), tr("{n} sent", n=len(lines.sent))),
            )
            yield "lines", "", self.comma.join(words for count, words in parts if count)
        if changed.parcels:
            numbers = self.comma.join(f"{one.carrier_name or one.carrier} {one.number}" for one in changed.parcels)
            yield "parcels", "", numbers
        for name, told in merged.changes.items():
            if name not in _NOT_FIELDS:
                yield name, self._value("orders", name, current[name]), self._value("orders", name, told)

    def _goods_changes(self) -> Iterator[Change]:
        place = 0
        for _sku_id, one, changes in self.plan.changed_goods:
            for name, told in changes.items():
                yield Change(place, one.code, one.title or "", term("field", name, self.lang), "", self._value("sku", name, told))
                place += 1

    def _places(self, warned: Sequence[Any]) -> tuple[Place, ...]:
        return tuple(
            Place(place, one.row, str(one.facts.get("heading") or ""), "", say(one.code, self.lang, **one.facts))
            for place, one in enumerate(warned[:MOST_ROWS])
        )

    def _gist(self, part: str, rows: Sequence[Any]) -> str:
        """One line that says what a part is about."""
        if rows and isinstance(rows[0], Place) and part not in {"held", "rejected", NOTICE}:
            return str(rows[0].why)
        if part == "updated":
            fields = Counter(row.field for row in rows)
            return ("，" if self.lang == "zh" else ", ").join(f"{name} {count}" for name, count in fields.most_common(6))
        if part == "conflict":
            return self.comma.join(f"{name} {count}" for name, count in Counter(row.field for row in rows).most_common(6))
        if part in {"held", "rejected", NOTICE}:
            return self._reasons(rows)
        return ""

    def _reasons(self, rows: Iterable[Place]) -> str:
        """`第 118、431 行：…` for each reason, the first two."""
        by_reason: dict[str, list[int]] = {}
        for row in rows:
            by_reason.setdefault(row.why, [])
            if row.row is not None:
                by_reason[row.why].append(row.row)
        said = []
        for why, places in islice(by_reason.items(), 2):
            shown = self.comma.join(f"{place:,}" for place in places[:4]) + ("…" if len(places) > 4 else "")
            said.append(
                f"{trn('Row {rows}', 'Rows {rows}', len(places), rows=shown)}{'：' if self.lang == 'zh' else ': '}{why}" if places else why
            )
        return ("；" if self.lang == "zh" else "; ").join(said)


def new_order(place: int, order: OrderRecord) -> NewOrder:
    """An order of a file as a row of the list of new ones."""
    titles = [line.title for line in order.lines if line.title]
    return NewOrder(
        place,
        order.number,
        order.buyer_nick or order.recipient or "",
        order.province or "",
        order.city or "",
        titles[0] if titles else "",
        len(order.lines),
        order.quantity if order.quantity is not None else sum(line.quantity for line in order.lines) or None,
        _paid(order),
        order.status or "",
    )


def _paid(order: OrderRecord) -> int | None:
    return order.paid if order.paid is not None else order.payable
