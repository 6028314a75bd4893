"""Order lists: one row is one order. Columns in, OrderRecords out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import repeat
from typing import Any

from services.imports.clean import (
    Ids,
    Memo,
    OtherIds,
    Parcels,
    Times,
    parse_address,
    parse_close_reason,
    parse_count,
    parse_flag,
    parse_message,
    parse_money,
    parse_phone,
    parse_positive_money,
    parse_status,
    parse_tel,
    parse_word,
)
from services.imports.columns import Cleaner, Columns
from services.imports.headings import Layout
from services.imports.read import Block
from services.imports.records import OrderRecord, Reject, Warned, shown

_new_order = partial(tuple.__new__, OrderRecord)

# What a file with a given column is able to tell; the rest of the record stays None and is not known.
_TELLS: dict[str, tuple[str, ...]] = {
    "status": ("status", "part_shipped"),
    "address": ("province", "city", "district", "address", "postcode", "address_note", "masked"),
    "changed_address": ("address_edited",),
    "phone": ("phone", "phone_ext"),
    "paid": ("paid", "paid_cell"),
    "tracking": ("parcels",),
    "seller_note": ("seller_memo",),
    "shop_name": (),
    "carrier": (),
}

# Where two rows of one order differ, the column that says most to a person is named.
_SPEAKING = {"payable": 0, "paid": 1, "status": 2}


class OrderList:
    """Reads the blocks of one order list and gathers its orders, rejects and warnings."""

    def __init__(self, layout: Layout, zone: str) -> None:
        money, signed = Memo(parse_positive_money), Memo(parse_money)
        self._flags = Memo(flag_or_none)
        self._addresses = Memo(parse_address)
        self._parcels = Parcels()
        times = {name: Times(zone) for name in ("created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by")}
        cleaners: dict[str, Cleaner] = {
            "number": Ids(),
            "status": Memo(parse_status),
            "buyer_nick": Memo(parse_word),
            "recipient": Memo(parse_word),
            "phone": Memo(parse_phone),
            "tel": Memo(parse_tel),
            "address": self._addresses,
            "changed_address": Memo(parse_address),
            "flag": self._flags,
            "seller_memo": Memo(parse_message),
            "seller_note": Memo(parse_message),
            "buyer_message": Memo(parse_message),
            "goods_less_discount": money,
            "freight": money,
            "payable": money,
            "paid": money,
            "refunded": money,
            "paid_out": signed,
            "platform_discount": signed,
            "payment_number": OtherIds(),
            "quantity": Memo(parse_count),
            "close_reason": Memo(parse_close_reason),
            **times,
        }
        self.columns = Columns(layout, cleaners)
        self.orders: list[OrderRecord] = []
        self.warnings: list[Warned] = []
        self.shop_name = ""
        self.has = frozenset(layout.places)
        self.knows = knows_of(self.has)

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block, also=("tracking", "carrier", "shop_name"))
        if not numbers:
            return
        if not self.shop_name and "shop_name" in got:
            self.shop_name = next(filter(None, map(parse_word, got["shop_name"])), "") or ""
        self.orders.extend(map(_new_order, zip(*self._fields(numbers, got), strict=False)))

    def _fields(self, numbers: Sequence[int], got: dict[str, list[Any]]) -> list[Any]:
        fields: dict[str, Any] = {name: repeat(None) for name in OrderRecord._fields}
        fields.update({name: values for name, values in got.items() if name in fields})
        fields["row"] = numbers
        fields["parcels"] = fields["lines"] = repeat(())
        fields["status"], fields["part_shipped"] = zip(*got["status"], strict=True)
        self._places(fields, got)
        if "phone" in got:
            fields["phone"], fields["phone_ext"] = zip(*got["phone"], strict=True)
        fields["masked"] = _masked(len(numbers), *(fields[name] for name in ("buyer_nick", "recipient", "phone", "address") if name in got))
        if "seller_note" in got:
            memos = got.get("seller_memo") or repeat(None)
            fields["seller_memo"] = [memo or note for memo, note in zip(memos, got["seller_note"], strict=False)]
        if "paid" in got:
            self._money(fields, got)
        if "paid_out" in got:
            fields["paid_out"] = [amount or None for amount in got["paid_out"]]
        if "platform_discount" in got:
            fields["platform_discount"] = [amount or None for amount in got["platform_discount"]]
        if "tracking" in got:
            names = got.get("carrier") or [""] * len(numbers)
            fields["parcels"] = self._parcels.column(names, got["tracking"])
            self.warnings.extend(self._parcels.lost_numbers(numbers, got["tracking"]))
        self._odd_flags(numbers, got)
        return list(fields.values())

    def _places(self, fields: dict[str, Any], got: dict[str, list[Any]]) -> None:
        fields["address_edited"] = repeat(False)
        if "address" not in got:
            return
        places = got["address"]
        if "changed_address" in got and any(got["changed_address"]):
            changed = got["changed_address"]
            fields["address_edited"] = [place is not None for place in changed]
            places = [new or old for new, old in zip(changed, places, strict=True)]
        nowhere = (None, None, None, None, None, None)
        parts = zip(*[place or nowhere for place in places], strict=True)
        names = ("province", "city", "district", "address", "postcode", "address_note")
        fields.update(zip(names, ([part or None for part in column] for column in parts), strict=True))

    def _money(self, fields: dict[str, Any], got: dict[str, list[Any]]) -> None:
        """实付 of an order list is net of refunds: paid = cell + 退款金额 (reference/taobao.md 2.3, quirk 13)."""
        if "refunded" not in got:
            return
        cells, refunds = got["paid"], [amount or 0 for amount in got["refunded"]]
        fields["refunded"] = refunds
        fields["paid"] = [(cell or 0) + back if back or cell is not None else None for cell, back in zip(cells, refunds, strict=True)]
        fields["paid_cell"] = [cell if back else None for cell, back in zip(cells, refunds, strict=True)]

    def _odd_flags(self, numbers: Sequence[int], got: dict[str, list[Any]]) -> None:
        for index, flag in enumerate(got.get("flag", ())):
            if flag is None:
                self.warnings.append(Warned(numbers[index], "flag_unknown"))

    def finish(self) -> None:
        """Settle orders that appear twice: the same once is enough, with other content neither comes in."""
        by_number: dict[str, OrderRecord] = {}
        if len({order.number for order in self.orders}) == len(self.orders):
            return
        clashing: set[str] = set()
        again: set[int] = set()
        for order in self.orders:
            first = by_number.setdefault(order.number, order)
            if first is order:
                continue
            again.add(order.row)
            column = self._difference(first, order)
            if column is None:
                self.warnings.append(Warned(order.row, "row_repeated", {"other": first.row}))
                continue
            if order.number not in clashing:
                clashing.add(order.number)
                self.columns.rejected.append(self._clash(first, order, column))
            self.columns.rejected.append(self._clash(order, first, column))
        self.orders = [order for order in self.orders if order.number not in clashing and order.row not in again]

    def _clash(self, order: OrderRecord, other: OrderRecord, column: str) -> Reject:
        return Reject(order.row, column or None, shown(order.number), "order_twice", {"other": other.row})

    def _difference(self, one: OrderRecord, other: OrderRecord) -> str | None:
        """The first heading in which two rows of one order differ; None if they are equal."""
        if one._replace(row=0) == other._replace(row=0):
            return None
        by_weight = sorted(self.columns.plan, key=lambda column: _SPEAKING.get(column[1], 9))
        for _place, target, heading, _cleaner in by_weight:
            for name in _TELLS.get(target) or (target,):
                if name in OrderRecord._fields and getattr(one, name) != getattr(other, name):
                    return heading
        return ""


def knows_of(targets: frozenset[str]) -> frozenset[str]:
    """The keys that a file with these columns is able to tell, an empty cell included."""
    known = {name for target in targets for name in _TELLS.get(target, (target,))}
    if targets & {"recipient", "phone", "buyer_nick"}:
        known.add("masked")
    return frozenset(known)


def flag_or_none(cell: str) -> int | None:
    try:
        return parse_flag(cell)
    except ValueError:
        return None


def _masked(count: int, *columns: Sequence[str | None]) -> list[bool]:
    """Whether any of a person's values is hidden by `*`."""
    if not columns:
        return [False] * count
    return ["*" in "".join(filter(None, values)) for values in zip(*columns, strict=True)]
