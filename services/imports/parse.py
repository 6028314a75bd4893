"""A file up to cleaned records: sniff → read → map → clean. Pure: the database is not asked, nothing is written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
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
from services.imports.formats.mapped import MapSpec, reader_by
from services.imports.goods_list import GoodsList
from services.imports.headings import Format, Layout, lay_out, normal
from services.imports.line_list import LineList
from services.imports.options import Guess, ReadOptions
from services.imports.order_list import OrderList
from services.imports.read import DAMAGE, Block, Table, Tables
from services.imports.records import GoodsRecord, OrderRecord, ParsedFile, Reject, Warned, shown
from services.imports.shop_list import ShopList
from services.imports.sniff import Sniffed, encoding_name, sniff
from services.imports.sold_list import SoldList
from services.imports.waybill_list import WaybillList
from services.progress import SILENT, Progress

RAW_BLOCKS = 4
MOST_SHEETS = 12
DEFAULT_ZONE = "Asia/Shanghai"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""What no heading holds: the file is no text."""

_NAME_TIME = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)(?:[0-5]\d)?)?(?!\d)")


class _List(Protocol):
    knows: frozenset[str]
    warnings: list[Warned]
    columns: Columns

    def read(self, block: Block) -> None: ...

    def finish(self) -> None: ...


_Read = tuple[Layout, _List, list[tuple[int, int, bytes]]]


def parse_file(
    path: Path,
    *,
    format: str | None = None,  # noqa: A002 - the command line's own word
    map: Mapping[str, Any] | None = None,  # noqa: A002
    options: Mapping[str, Any] | None = None,
    progress: Progress = SILENT,
    keep_raw: bool = True,
    zone: str = DEFAULT_ZONE,
) -> ParsedFile:
    """Read a file of any known kind, or any table through a map (the command line's `--map`).

    `options` (services.imports.options) override what is guessed. `zone` is the shop's: times of files without a platform are read in
    it. DeskError if the file as a whole can't be read; single rows that can't are in `rejected`. Cancelled if `progress` says so.
    """
    told = ReadOptions.of(options)
    if map is not None:
        return _read_mapped(path, MapSpec.of(map, zone).read_by(told), told, progress, keep_raw=keep_raw)
    if format is not None and format not in BY_KEY and not any(format.startswith(f"{key}.") for key in BY_KEY):
        raise BadInput("format_unknown", format=format, known=", ".join(BY_KEY))
    sniffed = sniff(path, told.encoding)
    with _opened(sniffed, told, progress) as tables:
        table, heading_row, found, key = _recognise(tables, told, format)
        # A damaged heading is kept as it is shown: its bytes are no text that could be stored.
        table.head[heading_row - table.first] = [shown(one) if DAMAGE.search(one) else one for one in table.head[heading_row - table.first]]
        file_zone = found.zone or zone
        layout = lay_out(table.head[heading_row - table.first], found.columns, found.ignored)
        missing = found.required - layout.places.keys()
        if missing:
            names = [name for name, target in found.columns.items() if target in missing]
            raise BadInput("headings_missing", file=path.name, headings="、".join(names[:6]))
        table.fill = [place for target, (place, _heading) in layout.places.items() if target == "number"]
        table.remark = found.remark
        reading = _Reading(table, heading_row, found, file_zone, progress, keep_raw=keep_raw)
        layout, reader, raw = reading.with_options(layout, told)
        others = _other_sheets(tables, table, told)
    warnings = [Warned(None, "heading_unknown", {"heading": heading}) for heading in layout.unknown]
    warnings += [Warned(None, "heading_doubled", {"heading": heading}) for heading in layout.doubled]
    warnings += [Warned(None, "sheet_left", {"sheet": name}) for name in others]
    return ParsedFile(
        path=path,
        format=key,
        kind="orders" if key == "zhanggui.orders" else found.kind,
        platform=found.platform,
        zone=file_zone,
        authority=int(found.authority),
        encoding=encoding_name(sniffed),
        sheet=table.name,
        headings=[shown(heading.strip()) for heading in table.head[heading_row - table.first]],
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
        refused=frozenset(shown(number) for number in reader.columns.rejected_orders),
        sources={target: [heading] for target, (_place, heading) in layout.places.items()},
        rejected=_in_row_order(table.rejected + reader.columns.rejected),
        warnings=warnings + reading.warnings + sorted(reader.warnings, key=lambda warned: warned.row or 0),
        raw=raw,
        shop_name=getattr(reader, "shop_name", ""),
        channels=getattr(reader, "channels", {}),
        heading_row=heading_row,
        guess=Guess(
            encoding_name(sniffed),
            table.delimiter,
            "," if layout.commas != frozenset() else ".",
            table.name,
            (table.name, *others) if table.name else (),
            heading_row,
            layout.date,
        ),
    )


