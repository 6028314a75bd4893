"""Order lists of other platforms: rows of one number are one order with its goods. What is a platform's own is in its Style (formats/).

A cell that the platform encrypted (`##…`, `$$…`) says nothing. An order of which one row is rejected does not come in by halves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.domain.addresses import official_province
from services.domain.carriers import normal_number
from services.imports.clean import (
    Ids,
    Memo,
    OtherIds,
    Times,
    flag_or_none,
    parse_code,
    parse_count,
    parse_message,
    parse_money,
    parse_other_id,
    parse_positive_money,
    parse_properties,
    parse_word,
    unguard,
)
from services.imports.columns import Cleaner, Columns
from services.imports.headings import Layout
from services.imports.line_list import EMPTY_ORDER, state_of_lines, total
from services.imports.read import Block
from services.imports.records import LineRecord, OrderRecord, Reject, Warned, shown
from services.imports.taught import meaning
from services.money import share_out

Row = dict[str, Any]
"""One row's clean values by target, and its number under `row`."""

_SPLIT = re.compile(r"[;；]")
_COMMAS = re.compile(r"[\s,，、]+")


def hidden(cell: str) -> bool:
    """Whether the platform encrypted the cell."""
    return unguard(cell)[:2] in {"##", "$$"}


def plain_word(cell: str) -> str | None:
    return None if hidden(cell) else parse_word(unguard(cell))


def plain_message(cell: str) -> str | None:
    return None if hidden(cell) else parse_message(cell)


def status_word(cell: str) -> str:
    """A status as it is looked up: without commas and blanks."""
    return _COMMAS.sub("", unguard(cell))


