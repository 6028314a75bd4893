"""Lists of sold goods: each row is one goods of an order and repeats the order's own facts.

实付 of a row is net of its 退款金额 and the first row's holds the freight; 总金额 and 邮费 are the order's and are taken once, never added up.
The status is the row's own: a line that was given back whole says 交易关闭 while its order goes on (reference/taobao.md 2.3, quirks 12–14).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from services.imports.clean import Memo, OtherIds, parse_code, parse_count, parse_positive_money, parse_properties, parse_word
from services.imports.columns import Cleaner
from services.imports.headings import Layout
from services.imports.line_list import state_of_lines, total
from services.imports.order_list import OrderList
from services.imports.read import Block
from services.imports.records import LineRecord, OrderRecord, Reject, Warned, shown

_SHARED = ("payable", "freight", "created_at")
"""What all rows of one order must agree on."""


class SoldList(OrderList):
    """Reads the blocks of one list; orders are put together at the end, because their rows may lie apart."""

    def __init__(self, layout: Layout, zone: str) -> None:
        super().__init__(layout, zone)
        self._lines: dict[str, list[LineRecord]] = {}
        self._heads: dict[str, list[OrderRecord]] = {}
        told = {"lines", "quantity", "goods_amount", "number", "status", "part_shipped"}
        if "line_payable" in self.has:
            told |= {"goods_less_discount", "discount"}
        if "line_paid" in self.has:
            told |= {"paid", "freight_in_line"}
        if "line_refunded" in self.has:
            told.add("refunded")
        self.knows = frozenset(name for name in self.knows if not name.startswith("line_")) | told

    def _more_cleaners(self, zone: str) -> dict[str, Cleaner]:
        del zone
        money = Memo(parse_positive_money)
        return {
            "line_number": OtherIds(),
            "line_title": Memo(parse_word),
            "line_properties": Memo(parse_properties),
            "line_code": Memo(parse_code),
            "line_other_code": Memo(parse_code),
            "line_item": OtherIds(),
            "line_price": money,
            "line_quantity": Memo(parse_count),
            "line_payable": money,
            "line_paid": money,
            "line_refunded": money,
        }

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block, also=("tracking", "carrier", "shop_name"))
        if not numbers:
            return
        if not self.shop_name and "shop_name" in got:
            self.shop_name = next(filter(None, map(parse_word, got["shop_name"])), "") or ""
        lines = self._line_records(numbers, got)
        heads = map(OrderRecord._make, zip(*self._fields(numbers, got), strict=False))
        for head, line in zip(heads, lines, strict=True):
            self._heads.setdefault(head.number, []).append(head)
            self._lines.setdefault(head.number, []).append(line)

    def _line_records(self, numbers: Sequence[int], got: dict[str, list[Any]]) -> list[LineRecord]:
        nothing: list[Any] = [None] * len(numbers)
        codes = got.get("line_code", nothing)
        if "line_other_code" in got:
            codes = [code or other for code, other in zip(codes, got["line_other_code"], strict=True)]
        back = [amount or 0 for amount in got["line_refunded"]] if "line_refunded" in got else nothing
        paid = got.get("line_paid", nothing)
        if "line_refunded" in got:
            paid = [None if cell is None and not refund else (cell or 0) + refund for cell, refund in zip(paid, back, strict=True)]
        parcels: Sequence[Any] = nothing
        if "tracking" in got:
            several = self._parcels.column(got.get("carrier") or [""] * len(numbers), got["tracking"])
            parcels = [found[0] if found else None for found in several]
        columns: dict[str, Any] = {
            "row": numbers,
            "number": got.get("line_number", nothing),
            "title": got.get("line_title", nothing),
            "properties": got.get("line_properties", nothing),
            "code": codes,
            "item_id": got.get("line_item", nothing),
            "quantity": [1 if count is None else count for count in got["line_quantity"]],
            "price": got["line_price"],
            "payable": got.get("line_payable", nothing),
            "paid": paid,
            "refunded": back,
            "status": [status.status for status in got["status"]],
            "shipped_at": got.get("shipped_at", nothing),
            "parcel": parcels,
        }
        return [
            LineRecord._make(values) for values in zip(*(columns.get(name) or repeat(None) for name in LineRecord._fields), strict=False)
        ]

    def finish(self) -> None:
        broken = self.columns.rejected_orders
        heading = self.columns.layout.places["number"][1]
        for number, lines in self._lines.items():
            heads = self._heads[number]
            if number in broken:
                facts: dict[str, str | int] = {"other": broken[number]}
                self.columns.rejected.extend(Reject(line.row, heading, shown(number), "order_incomplete", facts) for line in lines)
                continue
            other = next((head for head in heads if self._differs(heads[0], head)), None)
            if other is not None:
                named = self.columns.layout.places[self._differs(heads[0], other)][1]
                self.columns.rejected.extend(
                    Reject(head.row, named, shown(number), "order_twice", {"other": (heads[0] if head is not heads[0] else other).row})
                    for head in heads
                )
                continue
            self.orders.append(self._order(heads, self._once(lines)))

    @staticmethod
    def _differs(one: OrderRecord, other: OrderRecord) -> str:
        """The target in which two rows of one order contradict each other, "" if they don't; an empty cell says nothing."""
        pairs = ((name, getattr(one, name), getattr(other, name)) for name in _SHARED)
        return next((name for name, ours, theirs in pairs if ours is not None and theirs is not None and ours != theirs), "")

    def _once(self, lines: list[LineRecord]) -> list[LineRecord]:
        """Lines with a number of their own count once; without one, two equal rows are two goods."""
        first: dict[str, LineRecord] = {}
        kept = []
        for line in lines:
            known = first.setdefault(line.number, line) if line.number else line
            if known is line:
                kept.append(line)
            else:
                self.warnings.append(Warned(line.row, "row_repeated", {"other": known.row}))
        return kept

    def _order(self, heads: list[OrderRecord], lines: list[LineRecord]) -> OrderRecord:
        told: dict[str, Any] = {
            name: next((value for head in heads if (value := getattr(head, name)) is not None), None)
            for name in OrderRecord._fields
            if name not in {"row", "masked", "address_edited", "part_shipped", "parcels", "lines", "quantity"}
        }
        for name in ("created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by"):
            times = [getattr(head, name) for head in heads]
            told[name] = min((at for at in times if at is not None), default=None)
        # It is over when its last line is.
        told["completed_at"] = max((head.completed_at for head in heads if head.completed_at is not None), default=None)
        told["freight"] = max((head.freight for head in heads if head.freight is not None), default=None)
        if any(head.flag for head in heads):
            told["flag"] = next(head.flag for head in heads if head.flag)
        status, some = state_of_lines((line.status or "", line.price == 0 and not line.paid) for line in lines)
        goods = sum((line.price or 0) * line.quantity for line in lines)
        less = total(line.payable for line in lines)
        return heads[0]._replace(
            **told
            | {
                "status": status,
                "part_shipped": some or any(head.part_shipped for head in heads),
                "masked": any(head.masked for head in heads),
                "goods_amount": goods,
                "goods_less_discount": less,
                "discount": None if less is None else goods - less,
                "paid": total(line.paid for line in lines),
                "refunded": total(line.refunded for line in lines),
                "quantity": sum(line.quantity for line in lines),
                "close_reason": told["close_reason"] if status == "closed" else None,
                "parcels": tuple(dict.fromkeys(line.parcel for line in lines if line.parcel)),
                "lines": tuple(lines),
            }
        )
