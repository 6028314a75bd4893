"""Bringing a file in: parsed and planned without the write lock, carried out in one transaction.

`import_file` is what the window and the command line call. `ImportFile` is the command behind it: one entry for the
file with its counts, one for each field that it changed on an order that was there already.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from services.commands.import_bookings import apply_bookings
from services.commands.import_cases import apply_cases, follow_lines, open_waiting
from services.commands.import_changes import apply_changes
from services.commands.import_conflicts import keep_conflicts
from services.commands.import_counts import apply_counts
from services.commands.import_goods import apply_goods
from services.commands.import_new import Filing, insert_orders
from services.commands.import_waybills import apply_waybills
from services.db.reading import Reading
from services.db.schema import Channel, ImportBatch, ImportRows, OrderSource
from services.db.uow import UnitOfWork
from services.imports.collector import collector_paused
from services.imports.doubtful import leave_out
from services.imports.edited_here import EditedHere
from services.imports.kept_maps import parse_known
from services.imports.parse import parse_file
from services.imports.plan import ChannelChoice, ImportPlan, PlanImport, asks_of
from services.imports.report import ImportReport
from services.imports.taught import with_taught
from services.imports.xray_json import SeenThrough
from services.outcome import Outcome
from services.params import Shop
from services.progress import SILENT, Progress

T = TypeVar("T")
SOURCES_A_STEP = 5_000


class _Query(Protocol[T]):  # type: ignore[misc] # as the Desk's own
    def run(self, reading: Reading) -> T: ...


class Door(Protocol):
    """The Desk, as far as an import needs it."""

    shop: Shop

    def read(self, query: _Query[T]) -> T: ...

    def perform(self, command: ImportFile, *, reason: str | None = None, progress: Progress = SILENT) -> Outcome[ImportReport]: ...


def import_file(
    desk: Door,
    path: Path,
    *,
    format: str | None = None,  # noqa: A002 - the command line's own word
    map: Mapping[str, Any] | None = None,  # noqa: A002
    options: Mapping[str, Any] | None = None,
    dry_run: bool = False,
    overrides: tuple[str, ...] = (),
    only_sure: bool = False,
    reason: str | None = None,
    progress: Progress = SILENT,
) -> Outcome[ImportReport]:
    """Bring one file in, all or nothing; a dry run says what would happen and writes nothing.

    `options` say how to read it where the guess is wrong (services.imports.options).
    `only_sure` leaves out what is in doubt. `overrides` are blockers that a tracking file passes knowingly, which asks for a `reason`.

    Raises BadInput and its kin for a file that can't be read, Cancelled where `progress` says so; the shop is then as before.
    """
    begun = time.perf_counter()
    with collector_paused(), with_taught(desk):
        if map is None:
            parsed, _kept = parse_known(desk, path, progress, format=format, options=options, keep_raw=not dry_run)
        else:
            parsed = parse_file(path, format=format, map=map, options=options, progress=progress, keep_raw=not dry_run, zone=desk.shop.zone)
        plan = desk.read(PlanImport(parsed, overrides, progress))
        progress.step(parsed.rows, parsed.rows, "planned")
        if only_sure:
            leave_out(plan)
        if dry_run:
            plan.report.dry_run = True
            edits = desk.read(EditedHere.of(plan.report.clashes))
            plan.report.seen = SeenThrough(plan, edits, desk.shop.zone)
            plan.report.seconds = time.perf_counter() - begun
            return Outcome(plan.report)
        outcome = desk.perform(ImportFile(plan, only_sure), reason=reason, progress=progress)
    outcome.value.seconds = time.perf_counter() - begun
    return outcome


@dataclass(frozen=True)
class ImportFile:
    """Carry a plan out. Where the shop changed since it was made, it is made anew first.

    `only_sure` leaves out orders with conflicts and rows with warnings; the report names them (services.imports.doubtful).
    """

    plan: ImportPlan
    only_sure: bool = False

    def apply(self, uow: UnitOfWork) -> ImportReport:
        with collector_paused():
            return self._carry_out(uow)

    def _carry_out(self, uow: UnitOfWork) -> ImportReport:
        plan = self.plan
        (seq,) = uow.sql("SELECT coalesce(max(seq), 0) FROM audit_entry")[0]
        if seq != plan.seq:
            plan = PlanImport(plan.parsed, plan.overrides, uow.progress).run(uow)
        if self.only_sure:
            leave_out(plan)
        parsed, report = plan.parsed, plan.report
        for permission in asks_of(parsed):
            uow.viewer.must(permission)
        batch_id = self._batch(uow, plan)
        uow.keep_journal(batch_id)
        report.batch = f"B{batch_id}"
        if parsed.kind == "goods":
            apply_goods(uow, plan, batch_id)
        elif parsed.kind == "cases":
            apply_cases(uow, plan, batch_id)
            keep_conflicts(uow, plan, batch_id)
        elif parsed.kind == "waybills":
            apply_waybills(uow, plan)
        elif parsed.kind == "counts":
            apply_counts(uow, plan, batch_id)
        elif parsed.kind == "bookings":
            apply_bookings(uow, plan, batch_id)
        else:
            for part in plan.parts or [plan]:
                filing = Filing(batch_id, _channel(uow, part.channel), part.parsed, part.kind)
                insert_orders(uow, filing, part.new)
                apply_changes(uow, filing, part.changed)
                _sources(uow, filing, part)
                keep_conflicts(uow, part, batch_id)
                open_waiting(uow, part)
                follow_lines(uow, part)
        facts = json.dumps(_summary(report), ensure_ascii=False)
        uow.change(ImportBatch, {batch_id: {"report": json.dumps(report.as_kept(), ensure_ascii=False)}})
        uow.note("import_batch", batch_id, None, None, None, facts)
        return report

    @staticmethod
    def _batch(uow: UnitOfWork, plan: ImportPlan) -> int:
        parsed = plan.parsed
        (batch_id,) = uow.bulk(
            ImportBatch,
            [
                {
                    "file_name": parsed.path.name,
                    "file_hash": parsed.file_hash,
                    "file_time": parsed.file_time,
                    "format": parsed.format,
                    "encoding": parsed.encoding,
                    "at": uow.now,
                    "rows": parsed.rows,
                    "headings": json.dumps(parsed.headings, ensure_ascii=False),
                    "report": "{}",
                    "kind": plan.kind or parsed.kind,
                    "sheet": parsed.sheet,
                    "knows": json.dumps(sorted(parsed.knows), ensure_ascii=False),
                    "sources": json.dumps(parsed.sources, ensure_ascii=False),
                }
            ],
        )
        known = uow.sql(
            "SELECT b.id FROM import_batch b JOIN import_rows r ON r.batch_id = b.id WHERE b.file_hash = ? AND b.id <> ? LIMIT 1",
            (parsed.file_hash, batch_id),
        )
        # The same bytes are kept once: their rows lie with the first batch of that hash.
        if parsed.raw and not known:
            uow.bulk(
                ImportRows,
                [{"batch_id": batch_id, "first_row": first, "rows": count, "block": block} for first, count, block in parsed.raw],
            )
        return batch_id


def _channel(uow: UnitOfWork, choice: ChannelChoice) -> int:
    if choice.id is None:
        (made,) = uow.append(Channel, [{"code": choice.code, "platform": choice.platform, "shop_name": choice.shop_name}])
        return made
    if choice.adopt:
        uow.change(Channel, {choice.id: {"shop_name": choice.shop_name}})
    return choice.id


def _sources(uow: UnitOfWork, filing: Filing, plan: ImportPlan) -> None:
    """Keep what this file said of orders that were there, and that it saw the unchanged ones again."""
    parsed = plan.parsed
    for start in range(0, len(plan.told), SOURCES_A_STEP):
        part = plan.told[start : start + SOURCES_A_STEP]
        fresh, changes = [], {}
        for told in part:
            packed = told.packed
            row = {
                "batch_id": packed.batch_id or filing.batch_id,
                "row": packed.row,
                "file_time": packed.time,
                "digest": told.digest,
                "told": packed.told,
                "older": packed.older_text(filing.batch_id),
            }
            if told.source_id is None:
                fresh.append({"order_id": told.order_id, "kind": plan.kind, **row})
            else:
                changes[told.source_id] = row
        uow.bulk(OrderSource, fresh)
        uow.change(OrderSource, changes)
    for start in range(0, len(plan.bumps), SOURCES_A_STEP):
        bumps = plan.bumps[start : start + SOURCES_A_STEP]
        uow.change(OrderSource, {source: {"batch_id": filing.batch_id, "row": row, "file_time": parsed.file_time} for source, row in bumps})
        uow.progress.step(start + len(bumps), len(plan.bumps), "seen_again")


def _summary(report: ImportReport) -> dict[str, Any]:
    told = report.as_json("en")
    names = (
        "file",
        "format",
        "batch",
        "rows",
        "orders_new",
        "orders_updated",
        "orders_unchanged",
        "skus_new",
        "skus_updated",
        "cases_new",
        "cases_updated",
        "bookings_new",
        "shipped",
        "differences",
        "conflicts",
    )
    return {name: told[name] for name in names} | {"rejected": len(report.rejected)}
