"""Any table through a map that the user makes: the command line's `--map` and the import dialog (design: cli).

A map is JSON: target → source. Targets are the order keys of the command line, and `line.…` for the lines; those of tables that
hold something else, as the option `kind` says, are named in services.imports.map_tables. A source is a
heading or {"const": …}, {"column": …, "values": {…}}, {"sum": […]}, {"first": […]}, each with "round" where it is money.
This is no entry of FORMATS: it recognises nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.clock import zone_of
from services.domain.addresses import official_province
from services.errors import BadInput
from services.imports.clean import (
    Bad,
    Memo,
    Parcels,
    decimal_commas,
    parse_address,
    parse_close_reason,
    parse_code,
    parse_count,
    parse_flag,
    parse_id,
    parse_message,
    parse_money,
    parse_other_id,
    parse_phone,
    parse_positive_money,
    parse_properties,
    parse_refund_state,
    parse_signed_count,
    parse_status,
    parse_tel,
    parse_time,
    parse_word,
    with_point,
)
from services.imports.columns import Columns
from services.imports.headings import Authority, Kind, Layout, normal
from services.imports.line_list import EMPTY_ORDER, state_of_lines, total
from services.imports.map_tables import TARGETS_OF, MappedTable, missing_of
from services.imports.options import ReadOptions
from services.imports.read import Block, Table
from services.imports.records import LineRecord, OrderRecord, ParcelRecord, Reject, Warned, shown

Parser = Callable[[str], Any]

_STATUSES = frozenset({"awaiting_payment", "awaiting_shipment", "shipped", "completed", "closed"})

_TIMES = ("created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by")
_MONEY = ("goods_amount", "discount", "goods_less_discount", "freight", "payable", "paid", "refunded", "paid_out", "platform_discount")
_LINE_MONEY = ("line.price", "line.amount", "line.payable", "line.paid", "line.refunded")
_WORDS: dict[str, Parser] = {
    "buyer_nick": parse_word,
    "recipient": parse_word,
    "phone": parse_phone,
    "tel": parse_tel,
    "city": parse_word,
    "district": parse_word,
    "postcode": parse_tel,
    "flag": parse_flag,
    "seller_memo": parse_message,
    "buyer_message": parse_message,
    "payment_number": parse_other_id,
    "close_reason": parse_close_reason,
    "tracking": parse_tel,
    "carrier": parse_word,
    "line.number": parse_other_id,
    "line.title": parse_word,
    "line.properties": parse_properties,
    "line.code": parse_code,
    "line.item_id": parse_other_id,
    "line.refund_state": parse_refund_state,
}
TARGETS = frozenset(
    {"number", "status", "province", "address", "quantity", "line.quantity", "line.status", *_TIMES, *_MONEY, *_LINE_MONEY, *_WORDS}
)
_OPTIONS = frozenset({"kind", "encoding", "delimiter", "decimal", "date", "zone", "sheet", "header_row", "channel", "negative_quantity"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a target's value comes from. `combine` is column, first or sum; `const` is set for none of them."""

    combine: str
    headings: tuple[str, ...]
    const: str | None = None
    values: Mapping[str, str] | None = None
    digits: int | None = None

    @classmethod
    def of(cls, target: str, told: object) -> Source:
        if isinstance(told, str):
            return cls("column", (told,))
        if not isinstance(told, Mapping):
            raise BadInput("map_source", target=target)
        digits = told.get("round")
        if digits is not None and (isinstance(digits, bool) or not isinstance(digits, int) or not 0 <= digits <= 2):
            raise BadInput("map_source", target=target)
        if "const" in told and isinstance(told["const"], str | int | float):
            return cls("const", (), str(told["const"]), None, digits)
        for combine in ("sum", "first"):
            names = told.get(combine)
            if isinstance(names, list | tuple) and names and all(isinstance(name, str) for name in names):
                return cls(combine, tuple(names), None, None, digits)
        values = told.get("values")
        if isinstance(told.get("column"), str) and (values is None or isinstance(values, Mapping)):
            pairs = {str(key).strip(): str(value) for key, value in values.items()} if values is not None else None
            return cls("column", (told["column"],), None, pairs, digits)
        raise BadInput("map_source", target=target)