class _Reading:
    """A table read by its format, again where the first reading shows that a column as a whole was meant otherwise: amounts with a
    decimal comma, days that begin with the month."""

    def __init__(self, table: Table, heading_row: int, found: Format, zone: str, progress: Progress, *, keep_raw: bool) -> None:
        self._table, self._heading_row, self._found, self._zone, self._progress = table, heading_row, found, zone, progress
        self._keep_raw = keep_raw
        self.warnings: list[Warned] = []

    def with_options(self, layout: Layout, told: ReadOptions) -> _Read:
        """Layout as it was read in the end, the reader with its records, raw rows."""
        if told.decimal == ",":
            layout = replace(layout, commas=None)
        layout = replace(layout, date=told.date)
        got = self._once(layout)
        if not told.date:
            got = self._days(got)
        if not told.decimal:
            got = self._commas(got)
        return got

    def _once(self, layout: Layout) -> _Read:
        own, guarded = self._found.reader, self._table.book is None
        reader = _reader(self._found, layout, self._zone) if own is None else own(layout, self._zone, guarded=guarded)
        return layout, reader, _read_all(self._table, self._heading_row, reader, self._progress, keep_raw=self._keep_raw)

    def _days(self, got: _Read) -> _Read:
        layout, reader, _raw = got
        short = reader.columns.short_days()
        if not short:
            return got
        first, second = max(one for one, _two in short), max(two for _one, two in short)
        if first <= 12 < second:
            return self._once(replace(layout, date="mdy"))
        if first <= 12:
            self.warnings.append(Warned(None, "days_guessed"))
        return replace(layout, date="dmy"), reader, _raw

    def _commas(self, got: _Read) -> _Read:
        layout, reader, _raw = got
        commas = {heading for heading, code in reader.columns.faults if code == "decimal_comma"}
        while commas:
            trial = self._once(replace(layout, commas=frozenset(commas)))
            contradicted = commas & {heading for heading, code in trial[1].columns.faults if code in {"amount", "decimals"}}
            if not contradicted:
                return trial
            commas -= contradicted
        return self._once(layout) if layout.commas != got[0].commas else got


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


def _opened(sniffed: Sniffed, told: ReadOptions, progress: Progress) -> Tables:
    """The tables of a file, one of them if the sheet is told. An option that says nothing to this kind of file is refused."""
    unfit = "delimiter" if told.delimiter and sniffed.kind != "csv" else "sheet" if told.sheet and sniffed.kind != "sheet" else ""
    if unfit:
        raise BadInput(f"option_unfit_{unfit}", file=sniffed.path.name)
    tables = Tables(sniffed, delimiter=told.delimiter, head_rows=told.header_row, progress=progress)
    if told.sheet and told.sheet not in tables.names:
        tables.close()
        raise BadInput("sheet_unknown", file=sniffed.path.name, sheet=told.sheet, sheets="、".join(tables.names)[:200])
    return tables


def _wanted(tables: Tables, told: ReadOptions) -> Iterator[Table]:
    return (table for place, table in enumerate(tables) if not told.sheet or tables.names[place] == told.sheet)


def _rows_of(table: Table, told: ReadOptions) -> Iterator[tuple[int, list[str]]]:
    """Rows among which the headings are, by number."""
    return ((number, row) for number, row in enumerate(table.head, start=table.first) if told.header_row in {0, number})


def _recognise(tables: Tables, told: ReadOptions, wanted: str | None) -> tuple[Table, int, Format, str]:
    """The first table and row whose headings a format knows."""
    chosen = [one for one in FORMATS if wanted is None or wanted == one.key or wanted.startswith(f"{one.key}.")]
    shown: list[str] = []
    for table in _wanted(tables, told):
        for number, row in _rows_of(table, told):
            if found := _known(row, chosen):
                return table, number, *found
            shown = shown or (row if any(row) else [])
    sniffed = tables.sniffed
    if not shown:
        raise BadInput("header_row_missing" if told.header_row else "file_empty", file=sniffed.path.name, row=told.header_row)
    if wanted is not None:
        return _forced(tables, told, chosen[0], wanted)
    if any(map(_CONTROL.search, shown)):
        raise BadInput("file_no_table", file=sniffed.path.name)
    if any(map(DAMAGE.search, shown)):
        raise BadInput("headings_damaged", file=sniffed.path.name, encoding=sniffed.encoding)
    raise BadInput("format_not_recognised", file=sniffed.path.name, headings="、".join(cell.strip() for cell in shown[:8])[:160])


