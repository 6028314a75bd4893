"""What a file of orders would do: which are new, which it has nothing new of, and the comparison of the rest in sets."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.db.dialect import chunks
from services.db.reading import Reading, id_list
from services.db.schema import Order
from services.imports.merge import Merged, Sides, merge
from services.imports.merge_lines import LINES, Behind, Goods, KnownLine, MergedLines, merge_lines
from services.imports.plan import ChangedOrder, ImportPlan, NewOrder, Told
from services.imports.records import OrderRecord, ParcelRecord
from services.imports.said import BY_KIND, NO_FACTS, Facts, Said, pack, said_of, source_kind, told_text, unpack, weigh
from services.imports.vanished import tell_vanished
from services.money import write_amount
from services.settings import settings_of

_COLUMNS = tuple(column.name for column in Order.__table__.columns)
_ORDERS = f"SELECT {', '.join(_COLUMNS)} FROM orders WHERE id IN ({{ids}})"  # noqa: S608 (mapped names)
_KNOWN = """
SELECT o.number, o.id, s.id, s.file_time, s.digest FROM orders o
LEFT JOIN order_source s ON s.order_id = o.id AND s.kind = ? WHERE o.channel_id = ? AND o.number IN ({marks})
"""
_TOLD = "SELECT order_id, kind, batch_id, row, file_time, told, older, digest FROM order_source WHERE order_id IN ({ids})"
_LINES = """
SELECT l.order_id, l.id, l.number, l.quantity, l.price, l.payable, l.paid, l.refunded, l.refund_state, l.refund_asked, l.platform_status,
       l.shipped_at, l.parcel_carrier, l.parcel_number, l.shipped, l.cancelled, l.reserved, g.code, g.item_id, g.properties, g.title
FROM order_line l JOIN listing g ON g.id = l.listing_id WHERE l.order_id IN ({ids}) ORDER BY l.order_id, l.position
"""
_PARCELS = """
SELECT po.order_id, p.carrier, p.tracking_number, p.source FROM parcel_order po JOIN parcel p ON p.id = po.parcel_id
WHERE po.order_id IN ({ids}) AND p.state <> 'void'
"""
_APPROVED = "SELECT order_id, was FROM approval WHERE state = 'approved' AND order_id IN ({ids}) ORDER BY id"
_OPEN = "SELECT order_id, id, field, part FROM import_conflict WHERE state = 'open' AND order_id IN ({ids})"
_WAITING = "SELECT count(*) FROM case_source WHERE case_id IS NULL AND platform = ? AND order_number IN ({marks})"
_SIBLINGS = "SELECT order_id FROM order_source WHERE kind = ? AND order_id IN ({ids})"
_NOT_FIELDS = frozenset({"phone_tail", "created_day", "paid_day", "masked"})
_OF_LINES = frozenset({"lines", "sold"})
MONEY = frozenset({"goods_amount", "discount", "goods_less_discount", "freight", "payable"})
"""What follows from an order's goods and prices."""


COMPARED_AT_ONCE = 2_000
_Row = tuple[int, int | None, NewOrder]
"""An order that is there, its source of this kind, and what the file says."""


def digest_of(parsed_knows: frozenset[str]) -> bytes:
    """What files with these columns mix into the digests of their orders: the same cells under other headings say something else."""
    return hashlib.blake2b("\n".join(sorted(parsed_knows)).encode(), digest_size=16).digest()


def told_and_digest(order: OrderRecord, mix: bytes) -> tuple[bytes, bytes]:
    """What the file says of an order, in UTF-8 (half the memory), and 16 bytes that say whether another row says the same; its place in
    the file does not count."""
    told = told_text(order).encode("utf-8", "surrogatepass")
    whole = told + repr([line[1:] for line in order.lines]).encode("utf-8", "surrogatepass") if order.lines else told
    return told, hashlib.blake2b(whole, digest_size=16, key=mix).digest()


