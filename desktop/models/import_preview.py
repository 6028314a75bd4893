"""What the dialog before an import shows of a planned file: counts, lists whose rows are made when they are seen, and words.

Made in the job, off the UI thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.formats import money, to_local
from desktop.i18n import tr, trn
from desktop.models.import_columns import columns_of
from desktop.models.import_lists import Facet, Listing, Subject
from desktop.models.import_rows import Change, NewGoods, Place, new_order
from services.imports.doubtful import LeftOut, doubts, in_doubt
from services.imports.headings import OF_ORDERS
from services.imports.xray import Change as Seen
from services.imports.xray import changes_of, goods_changes
from services.words import say, term
from services.words.imports import format_words
from services.words.xray import field_words, value_words

if TYPE_CHECKING:
    from services.imports.edited_here import Edit, Edits
    from services.imports.merge import Clash
    from services.imports.plan import ChangedOrder, ImportPlan
    from services.imports.records import OrderRecord
    from services.imports.several import PlannedFile

PARTS = ("new", "updated", "conflict", "held", "rejected", "unchanged")
"""The tiles, in their order; `notice` and `doubt` are lists without a tile."""
NOTICE, DOUBT = "notice", "doubt"
LISTS = (*PARTS, DOUBT, NOTICE)
WAITING = frozenset({"status_unknown"})
"""Reasons of rejected rows that an import keeps to be settled later (services.queries.held_rows)."""
LOOKED_AT = 2_000
"""Rows of a part that its one-line gist is made of, where it needs words."""
JOINED = "joined"


class _Field(NamedTuple):
    """One field that changes: of which order or SKU, whose, and what; `change` None: it is merged with another file of this turn."""

    number: str
    buyer: str
    row: int
    change: Seen | None
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """A file of the dialog. `counts` are orders (SKUs for a goods file; rows for `held` and `rejected`, fields for `conflict`).

    `numbers` are the orders that it brings, `doubtful` all those in doubt. `known`: this very file was imported before; `keeps` are
    conflicts and unknown words that an import of it would keep to be decided.
    """

    planned: PlannedFile
    name: str
    kind: str = "orders"
    about: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    lists: dict[str, Listing[Any]] = field(default_factory=dict)
    gists: dict[str, str] = field(default_factory=dict)
    joined: int = 0
    trouble: str = ""
    unknown_format: bool = False
    numbers: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    edits: Mapping[tuple[int, str], Edit] = field(default_factory=dict)
    known: bool = False
    keeps: int = 0

    @property
    def other(self) -> bool:
        """Whether the file brings neither orders nor SKUs: cases, parcels, counts, bookings are listed in words."""
        return self.kind not in {*OF_ORDERS, "goods"}

    @property
    def brings(self) -> int:
        """What the import would make or change."""
        return self.counts.get("new", 0) + self.counts.get("updated", 0)


def preview_of(planned: PlannedFile, lang: str, zone: str, edits: Edits | None = None, *, known: bool = False) -> Preview:
    """Words and rows of a planned file in `lang`; `edits` are who edited here what it contradicts."""
    name = planned.path.name
    if planned.error is not None:
        unknown = planned.error.code in {"format_not_recognised", "headings_missing"}
        return Preview(planned, name, trouble=say(planned.error.code, lang, **planned.error.facts), unknown_format=unknown)
    if planned.plan is None:
        return Preview(planned, name, trouble=tr("The same file as {file}; it counts once.", file=planned.twin))
    return _Maker(planned, planned.plan, lang, zone, edits or {}, known).preview()


class _Maker:
    def __init__(self, planned: PlannedFile, plan: ImportPlan, lang: str, zone: str, edits: Edits, known: bool) -> None:
        self.planned, self.plan, self.lang, self.zone, self.edits, self.known = planned, plan, lang, zone, edits, known
        self.comma = "、" if lang == "zh" else ", "

    def preview(self) -> Preview:
        plan, report = self.plan, self.plan.report
        kind = plan.parsed.kind
        goods, other = kind == "goods", kind not in {*OF_ORDERS, "goods"}
        joined = len(self.planned.joined)
        repeated = [one for one in report.warnings if one.code == "row_repeated"]
        notices = [one for one in report.warnings if one.code != "row_repeated"]
        entries = {part: [one for one in report.entries if one.part == part] for part in ("new", "updated", "held", "unchanged")}
        out = in_doubt(plan, doubts(plan))
        counts = {
            "new": report.new if other else report.skus_new if goods else report.orders_new - joined,
            "updated": report.updated_count if other else report.skus_updated if goods else report.orders_updated + joined,
            "conflict": len(report.clashes),
            "held": len(repeated) + len(entries["held"]),
            "rejected": len(report.rejected),
            "unchanged": report.unchanged if other else report.skus_unchanged if goods else report.orders_unchanged,
            DOUBT: len(out),
            NOTICE: len(notices),
        }
        lists: dict[str, Listing[Any]] = {
            "conflict": self._conflicts(),
            "held": Listing(columns_of("held", kind), (*entries["held"], *repeated), self._place, _row_of),
            "rejected": self._rejected(),
            DOUBT: Listing(columns_of(DOUBT, kind), out.values(), self._doubt, lambda one: Subject(one.number, one.row)),
            NOTICE: Listing(columns_of(NOTICE, kind), notices, self._place, _row_of),
        }
        if other:
            for part in ("new", "updated", "unchanged"):
                lists[part] = Listing(columns_of(part, kind), entries[part], self._place, _row_of)
            if kind == "bookings":
                lists["new"] = Listing(columns_of("new", kind), [one for one, _order in plan.bookings], _booking, _row_of)
        elif goods:
            lists |= self._goods()
        else:
            lists |= self._orders()
        waiting = sum(one.code in WAITING for one in report.rejected)
        return Preview(
            self.planned,
            self.planned.path.name,
            kind,
            self._about(),
            counts,
            {part: one for part, one in lists.items() if one.things(1)},
            {part: gist for part in LISTS if counts[part] and (gist := self._gist(part, lists, out))},
            joined,
            numbers=frozenset(one.order.number for one in plan.new) | frozenset(one.order.number for one in plan.changed),
            doubtful=frozenset(out),
            edits=self.edits,
            known=self.known,
            keeps=counts["conflict"] + waiting if kind in {*OF_ORDERS, "cases"} and not self.known else 0,
        )

    def _about(self) -> str:
        parsed = self.plan.parsed
        dot = "·" if self.lang == "zh" else " · "
        columns = len(parsed.headings)
        unknown = len(parsed.unknown_headings)
        known = tr("{n} columns, all known", n=columns) if not unknown else tr("{n} columns, {m} unknown", n=columns, m=unknown)
        return dot.join((format_words(parsed.format, self.lang), known, trn("{n} row", "{n} rows", parsed.rows)))

    # ---- orders

    def _orders(self) -> dict[str, Listing[Any]]:
        plan, joined = self.plan, self.planned.joined
        fresh = (one.order for one in plan.new if one.order.number not in joined)
        states = Counter(one.order.status or "" for one in plan.new if one.order.number not in joined)
        changed = Counter(name for fields in plan.report.updated.values() for name in fields)
        fields = self._facets("field", changed)
        if joined:
            fields.append(Facet(JOINED, tr("Merged"), len(joined)))
        told = {one.order.number for one in plan.new} | {one.order.number for one in plan.changed}
        kind = plan.parsed.kind
        return {
            "new": Listing(
                columns_of("new", kind), fresh, new_order, _number_of, self._facets("status", states), lambda one: one.status or ""
            ),
            "updated": Listing(
                columns_of("updated", kind), self._fields(), self._field, lambda one: Subject(one.number, one.row), fields, _facet_of
            ),
            "unchanged": Listing(
                columns_of("unchanged", kind), (one for one in plan.parsed.orders if one.number not in told), new_order, _number_of
            ),
        }

    def _fields(self) -> Iterator[_Field]:
        for changed in self.plan.changed:
            order = changed.order
            buyer = order.buyer_nick or changed.current["buyer_nick"] or ""
            for change in by_weight(changed):
                yield _Field(order.number, buyer, order.row, change)
        for one in self.plan.new if self.planned.joined else ():
            if one.order.number in self.planned.joined:
                yield _Field(one.order.number, one.order.buyer_nick or "", one.order.row, None, len(one.order.lines))

    def _field(self, place: int, one: _Field) -> Change:
        if one.change is None:
            told = trn("{n} kind", "{n} kinds", one.lines) if one.lines else tr("the order's own facts")
            return Change(place, one.number, one.buyer, tr("Merged"), tr("comes with another file"), told)
        change = one.change
        here, told = (value_words(change.field, value, self.lang, self.zone) for value in (change.old, change.new))
        return Change(place, one.number, one.buyer, field_words(change.field, self.lang, change.part), here, told)

    # ---- goods

    def _goods(self) -> dict[str, Listing[Any]]:
        plan = self.plan
        told = {one.code for one in plan.new_goods} | {one.code for _sku, one, _changes in plan.changed_goods}
        changed = Counter(name for fields in plan.report.updated.values() for name in fields)
        same = (one for one in plan.parsed.goods if one.code not in told)
        fields = (
            _Field(one.code, one.title or "", one.row, change)
            for sku_id, one, changes in plan.changed_goods
            for change in goods_changes(plan, sku_id, changes)
        )

        def about(one: Any) -> Subject:
            return Subject(one.code, one.row)

        return {
            "new": Listing(columns_of("new", "goods"), plan.new_goods, _new_goods, about),
            "updated": Listing(
                columns_of("updated", "goods"),
                fields,
                self._field,
                lambda one: Subject(one.number, one.row),
                self._facets("field", changed),
                _facet_of,
            ),
            "unchanged": Listing(columns_of("unchanged", "goods"), same, _new_goods, about),
        }

    # ---- what any kind may have

    def _conflicts(self) -> Listing[Clash]:
        clashes = self.plan.report.clashes
        named = {clash.number for clash in clashes}
        buyers = {order.number: order.buyer_nick or order.recipient for order in self.plan.parsed.orders if order.number in named}

        def make(place: int, clash: Clash) -> Change:
            edit = None if clash.part else self.edits.get((clash.order_id, clash.field))
            here, told = (value_words(clash.field, value, self.lang, self.zone) for value in (clash.ours, clash.file))
            words = field_words(clash.field, self.lang)
            return Change(place, clash.number, str(buyers.get(clash.number) or ""), words, here, told, self.by(edit))

        facets = self._facets("field", Counter(clash.field for clash in clashes))
        columns = columns_of("conflict", self.plan.parsed.kind)
        return Listing(columns, clashes, make, lambda one: Subject(one.number, one.row or None), facets, lambda one: one.field)

    def by(self, edit: Edit | None) -> str:
        """`11-21 18:20 店主` of the one who set a value here."""
        if edit is None:
            return ""
        who = tr("an import") if edit.action == "import_file" else term("actor", edit.actor, self.lang)
        return f"{to_local(edit.at, self.zone):%m-%d %H:%M} {who}"

    def _rejected(self) -> Listing[Any]:
        rejected = self.plan.report.rejected

        def make(place: int, one: Any) -> Place:
            return Place(place, one.row, one.column or "", one.value or "", say(one.code, self.lang, **one.facts))

        found = Counter(one.column for one in rejected if one.column)
        facets = [Facet(column, column, count) for column, count in found.most_common()]
        columns = columns_of("rejected", self.plan.parsed.kind)
        return Listing(columns, rejected, make, _row_of, facets, lambda one: one.column or "")

    def _place(self, place: int, one: Any) -> Place:
        """A warning, or an entry of a file that brings no orders."""
        if hasattr(one, "words"):
            return Place(place, one.row, "", one.number, one.words(self.lang), one.number)
        return Place(place, one.row, str(one.facts.get("heading") or ""), "", say(one.code, self.lang, **one.facts))

    def _doubt(self, place: int, one: LeftOut) -> Place:
        return Place(place, one.row or None, "", "", say(one.code, self.lang, **one.facts), one.number)

    def _facets(self, kind: str, counted: Counter[str]) -> list[Facet]:
        most = sorted(counted.items(), key=lambda one: (-one[1], _FIRST.get(one[0], len(_FIRST))))
        return [Facet(key, term(kind, key, self.lang), count) for key, count in most if key]

    # ---- one line about a part

    def _gist(self, part: str, lists: Mapping[str, Listing[Any]], out: Mapping[str, LeftOut]) -> str:
        listing = lists[part]
        comma = "，" if self.lang == "zh" else ", "
        if part in {"updated", "conflict"} and listing.facets:
            return comma.join(f"{one.words} {one.count:,}" for one in listing.facets[:6])
        if part == DOUBT:
            reasons = Counter(say(one.code, self.lang, **one.facts) for one in out.values())
            semicolon, told = ("；", "{}（{:,}）") if self.lang == "zh" else ("; ", "{} ({:,})")
            return semicolon.join(told.format(*one) for one in reasons.most_common(3)) + ("…" if len(reasons) > 3 else "")
        if part in {"held", "rejected", NOTICE}:
            return self._reasons(listing.rows(range(min(LOOKED_AT, len(listing.things(LOOKED_AT)))))(None))
        if self.plan.parsed.kind not in {*OF_ORDERS, "goods"} and listing.things(1):
            return str(listing.rows((0,))(None)[0].why)
        return ""

    def _reasons(self, rows: Iterable[Place]) -> str:
        """`第 118、431 行：…` for each reason, the first two."""
        by_reason: dict[str, list[int]] = {}
        for row in rows:
            by_reason.setdefault(row.why, [])
            if row.row is not None:
                by_reason[row.why].append(row.row)
        said = []
        for reason, places in islice(by_reason.items(), 2):
            why = reason.rstrip("。.")
            shown = self.comma.join(f"{place:,}" for place in places[:4]) + ("…" if len(places) > 4 else "")
            said.append(
                f"{trn('Row {rows}', 'Rows {rows}', len(places), rows=shown)}{'：' if self.lang == 'zh' else ': '}{why}" if places else why
            )
        return ("；" if self.lang == "zh" else "; ").join(said)


_FIRST = {name: place for place, name in enumerate(("status", "platform_status", "paid", "refunded", "lines", "parcels"))}


def by_weight(changed: ChangedOrder) -> Sequence[Seen]:
    """What changes on an order, the state and the money first."""
    return sorted(changes_of(changed), key=lambda change: _FIRST.get(_family(change.field), len(_FIRST)))


def _family(name: str) -> str:
    """Fields of a line are told as its order's goods in the report."""
    return "lines" if name.startswith("line.") else name


def _facet_of(one: _Field) -> str:
    return JOINED if one.change is None else _family(one.change.field)


def _row_of(one: Any) -> Subject:
    return Subject("", one.row)


def _number_of(order: OrderRecord) -> Subject:
    return Subject(order.number, order.row)


def _booking(place: int, one: Any) -> Place:
    """`商品退款 5016165517148046476 −¥30.00` of an account file's row."""
    words = " ".join(filter(None, (one.description or one.flow, one.order, money(one.amount, signed=True))))
    return Place(place, one.row, "", "", words, one.order or "")


def _new_goods(place: int, one: Any) -> NewGoods:
    title = " ".join(part for part in (one.title, one.properties) if part)
    return NewGoods(place, one.code, title, one.barcode or "", one.cost, one.price, one.stock)