@dataclass(frozen=True, slots=True)
class MapSpec:
    """A checked map with its options. `kind` is what its table holds: orders, tracking, goods or stocktake."""

    sources: Mapping[str, Source]
    kind: str = "orders"
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    date: str = ""
    zone: str = "Asia/Shanghai"
    sheet: str = ""
    header_row: int = 0
    channel: str = "manual"
    returns: bool = False

    @classmethod
    def of(cls, told: Mapping[str, Any], zone: str) -> MapSpec:
        """Check a map as the user wrote it. BadInput names the target or the option that is wrong."""
        options = told.get("options", {})
        if not isinstance(options, Mapping):
            raise BadInput("map_option", option="options")
        for name in options:
            if name not in _OPTIONS:
                raise BadInput("map_option", option=str(name))
        kind = _choice(options, "kind", ("orders", *TARGETS_OF), "orders")
        targets = TARGETS_OF.get(kind, TARGETS)
        sources: dict[str, Source] = {}
        for target, source in told.items():
            if target in {"options", "channel"}:
                continue
            plain = {"parcel.number": "tracking", "parcel.carrier": "carrier"}.get(target, target)
            if plain not in targets:
                raise BadInput("map_target", target=str(target))
            sources[plain] = Source.of(target, source)
        channel = _channel(options, told.get("channel"))
        if missing := missing_of(kind, sources):
            raise BadInput("map_target_missing", target=missing)
        return cls(
            sources,
            kind,
            encoding=_encoding(options.get("encoding", "")),
            delimiter=_choice(options, "delimiter", None, ""),
            decimal=_choice(options, "decimal", ("", ".", ","), ""),
            date=_date_order(options.get("date", "")),
            zone=_zone(options.get("zone", zone)),
            sheet=str(options.get("sheet", "")),
            header_row=_row(options.get("header_row", 0)),
            channel=channel,
            returns=_choice(options, "negative_quantity", ("reject", "return"), "reject") == "return",
        )

    def read_by(self, told: ReadOptions) -> MapSpec:
        """The same map for a file read by these options; what they leave open is as the map says."""
        names = ("encoding", "delimiter", "decimal", "sheet", "header_row", "date")
        return replace(self, **{name: value for name in names if (value := getattr(told, name))})

    @property
    def headings(self) -> frozenset[str]:
        return frozenset(normal(name) for source in self.sources.values() for name in source.headings)

    @property
    def by_lines(self) -> bool:
        return any(target.startswith("line.") for target in self.sources)

    def fits(self, table: Table) -> bool:
        return any(self.headings <= set(map(normal, row)) for row in table.head)

    def heading_row(self, table: Table) -> int:
        """The row told by the option, else the first with all headings of the map, else the first that is not blank."""
        if self.header_row:
            return self.header_row
        for place, row in enumerate(table.head):
            if self.headings and self.headings <= set(map(normal, row)):
                return table.first + place
        return table.first + next((place for place, row in enumerate(table.head) if any(row)), 0)


def _choice(options: Mapping[str, Any], name: str, allowed: tuple[str, ...] | None, default: str) -> str:
    value = options.get(name, default)
    value = {"\\t": "\t", "tab": "\t"}.get(value, value) if isinstance(value, str) else value
    if not isinstance(value, str) or (allowed is not None and value not in allowed) or (name == "delimiter" and len(value) > 1):
        raise BadInput("map_option", option=name)
    return value


def _channel(options: Mapping[str, Any], told: object) -> str:
    """A file belongs to one channel: the option's, or the order key `channel` where it is constant."""
    if told is not None:
        source = Source.of("channel", told)
        if source.combine != "const":
            raise BadInput("map_source", target="channel")
        return source.const or "manual"
    return str(options.get("channel") or "manual")