def plan_orders(reading: Reading, plan: ImportPlan) -> None:
    """Fill the plan's orders and the report's counts."""
    parsed, report = plan.parsed, plan.report
    plan.kind = source_kind(parsed)
    mix = digest_of(parsed.knows)
    known = _known(reading, plan)
    comparing = _Comparing.of(reading, plan)
    compare: list[_Row] = []
    again: list[tuple[int, int | None, OrderRecord]] = []
    for place, order in enumerate(parsed.orders):
        if place % COMPARED_AT_ONCE == 0:
            plan.progress.step(place, len(parsed.orders), "planned")
        found = known.get(order.number)
        said, digest = told_and_digest(order, mix)
        if found is None:
            plan.new.append(NewOrder(order, said, digest))
            continue
        order_id, source_id, file_time, old = found
        if source_id is None or old != digest:
            compare.append((order_id, source_id, NewOrder(order, said, digest)))
            if len(compare) == COMPARED_AT_ONCE:
                _compare(reading, plan, comparing, compare)
                compare.clear()
            continue
        report.orders_unchanged += 1
        if parsed.file_time > file_time:
            again.append((order_id, source_id, order))
    report.orders_new = len(plan.new)
    # A word that is said again counts as the newer one beside files of the same authority, so those are compared.
    beside = _with_siblings(reading, plan.kind, [order_id for order_id, _source, _order in again])
    plan.bumps = [(source_id or 0, order.row) for order_id, source_id, order in again if order_id not in beside]
    siblings = [row for row in again if row[0] in beside]
    report.orders_unchanged -= len(siblings)
    _compare(reading, plan, comparing, compare)
    for part in chunks(siblings, COMPARED_AT_ONCE):
        plan.progress.step(len(parsed.orders), len(parsed.orders), "planned")
        rows = [(order_id, source_id, NewOrder(order, *told_and_digest(order, mix))) for order_id, source_id, order in part]
        _compare(reading, plan, comparing, rows)
    report.orders_updated = len(plan.changed)
    tell_vanished(reading, plan, {row[0] for row in known.values()})
    if plan.new and reading.sql("SELECT 1 FROM case_source WHERE case_id IS NULL LIMIT 1"):
        for numbers in chunks([one.order.number for one in plan.new], 500):
            statement = _WAITING.replace("{marks}", ",".join("?" * len(numbers)))
            report.cases_new += reading.sql(statement, (parsed.platform, *numbers))[0][0]


def _known(reading: Reading, plan: ImportPlan) -> dict[str, tuple[int, int | None, int, bytes]]:
    """Orders of the channel that the file names: id and what this kind of file last said of each."""
    if plan.channel.id is None:
        return {}
    found: dict[str, tuple[int, int | None, int, bytes]] = {}
    numbers = [order.number for order in plan.parsed.orders]
    for part in chunks(numbers, 500):
        statement = _KNOWN.replace("{marks}", ",".join("?" * len(part)))
        for number, order_id, source_id, file_time, digest in reading.sql(statement, (plan.kind, plan.channel.id, *part)):
            found[number] = (order_id, source_id, file_time, digest)
    return found


def _with_siblings(reading: Reading, kind: str, order_ids: Sequence[int]) -> set[int]:
    """Orders of which files of another kind but the same authority spoke, too."""
    others = [other for other, authority in BY_KIND.items() if other != kind and authority == BY_KIND[kind]]
    found: set[int] = set()
    for other in others:
        if order_ids and reading.sql("SELECT 1 FROM import_batch WHERE kind = ? LIMIT 1", (other,)):
            for part in chunks(id_list(order_ids), 500):
                statement = _SIBLINGS.replace("{ids}", ",".join("?" * len(part)))
                found.update(row[0] for row in reading.sql(statement, (other, *part)))
    return found


@dataclass(slots=True)
class _Comparing:
    """What the comparison of one file needs besides the orders."""

    facts: dict[int, Facts]
    promise: int
    open_conflicts: bool
    copy: bool

    @classmethod
    def of(cls, reading: Reading, plan: ImportPlan) -> _Comparing:
        facts = {}
        if plan.channel.id is not None:
            for batch_id, mark, kind, knows in reading.sql("SELECT id, file_hash, kind, knows FROM import_batch"):
                facts[batch_id] = Facts(mark, frozenset(json.loads(knows))) if kind else Facts(mark, NO_FACTS.knows)
        promise = int(settings_of(reading)["promise_hours"]) * 3_600_000
        copy = plan.parsed.format.startswith("zhanggui.")
        return cls(facts, promise, bool(reading.sql("SELECT 1 FROM import_conflict WHERE state = 'open' LIMIT 1")), copy)

    def about(self, batch_id: int) -> Facts:
        return self.facts.get(batch_id, NO_FACTS)


