"""Account files: one row is one booking. What the file tells of itself – totals, a running balance – is compared with its rows."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from services.imports.clean import Memo, OtherIds, Times, lost_digits, parse_money, parse_other_id, parse_word, unguard
from services.imports.columns import Cleaner, Columns
from services.imports.headings import Layout
from services.imports.read import Block
from services.imports.records import BookingRecord, Reject, Warned, shown
from services.money import parse_amount, write_amount

_KINDS: tuple[tuple[str, str], ...] = (
    ("运费险", "other"),
    ("保险", "other"),
    ("退款", "refund"),
    ("补贴", "subsidy"),
    ("红包", "subsidy"),
    ("服务费", "fee"),
    ("手续费", "fee"),
    ("佣金", "fee"),
    ("扣费", "fee"),
    ("扣款", "fee"),
    ("收费", "fee"),
    ("运费", "freight"),
    ("邮费", "freight"),
    ("提现", "other"),
    ("转账", "other"),
    ("充值", "other"),
    ("余额宝", "other"),
    ("收款", "sale"),
    ("付款", "sale"),
    ("支付", "sale"),
    ("分账", "sale"),
    ("交易", "sale"),
)
"""Words of a booking and what they mean, the first that fits; its description is asked before its type."""

_ORDER = re.compile(r"T\d{2,4}P(\d{10,25})")
_TRAILER = re.compile(r"(支出|收入)合计[:：]\s*(\d+)\s*笔\s*[,，]?\s*共\s*([-+\d.,]+)\s*元?")
_TOTAL = re.compile(r"^(合计|总计|小计)")


def kind_of(*words: str | None) -> str:
    """What a booking is: sale, freight, subsidy, refund, fee or other."""
    for text in filter(None, words):
        for part, kind in _KINDS:
            if part in text:
                return kind
    return "other"


def order_number(cell: str) -> str | None:
    """`T200P5184324286283460127` → the platform's order number; a bare number is one, too."""
    plain = unguard(cell)
    if found := _ORDER.search(plain):
        return found[1]
    return plain if plain.isdecimal() and 10 <= len(plain) <= 25 else None


