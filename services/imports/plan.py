"""What a file would do to the shop as it stands: read from a snapshot, without the write lock.

The plan is carried out by services.commands.imports in one short transaction; if the shop changed in between, the plan
is made anew inside it. A dry run ends with the plan.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from services.db.dialect import chunks
from services.db.reading import Reading, id_list
from services.db.schema import Order
from services.imports.headings import Authority
from services.imports.merge import Merged, merge, told_of, told_text
from services.imports.merge_lines import KnownLine, MergedLines, merge_lines
from services.imports.records import GoodsRecord, OrderRecord, ParcelRecord, ParsedFile
from services.imports.report import ImportReport

if TYPE_CHECKING:
    from services.db.shipping import Shipment
    from services.imports.plan_cases import PlannedCase

AUTHORITY = {"orders": Authority.ORDERS, "sold": Authority.ORDERS, "lines": Authority.LINES}
"""By the kind of file, as order_source keeps it."""

_COLUMNS = tuple(column.name for column in Order.__table__.columns)
_ORDERS = f"SELECT {', '.join(_COLUMNS)} FROM orders WHERE id IN ({{ids}})"  # noqa: S608 (mapped names)
_KNOWN = """
SELECT o.number, o.id, s.id, s.file_time, s.digest FROM orders o
LEFT JOIN order_source s ON s.order_id = o.id AND s.kind = ? WHERE o.channel_id = ? AND o.number IN ({marks})
"""
_TOLD = "SELECT order_id, kind, told, file_time FROM order_source WHERE order_id IN ({ids})"
_LINES = """
SELECT l.order_id, l.id, l.number, l.quantity, l.price, l.payable, l.paid, l.refunded, l.refund_state, l.refund_asked, l.platform_status,
       l.shipped_at, l.parcel_carrier, l.parcel_number, l.shipped, l.cancelled, l.reserved, g.code, g.item_id, g.properties, g.title
FROM order_line l JOIN listing g ON g.id = l.listing_id WHERE l.order_id IN ({ids}) ORDER BY l.order_id, l.position
"""
_PARCELS = """
SELECT po.order_id, p.carrier, p.tracking_number, p.source FROM parcel_order po JOIN parcel p ON p.id = po.parcel_id
WHERE po.order_id IN ({ids}) AND p.state <> 'void'
"""
_WAITING = "SELECT count(*) FROM case_source WHERE case_id IS NULL AND platform = ? AND order_number IN ({marks})"
_NOT_FIELDS = frozenset({"phone_tail", "created_day", "paid_day", "masked"})


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """The channel that a file belongs to; `id` None: to be made. `adopt`: its shop's name becomes known now."""

    id: int | None
    code: str
    platform: str
    shop_name: str
    adopt: bool = False


@dataclass(slots=True)
class ChangedOrder:
    """An order that is there and that the file tells something new of."""

    order_id: int
    order: OrderRecord
    current: dict[str, Any]
    merged: Merged
    lines: MergedLines
    parcels: list[ParcelRecord]
    fields: list[str]


class NewOrder(NamedTuple):
    """An order of the file with what order_source keeps of it."""

    order: OrderRecord
    told: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """The source row to write: None makes one, else the row of that id is set."""

    source_id: int | None
    order_id: int
    now: NewOrder


@dataclass(slots=True)
class ImportPlan:
    """`seq`: the last entry of the trail when the plan was made. `bumps`: source rows that only saw a newer file."""

    parsed: ParsedFile
    seq: int
    channel: ChannelChoice
    report: ImportReport
    new: list[NewOrder] = field(default_factory=list)
    changed: list[ChangedOrder] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    bumps: list[tuple[int, int]] = field(default_factory=list)
    new_goods: list[GoodsRecord] = field(default_factory=list)
    changed_goods: list[tuple[int, GoodsRecord, dict[str, Any]]] = field(default_factory=list)
    cases: list[PlannedCase] = field(default_factory=list)
    shipments: list[Shipment] = field(default_factory=list)
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanImport:
    """Compare a parsed file with the shop; writes nothing. `overrides` are blockers that a tracking file may pass, with a reason."""

    parsed: ParsedFile
    overrides: tuple[str, ...] = ()

    def run(self, reading: Reading) -> ImportPlan:
        parsed = self.parsed
        (seq,) = reading.sql("SELECT coalesce(max(seq), 0) FROM audit_entry")[0]
        report = ImportReport(
            file=parsed.path.name,
            format=parsed.format,
            encoding=parsed.encoding,
            rows=parsed.rows,
            rows_held=sum(warned.code == "row_repeated" for warned in parsed.warnings),
            rejected=list(parsed.rejected),
            warnings=list(parsed.warnings),
            unknown_headings=list(parsed.unknown_headings),
            lines=sum(len(order.lines) for order in parsed.orders) if parsed.kind != "orders" else 0,
        )
        if parsed.kind not in AUTHORITY:
            plan = ImportPlan(parsed, seq, ChannelChoice(None, "", "", ""), report, overrides=self.overrides)
            _plan_other(reading, plan)
            return plan
        channel = choose_channel(reading, parsed)
        report.channel = channel.code
        plan = ImportPlan(parsed, seq, channel, report)
        _plan_orders(reading, plan)
        return plan


def _plan_other(reading: Reading, plan: ImportPlan) -> None:
    """Files that bring no orders, each by its own module."""
    if plan.parsed.kind == "goods":
        from services.imports.plan_goods import plan_goods

        plan_goods(reading, plan)
    elif plan.parsed.kind == "cases":
        from services.imports.plan_cases import plan_cases

        plan_cases(reading, plan)
    elif plan.parsed.kind == "waybills":
        from services.imports.plan_waybills import plan_waybills

        plan_waybills(reading, plan)


