"""One order or row of a file looked at closely, before it is imported: every field, what stands here, what the file says, what becomes of it.

Made in a query thread when a row is opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import tr
from desktop.models.import_columns import CELLS, SHEET
from desktop.models.import_preview import by_weight
from desktop.models.import_rows import SheetRow
from services.imports.headings import OF_ORDERS
from services.words.xray import field_words, value_words

if TYPE_CHECKING:
    from desktop.models.column import Column
    from desktop.models.import_lists import Subject
    from services.desk import Desk
    from services.imports.plan import ImportPlan
    from services.imports.records import GoodsRecord, LineRecord, OrderRecord

_ADDRESS = ("province", "city", "district", "address", "postcode")
FIELDS = (
    "status", "buyer_nick", "recipient", "phone", "phone_ext", "tel", *_ADDRESS, "buyer_message", "seller_memo", "flag", "tags",
    "goods_amount", "discount", "goods_less_discount", "freight", "payable", "paid", "refunded", "platform_discount", "paid_out",
    "payment_number", "quantity", "created_at", "paid_at", "ship_by", "shipped_at", "completed_at", "closed_at", "close_reason",
)  # fmt: skip
_GOODS = ("title", "properties", "barcode", "item_id", "bin", "price", "cost", "weight", "stock")


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are SheetRow; `cells`: they are raw cells of a row of the file, by heading."""

    title: str
    rows: tuple[SheetRow, ...]
    cells: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        return CELLS if self.cells else SHEET


def sheet_of(plan: ImportPlan, subject: Subject, lang: str, desk: Desk) -> Sheet:
    """What there is to see of an order, a SKU, or a row that is neither."""
    maker = _Maker(plan, lang, desk)
    if subject.number and plan.parsed.kind in OF_ORDERS:
        order = next((one for one in plan.parsed.orders if one.number == subject.number), None)
        if order is not None:
            return maker.of_order(order)
    if subject.number and plan.parsed.kind == "goods":
        goods = next((one for one in plan.parsed.goods if one.code == subject.number), None)
        if goods is not None:
            return maker.of_goods(goods)
    return maker.of_row(subject.row)


class _Maker:
    def __init__(self, plan: ImportPlan, lang: str, desk: Desk) -> None:
        self.plan, self.lang, self.desk, self.zone = plan, lang, desk, desk.shop.zone
        self.rows: list[SheetRow] = []

    def of_order(self, order: OrderRecord) -> Sheet:
        from services.imports.order_here import OrderHere

        plan = self.plan
        changed = next((one for one in plan.changed if one.order.number == order.number), None)
        fresh = any(one.order.number == order.number for one in plan.new)
        channels = tuple(part.channel.id for part in (plan.parts or [plan]) if part.channel.id is not None)
        here = {} if fresh else changed.current if changed else self.desk.read(OrderHere(channels, order.number))
        done: set[str] = set()
        for change in by_weight(changed) if changed else ():
            words = field_words(change.field, self.lang, change.part)
            self._add(words, self._say(change.field, change.old), self._say(change.field, change.new), "changed")
            done.add(change.field)
        for clash in (one for one in plan.report.clashes if one.number == order.number):
            words = field_words(clash.field, self.lang)
            self._add(words, self._say(clash.field, clash.ours), self._say(clash.field, clash.file), "kept")
            done.update(_ADDRESS if clash.field == "address" else (clash.field,))
        for name in FIELDS:
            if name not in done:
                self._plain(name, here.get(name), getattr(order, name), fresh)
        for place, line in enumerate(order.lines):
            self._add(field_words("lines", self.lang, str(place + 1)), "", self._line(line), "new" if fresh else "")
        for parcel in order.parcels if fresh else ():
            self._add(field_words("parcels", self.lang), "", f"{parcel.carrier_name or parcel.carrier} {parcel.number}", "new")
        buyer = order.buyer_nick or order.recipient or ""
        return self._sheet((tr("Order {number}", number=order.number), buyer, self._place(order.row)))

    def of_goods(self, goods: GoodsRecord) -> Sheet:
        sku, changes = next(((sku, told) for sku, one, told in self.plan.changed_goods if one.code == goods.code), (0, {}))
        fresh = any(one.code == goods.code for one in self.plan.new_goods)
        here: Mapping[str, Any] = self.plan.goods_here.get(sku, {})
        for name in sorted(_GOODS, key=lambda one: one not in changes):
            told = getattr(goods, name)
            if told not in {None, ""} or here.get(name) not in {None, ""}:
                then = "changed" if name in changes else "new" if fresh else ""
                held = told if not here and not fresh else here.get(name)
                self._add(field_words(name, self.lang), self._say(name, held, quiet=True), self._say(name, told, quiet=True), then)
        return self._sheet((goods.code, goods.title or "", self._place(goods.row)))

    def of_row(self, row: int | None) -> Sheet:
        """The cells of a row as they stand in the file."""
        headings = self.plan.parsed.headings
        cells = self._raw(row) if row is not None else []
        for place, cell in enumerate(cells):
            if cell.strip():
                self._add(headings[place] if place < len(headings) else "", "", cell.strip(), "")
        return self._sheet((self._place(row), self.plan.parsed.path.name), cells=True)

    def _raw(self, row: int) -> list[str]:
        from services.imports.columns import unpack

        block = max((one for one in self.plan.parsed.raw if one[0] <= row), key=lambda one: one[0], default=None)
        return [] if block is None else unpack(block[2]).get(row, [])

    def _plain(self, name: str, here: Any, told: Any, fresh: bool) -> None:
        """A field that does not change: the same, or nothing is said of it, or something else by a word that counts less."""
        if told in {None, ""} and here in {None, "", 0}:
            return
        then = "new" if fresh else "stays" if told not in {None, ""} and told != here else ""
        self._add(field_words(name, self.lang), self._say(name, here, quiet=True), self._say(name, told, quiet=True), then)

    def _say(self, name: str, told: Any, *, quiet: bool = False) -> str:
        return "" if quiet and told in {None, ""} else value_words(name, told, self.lang, self.zone)

    def _line(self, line: LineRecord) -> str:
        words = " ".join(filter(None, (line.title, line.properties, line.code, f"×{line.quantity}")))
        return words if line.price is None else f"{words} {formats.money(line.price)}"

    def _add(self, words: str, here: str, told: str, then: str) -> None:
        self.rows.append(SheetRow(len(self.rows), words, " ".join(here.split()), " ".join(told.split()), then))

    def _place(self, row: int | None) -> str:
        return tr("row {n}", n=formats.count(row)) if row else ""

    def _sheet(self, title: tuple[str, ...], *, cells: bool = False) -> Sheet:
        dot = "·" if self.lang == "zh" else " · "
        return Sheet(dot.join(_filled(title)), tuple(self.rows), cells)


def _filled(words: tuple[str, ...]) -> Iterator[str]:
    return (one for one in words if one)