def _known(row: list[str], formats: Sequence[Format]) -> tuple[Format, str] | None:
    headings = frozenset(filter(None, map(normal, row)))
    return next(((one, key) for one in formats if (key := one.recognise(headings))), None)


def _forced(tables: Tables, told: ReadOptions, chosen: Format, wanted: str) -> tuple[Table, int, Format, str]:
    """A format named by the user: its headings are looked for in the first row that is not blank."""
    for table in _wanted(tables, told):
        for number, row in _rows_of(table, told):
            if any(row):
                return table, number, chosen, wanted
    raise BadInput("file_empty", file=tables.sniffed.path.name)


def _other_sheets(tables: Tables, read: Table, told: ReadOptions, spec: MapSpec | None = None) -> list[str]:
    """Sheets that a format, or the map that is used, knows too and that nobody asked to leave out."""
    if told.sheet or read.book is None or not read.name:
        return []
    others = (table for table in islice(tables, MOST_SHEETS) if table is not read and table.total)
    return [table.name for table in others if (spec.fits(table) if spec else any(_known(row, FORMATS) for row in table.head))]


def _read_all(table: Table, heading_row: int, reader: _List, progress: Progress, *, keep_raw: bool) -> list[tuple[int, int, bytes]]:
    raw: list[tuple[int, int, bytes]] = []
    waiting: list[Block] = []
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
                progress.step(table.rows, table.expected(), "read")
        if isinstance(reader, BookingList):
            reader.framed = heading_row > 1 and bool(table.remark)
            for row, cells in table.remarks:
                reader.remark(row, cells)
        reader.finish()
    if waiting:
        raw.append(pack(waiting))
    progress.step(table.rows, table.rows, "read")
    return raw


def _read_mapped(path: Path, spec: MapSpec, asked: ReadOptions, progress: Progress, *, keep_raw: bool) -> ParsedFile:
    """`asked` is what was told of this file; what the map says of its sheet was said of another one, perhaps."""
    told = ReadOptions(spec.encoding, spec.delimiter, sheet=spec.sheet, header_row=spec.header_row)
    sniffed = sniff(path, told.encoding)
    with _opened(sniffed, told, progress) as tables:
        some = list(_wanted(tables, told))
        table = next((one for one in some if spec.fits(one)), some[0])
        heading_row = spec.heading_row(table)
        if not 0 <= heading_row - table.first < len(table.head):
            raise BadInput("header_row_missing" if spec.header_row else "file_empty", file=path.name, row=spec.header_row)
        headings = [shown(heading.strip()) for heading in table.head[heading_row - table.first]]
        reader = reader_by(spec, headings, path.name)
        raw = _read_all(table, heading_row, reader, progress, keep_raw=keep_raw)
        left = [Warned(None, "sheet_left", {"sheet": name}) for name in _other_sheets(tables, table, asked, spec)]
    records: list[Any] = getattr(reader, "records", [])
    return ParsedFile(
        path=path,
        format="map" if spec.kind == "orders" else f"map.{spec.kind}",
        kind=reader.kind,
        platform=spec.channel if spec.kind == "orders" else "",
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
        goods=records if reader.kind == "goods" else [],
        waybills=records if reader.kind == "waybills" else [],
        counts=records if reader.kind == "counts" else [],
        rejected=_in_row_order(table.rejected + reader.rejected),
        warnings=left + sorted(reader.warnings, key=lambda warned: warned.row or 0),
        raw=raw,
        channel=spec.channel if spec.kind == "orders" else "",
        sources={target: list(source.headings) for target, source in spec.sources.items()},
        heading_row=heading_row,
        guess=Guess(
            encoding_name(sniffed),
            table.delimiter,
            reader.decimal,
            table.name,
            (table.name,) if table.name else (),
            heading_row,
            reader.days,
        ),
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