def several(parse: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    """A cell that may hold the values of several goods, joined by `;`; an empty cell is one empty value."""

    def parts(cell: str) -> tuple[Any, ...]:
        return tuple(parse(part) for part in _SPLIT.split(unguard(cell)))

    return parts


@dataclass(frozen=True, slots=True)
class Style:
    """A platform's own: `order` makes an order of its rows (raises ValueError(code) where they contradict), `own` are cleaners
    of columns that only it has, `knows` what its files tell besides what a column of that name tells by itself."""

    order: Callable[[list[Row]], OrderRecord]
    statuses: Mapping[str, str]
    own: Mapping[str, Callable[[str], Any]]
    knows: frozenset[str]
    needs: frozenset[str] = frozenset()


_TELLS = {
    "recipient", "phone", "province", "city", "district", "address", "postcode", "flag", "seller_memo", "buyer_message", "freight", "payable", "paid",
    "refunded", "payment_number", "created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "close_reason", "ship_by", "buyer_nick", "tags",
}  # fmt: skip
"""Targets that are keys of an order."""


class ShopList:
    """Reads the blocks of one file; orders are put together at the end."""

    def __init__(self, layout: Layout, zone: str, style: Style) -> None:
        self._style = style
        money, word = Memo(parse_positive_money), Memo(plain_word)
        times = {name: Times(zone) for name in ("created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by")}
        cleaners: dict[str, Cleaner] = {
            "number": Ids(),
            "status": Memo(self._status),
            **dict.fromkeys(("recipient", "province", "city", "district", "town", "postcode", "buyer_nick", "close_reason"), word),
            "phone": Memo(plain_phone),
            "address": Memo(plain_word),
            "flag": Memo(flag_or_none),
            "seller_memo": Memo(plain_message),
            "buyer_message": Memo(plain_message),
            **dict.fromkeys(
                ("freight", "payable", "paid", "refunded", "discount", "platform_discount", "line_amount", "line_price"), money
            ),
            "income": Memo(parse_money),
            "payment_number": OtherIds(),
            "line_number": Memo(several(parse_other_id)),
            "line_title": Memo(parse_word),
            "line_properties": Memo(parse_properties),
            "line_code": Memo(several(parse_code)),
            "line_other_code": Memo(parse_code),
            "line_item": Memo(several(parse_other_id)),
            "line_quantity": Memo(parse_count),
            "tracking": word,
            "carrier": word,
            **times,
            **{target: Memo(parse) for target, parse in style.own.items()},
        }
        self.columns = Columns(layout, cleaners)
        self.has = frozenset(layout.places)
        self.orders: list[OrderRecord] = []
        self.warnings: list[Warned] = []
        self.shop_name = ""
        self.knows = frozenset({"number", "status", "lines", "quantity", "goods_amount", *(self.has & _TELLS)}) | style.knows
        if self.has & {"recipient", "phone", "address"}:
            self.knows |= {"masked"}
        self._rows: dict[str, list[Row]] = {}

    def _status(self, cell: str) -> str | None:
        plain = status_word(cell)
        if not plain:
            return None
        found = self._style.statuses.get(plain) or meaning(cell)
        if not found:
            raise ValueError("status_unknown")
        return found

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block)
        if not numbers:
            return
        names = tuple(got)
        places = [self.columns.layout.places[name][0] for name in ("recipient", "phone", "address") if name in self.has]
        kept_to_itself = {
            row for row, cells in zip(block.numbers, block.rows, strict=True) if any(hidden(cells[place]) for place in places)
        }
        for row, values in zip(numbers, zip(*got.values(), strict=True), strict=True):
            found: Row = dict(zip(names, values, strict=True))
            found |= {"row": row, "hidden": row in kept_to_itself}
            self._rows.setdefault(found["number"], []).append(found)
            if "flag" in found and found["flag"] is None:
                self.warnings.append(Warned(row, "flag_unknown"))

    def finish(self) -> None:
        broken = self.columns.rejected_orders
        heading = self.columns.layout.places["number"][1]
        for number, rows in self._rows.items():
            if number in broken:
                facts: dict[str, str | int] = {"other": broken[number]}
                self.columns.rejected.extend(Reject(row["row"], heading, shown(number), "order_incomplete", facts) for row in rows)
                continue
            kept = self._once(rows)
            if kept is None:
                continue
            try:
                order = self._style.order(kept)
            except ValueError as error:
                status = self.columns.layout.places.get("status", (0, heading))[1]
                self.columns.rejected.extend(Reject(row["row"], status, shown(number), str(error)) for row in kept)
                continue
            masked = any("*" in (value or "") for value in (order.recipient, order.phone, order.address, order.buyer_nick))
            self.orders.append(order._replace(masked=masked or any(row["hidden"] for row in kept)))

    def _once(self, rows: list[Row]) -> list[Row] | None:
        """Goods with a number of their own count once: an equal repeat is told, a different one rejects the order (None)."""
        if "line_number" not in self.has:
            return rows
        first: dict[Any, Row] = {}
        kept = []
        for row in rows:
            known = first.setdefault(row["line_number"], row) if any(row["line_number"]) else row
            if known is row:
                kept.append(row)
            elif {**known, "row": 0} == {**row, "row": 0}:
                self.warnings.append(Warned(row["row"], "row_repeated", {"other": known["row"]}))
            else:
                heading = self.columns.layout.places["line_number"][1]
                self.columns.rejected.extend(
                    Reject(
                        one["row"],
                        heading,
                        shown(";".join(filter(None, one["line_number"]))),
                        "line_twice",
                        {"other": known["row"] if one is row else row["row"]},
                    )
                    for one in rows
                )
                return None
        return kept


def plain_phone(cell: str) -> str | None:
    """A phone as it is written, a country's code and all; an encrypted one is none."""
    plain = unguard(cell)
    if hidden(cell) or parse_word(plain) is None:
        return None
    if re.fullmatch(r"\d(?:[.,]\d+)?[eE]\+?\d+", plain):
        raise ValueError("phone_scientific")
    return " ".join(plain.split())


def first(rows: Sequence[Row], name: str) -> Any:
    """The first row's value that is not empty."""
    return next((row[name] for row in rows if row.get(name) not in {None, ""}), None)


