"""A file up to cleaned records: sniff → read → map → clean. Pure: the database is not asked, nothing is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from services import clock
from services.errors import BadInput
from services.imports.booking_list import BookingList
from services.imports.case_list import CaseList
from services.imports.collector import collector_paused
from services.imports.columns import Columns, pack
from services.imports.count_list import CountList
from services.imports.formats import BY_KEY, FORMATS
from services.imports.formats.mapped import MappedList, MapSpec
from services.imports.goods_list import GoodsList
from services.imports.headings import Format, Layout, lay_out, normal
from services.imports.line_list import LineList
from services.imports.order_list import OrderList
from services.imports.read import Block, Table, open_tables
from services.imports.records import GoodsRecord, OrderRecord, ParsedFile, Reject, Warned
from services.imports.shop_list import ShopList
from services.imports.sniff import Sniffed, encoding_name, sniff
from services.imports.sold_list import SoldList
from services.imports.waybill_list import WaybillList
from services.progress import SILENT, Progress

RAW_BLOCKS = 4
DEFAULT_ZONE = "Asia/Shanghai"
_NAME_TIME = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)(?:[0-5]\d)?)?(?!\d)")


class _List(Protocol):
    knows: frozenset[str]
    warnings: list[Warned]
    columns: Columns

    def read(self, block: Block) -> None: ...

    def finish(self) -> None: ...


def parse_file(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002 - the command line's own word
    map: Mapping[str, Any] | None = None,  # noqa: A002
    progress: Progress = SILENT,
    keep_raw: bool = True,
    zone: str = DEFAULT_ZONE,
) -> ParsedFile:
    """Read a file of any known kind, or any table through a map (the command line's `--map`).

    `zone` is the shop's: times of files without a platform are read in it. DeskError if the file as a whole can't be
    read; single rows that can't are in `rejected`. Cancelled if `progress` says so.
    """
    if map is not None:
        return _read_mapped(path, MapSpec.of(map, zone), progress, keep_raw=keep_raw)
    if format is not None and format not in BY_KEY and not any(format.startswith(f"{key}.") for key in BY_KEY):
        raise BadInput("format_unknown", format=format, known=", ".join(BY_KEY))
    sniffed = sniff(path)
    table, heading_row, found, key = _recognise(sniffed, format)
    layout = lay_out(table.head[heading_row - table.first], found.columns, found.ignored)
    missing = found.required - layout.places.keys()
    if missing:
        names = [name for name, target in found.columns.items() if target in missing]
        raise BadInput("headings_missing", file=path.name, headings="、".join(names[:6]))
    file_zone = found.zone or zone
    reader = _reader(found, layout, file_zone)
    warnings = [Warned(None, "heading_unknown", {"heading": heading}) for heading in layout.unknown]
    warnings += [Warned(None, "heading_doubled", {"heading": heading}) for heading in layout.doubled]
    table.remark = found.remark
    raw = _read_all(table, heading_row, reader, progress, keep_raw=keep_raw)
    return ParsedFile(
        path=path,
        format=key,
        kind=found.kind,
        platform=found.platform,
        zone=file_zone,
        authority=int(found.authority),
        encoding=encoding_name(sniffed),
        sheet=table.name,
        headings=[heading.strip() for heading in table.head[heading_row - table.first]],
        unknown_headings=layout.unknown,
        knows=reader.knows,
        rows=table.rows,
        file_time=file_time(path, file_zone),
        file_hash=_digest(path),
        orders=getattr(reader, "orders", []),
        goods=getattr(reader, "goods", []),
        cases=getattr(reader, "cases", []),
        waybills=getattr(reader, "waybills", []),
        bookings=getattr(reader, "bookings", []),
        counts=getattr(reader, "counts", []),
        complete=getattr(reader, "complete", None),
        sources={target: [heading] for target, (_place, heading) in layout.places.items()},
        rejected=_in_row_order(table.rejected + reader.columns.rejected),
        warnings=warnings + sorted(reader.warnings, key=lambda warned: warned.row or 0),
        raw=raw,
        shop_name=getattr(reader, "shop_name", ""),
        heading_row=heading_row,
    )


def _reader(found: Format, layout: Layout, zone: str) -> _List:
    """What reads the blocks of a file of this kind; its records lie in the attribute of ParsedFile's name."""
    readers: dict[str, Callable[[], _List]] = {
        "orders": lambda: OrderList(layout, zone),
        "lines": lambda: LineList(layout, zone),
        "sold": lambda: SoldList(layout, zone) if found.style is None else ShopList(layout, zone, found.style),
        "goods": lambda: GoodsList(layout),
        "cases": lambda: CaseList(layout, zone),
        "waybills": lambda: WaybillList(layout),
        "bookings": lambda: BookingList(layout, zone),
        "counts": lambda: CountList(layout),
    }
    return readers[found.kind]()


def _recognise(sniffed: Sniffed, wanted: str | None) -> tuple[Table, int, Format, str]:
    """The first table and row whose headings a format knows."""
    tables = open_tables(sniffed)
    chosen = [one for one in FORMATS if wanted is None or wanted == one.key or wanted.startswith(f"{one.key}.")]
    for table in tables:
        for place, row in enumerate(table.head):
            headings = frozenset(filter(None, map(normal, row)))
            for one in chosen:
                key = one.recognise(headings)
                if key:
                    return table, table.first + place, one, key
    if wanted is not None:
        return _forced(tables, chosen[0], wanted)
    shown = next((row for table in tables for row in table.head if any(row)), [])
    if any(0xDC00 <= ord(char) <= 0xDCFF for cell in shown for char in cell):
        raise BadInput("headings_damaged", file=sniffed.path.name, encoding=sniffed.encoding)
    raise BadInput("format_not_recognised", file=sniffed.path.name, headings="、".join(cell.strip() for cell in shown[:8])[:160])


def _forced(tables: list[Table], chosen: Format, wanted: str) -> tuple[Table, int, Format, str]:
    """A format named by the user: its headings are looked for in the first row that is not blank."""
    for table in tables:
        for place, row in enumerate(table.head):
            if any(row):
                return table, table.first + place, chosen, wanted
    raise BadInput("file_empty", file=tables[0].sniffed.path.name)


def _read_all(table: Table, heading_row: int, reader: _List, progress: Progress, *, keep_raw: bool) -> list[tuple[int, int, bytes]]:
    raw: list[tuple[int, int, bytes]] = []
    waiting: list[Block] = []
    total = len(table.grid) if table.grid is not None else None
    with collector_paused():
        for count, block in enumerate(table.blocks(heading_row), start=1):
            if block.rows:
                reader.read(block)
            if keep_raw:
                waiting.append(block)
                if len(waiting) == RAW_BLOCKS:
                    raw.append(pack(waiting))
                    waiting = []
            if count % 4 == 0:
                progress.step(table.rows, total, "read")
        if isinstance(reader, BookingList):
            reader.framed = heading_row > 1 and bool(table.remark)
            for row, cells in table.remarks:
                reader.remark(row, cells)
        reader.finish()
    if waiting:
        raw.append(pack(waiting))
    progress.step(table.rows, total, "read")
    return raw


def _read_mapped(path: Path, spec: MapSpec, progress: Progress, *, keep_raw: bool) -> ParsedFile:
    sniffed = sniff(path, spec.encoding)
    tables = open_tables(sniffed, delimiter=spec.delimiter, sheet=spec.sheet)
    table = next((one for one in tables if spec.fits(one)), tables[0])
    heading_row = spec.heading_row(table)
    if heading_row - table.first >= len(table.head):
        raise BadInput("file_empty", file=path.name)
    headings = [heading.strip() for heading in table.head[heading_row - table.first]]
    reader = MappedList(spec, headings, table, heading_row, path.name)
    raw = _read_all(table, heading_row, reader, progress, keep_raw=keep_raw)
    return ParsedFile(
        path=path,
        format="map",
        kind=reader.kind,
        platform=spec.channel,
        zone=spec.zone,
        authority=int(reader.authority),
        encoding=encoding_name(sniffed),
        sheet=table.name,
        headings=headings,
        unknown_headings=reader.unmapped,
        knows=reader.knows,
        rows=table.rows,
        file_time=file_time(path, spec.zone),
        file_hash=_digest(path),
        orders=reader.orders,
        goods=[],
        rejected=_in_row_order(table.rejected + reader.rejected),
        warnings=sorted(reader.warnings, key=lambda warned: warned.row or 0),
        raw=raw,
        channel=spec.channel,
        sources={target: list(source.headings) for target, source in spec.sources.items()},
        heading_row=heading_row,
    )


def _in_row_order(rejected: list[Reject]) -> list[Reject]:
    return sorted(rejected, key=lambda reject: reject.row)


def file_time(path: Path, zone: str) -> int:
    """When the file was made: the time in its name (`ExportOrderList202611120930.csv`), else when it was last written.

    A name with a day only counts as the end of that day, or as the time of writing if that was the same day.
    """
    written = int(path.stat().st_mtime * 1000)
    found = _NAME_TIME.search(path.name)
    if found is None:
        return written
    year, month, day, hour, minute = found.groups()
    try:
        if hour is not None:
            return clock.from_local(datetime(int(year), int(month), int(day), int(hour), int(minute)), zone)  # noqa: DTZ001
        named = datetime(int(year), int(month), int(day), 23, 59, 59)  # noqa: DTZ001
    except ValueError:
        return written
    if clock.day_of(written, zone) == named.toordinal():
        return written
    return clock.from_local(named, zone)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


__all__ = ["GoodsRecord", "OrderRecord", "ParsedFile", "parse_file"]