class BookingList:
    """Reads the blocks of one account file. `complete`: the file's own figures agree with its rows; None where it has none.
    `framed`: lines stand before the headings, so that totals are awaited at the end.
    """

    def __init__(self, layout: Layout, zone: str) -> None:
        money, word, number = Memo(parse_money), Memo(parse_word), Memo(order_number)
        cleaners: dict[str, Cleaner] = {
            "flow": Memo(_flow),
            "order": number,
            "base_order": number,
            "line": OtherIds(),
            "at": Times(zone),
            "income": money,
            "expense": money,
            "balance": money,
            **dict.fromkeys(("type", "description", "goods", "remark", "counterpart"), word),
        }
        self.columns = Columns(layout, cleaners)
        self.has = frozenset(layout.places)
        self.knows = self.has
        self.warnings: list[Warned] = []
        self.bookings: list[BookingRecord] = []
        self.complete: bool | None = None
        self.framed = False
        self._trailer: dict[str, tuple[int, int]] = {}

    def remark(self, row: int, cells: Sequence[str]) -> None:
        """A line that is no booking: the file's own totals are among them."""
        del row
        text = ",".join(cells)
        for side, count, amount in _TRAILER.findall(text):
            self._trailer[side] = (int(count), abs(parse_amount(amount.rstrip(",."))))

    def read(self, block: Block) -> None:
        self._take_totals(block)
        if not block.rows:
            return
        numbers, got = self.columns.clean(block)
        names = tuple(got)
        for row, values in zip(numbers, zip(*got.values(), strict=True), strict=True):
            self._book(row, dict(zip(names, values, strict=True)))

    def _take_totals(self, block: Block) -> None:
        """Rows that say 合计 instead of a flow number are the file's own totals."""
        keep = [not any(_TOTAL.match(cell.strip()) for cell in cells) for cells in block.rows]
        if all(keep):
            return
        for cells, kept in zip(block.rows, keep, strict=True):
            for side, target in (("收入", "income"), ("支出", "expense")):
                place = self.columns.layout.places.get(target)
                if not kept and place is not None:
                    self._trailer[side] = (-1, abs(_amount(cells[place[0]])))
        block.numbers = [number for number, kept in zip(block.numbers, keep, strict=True) if kept]
        block.rows = [cells for cells, kept in zip(block.rows, keep, strict=True) if kept]

    def _book(self, row: int, got: dict[str, Any]) -> None:
        heading = self.columns.layout.places["at"][1]
        if got["at"] is None:
            self.columns.rejected.append(Reject(row, heading, "", "time"))
            return
        amount = (got.get("income") or 0) - abs(got.get("expense") or 0)
        order = got.get("order") or got.get("base_order") or order_number(got.get("remark") or "")
        words = (got.get("description"), got.get("goods"), got.get("type"), got.get("remark"))
        self.bookings.append(
            BookingRecord(
                row=row,
                flow=got["flow"],
                order=order,
                line=got.get("line"),
                kind=kind_of(*words),
                amount=amount,
                at=got["at"],
                description=next(filter(None, words), None),
                counterpart=got.get("counterpart"),
                balance=got.get("balance"),
            )
        )

    def finish(self) -> None:
        proofs = [*self._totals_agree(), *self._balance_runs()]
        self.complete = all(proofs) if proofs else None
        self._number_flows()

    def _totals_agree(self) -> list[bool]:
        proofs = []
        if self.framed and not self._trailer:
            self.warnings.append(Warned(None, "totals_missing"))
            proofs.append(False)
        for side, (count, amount) in self._trailer.items():
            mine = [one.amount for one in self.bookings if (one.amount < 0) == (side == "支出") and one.amount]
            agrees = abs(sum(mine)) == amount and count in {-1, len(mine)}
            proofs.append(agrees)
            if not agrees:
                facts: dict[str, str | int] = {
                    "side": side,
                    "count": count if count >= 0 else len(mine),
                    "amount": write_amount(amount),
                    "found": len(mine),
                    "sum": write_amount(abs(sum(mine))),
                }
                self.warnings.append(Warned(None, "totals_differ", facts))
        return proofs

    def _balance_runs(self) -> list[bool]:
        """Whether each balance follows from the one before, whichever way the file runs; the first break is told."""
        known = [one for one in self.bookings if one.balance is not None]
        if len(known) < 2 or len(known) < len(self.bookings):
            return []
        forward = [later for one, later in itertools.pairwise(known) if (one.balance or 0) + later.amount != later.balance]
        backward = [one for one, later in itertools.pairwise(known) if (later.balance or 0) + one.amount != one.balance]
        breaks = min(forward, backward, key=len)
        for broken in breaks[:10]:
            self.warnings.append(Warned(broken.row, "balance_breaks", {"balance": write_amount(broken.balance or 0)}))
        return [not breaks]

    def _number_flows(self) -> None:
        """A flow that several bookings share gets a number for each; what is the same in all is one booking."""
        seen: Counter[str] = Counter()
        first: dict[BookingRecord, int] = {}
        kept = []
        for booking in self.bookings:
            plain = booking._replace(row=0)
            if plain in first:
                self.warnings.append(Warned(booking.row, "row_repeated", {"other": first[plain]}))
                continue
            first[plain] = booking.row
            seen[booking.flow] += 1
            count = seen[booking.flow]
            kept.append(booking if count == 1 else booking._replace(flow=f"{booking.flow}#{count}"))
        self.bookings = kept


def _flow(cell: str) -> str:
    plain = unguard(cell)
    if lost_digits(plain):
        raise ValueError("flow_scientific")
    found = parse_other_id(plain)
    if found is None:
        raise ValueError("flow_missing")
    return shown(found)


def _amount(cell: str) -> int:
    try:
        return parse_money(cell) or 0
    except ValueError:
        return 0