def earliest(rows: Sequence[Row], name: str) -> int | None:
    return min((row[name] for row in rows if row.get(name) is not None), default=None)


def largest(rows: Sequence[Row], name: str) -> int | None:
    """An order's own amount that its rows repeat or only the first one tells: once, never added up (reference/taobao.md 2.3, quirk 14)."""
    return max((row[name] for row in rows if row.get(name) is not None), default=None)


def only_yuan(rows: Sequence[Row]) -> None:
    """A shop has one currency (domain.md, keys and units). Raises ValueError("currency_other")."""
    if any((row.get("currency") or "CNY").upper() not in {"CNY", "RMB"} for row in rows):
        raise ValueError("currency_other")


def line_of(row: Row, **values: Any) -> LineRecord:
    """A line of the row's values, empty where neither says anything."""
    line = LineRecord(row["row"], *(None,) * (len(LineRecord._fields) - 1))  # type: ignore[arg-type]
    return line._replace(**{"quantity": 1, **values})


def priced(amount: int | None, quantity: int) -> int | None:
    """The unit price of goods that cost so much in all, rounded up where they don't divide: the rest is a discount."""
    return None if amount is None else -(-amount // quantity)


_OF_ORDER = (
    "buyer_nick", "recipient", "phone", "postcode", "seller_memo", "buyer_message", "payment_number", "close_reason", "flag", "province", "city",
    "district", "address",
)  # fmt: skip


def order_of(rows: Sequence[Row], lines: Sequence[LineRecord], **values: Any) -> OrderRecord:
    """An order of its rows and lines; `values` are what the platform tells in its own way.

    A discount is shared out over the lines (reference/money.md 4.3), unless goods, discount, freight and payable do not add up
    (taxes, say): then only what the file says itself is kept.
    """
    told: dict[str, Any] = {name: first(rows, name) for name in _OF_ORDER}
    told |= {name: earliest(rows, name) for name in ("created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by")}
    if told["province"]:
        told["province"] = official_province(told["province"]) or told["province"]
    goods = sum((line.price or 0) * line.quantity for line in lines)
    told |= {"goods_amount": goods, "quantity": sum(line.quantity for line in lines), "row": rows[0]["row"], "number": rows[0]["number"]}
    told |= values
    if "status" not in values:
        told["status"], told["part_shipped"] = state_of_lines((line.status or "", line.price == 0 and not line.payable) for line in lines)
    told["lines"] = tuple(_shared(told, goods, lines))
    told.setdefault("parcels", tuple(dict.fromkeys(line.parcel for line in lines if line.parcel)))
    if told["status"] != "closed":
        told["close_reason"] = None
    return EMPTY_ORDER._replace(**told)


def _shared(told: dict[str, Any], goods: int, lines: Sequence[LineRecord]) -> Sequence[LineRecord]:
    discount, freight, payable = told.get("discount"), told.get("freight"), told.get("payable")
    own = total(line.payable for line in lines)
    if own is not None:
        told.setdefault("discount", goods - own)
        told["goods_less_discount"] = goods - (told["discount"] or 0)
        return lines
    if discount is None and payable is not None and 0 <= goods + (freight or 0) - payable <= goods:
        discount = told["discount"] = goods + (freight or 0) - payable
    if discount is None or not 0 <= discount <= goods or (payable is not None and goods - discount + (freight or 0) != payable):
        told["discount"] = None
        return lines
    told["goods_less_discount"] = goods - discount
    owed = [(line.price or 0) * line.quantity for line in lines]
    return [line._replace(payable=amount - off) for line, amount, off in zip(lines, owed, share_out(discount, owed), strict=True)]


def tracking_numbers(cell: str | None) -> list[str]:
    """The numbers of a cell, several joined by commas or `;`; one that lost its digits is none."""
    parts = re.split(r"[,，;；、\s]+", cell or "")
    return [normal_number(part) for part in parts if part and parse_other_id(part)]