def _compare(reading: Reading, plan: ImportPlan, comparing: _Comparing, part: Sequence[_Row]) -> None:
    parsed, report = plan.parsed, plan.report
    ids = id_list(order_id for order_id, _source, _told in part)
    orders = {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in reading.each(_ORDERS, ids)}
    words: dict[int, list[Said]] = defaultdict(list)
    digests: dict[int, tuple[bytes, tuple[int, str]]] = {}
    for order_id, kind, batch_id, row, file_time, told, older, digest in reading.each(_TOLD, ids):
        found = unpack(kind, batch_id, row, file_time, told, older, comparing.about)
        words[order_id] += found
        if kind == plan.kind:
            digests[order_id] = (digest, found[0].age)
    lines = _grouped(reading.each(_LINES, ids)) if parsed.kind != "orders" else {}
    parcels = _grouped(reading.each(_PARCELS, ids))
    conflicts = _grouped(reading.each(_OPEN, ids)) if comparing.open_conflicts else {}
    amended = _amended(reading, orders)
    for order_id, source_id, told_now in part:
        order, current, before = told_now.order, orders[order_id], words[order_id]
        mine = said_of(order, parsed, plan.kind)
        same_kind = [one for one in before if one.kind == plan.kind]
        newest, packed = pack([*same_kind, mine], told_now.told.decode("utf-8", "surrogatepass"))
        others = [one for one in before if one.kind != plan.kind]
        heard = [*others, *same_kind, mine]
        # Where nothing of older files of the kind counts any more, there is nothing to weigh it against.
        standing = heard if packed.older else [*others, newest]
        opened = conflicts.get(order_id, [])
        merged = merge(
            Sides(
                order,
                mine,
                heard,
                weigh(before),
                weigh(standing),
                current,
                promise=comparing.promise,
                sent_here=any(row[3] == "here" for row in parcels.get(order_id, ())),
                open_fields=frozenset(name for _order, _id, name, of in opened if of == 0),
            )
        )
        known = [KnownLine(*row[1:]) for row in lines.get(order_id, ())]
        merged_lines = MergedLines()
        behind = _behind(mine, before, comparing.about)
        if order.lines and not (behind is not None and order_id in amended):
            merged_lines = merge_lines(order.number, order.lines, known, parsed.knows, behind, amended.get(order_id))
        parcels_new = _new_parcels(order.parcels, parcels.get(order_id, ()))
        for _order, row_id, name, of in opened:
            if name in merged.agreed if of == 0 else name == "quantity" and of in merged_lines.agreed:
                plan.agreed[row_id] = order_id
        if order_id in amended:
            _as_one(merged, merged_lines)
            merged.agreed |= (
                {LINES} if order.lines and not any(clash.field == LINES for clash in (*merged.clashes, *merged_lines.clashes)) else set()
            )
        for _order, row_id, name, of in opened:
            if name == LINES and name in merged.agreed and of == 0:
                plan.agreed[row_id] = order_id
        clashes = merged.clashes + [replace(clash, order_id=order_id, row=order.row) for clash in merged_lines.clashes]
        plan.clashes += clashes
        report.clashes += clashes
        fields = _fields(current, merged, merged_lines, parcels_new)
        # A copy of ours leaves no trace where it brings nothing new (services.imports.plan_channels).
        if fields or not comparing.copy:
            digest = told_now.digest if newest is mine else digests[order_id][0]
            plan.told.append(Told(source_id, order_id, packed, digest, order.number))
        if not fields:
            report.orders_unchanged += 1
            continue
        report.updated[order.number] = fields
        plan.changed.append(ChangedOrder(order_id, order, current, merged, merged_lines, parcels_new, fields, known))


def _amended(reading: Reading, orders: Mapping[int, Mapping[str, Any]]) -> dict[int, Goods]:
    """Orders whose goods or prices were changed here and approved: units and price of their lines before the first such change."""
    changed = [order_id for order_id, order in orders.items() if LINES in order["locked"].split(",")]
    found: dict[int, Goods] = {}
    for order_id, was in reading.each(_APPROVED, changed):
        found.setdefault(order_id, [(line[2], line[3]) for line in json.loads(was)["lines"]])
    return found


def _as_one(merged: Merged, lines: MergedLines) -> None:
    """Goods, prices and sums of an order hang together: what files say otherwise of them is one conflict."""
    money = [clash for clash in merged.clashes if clash.field in MONEY]
    if money:
        merged.clashes = [clash for clash in merged.clashes if clash.field not in MONEY]
        if not lines.clashes:
            one = next((clash for clash in money if clash.field == "payable"), money[0])
            ours, theirs = (write_amount(int(value)) for value in (one.ours if one.ours.isdigit() else "0", one.file))
            merged.clashes.append(replace(one, field=LINES, ours=ours, file=theirs, value=theirs))


def _new_parcels(told: Sequence[ParcelRecord], there: Sequence[tuple[Any, ...]]) -> list[ParcelRecord]:
    """Parcels that the order does not have yet. A number without a carrier is the one of that number that it has."""
    known = {row[1:3] for row in there}
    numbers = {number for _carrier, number in known}
    return [one for one in told if (one.carrier, one.number) not in known and not (one.nameless and one.number in numbers)]


def _behind(mine: Said, before: Sequence[Said], about: Callable[[int], Facts]) -> Behind | None:
    """What files told of the lines that are newer than this one, or that somebody made by hand."""
    newer = [one for one in before if one.kind in _OF_LINES and (mine.kind == "sparse" or one.age > mine.age)]
    if not newer:
        return None
    return Behind(frozenset(one.kind for one in newer), frozenset(name for one in newer for name in about(one.batch_id).knows))


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    grouped: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped


def _fields(current: dict[str, Any], merged: Merged, lines: MergedLines, parcels: list[ParcelRecord]) -> list[str]:
    """Names of what changes, as a person would say it; empty if nothing does."""
    names = [name for name in merged.changes if name not in _NOT_FIELDS]
    if merged.paid is not None:
        names.append("paid")
    if merged.refunded is not None:
        names.append("refunded")
    if merged.status is not None and merged.status != current["platform_status"]:
        names.append("status" if merged.status != current["status"] else "platform_status")
    if lines.new or lines.changes or lines.called_off or lines.sent or lines.named:
        names.append("lines")
    if parcels:
        names.append("parcels")
    return names