def _encoding(value: object) -> str:
    if not isinstance(value, str):
        raise BadInput("map_option", option="encoding")
    try:
        "".encode(value or "utf-8")
    except LookupError:
        raise BadInput("map_option", option="encoding") from None
    return "gb18030" if value.lower() in {"gbk", "gb2312", "cp936"} else value


def _date_order(value: object) -> str:
    letters = re.sub(r"[^ymd]", "", re.sub(r"(.)\1+", r"\1", str(value).lower()))
    if value and letters not in {"ymd", "mdy", "dmy"}:
        raise BadInput("map_option", option="date")
    return letters


def _zone(value: object) -> str:
    try:
        zone_of(str(value))
    except (ValueError, OSError, KeyError):
        raise BadInput("map_option", option="zone") from None
    return str(value)


def _row(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise BadInput("map_option", option="header_row")
    return value


def reader_by(spec: MapSpec, headings: list[str], file: str) -> MappedList | MappedTable:
    """What reads a table by this map; its records lie in `orders`, else in `records`."""
    return MappedList(spec, headings, file) if spec.kind == "orders" else MappedTable(spec, headings, file)


class MappedList:
    """Reads the blocks of a table through a map. Values are made at the end, because a date column is judged as a whole."""

    def __init__(self, spec: MapSpec, headings: list[str], file: str) -> None:
        self.spec = spec
        self.kind: Kind = "lines" if spec.by_lines else "orders"
        self.authority = Authority.LINES if spec.by_lines else Authority.ORDERS
        self.decimal = spec.decimal or "."
        self.days = spec.date
        self._names = headings
        self._places: dict[str, int] = {}
        for place, heading in enumerate(headings):
            self._places.setdefault(normal(heading), place)
        for target, source in spec.sources.items():
            for name in source.headings:
                if normal(name) not in self._places:
                    raise BadInput("map_heading_missing", heading=name, target=target, file=file)
        self.unmapped = [heading for heading in headings if heading and normal(heading) not in spec.headings]
        self.columns = Columns(Layout({}, [], []), {})
        self.orders: list[OrderRecord] = []
        self.rejected: list[Reject] = self.columns.rejected
        self.warnings: list[Warned] = []
        self.knows = self._tells()
        self._needed = sorted({self._places[name] for name in spec.headings})
        self._cells: dict[int, list[str]] = {place: [] for place in self._needed}
        self._rows: list[int] = []

    def read(self, block: Block) -> None:
        self._rows.extend(block.numbers)
        columns = list(zip(*block.rows, strict=True))
        for place in self._needed:
            self._cells[place].extend(columns[place])

    def finish(self) -> None:
        got: dict[str, list[Any]] = {}
        wrong: dict[int, Reject] = {}
        for target, source in self.spec.sources.items():
            got[target] = self._column(target, source, wrong)
        keep = [index for index in range(len(self._rows)) if index not in wrong]
        self.rejected.extend(wrong.values())
        if self.kind == "orders":
            for index in keep:
                order = self._order(index, got)
                if order is not None:
                    self.orders.append(order)
            self._settle_orders()
        else:
            broken = {got["number"][index]: reject.row for index, reject in wrong.items() if isinstance(got["number"][index], str)}
            self._gather_lines(keep, got, broken)

    # ------------------------------------------------------------------------------------------------ columns

    def _column(self, target: str, source: Source, wrong: dict[int, Reject]) -> list[Any]:
        """One target's values; rows whose cell was not understood go to `wrong`, the first fault of a row counts."""
        cells = self._cells
        places = [self._places[normal(name)] for name in source.headings]
        parse = self._parser(target, source, [cell for place in places for cell in cells[place]])
        if source.combine == "const":
            try:
                return [parse(source.const or "")] * len(self._rows)
            except ValueError:
                raise BadInput("map_const", target=target, value=source.const or "") from None
        memos = [Memo(parse) for _place in places]
        columns = [memo.column(cells[place]) for memo, place in zip(memos, places, strict=True)]
        for memo, place, column in zip(memos, places, columns, strict=True):
            if memo.bad:
                self._note(column, place, wrong)
        if source.combine == "sum":
            return [_sum_of(values) for values in zip(*columns, strict=True)]
        if source.combine == "first":
            return [next((value for value in values if value is not None and value != ""), None) for values in zip(*columns, strict=True)]
        return columns[0]

    def _note(self, column: list[Any], place: int, wrong: dict[int, Reject]) -> None:
        for index, value in enumerate(column):
            if type(value) is Bad:
                wrong.setdefault(index, Reject(self._rows[index], self._names[place], shown(self._cells[place][index].strip()), value.code))

    def _parser(self, target: str, source: Source, cells: Sequence[str]) -> Parser:
        inner = self._plain_parser(target, source, cells)
        values = source.values
        if values is None:
            return inner

        def translated(cell: str) -> Any:
            plain = cell.strip()
            if plain not in values:
                if plain and target in {"status", "line.status"}:
                    raise ValueError("status_unknown")
                return inner(cell)
            return inner(values[plain])

        return translated

    def _plain_parser(self, target: str, source: Source, cells: Sequence[str]) -> Parser:
        if target == "number":
            return parse_id
        if target in {"status", "line.status"}:
            return _status
        if target in _TIMES:
            zone, order = self.spec.zone, self.spec.date or self._date_order(target, cells)
            return lambda cell: parse_time(cell, zone, order)
        if target in _MONEY or target in _LINE_MONEY:
            below_zero = target in {"discount", "platform_discount", "paid_out"} or (self.spec.returns and target == "line.amount")
            return self._money(source.digits, cells, below_zero=below_zero)
        if target in {"line.quantity", "quantity"}:
            return parse_signed_count if self.spec.returns and target == "line.quantity" else parse_count
        if target == "province":
            return lambda cell: official_province(cell.strip()) or parse_word(cell)
        if target == "address":
            return parse_message if self.spec.sources.keys() & {"province", "city"} else parse_address
        return _WORDS[target]

    def _money(self, digits: int | None, cells: Sequence[str], *, below_zero: bool) -> Parser:
        comma = self.spec.decimal == "," or (not self.spec.decimal and decimal_commas(cells))
        if comma:
            self.decimal = ","

        def parse(cell: str) -> int | None:
            text = with_point(cell) if comma else cell
            if digits is not None:
                text = rounded(text, digits)
            return parse_money(text) if below_zero else parse_positive_money(text)

        return parse

    def _date_order(self, target: str, cells: Sequence[str]) -> str:
        """Month first if a second part above 12 stands anywhere in the column, else day first; told if nothing decides."""
        firsts, seconds = 0, 0
        for cell in cells:
            found = re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}", cell)
            if found:
                firsts, seconds = max(firsts, int(found[1])), max(seconds, int(found[2]))
        if firsts:
            self.days = "mdy" if seconds > 12 else "dmy"
        if seconds > 12:
            return "mdy"
        if 0 < firsts <= 12:
            self.warnings.append(Warned(None, "date_order_guessed", {"target": target}))
        return "dmy"

    # ------------------------------------------------------------------------------------------------- orders

    def _values(self, index: int, got: dict[str, list[Any]]) -> dict[str, Any]:
        """The order's fields that row `index` tells."""
        told = {target: column[index] for target, column in got.items() if not target.startswith("line.")}
        told["row"] = self._rows[index]
        if "phone" in told and told["phone"] is not None:
            told["phone"], told["phone_ext"] = told["phone"]
        place = told.get("address")
        if place is not None and not isinstance(place, str):
            parts = dict(zip(("province", "city", "district", "address", "postcode", "address_note"), place, strict=True))
            told.update({name: part or None for name, part in parts.items()})
        names = (told.get(name) for name in ("buyer_nick", "recipient", "phone", "address"))
        told["masked"] = any("*" in name for name in names if isinstance(name, str))
        told["parcels"] = self._parcels(told.pop("carrier", None), told.pop("tracking", None))
        if "status" in told and told["status"] is not None:
            told["status"], told["part_shipped"] = told["status"]
        elif told.get("status") is None:
            told["status"] = _status_by_times(told)
        return told

    @staticmethod
    def _parcels(carrier: str | None, tracking: str | None) -> tuple[ParcelRecord, ...]:
        return Parcels().several(carrier or "", tracking) if tracking else ()

    def _order(self, index: int, got: dict[str, list[Any]]) -> OrderRecord | None:
        told = self._values(index, got)
        if told.get("refunded") is not None and told.get("paid") is not None and told["refunded"] > told["paid"]:
            self._reject_target(index, "refunded", "refund_above_paid")
            return None
        return EMPTY_ORDER._replace(**told)

    def _reject_target(self, index: int, target: str, code: str, **facts: str | int) -> None:
        names = self.spec.sources[target].headings if target in self.spec.sources else ()
        place = self._places[normal(names[0])] if names else None
        value = shown(self._cells[place][index].strip()) if place is not None else None
        self.rejected.append(Reject(self._rows[index], None if place is None else self._names[place], value, code, facts))

    def _settle_orders(self) -> None:
        first: dict[str, OrderRecord] = {}
        bad: set[str] = set()
        heading = next(iter(self.spec.sources["number"].headings), None)
        for order in self.orders:
            known = first.setdefault(order.number, order)
            if known is order:
                continue
            if known._replace(row=0) == order._replace(row=0):
                self.warnings.append(Warned(order.row, "row_repeated", {"other": known.row}))
                continue
            if order.number not in bad:
                self.rejected.append(Reject(known.row, heading, known.number, "order_twice", {"other": order.row}))
            bad.add(order.number)
            self.rejected.append(Reject(order.row, heading, order.number, "order_twice", {"other": known.row}))
        self.orders = [order for number, order in first.items() if number not in bad]

    # -------------------------------------------------------------------------------------------------- lines

    def _gather_lines(self, keep: Sequence[int], got: dict[str, list[Any]], broken: dict[str, int]) -> None:
        rows: dict[str, list[int]] = {}
        for index in keep:
            rows.setdefault(got["number"][index], []).append(index)
        for number, indexes in rows.items():
            if number in broken:
                for index in indexes:
                    self._reject_target(index, "number", "order_incomplete", other=broken[number])
                continue
            self.orders.append(
                self._order_of_lines([self._values(index, got) for index in indexes], [self._line(index, got) for index in indexes])
            )

    def _line(self, index: int, got: dict[str, list[Any]]) -> LineRecord:
        told = {target[5:]: column[index] for target, column in got.items() if target.startswith("line.")}
        count = told.get("quantity")
        quantity = 1 if count is None else abs(count) or 1
        amount = told.get("amount")
        back = (count is not None and count < 0) or (amount is not None and amount < 0)
        amount = None if amount is None else abs(amount)
        price = told.get("price")
        if price is None and amount is not None:
            # A total that can't be divided evenly: the unit price is rounded up, the rest is a discount of the line.
            price = -(-amount // quantity)
        payable = told.get("payable", amount)
        worth = payable if payable is not None else (price or 0) * quantity
        return LineRecord(
            row=self._rows[index],
            number=told.get("number"),
            title=told.get("title"),
            properties=told.get("properties"),
            code=told.get("code"),
            item_id=told.get("item_id"),
            quantity=quantity,
            price=price,
            payable=payable,
            paid=told.get("paid"),
            refunded=worth if back else told.get("refunded"),
            refund_state="refunded" if back else told.get("refund_state"),
            refund_asked=None,
            status=told["status"][0] if told.get("status") else None,
            shipped_at=None,
            parcel=None,
        )

    def _order_of_lines(self, heads: list[dict[str, Any]], lines: list[LineRecord]) -> OrderRecord:
        told: dict[str, Any] = {}
        for head in heads:
            for name, value in head.items():
                if told.get(name) in {None, ()} and value is not None:
                    told[name] = value
        parcels = tuple(dict.fromkeys(parcel for head in heads for parcel in head["parcels"]))
        goods = sum((line.price or 0) * line.quantity for line in lines)
        less = sum(line.payable if line.payable is not None else (line.price or 0) * line.quantity for line in lines)
        returned = total(line.refunded for line in lines)
        told.setdefault("goods_amount", goods)
        if told.get("discount") is None:
            told["discount"] = goods - less
        told.setdefault("goods_less_discount", told["goods_amount"] - told["discount"])
        told.setdefault("quantity", sum(line.quantity for line in lines))
        if told.get("payable") is None:
            told["payable"] = told["goods_less_discount"] + (told.get("freight") or 0)
        if told.get("refunded") is None and returned is not None:
            told["refunded"] = returned
        if "line.paid" in self.spec.sources:
            told["goods_paid"] = total(line.paid for line in lines)
        if "status" not in self.spec.sources:
            states = [(line.status, line.price == 0 and not line.paid) for line in lines if line.status]
            if states:
                told["status"], told["part_shipped"] = state_of_lines(states)
            elif all(line.refund_state == "refunded" for line in lines):
                told["status"] = "closed"
        told["parcels"], told["lines"] = parcels, tuple(lines)
        return EMPTY_ORDER._replace(**told)

    def _tells(self) -> frozenset[str]:
        targets = frozenset(self.spec.sources)
        # A state that only follows from times is no word of the file: it never stands against a later one (merge).
        known = {target for target in targets if not target.startswith("line.") and target not in {"tracking", "carrier"}}
        if "line.status" in targets:
            known.update({"status", "part_shipped"})
        if "line.paid" in targets:
            known.add("goods_paid")
        if "tracking" in targets:
            known.add("parcels")
        if "phone" in targets:
            known.add("phone_ext")
        if "address" in targets and not targets & {"province", "city"}:
            known.update({"province", "city", "district", "postcode", "address_note"})
        if targets & {"buyer_nick", "recipient", "phone", "address"}:
            known.add("masked")
        if self.kind == "lines":
            known.update({"lines", "quantity", "goods_amount", "discount", "goods_less_discount", "payable"})
            if self.spec.returns or "line.refunded" in targets:
                known |= {"refunded", "refund_state"}
        return frozenset(known)


def _status(cell: str) -> tuple[str, bool] | None:
    plain = cell.strip()
    if not plain:
        return None
    if plain in _STATUSES:
        return plain, False
    return parse_status(cell)


def _status_by_times(told: Mapping[str, Any]) -> str:
    """Completed, shipped, awaiting shipment or awaiting payment, by the latest of the mapped times that is set (design: cli)."""
    for name, status in (
        ("closed_at", "closed"),
        ("completed_at", "completed"),
        ("shipped_at", "shipped"),
        ("paid_at", "awaiting_shipment"),
    ):
        if told.get(name) is not None:
            return status
    return "awaiting_payment"


def _sum_of(values: Sequence[Any]) -> int | None:
    amounts = [value for value in values if isinstance(value, int)]
    return sum(amounts) if amounts else None


def rounded(text: str, digits: int) -> str:
    """A written amount with at most `digits` decimals, halves away from zero; what is no plain number is left as it is."""
    plain = text.strip().replace(",", "").replace("¥", "").replace("￥", "").replace("$", "")
    try:
        return f"{Decimal(plain).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}" if plain else text
    except ArithmeticError:
        return text
