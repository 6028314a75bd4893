"""What a file would do to the shop as it stands: read from a snapshot, without the write lock.

The plan is carried out by services.commands.imports in one short transaction; if the shop changed in between, the plan
is made anew inside it. A dry run ends with the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from services.db.reading import Reading
from services.imports.headings import OF_ORDERS
from services.imports.merge import Clash, Merged
from services.imports.merge_lines import KnownLine, MergedLines
from services.imports.records import BookingRecord, GoodsRecord, OrderRecord, ParcelRecord, ParsedFile
from services.imports.report import ImportReport
from services.imports.said import Packed
from services.progress import SILENT, Progress

if TYPE_CHECKING:
    from services.db.shipping import Shipment
    from services.imports.plan_cases import PlannedCase
    from services.imports.plan_counts import Counted


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
    known: Sequence[KnownLine] = ()


class NewOrder(NamedTuple):
    """An order of the file with what order_source keeps of it, `told` in UTF-8."""

    order: OrderRecord
    told: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """The source row to write: None makes one, else the row of that id is set. `digest` is that of its newest word."""

    source_id: int | None
    order_id: int
    packed: Packed
    digest: bytes
    number: str


@dataclass(slots=True)
class ImportPlan:
    """`seq`: the last entry of the trail when the plan was made. `bumps`: source rows that only saw a newer file.

    `more_parcels` are parcels of orders that a tracking file shows to have left with another one already.
    `kind` is the kind of source that the file is. `clashes` of orders become conflicts to decide, `agreed` are those that are no more,
    {conflict: order}.
    """

    parsed: ParsedFile
    seq: int
    channel: ChannelChoice
    report: ImportReport
    new: list[NewOrder] = field(default_factory=list)
    changed: list[ChangedOrder] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    bumps: list[tuple[int, int]] = field(default_factory=list)
    kind: str = ""
    clashes: list[Clash] = field(default_factory=list)
    agreed: dict[int, int] = field(default_factory=dict)
    new_goods: list[GoodsRecord] = field(default_factory=list)
    changed_goods: list[tuple[int, GoodsRecord, dict[str, Any]]] = field(default_factory=list)
    goods_here: dict[int, dict[str, Any]] = field(default_factory=dict)
    """What the SKUs to change hold now, by their ids."""
    cases: list[PlannedCase] = field(default_factory=list)
    shipments: list[Shipment] = field(default_factory=list)
    more_parcels: list[Shipment] = field(default_factory=list)
    overrides: tuple[str, ...] = ()
    counted: list[Counted] = field(default_factory=list)
    bookings: list[tuple[BookingRecord, int | None]] = field(default_factory=list)
    parts: list[ImportPlan] = field(default_factory=list)
    """One plan a channel, where the file's rows name theirs; else empty."""
    progress: Progress = field(default=SILENT, repr=False)
    """Where the comparison tells how far it is, and learns that it is to stop."""


SLICE = 1_000


def take_apart(plan: ImportPlan) -> None:
    """Empty a plan that nobody needs any more, a slice at a time: a hundred thousand orders freed in one go hold every thread for 0.3 s."""
    for part in (*plan.parts, plan):
        held: tuple[list[Any], ...] = (part.new, part.changed, part.told, part.bumps, part.clashes, part.parsed.orders, part.parsed.goods)
        for rows in held:
            while rows:
                del rows[-SLICE:]


def asks_of(parsed: ParsedFile) -> tuple[str, ...]:
    """What a file asks for besides `import`: one that sets costs, to see them."""
    return ("see_costs",) if any(one.cost is not None for one in parsed.goods) else ()


@dataclass(frozen=True, slots=True)
class PlanImport:
    """Compare a parsed file with the shop; writes nothing. `overrides` are blockers that a tracking file may pass, with a reason."""

    parsed: ParsedFile
    overrides: tuple[str, ...] = ()
    progress: Progress = SILENT

    def asks(self, _reading: Reading) -> tuple[str, ...]:
        return asks_of(self.parsed)

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
            guess=parsed.guess,
            lines=sum(len(order.lines) for order in parsed.orders) if parsed.kind != "orders" else 0,
        )
        if parsed.kind not in OF_ORDERS:
            plan = ImportPlan(parsed, seq, ChannelChoice(None, "", "", ""), report, overrides=self.overrides)
            _plan_other(reading, plan)
            return plan
        from services.imports.plan_orders import plan_orders

        if parsed.channels:
            from services.imports.plan_channels import plan_channels

            plan = ImportPlan(parsed, seq, ChannelChoice(None, "", "", ""), report, progress=self.progress)
            plan_channels(reading, plan, choose_channel, plan_orders)
            return plan
        channel = choose_channel(reading, parsed)
        report.channel = channel.code
        plan = ImportPlan(parsed, seq, channel, report, progress=self.progress)
        plan_orders(reading, plan)
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
    elif plan.parsed.kind == "counts":
        from services.imports.plan_counts import plan_counts

        plan_counts(reading, plan)
    elif plan.parsed.kind == "bookings":
        from services.imports.plan_bookings import plan_bookings

        plan_bookings(reading, plan)


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