def told_and_digest(order: OrderRecord) -> tuple[str, bytes]:
    """What the file says of an order, and 16 bytes that say whether another row says the same; its place in the file does not count."""
    told = told_text(order)
    whole = told + repr([line[1:] for line in order.lines]) if order.lines else told
    return told, hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def choose_channel(reading: Reading, parsed: ParsedFile) -> ChannelChoice:
    """The channel by the shop's name, else the platform's only one, else the one that knows most of the file's numbers."""
    code = parsed.channel or parsed.platform or "manual"
    rows = reading.sql("SELECT id, code, platform, shop_name FROM channel WHERE platform = ? OR code = ? ORDER BY id", (code, code))
    name = parsed.shop_name
    if parsed.channel:
        found = next((row for row in rows if row[1] == code), None)
        return ChannelChoice(found[0], *found[1:]) if found else ChannelChoice(None, code, code, "")
    if name:
        for row in rows:
            if row[3] == name:
                return ChannelChoice(*row)
        nameless = next((row for row in rows if not row[3]), None)
        if nameless:
            return ChannelChoice(nameless[0], nameless[1], nameless[2], name, adopt=True)
        free = code if not rows else f"{code}-{len(rows) + 1}"
        return ChannelChoice(None, free, code, name)
    if not rows:
        return ChannelChoice(None, code, code, "")
    if len(rows) > 1:
        sample = [order.number for order in parsed.orders[:500]]
        marks = ",".join("?" * len(sample))
        known = dict(
            reading.sql(f"SELECT channel_id, count(*) FROM orders WHERE number IN ({marks}) GROUP BY channel_id", sample)  # noqa: S608 (marks only)
        )
        rows.sort(key=lambda row: -known.get(row[0], 0))
    return ChannelChoice(*rows[0])


def _plan_orders(reading: Reading, plan: ImportPlan) -> None:
    parsed, report = plan.parsed, plan.report
    known = _known(reading, plan)
    compare: list[tuple[int, int | None, NewOrder]] = []
    for order in parsed.orders:
        found = known.get(order.number)
        said, digest = told_and_digest(order)
        if found is None:
            plan.new.append(NewOrder(order, said, digest))
            continue
        order_id, source_id, file_time, old = found
        if source_id is None or (old != digest and parsed.file_time >= file_time):
            compare.append((order_id, source_id, NewOrder(order, said, digest)))
            continue
        report.orders_unchanged += 1
        if old == digest and parsed.file_time > file_time:
            plan.bumps.append((source_id, order.row))
    report.orders_new = len(plan.new)
    for part in chunks(compare, 2_000):
        _compare(reading, plan, part)
    report.orders_updated = len(plan.changed)
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
        for number, order_id, source_id, file_time, digest in reading.sql(statement, (plan.parsed.kind, plan.channel.id, *part)):
            found[number] = (order_id, source_id, file_time, digest)
    return found


def _compare(reading: Reading, plan: ImportPlan, part: Sequence[tuple[int, int | None, NewOrder]]) -> None:
    parsed, report = plan.parsed, plan.report
    ids = id_list(order_id for order_id, _source, _told in part)
    orders = {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in reading.each(_ORDERS, ids)}
    told: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    newer: dict[int, set[str]] = defaultdict(set)
    for order_id, kind, text, file_time in reading.each(_TOLD, ids):
        told[order_id][kind] = told_of(text)
        if file_time > parsed.file_time:
            newer[order_id].add(kind)
    lines = _grouped(reading.each(_LINES, ids)) if parsed.kind != "orders" else {}
    parcels = _grouped(reading.each(_PARCELS, ids))
    mine = AUTHORITY[parsed.kind]
    for order_id, source_id, told_now in part:
        order = told_now.order
        current, said = orders[order_id], told[order_id]
        higher: dict[str, Any] = {}
        for kind, values in said.items():
            if AUTHORITY[kind] > mine or (AUTHORITY[kind] == mine and kind != parsed.kind and kind in newer[order_id]):
                higher |= values
        above = any(AUTHORITY[kind] > mine for kind in said)
        by_list = said.get("orders", {})
        merged = merge(
            order,
            parsed.knows,
            current,
            said.get(parsed.kind),
            higher,
            lower_kind=above or parsed.file_time < (current["platform_seen_at"] or 0),
            net_paid="paid" in by_list and "refunded" not in by_list,
            sent_here=any(row[3] == "here" for row in parcels.get(order_id, ())),
        )
        known = [KnownLine(*row[1:]) for row in lines.get(order_id, ())]
        merged_lines = merge_lines(order.number, order.lines, known, parsed.knows) if order.lines else MergedLines()
        there = {row[1:3] for row in parcels.get(order_id, ())}
        parcels_new = [parcel for parcel in order.parcels if (parcel.carrier, parcel.number) not in there]
        report.clashes += merged.clashes + merged_lines.clashes
        fields = _fields(current, merged, merged_lines, parcels_new)
        plan.told.append(Told(source_id, order_id, told_now))
        if not fields:
            report.orders_unchanged += 1
            continue
        report.updated[order.number] = fields
        plan.changed.append(ChangedOrder(order_id, order, current, merged, merged_lines, parcels_new, fields))


def _grouped(rows: Iterator[tuple[Any, ...]] | Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
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
