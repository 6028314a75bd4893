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
    flag_or_none,
    parse_address,
    parse_close_reason,
    parse_count,
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
from services.imports.line_list import state_of_lines, total
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
    **dict.fromkeys(("goods_title", "goods_properties", "goods_code"), ()),
}

# What rows of one order share, however many goods it has; and the words of their goods.
_OF_ALL_ROWS = ("payable", "freight", "created_at", "recipient", "address", "buyer_nick")
_GOODS = ("goods_title", "goods_properties", "goods_code")

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
        self._goods: list[tuple[str, ...]] = []
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
            **self._more_cleaners(zone),
        }
        self.columns = Columns(layout, cleaners)
        self.orders: list[OrderRecord] = []
        self.warnings: list[Warned] = []
        self.shop_name = ""
        self.has = frozenset(layout.places)
        self.knows = knows_of(self.has)

    def _more_cleaners(self, zone: str) -> dict[str, Cleaner]:
        """Columns that only a list of another kind has."""
        del zone
        return {}

    def read(self, block: Block) -> None:
        numbers, got = self.columns.clean(block, also=("tracking", "carrier", "shop_name", *_GOODS))
        if not numbers:
            return
        words = [got.pop(name) for name in _GOODS if name in got]
        if words:
            self._goods.extend(zip(*words, strict=True))
        if not self.shop_name and "shop_name" in got:
            self.shop_name = next(filter(None, map(parse_word, got["shop_name"])), "") or ""
        self.orders.extend(map(_new_order, zip(*self._fields(numbers, got), strict=False)))

    def _fields(self, numbers: Sequence[int], got: dict[str, list[Any]]) -> list[Any]:
        fields: dict[str, Any] = {name: repeat(None) for name in OrderRecord._fields}
        fields.update({name: values for name, values in got.items() if name in fields})
        fields["row"] = numbers
        fields["parcels"] = fields["lines"] = repeat(())
        if "status" in got:
            fields["status"], fields["part_shipped"] = zip(*got["status"], strict=True)
        else:
            fields["status"], fields["part_shipped"] = self._inferred(len(numbers), got), repeat(False)
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

    @staticmethod
    def _inferred(count: int, got: dict[str, list[Any]]) -> list[str]:
        """A status by the latest of the times that is set, as with a map (cli.md)."""
        nothing = [None] * count
        ways = (("completed_at", "completed"), ("shipped_at", "shipped"), ("paid_at", "awaiting_shipment"))
        columns = [(got.get(name, nothing), status) for name, status in ways]
        return [next((status for times, status in columns if times[place] is not None), "awaiting_payment") for place in range(count)]

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
        """Settle orders that appear twice: the same once is enough, rows of different goods are lines of one order (reference/taobao.md
        2.3, quirk 12), with other content neither comes in."""
        if len({order.number for order in self.orders}) == len(self.orders):
            return
        places: dict[str, list[int]] = {}
        for place, order in enumerate(self.orders):
            places.setdefault(order.number, []).append(place)
        kept: list[OrderRecord] = []
        for several in places.values():
            rows = [self.orders[place] for place in several]
            if len(rows) > 1 and self._goods and self._one_order(rows) and len({self._goods[place] for place in several}) == len(several):
                kept.append(joined(rows))
            elif self._settled(rows):
                kept.append(rows[0])
        self.orders = kept

    def _settled(self, rows: list[OrderRecord]) -> bool:
        """Whether the first of these rows stands: the others say the same. Else all of them are rejected."""
        first, clashing = rows[0], False
        for order in rows[1:]:
            column = self._difference(first, order)
            if column is None:
                self.warnings.append(Warned(order.row, "row_repeated", {"other": first.row}))
                continue
            if not clashing:
                self.columns.rejected.append(self._clash(first, order, column))
            clashing = True
            self.columns.rejected.append(self._clash(order, first, column))
        return not clashing

    @staticmethod
    def _one_order(rows: list[OrderRecord]) -> bool:
        return len({tuple(getattr(order, name) for name in _OF_ALL_ROWS) for order in rows}) == 1

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


def joined(rows: list[OrderRecord]) -> OrderRecord:
    """One order of rows that are its goods: status by its lines, sums over the rows where they are the rows' own, else one of them."""
    first = rows[0]
    status, some = state_of_lines((order.status or "", False) for order in rows)
    whole = first.payable if first.payable is not None else max((order.paid or 0) for order in rows)
    own = sum(order.paid or 0 for order in rows) <= whole and total(order.goods_less_discount for order in rows) in {
        None,
        whole - (first.freight or 0),
    }
    values: dict[str, Any] = {}
    for name in ("paid", "refunded", "goods_less_discount", "quantity", "platform_discount", "paid_out"):
        told = [getattr(order, name) for order in rows]
        values[name] = total(told) if own else max((amount for amount in told if amount is not None), default=None)
    for name in ("paid_at", "shipped_at", "completed_at", "closed_at", "ship_by"):
        values[name] = min((at for order in rows if (at := getattr(order, name)) is not None), default=None)
    for name in ("seller_memo", "buyer_message", "payment_number", "close_reason", "flag", "phone", "tel"):
        values[name] = next((value for order in rows if (value := getattr(order, name)) not in {None, ""}), None)
    parcels = tuple(dict.fromkeys(parcel for order in rows for parcel in order.parcels))
    part = some or any(order.part_shipped for order in rows)
    return first._replace(status=status, part_shipped=part, parcels=parcels, paid_cell=None, **values)


def _masked(count: int, *columns: Sequence[str | None]) -> list[bool]:
    """Whether any of a person's values is hidden by `*`."""
    if not columns:
        return [False] * count
    return ["*" in "".join(filter(None, values)) for values in zip(*columns, strict=True)]
