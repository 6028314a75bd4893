"""Goods lists: one row is one goods of an order, the rows of one number make the order.

The 实付 of a line stays gross; 退款金额 counts only with 退款成功, else it is what was asked for (reference/taobao.md 2.3, quirk 13).
An order of which one row is rejected does not come in by halves: its other rows are rejected with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any

from services.imports.clean import (
    Ids,
    Memo,
    OtherIds,
    Parcels,
    Times,
    flag_or_none,
    parse_code,
    parse_count,
    parse_message,
    parse_money,
    parse_positive_money,
    parse_properties,
    parse_refund_state,
    parse_status,
    parse_word,
)
from services.imports.columns import Cleaner, Columns
from services.imports.headings import Layout
from services.imports.read import Block
from services.imports.records import LineRecord, OrderRecord, Reject, Warned, shown

EMPTY_ORDER = OrderRecord(*(None,) * len(OrderRecord._fields))._replace(  # type: ignore[arg-type]
    part_shipped=False, address_edited=False, masked=False, parcels=(), lines=()
)
_OF_ORDER = ("payment_number", "created_at", "paid_at", "ship_by", "buyer_message", "seller_memo", "flag")


def state_of_lines(lines: Iterable[tuple[str, bool]]) -> tuple[str, bool]:
    """An order's status and whether part of it is shipped, from its lines' (status, is a gift for nothing).

    A refunded line is closed and no longer counts, unless all are; a gift follows the goods that were paid for
    (invariant O3). Some shipped and some not is awaiting shipment, in part shipped.
    """
    known = list(lines)
    told = {status for status, gift in known if not gift} or {status for status, _gift in known}
    if told == {"closed"}:
        return "closed", False
    told.discard("closed")
    if "awaiting_payment" in told:
        return "awaiting_payment", False
    if "awaiting_shipment" in told:
        return "awaiting_shipment", bool(told & {"shipped", "completed"})
    return ("shipped", False) if "shipped" in told else ("completed", False)


class LineList:
    """Reads the blocks of one goods list; orders are put together at the end, because their rows may lie apart."""

    def __init__(self, layout: Layout, zone: str) -> None:
        money = Memo(parse_positive_money)
        cleaners: dict[str, Cleaner] = {
            "number": Ids(),
            "line_number": OtherIds(),
            "title": Memo(parse_word),
            "price": money,
            "quantity": Memo(parse_count),
            "code": Memo(parse_code),
            "other_code": Memo(parse_code),
            "properties": Memo(parse_properties),
            "item_id": OtherIds(),
            "status": Memo(parse_status),
            "payment_number": OtherIds(),
            "payable": Memo(parse_money),
            "paid": money,
            "refund_state": Memo(parse_refund_state),
            "refunded": money,
            "seller_memo": Memo(parse_message),
            "buyer_message": Memo(parse_message),
            "flag": Memo(flag_or_none),
            **{name: Times(zone) for name in ("created_at", "paid_at", "shipped_at", "ship_by")},
        }
        self.columns = Columns(layout, cleaners)
        self.has = frozenset(layout.places)
        self.own_status = "line_number" in self.has
        self.orders: list[OrderRecord] = []
        self.warnings: list[Warned] = []
        self.shop_name = ""
        self.knows = _knows_of(self.has)
        self._parcels = Parcels()
        self._lines: dict[str, list[LineRecord]] = {}
        self._heads: dict[str, list[tuple[Any, ...]]] = {}

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block, also=("tracking", "carrier"))
        if not numbers:
            return
        lines = self._line_records(numbers, got)
        heads = zip(*(got.get(name) or repeat(None) for name in _OF_ORDER), (status[1] for status in got["status"]), strict=False)
        for order, line, head in zip(got["number"], lines, heads, strict=False):
            self._lines.setdefault(order, []).append(line)
            self._heads.setdefault(order, []).append(head)
        self.warnings.extend(Warned(numbers[index], "flag_unknown") for index, flag in enumerate(got.get("flag", ())) if flag is None)

    def _line_records(self, numbers: Sequence[int], got: dict[str, list[Any]]) -> list[LineRecord]:
        nothing: list[Any] = [None] * len(numbers)
        codes = got.get("code", nothing)
        if "other_code" in got:
            codes = [code or other for code, other in zip(codes, got["other_code"], strict=True)]
        states = got.get("refund_state", nothing)
        amounts = got.get("refunded", nothing)
        refunded = asked = nothing
        if "refunded" in got:
            refunded = [amount or 0 if state == "refunded" else 0 for state, amount in zip(states, amounts, strict=True)]
            asked = [amount or None if state not in {None, "refunded"} else None for state, amount in zip(states, amounts, strict=True)]
        parcels: Sequence[Any] = nothing
        if "tracking" in got:
            several = self._parcels.column(got.get("carrier") or [""] * len(numbers), got["tracking"])
            parcels = [found[0] if found else None for found in several]
            self.warnings.extend(self._parcels.lost_numbers(numbers, got["tracking"]))
        statuses = [status.status for status in got["status"]]
        return [
            LineRecord(*values)
            for values in zip(
                numbers,
                got.get("line_number", nothing),
                got.get("title", nothing),
                got.get("properties", nothing),
                codes,
                got.get("item_id", nothing),
                [1 if count is None else count for count in got["quantity"]],
                got["price"],
                got.get("payable", nothing),
                got.get("paid", nothing),
                refunded,
                states,
                asked,
                statuses,
                got.get("shipped_at", nothing),
                parcels,
                strict=True,
            )
        ]

    def finish(self) -> None:
        """Put the orders together; settle repeated lines and orders with a rejected row."""
        broken = dict(self.columns.rejected_orders)
        for number, lines in self._lines.items():
            if number in broken:
                self._reject_rest(number, lines, broken[number])
                continue
            kept = self._settle(lines) if "line_number" in self.has else lines
            if kept is None:
                continue
            self.orders.append(self._order(number, kept, self._heads[number]))

    def _reject_rest(self, number: str, lines: list[LineRecord], other: int) -> None:
        heading = self.columns.layout.places["number"][1]
        self.columns.rejected.extend(Reject(line.row, heading, shown(number), "order_incomplete", {"other": other}) for line in lines)

    def _settle(self, lines: list[LineRecord]) -> list[LineRecord] | None:
        """Each 子订单编号 once: an equal repeat is told, a different one rejects the whole order (None)."""
        first: dict[str, LineRecord] = {}
        kept: list[LineRecord] = []
        for line in lines:
            known = first.setdefault(line.number, line) if line.number else line
            if known is line:
                kept.append(line)
            elif known._replace(row=0) == line._replace(row=0):
                self.warnings.append(Warned(line.row, "row_repeated", {"other": known.row}))
            else:
                heading = self.columns.layout.places["line_number"][1]
                others = {line.row: known.row}
                self.columns.rejected.extend(
                    Reject(one.row, heading, one.number, "line_twice", {"other": others.get(one.row, line.row)}) for one in lines
                )
                return None
        return kept

    def _order(self, number: str, lines: list[LineRecord], heads: list[tuple[Any, ...]]) -> OrderRecord:
        told: dict[str, Any] = {name: next((head[place] for head in heads if head[place]), None) for place, name in enumerate(_OF_ORDER)}
        for name in ("created_at", "paid_at", "ship_by"):
            times = [head[_OF_ORDER.index(name)] for head in heads]
            told[name] = min((at for at in times if at is not None), default=None)
        part = any(head[-1] for head in heads)
        states = [(line.status or "", line.price == 0 and not line.paid) for line in lines]
        status, some = state_of_lines(states)
        goods = sum((line.price or 0) * line.quantity for line in lines)
        less = total(line.payable for line in lines)
        parcels = tuple(dict.fromkeys(line.parcel for line in lines if line.parcel))
        if not self.own_status:
            lines = [line._replace(status=None) for line in lines]
        return EMPTY_ORDER._replace(
            row=lines[0].row,
            number=number,
            status=status,
            part_shipped=part or some,
            goods_amount=goods,
            goods_less_discount=less,
            discount=None if less is None else goods - less,
            goods_paid=total(line.paid for line in lines),
            refunded=total(line.refunded for line in lines),
            quantity=sum(line.quantity for line in lines),
            shipped_at=min((line.shipped_at for line in lines if line.shipped_at is not None), default=None),
            parcels=parcels,
            lines=tuple(lines),
            **told,
        )


def total(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _knows_of(targets: frozenset[str]) -> frozenset[str]:
    known = {"number", "lines", "quantity", "goods_amount", "status"}
    known.update(targets & {*_OF_ORDER, "shipped_at"})
    if "payable" in targets:
        known.update({"goods_less_discount", "discount"})
    if "paid" in targets:
        known.add("goods_paid")
    if "refunded" in targets:
        known.add("refunded")
    if "refund_state" in targets:
        known.add("refund_state")
    if "tracking" in targets:
        known.add("parcels")
    if "line_number" in targets and "tracking" in targets:
        known.add("part_shipped")
    return frozenset(known)
